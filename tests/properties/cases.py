"""Brevier — the cases of the property tests: Markdown with fenced blocks, read and, for the goldens, written."""
# SPDX-License-Identifier: MIT
import re

from outputs import OUTPUTS

FENCE = re.compile(r"^(```+)(\S+)(?: (\S+))?$")


class Case:
    """A heading and the blocks beneath it."""

    def __init__(self, path, line, name, files):
        self.path, self.line, self.name = path, line, name
        self.property = name.split(" ")[0]  # "content in margin boxes" is a case of "content"
        self.files = dict(files)  # by name; in.md is the analysis
        self.templates = {}  # by name: the sheet under which the analysis becomes that Word file
        self.sheet, self.before, self.options, self.messages, self.goldens = None, None, [], None, {}
        self.end = line  # the line after the last block that is no golden
        self.golden_lines = set()


def take(case, language, name, lines):
    text = "".join(line + "\n" for line in lines)
    if language in OUTPUTS:
        case.goldens[language] = lines
    elif language == "css" and name == "before":
        case.before = text
    elif language == "css" and name is None:
        case.sheet = text
    elif language == "options":
        case.options = text.split()
    elif language == "template":
        case.templates[name] = text
    elif language == "messages":
        case.messages = text.strip()
    else:
        case.files[name or "in." + language] = text


def read_cases(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    common = Case(path, 0, "", {})
    case, found, number = common, [], 0
    while number < len(lines):
        if lines[number].startswith("## "):
            case = Case(path, number + 1, lines[number][3:].replace("`", ""), common.files)
            found.append(case)
        elif match := FENCE.match(lines[number]):
            last = lines.index(match[1], number + 1)
            take(case, match[2], match[3], lines[number + 1:last])
            if match[2] in OUTPUTS:
                case.golden_lines.update(range(number - 1 if lines[number - 1] == "" else number, last + 1))
            else:
                case.end = last + 1
            number = last
        number += 1
    return [case for case in found if case.sheet is not None]


def write_goldens(jobs):
    """Puts what came out in the place of what was written, and prints which cases changed."""
    for path in sorted({job.case.path for job in jobs}):
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        there = [job for job in jobs if job.case.path == path]
        for job in sorted(there, key=lambda job: job.case.line, reverse=True):
            case = job.case
            if case.goldens != job.goldens:
                print(f"{case.name}: rewritten")
            fences = []
            for output, golden in job.goldens.items():
                fences += ["", "```" + output, *golden, "```"]
            for number in sorted(case.golden_lines, reverse=True):
                del lines[number]
            lines[case.end:case.end] = fences
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
