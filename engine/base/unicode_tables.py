#!/usr/bin/env python3
"""Brevier — prints tables from the Unicode character database (Debian package unicode-data).

Usage: unicode_tables.py width /usr/share/unicode > engine/base/width_tables.h
       unicode_tables.py direction /usr/share/unicode > engine/base/direction_tables.h
       unicode_tables.py ascii /usr/share/unicode > engine/output/text_ascii_tables.h
       unicode_tables.py emoji /usr/share/unicode > engine/output/text_emoji_tables.h
A range may run across code points that are not assigned: that keeps the tables short.
"""
# SPDX-License-Identifier: MIT
import json
import re
import sys
from pathlib import Path

FOLDER = Path(sys.argv[2])
CATEGORY = "extracted/DerivedGeneralCategory.txt"


def property_rows(name):
    """Yields (first, last, value) of a file in the database's usual form."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        found = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
        if found:
            first = int(found[1], 16)
            yield first, int(found[2] or found[1], 16), found[3]


def members(name, *values):
    return {c for first, last, value in property_rows(name) if value in values
            for c in range(first, last + 1)}


def ranges(chosen, free):
    """The chosen code points as ranges; gaps made of free ones alone are run across."""
    result = []
    for c in sorted(chosen):
        if result and all(gap in free for gap in range(result[-1][1] + 1, c)):
            result[-1][1] = c
        else:
            result.append([c, c])
    return result


def print_table(name, comment, chosen, free):
    rows = [f"{{ 0x{a:04X}, 0x{b:04X} }}," for a, b in ranges(chosen, free)]
    print(f"\n// {comment}\nstatic const struct brv_range {name}[] = {{")
    for i in range(0, len(rows), 4):
        print("    " + " ".join(rows[i:i + 4]))
    print("};")


def print_head(what):
    print(f"// Brevier — {what} by Unicode 15, printed by unicode_tables.py.")
    print("// SPDX-License-Identifier: MIT")
    print("// clang-format off")


def print_widths():
    wide = members("EastAsianWidth.txt", "W", "F")
    unassigned = members(CATEGORY, "Cn") - wide
    marks = members(CATEGORY, "Mn", "Me", "Cf", "Cc", "Zl", "Zp")
    # Visible format characters: the soft hyphen, and number signs that enclose what follows.
    visible = {0xAD} | members("PropList.txt", "Prepended_Concatenation_Mark")
    conjoining = members("HangulSyllableType.txt", "V", "T")
    zero = (marks - visible) | conjoining
    emoji = members("emoji/emoji-data.txt", "Emoji")
    pictographic = members("emoji/emoji-data.txt", "Extended_Pictographic")

    print_head("character widths")
    print_table("zero_ranges", "No column: marks, format and control characters, conjoining Hangul.",
                zero, unassigned)
    print_table("wide_ranges", "Two columns: East Asian wide and full-width.", wide - zero, unassigned)
    print_table("emoji_ranges", "One column as text, two when U+FE0F asks for the emoji form.",
                emoji - wide - zero - set(range(0x1F1E6, 0x1F200)), unassigned)
    print_table("pictographic_ranges", "What ZERO WIDTH JOINER can join.", pictographic, unassigned)


def print_directions():
    bidi = "extracted/DerivedBidiClass.txt"
    free = members(CATEGORY, "Cn") | members(bidi, "NSM", "BN")
    print_head("directions")
    print_table("rtl_ranges", "Letters that run from right to left: R and AL.",
                members(bidi, "R", "AL") - free, free)
    neutral = members(bidi, "ON", "WS", "CS", "ES", "ET", "B", "S", "AN", "EN") - free
    print_table("neutral_ranges", "Neither way, beyond ASCII: signs, spaces, numbers.",
                neutral - set(range(0x80)), free)


def ascii_forms():
    """Yields code points below U+10000 with what they are made of, where that is ASCII: letters
    without their marks, and signs of compatibility. Superior figures get a caret."""
    fields = [line.split(";") for line in
              (FOLDER / "UnicodeData.txt").read_text(encoding="utf-8").splitlines()]
    parts = {int(row[0], 16): row[5].split() for row in fields if row[5]}
    marks = members(CATEGORY, "Mn")

    def made_of(c):
        row = parts.get(c)
        return [p for part in row if part[0] != "<" for p in made_of(int(part, 16))] if row else [c]

    for c in sorted(c for c in parts if 0x180 <= c < 0x10000):
        whole = made_of(c)
        text = "".join(chr(p) for p in whole if p not in marks).replace("\u2044", "/")
        has_lost = any(p in marks for p in whole)
        if text.isascii() and text.isprintable() and text.strip() and (text.isalpha() or not has_lost):
            is_superior = parts[c][0] == "<super>" and not text.isalpha()
            yield c, "^" + text if is_superior else text


def print_ascii():
    computed = set(range(0x2460, 0x2474)) | set(range(0xFF01, 0xFF5F))
    rows = [f"{{ 0x{c:04X}, {json.dumps(text)} }}," for c, text in ascii_forms()
            if c not in computed and len(text) < 6]
    print_head("letters and signs in ASCII")
    print("\nstatic const struct plain plain_forms[] = {")
    for i in range(0, len(rows), 5):
        print("    " + " ".join(rows[i:i + 5]))
    print("};")


def print_emoji():
    """Emoji of one character by their short names, which end the lines of a list."""
    curly = str.maketrans({"\u2019": "'", "\u201C": None, "\u201D": None, "\u00F1": "n"})
    names = {}
    for line in (FOLDER / "emoji/emoji-test.txt").read_text(encoding="utf-8").splitlines():
        found = re.match(r"([0-9A-F]+)(?: FE0F)?\s*; fully-qualified\s*# \S+ E[0-9.]+ (.*)", line)
        if found and int(found[1], 16) >= 0x2000:
            names[int(found[1], 16)] = found[2].translate(curly)
    rows = [f"{{ 0x{c:05X}, {json.dumps(name)} }}," for c, name in sorted(names.items())]
    print_head("emoji by name")
    print(f"\nenum {{ EMOJI_NAME = {max(map(len, names.values())) + 1} }}; // bytes of the longest")
    print("\nstatic const struct emoji {")
    print("    uint32_t codepoint;")
    print("    char name[EMOJI_NAME];")
    print("} emoji[] = {")
    for i in range(0, len(rows), 2):
        print("    " + " ".join(rows[i:i + 2]))
    print("};")


{"width": print_widths, "direction": print_directions, "ascii": print_ascii,
 "emoji": print_emoji}[sys.argv[1]]()
