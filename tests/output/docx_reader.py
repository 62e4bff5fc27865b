"""Brevier — a Word document read back by an independent reader, python-docx.

usage: docx_reader.py BREVIER SCRATCH

Exits with 77 (skipped) where python-docx is not installed.
"""
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys

try:
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph
except ImportError:
    print("skipped: python-docx is not installed")
    sys.exit(77)

SOURCE = """---
title: "Incident: The Pump That Stopped"
authors: [Ada Quist]
lang: en
---
# Incident: The Pump That Stopped

## Summary

The pump stopped **twice**[^when]; see the [log](https://example.org/log?a=1&b=2).

### Order of events

1. It hummed.
2. It stopped.
   - first the motor
   - then the valve

Later:

1. It was replaced.

## Readings

| Hour | Flow |
|------|-----:|
| 09   | 4.2  |
| 10   | 0.0  |

> Nobody had oiled it.

```
flow = 0
```

[^when]: On a Monday.
"""

# What may stand in the text itself: names of styles, language, direction.
NAMED = {"pStyle", "rStyle", "lang", "rtl", "bidi"}
FAULTS = []


def same(name, got, wanted):
    if got != wanted:
        FAULTS.append(f"{name}: got {got}\n    wanted {wanted}")


def numbering(paragraph):
    """Number and level as a paragraph or its styles have them."""
    holders = [paragraph._p]
    style = paragraph.style
    while style is not None:
        holders.append(style.element)
        style = style.base_style
    for holder in holders:
        if holder.pPr is not None and holder.pPr.numPr is not None:
            properties = holder.pPr.numPr
            return properties.numId.val, properties.ilvl.val if properties.ilvl is not None else 0
    return None


def check(path):
    document = docx.Document(path)
    paragraphs = document.paragraphs
    headings = [(p.style.name, " ".join(p.text.split())) for p in paragraphs if p.style.name.startswith("Heading")]
    same("headings", headings,
         [("Heading 1", "Incident: The Pump That Stopped"), ("Heading 2", "Summary"),
          ("Heading 3", "Order of events"), ("Heading 2", "Readings")])

    items = [(p.text, p.style, numbering(p)) for p in paragraphs if numbering(p)]
    same("list items", [text for text, _, _ in items],
         ["It hummed.", "It stopped.", "first the motor", "then the valve", "It was replaced."])
    base = [(style if style.name in ("List Number", "List Bullet 2") else style.base_style).name for _, style, _ in items]
    same("list styles", base, ["List Number", "List Number", "List Bullet 2", "List Bullet 2", "List Number"])
    numbers = [number for _, _, number in items]
    same("one list, one number", numbers[0], numbers[1])
    same("levels", [level for _, level in numbers], [0, 0, 1, 1, 0])
    if numbers[4][0] == numbers[0][0]:
        FAULTS.append("the second list continues the first")

    same("tables", [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables],
         [[["Hour", "Flow"], ["09", "4.2"], ["10", "0.0"]]])
    header = document.tables[0].rows[0]._tr.trPr
    same("the header row repeats", header is not None and header.find(qn("w:tblHeader")) is not None, True)

    parts = document.part.rels
    links = [parts[link.get(qn("r:id"))].target_ref for link in document.element.body.iter(qn("w:hyperlink"))]
    same("links", links, ["https://example.org/log?a=1&b=2"])

    strong = [run.text for p in paragraphs for run in p.runs if run.style.name == "Strong"]
    same("strong text", strong, ["twice"])
    same("quotation", [p.text for p in paragraphs if p.style.name.startswith("Quote")], ["Nobody had oiled it."])
    same("code", [p.text for p in paragraphs if p.style.name == "Source Code"], ["flow = 0"])

    calls = list(document.element.body.iter(qn("w:footnoteReference")))
    notes = next(rel.target_part for rel in parts.values() if rel.reltype.endswith("/footnotes"))
    root = docx.oxml.parse_xml(notes.blob)
    texts = {note.get(qn("w:id")): "".join(Paragraph(p, None).text for p in note.iter(qn("w:p"))).strip() for note in root}
    same("notes", [texts[call.get(qn("w:id"))] for call in calls], ["On a Monday."])

    direct = {child.tag.rpartition("}")[2] for kind in ("w:pPr", "w:rPr")
              for properties in document.element.body.iter(qn(kind)) for child in properties}
    same("direct formatting", sorted(direct - NAMED), [])
    same("title", document.core_properties.title, "The Pump That Stopped")
    same("author", document.core_properties.author, "Ada Quist")


def main():
    brevier, scratch = sys.argv[1:]
    os.makedirs(scratch, exist_ok=True)
    source = os.path.join(scratch, "pump.md")
    with open(source, "w", encoding="utf-8") as file:
        file.write(SOURCE)
    for sheet in ("briefing", "plain"):
        path = os.path.join(scratch, f"{sheet}.docx")
        subprocess.run([brevier, "render", source, "-s", sheet, "-o", path], check=True)
        before = len(FAULTS)
        check(path)
        FAULTS[before:] = [f"{sheet}: {fault}" for fault in FAULTS[before:]]
    print("\n".join(FAULTS))
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
