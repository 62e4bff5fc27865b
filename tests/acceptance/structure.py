"""Brevier — a reader of tagged PDF files that follows the structure tree, as a screen reader does.

It relies on nothing but the standard (ISO 32000-1, 14.7 and 14.8): the children of an element in their order, marked content
by its number, ActualText before what the codes of the fonts say. In ReversedChars a string is turned round; the strings
themselves come in the order of the text (14.8.2.3.3).
"""
# SPDX-License-Identifier: MIT
import re
import unicodedata

import pikepdf

INLINE = {"/Span", "/Link", "/Reference", "/Lbl", "/Code"}


def is_right_to_left(text):
    return any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)


def utf16(digits):
    return bytes.fromhex(digits).decode("utf-16-be")


def meanings(font):
    """What the codes of a font read as, by its ToUnicode."""
    told = {}
    cmap = font["/ToUnicode"].read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            told[int(code, 16)] = utf16(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w*)>", block):
            for code in range(int(low, 16), int(high, 16) + 1):
                told[code] = utf16(f"{int(text, 16) + code - int(low, 16):0{len(text)}x}")
    return told


class Page:
    """The marked content of a page: its text by number."""

    def __init__(self, page, fonts):
        self.texts = {}
        number = replaced = told = None
        is_reversed = False
        depth = 0
        resources = page.get("/Resources", {}).get("/Font", {})
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                depth += 1
                properties = operands[1] if name == "BDC" else {}
                if depth == 1 and "/MCID" in properties:
                    is_reversed = str(operands[0]) == "/ReversedChars"
                    number, replaced = int(properties["/MCID"]), properties.get("/ActualText")
                    self.texts[number] = str(replaced) if replaced is not None else ""
            elif name == "EMC":
                depth -= 1
                number = number if depth else None
            elif name == "Tf":
                font = resources[str(operands[0])]
                if font.objgen not in fonts:
                    fonts[font.objgen] = meanings(font)
                told = fonts[font.objgen]
            elif name in ("Tj", "TJ") and number is not None and replaced is None:
                self.texts[number] += self.string(operands[0] if name == "TJ" else operands, told, is_reversed)

    @staticmethod
    def string(parts, told, is_reversed):
        codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
        said = [told[codes[i] << 8 | codes[i + 1]] for i in range(0, len(codes), 2)]
        return "".join(reversed(said) if is_reversed else said)


def structure_text(path, leave_out=()):
    """The text of the tree, elements that are no part of a line parted by line ends. `leave_out`: types to pass by."""
    pieces = []
    with pikepdf.open(path) as pdf:
        fonts = {}
        pages = {page.objgen: Page(page, fonts) for page in (p.obj for p in pdf.pages)}

        def children(item):
            kids = item.get("/K", pikepdf.Array())
            return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

        def read(item, page):
            if isinstance(item, int):
                pieces.append(pages[page].texts[item])
            elif item.get("/Type") == "/MCR":
                pieces.append(pages[item["/Pg"].objgen].texts[int(item["/MCID"])])
            elif "/S" in item and str(item["/S"]) not in leave_out:
                end = "" if str(item["/S"]) in INLINE else "\n"
                own = item["/Pg"].objgen if "/Pg" in item else page
                pieces.append(end)
                if "/ActualText" in item:
                    pieces.append(str(item["/ActualText"]))
                else:
                    for kid in children(item):
                        read(kid, own)
                pieces.append(end)

        for item in children(pdf.Root["/StructTreeRoot"]):
            read(item, None)
    return "".join(pieces)
