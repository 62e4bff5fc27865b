#!/usr/bin/python3
# Brevier — a book made of the samples: one analysis after the other as its sections, on standard output.
# usage: book.py PAGES    about so many pages of PDF in the default look
# The same number gives the same bytes; each copy differs from the others in its figures.
# SPDX-License-Identifier: MIT
import pathlib
import re
import sys

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"
NAMES = ["incident.md", "regulation.md", "research.md", "threat-actor.md", "vulnerability.md"]
PAGES_OF_A_ROUND = 11  # what all samples take together


def body(name):
    text = (SAMPLES / name).read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    return text[text.index("# "):] if text.startswith("#") or "\n# " in text else text


def chapter(text, number):
    """Headings one level down, notes and figures of this copy alone."""
    lines = []
    in_code = False
    for line in text.splitlines():
        if line.startswith("```"):
            in_code = not in_code
        if not in_code and re.match(r"#{1,5} ", line):
            line = "#" + line
        lines.append(line)
    text = "\n".join(lines)
    text = re.sub(r"\b(\d\d)\b", lambda m: str(10 + (int(m[1]) + 7 * number) % 90), text)
    text = re.sub(r"\[\^([^\]]+)\]", rf"[^\1-{number}]", text)
    return re.sub(r"^## (.*)$", rf"## \1, {number}", text, count=1, flags=re.M)


def main():
    pages = int(sys.argv[1])
    out = ["---\nlang: en\ndate: 2030-01-01\n---\n# Digest: A Book of Analyses\n"]
    bodies = [body(name) for name in NAMES]
    for number in range(1, max(1, round(pages / PAGES_OF_A_ROUND * len(bodies))) + 1):
        out.append(chapter(bodies[number % len(bodies)], number))
    sys.stdout.write("\n\n".join(out))


if __name__ == "__main__":
    main()
