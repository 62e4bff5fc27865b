# Brevier — what the tests of `brevier batch` share.
# SPDX-License-Identifier: MIT
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import unicodedata
import zipfile

import jsonschema

FAULTS = {"BREVIER_TEST_FAULTS": "1"}
BREVIER, SOURCE, SCRATCH, KILLS = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
SAMPLES = [name for name in sorted(os.listdir(SOURCE + "/samples"))
           if name.endswith((".md", ".txt")) and name != "README.md"]
with open(SOURCE + "/engine/app/batch/events.schema.json", encoding="utf-8") as schema_file:
    SCHEMA = json.load(schema_file)


def fail(message):
    sys.exit("FAILED: " + message)


def check(condition, message):
    if not condition:
        fail(message)


def run(*arguments, status=0, env=None, stdin=None, prefix=(), cwd=SCRATCH):
    done = subprocess.run([*prefix, BREVIER, *arguments], capture_output=True, text=True,
                          env={**os.environ, **(env or {})}, input=stdin, cwd=cwd)
    check(status in (None, done.returncode),
          f"exit {done.returncode}, not {status}: {arguments}\n{done.stdout[-2000:]}\n{done.stderr}")
    return done


def path(*parts):
    return os.path.join(SCRATCH, *parts)


def write(name, content):
    os.makedirs(os.path.dirname(path(name)), exist_ok=True)
    with open(path(name), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def read(*parts):
    with open(path(*parts), "rb") as file:
        return file.read()


def analysis(number, body="Text of the section."):
    return (f"---\ndate: 2025-11-{number % 28 + 1:02}\n---\n# Industry News: Item {number}\n\n"
            f"## Summary\n\n{body} Number {number}.\n\n## Key Details\n\n- Count: {number}\n")


def make_tree(folder, count):
    for i in range(count):
        write(f"{folder}/{i % 7}/{i:04}.md", analysis(i))


def zip_of(name, entries):
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, text in entries:
            archive.writestr(entry, text)


def outputs(folder):
    """Every file beneath an output folder but the ledgers, with its digest."""
    found = {}
    for root, _, files in os.walk(path(folder)):
        for name in files:
            file = os.path.join(root, name)
            relative = os.path.relpath(file, path(folder))
            if not re.fullmatch(r"ledger[^/]*\.sqlite(-wal|-shm)?", relative):
                with open(file, "rb") as opened:
                    found[relative] = hashlib.sha256(opened.read()).hexdigest()
    return found


def folded(files):
    """Names as file systems compare them that do not tell all apart."""
    return {unicodedata.normalize("NFD", unicodedata.normalize("NFD", f).casefold()).replace("\u200b", "")
            for f in files}


def ledger(folder, name="ledger.sqlite"):
    """All rows that do not tell of one run on one machine."""
    base = sqlite3.connect(f"file:{path(folder, name)}?mode=ro", uri=True)
    rows = {table: base.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in ("items", "outputs", "diagnostics", "closures", "looks", "choices")}
    base.close()
    return rows


def query(folder, sql):
    base = sqlite3.connect(f"file:{path(folder, 'ledger.sqlite')}?mode=ro", uri=True)
    rows = base.execute(sql).fetchall()
    base.close()
    return rows


def events(done):
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for event in found:
        jsonschema.validate(event, SCHEMA)
    return found


def items_of(done):
    return {e["name"]: e for e in events(done) if e["event"] == "item"}


def rendered(done):
    return sorted(e["name"] for e in events(done) if e["event"] == "item" and not e["unchanged"])


def whys(done):
    return {e["why"] for e in events(done) if e["event"] == "item"}


def workers_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def run_tests(names):
    """All tests of a file, or the one that the command line names."""
    tests = {name: test for name, test in names.items() if name.startswith("test_")}
    for name, test in tests.items():
        if len(sys.argv) > 5 and name != "test_" + sys.argv[5]:
            continue
        before = time.monotonic()
        test()
        print(f"{name}: {time.monotonic() - before:.1f} s", flush=True)
