# Brevier — tests of `brevier batch`: what its sources hold, and what it makes of that.
# SPDX-License-Identifier: MIT
import gzip
import struct
import zipfile

from batch_rig import analysis, check, events, path, read, run, run_tests, write


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


run_tests(globals())
