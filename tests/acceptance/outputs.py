"""Brevier — do the outputs of an analysis hold all that it says?

usage: outputs.py SOURCE FOLDER     checks FOLDER/NAME.pdf, .docx and .txt against SOURCE
"""
# SPDX-License-Identifier: MIT
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile

import pikepdf
from source import Source, first_missing, plain, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
FAULTS = []


def expect(holds, message):
    if not holds:
        FAULTS.append(message)


def same(name, got, wanted):
    expect(got == wanted, f"{name}: got {got}\n    wanted {wanted}")


def squeeze(text):
    return " ".join(text.split())


# ---- PDF

def outline(items, level=1):
    for item in items:
        yield level, squeeze(str(item.title))
        yield from outline(item.children, level + 1)


def pdf_text(path, *options):
    command = ["pdftotext", *options, "-enc", "UTF-8", path, "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def check_pdf_words(path, expected):
    """Every word in order. poppler guesses the order from the page: it reads some tables by column, so the order of the
    content (-raw) counts as well; and it has an order of its own for lines that mix directions, so there all words must be
    found, in whatever order."""
    in_page_order, in_content_order = pdf_text(path), pdf_text(path, "-raw")
    missing = first_missing(expected, in_page_order)
    if missing and first_missing(expected, in_content_order):
        if any(unicodedata.bidirectional(c) in ("R", "AL") for word in expected for c in word):
            stream = "".join(words(in_page_order))
            lost = [word for word in expected if word not in stream]
            missing = f"the words {lost} are missing" if lost else None
        expect(missing is None, f"pdf text: {missing}")


def check_pdf(path, source):
    check_pdf_words(path, source.words())
    with pikepdf.open(path) as pdf:
        with pdf.open_outline() as root:
            titles = [title for _, title in outline(root.root)]
        same("pdf outline", titles, [title for _, title in source.headings()])
        uris = []
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                uri = annotation.get("/A", {}).get("/URI")
                if uri is not None and str(uri) not in uris[-1:]:
                    uris.append(str(uri))
        same("pdf links", uris, source.links())
        figures = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        same("pdf pictures", figures, source.pictures())
    fonts = subprocess.run(["pdffonts", path], check=True, capture_output=True).stdout.decode().splitlines()[2:]
    expect(fonts, "pdf: no fonts")
    for line in fonts:
        expect(re.search(r"\s+yes yes yes\s+\d+\s+\d+$", line), f"pdf font not embedded, subset and with Unicode: {line}")


# ---- Word

def style_chain(styles, style_id):
    while style_id in styles:
        yield styles[style_id]
        based = styles[style_id].find(f"{W}basedOn")
        style_id = based.get(f"{W}val") if based is not None else None


def run_text(element):
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def check_docx(path, source):
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
        sheet = ElementTree.fromstring(package.read("word/styles.xml"))
        rels = ElementTree.fromstring(package.read("word/_rels/document.xml.rels"))
    missing = first_missing(source.words(), " ".join(run_text(p) for p in body.iter(f"{W}p")))
    expect(missing is None, f"docx text: {missing}")
    styles = {style.get(f"{W}styleId"): style for style in sheet.iter(f"{W}style")}

    def chain_of(element, properties, name):
        node = element.find(f"{W}{properties}/{W}{name}")
        return list(style_chain(styles, node.get(f"{W}val"))) if node is not None else []

    headings = []
    for paragraph in body.iter(f"{W}p"):
        for style in chain_of(paragraph, "pPr", "pStyle"):
            match = re.fullmatch(r"heading (\d)", style.find(f"{W}name").get(f"{W}val"), re.I)
            if match:
                headings.append((int(match[1]), squeeze(run_text(paragraph))))
                break
    same("docx headings", headings, source.headings())

    targets = {rel.get("Id"): rel.get("Target") for rel in rels}
    links = []
    for link in body.iter(f"{W}hyperlink"):
        if link.get(f"{R}id"):
            links.append(targets[link.get(f"{R}id")])
    same("docx links", links, source.links())
    same("docx pictures", [shown.get("descr") for shown in body.iter(f"{WP}docPr")], source.pictures())

    # A label may have become the header of its row, which a table style makes bold.
    headers = {run for row in body.iter(f"{W}tr") for run in row.find(f"{W}tc").iter(f"{W}r")}
    bold = "".join(run_text(run) for run in body.iter(f"{W}r")
                   if run in headers or any(style.find(f"{W}rPr/{W}b") is not None or style.find(f"{W}name").get(f"{W}val") == "Strong"
                          for style in chain_of(run, "rPr", "rStyle")))
    missing = first_missing([word for text in source.strong() for word in words(text)], bold)
    expect(missing is None, f"docx strong text: {missing}")


# ---- text

RULE = re.compile("[─┼┬┴]+")


def cell_by_cell(text):
    """The text with the cells of drawn tables one after the other, as they were written.

    A rule parts the header from the rows, and the rows from each other if one of them takes several lines.
    """
    lines, table = [], []
    for line in text.split("\n") + [""]:
        if "│" in line[1:] or ("┼" in line and RULE.fullmatch(line)):
            table.append(line)
            continue
        rules = [row for row, drawn in enumerate(table) if RULE.fullmatch(drawn)]
        cells = []
        for row, drawn in enumerate(table):
            ends = row in rules or (len(rules) == 1 and row > rules[0])
            if ends:
                lines += cells
                cells = []
            if row not in rules:
                parts = drawn.split("│")
                cells += [""] * (len(parts) - len(cells))
                parts += [""] * (len(cells) - len(parts))
                cells = [f"{cell} {part}" for cell, part in zip(cells, parts)]
        lines += cells + [line]
        table = []
    return "\n".join(lines)


def check_text(path, source):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    missing = first_missing(source.words(), cell_by_cell(text))
    expect(missing is None, f"text: {missing}")
    for description in source.pictures():
        expect(f"[image: {description}]" in squeeze(text), f"text: picture \"{description}\" is missing")
    for target in source.links():
        expect(target in text or target.removeprefix("mailto:") in text, f"text: link target {target} is missing")
    at = 0
    squeezed = squeeze(text)
    for _, title in source.headings():
        found = squeezed.find(plain(title), at)
        expect(found >= 0, f"text: heading \"{title}\" is missing or out of order")
        at = max(at, found)
    for number, line in enumerate(text.split("\n"), 1):
        expect(line == line.rstrip(), f"text: line {number} ends in white space")


def main():
    path, folder = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        source = Source(file.read())
    stem = os.path.join(folder, os.path.splitext(os.path.basename(path))[0])
    check_pdf(stem + ".pdf", source)
    check_docx(stem + ".docx", source)
    check_text(stem + ".txt", source)
    for fault in FAULTS:
        print(f"{path}: {fault}")
    sys.exit(1 if FAULTS else 0)


main()
