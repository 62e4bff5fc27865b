"""Brevier — sheets that mean harm: each ends in a located message or renders, soon and in little memory.

usage: hostile_sheets.py PROGRAM SCRATCH [FACTOR]

What counts is the program's own time, so that a busy machine does not fail it; FACTOR stretches the bounds where the program
is built to find errors rather than to be fast.
"""
# SPDX-License-Identifier: MIT
import os
import re
import resource
import subprocess
import sys

SECONDS, MEGABYTES = 2, 200
LARGE = 10 << 20  # bytes


def fill(line):
    return line * (LARGE // len(line) + 1)


def at_most(text, limit=(1 << 20) - 100):
    """As much as is read: larger files are refused before they are looked at."""
    return text[:limit]


BOMB = "".join(f"--v{i}: var(--v{i - 1}) var(--v{i - 1}) var(--v{i - 1});" for i in range(1, 60))
SHEETS = {
    "ten-megabytes": fill("p { color: red }\n"),
    "full-of-rules": at_most(fill("p.a > em:not(.b) { color: red; margin: 1pt }\n")),
    "selectors": ",\n".join(f".c{i} > p:nth-child({i}n+1)" for i in range(100000)) + " { color: red }",
    "full-of-selectors": at_most(",".join(f".c{i} ~ p" for i in range(100000))) + ", p { color: red }",
    "nested-blocks": "p { " + "{ " * 10000,
    "nested-media": "@media pdf { " * 10000 + "p { color: red }" + "}" * 10000,
    "nested-not": "p" + ":not(em" * 10000 + ")" * 10000 + " { color: red }",
    "nested-is": "p:is(" * 10000 + "p" + ")" * 10000 + " { color: red }",
    "nested-calc": "p { width: " + "calc(1pt + " * 10000 + "1pt" + ")" * 10000 + " }",
    "nested-max": "p { width: " + "max(1pt, " * 10000 + "1pt" + ")" * 10000 + " }",
    "long-calc": "p { width: calc(" + " + ".join(["1pt * 2"] * 100000) + ") }",
    "long-min": "p { width: min(" + ", ".join(["1em"] * 100000) + ") }",
    "many-calcs": at_most(fill("p { width: calc((1pt + 2em) * 3 - 4%) }\n")),
    "variable-bomb": ":root { --v0: 1pt 1pt;" + BOMB + "} p { margin: var(--v59) }",
    "variable-cycle": ":root { " + "".join(f"--c{i}: var(--c{(i + 1) % 5000});" for i in range(5000)) + "} p { margin: var(--c0) }",
    "import-cycle": '@import "import-cycle-2.css"; p { color: red }',
    "import-cycle-2": '@import "import-cycle.css"; p { color: blue }',
    "import-itself-often": '@import "import-itself-often.css";\n' * 1000,
    "import-fan": '@import "full-of-rules.css";\n' * 1000,
    "counter-chain": "".join(f"@counter-style s{i} {{ system: extends s{i + 1}; range: 9 9; fallback: s{i + 2} }}" for i in range(5000))
    + "ul { list-style-type: s0 }",
    "descendants": "".join("* " * 60 + f".n{i} {{ color: red }}" for i in range(1000)),
    "siblings": "".join("* ~ " * 60 + f".n{i} {{ color: red }}" for i in range(1000)),
    "open-string": 'p { content: "' + "x" * (1 << 19),
    "open-comment": "/* " * (1 << 18),
    "margin-boxes": "@page { " + "@top-left { content: 'x' } " * 20000 + "}",
    "content": "p::before { content: " + "'x' counter(a) " * 20000 + "}",
    "some-content": "p::before { content: " + "'x' counter(a) content() " * 80 + "}",
    "counters": "p { counter-reset: " + " ".join(f"c{i}" for i in range(20000)) + " }",
    "some-counters": "p { counter-reset: " + " ".join(f"c{i}" for i in range(256)) + " }",
    "some-strings": "p { string-set: " + ", ".join(f"s{i} content()" for i in range(256)) + " }",
    "strings": "p { string-set: " + ", ".join(f"s{i} content()" for i in range(20000)) + " }",
}
ANALYSIS = "# Case\n\n## One\n\n" + "Alpha *beta* gamma.\n\n- one\n- two\n\n" * 200


def main():
    program, scratch = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    factor = float(sys.argv[3]) if len(sys.argv) > 3 else 1
    os.makedirs(scratch, exist_ok=True)
    os.chdir(scratch)
    with open("in.md", "w", encoding="utf-8") as file:
        file.write(ANALYSIS)
    for name, text in SHEETS.items():
        with open(f"{name}.css", "w", encoding="utf-8") as file:
            file.write(text)
    faults = 0
    for name in SHEETS:
        for suffix in "txt", "pdf":
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = ["/usr/bin/env", "-i", f"HOME={scratch}", "LC_ALL=C.UTF-8", "python3", "-c",
                       "import os, resource, subprocess, sys\n"
                       "done = subprocess.run(sys.argv[1:], stderr=open('messages', 'wb'))\n"
                       "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
                       program, "render", "in.md", "-s", f"{name}.css", "-o", f"out.{suffix}"]
            told = subprocess.run(command, capture_output=True, text=True, timeout=600).stdout.split()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            status, megabytes = int(told[0]), int(told[1]) / 1024
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            with open("messages", encoding="utf-8", errors="replace") as file:
                messages = file.read()
            why = None
            if status not in (0, 1):
                why = f"ends with {status}"
            elif status == 1 and not re.match(r"(brevier: )?(\S+\.css(:\d+:\d+)?: )?error: ", messages):
                why = "fails without an error: " + messages[:200]
            elif seconds > SECONDS * factor:
                why = f"takes {seconds:.1f} s"
            elif megabytes > MEGABYTES * factor:
                why = f"takes {megabytes:.0f} MB"
            if why:
                print(f"{name} ({suffix}) {why}")
                faults += 1
            elif "-v" in sys.argv:
                print(f"{name} ({suffix}): {status}, {seconds:.2f} s, {megabytes:.0f} MB: {messages.splitlines()[:1]}")
    print(f"{len(SHEETS)} sheets, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
