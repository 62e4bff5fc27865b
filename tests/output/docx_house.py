"""Brevier — a Word document takes over the look of a customer's file, which LibreOffice makes here.

usage: docx_house.py BREVIER SAMPLE SCRATCH

Exits with 77 (skipped) where LibreOffice or python-docx is not installed.
"""
# SPDX-License-Identifier: MIT
import os
import shutil
import subprocess
import sys
import zipfile

try:
    import docx
    from docx.shared import Pt
except ImportError:
    print("skipped: python-docx is not installed")
    sys.exit(77)

HOUSE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="Gentium Basic"
 fo:font-family="'Gentium Basic'" fo:font-size="11pt" fo:color="#202830"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-family="'Gentium Basic'" fo:font-size="11pt" fo:color="#223344"/></style:style>
<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Heading"
 style:default-outline-level="1"><style:text-properties fo:font-family="'Cantarell'" fo:font-size="26pt" fo:color="#00695c"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:parent-style-name="Heading"
 style:default-outline-level="2"><style:text-properties fo:font-family="'Cantarell'" fo:font-size="15pt" fo:color="#00897b"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="210mm"
 fo:page-height="297mm" fo:margin-top="15mm" fo:margin-bottom="15mm" fo:margin-left="40mm" fo:margin-right="25mm"/>
<style:header-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
<style:header><text:p>Quay House <text:a xlink:href="https://tracker.example/pixel" xlink:type="simple">Gazette</text:a>,
 page <text:page-number>1</text:page-number></text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text><text:h text:style-name="Heading_20_1" text:outline-level="1">A</text:h>
<text:h text:style-name="Heading_20_2" text:outline-level="2">B</text:h><text:p text:style-name="Text_20_body">c</text:p>
</office:text></office:body></office:document>
"""
FAULTS = []


def same(name, got, wanted):
    if got != wanted:
        FAULTS.append(f"{name}: got {got}, wanted {wanted}")


def inherited(style, read):
    while style is not None:
        value = read(style.font)
        if value is not None:
            return value
        style = style.base_style
    return None


def check(path):
    document = docx.Document(path)
    first = {paragraph.style.name: paragraph for paragraph in reversed(document.paragraphs)}
    for name, font, size, color in (("Heading 1", "Cantarell", 26, "00695C"), ("Heading 2", "Cantarell", 15, "00897B"),
                                    ("Body Text", "Gentium Basic", 11, "223344")):
        style = first[name].style
        same(f"{name}: font", inherited(style, lambda font: font.name), font)
        same(f"{name}: size", inherited(style, lambda font: font.size), Pt(size))
        same(f"{name}: colour", str(inherited(style, lambda font: font.color.rgb)), color)
    section = document.sections[0]
    same("left margin", round(section.left_margin.mm), 40)
    header = " ".join(" ".join(p.text for p in section.header.paragraphs).split())
    same("header", header.startswith("Quay House Gazette, page"), True)
    same("header: field", "PAGE" in section.header._element.xml, True)
    names = {style.name for style in document.styles}
    same("the sheet's own styles fill the gaps", {"Table Text", "Source Code", "List Number"} <= names, True)
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".rels") and name != "word/_rels/document.xml.rels":
                same(f"{name} leads outside", b"External" in package.read(name), False)
            same("the template's link", b"tracker.example" in package.read(name), False)


def main():
    brevier, sample, scratch = sys.argv[1:]
    if not shutil.which("soffice"):
        print("skipped: LibreOffice is not installed")
        return 77
    shutil.rmtree(scratch, ignore_errors=True)
    os.makedirs(scratch)
    source = os.path.join(scratch, "house.fodt")
    with open(source, "w", encoding="utf-8") as file:
        file.write(HOUSE)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "docx",
                    "--outdir", scratch, source], check=True, capture_output=True)
    template = os.path.join(scratch, "house.docx")
    by_option = os.path.join(scratch, "option.docx")
    subprocess.run([brevier, "render", sample, "--word-template", template, "-o", by_option], check=True)
    check(by_option)
    sheet = os.path.join(scratch, "house.css")
    with open(sheet, "w", encoding="utf-8") as file:
        file.write('@import "briefing";\n:root { -brv-word-template: url(house.docx) }\n')
    by_sheet = os.path.join(scratch, "sheet.docx")
    subprocess.run([brevier, "render", sample, "-s", sheet, "-o", by_sheet], check=True)
    with open(by_option, "rb") as one, open(by_sheet, "rb") as two:
        same("option and property", one.read() == two.read(), True)
    for content in b"", b"no archive":
        with open(template, "wb") as file:
            file.write(content)
        for options in ["--word-template", template], ["-s", sheet]:
            run = subprocess.run([brevier, "render", sample, *options, "-o", by_sheet], capture_output=True, text=True)
            same("status for what is no template", run.returncode, 1)
            same("and its message", "is no Word document (.docx)" in run.stderr, True)
    print("\n".join(FAULTS))
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
