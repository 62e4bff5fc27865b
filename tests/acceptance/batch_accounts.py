# Brevier — tests of `brevier batch`: nothing is lost unsaid, whatever part of an archive is asked for.
# SPDX-License-Identifier: MIT
import gzip
import hashlib
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import tarfile
import time

from batch_rig import (BREVIER, FAULTS, SCRATCH, analysis, check, events, items_of, ledger, make_tree, outputs,
                       path, query, read, run, run_tests, workers_of, write, zip_of)


# ---- sources

def test_sources_stay():
    """No output takes the place of an analysis of this run, named or yet to be."""
    for number, arguments in enumerate((("-",), ("a.md", "a.txt"))):
        folder = f"among{number}"
        write(folder + "/a.md", analysis(1))
        write(folder + "/a.txt", analysis(2))
        done = subprocess.run([BREVIER, "batch", *arguments, "-o", ".", "-t", "text"], cwd=path(folder), text=True,
                              input="a.md\na.txt\n", capture_output=True)
        check(done.returncode == 3 and read(folder, "a.txt").decode() == analysis(2), f"{arguments}: {done}")
        check(query(folder, "SELECT name, outcome FROM items ORDER BY position")
              == [("a.md", "failed"), ("a.txt", "degraded")], f"{arguments}")
    write("within/in/in/a.md", analysis(1))
    write("within/in/a.txt", analysis(2))
    run("batch", path("within/in"), "-o", path("within"), "-t", "text", status=3)
    check(read("within/in/a.txt").decode() == analysis(2), "a source beneath the outputs")


def test_problems_are_of_items():
    """What is said of a plugin names the item as well; in JSON when that was asked for."""
    write("accused/a.md", "# Research: A\n\n## Wrong\n\nText.\n")
    write("accused/b.md", "---\na: b: c\n---\n")
    write("accused/c.bin", bytes(100))
    write("accusing/wrong.lua", 'return { api = 1, name = "wrong", version = "1.0.0", summary = "s", sections = '
          '{ "wrong" },\nrender = function() error "no" end }\n')
    common = ("batch", "accused", "--plugin-path", "accusing", "-t", "text", "-o")
    said = run(*common, path("accused-out"), status=3).stderr.splitlines()
    check(said[0].startswith("accused/a.md: error: accusing/wrong.lua:2:") and said[1].startswith("accused/b.md:2:")
          and said[-1].startswith("accused/c.bin: skipped: "), f"{said}")
    said = [json.loads(line) for line in
            run(*common, path("accused-json"), "--diagnostics", "json", status=3).stderr.splitlines()]
    check([(d["severity"], d["item"], d.get("file"), d.get("outcome")) for d in said] ==
          [("error", "accused/a.md", "accusing/wrong.lua", None), ("error", "accused/b.md", "accused/b.md", None),
           ("note", "accused/c.bin", None, "skipped")], f"{said}")


def test_faults_of_no_item():
    """A sheet that cannot be read is no good night, and the ledger says so."""
    make_tree("sheeted", 2)
    write("sheeted.css", '@import "none.css";\n')
    done = run("batch", path("sheeted"), "-s", path("sheeted.css"), "-o", path("sheeted-out"), "-t", "text", "--json",
               status=3)
    check(events(done)[-1]["faults"] == 1 and "none.css" in done.stderr, f"{done}")
    check("with faults of no item" in query("sheeted-out", "SELECT outcome FROM runs")[0][0], "the ledger")


def tar_of(name, entries):
    """Entries are names with content, with the name that they are another of, or with a type and such a name."""
    with tarfile.open(path(name), "w:gz") as archive:
        for entry, content in entries:
            info = tarfile.TarInfo(entry)
            if isinstance(content, bytes):
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            else:
                info.type, info.linkname = content if isinstance(content, tuple) else (tarfile.LNKTYPE, content)
                archive.addfile(info)


def test_files_of_several_names():
    """Of a file that has several names a tar holds one; the others are items as well."""
    one, two, three = (analysis(i).encode() for i in range(3))
    tar_of("names.tgz", (("a.md", one), ("b.md", "a.md"), ("c.md", two), ("a.md", three), ("d.md", "a.md"),
                         ("e.md", "a.md"), ("f.md", "./c.md"), ("g.md", "none.md"), ("h.bin", b"\0" * 100),
                         ("i.bin", "h.bin"), ("j.md", "f.md")))
    done = run("batch", path("names.tgz"), "-o", path("names"), "-t", "text", "--json", status=3)
    items = items_of(done)
    texts = {name: read("names", name[:-2] + "txt") for name in ("a.md", "b.md", "c.md", "d.md", "e.md", "f.md", "j.md")}
    check(texts["b.md"] == texts["a.md"] and texts["f.md"] == texts["c.md"] == texts["j.md"] and texts["d.md"] == texts["e.md"]
          and texts["d.md"] not in (texts["a.md"], texts["c.md"]), "their content")
    check(items["g.md"]["reason"] == 'it is another name of "none.md", whose content is not there', f"{items['g.md']}")
    check(items["i.bin"]["outcome"] == "skipped" and len(items) == 11, f"{items}")
    check(run("batch", path("names.tgz"), "-o", path("names-md"), "-t", "text", "--include", "[bf].md")
          .stdout.startswith("2 items"), "those that are chosen")


def test_names_without_content():
    """A name that leads nowhere says so; one of what is no file is none; a file that comes twice is one item."""
    one = analysis(1).encode()
    tar_of("nowhere.tgz", (("itself.md", "./itself.md"), ("early.md", "z.md"), ("chain.md", "early.md"), ("a.md", one),
                           ("a.md", "a.md"), ("./b.md", "a.md"), ("b.md", "a.md"), ("s.md", (tarfile.SYMTYPE, "a.md")),
                           ("t.md", "s.md"), ("p.md", (tarfile.FIFOTYPE, "")), ("q.md", "p.md"), ("z.md", one),
                           ("z.md", (tarfile.SYMTYPE, "a.md")), ("y.md", "z.md")))
    done = run("batch", path("nowhere.tgz"), "-o", path("nowhere"), "-t", "text", "--json", status=3)
    check({item["name"]: (item["outcome"], item.get("reason")) for item in items_of(done).values()} == {
        "itself.md": ("failed", "it is a link to itself, no content comes before it"),
        "early.md": ("failed", 'it is another name of "z.md", which comes after it, where no tar finds it'),
        "chain.md": ("failed", 'it is another name of "early.md", whose content is not there'),
        "a.md": ("done", None), "b.md": ("done", None),
        "s.md": ("skipped", "it is a link"), "t.md": ("skipped", "it is a link"), "p.md": ("skipped", "it is no file"),
        "q.md": ("skipped", "it is no file"), "z.md": ("done", None), "z.md-2": ("skipped", "it is a link"),
        "y.md": ("skipped", "it is a link")}, f"{done.stdout}")
    tar_of("twice.tgz", (("a.md", one), ("a.md", "a.md")))
    run("batch", path("twice.tgz"), "-o", path("twice"), "-t", "text")
    check(sorted(outputs("twice")) == ["a.txt"], f"{outputs('twice')}")


def test_link_with_content():
    """A link may bring its content along; then it needs nobody's."""
    with tarfile.open(path("along.tar"), "w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.md")
        info.type, info.linkname, info.pax_headers = tarfile.LNKTYPE, "none.md", {"comment": "a pax archive"}
        content = analysis(1).encode()
        info.size = len(content)
        archive.fileobj.write(info.tobuf(tarfile.PAX_FORMAT) + content + bytes(-len(content) % tarfile.BLOCKSIZE))
        archive.offset = archive.fileobj.tell()
    run("batch", path("along.tar"), "-o", path("along"), "-t", "text")
    check(sorted(outputs("along")) == ["a.txt"], f"{outputs('along')}")


def test_links_that_swell():
    """A file with any number of names is a bomb as others are."""
    tar_of("links.tgz", (("a.bin", bytes(1_000_000)), *((f"{i}.bin", "a.bin") for i in range(100))))
    done = run("batch", path("links.tgz"), "-o", path("links"), "-t", "text", "--json", status=3)
    items = items_of(done)
    check("swells" in items["links.tgz"]["reason"] and 50 < len(items) < 90, f"{len(items)}: {items['links.tgz']}")


def test_hidden_entries():
    """An archive of a folder gives what the folder gives."""
    names = ("a.md", ".git/HEAD", "b/.c.md", "__MACOSX/._a.md", "b/d.md")
    for name in names:
        write("hiding/" + name, analysis(1))
    shutil.rmtree(path("hiding/__MACOSX"))
    zip_of("hiding.zip", [(name, analysis(1)) for name in names])
    tar_of("hiding.tgz", (("./" + name, analysis(1).encode()) for name in names))
    for source in ("hiding", "hiding.zip", "hiding.tgz"):
        run("batch", path(source), "-o", path(source + "-out"), "-t", "text")
        check(sorted(outputs(source + "-out")) == ["a.txt", "b/d.txt"], f"{sorted(outputs(source + '-out'))}")


def test_damaged_tar():
    """An entry whose header is damaged, an end that is missing and what lies behind an end are accounted for."""
    def tar(numbers):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for number in numbers:
                info = tarfile.TarInfo(f"{number}.md")
                info.size = len(analysis(number))
                archive.addfile(info, io.BytesIO(analysis(number).encode()))
        return packed.getvalue()
    sound = tar(range(4))
    third = sound.index(b"2.md")
    end = len(sound.rstrip(b"\0")) // 512 * 512 + 512
    for number, (content, count, wanted) in enumerate((
            (sound[:third + 150] + b"7" + sound[third + 151:], 3, "the header of its entry 3 has a wrong checksum"),
            (sound[:third], 2, "the mark of its end is missing"), (sound[:end], 4, "the mark of its end is missing"),
            (sound[:end] + bytes(512), 4, ""), (sound[:third] + bytes(512) + sound[third:], 4, ""),
            (sound + tar(range(4, 7)), 7, ""))):
        for suffix, packed in ((".tar", content), (".tar.gz", gzip.compress(content))):
            name = f"tar{number}{suffix}"
            write(name, packed)
            done = run("batch", path(name), "-o", path(name + "-out"), "-t", "text", "--json",
                       status=3 if wanted else 0)
            items = items_of(done)
            check(len(outputs(name + "-out")) == count and len(items) == count + bool(wanted), f"{name}: {items}")
            check(not wanted or wanted in items[name]["reason"], f"{name}: {items}")


def test_damaged_gzip():
    """What does not have its checksum, or is cut short, is no whole archive."""
    tar_of("whole.tgz", ((f"{i}.md", analysis(i).encode()) for i in range(3)))
    tar = gzip.decompress(read("whole.tgz"))
    packed = gzip.compress(tar, 0)
    for number, (content, wanted) in enumerate((
            (packed.replace(b"Item 1", b"Item 7"), "incorrect data check"), (packed[:-3], "it is cut short"),
            (packed[:-8], "it is cut short"), (gzip.compress(tar[:700]) + gzip.compress(tar[700:]) + b"\0" * 512, ""),
            (packed + b"\x1f\x8bnonsense", "unknown compression method"))):
        write(f"damaged{number}.tar.gz", content)
        done = run("batch", path(f"damaged{number}.tar.gz"), "-o", path(f"damaged{number}"), "-t", "text",
                   status=3 if wanted else 0)
        check(wanted in done.stderr and len(outputs(f"damaged{number}")) == 3, f"{wanted}: {done.stderr}")


def test_names_that_change():
    """A name that is made safe is told of, wherever it comes from."""
    names = ("a:b.md", "CON.md", "new\nline.md", b"bad\xff.md", "trail.", "plain.md")
    for name in names:
        file = os.path.join(os.fsencode(path("odd")), os.fsencode(name))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as opened:
            opened.write(analysis(1))
    done = run("batch", path("odd"), "-o", path("odd-out"), "-t", "text")
    check(done.stderr.count("is not safe to write") == 5, done.stderr)
    done = run("batch", "-", "-o", path("odd-list"), "-t", "text", stdin="./odd//./plain.md\nodd/a:b.md\n")
    check(done.stderr.count("is not safe to write") == 1, done.stderr)
    done = run("batch", "-", "-o", path("odd-lists"), "-t", "text", stdin=f"{path('odd/plain.md')}\nodd/../odd/CON.md\n")
    check(done.stderr.count("is not safe to write") == 1 and "_CON.md" in done.stderr, done.stderr)
    deep = ("d/" * 300 + "n" * 200 + ".md", "dddddddddd/" * 65 + "deep.md", "x/" * 39 + "é" * 90 + "/a.md",
            "y/" * 39 + "./z/../a.md", "y/" * 39 + "a/" + "b" * 300)
    zip_of("deep.zip", [(name, analysis(i)) for i, name in enumerate(deep)])
    run("batch", path("deep.zip"), "-o", path("deep"), "-t", "text")
    check(len(outputs("deep")) == len(deep), f"{sorted(outputs('deep'))}")


# ---- parts of an archive

def test_since_with_limit():
    """What is left out does not count: the same command again comes to an end."""
    for number in range(12):
        write(f"days/{number:02}.md", analysis(1).replace("2025-11", "2020-11" if number < 8 else "2025-11"))
    common = ("batch", path("days"), "-o", path("days-out"), "-t", "text", "--since", "2025-01-01", "--limit", "3",
              "--json")
    for count, is_complete in ((3, False), (1, True), (0, True)):
        end = events(run(*common))[-1]
        check((end["rendered"], end["complete"]) == (count, is_complete), f"{count}: {end}")


def test_parts_do_not_finish():
    """A run of a part of the archive does not end what another left, and merging says so."""
    make_tree("parted", 12)
    common = ("batch", path("parted"), "-o", path("parted-out"), "-t", "text", "--json")
    run(*common, "--shard", "2/2")
    for part, is_complete in (((), True), (("--only-failed",), True)):
        run(*common, "--shard", "1/2", "--limit", "1")
        for option in (("--only-failed",), ("--since", "2020-01-01"), ("--include", "0/**")):
            end = events(run(*common, "--shard", "1/2", *option))[-1]
            check(not end["complete"], f"{option}: {end}")
        said = run("batch", "merge", path("parted-out"), status=3).stderr
        check("shard 1 of 2 is not finished" in said, said)
        run(*common, "--shard", "1/2")
        check(events(run(*common, "--shard", "1/2", *part))[-1]["complete"] is is_complete, f"{part}")
        run("batch", "merge", path("parted-out"))
        os.unlink(path("parted-out/ledger-1-of-2.sqlite"))
    # A part of its own is whole when it is done, also after it was interrupted.
    for limit, is_complete in ((("--limit", "1"), False), ((), True)):
        end = events(run("batch", path("parted"), "-o", path("own-part"), "-t", "text", "--json", "--include", "0/**",
                         *limit))[-1]
        check(end["complete"] is is_complete, f"{end}")


def test_formats_that_are_left():
    """A run in fewer formats does not end one in more; the ledger tells what each was asked for."""
    make_tree("forms", 8)
    common = ("batch", path("forms"), "-o", path("forms-out"), "--json")
    for options, is_complete in ((("-t", "text,docx", "--limit", "2"), False), (("-t", "text"), False),
                                 (("-t", "docx"), False), (("-t", "docx,text", "-j", "1"), True),
                                 (("-t", "text"), True)):
        end = events(run(*common, *options))[-1]
        check(end["complete"] is is_complete, f"{options}: {end}")
    asked = [options for options, in query("forms-out", "SELECT options FROM runs ORDER BY id")]
    check(asked[0] == "--limit=2 --to=docx,text " + path("forms")
          and asked[3] == "--jobs=1 --to=docx,text " + path("forms"), f"{asked}")


def test_shards_that_tell_of_one_item():
    """Merging takes what was written last, and says that a shard has not run since."""
    make_tree("moving", 10)
    common = ("batch", path("moving"), "-o", path("moving-out"), "-t", "text")
    for shard in (1, 2):
        run(*common, "--shard", f"{shard}/2")
    run("batch", "merge", path("moving-out"))
    check(len({o for o, in query("moving-out", "SELECT options FROM runs")}) == 2, "the runs of both shards")
    for name, in query("moving-out", "SELECT name FROM items"):
        write("moving/" + name, read("moving/" + name) + b"\n\nMore.\n")
    for late in (1, 2):
        run(*common, "--shard", f"{late}/2")
        said = run("batch", "merge", path("moving-out"), status=3 if late == 1 else 0).stderr
        check(("has not run since they changed" in said) == (late == 1), said)
        for name, digest in query("moving-out", "SELECT path, digest FROM outputs"):
            check(hashlib.sha256(read("moving-out/" + name)).hexdigest() == digest, f"{name} is not as it is told")
    run("batch", "merge", path("moving-out"), "--json", status=2)


def test_shards_and_the_whole():
    """What a run of the whole archive wrote since the shards ran is not lost to merging."""
    make_tree("both", 8)
    common = ("batch", path("both"), "-o", path("both-out"), "-t", "text")
    def shards():
        for shard in (1, 2):
            run(*common, "--shard", f"{shard}/2")
    shards()
    run("batch", "merge", path("both-out"))
    run(*common)
    run("batch", "merge", path("both-out"))  # nothing was written
    write("both/0/0000.md", analysis(100))
    write("both/new.md", analysis(101))
    time.sleep(1)  # runs are told apart by their seconds
    run(*common)
    wanted = ledger("both-out")
    for _ in range(2):
        said = run("batch", "merge", path("both-out"), status=3).stderr
        check("has not run since a batch without --shard wrote there" in said, said)
        check(ledger("both-out") == wanted, "what was written later")
    run(*common, "--verify")
    os.unlink(path("both/new.md"))
    time.sleep(1)
    run(*common, "--prune", "--yes")
    shards()
    run("batch", "merge", path("both-out"))
    run(*common, "--verify")
    check(len(outputs("both-out")) == 8, "the one that went")


def test_shards_that_are_not_alike():
    """What was rendered with other options, sheets or formats than the other shards makes no whole with them."""
    make_tree("unlike", 12)
    write("unlike.css", '@import "briefing";\np { color: red }\n')
    common = ("batch", path("unlike"), "-o", path("unlike-out"))
    run(*common, "-t", "text", "--shard", "1/2")
    for options, wanted in ((("-t", "text,docx"), "to docx, text instead of text"),
                            (("-t", "text", "-s", path("unlike.css")), "the stylesheet changed"),
                            (("-t", "text", "--strict"), "the options changed"), (("-t", "text"), None)):
        run(*common, *options, "--shard", "2/2")
        done = run("batch", "merge", path("unlike-out"), status=3 if wanted else 0)
        check(f"shard 2 of 2 was rendered otherwise than shard 1: {wanted}" in done.stderr if wanted
              else done.stderr == "", f"{options}: {done.stderr}")
        os.unlink(path("unlike-out/ledger-2-of-2.sqlite"))


def test_shards_of_other_sources():
    """Shards of different archives make no whole, nor do those of one that grew in between."""
    make_tree("source", 12)
    make_tree("other", 9)
    write("source/x.zip", b"no archive")
    common = ("-o", path("source-out"), "-t", "text", "--shard")
    said = "the source of shard 2 of 2 had {} items, that of shard 1 {}"
    for name, options, wanted in (("source", (), None), ("other", (), (9, 13)), ("source", (), None),
                                  ("source", ("--include", "[0-3]/**"), None), ("source", ("--only-failed",), None),
                                  ("source", ("--exclude", "*.zip"), None)):
        for shard in ("1/2", "2/2"):
            if shard == "2/2" or name == "source":
                run("batch", path(name), *common, shard, *options, status=None)
        done = run("batch", "merge", path("source-out"), status=None)
        check(("the source of shard" in done.stderr) == bool(wanted), f"{name} {options}: {done}")
        check(not wanted or said.format(*wanted) in done.stderr and done.returncode == 3, f"{name} {options}: {done}")
    write("source/new.md", analysis(20))
    run("batch", path("source"), *common, "2/2", "--exclude", "*.zip")
    done = run("batch", "merge", path("source-out"), status=3)
    check(said.format(13, 12) in done.stderr, f"{done}")
    run("batch", path("source"), *common, "1/2", "--exclude", "*.zip")
    run("batch", "merge", path("source-out"))


def test_only_failed_after_mending():
    """An archive that is whole again is tried again with what it holds."""
    write("mended/0.md", analysis(0))
    zip_of("mended/p.zip", [(f"{i}.md", analysis(i)) for i in range(2)])
    whole = read("mended/p.zip")
    write("mended/p.zip", whole[:50])
    common = ("batch", path("mended"), "-o", path("mended-out"), "-t", "text")
    run(*common, status=3)
    run(*common, "--only-failed", status=3)
    write("mended/p.zip", whole)
    run(*common, "--only-failed")
    write("mended/q.md", analysis(9))
    write("mended/p.zip", whole[:50])
    run(*common, status=3)
    write("mended/p.zip", whole)
    run(*common)
    run(*common[:3], path("mended-afresh"), *common[4:])
    check(ledger("mended-out") == ledger("mended-afresh"), "positions")
    os.unlink(path("mended/q.md"))
    run(*common, "--prune", "--yes")
    check(query("mended-out", "SELECT name, outcome FROM items ORDER BY name")
          == [("0.md", "done"), ("p/0.md", "done"), ("p/1.md", "done")], "its items")


def test_verify_sees_all():
    """An output that nothing is made of any more is told of, and each of an item's."""
    make_tree("seen", 6)
    common = ("batch", path("seen"), "-o", path("seen-out"), "-t", "text,docx")
    run(*common)
    run(*common, "--verify")
    write("seen/1/0001.md", "")
    os.unlink(path("seen/2/0002.md"))
    for name in ("3/0003.txt", "3/0003.docx"):
        write("seen-out/" + name, "altered")
    os.unlink(path("seen-out/4/0004.txt"))
    done = run(*common, "--verify", status=1)
    for name, how in (("1/0001.txt", "is rendered no more"), ("1/0001.docx", "is rendered no more"),
                      ("2/0002.txt", "has no source any more"), ("2/0002.docx", "has no source any more"),
                      ("3/0003.txt", "was altered"), ("3/0003.docx", "was altered"), ("4/0004.txt", "is gone")):
        check(f'"{name}" {how}' in done.stderr, f"{name}: {done.stderr}")
    check("mismatches           7" in done.stdout, done.stdout)
    done = run(*common, "--verify", "--include", "5/**", "--json")
    check([o["path"] for o in items_of(done)["5/0005.md"]["outputs"]] == ["5/0005.docx", "5/0005.txt"], done.stdout)
    check("no source" not in done.stderr, "what is not chosen")
    check("the rest was not compared" in run(*common, "--verify", "--limit", "1", "--include", "[05]/**").stdout, "rest")


def test_prune_of_a_part():
    """What globs leave out is not looked at; and to prune finishes nothing that another run left."""
    make_tree("pruned", 14)
    common = ("batch", path("pruned"), "-o", path("pruned-out"), "-t", "text", "--json")
    run(*common, "--limit", "10")
    os.unlink(path("pruned/0/0000.md"))
    os.unlink(path("pruned/1/0001.md"))
    for globs, gone in ((("--include", "0/**"), ["0/0000.txt"]), (("--exclude", "0/"), ["1/0001.txt"]), ((), [])):
        done = events(run(*common, *globs, "--prune", "--yes"))
        check([e["path"] for e in done if e["event"] == "pruned"] == gone, f"{globs}: {done}")
        check(not done[-1]["complete"], f"{done[-1]}")
    check(events(run(*common))[-1]["complete"] and len(outputs("pruned-out")) == 12, "the rest")
    check(events(run(*common, "--prune", "--yes"))[-1]["complete"], "nothing was left")
    for options in (("--prune", "--verify"), ("--yes",)):
        run(*common, *options, status=2)


def test_names_of_a_part():
    """What globs leave out keeps its outputs; what lost them to another's is not done any more."""
    write("namesakes/a.md", analysis(1))
    write("namesakes/a.txt", analysis(2))
    common = ("batch", path("namesakes"), "-t", "text,pdf", "--json", "-o")
    run(*common, path("namesakes-out"), status=3)
    made, rows = outputs("namesakes-out"), ledger("namesakes-out")
    done = run(*common, path("namesakes-out"), "--include", "a.txt", status=3)
    check(items_of(done)["a.txt"]["unchanged"] and ledger("namesakes-out") == rows, done.stdout)
    run(*common, path("namesakes-parts"), "--include", "a.md")
    run(*common, path("namesakes-parts"), "--exclude", "a.md", status=3)
    check((outputs("namesakes-parts"), ledger("namesakes-parts")["outputs"]) == (made, rows["outputs"]), "one by one")
    # Of an operand that is not named nobody knows whether it is there.
    run("batch", path("namesakes/a.txt"), *common[2:], path("namesakes-out"))
    check(query("namesakes-out", "SELECT name, reason FROM failures")
          == [("a.md", 'its place is that of "a.txt" by now')], "who lost it")
    run(*common, path("namesakes-out"), status=3)
    check((outputs("namesakes-out"), ledger("namesakes-out")) == (made, rows), "all of them again")
    shutil.rmtree(path("namesakes-out"))
    run(*common, path("namesakes-out"), status=3)
    write("namesakes/a.txt", analysis(3))
    run(*common, path("namesakes-out"), "--exclude", "a.md", status=3)
    rows = ledger("namesakes-out")
    shutil.rmtree(path("namesakes-out"))
    run(*common, path("namesakes-out"), status=3)
    check(ledger("namesakes-out") == rows, "what changed, where it stands")


def test_what_cannot_be_removed():
    """It is told of, and not forgotten; folders that get empty go."""
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        print("no setpriv: not tried")
        return
    nobody = ("setpriv", "--reuid", "65534", "--clear-groups") if os.geteuid() == 0 else ()
    make_tree("lasting", 14)
    os.makedirs(path("lasting-out"))
    for folder in (SCRATCH, path("lasting-out")):
        os.chmod(folder, 0o777)
    common = ("batch", path("lasting"), "-o", path("lasting-out"), "-t", "text")
    run(*common, prefix=nobody)
    os.unlink(path("lasting/3/0003.md"))
    os.unlink(path("lasting/3/0010.md"))
    write("lasting/4/0004.md", "")
    for folder in ("3", "4"):
        os.chmod(path("lasting-out", folder), 0o555)
    for _ in range(2):
        said = run(*common, prefix=nobody, status=3).stderr
        check("cannot remove" in said and "4/0004.txt" in said, said)
        said = run(*common, "--prune", "--yes", prefix=nobody, status=1)
        check("3/0003.txt" in said.stderr and "removed" not in said.stdout, f"{said}")
    for folder in ("3", "4"):
        os.chmod(path("lasting-out", folder), 0o755)
    run(*common, prefix=nobody)
    run(*common, "--prune", "--yes", prefix=nobody)
    check(len(outputs("lasting-out")) == 11 and not os.path.exists(path("lasting-out/3")), "what is left")


def test_nothing_is_no_source():
    """Outputs are not removed for a source that holds nothing: its disk may not be there."""
    make_tree("emptied", 3)
    common = ("-o", path("emptied-out"), "-t", "text")
    run("batch", path("emptied"), *common)
    shutil.rmtree(path("emptied"))
    os.makedirs(path("emptied"))
    for source, stdin in (("emptied", None), ("-", "")):
        said = run("batch", source, *common, "--prune", "--yes", status=1, stdin=stdin).stderr
        check("nothing is pruned" in said and len(outputs("emptied-out")) == 3, said)


# ---- what comes from outside

def test_interrupt_behind_an_item_that_hangs():
    """What is finished is kept, wherever in the source the item stands that is not."""
    make_tree("hung", 40)
    write("hung/0/0000.md", analysis(0) + "\ntest-fault: hang\n")
    common = [BREVIER, "batch", path("hung"), "-o", path("hung-out"), "-t", "text", "-j", "2"]
    with subprocess.Popen(common, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          env={**os.environ, **FAULTS}) as process:
        time.sleep(1.5)
        if process.poll() is not None:
            print("a release build provokes no faults")
            return
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        for pid in workers_of(process.pid):  # thirty seconds are long
            os.kill(pid, signal.SIGKILL)
        said = process.communicate()[0]
        check(process.returncode == 1 and "not finished" in said and "left out" not in said, said)
    check(query("hung-out", "SELECT count(*) FROM items WHERE outcome = 'done'") >= [(12,)], "those behind it")
    write("hung/0/0000.md", analysis(0))
    run(*common[1:])
    run(*common[1:4], path("hung-whole"), *common[5:])
    check((outputs("hung-out"), ledger("hung-out")) == (outputs("hung-whole"), ledger("hung-whole")), "resumed")


def test_workers_killed_by_others():
    """That says nothing of the item in hand: the next run tries it again."""
    make_tree("felled", 6 if os.environ.get("SANITIZE") else 60)  # a sanitizer forks slowly …
    alone = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}  # … and looks for leaks from a child, which is none of ours
    common = [BREVIER, "batch", path("felled"), "-o", path("felled-out"), "-t", "pdf,text"]
    run(*common[1:4], path("felled-whole"), *common[5:])
    quarantined = []
    for _ in range(10):  # a busy machine kills too seldom
        shutil.rmtree(path("felled-out"), ignore_errors=True)
        with subprocess.Popen(common, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=alone) as process:
            while process.poll() is None:
                for pid in workers_of(process.pid):
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except ProcessLookupError:
                        pass
                time.sleep(0.004)
        quarantined = query("felled-out", "SELECT name FROM items WHERE outcome = 'quarantined'")
        if quarantined:
            break
    check(quarantined, "none was killed")
    done = run(*common[1:], "--explain")
    check("its worker was killed" in done.stdout, done.stdout)
    check((outputs("felled-out"), ledger("felled-out")) == (outputs("felled-whole"), ledger("felled-whole")),
          "after a night without killing")


def test_limit_of_a_file():
    """A file that may grow no longer is a disk that is full."""
    make_tree("grown", 60)
    common = ("batch", path("grown"), "-t", "pdf,text", "-o")
    run(*common, path("grown-whole"))
    done = subprocess.run([BREVIER, *common, path("grown-out")], cwd=SCRATCH, capture_output=True, text=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (240_000, 240_000)))
    check(done.returncode == 1 and "not finished" in done.stdout and done.stderr, f"{done}")
    check(not os.path.exists(path("grown-out/.ledger")), "temporary files are left")
    run(*common, path("grown-out"))
    check((outputs("grown-out"), ledger("grown-out")) == (outputs("grown-whole"), ledger("grown-whole")), "resumed")


def test_few_files_for_many_workers():
    """Who asks for more workers than the system gives gets those that it does."""
    make_tree("crowd", 60)
    common = (BREVIER, "batch", path("crowd"), "-t", "text")
    for files, wanted in ((20, "cannot start more than "), (9, "cannot start a worker process: ")):
        done = subprocess.run([*common, "-o", path(f"crowd{files}"), "-j", "60"], capture_output=True, text=True,
                              timeout=100,
                              preexec_fn=lambda limit=files: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
        check(done.stderr.count("cannot start") == 1 and wanted in done.stderr
              and done.returncode == (files < 10), f"{files}: {done}")
        run(*common[1:], "-o", path(f"crowd{files}"))
    check((outputs("crowd20"), ledger("crowd20")) == (outputs("crowd9"), ledger("crowd9")), "all of them")


run_tests(globals())
