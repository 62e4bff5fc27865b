"""Brevier — plugins on their samples: the elements, and what each output shows of them.

usage: goldens.py PROGRAM FOLDER SCRATCH [--plugin-path DIR] [--of DIR] [--lines N]

Each NAME.md of the folder is rendered for all outputs, which must go without a word. Beside it lie

    NAME.elements   what the plugins made
    NAME.txt        the text output
    NAME.pages      of the PDF: each tag with its text and its shapes
    NAME.word       of the Word document: paragraphs, tables, runs and shapes, with the names of their styles

Where things stand on a page and how they look is the stylesheet's: that is left out. With BRV_UPDATE=1 the files are written.
--of DIR: each plugin of that folder must have run for one of the samples; --lines N: none may be longer.
"""
# SPDX-License-Identifier: MIT
import argparse
import difflib
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# ---- PDF: the structure tree, filled with what the pages show of each of its elements


def pages_form(dump):
    shown = {}
    tree = []
    for line in dump.split("\n"):
        item = re.match(r'  (text|path|image) \S+ (\S+) .*?([A-Za-z0-9]+\.\d+)(?: "(.*)")?$', line)
        tag = re.match(r"( +)([A-Za-z0-9]+\.\d+)(.*)$", line)
        if line == "tags" or tree:
            if tag:
                tree.append((len(tag[1]) - 2, tag[2], tag[3]))
            elif line == "tags":
                tree.append((-1, "", ""))
        elif item:
            shown.setdefault(item[3], []).append((item[1], item[2], item[4]))
    lines = []
    for depth, name, attributes in tree[1:]:
        words = [(baseline, text) for kind, baseline, text in shown.get(name, []) if kind == "text"]
        shapes = sum(kind == "path" for kind, _, _ in shown.get(name, []))
        line = " " * depth + name.split(".")[0] + attributes
        line += f" shapes={shapes}" if shapes else ""
        # The words of a drawing are apart; those of a paragraph are one text however it is broken.
        if name.startswith("Figure"):
            line += "".join(f" “{word}”" for _, word in words)
        elif words:
            rows = ["".join(word for _, word in row) for _, row in itertools.groupby(words, lambda word: word[0])]
            line += f" “{' '.join(' '.join(rows).split())}”"
        lines.append(line)
    return "\n".join(lines) + "\n"


# ---- Word: the body, with the names of styles


def of_style(properties, name):
    style = properties.find(W + name) if properties is not None else None
    return " " + style.get(W + "val") if style is not None else ""


def word_run(run):
    style = of_style(run.find(W + "rPr"), "rStyle").strip()
    text = ""
    for part in run:
        name = part.tag.removeprefix(W)
        if name == "t":
            text += part.text or ""
        elif name in ("tab", "br"):
            text += "⇥" if name == "tab" else "↵"
        elif name == "footnoteReference":
            text += f"[note {part.get(W + 'id')}]"
        elif name == "instrText":
            text += "{" + (part.text or "").strip() + "}"
        elif name == "drawing":
            described = next(node for node in part.iter() if node.tag.endswith("}docPr"))
            shapes = sum(node.tag.rsplit("}")[-1] in ("sp", "wsp", "pic") for node in part.iter())
            words = [node.text for node in part.iter() if node.tag.endswith("}t")]
            text += f"<drawing “{described.get('descr') or ''}"[:80] + f"” shapes={shapes}"
            text += "".join(f" “{word}”" for word in words) + ">"
    return f"{style}“{text}”" if text and not text.startswith("<") else text


def word_inline(parent, links):
    runs = []
    for node in parent:
        name = node.tag.removeprefix(W)
        if name == "r":
            runs.append(word_run(node))
        elif name == "hyperlink":
            target = links.get(node.get(R + "id"), "#" + (node.get(W + "anchor") or ""))
            runs.append(f"<link {target}> " + " ".join(word_inline(node, links)))
        elif name == "bookmarkStart":
            runs.append(f"#{node.get(W + 'name')}")
        elif name in ("fldSimple", "ins", "sdt", "sdtContent", "smartTag"):
            runs.extend(word_inline(node, links))
    return [run for run in runs if run]


def word_blocks(parent, links, depth, lines):
    for node in parent:
        name = node.tag.removeprefix(W)
        properties = node.find(W + name + "Pr")
        indent = "  " * depth
        if name == "p":
            listed = properties is not None and properties.find(W + "numPr") is not None
            lines.append(
                " ".join([indent + "p" + of_style(properties, "pStyle") + " •" * listed] + word_inline(node, links))
            )
        elif name in ("tbl", "tr", "tc", "sdt", "sdtContent"):
            head = " header" if properties is not None and properties.find(W + "tblHeader") is not None else ""
            span = of_style(properties, "gridSpan")
            lines.append(indent + name + of_style(properties, "tblStyle") + head + (" span" + span if span else ""))
            word_blocks(node, links, depth + 1, lines)


def word_form(path):
    with zipfile.ZipFile(path) as package:
        body = ET.fromstring(package.read("word/document.xml")).find(W + "body")
        links = {}
        if "word/_rels/document.xml.rels" in package.namelist():
            for rel in ET.fromstring(package.read("word/_rels/document.xml.rels")):
                if rel.get("TargetMode") == "External":
                    links[rel.get("Id")] = rel.get("Target")
    lines = []
    word_blocks(body, links, 0, lines)
    return "\n".join(lines) + "\n"


# ---- samples


class Judge:
    def __init__(self, options):
        self.options = options
        self.faults = 0
        self.ran = set()

    def fault(self, text):
        self.faults += 1
        print(text)

    def run(self, *arguments):
        path = ["--plugin-path", self.options.plugin_path] if self.options.plugin_path else []
        done = subprocess.run([self.options.program, *arguments, *path], capture_output=True, cwd=self.options.folder)
        said = []
        for line in done.stderr.decode().splitlines():
            if line.startswith('{"trace"'):
                self.ran.add(json.loads(line)["plugin"])
            else:
                said.append(line)
        if said or done.returncode:
            self.fault(f"brevier {' '.join(map(str, arguments))}: exit status {done.returncode}\n" + "\n".join(said))
        return done.stdout.decode()

    def compare(self, path, got):
        want = path.read_text() if path.exists() else ""
        if want == got:
            return
        name = str(path)
        print("".join(difflib.unified_diff(want.splitlines(True), got.splitlines(True), name, name + " now")), end="")
        if os.environ.get("BRV_UPDATE"):
            path.write_text(got)
        else:
            self.fault(f"{name} is not what comes of it now")

    def sample(self, sample):
        stem = self.options.scratch / sample.stem
        trace = ["--trace", "--diagnostics=json", "--text-width", "72"]
        elements = self.run("inspect", sample.name, "--stage", "elements")
        self.compare(sample.with_suffix(".elements"), re.sub(r" @\d+:\d+$", "", elements, flags=re.M))
        for form in ("txt", "pdf", "docx"):
            self.run("render", sample.name, "-o", stem.with_suffix("." + form), *trace)
        self.compare(sample.with_suffix(".txt"), stem.with_suffix(".txt").read_text())
        self.compare(sample.with_suffix(".pages"), pages_form(self.run("inspect", sample.name, "--stage", "pages")))
        self.compare(sample.with_suffix(".word"), word_form(stem.with_suffix(".docx")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("scratch", type=pathlib.Path)
    parser.add_argument("--plugin-path", type=pathlib.Path)
    parser.add_argument("--of", type=pathlib.Path)
    parser.add_argument("--lines", type=int)
    judge = Judge(parser.parse_args())
    options = judge.options
    options.scratch = options.scratch.resolve()
    options.scratch.mkdir(parents=True, exist_ok=True)
    samples = sorted(options.folder.glob("*.md"))
    for sample in samples:
        judge.sample(sample)
    plugins = sorted(options.of.glob("*.lua")) if options.of else []
    for plugin in plugins:
        if plugin.stem not in judge.ran:
            judge.fault(f"{plugin}: no sample is rendered by it")
        if options.lines and len(plugin.read_text().splitlines()) > options.lines:
            judge.fault(f"{plugin}: more than {options.lines} lines")
    if not samples or (options.of and not plugins):
        judge.fault("there is nothing to look at")
    print(f"{len(samples)} samples, {len(plugins)} plugins, {judge.faults} faults")
    return 1 if judge.faults else 0


if __name__ == "__main__":
    sys.exit(main())
