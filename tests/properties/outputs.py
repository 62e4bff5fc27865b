"""Brevier — the three outputs of an analysis as lines that can be compared and read."""
# SPDX-License-Identifier: MIT
import difflib
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile

PARTS = re.compile(r"word/(styles|numbering|document|footnotes|settings|header\d+|footer\d+)\.xml")
COLUMNS = "60"  # narrow, so that a line wraps soon


def run(command, folder):
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    messages = done.stderr.decode()
    if done.returncode != 0 and not messages:
        messages = f"exit status {done.returncode}"
    return done.stdout, messages


def pdf(program, folder, sheet, options):
    """The pages before they are drawn."""
    dump, messages = run([program, "inspect", "in.md", "--stage", "pages", "-s", sheet, "--plugin-path", "plugins",
                          *options], folder)
    return [line.strip() for line in dump.decode().splitlines()], messages


def local(name):
    return name.rpartition("}")[2]


def label(element):
    """What tells an element from its siblings without counting: an insertion must not rename the rest."""
    name = local(element.tag)
    attributes = {local(key): value for key, value in element.attrib.items()}
    if name == "p":
        text = "".join(t.text or "" for t in element.iter() if local(t.tag) in ("t", "instrText"))
        return f"p[{text[:12]}]" if text else name
    for key in ("styleId", "numId", "abstractNumId", "ilvl"):
        if key in attributes and name in ("style", "num", "abstractNum", "lvl"):
            return f"{name}[{attributes[key]}]"
    return name


def condensed(element):
    """All that a level of a list says."""
    said = [local(e.tag) + "".join(f" {value}" for value in e.attrib.values()) for e in element.iter() if e is not element]
    return "; ".join(said)


QUIET = ("name", "next", "uiPriority", "qFormat", "multiLevelType", "bookmarkStart", "bookmarkEnd")  # of a style, of a list


def leaves(element, path):
    """One line for each thing that an element says, after the path to it."""
    if local(element.tag) in QUIET:
        return
    if local(element.tag) == "lvl":
        if path.endswith("/lvl[0]"):  # the deeper ones repeat it
            yield f"{path} {condensed(element)}"
        return
    # What refers to the theme repeats a value that stands beside.
    attributes = "".join(f' {local(key)}="{value}"' for key, value in element.attrib.items() if "theme" not in key.lower())
    text = f' "{element.text}"' if element.text and element.text.strip() else ""
    if attributes or text or len(element) == 0:
        yield path + attributes + text
    for child in element:
        yield from leaves(child, f"{path}/{label(child)}")


def docx(program, folder, sheet, options):
    """The parts of the package that a sheet has a say in."""
    path = sheet.replace(".css", ".docx")
    _, messages = run([program, "render", "in.md", "-s", sheet, "--plugin-path", "plugins", "-o", path, *options], folder)
    lines = []
    if os.path.exists(path):
        with zipfile.ZipFile(path) as package:
            for name in sorted(package.namelist()):
                if match := PARTS.fullmatch(name):
                    root = ElementTree.fromstring(package.read(name))
                    for child in root:
                        lines += leaves(child, f"{match[1]}: {label(child)}")
    return lines, messages


def text(program, folder, sheet, options):
    made, messages = run([program, "render", "in.md", "-t", "text", "-s", sheet, "--plugin-path", "plugins",
                          "--text-width", COLUMNS, "-o", "-", *options], folder)
    return made.decode().split("\n"), messages


OUTPUTS = {"pdf": pdf, "docx": docx, "text": text}


def difference(before, after):
    """The lines that went and those that came, in order. A form feed is shown by its picture."""
    lines = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            lines += ["- " + line for line in before[a:b]] + ["+ " + line for line in after[c:d]]
    return [line.replace("\f", "␌").rstrip() for line in lines]
