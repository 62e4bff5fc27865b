#!/usr/bin/python3
"""Brevier — the same document through whatever typesets Markdown here, as PDF and as page images to look at.

usage: quality.py BREVIER FOLDER [DOCUMENT]    default: samples/threat-actor.md
Tools that are not installed are left out. Typst is found as `typst`, or, with TYPST_NODE=FOLDER, as the npm package
@myriaddreamin/typst-ts-node-compiler in that folder. What the images show is written down in QUALITY.md.
"""
# SPDX-License-Identifier: MIT
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NODE = """
const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler");
const fs = require("fs");
const compiler = NodeCompiler.create({ workspace: process.cwd(), fontArgs: [{ fontPaths: ["/usr/share/fonts"] }] });
fs.writeFileSync(process.argv.at(-1), compiler.pdf({ mainFileContent: fs.readFileSync(0, "utf8") }));
"""
TYPST_HEAD = """#set page(paper: "a4", margin: 27mm, numbering: "1")
#set text(font: ("Noto Serif",), size: 9.75pt, lang: "en")
#set par(justify: true)
#set table(stroke: (x: none, y: 0.5pt + gray))
#show raw: set text(font: "Noto Sans Mono")
"""


def typst_inline(nodes):
    out = []
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            out.append(re.sub(r"([\\#*_`$<>@\[\]~=/+.;(-])", r"\\\1", content))
        elif kind in ("Space", "SoftBreak"):
            out.append(" ")
        elif kind == "LineBreak":
            out.append(" \\\n")
        elif kind in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript"):
            name = {"Emph": "emph", "Strong": "strong", "Strikeout": "strike", "Superscript": "super"}.get(kind, "sub")
            out.append(f"#{name}[{typst_inline(content)}]")
        elif kind == "Quoted":
            marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            out.append(marks[0] + typst_inline(content[1]) + marks[1])
        elif kind == "Code":
            out.append(f"#raw({json.dumps(content[1], ensure_ascii=False)})")
        elif kind == "Link":
            out.append(f"#link({json.dumps(content[2][0])})[{typst_inline(content[1])}]")
        elif kind == "Note":
            out.append(f"#footnote[{typst_blocks(content)}]")
    return "".join(out)


def typst_cells(rows):
    return ", ".join(f"[{typst_blocks(cell[4])}]" for row in rows for cell in row[1])


def typst_blocks(blocks):
    out = []
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            out.append(typst_inline(content))
        elif kind == "Header":
            out.append("=" * content[0] + " " + typst_inline(content[2]))
        elif kind == "CodeBlock":
            out.append(f"#raw(block: true, {json.dumps(content[1], ensure_ascii=False)})")
        elif kind == "BlockQuote":
            out.append(f"#quote(block: true)[{typst_blocks(content)}]")
        elif kind in ("BulletList", "OrderedList"):
            items = content if kind == "BulletList" else content[1]
            name = "list" if kind == "BulletList" else "enum"
            out.append(f"#{name}({', '.join('[' + typst_blocks(item) + ']' for item in items)})")
        elif kind == "Table":
            columns = len(content[2])
            head, bodies = content[3][1], content[4]
            out.append(f"#table(columns: {columns}, table.header({typst_cells(head)}), "
                       + ", ".join(typst_cells(body[3]) for body in bodies) + ")")
        elif kind == "HorizontalRule":
            out.append("#line(length: 100%)")
    return "\n\n".join(out)


def typst_source(markdown):
    tree = json.loads(subprocess.run(["pandoc", "-t", "json", str(markdown)], check=True, capture_output=True).stdout)
    return TYPST_HEAD + typst_blocks(tree["blocks"])


def typst(markdown, pdf):
    source = typst_source(markdown)
    if shutil.which("typst"):
        command, folder = ["typst", "compile", "-", str(pdf)], None
    else:
        command, folder = ["node", "-e", NODE, "--", str(pdf)], os.environ["TYPST_NODE"]
    subprocess.run(command, input=source.encode(), check=True, capture_output=True, cwd=folder)


def shell(command):
    return lambda markdown, pdf: subprocess.run(
        ["sh", "-c", command, "sh", str(markdown), str(pdf)], check=True, capture_output=True)


def tools(brevier):
    return {
        "brevier": (shell(f'"{brevier}" render "$1" -o "$2"'), []),
        "typst": (typst, ["pandoc"] + ([] if shutil.which("typst") else ["node"])),
        "weasyprint": (shell('pandoc -s "$1" -o "$2.html" && weasyprint "$2.html" "$2"'), ["pandoc", "weasyprint"]),
        "latex": (shell('pandoc "$1" -o "$2"'), ["pandoc", "pdflatex"]),
        "groff": (shell('pandoc -s -t ms "$1" | groff -k -ms -t -Tpdf >"$2"; test -s "$2"'), ["pandoc", "groff"]),
        "lowdown": (shell('lowdown -s -Tms "$1" | groff -k -ms -t -Tpdf >"$2"; test -s "$2"'), ["lowdown", "groff"]),
    }


def facts(pdf):
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
    found = dict(re.findall(r"^(Pages|Tagged|File size):\s+(\S+)", info, flags=re.M))
    words = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True).stdout
    width = float(re.search(r'<page width="([\d.]+)"', words)[1])
    over = sum(float(right) > width - 20 for right in re.findall(r'xMax="([\d.]+)"', words))
    return found.get("Pages"), int(found.get("File size", 0)) / 1024, found.get("Tagged"), over


def main():
    brevier, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    document = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else ROOT / "samples" / "threat-actor.md").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{document.name:12}{'pages':>7}{'KB':>8}{'tagged':>8}  words within 20 pt of the right edge")
    for name, (run, needed) in tools(brevier).items():
        if not all(shutil.which(tool) for tool in needed) or (name == "typst" and "node" in needed and not os.environ.get("TYPST_NODE")):
            print(f"{name:12} not installed")
            continue
        pdf = (folder / f"{document.stem}-{name}.pdf").resolve()
        try:
            run(document, pdf)
        except subprocess.CalledProcessError as error:
            print(f"{name:12} failed: {error.stderr.decode(errors='replace').strip().splitlines()[:3]}")
            continue
        subprocess.run(["pdftoppm", "-r", "80", "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
        pages, size, tagged, over = facts(pdf)
        print(f"{name:12}{pages:>7}{size:8.1f}{tagged:>8}  {over}")


main()
