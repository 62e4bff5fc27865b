#!/usr/bin/env python3
"""Brevier — prints engine/base/width_tables.h or direction_tables.h from the Unicode character database.

Usage: unicode_tables.py width /usr/share/unicode > width_tables.h   (Debian package unicode-data)
A range may run across code points that are not assigned: that keeps the tables short.
"""
# SPDX-License-Identifier: MIT
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


{"width": print_widths, "direction": print_directions}[sys.argv[1]]()
