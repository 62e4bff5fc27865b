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
SAMPLE = min(COUNT, 10_000)  # for one format at a time
SMALL = min(COUNT, 5_000)    # for what is touched, and for what is hostile
CHECKED = 50                 # items that are rendered alone as well
PEERED = min(COUNT, 50)      # items that others render too
PEERS = (  # format, name, programs, command; IN and OUT are file names
    ("pdf", "pandoc, groff -Tpdf", ("pandoc", "groff"), "pandoc -s -t ms IN | groff -k -ms -t -Tpdf >OUT"),
    ("pdf", "lowdown, groff -Tpdf", ("lowdown", "groff"), "lowdown -s -Tms IN | groff -k -ms -t -Tpdf >OUT"),
    ("pdf", "pandoc, weasyprint", ("pandoc", "weasyprint"), "pandoc -s IN -t html | weasyprint - OUT"),
    ("docx", "pandoc", ("pandoc",), "pandoc IN -o OUT"),
    ("text", "pandoc -t plain", ("pandoc",), "pandoc IN -t plain -o OUT"),
    ("text", "lowdown -Tterm", ("lowdown",), "lowdown -Tterm IN >OUT"),
    ("text", "cmark -t plaintext", ("cmark",), "cmark -t plaintext IN >OUT"),
)
LOOP = '''return { api = 1, name = "bench-loop", version = "1.0.0", summary = "Never ends",
  sections = { "bench-loop" }, render = function() while true do end end }
'''
PART = '''local e = require "brevier.element"
return { api = 1, name = "bench-part", version = "1.0.0", summary = "A part", sections = { "bench-part" },
  render = function(s) return e.section { s.heading, e.p "WORD" } end }
'''
SHEET = '@import "briefing";\n:root { --accent: COLOR }\n'


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

def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def memory_of(pid):
    """What a process has written to and has for itself, in MiB: not what it shares, nor its files."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Private_Dirty:")) / 1024
    except (OSError, StopIteration):
        return 0


class Run:
    """One run of the program, with what it did and what it took."""

    def __init__(self, source, out, *options):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        self.items, self.early, self.late, self.supervisor = {}, 0, 0, 0
        looked, self.peak = 0, 0
        command = [BREVIER, "batch", source, "-o", out, "--json", *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            for line in process.stdout:
                event = json.loads(line)
                if event["event"] == "item":
                    self.items[event["name"]] = (event["outcome"], event.get("reason"), event["unchanged"])
                elif event["event"] == "end":
                    self.end = event
                if len(self.items) >= looked + 1000:
                    looked = len(self.items)
                    found = max(map(memory_of, children_of(process.pid)), default=0)
                    self.early, self.late = self.early or found, found or self.late
                    self.peak = max(self.peak, found)
                    self.supervisor = memory_of(process.pid) or self.supervisor
        self.seconds = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.rendered = sorted(name for name, (_, _, unchanged) in self.items.items() if not unchanged)

    def ms(self):
        """Of processor for an item."""
        return 1000 * self.processor / max(len(self.items), 1)

    def line(self, what):
        memory = (f"   worker {self.early:.1f} MiB after 1000, {self.late:.1f} at the end, {self.peak:.1f} at "
                  f"most; supervisor {self.supervisor:.1f}") if self.early else ""
        print(f"{what:14} {len(self.items):6} items {self.ms():7.2f} ms of processor each, "
              f"{1000 / self.ms():6.0f}/s a core, {len(self.items) / self.seconds:6.0f}/s in all{memory}",
              flush=True)


def ledger_counts(out):
    base = sqlite3.connect(f"file:{out}/ledger.sqlite?mode=ro", uri=True)
    counts = dict(base.execute("SELECT outcome, count(*) FROM items GROUP BY outcome"))
    outputs = base.execute("SELECT count(*) FROM outputs").fetchone()[0]
    base.close()
    return counts, outputs


def check(condition, message):
    if not condition:
        sys.exit("FAILED: " + message)


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def compare_alone(source, out, items, options):
    """Some items rendered alone give the bytes that the archive gave."""
    good = sorted(name for name, (outcome, _, _) in items.items() if outcome == "done")
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


# ---- what is shown

def show_formats(source):
    """Each format over a part of the archive; ms of processor for an item of each."""
    cost = {}
    for form in FORMATS:
        run = Run(source, f"{FOLDER}/out-{form}", "-t", form, "--limit", str(SAMPLE))
        check(len(run.items) == SAMPLE, f"{len(run.items)} of {SAMPLE}")
        run.line(form)
        cost[form] = run.ms()
    return cost


def show_whole(source):
    """All of the archive in all formats, and again without a change."""
    out = FOLDER + "/out"
    run = Run(source, out, "-t", ",".join(FORMATS))
    counts, outputs = ledger_counts(out)
    check(len(run.items) == COUNT == sum(counts.values()), f"{counts} of {COUNT}")
    check(outputs == COUNT * len(FORMATS), f"{outputs} outputs")
    run.line("all formats")
    print(f"ledger         {counts}, {outputs} outputs of {COUNT} analyses", flush=True)
    run = Run(source, out, "-t", ",".join(FORMATS))
    check(run.end["unchanged"] == COUNT and not run.rendered, f"unchanged: {run.end}")
    print(f"no change      {run.seconds:8.1f} s for {COUNT}", flush=True)


def show_touches():
    """What a variable, a plugin and an analysis of their own take with them."""
    source, plugins, sheet = FOLDER + "/touched", FOLDER + "/own", FOLDER + "/own.css"
    make_archive(source, SMALL, 0)
    wanted = []
    for number in range(0, SMALL, 100):
        wanted.append(f"{number // 1000:03}/{number:06}.md")
        with open(f"{source}/{wanted[-1]}", "a", encoding="utf-8") as file:
            file.write("\n## Bench Part\n\nText.\n")
    os.makedirs(plugins, exist_ok=True)
    write(plugins + "/bench-part.lua", PART.replace("WORD", "one"))
    write(sheet, SHEET.replace("COLOR", "#123456"))
    options = ("-t", "text", "--plugin-path", plugins, "-s", sheet)
    first = Run(source, FOLDER + "/out-touched", *options)
    write(plugins + "/bench-part.lua", PART.replace("WORD", "two"))
    run = Run(source, FOLDER + "/out-touched", *options)
    check(run.rendered == wanted, f"a plugin: {len(run.rendered)} are rendered")
    print(f"one plugin     {len(run.rendered)} of {SMALL} rendered again: those that it renders a section of")
    with open(f"{source}/000/000042.md", "a", encoding="utf-8") as file:
        file.write("\nMore.\n")
    run = Run(source, FOLDER + "/out-touched", *options)
    check(run.rendered == ["000/000042.md"], f"an analysis: {run.rendered[:9]}")
    print("one analysis   1 rendered again: itself")
    write(sheet, SHEET.replace("COLOR", "#654321"))
    run = Run(source, FOLDER + "/out-touched", *options)
    check(run.rendered == sorted(first.items), f"a variable: {len(run.rendered)} are rendered")
    print(f"one variable   {len(run.rendered)} of {SMALL} rendered again: all that use the sheet", flush=True)


def show_hostile():
    """Five in a hundred items mean it ill."""
    source, out = FOLDER + "/mixed", FOLDER + "/out-mixed"
    expected = make_archive(source, SMALL, 0.05)
    os.makedirs(FOLDER + "/plugins", exist_ok=True)
    write(FOLDER + "/plugins/bench-loop.lua", LOOP)
    options = ("--plugin-path", FOLDER + "/plugins")
    run = Run(source, out, "-t", ",".join(FORMATS), *options)
    check(len(run.items) == SMALL and run.end["complete"], f"{len(run.items)} of {SMALL}")
    for name, (outcome, reason, _) in run.items.items():
        check(outcome == expected.get(name, "done"), f"{name}: {outcome}")
        check(outcome == "done" or reason, f"{name} has no reason")
    compare_alone(source, out, run.items, options)
    run.line("5 % hostile")
    print(f"               {ledger_counts(out)[0]}, each with its reason; {CHECKED} others are what they are "
          "alone", flush=True)


def show_peers(source, cost):
    """What others take for the same documents, a process each; from a sample, for they are slow."""
    print(f"others, over the first {PEERED} of the same documents; what they would take for all of them follows "
          "from these")
    best = {}
    for form, name, programs, command in PEERS:
        if not all(map(shutil.which, programs)):
            print(f"  {form:5} {name:22} not installed")
            continue
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        failed = 0
        for number in range(PEERED):
            given = f"{source}/{number // 1000:03}/{number:06}.md"
            line = command.replace("IN", given).replace("OUT", f"{FOLDER}/peer.{SUFFIXES[form]}")
            failed += subprocess.run(["sh", "-c", line], stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL).returncode != 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        each = 1000 * own / PEERED
        best[form] = min(best.get(form, each), each)
        print(f"  {form:5} {name:22} {each:8.2f} ms of processor each, {1000 / each:5.0f}/s a core: "
              f"{each / cost[form]:6.1f} times what it takes here{f', {failed} failed' if failed else ''}",
              flush=True)
    for form, each in best.items():
        print(f"  {form}: {each / cost[form]:.1f} times as fast as the best of them")


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    start = time.monotonic()
    source = FOLDER + "/archive"
    make_archive(source, COUNT, 0)
    cost = show_formats(source)
    show_whole(source)
    show_touches()
    show_hostile()
    print(f"{time.monotonic() - start:.0f} s for all this", flush=True)
    show_peers(source, cost)
    shutil.rmtree(FOLDER)


main()
