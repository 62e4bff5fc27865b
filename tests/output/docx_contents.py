"""Brevier — the table of contents in Word says what stands on which page of our PDF.

usage: docx_contents.py BREVIER SAMPLES SCRATCH

Of each sample, and of all one after the other under every shipped sheet. Exits with 77 (skipped) where pikepdf is not installed.
"""
# SPDX-License-Identifier: MIT
import glob
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

try:
    import pikepdf
except ImportError:
    print("skipped: pikepdf is not installed")
    sys.exit(77)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeeze(text):
    return " ".join(text.split())


def pdf_headings(path):
    """(level, title, label of the page) of the outline."""
    def walk(items, level):
        for item in items:
            yield level, squeeze(str(item.title)), pages[item.destination[0].objgen]
            yield from walk(item.children, level + 1)

    with pikepdf.open(path) as pdf:
        pages = {page.objgen: page.label for page in pdf.pages}
        with pdf.open_outline() as outline:
            return list(walk(outline.root, 1))


def shown(paragraph):
    """The text of a paragraph with the results of its fields, tabs as tabs."""
    return "".join("\t" if node.tag == f"{W}tab" else node.text or ""
                   for run in paragraph.iter(f"{W}r") for node in run if node.tag in (f"{W}t", f"{W}tab"))


def word_entries(path):
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
        everything = b"".join(package.read(name) for name in package.namelist())
    assert b"w:dirty" not in everything and b"updateFields" not in everything, "opening would raise a prompt"
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        match = re.match(r"(?i)toc(\d)", style.get(f"{W}val")) if style is not None else None
        if match:
            title, page = shown(paragraph).split("\t")
            yield int(match[1]), squeeze(title), page


def book(samples):
    """The samples as parts of one document."""
    parts = ["# Research: All of Them"]
    for name in ("incident", "regulation", "research", "threat-actor", "vulnerability"):
        with open(os.path.join(samples, name + ".md"), encoding="utf-8") as file:
            text = re.sub(r"\A---\n.*?\n---\n", "", file.read(), flags=re.S)
        text = re.sub(r"\[\^[^\]]*\]:?", "", text[text.index("\n## "):])
        parts.append(f"## Part {name}\n\nWhat follows is a sample.\n" + text)
    return "\n\n".join(parts)


def main():
    brevier, samples, scratch = sys.argv[1:]
    os.makedirs(scratch, exist_ok=True)
    source = os.path.join(scratch, "book.md")
    with open(source, "w", encoding="utf-8") as file:
        file.write(book(samples))
    sheets = sorted(os.path.basename(path)[:-4] for path in glob.glob(os.path.join(samples, "..", "stylesheets", "*.css")))
    rows = [(source, sheet) for sheet in sheets]
    long = os.path.join(scratch, "long.md")  # whose styled tree is made twice
    with open(long, "w", encoding="utf-8") as file:
        subprocess.run([sys.executable, os.path.join(samples, "..", "tests", "bench", "book.py"), "200"], check=True, stdout=file)
    rows.append((long, "plain"))
    for path in sorted(glob.glob(os.path.join(samples, "*.md")) + glob.glob(os.path.join(samples, "*.txt"))):
        if not path.endswith("README.md"):
            rows.append((path, "briefing"))
    status = 0
    for path, sheet in rows:
        name = os.path.basename(path).split(".")[0]
        files = [os.path.join(scratch, f"{name}-{sheet}.{suffix}") for suffix in ("pdf", "docx")]
        for out in files:
            subprocess.run([brevier, "render", path, "--toc=2", "-s", sheet, "-o", out], check=True, stderr=subprocess.DEVNULL)
        wanted = [row for row in pdf_headings(files[0]) if row[0] in (2, 3) and row[1] != "Contents"]
        got = list(word_entries(files[1]))
        is_long = path != source or len({page for _, _, page in wanted}) >= 3
        if got != wanted or not wanted or not is_long:
            print(f"{name}, {sheet}: got {got}\n    wanted {wanted}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
