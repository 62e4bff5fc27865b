"""Brevier — the Word documents of the samples say what their sources say, and only in named styles.

usage: docx_samples.py BREVIER SOURCE_DIR SCRATCH

Outline, lists, tables, notes, properties and styles are read by python-docx; exits with 77 (skipped) where it is not
installed. What the sources say is read by tests/acceptance/source.py and a few lines here.
"""
# SPDX-License-Identifier: MIT
import glob
import os
import re
import subprocess
import sys
import zipfile

try:
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph
except ImportError:
    print("skipped: python-docx is not installed")
    sys.exit(77)

brevier, root, scratch = sys.argv[1:]
sys.path.insert(0, os.path.join(root, "tests", "acceptance"))
from source import Source, plain  # noqa: E402

ITEM = re.compile(r"^( *)([-*+]|\d+[.)])\s+(?:\[[ x]\] )?(.*)$")
NOTE = re.compile(r"^\[\^([^\]]+)\]:\s*(.*)$")
# What a paragraph or run may say of itself.
NAMED = {"pStyle", "rStyle", "lang", "rtl", "bidi", "sectPr"}
FAULTS = []


def squeeze(text):
    return " ".join(text.split())


def expect(holds, message):
    if not holds:
        FAULTS.append(message)


# ---- the source

def source_items(source):
    """(is ordered, first line) of each list item."""
    found = [ITEM.match(line) for line in source.prose()]
    return [(match[2][0].isdigit(), squeeze(plain(match[3]))) for match in found if match]


def source_tables(source):
    """Rows of cells of each pipe table."""
    tables, rows = [], []
    for line in source.prose() + [""]:
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            rows.append([squeeze(plain(cell.replace("\\|", "|"))) for cell in cells])
        elif rows:
            tables.append([row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)])
            rows = []
    return tables


def front_matter(text):
    if not text.startswith("---\n"):
        return {}
    lines = text[4:text.index("\n---\n")].split("\n")
    pairs = [line.split(":", 1) for line in lines if ":" in line and not line.startswith((" ", "-"))]
    return {key.strip(): value.strip().strip('"') for key, value in pairs}


# ---- the document

def numbering_of(paragraph, formats):
    """The number format of a paragraph, by itself or through its styles; None when it has none."""
    holders, style = [paragraph._p], paragraph.style
    while style is not None:
        holders.append(style.element)
        style = style.base_style
    for holder in holders:
        if holder.pPr is not None and holder.pPr.numPr is not None:
            level = holder.pPr.numPr.ilvl
            return formats[holder.pPr.numPr.numId.val, level.val if level is not None else 0]
    return None


def number_formats(document):
    root = document.part.numbering_part.element
    abstract = {node.get(qn("w:abstractNumId")): node for node in root.findall(qn("w:abstractNum"))}
    formats = {}
    for num in root.findall(qn("w:num")):
        for level in abstract[num.find(qn("w:abstractNumId")).get(qn("w:val"))].findall(qn("w:lvl")):
            formats[int(num.get(qn("w:numId"))), int(level.get(qn("w:ilvl")))] = level.find(qn("w:numFmt")).get(qn("w:val"))
    return formats


def direct_formatting(path):
    """Properties outside of styles, in all parts with text."""
    found = []
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|footnotes|header\d|footer\d)\.xml", name):
                part = docx.oxml.parse_xml(package.read(name))
                for kind in ("w:pPr", "w:rPr"):
                    found += [child.tag.rpartition("}")[2] for properties in part.iter(qn(kind)) for child in properties]
    return {name: found.count(name) for name in sorted(set(found) - NAMED)}


def check_theme(path, name):
    """Fonts and colours of the theme are named wherever styles have them, and stand beside with the theme's values."""
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    with zipfile.ZipFile(path) as package:
        theme = docx.oxml.parse_xml(package.read("word/theme/theme1.xml"))
        styles = docx.oxml.parse_xml(package.read("word/styles.xml"))
    slots = {slot.tag.rpartition("}")[2]: slot[0].get("val") for slot in next(theme.iter(f"{drawing}clrScheme"))}
    for old, new in (("dk1", "text1"), ("lt1", "background1"), ("dk2", "text2"), ("lt2", "background2"), ("hlink", "hyperlink")):
        slots[new] = slots.pop(old)
    for node in styles.iter():
        for value, reference in (("val" if node.tag == qn("w:color") else "color", "themeColor"), ("fill", "themeFill")):
            color, slot = node.get(qn("w:" + value)), node.get(qn("w:" + reference))
            if slot:
                expect(slots[slot] == color, f"{name}: {slot} is {slots[slot]}, not {color}")
            elif color:
                expect(color not in slots.values(), f"{name}: {color} is the theme's, which is not said")
    fonts = {which: next(theme.iter(drawing + which + "Font")).find(drawing + "latin").get("typeface")
             for which in ("major", "minor")}
    for node in styles.iter(qn("w:rFonts")):
        slot, font = node.get(qn("w:asciiTheme")), node.get(qn("w:ascii"))
        expect(fonts[slot[:5]] == font if slot else font not in fonts.values(), f"{name}: {font} is not said to be the theme's")
    default = styles.find(qn("w:docDefaults")).find(".//" + qn("w:rFonts"))
    expect(default.get(qn("w:asciiTheme")) == "minorHAnsi", f"{name}: text does not have the theme's font")
    headings = [style.find(".//" + qn("w:rFonts")) for style in styles.iter(qn("w:style"))
                if style.find(qn("w:name")).get(qn("w:val")) in ("heading 2", "heading 3", "heading 4")]
    expect(len(headings) == 3 and all(node.get(qn("w:asciiTheme")) == "majorHAnsi" for node in headings),
           f"{name}: headings do not have the theme's font")
    expect({"text1", "hyperlink"} & {node.get(qn("w:themeColor")) for node in styles.iter()}, f"{name}: no colour is the theme's")


def body_text(document):
    """Texts of all paragraphs, those in tables included."""
    return [Paragraph(p, document) for p in document.element.body.iter(qn("w:p"))]


def text_of(element):
    """What it says, in links, too, of which older readers know nothing."""
    return squeeze("".join(t.text or "" for t in element.iter(qn("w:t"))))


def table_rows(table):
    return [[text_of(cell._tc) for cell in row.cells] for row in table.rows]


def check(path, text):
    name = os.path.basename(path)
    check_theme(path, name)
    source, meta = Source(text), front_matter(text)
    document = docx.Document(path)
    paragraphs = body_text(document)

    outline = []
    for paragraph in paragraphs:
        style = paragraph.style
        while style is not None and not re.fullmatch(r"Heading \d", style.name):
            style = style.base_style
        if style is not None:
            outline.append((int(style.name[-1]), text_of(paragraph._p)))
    expect(outline == source.headings(), f"{name}: outline {outline}, wanted {source.headings()}")

    formats = number_formats(document)
    items = {}
    for paragraph in paragraphs:
        items.setdefault(text_of(paragraph._p), set()).add(numbering_of(paragraph, formats))
    tables = [table_rows(table) for table in document.tables]
    in_tables = " ".join(" ".join(row) for rows in tables for row in rows)
    notes = {m[1] for m in map(NOTE.match, source.prose()) if m}
    for is_ordered, item in source_items(source):
        wanted = "decimal" if is_ordered else "bullet"
        item = squeeze(re.sub(r"\[\^[^\]]*\]", "", item))
        seen = [kinds for full, kinds in items.items() if full.startswith(item)]
        is_fact = ": " in item and all(part.rstrip(":") in in_tables for part in item.split(": ", 1))
        expect(any(wanted in kinds for kinds in seen) or is_fact, f"{name}: no {wanted} item \"{item}\"")

    for wanted in source_tables(source):
        wanted = [[re.sub(r"\[\^[^\]]*\]", "", cell) for cell in row] for row in wanted]
        expect(wanted in tables, f"{name}: no table {wanted[0]}")
    for table in document.tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        for row in table._tbl.tr_lst:
            at = 0
            for cell in row.tc_lst:
                width = sum(grid[at:at + cell.grid_span])
                at += cell.grid_span
                expect(cell.width.twips == width, f"{name}: a cell is not as wide as its columns")
            expect(at == len(grid), f"{name}: a row does not fill its grid")

    calls = list(document.element.body.iter(qn("w:footnoteReference")))
    expect(len(calls) >= len(notes), f"{name}: {len(calls)} calls of {len(notes)} notes")

    properties = document.core_properties
    title = meta.get("title", source.headings()[0][1]).split(": ", 1)[-1]
    expect(properties.title.endswith(title), f"{name}: title \"{properties.title}\"")
    expect(properties.language == meta.get("lang", "en"), f"{name}: language \"{properties.language}\"")
    if meta.get("authors"):
        authors = [author.strip(' "[]') for author in meta["authors"].split(",")]
        expect(properties.author.split("; ") == authors, f"{name}: authors \"{properties.author}\"")


def main():
    os.makedirs(scratch, exist_ok=True)
    sources = sorted(glob.glob(os.path.join(root, "samples", "*.md")) + glob.glob(os.path.join(root, "samples", "*.txt")))
    sources = [path for path in sources if not path.endswith("README.md")]
    sheets = sorted(os.path.basename(path)[:-4] for path in glob.glob(os.path.join(root, "stylesheets", "*.css")))
    plain_sections = os.path.join(scratch, "sections.css")
    with open(plain_sections, "w", encoding="utf-8") as file:
        file.write('section:not(.title):not(.excerpt) { -brv-renderer: "default" }\n')  # as they are written, no plugin's idea of them

    def render(path, sheet, *options):
        out = os.path.join(scratch, f"{os.path.basename(path).split('.')[0]}-{sheet}{len(options)}.docx")
        subprocess.run([brevier, "render", path, "-s", sheet, *options, "-o", out], check=True, stderr=subprocess.DEVNULL)
        return out

    for path in sources:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for sheet in sheets:
            check(render(path, sheet, "-s", plain_sections), text)
            out = render(path, sheet)
            expect(not direct_formatting(out), f"{out}: direct formatting {direct_formatting(out)}")
    print("\n".join(FAULTS))
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
