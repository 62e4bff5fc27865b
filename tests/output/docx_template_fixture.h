// Brevier — Word files of customers for tests, made of parts.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_OUTPUT_DOCX_TEMPLATE_FIXTURE_H
#define BRV_TESTS_OUTPUT_DOCX_TEMPLATE_FIXTURE_H

#include "docx_fixture.h"

#include "output/docx_package.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS                                                                                  \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define STYLES "<w:styles xmlns:w=\"" W "\">"

struct part {
    const char *name;
    brv_str content;
};

// A package with a document whose section names header1.xml; `parts` replace or join the usual.
static brv_str package(struct fixture *fixture, const struct part *parts, size_t count)
{
    struct brv_package *file = brv_package_new(fixture->arena, NULL, NULL);
    static const struct {
        const char *name;
        const char *content;
    } usual[] = {
        { "_rels/.rels",
          RELATIONS "<Relationship Id=\"a\" Type=\"" R "/officeDocument\" "
                    "Target=\"word/document.xml\"/></Relationships>" },
        { "word/document.xml",
          "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\"><w:body><w:p/><w:sectPr>"
          "<w:headerReference w:type=\"default\" r:id=\"h\"/><w:pgSz w:w=\"12000\" w:h=\"15000\"/>"
          "<w:pgMar w:top=\"900\" w:right=\"800\" w:bottom=\"700\" w:left=\"600\" w:header=\"300\" "
          "w:footer=\"300\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>" },
        { "word/_rels/document.xml.rels",
          RELATIONS "<Relationship Id=\"s\" Type=\"" R "/styles\" Target=\"styles.xml\"/>"
                    "<Relationship Id=\"n\" Type=\"" R "/numbering\" Target=\"/word/numbers.xml\"/>"
                    "<Relationship Id=\"h\" Type=\"" R "/header\" Target=\"header1.xml\"/>"
                    "</Relationships>" },
        { "word/styles.xml",
          STYLES
          "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Base\"><w:name "
          "w:val=\"Normal\"/>"
          "</w:style><w:style w:type=\"paragraph\" w:styleId=\"Kop2\"><w:name w:val=\"Heading 2\"/>"
          "<w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr><w:rPr><w:color "
          "w:val=\"00695C\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Lijst\">"
          "<w:name w:val=\"List Number\"/><w:pPr><w:keepNext/><w:jc w:val=\"left\"/></w:pPr>"
          "</w:style><w:style w:type=\"paragraph\" w:styleId=\"BodyText\"><w:name "
          "w:val=\"Not What It Says\"/></w:style></w:styles>" },
        { "word/numbers.xml",
          "<w:numbering xmlns:w=\"" W "\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">"
          "<w:pStyle w:val=\"Kop2\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>"
          "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>" },
        { "word/header1.xml",
          "<w:hdr xmlns:w=\"" W "\"><w:p><w:r><w:t>House</w:t></w:r></w:p></w:hdr>" },
    };
    for (size_t i = 0; i < BRV_COUNT(usual); i++) {
        struct brv_package_entry entry = { .name = usual[i].name,
                                           .content = brv_str_from_cstr(usual[i].content) };
        for (size_t k = 0; k < count; k++) {
            if (strcmp(parts[k].name, usual[i].name) == 0) {
                entry.content = parts[k].content;
            }
        }
        brv_package_add(file, &entry);
    }
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    assert_int_equal(brv_package_write(file, &docx_zip, out, &fixture->sink), BRV_OK);
    return brv_buf_str(out);
}

static struct brv_node *document(struct fixture *fixture)
{
    struct brv_node *root = docx_article(fixture);
    docx_element(fixture, root, BRV_KIND_H2, NULL, "Part");
    docx_element(fixture, root, BRV_KIND_P, NULL, "text");
    struct brv_node *list = docx_element(fixture, root, BRV_KIND_OL, NULL, NULL);
    docx_element(fixture, list, BRV_KIND_LI, NULL, "one");
    return root;
}

#endif
