"""Brevier — does a PDF read, by its tags and when it is copied, as its source does?

usage: reading.py SOURCE FILE.pdf…

The tags must give each word of the source in its order, and little between two of them: what the outputs add (a number, a
bullet, a label), but no running heads and no footnote that is not one. So must the order of the pages' content, which is
what most readers copy, and with it the words of margins. Neither may hold leaders. We read the tags ourselves (structure.py),
and let poppler read; but words from right to left it gives in the order of their glyphs, or in pieces where letters join.
"""
# SPDX-License-Identifier: MIT
import re
import subprocess
import sys

from source import Source, plain, words
from structure import is_right_to_left, structure_text


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


# What begins a line of poppler's: a string, an attribute, an element. A string may hold lines and quotation marks.
ITEM = r' *(?:"|/|\w+(?: <[^>]*>)?(?: \(\w+\))?:?$|Object \d)'
LINE = re.compile(rf'^ *".*?"$(?=\n{ITEM}|\s*\Z)|^(?! *")[^\n]*$', re.S | re.M)


def poppler_text(path):
    """The text of the structure tree without footnotes: an element's pieces joined, elements parted by white space."""
    pieces, note = [], None
    for line in LINE.findall(run("pdfinfo", "-struct-text", path)):
        depth = len(line) - len(line.lstrip())
        if note is not None and depth > note:
            continue
        note = depth if re.match(r"\s*Note\b", line) else None
        text = re.fullmatch(r'\s*"(.*)"', line, re.S)
        inline = re.fullmatch(r"\s*\w+ \(inline\)", line)
        if text:
            pieces.append(text[1])
        elif not inline:
            pieces.append("\n")
    return "".join(pieces)


def left_to_right(found):
    return [word for word in found if not is_right_to_left(word)]


def first_apart(expected, text, gap):
    """The first of the expected words that is not found within `gap` letters after the one before it, or None."""
    stream, at = "".join(words(text)), 0
    for index, word in enumerate(expected):
        found = stream.find(word, at, at + gap + len(word))
        if found < 0:
            return f"word {index} \"{word}\" after \"{' '.join(expected[max(0, index - 5):index])}\", not \"{stream[at:at + 30]}\""
        at = found + len(word)
    return None


def squeeze(text):
    return " ".join(text.split())


def phrases_right_to_left(source):
    """Lines and cells with words from right to left, with all that stands between the words."""
    for line in source.prose():
        for phrase in re.split(r"(?<!\\)\|", line):
            if is_right_to_left(phrase):
                yield squeeze(plain(re.sub(r"^\s*([-*]|\d+\.)\s", "", phrase)))


def texts(path):
    """What each reader makes of a PDF: its name, the text, how much may stand between two words, and whether it can read
    from right to left."""
    yield "tags", structure_text(path, leave_out=("/Note",)), 60, True
    yield "tags, by poppler", poppler_text(path), 60, False
    yield "content, by poppler", run("pdftotext", "-raw", path, "-"), 400, False


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        source = Source(file.read())
    expected, phrases = source.words(), list(phrases_right_to_left(source))
    faults = []
    for path in sys.argv[2:]:
        for name, text, gap, reads_all in texts(path):
            read = text if reads_all else " ".join(left_to_right(words(text)))
            apart = first_apart(expected if reads_all else left_to_right(expected), read, gap)
            if reads_all:
                faults += [f"{path}, {name}: no \"{phrase}\"" for phrase in phrases if phrase not in squeeze(text)]
            if apart:
                faults.append(f"{path}, {name}: {apart}")
            if re.search(r"[.…·]{4}", text):
                faults.append(f"{path}, {name}: leaders are copied")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
