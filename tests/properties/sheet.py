"""Brevier — where the declarations of a stylesheet stand: enough of CSS to leave one out."""
# SPDX-License-Identifier: MIT
import re

TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|[^{};"'/]+|/""", re.DOTALL)
MEDIA = {"pdf": ("pdf", "print", "all"), "docx": ("docx", "print", "all"), "text": ("text", "all")}


class Declaration:
    def __init__(self, begin, end, text, media):
        self.begin, self.end, self.media = begin, end, media
        name, _, value = text.partition(":")
        self.name, self.value = name.strip(), value.strip()

    def __str__(self):
        return f"{self.name}: {self.value}"

    def applies_to(self, output):
        return all(any(name in MEDIA[output] for name in media) for media in self.media)


def declarations(sheet):
    """Each declaration, with the @media that it stands in, outermost first."""
    blocks, begin, text, found = [], 0, "", []
    for token in TOKEN.finditer(sheet):
        mark = token[0]
        if mark not in "{};":
            text += "" if mark.startswith("/*") else mark
            continue
        if mark != "{" and blocks and ":" in text:
            media = [re.findall(r"[a-z]+", block[len("@media"):]) for block in blocks if block.startswith("@media")]
            end = token.end() if mark == ";" else token.start()
            found.append(Declaration(begin, end, text, media))
        if mark == "{":
            blocks.append(text.strip())
        elif mark == "}":
            blocks.pop()
        begin, text = token.end(), ""
    return found


def without(sheet, left_out):
    for declaration in sorted(left_out, key=lambda d: d.begin, reverse=True):
        sheet = sheet[:declaration.begin] + sheet[declaration.end:]
    return sheet
