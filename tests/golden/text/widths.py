"""Brevier — judges the lines of a text by the Unicode data of Python, which is not the program's own: none is wider
than asked for, but those that the program's messages count; and none ends with a space, but the one of
format=flowed and those that end so in the source, as lines of code may.

usage: widths.py TEXT COLUMNS MESSAGES SOURCE"""
# SPDX-License-Identifier: MIT
import re
import sys
import unicodedata

JOINER, EMOJI, REGIONAL = "\u200d", "\ufe0f", range(0x1F1E6, 0x1F200)


def width(line):
    total, previous = 0, ""
    flag = False  # the first half of a flag has been passed
    for character in line:
        code = ord(character)
        half = code in REGIONAL
        if previous == JOINER or (half and flag) or 0x1F3FB <= code <= 0x1F3FF:
            columns = 0
        elif character == EMOJI:  # the sign before it is shown as an emoji: two columns wide
            columns = 2 - measured(previous) if previous else 0
        else:
            columns = measured(character)
        total += columns
        flag = half and not flag
        previous = character
    return total


def measured(character):
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or 0x1160 <= ord(character) <= 0x11FF:
        return 0
    if ord(character) in REGIONAL:
        return 2
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def main():
    path, columns, messages = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    lines = re.split("[\n\f]", open(path, encoding="utf-8").read())
    is_mail = ".flowed." in path
    if is_mail:  # the signs of RFC 3676 are not shown
        lines = [line.removeprefix(" ").removesuffix(" ") for line in lines]
    wide = [line for line in lines if width(line) > columns]
    counts = [int(n) for n in re.findall(r"note: (\d+) lines? (?:is|are) wider", open(messages, encoding="utf-8").read())]
    faults = []
    if sum(counts) != len(wide):
        faults = [f"{len(wide)} lines are wider than {columns} columns, reported {sum(counts)}"] + wide
    source = {line.strip() for line in open(sys.argv[4], encoding="utf-8") if line.rstrip("\n").endswith(" ")}
    faults += [f"ends with a space: {line!r}" for line in lines if line.endswith(" ") and line.strip() not in source]
    for fault in faults:
        print(f"{path}: {fault}")
    return 1 if faults else 0


sys.exit(main())
