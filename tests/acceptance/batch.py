# Brevier — tests of `brevier batch` as its operator sees it.
# SPDX-License-Identifier: MIT
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

from batch_rig import (BREVIER, KILLS, SAMPLES, SCRATCH, SOURCE, analysis, check, events, fail, ledger,
                       make_tree, outputs, path, query, read, rendered, run, workers_of, write,
                       run_tests)

# ---- sources

def test_sources():
    """What comes from any kind of source is what render makes of the file."""
    texts = {name: read(SOURCE, "samples", name) for name in SAMPLES}
    for name, text in texts.items():
        write("plain/2025/" + name, text)
    with zipfile.ZipFile(path("a.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr("2025/" + name, text)
    for suffix, mode in (("tar", "w"), ("tar.gz", "w:gz"), ("tar.xz", "w:xz")):
        with tarfile.open(path("a." + suffix), mode) as archive:
            for name, text in texts.items():
                info = tarfile.TarInfo("2025/" + name)
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text))
    pictures = ("--asset-root", SOURCE + "/samples")
    for form in ("text", "pdf", "docx"):
        os.makedirs(path("alone/2025"), exist_ok=True)
        for name in SAMPLES:
            run("render", path("plain/2025", name), "-t", form, "-o", path("alone/2025") + "/",
                *pictures)
    wanted = outputs("alone")
    texts_wanted = {name: digest for name, digest in wanted.items() if name.endswith(".txt")}
    stdin = "".join(path("plain/2025", name) + "\n" for name in SAMPLES)
    for number, source in enumerate(("plain", "a.zip", "a.tar", "a.tar.gz", "a.tar.xz")):
        run("batch", path(source), "-o", path(f"from{number}"), "-t", "pdf,docx,text",
            *pictures)
        check(outputs(f"from{number}") == wanted, f"outputs from {source} differ")
    run("batch", "-", "-o", path("from-list"), "-t", "text", *pictures, stdin=stdin)
    check(sorted(outputs("from-list").values()) == sorted(texts_wanted.values()), "a list of files")
    # JSON Lines and a table.
    lines = [json.dumps(json.loads(run("inspect", path("plain/2025", name), "--json").stdout))
             for name in SAMPLES]
    write("all.jsonl", "\n".join(lines) + "\n")
    run("batch", path("all.jsonl"), "-o", path("from-lines"), "-t", "text", *pictures)
    check(sorted(outputs("from-lines").values()) == sorted(texts_wanted.values()), "JSON Lines")
    base = sqlite3.connect(path("base.sqlite"))
    base.execute("CREATE TABLE reports (id TEXT, body TEXT)")
    base.executemany("INSERT INTO reports VALUES (?, ?)",
                     [("2025/" + name, text.decode()) for name, text in texts.items()])
    base.commit()
    base.close()
    run("batch", "--from", path("base.sqlite"), "--query", "SELECT id, body FROM reports",
        "-o", path("from-table"), "-t", "text", *pictures)
    check(outputs("from-table") == texts_wanted, "a table")
    run("batch", "--from", path("base.sqlite"), "--query", "DELETE FROM reports",
        "-o", path("from-delete"), "-t", "text", *pictures, status=2)


def test_choice():
    """Globs, ignore files, what is no analysis."""
    make_tree("choice", 14)
    write("choice/.brevierignore", "# drafts\n/0/\n0003.*\n!0/0007.md\n")
    write("choice/empty.md", "\n\n")
    write("choice/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100))
    write("choice/utf16.md", "# Title\n".encode("utf-16"))
    write("choice/latin.md", "# Übermäßig größer, schöner, früher\n".encode("latin-1"))
    os.symlink("empty.md", path("choice/link.md"))
    done = run("batch", path("choice"), "-o", path("choice-out"), "-t", "text", "--json",
               "--exclude", "0004.md", "--include", "*.md", "--include", "*.png")
    items = {e["name"]: e for e in events(done) if e["event"] == "item"}
    check({n for n, e in items.items() if e["outcome"] == "skipped"} ==
          {"empty.md", "picture.png", "utf16.md", "latin.md", "link.md"}, f"skipped: {items}")
    check("4/0004.md" not in items and "3/0003.md" not in items and "0/0000.md" not in items,
          "globs and ignore files")
    check(items["5/0005.md"]["outcome"] == "done", "an ordinary item")


def test_hostile_archive():
    """Names are made safe, bombs stop, damage costs one entry."""
    with zipfile.ZipFile(path("bad.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../../escape.md", "/absolute.md", "C:\\windows.md", "con.md", "a/../b.md",
                     "same.md", "same.txt", "nul\x01byte.md", "..", "good.md"):
            archive.writestr(name, analysis(1))
        archive.writestr("SAME.md", analysis(2))
        archive.writestr("./same.md", analysis(2))
        archive.writestr("bomb.md", b"a" * (15 << 20))
        archive.writestr("long.md", b"b" * (17 << 20))
        archive.writestr("inner.zip", b"PK\x05\x06" + bytes(18))
    done = run("batch", path("bad.zip"), "-o", path("bad-out"), "-t", "text", "--json", status=3)
    items = {e["name"]: e for e in events(done) if e["event"] == "item"}
    failed = {n for n, e in items.items() if e["outcome"] == "failed"}
    check(failed == {"bomb.md", "inner.zip", "long.md"}, f"failed: {failed}")
    check(len(items) == 15, f"items: {sorted(items)}")
    files = outputs("bad-out")
    check(len(files) == 12, f"outputs: {sorted(files)}")
    check(not os.path.exists(path("escape.txt")) and not os.path.exists("/absolute.txt"), "escaped")
    with tarfile.open(path("bad.tar"), "w") as archive:
        link = tarfile.TarInfo("link.md")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("good.md")
        info.size = len(analysis(3))
        archive.addfile(info, io.BytesIO(analysis(3).encode()))
    write("cut.tar", read("bad.tar")[:1300])
    done = run("batch", path("bad.tar"), "-o", path("bad-tar"), "-t", "text")
    check(set(outputs("bad-tar")) == {"good.txt"}, "a link in a tar")
    done = run("batch", path("cut.tar"), path("bad.tar"), "-o", path("cut-tar"), "-t", "text",
               status=3)
    check("breaks off" in done.stderr or "damaged" in done.stderr, done.stderr)


# ---- runs

def test_incremental():
    """Exactly what depends on a change is rendered again."""
    make_tree("grow", 20)
    write("grow/9/picture.md", "# Research: P\n\n## Summary\n\n![a dot](dot.png)\n")
    plugin = ('local e = require "brevier.element"\nreturn { api = 1, name = "special", '
              'version = "1.0.0", summary = "s", sections = { "special" },\n'
              'render = function(s) return e.section { s.heading, e.p "%s" } end }\n')
    write("plugins/special.lua", plugin % "one")
    write("grow/9/special.md", "# Research: S\n\n## Special\n\nText.\n")
    write("ours.css", '@import "briefing";\n:root { --accent: #123456 }\n')
    common = ("batch", path("grow"), "-o", path("grow-out"), "-t", "pdf,docx,text", "--json",
              "--plugin-path", path("plugins"), "-s", path("ours.css"))
    run(*common, status=3)  # the picture is not there yet
    check(rendered(run(*common, status=3)) == [], "a run without changes renders nothing")
    write("grow/0/0007.md", analysis(7, "Other text."))
    check(rendered(run(*common, status=3)) == ["0/0007.md"], "one analysis")
    write("plugins/special.lua", plugin % "two")
    done = run(*common, status=3)
    check(rendered(done) == ["9/special.md"], f"one plugin: {rendered(done)}")
    why = [e["why"] for e in events(done) if e.get("name") == "9/special.md"]
    check(why == ['the plugin "special" changed'], f"why: {why}")
    os.unlink(path("grow-out/1/0001.pdf"))
    check(rendered(run(*common, status=3)) == ["1/0001.md"], "an output that is gone")
    shutil.copy(SOURCE + "/stylesheets/logo.png", path("grow/9/dot.png"))
    check(rendered(run(*common)) == ["9/dot.png", "9/picture.md"], "a picture that came")
    write("ours.css", '@import "briefing";\n:root { --accent: #654321 }\n')
    check(len(rendered(run(*common))) == 23, "one variable of the stylesheet")
    explained = run(*common[:-5], *common[-4:], "--explain")
    check("0/0007.md: unchanged: nothing changed" in explained.stdout, explained.stdout)
    # Verification, and what it finds.
    run(*common, "--verify")
    write("grow-out/2/0002.txt", "altered")
    check("was altered" in run(*common, "--verify", status=1).stdout, "verify")
    # Sources that go.
    os.unlink(path("grow/3/0003.md"))
    listed = [e["path"] for e in events(run(*common, "--prune")) if e["event"] == "pruned"]
    check(listed == ["3/0003.docx", "3/0003.pdf", "3/0003.txt"], f"prune: {listed}")
    check(os.path.exists(path("grow-out/3/0003.pdf")), "a dry run removes nothing")
    run(*common, "--prune", "--yes")
    check(not os.path.exists(path("grow-out/3/0003.pdf")), "prune")
    # An item that fails now keeps no old outputs.
    write("grow/4/0004.md", "---\na: b: c\n---\n")
    run(*common, status=3)
    check(not os.path.exists(path("grow-out/4/0004.pdf")), "stale outputs of a failed item")
    grown = outputs("grow-out"), ledger("grow-out")
    run(*common[:4], "-t", "text", "--only-failed", *common[6:], status=3)
    # A new run from nothing has the same result.
    shutil.rmtree(path("grow-out"))
    run(*common, status=3)
    first = outputs("grow-out"), ledger("grow-out")
    check(first == grown, "what grew and what is new")
    shutil.rmtree(path("grow-out"))
    run(*common, "-j", "1", status=3)
    check((outputs("grow-out"), ledger("grow-out")) == first, "one worker and several")
    check(query("grow-out", "SELECT count(*) FROM failures")[0][0] == 1, "view failures")
    for view in ("slowest", "warnings", "by_kind", "by_day"):
        query("grow-out", f"SELECT * FROM {view}")


def test_pictures_of_one_output():
    """What only one of the outputs shows is watched as well, whichever was made last."""
    write("shown/a.md", "# Research: A\n\n## Shown\n\nText.\n")
    write("shown-plugins/shown.lua",
          'local e = require "brevier.element"\nreturn { api = 1, name = "shown", version = "1.0.0", '
          'summary = "s", sections = { "shown" },\nrender = function(s, context) '
          'return e.section { s.heading, context.output == "pdf" and '
          'e.p(e.img { src = "dot.png", alt = "a dot" }) or e.p "no dot" } end }\n')
    common = ("batch", path("shown"), "-o", path("shown-out"), "-t", "pdf,docx,text", "--json",
              "--plugin-path", path("shown-plugins"), "--include", "*.md")
    run(*common, status=3)  # the picture is not there yet
    shutil.copy(SOURCE + "/stylesheets/logo.png", path("shown/dot.png"))
    check(rendered(run(*common)) == ["a.md"], "a picture of the PDF alone")
    check(rendered(run(*common)) == [], "and nothing after it")


def test_grants():
    """What a plugin reads by a grant is one of the things that its items depend on."""
    make_tree("granted", 6)
    for name in ("a", "b"):
        write(f"granted/{name}.md", f"# Research: {name}\n\n## Listed\n\n{name}\n")
    write("granted/c.md", "# Research: C\n\n## Timed\n\nText.\n")
    head = ('local e = require "brevier.element"\nreturn { api = 1, '
            'version = "1.0.0", summary = "s", ')
    write("granting/listed.lua", head + 'name = "listed", sections = { "listed" }, capabilities = '
          '{ "read" }, render = function(s, c) return e.section { s.heading, e.p(c.read("list.csv")) } '
          'end }')
    write("granting/timed.lua", head + 'name = "timed", sections = { "timed" }, capabilities = '
          '{ "clock" }, render = function(s, c) return e.section { s.heading, e.p("in " .. '
          'c.clock().year) } end }')
    write("lists/one/list.csv", "first")
    os.makedirs(path("lists/zero"))
    common = ("batch", path("granted"), "-o", path("granted-out"), "-t", "pdf,text", "--json",
              "--plugin-path", path("granting"), "--grant", f"listed:read={path('lists/zero')}",
              "--grant", f"listed:read={path('lists/one')}", "--grant", "timed:clock")
    run(*common)
    check(b"first" in read("granted-out/a.txt"), "a worker may read what is granted")
    # The clock is never what it was; nothing else is rendered again.
    again = run(*common)
    check(rendered(again) == ["c.md"], f"again: {rendered(again)}")
    why = [e["why"] for e in events(again) if e.get("name") == "c.md"]
    check(why == ['the plugin "timed" reads the clock'], f"why: {why}")
    write("lists/one/list.csv", "second")
    done = run(*common)
    check(rendered(done) == ["a.md", "b.md", "c.md"], f"a list: {rendered(done)}")
    why = [e["why"] for e in events(done) if e.get("name") == "a.md"]
    check(why == ['"list.csv", which the plugin "listed" reads, changed'], f"why: {why}")
    check(b"second" in read("granted-out/a.txt"), "the list as it is now")
    write("lists/zero/list.csv", "third")  # the first folder that has it counts
    check(rendered(run(*common)) == ["a.md", "b.md", "c.md"], "a file that came")
    check(b"third" in read("granted-out/b.txt"), "of the first folder")
    os.unlink(path("lists/zero/list.csv"))
    os.unlink(path("lists/one/list.csv"))
    done = run(*common, status=3)
    check(rendered(done) == ["a.md", "b.md", "c.md"], "a file that went")
    check(rendered(run(*common, status=3)) == ["c.md"], "and is still gone")
    check(rendered(run(*common[:-6], "--grant", f"listed:read={path('lists/one')}", *common[-2:],
                       status=3)) != ["c.md"], "another grant")


def test_choices_by_date_and_count():
    make_tree("dated", 28)
    common = ("batch", path("dated"), "-t", "text", "--json")
    done = run(*common, "-o", path("since"), "--since", "2025-11-20")
    check(len(rendered(done)) == 9, f"since: {rendered(done)}")
    for _ in range(3):
        done = run(*common, "-o", path("limited"), "--limit", "10")
    check(len(outputs("limited")) == 28, "limits add up")


def test_shards():
    make_tree("sharded", 60)
    common = ("batch", path("sharded"), "-t", "pdf,text")
    run(*common, "-o", path("single"))
    for shard in (3, 1, 4, 2):
        run(*common, "-o", path("shards"), "--shard", f"{shard}/4")
    run("batch", "merge", path("shards"))
    check(outputs("shards") == outputs("single"), "outputs of shards")
    check(ledger("shards") == ledger("single"), "ledgers of shards")
    run("batch", "merge", path("sharded"), status=1)
    # Analyses change, and with them their shards; one fails now, one takes another's name, some go.
    for step in range(4):
        for number in range(0, 60, 3):
            write(f"sharded/{number % 7}/{number:04}.md", analysis(number, f"Text of step {step}."))
        write("sharded/1/0001.md", analysis(1) if step % 2 else "---\na: b: c\n---\n")
        write("sharded/2/0002.markdown" if step < 2 else "sharded/3/0010.txt", analysis(200 + step))
        swapped = read("sharded/4/0004.md"), read("sharded/5/0005.md")
        write("sharded/5/0005.md", swapped[0])
        write("sharded/4/0004.md", swapped[1])
        if step == 2:
            os.unlink(path("sharded/2/0002.markdown"))
            os.unlink(path("sharded/6/0006.md"))
        order = [1, 2, 3, 4]
        random.Random(step).shuffle(order)
        for shard in order:
            run(*common, "-o", path("shards"), "--shard", f"{shard}/4", status=None)
        for shard in order:
            run(*common, "-o", path("shards"), "--shard", f"{shard}/4", "--prune", "--yes", status=None)
        run("batch", "merge", path("shards"))
        shutil.rmtree(path("single"))
        run(*common, "-o", path("single"), status=3)
        check(outputs("shards") == outputs("single"), f"outputs of shards at step {step}")
        check(ledger("shards") == ledger("single"), f"ledgers of shards at step {step}")
    runs = query("shards", "SELECT count(*) FROM runs")
    run("batch", "merge", path("shards"))
    check(query("shards", "SELECT count(*) FROM runs") == runs, "merging twice")
    shutil.copy(path("shards/ledger-1-of-4.sqlite"), path("shards/ledger-1-of-2.sqlite"))
    check("of 2 and of 4" in run("batch", "merge", path("shards"), status=1).stderr, "two divisions")


# ---- violence

def test_kills():
    """Whatever is killed at whatever moment, the next run ends as if nothing had been."""
    make_tree("killed", 300 if KILLS >= 200 else 120)
    common = ["batch", path("killed"), "-t", "pdf,docx,text"]
    run(*common, "-o", path("whole"))
    wanted = outputs("whole"), ledger("whole")
    dice = random.Random(7)
    start = time.monotonic()
    shutil.rmtree(path("timed"), ignore_errors=True)
    run(*common, "-o", path("timed"))
    length = time.monotonic() - start
    for number in range(KILLS):
        if number % 3 == 0:
            shutil.rmtree(path("hurt"), ignore_errors=True)
        victim = ("worker", "supervisor", "all")[number % 3]
        process = subprocess.Popen([BREVIER, *common, "-o", path("hurt")],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.random() * length)
        children = workers_of(process.pid)
        targets = {"worker": children[:1], "supervisor": [process.pid],
                   "all": [process.pid, *children]}[victim]
        for pid in targets:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        process.wait()
        for child in children:  # they end with the supervisor
            for _ in range(200):
                if not os.path.exists(f"/proc/{child}"):
                    break
                time.sleep(0.01)
        for name, digest in outputs("hurt").items():
            if not name.startswith(".ledger/"):
                check(wanted[0].get(name) == digest, f"{name} is not whole after kill {number}")
        run(*common, "-o", path("hurt"))
        check(outputs("hurt") == wanted[0], f"outputs after kill {number} of {victim}")
        check(ledger("hurt") == wanted[1], f"ledger after kill {number} of {victim}")


def test_interrupt():
    make_tree("stopped", 200)
    common = [BREVIER, "batch", path("stopped"), "-t", "pdf,docx,text", "-o", path("stopped-out")]
    process = subprocess.Popen(common, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not workers_of(process.pid) and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    if process.returncode != 0:  # else it was quicker
        check(process.returncode == 1 and "the same command goes on" in out, out)
    check(not [n for n in outputs("stopped-out") if n.startswith(".")], "temporary files are left")
    run(*common[1:])
    check(len(outputs("stopped-out")) == 600, "after an interrupt")


def test_surroundings():
    """A full disk, a failing sync and a folder that takes nothing end the run, not the archive."""
    make_tree("poor", 120)
    common = ["batch", path("poor"), "-t", "pdf,text"]
    run(*common, "-o", path("rich"))
    wanted = outputs("rich"), ledger("rich")
    os.makedirs(path("disk"), exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", path("disk")],
                             capture_output=True)
    if mounted.returncode != 0:
        print("no right to mount a small disk: not tried")
    else:
        try:
            run(*common, "-o", path("disk/out"), status=1)
            for name, digest in outputs("disk/out").items():
                check(wanted[0].get(name) == digest, f"{name} on a full disk")
            subprocess.run(["mount", "-o", "remount,size=100m", path("disk")], check=True)
            run(*common, "-o", path("disk/out"))
            check((outputs("disk/out"), ledger("disk/out")) == wanted, "after a full disk")
            for _ in range(50):  # the kernel may still hold what was written
                if subprocess.run(["mount", "-o", "remount,ro", path("disk")],
                                  capture_output=True).returncode == 0:
                    break
                time.sleep(0.1)
            else:
                fail("the disk cannot be made read-only")
            run(*common, "-o", path("disk/out"), status=1)
            run(*common, "-o", path("disk/other"), status=1)
        finally:
            subprocess.run(["umount", "-l", path("disk")], check=False)
    if not shutil.which("strace") or os.environ.get("SANITIZE"):
        print("no strace, or a sanitizer: a failing sync is not tried")
        return
    strace = ("strace", "-qq", "-o", "/dev/null", "-e", "trace=syncfs", "-e",
              "inject=syncfs:error=EIO:when=1")
    shutil.rmtree(path("unsynced"), ignore_errors=True)
    done = run(*common, "-o", path("unsynced"), status=1, prefix=strace)
    check("cannot sync" in done.stderr, done.stderr)
    for name, digest in outputs("unsynced").items():
        check(wanted[0].get(name) == digest, f"{name} after a failing sync")
    run(*common, "-o", path("unsynced"))
    check((outputs("unsynced"), ledger("unsynced")) == wanted, "after a failing sync")


run_tests(globals())
