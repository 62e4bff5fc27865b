"""Brevier — does a PDF read, by its tags and when it is copied, as its source does?

usage: reading.py SOURCE FILE.pdf…

The tags must give each word of the source in its order, and little between two of them: what the outputs add (a number, a
bullet, a label), but no running heads and no footnote that is not one. So must the order of the pages' content, which is
what most readers copy, and with it the words of margins. Neither may hold leaders. Words from right to left are left out here: poppler
gives them in the order of their glyphs, each reader in one of its own; outputs.py looks for them.
"""
# SPDX-License-Identifier: MIT
import re
import subprocess
import sys
import unicodedata

from source import Source, words


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def tagged_text(path):
    """The text of the structure tree without footnotes: an element's pieces joined, elements parted by white space."""
    pieces, note = [], None
    for line in run("pdfinfo", "-struct-text", path).split("\n"):
        depth = len(line) - len(line.lstrip())
        if note is not None and depth > note:
            continue
        note = depth if re.match(r"\s*Note\b", line) else None
        text = re.fullmatch(r'\s*"(.*)"', line)
        inline = re.fullmatch(r"\s*\w+ \(inline\)", line)
        if text:
            pieces.append(text[1])
        elif not inline:
            pieces.append("\n")
    return "".join(pieces)


def left_to_right(found):
    return [word for word in found if not any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in word)]


def first_apart(expected, text, gap):
    """The first of the expected words that is not found within `gap` letters after the one before it, or None."""
    stream, at = "".join(left_to_right(words(text))), 0
    for index, word in enumerate(expected):
        found = stream.find(word, at, at + gap + len(word))
        if found < 0:
            return f"word {index} \"{word}\" after \"{' '.join(expected[max(0, index - 5):index])}\", not \"{stream[at:at + 30]}\""
        at = found + len(word)
    return None


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        expected = left_to_right(Source(file.read()).words())
    faults = []
    for path in sys.argv[2:]:
        for name, text, gap in (("tags", tagged_text(path), 60), ("content", run("pdftotext", "-raw", path, "-"), 400)):
            apart = first_apart(expected, text, gap)
            if apart:
                faults.append(f"{path}, {name}: {apart}")
            if re.search(r"[.…·]{4}", text):
                faults.append(f"{path}, {name}: leaders are copied")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
