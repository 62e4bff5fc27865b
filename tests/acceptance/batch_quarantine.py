# Brevier — tests of `brevier batch`: what brings its worker down. In a release build nothing does.
# SPDX-License-Identifier: MIT
import os
import shutil

from batch_rig import (FAULTS, analysis, check, folded, items_of, make_tree, outputs, path, read, run, run_tests, write,
                       zip_of)


def test_quarantine():
    """What brings a worker down costs only itself."""
    faults = {"5/crash.md": "crash", "6/memory.md": "memory"}
    make_tree("faulty", 40)
    make_tree("healthy", 40)
    for name, fault in faults.items():
        write("faulty/" + name, analysis(1) + f"\ntest-fault: {fault}\n")
    common = ("-t", "pdf,text", "--json")
    run("batch", path("healthy"), "-o", path("healthy-out"), *common)
    if os.environ.get("SANITIZE"):
        os.unlink(path("faulty/6/memory.md"))  # a sanitizer's worker has no limit
        del faults["6/memory.md"]
    done = run("batch", path("faulty"), "-o", path("faulty-out"), *common, status=None, env=FAULTS)
    if done.returncode == 0:
        print("a release build provokes no faults")
        return
    check(done.returncode == 3, done.stderr)
    items = items_of(done)
    for name in faults:
        check(items[name]["outcome"] == "quarantined", f"{name}: {items[name]}")
        check(read("faulty-out/quarantine", name) == read("faulty", name), "the input's copy")
        check(items[name]["reason"].encode() in read("faulty-out/quarantine", name + ".reason.txt"),
              "the reason")
    others = {n: d for n, d in outputs("faulty-out").items() if not n.startswith("quarantine")}
    check(others == outputs("healthy-out"), "the other items")


def test_blame():
    """What a worker finished before it died holds; only what brings it down is tried again."""
    make_tree("blame", 120)
    for number in range(0, 120, 10):
        write(f"blame/{number % 7}/{number:04}.md", analysis(number) + "\ntest-fault: crash\n")
    done = run("batch", path("blame"), "-o", path("blamed"), "-t", "text", "--json", "-j", "2", status=None,
               env=FAULTS)
    if done.returncode == 0:
        print("a release build provokes no faults")
        return
    items = items_of(done)
    check(sum(e["outcome"] == "quarantined" for e in items.values()) == 12, "quarantined")
    check(sum(e["outcome"] == "done" for e in items.values()) == 108, "done")
    # Copies that are gone come back.
    shutil.rmtree(path("blamed/quarantine/0"))
    run("batch", path("blame"), "-o", path("blamed"), "-t", "text", status=3, env=FAULTS)
    # Mended, they leave the quarantine; gone, they are pruned from it.
    check(len([n for n in outputs("blamed") if n.startswith("quarantine")]) == 24, "copies")
    write("blame/0/0000.md", analysis(0))
    os.unlink(path("blame/3/0010.md"))
    run("batch", path("blame"), "-o", path("blamed"), "-t", "text", status=3, env=FAULTS)
    run("batch", path("blame"), "-o", path("blamed"), "-t", "text", "--prune", "--yes", env=FAULTS)
    check(len([n for n in outputs("blamed") if n.startswith("quarantine")]) == 20, "copies that go")


def test_page_of_a_tree_that_moved():
    """The page tells where the analysis lies now, as the ledger does."""
    write("lying/0.md", analysis(0))
    write("lying/1.md", analysis(1) + "\ntest-fault: crash\n")
    common = ("-t", "text", "-o")
    if run("batch", "lying", *common, path("page"), status=None, env=FAULTS).returncode == 0:
        print("a release build provokes no faults")
        return
    check(b"origin: lying/1.md\n" in read("page/quarantine/1.md.reason.txt"), "where it lay")
    os.rename(path("lying"), path("standing"))
    done = run("batch", "standing", *common, path("page"), "--json", status=3, env=FAULTS)
    check(all(e["unchanged"] for e in items_of(done).values()), done.stdout)
    run("batch", "standing", *common, path("page-afresh"), status=3, env=FAULTS)
    check(b"origin: standing/1.md\n" in read("page/quarantine/1.md.reason.txt")
          and outputs("page") == outputs("page-afresh"), "where it lies")


def test_quarantine_of_names_that_fold():
    """No two copies are one to some file systems, nor is one a reason of another; and each goes with its item."""
    names = ("A.md", "a.md", "a.m\u200bd", "a.MD.txt", "b", "B", "b.reason.txt", "B.Reason.txt", "b.rea\u017fon.txt",
             "b.reason.txt_", "Quarantine/a.md", "quaran\u200btine/a.md", "quarantine/quarantine/a.md")
    fault = "\ntest-fault: crash\n"
    common = ("batch", path("alike.zip"), "-o", path("alike"), "-t", "text")
    zip_of("alike.zip", [(name, analysis(i) + fault) for i, name in enumerate(names)])
    if run(*common, status=None, env=FAULTS).returncode != 3 or not os.path.exists(path("alike/quarantine")):
        print("a release build provokes no faults")
        return
    contents = [read("alike", name) for name in outputs("alike")]
    check(len(contents) == len(folded(outputs("alike"))) == 2 * len(names), f"{sorted(outputs('alike'))}")
    check({(analysis(i) + fault).encode() for i in range(len(names))} <= set(contents), "copies")
    zip_of("alike.zip", [(name, analysis(i) + fault) for i, name in enumerate(names) if i not in (0, 4)])
    run(*common, status=3, env=FAULTS)
    run(*common, "--prune", "--yes", env=FAULTS)
    check(len(outputs("alike")) == 2 * (len(names) - 2) and os.path.exists(path("alike/quarantine/a.md")),
          f"those that met nothing any more: {sorted(outputs('alike'))}")
    zip_of("alike.zip", [(name, analysis(i)) for i, name in enumerate(names) if i not in (0, 4)])
    run(*common, status=3, env=FAULTS)
    check(not any(name.startswith("quarantine/") for name in outputs("alike")), "those that were mended")


run_tests(globals())
