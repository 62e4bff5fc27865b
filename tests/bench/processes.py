"""Brevier — times whole processes: one document to each format, beside what else is installed.

usage: processes.py BREVIER [DOCUMENT] [RUNS]

Prints the median wall and CPU time and the peak memory of a run. Figures are for reading, never for a test: they move
with the machine's load.
"""
# SPDX-License-Identifier: MIT
import os
import shutil
import statistics
import sys
import tempfile
import time


def run(command):
    """(wall ms, CPU ms, peak MiB) of one run, or None when it failed."""
    # No fork: copying Python's pages would be a millisecond of every run.
    silence = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_RDWR, 0) for descriptor in (0, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=silence)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        return None
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def main():
    brevier = sys.argv[1]
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    document = sys.argv[2] if len(sys.argv) > 2 else os.path.join(root, "samples", "industry-news.txt")
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 21
    with tempfile.TemporaryDirectory() as folder:
        def out(suffix):
            return os.path.join(folder, "out." + suffix)
        markdown = out("md")
        with open(document, encoding="utf-8") as source, open(markdown, "w", encoding="utf-8") as copy:
            copy.write(source.read())
        commands = [
            ("brevier, PDF", [brevier, "render", document, "-o", out("pdf")]),
            ("brevier, DOCX", [brevier, "render", document, "-o", out("docx")]),
            ("brevier, text", [brevier, "render", document, "-o", out("txt")]),
            ("pandoc, DOCX", ["pandoc", markdown, "-o", out("docx")]),
            ("pandoc, text", ["pandoc", markdown, "-t", "plain", "-o", out("txt")]),
            ("pandoc + groff, PDF", ["sh", "-c", f"pandoc -s -t ms '{markdown}' | groff -k -ms -t -Tpdf >{out('pdf')}"]),
            ("weasyprint, PDF", ["sh", "-c", f"pandoc -s '{markdown}' | weasyprint - {out('pdf')}"]),
            ("typst, PDF", ["sh", "-c", f"pandoc -s -t typst '{markdown}' | typst compile - {out('pdf')}"]),
        ]
        print(f"{os.path.basename(document)}, median of {runs} runs")
        print(f"{'':22}{'wall ms':>10}{'CPU ms':>10}{'peak MiB':>10}{'KB':>8}")
        for name, command in commands:
            needed = [command[0]] + [tool for tool in ("pandoc", "groff", "weasyprint", "typst") if tool in command[-1]]
            if not all(shutil.which(tool) for tool in needed):
                print(f"{name:22}{'not installed':>20}")
                continue
            run(command)  # warm caches
            figures = [run(command) for _ in range(runs)]
            if None in figures:
                print(f"{name:22}{'failed':>20}")
                continue
            wall, cpu, peak = (statistics.median(column) for column in zip(*figures))
            size = os.path.getsize(out("docx" if "DOCX" in name else "txt" if "text" in name else "pdf")) / 1024
            print(f"{name:22}{wall:10.1f}{cpu:10.1f}{peak:10.1f}{size:8.1f}")


main()
