"""Brevier — do two text outputs differ only between two headings, and does that part hold a notice?

usage: only_section.py GOOD DEGRADED FIRST-HEADING NEXT-HEADING
"""
# SPDX-License-Identifier: MIT
import sys

good, degraded = (open(path, encoding="utf-8").read() for path in sys.argv[1:3])
first, following = sys.argv[3:5]


def parts(text):
    start = text.index(first)
    end = text.index(following, start)
    return text[:start], text[start:end], text[end:]


before, inside, after = parts(good)
degraded_after = parts(degraded)[2]
# The notice may stand before the section's heading.
lead = degraded[:len(degraded) - len(degraded_after)]
faults = []
if after != degraded_after:
    faults.append("what follows the section differs")
if not lead.startswith(before.rstrip()):
    faults.append("what precedes the section differs")
if "broken" not in lead[len(before.rstrip()):]:
    faults.append("the notice does not name the plugin")
for word in "November 17, 2026", "Kvarken Grid", "Partnership":
    if word not in " ".join(lead.split()):
        faults.append(f"the section's own content lost \"{word}\"")
for fault in faults:
    print(fault)
sys.exit(1 if faults else 0)
