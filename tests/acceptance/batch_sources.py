# Brevier — tests of `brevier batch`: what its sources hold, and what it makes of that.
# SPDX-License-Identifier: MIT
import gzip
import json
import os
import sqlite3
import struct
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


# ---- tables

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
    # A name longer than an entry may be costs neither the table nor the names of others.
    base.execute("INSERT INTO reports VALUES (?, ?)", ("ä" * 20_000_000, analysis(1)))
    base.execute("INSERT INTO reports VALUES ('after', ?)", (analysis(2),))
    base.commit()
    base.close()
    items = items_of(run(*table, "-o", path("named")))
    check(list(items)[-1] == "after" and list(items)[-2] == "ä" * 60, f"{list(items)[-2:]}")
    check(all(len(name) < 121 for name in items) and len(items) == len(ids) + 2, "all of them")


run_tests(globals())
