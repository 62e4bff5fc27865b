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
import tempfile
import time
import zipfile

BREVIER, FOLDER, COUNT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FORMATS = ("pdf", "docx", "text")
SUFFIXES = {"pdf": "pdf", "docx": "docx", "text": "txt"}
SAMPLE = min(COUNT, 10_000)  # for one format at a time
SMALL = min(COUNT, 5_000)    # for what is touched, and for what is hostile
SIZED = min(COUNT, 10_000)   # for one format at a time, of full analyses …
SIZE = 6_000                 # … of so many bytes, as a day's news has; those of the archive have 2,600 in the mean
NEWS = "industry-news.txt"   # the sample that is written as a day's news is
RICH = re.compile(r"[|{`^]|!\[|[^\x00-\u024f\u2000-\u2bff]")  # no prose, list or fact of a Latin script
CHECKED = 50                 # items that are rendered alone as well
PEERED = min(COUNT, 1_000)    # items that others render too
PEER_SECONDS = 15            # for each of the others: the slow ones get fewer items
MARKS = (1_000, 10_000, 100_000)  # items after which the memory is looked at
RATES = {"pdf": 250, "docx": 1_000, "text": 2_500}  # asked for, in a second of one core, of full analyses
TIMES = 5                                           # faster than the best of the others
FLAT = 1.1                                          # memory at the end to the one after 1,000
PEERS = (  # format, name, programs, command
    ("pdf", "pandoc, groff -Tpdf", ("pandoc", "groff"), 'pandoc -s -t ms "$IN" | groff -k -ms -t -Tpdf >"$OUT"'),
    ("pdf", "lowdown, groff -Tpdf", ("lowdown", "groff"), 'lowdown -s -Tms "$IN" | groff -k -ms -t -Tpdf >"$OUT"'),
    ("pdf", "pandoc, weasyprint", ("pandoc", "weasyprint"), 'pandoc -s "$IN" -t html | weasyprint - "$OUT"'),
    ("docx", "pandoc", ("pandoc",), 'pandoc "$IN" -o "$OUT"'),
    ("text", "pandoc -t plain", ("pandoc",), 'pandoc "$IN" -t plain -o "$OUT"'),
    ("text", "lowdown -Tterm", ("lowdown",), 'lowdown -Tterm -o "$OUT" "$IN"'),
    ("text", "cmark-gfm -t plaintext", ("cmark-gfm",), 'cmark-gfm -t plaintext --width 80 "$IN" >"$OUT"'),
)
LOOP = '''return { api = 1, name = "bench-loop", version = "1.0.0", summary = "Never ends",
  sections = { "bench-loop" }, render = function() while true do end end }
'''
PART = '''local e = require "brevier.element"
return { api = 1, name = "bench-part", version = "1.0.0", summary = "A part", sections = { "bench-part" },
  render = function(s) return e.section { s.heading, e.p "WORD" } end }
'''
SHEET = '@import "briefing";\n:root { --accent: COLOR }\n'


COUNT_OF_PROCESSORS = len(os.sched_getaffinity(0))
FOUND = []  # what, what was asked for, what was found, whether that is enough


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


def make_item(number, dice, heads, sections, size):
    """Some sections; or, with a size, as many as come nearest to it, each title once."""
    chosen = dice.sample(sections, len(sections) if size else min(len(sections), 1 + int(dice.expovariate(0.3))))
    if size:
        chosen = list({section.split("\n")[0]: section for section in chosen}.values())
        lengths = [abs(size - sum(map(len, chosen[:count]))) for count in range(len(chosen) + 1)]
        chosen = chosen[:lengths.index(min(lengths))]
    day = f"20{dice.randrange(15, 26)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    head = f"---\nid: bench-{number}\ndate: {day}\n---\n# {dice.choice(heads)} ({number})\n\n"
    return (head + "".join(chosen)).encode()


def make_news(folder, count):
    """One sample in many words: of those of its prose a third are others of them, and some come in between, up to
    the size of a full analysis. Its headings and facts stay."""
    dice = random.Random(20251219)
    with open(f"{SOURCE}/samples/{NEWS}", encoding="utf-8") as file:
        lines = file.read().split("\n")
    prose = [not re.match(r"#|- \**(Date|Category|Source|Value)", line) for line in lines]
    word = re.compile(r"(?<=[ ,])[a-z]{3,}(?=[ ,.])")
    words = [found for line, is_prose in zip(lines, prose) if is_prose for found in word.findall(line)]
    share = (SIZE - len("\n".join(lines).encode())) / sum(len(found) + 1 for found in words)

    def other(found):
        kept = dice.choice(words) if dice.random() < 1 / 3 else found.group()
        return kept + " " + dice.choice(words) if dice.random() < share else kept

    for number in range(count):
        os.makedirs(f"{folder}/{number // 1000:03}", exist_ok=True)
        text = "\n".join(word.sub(other, line) if is_prose else line for line, is_prose in zip(lines, prose))
        write(f"{folder}/{number // 1000:03}/{number:06}.txt", text.replace(" in Lantern", f" in Lantern {number}", 1))


def make_archive(folder, count, share, size=0, is_plain=False):
    """Returns what is expected of each hostile item, by name."""
    shutil.rmtree(folder, ignore_errors=True)
    dice = random.Random(20251219)
    heads, sections = material()
    if is_plain:
        sections = [section for section in sections if not RICH.search(section)]
    expected = {}
    for number in range(count):
        place = f"{number // 1000:03}"
        os.makedirs(f"{folder}/{place}", exist_ok=True)
        if dice.random() >= share:
            suffix, content = ".md", make_item(number, dice, heads, sections, size)
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
        before = processor()
        start = time.monotonic()
        self.items, self.worker, self.supervisor = {}, {}, 0
        looked, peak = 0, 0
        command = [BREVIER, "batch", source, "-o", out, "--json", *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            for line in process.stdout:
                event = json.loads(line)
                if event["event"] == "item":
                    self.items[event["name"]] = (event["outcome"], event.get("reason"), event["unchanged"])
                elif event["event"] == "end":
                    self.end = event
                if len(self.items) >= looked + 250:
                    looked = len(self.items)
                    peak = max(peak, *map(memory_of, children_of(process.pid)), 0)
                    self.supervisor = max(self.supervisor, memory_of(process.pid))
                    self.worker.update((mark, peak) for mark in MARKS if looked <= mark)
        self.seconds = time.monotonic() - start
        self.processor = processor() - before
        self.rendered = sorted(name for name, (_, _, unchanged) in self.items.items() if not unchanged)
        self.worker = {mark: most for mark, most in self.worker.items() if 0 < most and mark <= len(self.items)}

    def row(self, what):
        """A line of the table."""
        return row(what, len(self.items), self.processor, self.seconds, self.worker, self.supervisor)


def processor():
    """Seconds of it that the programs took that were run so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


HEADS = ("", "items", "ms each", "/s a core", "/s in all", *(f"MiB {mark:,}" for mark in MARKS), "superv.")


def table_line(cells):
    print(f"{cells[0]:28}" + "".join(f"{cell:>12}" for cell in cells[1:]), flush=True)


def row(what, count, cpu, seconds, worker, supervisor):
    """Prints it; gives the milliseconds of processor for an item, and the items in a second."""
    each, rate = 1000 * cpu / max(count, 1), count / seconds
    table_line((what, f"{count}", f"{each:.2f}", f"{1000 / each:.0f}", f"{rate:.0f}",
                *(f"{worker[mark]:.1f}" if mark in worker else "" for mark in MARKS),
                f"{supervisor:.1f}" if supervisor else ""))
    return each, rate


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

def show_formats(source, count, what, asks=False):
    """Each format over a part of an archive; what an item of each costs, and how many a second has."""
    costs = {}
    for form in FORMATS:
        run = Run(source, f"{source}-{form}", "-t", form, "--limit", str(count))
        check(len(run.items) == count, f"{len(run.items)} of {count}")
        costs[form] = run.row(form + what)
        rate = 1000 / costs[form][0]
        if asks:
            FOUND.append((f"{form}{what} on one core", f"{RATES[form]} a second", f"{rate:.0f} a second",
                          rate >= RATES[form]))
    return costs


def show_sizes():
    """Each format over analyses of full size: one in many words, then many short sections of prose and lists, then
    whatever the samples have."""
    for what in ("news", "plain", "rich"):
        source = f"{FOLDER}/{what}"
        if what == "news":
            make_news(source, SIZED)
        else:
            make_archive(source, SIZED, 0, SIZE, what == "plain")
        show_formats(source, SIZED, f", {SIZE // 1000} KB, {what}", what == "news")


def show_whole(source):
    """All of the archive in all formats, and again without a change."""
    out = FOLDER + "/out"
    run = Run(source, out, "-t", ",".join(FORMATS))
    counts, outputs = ledger_counts(out)
    check(len(run.items) == COUNT == sum(counts.values()), f"{counts} of {COUNT}")
    check(outputs == COUNT * len(FORMATS), f"{outputs} outputs")
    costs = run.row("all three")
    again = Run(source, out, "-t", ",".join(FORMATS))
    check(again.end["unchanged"] == COUNT and not again.rendered, f"unchanged: {again.end}")
    again.row("again, no change")
    FOUND.append((f"ledger of {COUNT} analyses", "as many", f"{sum(counts.values())}, {outputs} outputs", True))
    if len(run.worker) > 1:
        first, last = run.worker[MARKS[0]], run.worker[max(run.worker)]
        FOUND.append(("memory of a worker", f"flat from {MARKS[0]:,} items on",
                      f"{first:.1f} MiB, {last:.1f} after {max(run.worker):,}", last <= FLAT * first))
    FOUND.append((f"{COUNT} without a change", "20 s", f"{again.seconds:.1f} s", again.seconds <= 20))
    return costs


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
    FOUND.append(("one plugin changed", "items with its section", f"{len(run.rendered)} of {SMALL}, just these", True))
    with open(f"{source}/000/000042.md", "a", encoding="utf-8") as file:
        file.write("\nMore.\n")
    run = Run(source, FOLDER + "/out-touched", *options)
    check(run.rendered == ["000/000042.md"], f"an analysis: {run.rendered[:9]}")
    FOUND.append(("one analysis changed", "itself", "itself", True))
    write(sheet, SHEET.replace("COLOR", "#654321"))
    run = Run(source, FOLDER + "/out-touched", *options)
    check(run.rendered == sorted(first.items), f"a variable: {len(run.rendered)} are rendered")
    FOUND.append(("a variable of the sheet", "all", f"{len(run.rendered)} of {SMALL}", True))


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
    run.row("all three, 5 % hostile")
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(ledger_counts(out)[0].items()))
    FOUND.append((f"{SMALL}, 5 % of them hostile", "each with its reason", counts, True))
    FOUND.append((f"{CHECKED} of the others", "the bytes that they are alone", "the same bytes", True))


def peer_run(command, jobs):
    """Documents by another program, as its users would: a loop of the shell for each processor. Seconds and
    seconds of processor; and whether all were made."""
    before, start = processor(), time.monotonic()
    shells = []
    for first in range(COUNT_OF_PROCESSORS):
        loop = f"set -e\nwhile read -r IN OUT; do {command} </dev/null; done"
        shells.append(subprocess.Popen(["sh", "-c", loop], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, text=True))
        shells[-1].stdin.write("".join(f"{given} {out}\n" for given, out in jobs[first::COUNT_OF_PROCESSORS]))
        shells[-1].stdin.close()
    for shell in shells:
        shell.wait()
    are_made = all(os.path.exists(out) and os.path.getsize(out) > 0 for _, out in jobs)
    return time.monotonic() - start, processor() - before, are_made


def show_peers(source, costs, whole):
    """What others take for a sample of the same documents. Each of them is a process for each document. Beside
    the whole job stand the best of them for each of its formats, one after the other."""
    best = {}
    for number, (form, name, programs, command) in enumerate(PEERS):
        if not all(map(shutil.which, programs)):
            print(f"{form} by {name}: not installed")
            continue
        folder = f"{FOLDER}/peer-{number}"
        os.makedirs(folder)
        jobs = [(f"{source}/{item // 1000:03}/{item:06}.md", f"{folder}/{item}.{SUFFIXES[form]}")
                for item in range(0, COUNT, max(COUNT // PEERED, 1))]
        trial, _, works = peer_run(command, jobs[:COUNT_OF_PROCESSORS])
        if not works:  # groff without its device for PDF, say
            print(f"{form} by {name}: does not work here")
            continue
        jobs = jobs[COUNT_OF_PROCESSORS:][:max(COUNT_OF_PROCESSORS, int(PEER_SECONDS / trial) * COUNT_OF_PROCESSORS)]
        seconds, cpu, are_made = peer_run(command, jobs)
        check(are_made, f"{command} left something out")
        each, rate = row(f"{form} by {name}", len(jobs), cpu, seconds, {}, 0)
        known = best.get(form, (name, each, rate))
        best[form] = (name, each, rate) if each <= known[1] else known
    rows = [(f"{form} beside {best[form][0]}", costs[form], best[form][1:]) for form in best]
    if len(best) == len(FORMATS):
        together = (sum(each for _, each, _ in best.values()), 1 / sum(1 / rate for _, _, rate in best.values()))
        rows.append(("all three beside these", whole, together))
    for what, (own, own_rate), (each, rate) in rows:
        FOUND.append((what, f"{TIMES} times", f"{each / own:.1f} times by processor, {own_rate / rate:.1f} by the "
                      "clock", each / own >= TIMES))


def place():
    """A folder with a part of the disk for itself. Ext4 without a journal gives no inode away within minutes of its
    file's end, but looks at it again for each file that is made nearby: those of the run before would cost this one
    more than all that is measured."""
    os.makedirs(FOLDER)
    if shutil.which("chattr"):  # of folders in this one, each goes somewhere else
        subprocess.run(["chattr", "+T", FOLDER], stderr=subprocess.DEVNULL, check=False)
    return tempfile.mkdtemp(dir=FOLDER)


def main():
    global FOLDER
    shutil.rmtree(FOLDER, ignore_errors=True)
    outer, FOLDER = FOLDER, place()
    start = time.monotonic()
    source = FOLDER + "/archive"
    make_archive(source, COUNT, 0)
    table_line(HEADS)
    costs = show_formats(source, SAMPLE, "")
    show_sizes()
    whole = show_whole(source)
    show_touches()
    show_hostile()
    show_peers(source, costs, whole)
    shutil.rmtree(outer)
    print()
    for what, asked, found, holds in FOUND:
        print(f"{what:36} {asked:30} {found:50} {'yes' if holds else 'NO'}")
    print(f"\n{time.monotonic() - start:.0f} s for all this", flush=True)


main()
