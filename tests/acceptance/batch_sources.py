# Brevier — tests of `brevier batch`: what its sources hold, and what it makes of that.
# SPDX-License-Identifier: MIT
import gzip
import io
import json
import lzma
import os
import shutil
import sqlite3
import struct
import tarfile
import threading
import time
import zipfile

from batch_rig import analysis, check, events, outputs, path, read, rendered, run, run_tests, write


def items_of(done):
    return {e["name"]: e for e in events(done) if e["event"] == "item"}


def test_encodings():
    """A letter that is lost is told of, whole texts of another encoding are left out, wherever it begins."""
    plain = analysis(1, "Plain words that fill a line.\n" * 400)
    write("enc/few.md", plain.encode() + "\nZürich\n".encode("latin-1"))
    write("enc/late.md", plain.encode() + "\nGrüße aus Köln, Nürnberg, München\n".encode("latin-1"))
    write("enc/wide.md", plain.encode() + "\nNotes that follow\n".encode("utf-16-le"))
    write("enc/mark.md", b"\xef\xbb\xbf")
    write("enc/blank.md", b"\xef\xbb\xbf \r\n\t")
    write("enc/fine.md", b"\xef\xbb\xbf" + analysis(2, "Grüße aus Zürich.").encode())
    items = items_of(run("batch", path("enc"), "-o", path("enc-out"), "-t", "text", "--json", status=3))
    found = {name: (e["outcome"], e.get("reason", "")) for name, e in items.items()}
    check(found == {"few.md": ("degraded", "invalid UTF-8, shown as U+FFFD"), "late.md": ("skipped", "it is not UTF-8"),
                    "wide.md": ("skipped", "it is UTF-16 or binary, expected UTF-8"), "fine.md": ("done", ""),
                    "mark.md": ("skipped", "it is empty"), "blank.md": ("skipped", "it is empty")}, f"{found}")
    said = run("batch", path("enc/few.md"), "-o", path("enc-few"), "-t", "text", status=3).stderr
    line = plain.count("\n") + 2
    check(f"few.md:{line}:2: error: invalid UTF-8" in said, said)
    alone = run("render", path("enc/few.md"), "-t", "text", "-o", "-", status=3)
    check("Z\ufffdrich" in alone.stdout, alone.stdout)


def test_packed():
    """Archives that cannot be read are no analyses left out: who named them, or packed them, is told."""
    seven = b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(256))
    write("packed/nightly.7z", seven)
    write("packed/raw.jsonl.gz", gzip.compress(b"{}\n"))
    write("packed/base.db", b"SQLite format 3\0" + bytes(84))
    for name, reason in (("nightly.7z", "packed (7z)"), ("raw.jsonl.gz", "packed (gzip)"), ("base.db", "--from")):
        done = run("batch", path("packed", name), "-o", path("packed-" + name), "-t", "text", status=3)
        check(reason in done.stderr and "failed: it is" in done.stderr, done.stderr)
    # In a folder they may lie about.
    write("packed/a.md", analysis(1))
    items = items_of(run("batch", path("packed"), "-o", path("packed-out"), "-t", "text", "--json"))
    check([e["outcome"] for e in items.values()] == ["done", "skipped", "skipped", "skipped"], f"{items}")
    with zipfile.ZipFile(path("nested.zip"), "w") as archive:
        for name, data in (("a.md", analysis(1)), ("b.7z", seven), ("c.zip", b"PK\5\6" + bytes(18)),
                           ("d.bin", bytes(range(99)))):
            archive.writestr(name, data)
    items = items_of(run("batch", path("nested.zip"), "-o", path("nested-out"), "-t", "text", "--json", status=3))
    check([e["outcome"] for e in items.values()] == ["done", "failed", "failed", "skipped"], f"{items}")


def tar_of(name, entries, mode="w"):
    os.makedirs(os.path.dirname(path(name)), exist_ok=True)
    with tarfile.open(path(name), mode) as archive:
        for entry, text in entries:
            info = tarfile.TarInfo(entry)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))


def test_packed_otherwise():
    """Archives that only their first bytes tell of: named they failed, in a folder or a list they may lie about."""
    tar_of("whole.tar", [(f"{number}.md", analysis(number)) for number in range(40)])
    write("kinds/a.md", analysis(1))
    write("kinds/r.tar.lzma", lzma.compress(read("whole.tar"), lzma.FORMAT_ALONE))
    write("kinds/whole.bin", read("whole.tar"))
    for name, method in (("kinds/packed.bin", zipfile.ZIP_DEFLATED), ("kinds/stored.md", zipfile.ZIP_STORED)):
        with zipfile.ZipFile(path(name), "w", method) as archive:
            archive.writestr("1.md", analysis(1, "Plain words that fill a line.\n" * 90))
    header = f"{'1.md/':16}{0:<12}{0:<6}{0:<6}{644:<8}{len(analysis(1)):<10}`\n"
    write("kinds/r.a", "!<arch>\n" + header + analysis(1))
    for name, reason in (("r.tar.lzma", "packed (lzma)"), ("whole.bin", ".tar"), ("packed.bin", ".zip"),
                         ("stored.md", ".zip"), ("r.a", "packed (ar)")):
        done = run("batch", path("kinds", name), "-o", path("kinds-" + name), "-t", "text", status=3)
        check(reason in done.stderr and "failed: it is" in done.stderr, done.stderr)
    wanted = {"a.md": "done", **dict.fromkeys(sorted(os.listdir(path("kinds")))[1:], "skipped")}
    for number, source in enumerate((("kinds",), ("-",))):
        listed = "".join(f"kinds/{name}\n" for name in wanted)
        done = run("batch", *source, "-o", f"kinds-out{number}", "-t", "text", "--json", stdin=listed)
        found = {os.path.basename(name): e["outcome"] for name, e in items_of(done).items()}
        check(found == wanted, f"{found}")
    # What an office packs is a document of its own, within an archive too.
    with zipfile.ZipFile(path("report.docx"), "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 90)
    with zipfile.ZipFile(path("mixed.zip"), "w") as archive:
        archive.writestr("a.md", analysis(1))
        archive.write(path("report.docx"), "report.docx")
        archive.write(path("kinds/packed.bin"), "packed.bin")
    found = items_of(run("batch", path("mixed.zip"), "-o", path("mixed"), "-t", "text", "--json", status=3))
    check([e["outcome"] for e in found.values()] == ["done", "skipped", "failed"], f"{found}")
    for suffix in (".tbz", ".tb2", ".tbz2", ".tar.bz2"):
        tar_of("short" + suffix, [("a.md", analysis(1))], "w:bz2")
        run("batch", path("short" + suffix), "-o", path("short" + suffix + "-out"), "-t", "text")
        check(list(outputs("short" + suffix + "-out")) == ["a.txt"], suffix)


def zip_overlapping(name, count):
    """An archive whose directory names one body again and again."""
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("000.md", "word " * 200_000)
    data = read(name)
    start = data.index(b"PK\1\2")
    entry, end = data[start:data.index(b"PK\5\6")], data[data.index(b"PK\5\6"):]
    entries = b"".join(entry.replace(b"000.md", b"%03d.md" % number) for number in range(count))
    write(name, data[:start] + entries + end[:8] + struct.pack("<HHI", count, count, len(entries)) + end[16:])


def test_zips_that_swell():
    """What an archive is worth is counted for all of it, whatever its entries share."""
    zip_overlapping("overlap.zip", 60)
    done = run("batch", path("overlap.zip"), "-o", path("overlap"), "-t", "text", "--json", status=3)
    items = items_of(done)
    check([(n, e["outcome"]) for n, e in items.items()] == [("overlap.zip", "failed")]
          and "overlap" in items["overlap.zip"]["reason"], f"{items}")
    zip_overlapping("single.zip", 1)
    run("batch", path("single.zip"), "-o", path("single"), "-t", "text")
    # Entries that each stay below what one may swell to.
    with zipfile.ZipFile(path("swollen.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(90):
            archive.writestr(f"{number:02}.md", "\n" * (1 << 20))
    items = items_of(run("batch", path("swollen.zip"), "-o", path("swollen"), "-t", "text", "--json", status=3))
    check(items["swollen.zip"]["outcome"] == "failed" and "swells" in items["swollen.zip"]["reason"]
          and len(items) < 80, f"{items.get('swollen.zip')} of {len(items)}")


# ---- lines

def line_of(body, **meta):
    return json.dumps({"schema": "brevier/analysis-1", "meta": meta, "sections": [
        {"heading": ["Summary"], "blocks": [{"type": "p", "content": [body]}]}]})


def test_names_of_lines():
    """A document is called after its id, so that a line more leaves all others as they are."""
    lines = [line_of(f"Text {number}.", id=f"INC-{number}") for number in range(5)]
    odd = [line_of("Odd.", id="2025/Zürich"), line_of("Unsafe.", id="urn:odd:1"), line_of("Same.", id="inc-0")]
    batch = ("batch", path("lines.jsonl"), "-o", path("lines"), "-t", "text", "--json")
    write("lines.jsonl", "\n".join(lines + odd) + "\n")
    items = items_of(run(*batch, status=3))
    check(list(items) == [f"INC-{number}.json" for number in range(5)] + ["2025/Zürich.json", "urn_odd_1.json",
                                                                         "inc-0.json"], f"{list(items)}")
    check({n for n, e in items.items() if e["outcome"] != "done"} == {"inc-0.json"}
          and "meets" in items["inc-0.json"]["reason"], "ids that meet")
    check({"INC-3.txt", "2025/Zürich.txt", "urn_odd_1.txt", "inc-0.json.txt"} <= set(outputs("lines")), "outputs")
    write("lines.jsonl", "\n".join([line_of("New.", id="INC-9"), line_of("No id."), "no JSON", *lines, *odd]) + "\n")
    done = run(*batch, status=3)
    check(rendered(done) == ["INC-9.json", "lines-2.json", "lines-3.json"], f"{rendered(done)}")
    # In a folder and beside another file of the same ids.
    write("lined/one.jsonl", lines[0])
    write("lined/two.jsonl", lines[0])
    check(list(items_of(run("batch", path("lined"), "-o", path("lined-out"), "-t", "text", "--json")))
          == ["one/INC-0.json", "two/INC-0.json"], "in a folder")


# ---- lists

def test_lists():
    """Whatever wrote the list, its names are those of the files."""
    for name in ("in/1.md", "in/2.md", "in/sub/3.md", "in/3.md", "in/new\nline.md", " .md"):
        write("listed/" + name, analysis(len(name), name.replace("\n", " ")))
    both = {"in/1.md": "", "in/2.md": ""}
    for number, text in enumerate(("in/1.md\nin/2.md", "\ufeffin/1.md\r\n\r\nin/2.md\r\n", "in/1.md\0in/2.md\0",
                                   "in/1.md\0\0in/2.md", "in/1.md\nin/2.md\n./in//2.md\nin/1.md\n")):
        done = run("batch", "-", "-o", f"out{number}", "-t", "text", "--json", stdin=text, cwd=path("listed"))
        check({n: e.get("reason", "") for n, e in items_of(done).items()} == both, f"{text!r}: {done.stdout}")
    for number, (text, names) in enumerate((
            ("in/1.md\0in/new\nline.md\0 .md\0", ["in/1.md", "in/new_line.md", "md"]),
            ("in/new\nline.md\0 .md\0in/1.md\0", ["in/new_line.md", "md", "in/1.md"]),
            ("in/new\nline.md\0", ["in/new_line.md"]), ("in/new\nline.md\0in/1.md", ["in/new_line.md", "in/1.md"]))):
        done = run("batch", "-", "-o", f"out-nul{number}", "-t", "text", "--json", stdin=text, cwd=path("listed"))
        check(list(items_of(done)) == names, f"{text!r}: {list(items_of(done))}")
    # Neither a text with a stray NUL nor a name that is gone meanwhile passes for something else.
    for number, (text, count) in enumerate((("in/1.md\nin/\0002.md\nin/2.md\n", 1), ("in/2.md\0\nin/1.md\n", 1),
                                            ("in/9.md\nin/\0002.md\nin/2.md\n", 2),
                                            ("in/1.md\n" * 600 + "in/2.md\0\n", 1),
                                            ("in/9.md\n" * 600 + "in/2.md\0\n", 2),
                                            ("in/gone\nline.md\0in/1.md\0", 1))):
        done = run("batch", "-", "-o", f"out-stray{number}", "-t", "text", "--json", stdin=text, cwd=path("listed"),
                   status=3)
        found = [e["outcome"] for e in items_of(done).values()]
        check(found.count("failed") == count, f"{text[-40:]!r}: {done.stdout}")
    done = run("batch", "-", "-o", "out-up", "-t", "text", "--json", cwd=path("listed"),
               stdin="in/sub/../3.md\nin/sub/3.md\nin/3.md\n../listed/in/1.md\n")
    check(list(items_of(done)) == ["in/3.md", "in/sub/3.md", "listed/in/1.md"], f"{list(items_of(done))}")
    done = run("batch", "-", "-o", "out-odd", "-t", "text", "--json", cwd=path("listed"), status=3,
               stdin=f"in/1.md\nin/sub/\nin/2\0.md\n{'n' * 300}.md\n{'d/' * 2046}a.md\n{'d/' * 3000}a.md\nin/1.md/x\n")
    found = [e.get("reason", "") for e in items_of(done).values()]
    check(found == ["", "it is a folder", "there is a NUL in it, as no file has in its name",
                    *["its path is too long"] * 3, "there is no such file"], f"{found}")


# ---- what is named twice

def test_twice():
    """One path is one item, whatever leads to it; two files are two."""
    for name in ("2/1.md", "1.md", "2/1.txt"):
        write("twice/" + name, analysis(1, name))
    os.link(path("twice/1.md"), path("twice/hard.md"))
    os.symlink("2", path("twice/link"))
    tar_of("twice/pack.tar", [("./p.md", analysis(1)), ("./q.md", analysis(2))])
    for number, (sources, names, text) in enumerate((
            (("1.md", "1.md", "./1.md", "2/../1.md", path("twice/1.md")), ["1.md"], None),
            (("1.md", "hard.md"), ["1.md", "hard.md"], None),
            (("1.md", "2/1.md", "link/1.md", "2/1.md", "1.md"), ["1.md", "1.md-2"], None),
            (("2", "2/", "link", "2/1.md"), ["1.md", "1.txt"], None),
            (("pack.tar", "./pack.tar"), ["p.md", "q.md"], None),
            (("-", "pack.tar", "-", "1.md"), ["pack/p.md", "pack/q.md", "1.md"], "pack.tar\n1.md\n./pack.tar\n1.md\n"))):
        done = run("batch", *sources, "-o", f"out{number}", "-t", "text", "--json", stdin=text, cwd=path("twice"),
                   status=None)
        check(list(items_of(done)) == names, f"{sources}: {list(items_of(done))}")
        begin, end = events(done)[0], events(done)[-1]
        check(end["items"] == len(names) and begin["total"] in (0, len(names), len(names) + ("2/1.md" in sources)),
              f"{sources}: {begin} {end}")
    # The words name the file.
    done = run("batch", "2", "-o", "met", "-t", "text", cwd=path("twice"), status=3)
    said = '2/1.txt: error: its name meets the one of "2/1.md", its outputs are called "1.txt.pdf" (.docx, .txt)\n'
    check(said in done.stderr and "1.txt.txt" in outputs("twice/met"), done.stderr)


# ---- what globs pass over

def test_globs_that_leave_nothing():
    """Who mistyped a glob is told; what globs pass over is counted, wherever it lies."""
    entries = [("a.md", analysis(1)), ("d/b.md", analysis(2)), ("c.txt", analysis(3))]
    for name, text in entries:
        write("globs/" + name, text)
    tar_of("globs.tar", entries)
    with zipfile.ZipFile(path("globs.zip"), "w") as archive:
        archive.writestr("d/", "")
        for name, text in entries:
            archive.writestr(name, text)
    write("globs.jsonl", "".join(line_of("Text.", id=name) + "\n" for name, _ in entries))
    for source in ("globs", "globs.tar", "globs.zip", "globs.jsonl"):
        for glob, items, passed in (("*.mdx", 0, 3), ("globs/*.md", 0, 3), ("", 0, 3), ("c.txt*", 1, 2), ("*", 3, 0)):
            done = run("batch", source, "-o", "globs-out", "-t", "text", "--json", "--include", glob)
            end = events(done)[-1]
            check((end["items"], end["passed_over"]) == (items, passed), f"{source} {glob}: {end}")
            told = "no item is left: --include, --exclude or .brevierignore pass over all there is (3)" in done.stderr
            check(told == (items == 0), f"{source} {glob}: {done.stderr}")
    done = run("batch", "globs", "-o", "globs-out", "-t", "text", "--json", "--exclude", "d", "--exclude", "c.*")
    check(events(done)[-1]["passed_over"] == 2, "a folder is one")
    done = run("batch", "globs", "-o", "globs-out", "-t", "text", "--include", "*.mdx", "--prune", status=1)
    check("nothing is pruned: --include, --exclude or .brevierignore pass over all there is, expected some analyses"
          in done.stderr and "holds nothing" not in done.stderr, done.stderr)
    write("globs-empty/.keep", "")
    done = run("batch", "globs-empty", "-o", "globs-out", "-t", "text", "--include", "*.md")
    check("no item is left" not in done.stderr, done.stderr)


# ---- folders

def test_paths_too_long():
    """What lies deeper than the system goes is an item, with the reason."""
    write("deep/a.md", analysis(1))
    here = os.getcwd()
    os.chdir(path("deep"))
    for _ in range(20):
        os.mkdir("d" * 250)
        os.chdir("d" * 250)
    os.chdir(here)
    items = items_of(run("batch", "deep", "-o", "deep-out", "-t", "text", "--json", status=3))
    check([e.get("reason", "") for e in items.values()] == ["", "its path is too long"], f"{items}")


# ---- archives

def test_tar_that_cannot_be_opened():
    """Who may not read an archive is told so, and what would be pruned is not known."""
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        print("no setpriv: not tried")
        return
    tar_of("shut.tar", [("a.md", analysis(1))])
    common = ("batch", "shut.tar", "-o", "shut", "-t", "text")
    run(*common)
    before = outputs("shut")
    os.chmod(path("shut.tar"), 0)
    prefix = ("setpriv", "--reuid", "65534", "--clear-groups") if os.geteuid() == 0 else ()
    if prefix:
        for folder, _, files in os.walk(path("shut")):
            for name in (folder, *(os.path.join(folder, file) for file in files)):
                os.chown(name, 65534, 65534)
    done = run(*common, prefix=prefix, status=3)
    check('cannot open the archive "shut.tar": permission denied' in done.stderr, done.stderr)
    done = run(*common, "--prune", "--yes", prefix=prefix, status=1)
    check("nothing is pruned: a source could not be read" in done.stderr and outputs("shut") == before, done.stderr)


# ---- tables

def test_locked():
    """A database that somebody writes to is waited for."""
    base = sqlite3.connect(path("busy.db"), check_same_thread=False, isolation_level=None)
    base.execute("CREATE TABLE reports (id, body)")
    base.execute("INSERT INTO reports VALUES ('one', ?)", [analysis(1)])
    base.execute("BEGIN EXCLUSIVE")

    def let_go():
        time.sleep(2)
        base.execute("COMMIT")

    common = ("batch", "--from", "busy.db", "--query", "SELECT id, body FROM reports", "-o", "busy", "-t", "text")
    writer = threading.Thread(target=let_go)
    writer.start()
    run(*common)
    writer.join()
    check(list(outputs("busy")) == ["one.txt"], "its row")
    # Not for ever, and no longer than once.
    base.execute("BEGIN EXCLUSIVE")
    begin = time.monotonic()
    done = run(*common, "--prune", "--yes", status=1)
    check(9 < time.monotonic() - begin < 17, f"{time.monotonic() - begin} s")
    base.close()
    check("database is locked" in done.stderr and "nothing is pruned: a source could not be read" in done.stderr
          and "holds nothing" not in done.stderr and list(outputs("busy")) == ["one.txt"], done.stderr)


def test_queries():
    """A query that cannot be meant is a fault of the command line, and nothing is made."""
    base = sqlite3.connect(path("asked.db"))
    base.execute("CREATE TABLE reports (id, body, more)")
    base.execute("INSERT INTO reports VALUES ('one', ?, 1)", [analysis(1)])
    base.commit()
    for asked, said in (("SELECT id FROM reports", "two columns"), ("SELECT * FROM reports", "two columns"),
                        ("SELECT id, text FROM reports", "no such column"), ("SELECT id, body FROM report", "no such table"),
                        ("SELEC id, body FROM reports", "syntax error"), ("", "go together"), (" -- none", "two columns"),
                        ("DELETE FROM reports", "two columns"), ("ATTACH 'new.db' AS b", "two columns"),
                        ("DELETE FROM reports RETURNING id, body", "writes nothing"),
                        ("SELECT id, body FROM reports; DROP TABLE reports", "nothing behind"),
                        ("SELECT id, body FROM reports; SELEC", "nothing behind")):
        done = run("batch", "--from", path("asked.db"), "--query", asked, "-o", path("asked"), "-t", "text", status=2)
        check(said in done.stderr and not os.path.exists(path("asked")), f"{asked}: {done.stderr}")
    check(base.execute("SELECT count(*) FROM reports").fetchall() == [(1,)], "the table")
    base.close()
    run("batch", "--from", path("asked.db"), "--query", "SELECT id, body FROM reports; -- all of them\n ; /* all */",
        "-o", path("asked"), "-t", "text")


def test_names_of_rows():
    """Each row has a name of its own, whatever stands in the column."""
    base = sqlite3.connect(path("named.db"))
    base.execute("CREATE TABLE reports (id, body)")
    ids = ["nul\0in", "nul\0out", "", None, "  ", b"\0\1\xff\x10", b"\0\1\xff\x11", b"in bytes", 17, 2.5, "last"]
    base.executemany("INSERT INTO reports VALUES (?, ?)", [(row, analysis(i)) for i, row in enumerate(ids)])
    base.commit()
    table = ("batch", "--from", path("named.db"), "--query", "SELECT id, body FROM reports", "-t", "text", "--json")
    items = items_of(run(*table, "-o", path("named")))
    check(list(items) == ["nul_in", "nul_out", "named-3", "named-4", "named-5", "0001ff10", "0001ff11", "in bytes",
                          "17", "2.5", "last"], f"{list(items)}")
    check({e["outcome"] for e in items.values()} == {"done"}, "outcomes")
    base.execute("INSERT INTO reports VALUES ('2025/', ?)", (analysis(1),))
    base.commit()
    check("2025" in items_of(run(*table, "-o", path("named"))), "a name that ends as a folder's does")
    base.execute("DELETE FROM reports WHERE id = '2025/'")
    # A name longer than an entry may be costs neither the table nor the names of others.
    base.execute("INSERT INTO reports VALUES (?, ?)", ("ä" * 20_000_000, analysis(1)))
    base.execute("INSERT INTO reports VALUES ('after', ?)", (analysis(2),))
    base.commit()
    base.close()
    items = items_of(run(*table, "-o", path("named")))
    check(list(items)[-1] == "after" and list(items)[-2] == "ä" * 60, f"{list(items)[-2:]}")
    check(all(len(name) < 121 for name in items) and len(items) == len(ids) + 2, "all of them")


run_tests(globals())
