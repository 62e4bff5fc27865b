# Brevier — tests of `brevier batch`: what is not its own, it leaves alone; what it says is so.
# SPDX-License-Identifier: MIT
import contextlib
import ctypes
import errno
import fcntl
import io
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import tarfile
import tempfile
import termios
import time
import zipfile

from batch_rig import (BREVIER, SCRATCH, SOURCE, analysis, check, events, ledger, make_tree, outputs, path, query,
                       read, run, run_tests, workers_of, write, zip_of)


# ---- files of others

def test_folder_of_temporary_files():
    """A link in its place is not followed, and what others put into it stays."""
    make_tree("own", 3)
    write("precious/diary.txt", "mine")
    write("precious/1.txt", "mine as well")
    os.makedirs(path("linked"))
    os.symlink(path("precious"), path("linked/.ledger"))
    done = run("batch", path("own"), "-o", path("linked"), "-t", "text", status=1)
    check("it is no folder" in done.stderr, done.stderr)
    check(read("precious/1.txt") == b"mine as well" and len(os.listdir(path("precious"))) == 2,
          "files behind a link are gone")
    write("kept/.ledger/diary.txt", "mine")
    write("kept/.ledger/7.pdf", "left by a killed run")
    write("kept/.ledger/8.reason", "left by a killed run")
    run("batch", path("own"), "-o", path("kept"), "-t", "text")
    check(os.listdir(path("kept/.ledger")) == ["diary.txt"], os.listdir(path("kept/.ledger")))
    write("blocked/.ledger", "a file")
    check("it is no folder" in run("batch", path("own"), "-o", path("blocked"), "-t", "text",
                                   status=1).stderr, "a file in its place")


def test_names_of_the_ledger():
    """No entry is written where SQLite keeps the ledger or what belongs to it."""
    folders = [name + end for name in ("ledger.sqlite", "ledger-1-of-2.sqlite", "Ledger-2-of-2.SQLite")
               for end in ("", "-journal", "-wal", "-shm")]
    with zipfile.ZipFile(path("ledgers.zip"), "w") as archive:
        for number, folder in enumerate(folders):
            archive.writestr(folder + "/a.md", analysis(number))
    for options in ((), ("--shard", "1/2"), ("--shard", "2/2")):
        run("batch", path("ledgers.zip"), "-o", path("ledgers"), "-t", "text", *options)
    run("batch", "merge", path("ledgers"))
    check({os.path.dirname(name) for name in outputs("ledgers")} ==
          {"_" + folder for folder in folders}, f"{sorted(outputs('ledgers'))}")
    check(query("ledgers", "SELECT count(*) FROM items") == [(12,)], "items")

# ---- shards

def test_items_that_change_shards():
    """What another shard has made by now stays, in whatever order they run, and at once."""
    common = ("batch", path("restless"), "-t", "text,pdf")
    for step in range(4):
        for number in range(24):  # the outputs stay what they are
            write(f"restless/{number}.md", analysis(number) + "\n" * (step + 1))
        orders = ((1, 2), (2, 1), (2, 1))
        if step < 3:
            for shard in orders[step]:
                run(*common, "-o", path("restless-out"), "--shard", f"{shard}/2")
        else:
            both = [subprocess.Popen([BREVIER, *common, "-o", path("restless-out"), "--shard",
                                      f"{shard}/2"], stdout=subprocess.DEVNULL) for shard in (1, 2)]
            check([process.wait() for process in both] == [0, 0], "both at once")
        left = [name for name in os.listdir(path("restless-out"))
                if name.startswith("ledger-") and name.endswith("-wal")]
        check(left == [], f"{left} at step {step}")
        run("batch", "merge", path("restless-out"))
        check(len(outputs("restless-out")) == 48, f"outputs at step {step}")
        check(query("restless-out", "SELECT count(*) FROM outputs") == [(48,)], f"rows at step {step}")
        run(*common, "-o", path("whole"))
        check(outputs("whole") == outputs("restless-out"), f"bytes at step {step}")
        check(ledger("whole") == ledger("restless-out"), f"ledger at step {step}")

# ---- what outputs depend on

def as_nobody():
    """Before a command that root's rights are not to help."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return ()
    return ("setpriv", "--reuid", "65534", "--clear-groups")


# ---- sources that are slow

def start(*arguments, **more):
    return subprocess.Popen([BREVIER, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            cwd=SCRATCH, **more)


def within(seconds, condition, message):
    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, message)
        time.sleep(0.02)


def test_list_that_is_slow():
    """What a list has named is rendered while it goes on, and a signal is heard meanwhile."""
    make_tree("slow", 3)
    process = start("batch", "-", "-o", path("slow-out"), "-t", "text", stdin=subprocess.PIPE)
    process.stdin.write(b"slow/0/0000.md\nslow/1/0001.md\nslow/2/00")
    process.stdin.flush()
    within(20, lambda: os.path.exists(path("slow-out/slow/0/0000.txt"))
           and os.path.exists(path("slow-out/slow/1/0001.txt")), "what was named is not rendered")
    process.stdin.write(b"02.md\n\n" + b"x" * 100_000 + b"\nslow/none.md")
    process.stdin.close()
    check(process.wait(timeout=60) == 3, "its end")
    check(query("slow-out", "SELECT reason FROM items WHERE outcome = 'failed' ORDER BY position")
          == [("its path is too long",), ("there is no such file",)], "long and missing paths")
    check(len(outputs("slow-out")) == 3, "all of it")
    for number, name in enumerate((signal.SIGINT, signal.SIGTERM)):
        process = start("batch", "-", "-o", path(f"heard{number}"), "-t", "text", stdin=subprocess.PIPE)
        process.stdin.write(b"slow/0/0000.md\n")
        process.stdin.flush()
        within(20, lambda out=f"heard{number}": os.path.exists(path(out, "slow/0/0000.txt")), "rendered")
        process.send_signal(name)
        check(process.wait(timeout=30) == 1, "a signal while a list says nothing")
        check(query(f"heard{number}", "SELECT count(*) FROM items") == [(1,)], "what stands is kept")


def test_query_that_is_slow():
    base = sqlite3.connect(path("slow.db"))
    base.execute("CREATE TABLE reports (name TEXT, body TEXT)")
    base.execute("INSERT INTO reports VALUES ('a', ?)", (analysis(1),))
    base.commit()
    base.close()
    endless = ("SELECT name, body FROM reports UNION ALL SELECT 'b', count(*) FROM (WITH RECURSIVE n(i) "
               "AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000000000) SELECT i FROM n)")
    process = start("batch", "--from", path("slow.db"), "--query", endless, "-o", path("query-out"),
                    "-t", "text")
    within(20, lambda: os.path.exists(path("query-out/a.txt")), "the first row")
    process.send_signal(signal.SIGTERM)
    check(process.wait(timeout=30) == 1, "a signal while a query takes its time")


def test_pipes_and_devices():
    os.mkfifo(path("pipe"))
    for operand, what in (("pipe", "a pipe"), ("/dev/zero", "a device")):
        said = run("batch", operand, "-o", path("none"), "-t", "text", status=1).stderr
        check(f"is {what}" in said, said)
    write("piped/a.md", analysis(1))
    os.mkfifo(path("piped/.brevierignore"))
    run("batch", path("piped"), "-o", path("piped-out"), "-t", "text")
    said = run("batch", "--from", "pipe", "--query", "SELECT 1, 2", "-o", path("none"), "-t", "text",
               status=1).stderr
    check("is a pipe, expected a file" in said, said)

# ---- merging and looking

def state(folder):
    """Names, times and content of all there is in a folder."""
    return {os.path.join(root, name): (os.lstat(os.path.join(root, name)).st_mtime_ns, name)
            for root, folders, files in os.walk(path(folder)) for name in [".", *folders, *files]}


def test_merge():
    """What cannot be merged costs nothing of what is known; what is missing is told."""
    make_tree("split", 12)
    common = ("batch", path("split"), "-t", "text")
    for shard in (1, 2):
        run(*common, "-o", path("split-out"), "--shard", f"{shard}/2")
    run("batch", "merge", path("split-out"))
    wanted = ledger("split-out")
    good = read("split-out/ledger-2-of-2.sqlite")
    for bad in (b"", b"no database " * 1000, good[:5000]):
        write("split-out/ledger-2-of-2.sqlite", bad)
        said = run("batch", "merge", path("split-out"), status=1).stderr
        check("ledger-2-of-2.sqlite" in said, said)
        check(ledger("split-out") == wanted, f"a ledger is lost to {bad[:10]}")
    os.unlink(path("split-out/ledger-2-of-2.sqlite"))
    said = run("batch", "merge", path("split-out"), status=3).stderr
    check("shard 2 of 2 has no ledger there" in said and ledger("split-out") == wanted, said)
    write("split-out/ledger-2-of-2.sqlite", good)
    run(*common, "-o", path("part"), "--shard", "1/2", "--limit", "1")
    run(*common, "-o", path("part"), "--shard", "2/2")
    check("shard 1 of 2 is not finished" in run("batch", "merge", path("part"), status=3).stderr, "half")
    run(*common, "-o", path("part"), "--shard", "1/2")
    run("batch", "merge", path("part"))
    check(ledger("part") == wanted, "all of them")
    # Nobody else writes meanwhile.
    for shard in ((), ("--shard", "1/2")):
        process = start("batch", "-", "-o", path("part"), "-t", "text", *shard, stdin=subprocess.PIPE)
        within(20, lambda name=".ledger-1-of-2" if shard else ".ledger": os.path.exists(path("part", name)),
               "it has begun")
        said = run("batch", "merge", path("part"), status=1).stderr
        check("another batch is writing" in said, said)
        process.stdin.close()
        process.wait()


def test_looking_writes_nothing():
    make_tree("seen", 4)
    common = ("batch", path("seen"), "-t", "text")
    for option in ("--verify", "--prune"):
        said = run(*common, "-o", path("unseen"), option, status=1).stderr
        check("holds no ledger.sqlite" in said and not os.path.exists(path("unseen")), said)
    run(*common, "-o", path("seen-out"))
    os.unlink(path("seen/3/0003.md"))
    before = state("seen-out")
    for option, status in (("--verify", 1), ("--prune", 0)):
        done = run(*common, "-o", path("seen-out"), option, status=status)
        check(state("seen-out") == before, f"{option} changed the folder")
        check("3/0003.txt" in done.stdout + done.stderr, done.stderr)
    said = run(*common[:-1], "pdf", "-o", path("seen-out"), "--verify", status=1).stderr
    check("nothing is verified" in said, said)
    for root, folders, files in os.walk(SCRATCH):
        for name in [".", *folders, *files]:
            os.chmod(os.path.join(root, name), 0o755 if name in [".", *folders] else 0o644)
    os.chmod(path("seen-out"), 0o555)
    for option, status in (("--verify", 1), ("--prune", 0)):
        run(*common, "-o", path("seen-out"), option, prefix=as_nobody(), status=status)
    os.chmod(path("seen-out"), 0o755)


def test_limit_says_what_is_left():
    make_tree("many", 6)
    common = ("batch", path("many"), "-o", path("many-out"), "-t", "text", "--json", "--limit")
    for limit, complete in (("4", False), ("2", True)):
        done = run(*common, limit)
        check(events(done)[-1]["complete"] is complete, f"--limit {limit}: {events(done)[-1]}")

# ---- choosing

def test_globs():
    """Globs see the names that the ledger has, whatever an item comes from."""
    make_tree("chosen", 2)
    with zipfile.ZipFile(path("chosen/pack.zip"), "w") as archive:
        for name in ("./a.md", "b.txt", "deep/c.md"):
            archive.writestr(name, analysis(1))
    shutil.copy(path("chosen/pack.zip"), path("chosen/other.zip"))
    write("chosen/lines.jsonl", "{}\n" * 3)
    base = sqlite3.connect(path("chosen.db"))
    base.execute("CREATE TABLE reports (name TEXT, body TEXT)")
    base.executemany("INSERT INTO reports VALUES (?, ?)", [("pack/t.md", analysis(1)), ("t.txt", analysis(2))])
    base.commit()
    base.close()
    table = ("--from", path("chosen.db"), "--query", "SELECT name, body FROM reports")
    every = {"0/0000.md", "1/0001.md", "other/a.md", "other/b.txt", "other/deep/c.md", "pack/a.md",
             "pack/b.txt", "pack/deep/c.md", "pack/t.md", "t.txt", "lines/lines-1.json",
             "lines/lines-2.json", "lines/lines-3.json"}
    for number, (globs, wanted) in enumerate((
            ((), every), (("--include", "*.md"), {name for name in every if name.endswith(".md")}),
            (("--include", "pack/**"), {name for name in every if name.startswith("pack/")}),
            (("--exclude", "pack/a.md", "--exclude", "lines-2.json", "--exclude", "other.zip"),
             {name for name in every if not name.startswith("other/")} - {"pack/a.md", "lines/lines-2.json"}))):
        run("batch", path("chosen"), *table, *globs, "-o", path(f"chosen{number}"), "-t", "text", status=None)
        names = {name for name, in query(f"chosen{number}", "SELECT name FROM items")}
        check(names == wanted, f"{globs}: {sorted(names ^ wanted)}")
    listed = "chosen/0/0000.md\nchosen/pack.zip\n"
    run("batch", "-", "-o", path("listed"), "-t", "text", "--exclude", "a.md", "--exclude", "chosen/0/",
        stdin=listed, status=None)
    check({name for name, in query("listed", "SELECT name FROM items")}
          == {"chosen/pack/b.txt", "chosen/pack/deep/c.md"}, "a list")
    run("batch", path("chosen/0/0000.md"), path("chosen/1/0001.md"), "-o", path("single"), "-t", "text",
        "--include", "0001.*")
    check(query("single", "SELECT name FROM items") == [("0001.md",)], "single files")


# ---- places that take nothing

def test_places_that_take_nothing():
    """A folder that is not to be written to costs its items; they are tried again."""
    make_tree("refused", 14)
    common = (*as_nobody(), BREVIER, "batch", path("refused"), "-o", path("refused-out"), "-t", "text")
    os.makedirs(path("refused-out/1"))
    os.makedirs(path("refused-out/2/0002.txt"))
    for folder in (SCRATCH, path("refused-out"), path("refused-out/2"), path("refused-out/2/0002.txt")):
        os.chmod(folder, 0o777)
    os.chmod(path("refused-out/1"), 0o555)
    failed = "SELECT name FROM items WHERE outcome = 'failed' ORDER BY name"
    for _ in range(2):
        done = subprocess.run(common, capture_output=True, text=True)
        check(done.returncode == 3, f"{done.returncode} {done.stderr}")
        names = [name for name, in query("refused-out", failed)]
        check(names == ["1/0001.md", "1/0008.md", "2/0002.md"] or os.geteuid() == 0 and not as_nobody(),
              f"{names}")
    os.chmod(path("refused-out/1"), 0o777)
    os.rmdir(path("refused-out/2/0002.txt"))
    done = subprocess.run([*common, "--explain"], capture_output=True, text=True)
    check(done.returncode == 0 and done.stdout.count("it could not be read, or written") == 3, done.stdout)


def test_folders_that_cannot_be_read():
    """Each is an item that failed, until it can be read; what is in it is tried again then."""
    if os.geteuid() == 0 and not as_nobody():
        print("no setpriv: not tried")
        return
    make_tree("closed", 14)
    write("closed/6/deep/a.md", analysis(1))
    os.makedirs(path("closed-out"))
    for folder in (SCRATCH, path("closed-out")):
        os.chmod(folder, 0o777)
    def batch(*options, status, out="closed-out"):
        done = subprocess.run([*as_nobody(), BREVIER, "batch", path("closed") + "/", "-o", path(out), "-t", "text",
                               "--json", *options], capture_output=True, text=True)
        check(done.returncode == status, f"{options}: {done}")
        return done
    for closed, failed, mode in (("closed/6", "6/", 0), ("closed/6", "6/", 0o444), ("closed/6/deep", "6/deep/", 0),
                                 ("closed", "closed/", 0), ("closed", "closed/", 0o444)):
        os.chmod(path(closed), mode)
        batch(status=3)
        check(query("closed-out", "SELECT name, outcome FROM failures") == [(failed, "failed")], failed)
        check("nothing is pruned" in batch("--prune", "--yes", status=1).stderr, "prune")
        batch("--only-failed", status=3)
        os.chmod(path(closed), 0o755)
        batch("--only-failed", status=0)
        check(query("closed-out", "SELECT count(*), sum(outcome = 'done') FROM items") == [(15, 15)], "what is in it")
        shutil.rmtree(path("closed-out/6"))
        base = sqlite3.connect(path("closed-out/ledger.sqlite"))
        base.execute("DELETE FROM items WHERE name LIKE '6/%'")
        base.execute("DELETE FROM outputs WHERE item LIKE '6/%'")
        base.commit()
        base.close()
    batch(status=0)
    os.chmod(path("closed-out"), 0o755)


def test_names_in_quarantine():
    for name in ("a", "a.reason.txt", "a.reason.txt_"):
        write("held/" + name, analysis(1, name) + "\ntest-fault: crash\n")
    done = run("batch", path("held"), "-o", path("held-out"), "-t", "text", status=None,
               env={"BREVIER_TEST_FAULTS": "1"})
    if done.returncode == 0:
        print("a release build provokes no faults")
        return
    files = outputs("held-out")
    check(len(files) == 6, f"{sorted(files)}")
    check("cannot keep" not in done.stderr, done.stderr)
    for name in os.listdir(path("held")):
        write("held/" + name, analysis(1, name))
    run("batch", path("held"), "-o", path("held-out"), "-t", "text", status=None)
    check(not [name for name in outputs("held-out") if name.startswith("quarantine")], "they leave")


# ---- confinement

def test_confinement():
    """A worker sees the folders of the items that it may be given, and reaches no other process."""
    hidden = tempfile.TemporaryDirectory()  # the scratch folder may lie beneath one of the program's
    secret = os.path.join(hidden.name, "word.txt")
    write(secret, "hush")
    for number in range(40):
        write(f"shown/{number}/a.md", analysis(number, "![a dot](dot.png)") + (
            f"\ntest-fault: open {secret}\ntest-fault: signal\n" if number % 10 == 0 else ""))
        shutil.copy(SOURCE + "/stylesheets/logo.png", path(f"shown/{number}/dot.png"))
    with zipfile.ZipFile(path("shown/0/pack.zip"), "w") as archive:
        archive.writestr("b.md", analysis(1) + f"\ntest-fault: open {secret}\n")
    shutil.copy(path("shown/0/pack.zip"), path("shown/1/pack.zip"))
    names = [*(f"shown/{number}/a.md" for number in range(40)), "shown/0/pack.zip", "shown/1/pack.zip"]
    faults = {"BREVIER_TEST_FAULTS": "1"}
    done = run("batch", "-", "-o", path("shown-out"), "-t", "text", "--json", env=faults, status=None,
               stdin="".join(name + "\n" for name in names))
    begin, end = events(done)[0], events(done)[-1]
    if not (begin["landlock"] and begin["seccomp"]):
        print("no Landlock or no seccomp here: not tried")
        return
    check(end["done"] == 42, f"{end} {done.stderr}")
    pack = shutil.copy(path("shown/0/pack.zip"), hidden.name)  # beside it as well
    run("batch", pack, "-o", path("beside-out"), "-t", "text", env=faults)
    run("batch", "-", "-o", path("after-out"), "-t", "text", "-j", "1", cwd=path("shown/1"), stdin="pack.zip\na.md\n")
    # One at a time: each is a folder that no worker knew before.
    process = start("batch", "-", "-o", path("shown-slowly"), "-t", "text", stdin=subprocess.PIPE)
    for name in names[:3]:
        process.stdin.write(name.encode() + b"\n")
        process.stdin.flush()
        within(20, lambda file=name[:-2] + "txt": os.path.exists(path("shown-slowly", file)), name)
    process.stdin.close()
    check(process.wait() == 0, "pictures of folders that came later")


def test_confinement_to_files():
    """Of the folders of sheets a worker sees the files that these name; with a folder for pictures, of those of
    analyses nothing."""
    hidden = tempfile.TemporaryDirectory()
    folder = hidden.name
    faults = {"BREVIER_TEST_FAULTS": "1"}
    font = subprocess.run(["fc-match", "-f", "%{file}", "sans:fontformat=TrueType"], capture_output=True, text=True,
                          check=True).stdout
    write(folder + "/kit/word.txt", "hush")
    os.makedirs(folder + "/kit/faces")
    shutil.copy(font, folder + "/kit/faces/house.ttf")
    shutil.copy(SOURCE + "/stylesheets/logo.png", folder + "/kit/logo.png")
    write("kit.md", analysis(1))
    run("render", path("kit.md"), "-o", folder + "/kit/look.docx")
    write(folder + "/kit/base.css", '@import "briefing";\n@font-face { font-family: House; src: url(faces/house.ttf) }\n')
    write(folder + "/kit/house.css", '@import "base.css";\narticle, p { font-family: House }\n'
          'h2::before { content: url(logo.png) }\narticle { -brv-word-template: url(look.docx) }\n')
    common = ("-s", folder + "/kit/house.css", "-t", "pdf,docx,text", "--json")
    write("kitted/a.md", analysis(1) + f"\ntest-fault: open {folder}/kit/word.txt\n")
    done = run("batch", path("kitted"), "-o", path("kitted-out"), *common, env=faults, status=None)
    begin = events(done)[0]
    if not begin["landlock"]:
        print("no Landlock here: not tried")
        return
    check(done.returncode == 0 and not query("kitted-out", "SELECT * FROM diagnostics"), f"{done.stdout} {done.stderr}")
    write(folder + "/in/word.txt", "hush")
    for name in ("a", "b"):
        write(folder + f"/in/{name}.md", analysis(1, "![a dot](dot.png)") + f"\ntest-fault: open {folder}/in/word.txt\n")
    shutil.copy(SOURCE + "/stylesheets/logo.png", path("dot.png"))
    for number, source in enumerate((folder + "/in/a.md", folder + "/in", "-")):
        done = run("batch", source, "-o", path(f"rooted{number}"), "-t", "text", "--json", "--asset-root", path("."),
                   *(("--exclude", "*.txt") if source != "-" else ()), env=faults, status=None,
                   stdin=f"{folder}/in/a.md\n{folder}/in/b.md\n" if source == "-" else None)
        check(done.returncode == 0, f"{source}: {done.stdout} {done.stderr}")


def forbid(calls):
    """Refuses system calls to this process and what it starts, as a kernel does that has none of these."""
    lib = ctypes.CDLL("libseccomp.so.2")
    lib.seccomp_init.restype = ctypes.c_void_p
    allow, refuse = 0x7FFF0000, 0x00050000 | errno.ENOSYS
    rules = ctypes.c_void_p(lib.seccomp_init(ctypes.c_uint32(allow)))
    for call in calls:
        lib.seccomp_rule_add(rules, ctypes.c_uint32(refuse), lib.seccomp_syscall_resolve_name(call), 0)
    lib.seccomp_load(rules)


def test_confinement_that_is_not_granted():
    """What is said of it is what a process finds, not what the kernel would have."""
    make_tree("open", 2)
    common = [BREVIER, "batch", path("open"), "-o", path("open-out"), "-t", "text"]
    begin = events(run(*common[1:], "--json"))[0]
    for key, name, calls in (("landlock", "Landlock", (b"landlock_restrict_self",)),
                             ("seccomp", "seccomp", (b"seccomp", b"prctl"))):
        said = [subprocess.run([*common, *options], capture_output=True, text=True, check=True,
                               preexec_fn=lambda refused=calls: forbid(refused))
                for options in ((), ("--json",))]
        check(f"this system grants no {name}" in said[0].stderr, said[0].stderr)
        check(events(said[1])[0] == {**begin, key: False}, said[1].stdout)


# ---- what is said

def test_explanations():
    make_tree("told", 3)
    write("told/bare.bin", bytes(100))
    write("told/bad.md", "---\na: b: c\n---\n")
    common = ("-o", path("told-out"), "-t", "text", "--explain")
    done = run("batch", "told", *common, status=3)
    for line in ("0/0000.md: rendered: it is new", "bare.bin: skipped (it is UTF-16 or binary, expected "
                 "UTF-8): it is new", "bad.md: failed ("):
        check(line in done.stdout, done.stdout)
    for source in ("./told", path("told"), "told/", "told"):
        done = run("batch", source, *common, status=3)
        check(done.stdout.count(": unchanged") == 5, done.stdout)
    # An output that was altered, whatever its length; one that was only touched is as it was.
    name = path("told-out/0/0000.txt")
    content = read(name)
    write(name, content.replace(b"Text", b"Tent"))
    check('"0/0000.txt" was altered' in run("batch", "told", *common, status=3).stdout, "altered")
    check(read(name) == content, "and mended")
    os.utime(name)
    check("altered" not in run("batch", "told", *common, status=3).stdout, "touched")


def test_small_print():
    make_tree("small", 3)
    write("small/vague.md", "---\ndate: November 2025\n---\n# Research: V\n\n## Summary\n\nText.\n")
    done = run("batch", path("small"), "-o", path("small-out"), "-t", "text", "--json")
    check(events(done)[0]["total"] == 4, "the total is known")
    version = re.search(r"^-- .*, version (\d+)\.$", read(SOURCE, "engine/app/batch/ledger.sql").decode(), re.M)
    check(query("small-out", "PRAGMA user_version") == [(int(version.group(1)),)], "the version of the schema")
    check([day for day, in query("small-out", "SELECT day FROM by_day")]
          == ["", "2025-11-01", "2025-11-02", "2025-11-03"], "days")
    # tar's "./" is no name that was changed.
    with tarfile.open(path("dot.tgz"), "w:gz") as archive:
        archive.add(path("small"), ".")
    done = run("batch", path("dot.tgz"), "-o", path("dot-out"), "-t", "text")
    check(done.stderr == "" and len(outputs("dot-out")) == 4, done.stderr)
    # Files of others are not replaced without a word; our own are.
    write("dot2/vague.txt", "notes of mine")
    done = run("batch", path("dot.tgz"), "-o", path("dot2"), "-t", "text")
    check(done.stderr.count("is replaced, which no batch had written there") == 1
          and "dot2/vague.txt" in done.stderr, done.stderr)
    os.unlink(path("dot2/ledger.sqlite"))
    write("small/0/0000.md", analysis(7))
    check(run("batch", path("dot.tgz"), "-o", path("dot2"), "-t", "text").stderr == "", "our own")
    # A database is left as it was.
    os.makedirs(path("rest"))
    base = sqlite3.connect(path("rest/a#b.db"))
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("CREATE TABLE reports (name TEXT, body TEXT)")
    base.execute("INSERT INTO reports VALUES ('a', ?)", (analysis(1),))
    base.commit()
    base.close()
    table = ("batch", "--from", path("rest/a#b.db"), "--query", "SELECT name, body FROM reports", "-t", "text")
    run(*table, "-o", path("rest-out"))
    check(os.listdir(path("rest")) == ["a#b.db"], f"{os.listdir(path('rest'))}")
    base = sqlite3.connect(path("rest/a#b.db"))  # somebody writes to it
    base.execute("INSERT INTO reports VALUES ('b', ?)", (analysis(2),))
    base.commit()
    run(*table, "-o", path("rest-out"))
    base.close()
    check(len(outputs("rest-out")) == 2, "what is in its log")


def test_large_sort():
    """What ORDER BY sorts may be more than SQLite keeps in its cache."""
    base = sqlite3.connect(path("sorted.db"))
    base.execute("CREATE TABLE reports (id TEXT, body TEXT)")
    base.executemany("INSERT INTO reports VALUES (?, ?)",
                     [(f"{i * 7919 % 400:03}", analysis(i, "many words " * 2000)) for i in range(400)])
    base.commit()
    base.close()
    done = run("batch", "--from", path("sorted.db"), "--query", "SELECT id, body FROM reports ORDER BY id; -- all",
               "-o", path("sorted-out"), "-t", "text", "--json")
    check([e["name"] for e in events(done) if e["event"] == "item"] == [f"{i:03}" for i in range(400)], "order")


def hold_back(process):
    """Stops the workers of a batch again and again for a while, so that what it draws is seen on any machine."""
    for _ in range(15):
        workers = workers_of(process.pid)
        for sign, seconds in ((signal.SIGSTOP, 0.1), (signal.SIGCONT, 0.02)):
            for worker in workers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker, sign)
            time.sleep(seconds)


def lines_on_terminal(columns, *arguments):
    """What a batch draws over itself."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen([BREVIER, "batch", *arguments], stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    hold_back(process)
    text = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        text += piece
    check(process.wait() == 0, f"{text}")
    return text.decode().split("\r\x1b[K")


def test_progress_on_a_narrow_terminal():
    make_tree("narrow", 150)
    lines = lines_on_terminal(30, path("narrow"), "-o", path("narrow-out"), "-t", "pdf,docx,text")
    check(len(lines) > 1 and max(map(len, lines)) < 30, f"{lines}")


def test_progress_of_containers():
    """How far a single archive or table is shows by its entries, its rows or what was read of its file."""
    # More than is read ahead of the workers, and work for several lines; of letters that a compressor finds
    # nothing in.
    texts = [(f"{i:04}.md", analysis(i, random.Random(i).randbytes(600).hex(" ", 4))) for i in range(1000)]
    zip_of("far.zip", texts)
    with tarfile.open(path("far.tar.xz"), "w:xz") as archive:
        for name, text in texts:
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    lines = [json.dumps(json.loads(run("inspect", "-", "--json", stdin=text).stdout)) for _, text in texts[:4]]
    write("far.jsonl", "\n".join(lines * 250) + "\n")
    base = sqlite3.connect(path("far.db"))
    base.execute("CREATE TABLE reports (id TEXT, body TEXT)")
    base.executemany("INSERT INTO reports VALUES (?, ?)", texts)
    base.commit()
    base.close()
    table = ("--from", path("far.db"), "--query", "SELECT id, body FROM reports ORDER BY id DESC; -- all")
    make_tree("far", 500)
    zip_of("far/5pack.zip", texts[:500])
    for source in ((path("far.zip"),), (path("far.tar.xz"),), (path("far.jsonl"),), table, (path("far"),)):
        drawn = lines_on_terminal(100, *source, "-o", path("far-out"), "-t", "text", "-j", "1")
        found = [re.search(r"(\d+) %, .* (\d+) done", line) for line in drawn]
        shares = [(int(line.group(1)), int(line.group(2)) / 10) for line in found if line]
        check(len(shares) > 0, f"{source}: {drawn}")
        check(all(abs(told - done) <= 15 for told, done in shares), f"{source}: {drawn}")
        check(any(" left, " in line for line in drawn), f"remaining time of {source}: {drawn}")
        shutil.rmtree(path("far-out"))


# ---- archives that are broken

def test_broken_archives():
    """One that cannot be opened, or breaks off, is in the ledger until it is mended or gone."""
    os.makedirs(path("crates/deep"))
    with zipfile.ZipFile(path("crates/good.zip"), "w") as archive:
        archive.writestr("a.md", analysis(1))
    good = read("crates/good.zip")
    with tarfile.open(path("crates/cut.tar"), "w") as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.md")
            info.size = len(analysis(number))
            archive.addfile(info, io.BytesIO(analysis(number).encode()))
    tar = read("crates/cut.tar")
    write("crates/cut.tar", tar[:1300])
    write("crates/deep/bad.zip", b"no archive")
    write("z.zip", b"neither")
    common = ("batch", path("crates"), path("z.zip"), "-o", path("crates-out"), "-t", "text", "--json")
    failed = "SELECT name, outcome FROM failures"
    for _ in range(2):
        done = run(*common, status=3)
        check(query("crates-out", failed) == [(name, "failed") for name in
                                              ("cut.tar", "deep/bad.zip", "z.zip")], "failures")
    check([e["name"] for e in events(done) if e["event"] == "item" and not e["unchanged"]]
          == ["cut.tar", "deep/bad.zip", "z.zip"], "each is told in every run")
    check("breaks off" in query("crates-out", "SELECT reason FROM failures")[0][0], "the reason")
    check("nothing is pruned" in run(*common, "--prune", "--yes", status=1).stderr, "prune")
    write("crates/cut.tar", tar)
    write("crates/deep/bad.zip", good)
    os.unlink(path("z.zip"))
    done = run(*common[:2], *common[3:])
    check(query("crates-out", failed) == [("z.zip", "failed")], "those that are mended")
    check(events(done)[-1]["left_out"] == 0, f"{events(done)[-1]}")
    run(*common[:2], *common[3:], "--prune", "--yes")
    check(query("crates-out", failed) == [] and len(outputs("crates-out")) == 5, "the one that is gone")
    run("batch", "--from", path("crates/deep/bad.zip"), "--query", "SELECT name, sql FROM sqlite_master",
        "-o", path("table-out"),
        "-t", "text", status=3)
    check("not a database" in query("table-out", "SELECT reason FROM failures")[0][0], "a database")


run_tests(globals())
