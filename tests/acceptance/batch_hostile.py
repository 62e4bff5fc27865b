# Brevier — tests of `brevier batch` in surroundings that mean it ill.
# SPDX-License-Identifier: MIT
import gzip
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import time
import zipfile

from batch_rig import (BREVIER, FAULTS, KILLS, SCRATCH, SOURCE, analysis, check, folded, items_of, ledger,
                       make_tree, outputs, path, query, read, run, run_tests, workers_of, write, zip_of)

# ---- names

def test_names_that_meet():
    """Files and folders of one name, names of ours, long and strange names: each item is accounted for."""
    deep = "/".join("d" * 119 for _ in range(38)) + "/deep.md"
    names = ["x", "x.txt/y.md", "x.pdf/y.md", "a.md", "a.txt", "A.md", "a.md/b.md", "quarantine/q.md",
             "q.md", "ledger.sqlite", deep, "n" * 4000 + ".md", "two\nlines.md",
             "esc\x1b[31m.md", "a-2.md", "a-3.md", "a.markdown", "a.text"]
    zip_of("names.zip", [(name, analysis(i)) for i, name in enumerate(names)])
    done = run("batch", path("names.zip"), "-o", path("names"), "-t", "text,pdf", "--json", status=3)
    items = items_of(done)
    check(len(items) == len(names), f"items: {sorted(items)}")
    met = {n: e["reason"] for n, e in items.items() if e["outcome"] == "degraded"}
    check(all(e["outcome"] in ("done", "degraded") for e in items.values()), f"outcomes: {items}")
    check(set(met) == {"a.txt", "A.md", "a.markdown", "a.text", "q.md"} - {"q.md"}, f"met: {met}")
    # The error has its place and names both.
    said = items["a.txt"]["diagnostics"][0]
    check(said["severity"] == "error" and said["file"].endswith("names.zip:a.txt")
          and f'"{path("names.zip")}:a.md"' in said["message"], f"{said}")
    files = [o["path"] for e in items.values() for o in e["outputs"]]
    check(len({f.lower() for f in files}) == 2 * len(names), "paths that differ whatever the case")
    check(set(files) == set(outputs("names")), "what is on disk")
    check(max(len(f) for f in files) < 1024, "short paths")
    warned = query("names", "SELECT count(DISTINCT item) FROM diagnostics WHERE code = 'input'")
    check(warned[0][0] >= 8, f"warnings about names are in the ledger: {warned}")
    again = run("batch", path("names.zip"), "-o", path("names"), "-t", "text,pdf", "--json", status=3)
    check(all(e["unchanged"] for e in items_of(again).values()), "a second run leaves them alone")
    done = run("batch", path("names.zip"), "-o", path("names2"), "-t", "text", status=3)
    check(f'{path("names.zip")}:a.txt: error: its name meets' in done.stderr, done.stderr)
    check("\x1b" not in done.stdout + done.stderr and "two\nlines" not in done.stderr, done.stderr)
    # Thousands of one name, and of the names that numbers would give it.
    with zipfile.ZipFile(path("same.zip"), "w") as archive:
        for number in range(6000):
            archive.writestr(f"a-{number}", "\n")
        for _ in range(6000):
            archive.writestr(zipfile.ZipInfo("a"), "\n")
    before = time.monotonic()
    run("batch", path("same.zip"), "-o", path("same"), "-t", "text")
    check(time.monotonic() - before < 20, "names that meet take long")
    check(query("same", "SELECT count(*) FROM items") == [(12000,)], "all are in the ledger")


def test_names_that_fold():
    """Names that are one to some file systems: accents in one piece or two, letters of either case."""
    names = ("Bericht/Übung.md", "bericht/U\u0308bung.md", "BERICHT/übung.md", "Straße.md", "STRASSE.md", "Ω.md",
             "ω.md", "\u2126.md", "ОТЧЁТ.md", "отче\u0308т.md", "left\u200bout.md", "leftout.md", "x².md", "x2.md")
    zip_of("folding.zip", [(name, analysis(i)) for i, name in enumerate(names)])
    items = items_of(run("batch", path("folding.zip"), "-o", path("folding"), "-t", "text", "--json", status=3))
    met = {name for name, e in items.items() if e["outcome"] == "degraded" and "its name meets" in e["reason"]}
    check(met == {names[i] for i in (1, 2, 4, 6, 7, 9, 11)}, f"met: {met}")
    check(len(names) == len(folded(outputs("folding"))), f"files: {sorted(outputs('folding'))}")


def test_names_that_move():
    """An item that takes another's name does not lose its output to it."""
    for name in ("a.md", "a.txt"):
        write("moved/" + name, analysis(len(name)))
    common = ("batch", path("moved"), "-t", "text,pdf")
    run(*common, "-o", path("moved-out"), status=3)  # they meet
    for step in ("a.markdown", None, "a.json"):
        if step:
            write("moved/" + step, analysis(9) if step != "a.json" else json.dumps(
                json.loads(run("inspect", path("moved/a.md"), "--json").stdout)))
        else:
            os.unlink(path("moved/a.markdown"))
        run(*common, "-o", path("moved-out"), status=3)
        run(*common, "-o", path("moved-out"), "--prune", "--yes", status=None)
        shutil.rmtree(path("moved-new"), ignore_errors=True)
        run(*common, "-o", path("moved-new"), status=3)
        check(outputs("moved-out") == outputs("moved-new"), f"outputs after {step}")
        check(ledger("moved-out") == ledger("moved-new"), f"ledger after {step}")


def test_what_stands_there():
    """A folder where an output goes fails the item; a source is never written over."""
    make_tree("there", 6)
    os.makedirs(path("there-out/1/0001.txt/full"))
    done = run("batch", path("there"), "-o", path("there-out"), "-t", "pdf,text", "--json", status=3)
    item = items_of(done)["1/0001.md"]
    check(item["outcome"] == "failed" and "it is a folder" in item["reason"], f"{item}")
    check(not os.path.exists(path("there-out/1/0001.pdf")), "a failed item has no output")
    check(len(outputs("there-out")) == 10, "the others")
    write("own/text.txt", analysis(1))
    run("batch", path("own"), "-o", path("own"), "-t", "text", status=2)
    run("batch", "own", "-o", path("own/../own/"), "-t", "text", status=2)
    run("batch", path("own/text.txt"), "-o", path("own"), "-t", "text", status=3)
    check(read("own/text.txt").decode() == analysis(1), "the source is whole")
    write("inner/text.txt", analysis(1))
    run("batch", "inner", "-o", "inner/out", "-t", "text")
    done = run("batch", "inner", "-o", "inner/out", "-t", "text", "--json")
    check(set(items_of(done)) == {"text.txt"}, "outputs within the source are no source")
    check(items_of(done)["text.txt"]["unchanged"], "and it is unchanged")


def test_paths():
    """From any folder, with any path, with pictures."""
    write("where/p.md", "# Research: P\n\n## Summary\n\n![a dot](dot.png)\n")
    shutil.copy(SOURCE + "/stylesheets/logo.png", path("where/dot.png"))
    wanted = None
    for number, (folder, source, stdin) in enumerate((
            (SCRATCH, "where/p.md", None), (path("where"), "p.md", None), (path("where"), "./p.md", None),
            (path("where"), "-", "p.md\n"), (SCRATCH, "-", path("where/p.md") + "\r\n"))):
        out = path(f"where-out{number}")
        done = subprocess.run([BREVIER, "batch", source, "-o", out, "-t", "pdf"], input=stdin,
                              capture_output=True, text=True, cwd=folder)
        check(done.returncode == 0, f"{source}: {done.stderr}")
        found = sorted(outputs(f"where-out{number}").values())
        wanted = wanted or found
        check(found == wanted, f"{source} from {folder}")


# ---- sources that break

def test_sources_that_break():
    """What cannot be read is told, and nothing is pruned for it."""
    make_tree("whole-src", 8)
    with tarfile.open(path("part.tar"), "w") as archive:
        archive.add(path("whole-src"), "part")
    run("batch", path("part.tar"), path("whole-src/1"), "-o", path("part"), "-t", "text")
    files = outputs("part")
    write("part.tar", read("part.tar")[:4000])
    done = run("batch", path("part.tar"), path("whole-src/1"), "-o", path("part"), "-t", "text",
               "--prune", "--yes", status=1)
    check("nothing is pruned" in done.stderr and outputs("part") == files, done.stderr)
    os.mkfifo(path("fifo"))
    done = run("batch", "-", "-o", path("fifo-out"), "-t", "text", "--json", status=3,
               stdin=f"{path('fifo')}\n{path('whole-src')}\n{path('absent.md')}\n{'x' * 5000}\n")
    reasons = sorted(e["reason"] for e in items_of(done).values())
    check(reasons == ["it is a folder", "it is no file", "its path is too long",
                      "there is no such file"], f"{reasons}")
    if shutil.which("strace") and not os.environ.get("SANITIZE"):
        folder = path("whole-src/2")
        done = run("batch", path("whole-src"), "-o", path("unread"), "-t", "text", status=3, prefix=(
            "strace", "-qq", "-o", "/dev/null", "-P", folder, "-e", "inject=openat:error=EIO"))
        check("cannot read the folder" in done.stderr, done.stderr)
        done = run("batch", path("whole-src"), "-o", path("unread2"), "-t", "text", status=0)


class Zeros(io.RawIOBase):
    """A file of nothing, as long as is asked."""

    def __init__(self, size):
        self.rest = size

    def read(self, size=-1):
        size = min(self.rest, size if size >= 0 else self.rest)
        self.rest -= size
        return bytes(size)


def test_packed_bombs():
    """A tar that swells is left, quickly; one that only holds a long file goes on."""
    size = 2 << 30
    with tarfile.open(path("long.tar.gz"), "w:gz", compresslevel=1) as archive:
        for name, length in (("good.md", 0), ("long.md", 40 << 20), ("after.md", 0)):
            info = tarfile.TarInfo(name)
            text = analysis(1).encode()
            info.size = length or len(text)
            archive.addfile(info, Zeros(length) if length else io.BytesIO(text))
    done = run("batch", path("long.tar.gz"), "-o", path("long"), "-t", "text", "--json", status=3)
    check({n: e["outcome"] for n, e in items_of(done).items()} ==
          {"good.md": "done", "long.md": "failed", "after.md": "done"}, "a long entry")
    header = tarfile.TarInfo("bomb.md")
    header.size = size
    good = tarfile.TarInfo("good.md")
    text = analysis(1).encode()
    good.size = len(text)
    raw = good.tobuf() + text + bytes(-len(text) % 512) + header.tobuf() + bytes(1 << 20)
    write("bomb.tar", raw)
    subprocess.run(["gzip", "-1", path("bomb.tar")], check=True)
    done = run("batch", path("bomb.tar.gz"), "-o", path("bomb"), "-t", "text", status=3)
    check("swells" in done.stderr and set(outputs("bomb")) == {"good.txt"}, done.stderr)
    zeros = gzip.compress(bytes(64 << 20))
    write("tail.tar.gz", gzip.compress(raw[:1024]) + zeros * 40)
    done = run("batch", path("tail.tar.gz"), "-o", path("tail"), "-t", "text", status=3)
    check("swells" in done.stderr and set(outputs("tail")) == {"good.txt"}, done.stderr)


def test_unpacker():
    """What brings the reader of an archive down costs the rest of that archive."""
    os.makedirs(path("nest"))
    faults = {1: "crash"} if os.environ.get("SANITIZE") else {1: "crash", 2: "memory"}  # a sanitizer's has no limit
    for number in range(4):
        zip_of(f"nest/{number}.zip", [("first.md", analysis(1)), *(
            [(f"test-fault-{faults[number]}.md", analysis(2))] if number in faults else []), ("last.md", analysis(3))])
    write("nest/9.md", analysis(9))
    done = run("batch", path("nest"), "-o", path("nest-out"), "-t", "text", env=FAULTS,
               status=None)
    if done.returncode == 0:
        print("a release build provokes no faults")
        return
    hows = {"crash": "brought its reader down", "memory": "wants more memory than its reader has"}
    said = [f'{path(f"nest/{number}.zip")}: failed: reading the archive "{path(f"nest/{number}.zip")}" {hows[fault]}, '
            "its rest is left unread" for number, fault in faults.items()]
    told = [line for line in done.stderr.splitlines() if line.startswith(path("nest"))]  # a sanitizer adds its own
    check(done.returncode == 3 and (told if os.environ.get("SANITIZE") else done.stderr.splitlines()) == said, done.stderr)
    check(set(outputs("nest-out")) == {"9.txt", *(f"{i}/first.txt" for i in range(4)), *(
        f"{i}/last.txt" for i in range(4) if i not in faults)}, "the others")
    # It is a process of its own, which sees nothing but the sources.
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=openat", "-o", path("nest.trace"), BREVIER,
                           "batch", path("nest/0.zip"), "-o", path("nest-seen"), "-t", "text"],
                          capture_output=True) if shutil.which("strace") else None
    if done and not os.environ.get("SANITIZE"):
        lines = read("nest.trace").decode().splitlines()
        opened = {line.split()[0] for line in lines if "0.zip" in line}
        wrote = {line.split()[0] for line in lines if "ledger.sqlite-wal" in line}
        check(opened and not opened & wrote, "the supervisor opened the archive itself")


def test_much():
    """Analyses of 16 MiB wait within bounds; a hundred thousand lines are as many items."""
    big = b"word " * ((16 << 20) // 5)
    for number in range(40):
        write(f"big/{number}.md", big[:-2] + b"%02d" % number)
    done = subprocess.run(["/usr/bin/time", "-f", "%M", BREVIER, "batch", path("big"), "-o",
                           path("big-out"), "-t", "text", "--shard", "1/10000"],
                          capture_output=True, text=True) if os.path.exists("/usr/bin/time") else None
    if done and not os.environ.get("SANITIZE"):
        check(int(done.stderr.split()[-1]) < 450_000, f"memory: {done.stderr[-200:]}")
    shutil.rmtree(path("big"))
    with open(path("lines.jsonl"), "w", encoding="utf-8") as file:
        file.write("\n".join(["[]"] * 20_000))
    run("batch", path("lines.jsonl"), "-o", path("lines"), "-t", "text", status=3)
    check(query("lines", "SELECT count(*) FROM items") == [(20_000,)], "lines")


def test_faults():
    """A call of the system that fails, in the supervisor or in a worker: the next run mends it."""
    if not shutil.which("strace") or os.environ.get("SANITIZE"):
        print("no strace, or a sanitizer: not tried")
        return
    make_tree("torn", 40)
    common = ("batch", path("torn"), "-t", "pdf,text")
    run(*common, "-o", path("torn-whole"))
    wanted, rows = outputs("torn-whole"), ledger("torn-whole")
    del rows["closures"]  # one that a fault cut short stays in the ledger
    dice = random.Random(11)
    felt = 0
    places = (("write", "ENOSPC", 90), ("rename", "EIO", 80), ("pwrite64", "ENOSPC", 60),
              ("fdatasync", "EIO", 12), ("mkdir", "EDQUOT", 8), ("syncfs", "EIO", 2),
              ("openat", "EIO", 300), ("fcntl", "EIO", 100), ("ftruncate", "EIO", 2),
              ("unlink", "EIO", 4))
    for number in range(20 if KILLS >= 200 else len(places)):
        call, error, most = places[number % len(places)]
        when = dice.randrange(1, most + 1)
        shutil.rmtree(path("torn-out"), ignore_errors=True)
        # A font that one worker cannot open would be missed in its outputs: no fault of the batch.
        done = subprocess.run(
            ["strace", "-qq", "-o", "/dev/null", *([] if call == "openat" else ["-f"]), "-e",
             f"trace={call}", "-e", f"inject={call}:error={error}:when={when}", BREVIER, *common,
             "-o", path("torn-out")], capture_output=True, text=True, cwd=SCRATCH, timeout=60)
        where = f"{call} {error} at {when}: {done.returncode}\n{done.stderr[-1000:]}"
        check(done.returncode in (0, 1, 2, 3), where)
        felt += done.returncode != 0
        for name, digest in outputs("torn-out").items() if os.path.exists(path("torn-out")) else ():
            if done.returncode == 0:
                check(wanted.get(name) == digest, f"{name} after {where}")
        run(*common, "-o", path("torn-out"))
        found = ledger("torn-out")
        del found["closures"]
        check(outputs("torn-out") == wanted, f"outputs after {where}")
        check(found == rows, f"ledger after {where}")
    check(felt >= len(places) // 2, f"only {felt} of the faults were felt")


def test_syncs():
    """Before the ledger tells of outputs, they and the folders of their names are synced."""
    if not shutil.which("strace") or os.environ.get("SANITIZE"):
        print("no strace, or a sanitizer: not tried")
        return
    for number in range(6):
        write(f"synced/{number % 2}/deep/{number}.md", analysis(number))
    common = ("batch", path("synced"), "-t", "text")
    for step in range(2):
        run(*common, "-o", path("synced-out"), prefix=(
            "strace", "-y", "-qq", "-o", path("synced.trace"), "-e",
            "trace=syncfs,rename,unlink,fsync,fdatasync"))
        calls = [line.split("(", 1) for line in read("synced.trace").decode().splitlines()
                 if "(" in line and "ENOENT" not in line]
        renames = [i for i, (call, _) in enumerate(calls) if call == "rename"]
        check(len(renames) == (6, 1)[step], f"renames: {calls}")
        check("syncfs" in [call for call, _ in calls[:renames[0]]], "files before their names")
        told = next(i for i, (call, where) in enumerate(calls)
                    if i > renames[-1] and call == "fdatasync" and "ledger.sqlite-wal" in where)
        synced = {where.split("<")[1].split(">")[0] for call, where in calls[renames[-1]:told]
                  if call == "fsync"}
        wanted = {path("synced-out/1/deep"), path("synced-out/1"), path("synced-out")}
        wanted |= set() if step else {path("synced-out/0/deep"), path("synced-out/0")}
        check(synced == wanted, f"{synced} is synced, not {wanted}")
        write("synced/1/deep/1.md", analysis(100))
    # A folder that cannot be synced ends the run; the next one mends it.
    wanted = outputs("synced-out"), ledger("synced-out")
    for when in range(1, 4):
        shutil.rmtree(path("unsafe"), ignore_errors=True)
        done = run(*common, "-o", path("unsafe"), status=1, prefix=(
            "strace", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e",
            f"inject=fsync:error=EIO:when={when}+"))
        check("cannot" in done.stderr, done.stderr)
        check(not os.path.exists(path("unsafe/ledger.sqlite"))
              or query("unsafe", "SELECT count(*) FROM outputs WHERE key <> ''") == [(0,)], "told all the same")
        run(*common, "-o", path("unsafe"))
        check((outputs("unsafe"), ledger("unsafe")) == wanted, "after folders that do not sync")
    # That it ended is told, also where it was in the middle of a group.
    write("synced/1/deep/1.md", "---\na: b: c\n---\n")
    run(*common, "-o", path("unsafe"), status=1, prefix=(
        "strace", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1+"))
    check(query("unsafe", "SELECT finished > 0, complete, outcome LIKE '%not finished' FROM runs ORDER BY id DESC LIMIT 1")
          == [(1, 0, 1)], f"{query('unsafe', 'SELECT * FROM runs')}")
    run(*common, "-o", path("unsafe"), status=3)
    # Many folders are one sync.
    for number in range(40):
        write(f"spread/{number}/a.md", analysis(number))
    run("batch", path("spread"), "-o", path("spread-out"), "-t", "text", prefix=(
        "strace", "-qq", "-o", path("spread.trace"), "-e", "trace=syncfs,fsync"))
    calls = [line.split("(")[0] for line in read("spread.trace").decode().splitlines()]
    check(calls.count("fsync") < 10 and calls.count("syncfs") >= 2, f"{calls}")


# ---- streams and signals

def test_streams():
    """Who listens may go, and streams may be closed: the archive is rendered, the status tells."""
    make_tree("heard", 40)
    common = f"'{BREVIER}' batch '{path('heard')}' -t text"
    wanted = None
    for number, (command, status) in enumerate((
            ("{0} -o {1} --json", 0), ("{0} -o {1} --json >/dev/full", 1), ("{0} -o {1} >&-", 1),
            ("{0} -o {1} <&- 2>&- >/dev/null", 0), ("{0} -o {1} --explain | head -c 10; exit $?", 0),
            ("{0} -o {1} <&- >&- 2>&-", 1))):
        out = path(f"heard{number}")
        done = subprocess.run(["sh", "-c", command.format(common, f"'{out}'")], capture_output=True)
        check(done.returncode == status, f"{command}: {done.returncode} {done.stderr}")
        found = outputs(f"heard{number}"), ledger(f"heard{number}")
        wanted = wanted or found
        check(found == wanted, command)


def test_signals():
    """Signals to the whole group stop the run; no item is blamed, and none is lost."""
    make_tree("group", 100)
    common = [BREVIER, "batch", path("group"), "-t", "pdf,docx,text", "-o"]
    for number, name in enumerate(("SIGTERM", "SIGHUP", "SIGINT")):
        out = path(f"group{number}")
        process = subprocess.Popen([*common, out], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   start_new_session=True, text=True)
        while not workers_of(process.pid) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, getattr(signal, name))
        _, said = process.communicate(timeout=60)
        check(process.returncode in (0, 1), f"{name}: {process.returncode} {said}")
        check(not os.path.exists(os.path.join(out, ".ledger")), "temporary files are left")
        blamed = query(f"group{number}", "SELECT count(*) FROM items WHERE outcome <> 'done'")
        check(blamed == [(0,)], f"{name}: items are blamed")
        process = subprocess.Popen([*common, out], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        while not workers_of(process.pid) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)  # a second one, of any kind
        check(process.wait(timeout=20) in (0, 1), "two signals")
        run("batch", path("group"), "-t", "pdf,docx,text", "-o", out)
        check(len(outputs(f"group{number}")) == 300, "resumed")


def test_two_at_once():
    """One batch at a time writes a ledger, also when one begins as the other ends."""
    make_tree("twice", 30)
    common = [BREVIER, "batch", path("twice"), "-t", "text", "-o", path("twice-out")]
    processes = [subprocess.Popen(common, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                 for _ in range(12)]
    for process in processes:
        _, said = process.communicate(timeout=120)
        check(process.returncode == 0 or "another batch is writing" in said,
              f"{process.returncode}: {said}")
    run("batch", path("twice"), "-t", "text", "-o", path("twice-out"))
    check(len(outputs("twice-out")) == 30 and not os.path.exists(path("twice-out/.ledger")), "after all")


# ---- ledgers

def test_ledgers():
    """A ledger of another version, of another kind, or gone."""
    make_tree("kept", 10)
    common = ("batch", path("kept"), "-o", path("kept-out"), "-t", "text")
    run(*common)
    wanted = outputs("kept-out"), ledger("kept-out")
    base = sqlite3.connect(path("kept-out/ledger.sqlite"))
    base.execute("PRAGMA user_version = 99")
    base.close()
    for options in ((), ("--verify",)):
        said = run(*common, *options, status=1).stderr
        check("is of version 99" in said and "rename or remove it" in said, f"another version: {said}")
    os.unlink(path("kept-out/ledger.sqlite"))
    os.chmod(path("kept-out/1/0001.txt"), 0o444)
    run(*common)
    check((outputs("kept-out"), ledger("kept-out")) == wanted, "a ledger that is gone")
    write("kept-out/ledger.sqlite", b"no database " * 1000)
    said = run(*common, status=1).stderr
    check("not a database" in said and "rename or remove it" in said, f"no ledger: {said}")
    # Folders that are not there are made.
    run(*common[:3], path("to/be//made/"), *common[4:])
    check((outputs("to/be/made"), ledger("to/be/made")) == wanted, "a folder in a folder that is not there")
    said = run(*common[:3], path("kept/1/0001.md/out/put"), *common[4:], status=1).stderr
    check("not a folder" in said, f"a folder in a file: {said}")
    # A failed item's outputs go in every format, and from the ledger.
    os.unlink(path("kept-out/ledger.sqlite"))
    run(*common[:-1], "text,pdf")
    write("kept/1/0001.md", "---\na: b: c\n---\n")
    run(*common, status=3)
    check(not os.path.exists(path("kept-out/1/0001.pdf")), "the other format")
    check(query("kept-out", "SELECT count(*) FROM outputs WHERE item = '1/0001.md'") == [(0,)], "rows")
    # A date that the environment gives is one of the options.
    write("undated/a.md", "# Research: A\n\n## Summary\n\nText.\n")
    for epoch, unchanged in (("1000000000", False), ("1000000000", True), ("1100000000", False)):
        done = run("batch", path("undated"), "-o", path("undated-out"), "-t", "docx", "--json",
                   env={"SOURCE_DATE_EPOCH": epoch})
        check(items_of(done)["a.md"]["unchanged"] == unchanged, f"at {epoch}")


run_tests(globals())
