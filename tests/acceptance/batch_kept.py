# Brevier — tests of `brevier batch`: which outputs of an earlier run stay, and which go, and what is said of that.
# SPDX-License-Identifier: MIT
import os
import shutil
import sqlite3
import subprocess
import zipfile

from batch_rig import (BREVIER, analysis, check, events, items_of, ledger, make_tree, outputs, path, query, read, run,
                       run_tests, write, zip_of)


def listed(folder, *names):
    return "".join(path(folder, name) + "\n" for name in names)


# ---- what cannot be read

def test_lost():
    """A file that is gone, or an entry that is damaged, says nothing of the analysis: its outputs stay."""
    make_tree("lost", 7)
    names = [f"{i}/{i:04}.md" for i in range(7)]
    common = ("batch", "-", "-o", path("lost-out"), "-t", "text,docx")
    run(*common, stdin=listed("lost", *names))
    before, rows = outputs("lost-out"), ledger("lost-out")
    os.rename(path("lost/1/0001.md"), path("lost/away"))
    done = run(*common, "--verify", stdin=listed("lost", *names), status=3)
    check("mismatches" not in done.stdout, done.stdout)
    for _ in range(2):
        done = run(*common, "--json", stdin=listed("lost", *names), status=3)
        item = next(e for e in events(done) if e["event"] == "item" and e["name"].endswith("0001.md"))
        check((item["outcome"], item["unchanged"], item["reason"]) == ("failed", False, "there is no such file"), item)
        check(outputs("lost-out") == before, "outputs stay")
        check(query("lost-out", "SELECT reason, kind FROM items WHERE outcome = 'failed'")
              == [("there is no such file", "industry-news")], "the ledger tells")
    said = run(*common, stdin=listed("lost", *names), status=3).stderr
    check(said.endswith("0001.md: failed: there is no such file\n") and "removed" not in said, said)
    run(*common, "--only-failed", stdin=listed("lost", *names), status=3)
    os.rename(path("lost/away"), path("lost/1/0001.md"))
    done = run(*common, "--json", stdin=listed("lost", *names))
    check([e["why"] for e in events(done) if e["event"] == "item" and not e["unchanged"]]
          == ["it could not be read, or written"], done.stdout)
    check((outputs("lost-out"), ledger("lost-out")) == (before, rows), "as before")


def test_lost_entries():
    """Of an archive: a damaged entry keeps its outputs, one over a limit does not."""
    texts = [(f"{i}.md", analysis(i)) for i in range(4)]
    zip_of("pack.zip", texts)
    common = ("batch", path("pack.zip"), "-o", path("pack-out"), "-t", "text", "--json")
    run(*common)
    before = outputs("pack-out")
    whole = read("pack.zip")
    with zipfile.ZipFile(path("pack.zip")) as archive:
        at = archive.getinfo("2.md").header_offset
    write("pack.zip", whole[:at + 60] + bytes(9) + whole[at + 69:])
    done = run(*common, status=3)
    check(items_of(done)["2.md"]["reason"].startswith("it is damaged") and outputs("pack-out") == before, done.stdout)
    write("pack.zip", whole)
    check(items_of(run(*common))["2.md"]["outcome"] == "done" and outputs("pack-out") == before, "mended")
    zip_of("pack.zip", texts[:2] + [("2.md", "# A\n" + "x" * (17 << 20)), texts[3]])
    done = run(*common, status=3)
    check(sorted(set(before) - set(outputs("pack-out"))) == items_of(done)["2.md"]["removed"] == ["2.txt"], done.stdout)


def test_lost_from_the_start():
    """What could never be read has the same row after one run and after two."""
    make_tree("never", 2)
    common = ("batch", "-", "-o", path("never-out"), "-t", "text")
    for number in range(2):
        run(*common, stdin=listed("never", "0/0000.md", "0/none.md"), status=3)
        rows = rows if number else ledger("never-out")
        check(ledger("never-out") == rows, f"run {number}: {ledger('never-out')['items']}")


def test_lost_containers():
    """A list names an archive that is gone: nothing is known of what is in it."""
    zip_of("held.zip", [("1.md", analysis(1)), ("2.md", analysis(2))])
    write("held.md", analysis(3))
    common = ("batch", "-", "-o", path("held-out"), "-t", "text")
    names = listed("", "held.zip", "held.md")
    run(*common, stdin=names)
    before, rows = outputs("held-out"), ledger("held-out")
    os.rename(path("held.zip"), path("away.zip"))
    check("held.zip: failed: " in run(*common, stdin=names, status=3).stderr, "it is told of")
    done = run(*common, "--prune", "--yes", stdin=names, status=1)
    check("nothing is pruned: a source could not be read" in done.stderr and outputs("held-out") == before, done.stderr)
    check("no source" not in run(*common, "--verify", stdin=names, status=3).stderr, "--verify")
    os.rename(path("away.zip"), path("held.zip"))
    run(*common, stdin=names)
    check((outputs("held-out"), ledger("held-out")) == (before, rows), "as before")


def test_lost_to_another():
    """An item takes the name of outputs that belong to one which cannot be read: that is said, and why."""
    write("taken/a.txt", analysis(1))
    common = ("batch", "-", "-o", path("taken-out"), "-t", "text")
    run(*common, stdin=listed("taken", "a.txt"))
    os.unlink(path("taken/a.txt"))
    write("taken/a.md", analysis(2))
    said = run(*common, stdin=listed("taken", "a.md", "a.txt"), status=3).stderr
    check("a.txt: failed: there is no such file\n" in said and "which replace them" in said, said)


def test_verify_of_what_failed():
    """What cannot be read counts as failed; an item that failed is compared when it has outputs."""
    make_tree("proof", 2)
    write("proof/broken.md", "---\na: b: c\n---\n")
    names = listed("proof", "0/0000.md", "1/0001.md", "broken.md")
    common = ("batch", "-", "-o", path("proof-out"), "-t", "text")
    run(*common, stdin=names, status=3)
    check("mismatches" not in run(*common, "--verify", stdin=names, status=3).stdout, "one that has none")
    stem = query("proof-out", "SELECT stem FROM items WHERE name LIKE '%0001.md'")[0][0]
    os.rename(path("proof/1/0001.md"), path("proof/away"))
    run(*common, stdin=names, status=3)
    write(f"proof-out/{stem}.txt", "by hand")
    os.rename(path("proof/away"), path("proof/1/0001.md"))
    done = run(*common, "--verify", stdin=names, status=1)
    check("0001.txt\" was altered since" in done.stderr, done.stderr)


def test_lost_in_shards():
    """What cannot be read belongs to the shard that has its outputs."""
    make_tree("parts", 14)
    names = [f"{i % 7}/{i:04}.md" for i in range(14)]
    def shards(status):
        for k in (1, 2, 3):
            run("batch", "-", "-o", path("parts-out"), "-t", "text", "--shard", f"{k}/3",
                stdin=listed("parts", *names), status=None)
        return run("batch", "merge", path("parts-out"), status=status)
    shards(0)
    before, rows = outputs("parts-out"), ledger("parts-out")
    for i in range(14):
        os.rename(path(f"parts/{i % 7}/{i:04}.md"), path(f"parts/{i:04}"))
    shards(None)
    check(outputs("parts-out") == before, "outputs stay")
    check(query("parts-out", "SELECT count(*), sum(outcome = 'failed') FROM items") == [(14, 14)], "all are told of")
    check(query("parts-out", "SELECT count(*) FROM outputs") == [(14,)], "with their outputs")
    check("not run since" not in shards(0).stderr, "each is in one ledger")
    for i in range(14):
        os.rename(path(f"parts/{i:04}"), path(f"parts/{i % 7}/{i:04}.md"))
    shards(None)
    check((outputs("parts-out"), ledger("parts-out")) == (before, rows), "as before")


# ---- what goes

def test_removed():
    """Outputs of what is no analysis any more go, and that is said."""
    make_tree("gone", 4)
    common = ("batch", path("gone"), "-o", path("gone-out"), "-t", "text,docx")
    run(*common)
    write("gone/1/0001.md", "")
    write("gone/2/0002.md", "---\na: b: c\n---\n")
    write("gone-out/2/0002.txt", "by hand")
    shutil.copytree(path("gone-out"), path("gone-json"))
    done = run(*common, status=3)
    for told in ('0001.md: warning: its outputs of an earlier run are removed: "1/0001.docx", "1/0001.txt"\n',
                 '0002.md: warning: its outputs of an earlier run are removed: "2/0002.docx", "2/0002.txt", '
                 "altered since then\n"):
        check(told in done.stderr, done.stderr)
    check(sorted(outputs("gone-out")) == [f"{i}/000{i}.{s}" for i in (0, 3) for s in ("docx", "txt")], "files")
    done = run("batch", path("gone"), "-o", path("gone-json"), "-t", "text,docx", "--json", status=3)
    check({name: item.get("removed") for name, item in items_of(done).items() if not item["unchanged"]}
          == {f"{i}/000{i}.md": [f"{i}/000{i}.docx", f"{i}/000{i}.txt"] for i in (1, 2)}, done.stdout)
    check([name for name, item in items_of(done).items() if item.get("altered")] == ["2/0002.md"], done.stdout)


def test_altered():
    """What somebody wrote into an output is not replaced, nor pruned, without a word."""
    make_tree("hand", 3)
    common = ("batch", path("hand"), "-o", path("hand-out"), "-t", "text,docx")
    run(*common)
    with open(path("hand-out/1/0001.txt"), "a", encoding="utf-8") as file:
        file.write("by hand")
    os.utime(path("hand-out/0/0000.txt"))
    told = f'warning: "{path("hand-out/1/0001.txt")}" is replaced, which was altered since it was written'
    done = run(*common)
    check(done.stderr.count("warning") == 1 and told in done.stderr, done.stderr)
    check(run(*common).stderr == "", "once")
    with open(path("hand-out/1/0001.txt"), "a", encoding="utf-8") as file:
        file.write("by hand")
    os.unlink(path("hand/1/0001.md"))
    done = run(*common, "--prune")
    check("would remove 1/0001.txt, which was altered since it was written\n" in done.stdout
          and "would remove 1/0001.docx\n" in done.stdout, done.stdout)
    pruned = [e for e in events(run(*common, "--prune", "--json")) if e["event"] == "pruned"]
    check([(e["path"], e.get("altered")) for e in pruned] == [("1/0001.docx", None), ("1/0001.txt", True)], pruned)


# ---- what is not touched

def test_refused_prune():
    """To refuse to prune leaves no item: the shards are as finished as they were."""
    make_tree("prune", 9)
    for k in (1, 2):
        run("batch", path("prune"), "-o", path("prune-out"), "-t", "text", "--shard", f"{k}/2")
    os.makedirs(path("nothing"))
    write("broken/a.md", analysis(1))
    write("broken/b.zip", "no zip")
    for source in ("nothing", "broken"):
        done = run("batch", path(source), "-o", path("prune-out"), "-t", "text", "--shard", "1/2", "--prune", "--yes",
                   status=1)
        check("nothing is pruned" in done.stderr, done.stderr)
        run("batch", "merge", path("prune-out"))


def test_ledger_of_others():
    """A database that is no ledger is left as it is."""
    make_tree("other", 1)
    for version in (0, 5):
        out = f"other-out{version}"
        os.makedirs(path(out))
        base = sqlite3.connect(path(out, "ledger.sqlite"))
        base.execute("CREATE TABLE accounts (id)")
        base.execute(f"PRAGMA user_version = {version}")
        base.commit()
        base.close()
        before = read(out, "ledger.sqlite")
        done = run("batch", path("other"), "-o", path(out), "-t", "text", status=1)
        check("is no ledger of a batch" in done.stderr and read(out, "ledger.sqlite") == before, done.stderr)
        check(sorted(os.listdir(path(out))) in (["ledger.sqlite"], [".ledger", "ledger.sqlite"]), "beside it")


run_tests(globals())
