# Brevier — an archive made of the samples, the same for the same number, and what converting it costs.
# usage: archive.py BREVIER FOLDER COUNT
# SPDX-License-Identifier: MIT
import hashlib
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile

BREVIER, FOLDER, COUNT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FORMATS = ("pdf", "docx", "text")
SUFFIXES = {"pdf": "pdf", "docx": "docx", "text": "txt"}
CHECKED = 50
LOOP = '''return { api = 1, name = "bench-loop", version = "1.0.0", summary = "Never ends",
  sections = { "bench-loop" }, render = function() while true do end end }
'''


# ---- the archive

def material():
    """Kinds with their titles, and all sections of the samples. Pictures stay at home."""
    heads, sections = [], []
    for name in sorted(os.listdir(SOURCE + "/samples")):
        if not name.endswith((".md", ".txt")) or name == "README.md":
            continue
        with open(f"{SOURCE}/samples/{name}", encoding="utf-8") as file:
            text = re.sub(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?", "", file.read())
        heads += re.findall(r"^# ([^:\n]+: .+)$", text, re.M)
        sections += re.split(r"^(?=## )", text, flags=re.M)[1:]
    return heads, sections


def hostile(number, dice):
    """An item that cannot be rendered, or only in part, and what becomes of it."""
    body = f"# Incident: Hostile {number}\n\n## Summary\n\n"
    return dice.choice((
        (".md", b"", "skipped"),
        (".md", dice.randbytes(3000), "skipped"),
        (".md", body.encode("utf-16"), "skipped"),
        (".md", f"---\ntitle: a: {number}\n---\n".encode(), "failed"),
        (".json", b'{"schema": "brevier/analysis-1", "sections": [', "failed"),
        (".json", b"[" * 20000, "failed"),
        (".md", (body + f"## Bench Loop\n\nText {number}.\n").encode(), "degraded"),
        (".zip", number, "failed"),
    ))


def make_item(number, dice, heads, sections):
    chosen = dice.sample(sections, min(len(sections), 1 + int(dice.expovariate(0.3))))
    day = f"20{dice.randrange(15, 26)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    head = f"---\nid: bench-{number}\ndate: {day}\n---\n# {dice.choice(heads)} ({number})\n\n"
    return (head + "".join(chosen)).encode()


def make_archive(folder, count, share):
    """Returns what is expected of each hostile item, by name."""
    shutil.rmtree(folder, ignore_errors=True)
    dice = random.Random(20251219)
    heads, sections = material()
    expected = {}
    for number in range(count):
        place = f"{number // 1000:03}"
        os.makedirs(f"{folder}/{place}", exist_ok=True)
        if dice.random() >= share:
            suffix, content = ".md", make_item(number, dice, heads, sections)
        else:
            suffix, content, outcome = hostile(number, dice)
            expected[f"{place}/{number:06}{suffix}" if suffix != ".zip" else
                     f"{place}/{number:06}/bomb.md"] = outcome
        name = f"{folder}/{place}/{number:06}{suffix}"
        if suffix == ".zip":
            with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("bomb.md", b"a" * (8 << 20))
            continue
        with open(name, "wb") as file:
            file.write(content)
    return expected


# ---- runs

def workers_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def memory_of(pid):
    """Of a worker, in MiB, without what it shares with the supervisor."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            fields = dict(line.split(":", 1) for line in file if ":" in line)
    except OSError:
        return 0
    return sum(int(fields.get(name, "0 kB").split()[0])
               for name in ("Private_Clean", "Private_Dirty")) / 1024


def batch(source, out, *options):
    """One run: its events, seconds, seconds of processor, memory of a worker early and late."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    items, early, late, looked = {}, 0, 0, 0
    command = [BREVIER, "batch", source, "-o", out, "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "item":
                items[event["name"]] = event
            elif event["event"] == "end":
                end = event
            if len(items) >= looked + 1000:
                looked = len(items)
                found = max([memory_of(worker) for worker in workers_of(process.pid)], default=0)
                early, late = early or found, found or late
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return items, end, time.monotonic() - start, processor, early, late


def ledger_counts(out):
    base = sqlite3.connect(f"file:{out}/ledger.sqlite?mode=ro", uri=True)
    counts = dict(base.execute("SELECT outcome, count(*) FROM items GROUP BY outcome"))
    outputs = base.execute("SELECT count(*) FROM outputs").fetchone()[0]
    base.close()
    return counts, outputs


def check(condition, message):
    if not condition:
        sys.exit("FAILED: " + message)


def compare_alone(source, out, items, options):
    """Some items rendered alone give the bytes that the archive gave."""
    good = sorted(name for name, event in items.items() if event["outcome"] == "done")
    for name in random.Random(1).sample(good, min(CHECKED, len(good))):
        for form in FORMATS:
            stem = os.path.splitext(name)[0]
            alone = f"{FOLDER}/alone.{SUFFIXES[form]}"
            subprocess.run([BREVIER, "render", f"{source}/{name}", "-t", form, "-o", alone, *options],
                           check=True, stderr=subprocess.DEVNULL)
            digests = []
            for path in (alone, f"{out}/{stem}.{SUFFIXES[form]}"):
                with open(path, "rb") as file:
                    digests.append(hashlib.sha256(file.read()).hexdigest())
            check(digests[0] == digests[1], f"{name} as {form} is not what it is alone")


def main():
    source, mixed = FOLDER + "/archive", FOLDER + "/mixed"
    make_archive(source, COUNT, 0)
    for form in (*FORMATS, ",".join(FORMATS)):
        out = FOLDER + "/out"
        shutil.rmtree(out, ignore_errors=True)
        items, end, seconds, processor, early, late = batch(source, out, "-t", form)
        counts, outputs = ledger_counts(out)
        check(len(items) == COUNT == sum(counts.values()), f"{counts} of {COUNT}")
        check(outputs == COUNT * len(form.split(",")), f"{outputs} outputs")
        print(f"{form:14} {COUNT / seconds:8.0f}/s {1000 * processor / COUNT:8.2f} ms of processor "
              f"each   worker {early:.1f} MiB after 1000, {late:.1f} MiB at the end   {counts}",
              flush=True)
    _, end, seconds, _, _, _ = batch(source, out, "-t", ",".join(FORMATS))
    check(end["unchanged"] == COUNT, f"unchanged: {end}")
    print(f"no change      {seconds:8.1f} s for {COUNT}", flush=True)
    expected = make_archive(mixed, COUNT, 0.05)
    os.makedirs(FOLDER + "/plugins", exist_ok=True)
    with open(FOLDER + "/plugins/bench-loop.lua", "w", encoding="utf-8") as file:
        file.write(LOOP)
    options = ("--plugin-path", FOLDER + "/plugins")
    out = FOLDER + "/out-mixed"
    shutil.rmtree(out, ignore_errors=True)
    items, end, seconds, processor, early, late = batch(mixed, out, "-t", ",".join(FORMATS), *options)
    check(len(items) == COUNT and end["complete"], f"{len(items)} of {COUNT}")
    for name, event in items.items():
        check(event["outcome"] == expected.get(name, "done"), f"{name}: {event}")
        check(event["outcome"] == "done" or event.get("reason"), f"{name} has no reason")
    compare_alone(mixed, out, items, options)
    print(f"5 % hostile    {COUNT / seconds:8.0f}/s {1000 * processor / COUNT:8.2f} ms of processor "
          f"each   worker {early:.1f} MiB after 1000, {late:.1f} MiB at the end   "
          f"{ledger_counts(out)[0]}; {CHECKED} others are what they are alone")


main()
