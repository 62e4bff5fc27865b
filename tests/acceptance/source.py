"""Brevier — what an analysis says, read from its text independently of the engine.

A deliberately small reader of the archive form and of Markdown: enough to list the words, headings, links and emphasis
that every output must hold, and nothing of how Brevier does it.
"""
# SPDX-License-Identifier: MIT
import re
import unicodedata

FENCE = re.compile(r"^ {0,3}(```|~~~)")
HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
ORDINAL = re.compile(r"^\s*\d+[.)]\s")  # Word numbers lists itself
FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:")
LINK = re.compile(r"(?<!!)\[([^\]^][^\]]*)\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)\s]+(?:\s+\"([^\"]*)\")?\)")
AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+|[^>\s@]+@[^>\s]+)>")


class Source:
    """The body of an analysis as lines of prose and lines of code, front matter dropped."""

    def __init__(self, text):
        lines = text.replace("\r\n", "\n").split("\n")
        if lines[0].strip() == "---":
            end = lines.index("---", 1)
            lines = lines[end + 1:]
        self.lines = []  # (is_code, line)
        fence = False
        for line in lines:
            if FENCE.match(line):
                fence = not fence
            else:
                self.lines.append((fence or line.startswith("    "), line))

    def prose(self):
        return [line for is_code, line in self.lines if not is_code]

    def headings(self):
        """(level, plain text) of each # heading."""
        found = [HEADING.match(line) for line in self.prose()]
        return [(len(match[1]), plain(match[2])) for match in found if match]

    def links(self):
        """Targets in order of appearance."""
        targets = []
        for line in self.prose():
            line = re.sub(r"`[^`]*`", "", line)
            spots = [(m.start(), m[2]) for m in LINK.finditer(line)]
            spots += [(m.start(), m[1] if ":" in m[1] else "mailto:" + m[1]) for m in AUTOLINK.finditer(line)]
            targets += [target for _, target in sorted(spots)]
        return targets

    def pictures(self):
        """The descriptions of pictures, which are no words of the text where the picture can be seen."""
        return [match[1] for line in self.prose() for match in PICTURE.finditer(re.sub(r"`[^`]*`", "", line))]

    def strong(self):
        """Texts between double stars."""
        text = "\n".join(re.sub(r"`[^`]*`", "", line) for line in self.prose())
        return [plain(match) for match in re.findall(r"\*\*([^*]+)\*\*", text)]

    def words(self):
        """All words in order: footnotes' own text left out, since outputs move it."""
        kept = []
        for is_code, line in self.lines:
            if is_code:
                kept.append(line)
            elif not FOOTNOTE.match(line) and not re.fullmatch(r"[|:\-\s]+", line):
                kept.append(plain(ORDINAL.sub("", line)))
        return words(" ".join(kept))


def plain(text):
    """Inline Markdown without its marks."""
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    text = re.sub(r"^\s*[-*+] \[[ xX]\] ", "", text)
    text = PICTURE.sub(lambda match: match[2] or "", text)  # its caption
    text = LINK.sub(r"\1", text)
    text = AUTOLINK.sub(r"\1", text)
    parts = re.split(r"(`[^`]*`)", text)
    parts = [part[1:-1] if part.startswith("`") else re.sub(r"\*\*|\*|~~|^\s*#{1,6}\s+|^\s*>\s?", "", part)
             for part in parts]
    return "".join(parts).strip()


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def first_missing(expected, text):
    """The first of the expected words that does not follow the ones before it in `text`, or None.

    White space is ignored in `text`, since a page breaks lines where it likes; a gap between two words may hold what a
    page adds (a running header, a footer, a marker) but no more than that.
    """
    stream = "".join(words(text))
    at, gap = 0, 1200
    for index, word in enumerate(expected):
        found = stream.find(word, at, at + gap + len(word))
        if found < 0:
            return f"word {index} \"{word}\" after \"{' '.join(expected[max(0, index - 5):index])}\""
        at = found + len(word)
    return None
