// Brevier — Word documents for tests: rendered from Markdown or a built tree, and read back.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_OUTPUT_DOCX_FIXTURE_H
#define BRV_TESTS_OUTPUT_DOCX_FIXTURE_H

#include "harness.h"
#include "output/output.h"

// A rendered package. Everything lives in the fixture's arena.
struct docx_file {
    brv_str bytes;
    brv_str *names; // of the entries, in their order
    brv_str *contents;
    size_t count;
};

// Archives as the module zip has them.
extern const struct brv_zip_source docx_zip;

// Renders a tree, or the sections of a loaded Markdown text, under a sheet given as text.
// `document` may be NULL for a tree. Fails the test when rendering or reading back does.
struct docx_file docx_from_tree(struct fixture *fixture, const struct brv_node *root,
                                const struct brv_document *document, const char *css);
// A tree that takes over the look of a Word file.
struct docx_file docx_from_template(struct fixture *fixture, const struct brv_node *root,
                                    brv_str template, const char *css);
struct docx_file docx_from_markdown(struct fixture *fixture, brv_str markdown, const char *css);

#define DOCX_DOCUMENT "word/document.xml"
// The content of an entry, empty when there is none.
brv_str docx_part(const struct docx_file *file, const char *name);
// All parts with their names, a tag a line: what golden files hold.
brv_str docx_canonical(struct fixture *fixture, const struct docx_file *file);
// One line a paragraph: "Heading2: Text". Tabs as →, line breaks as ↵, notes as [n].
brv_str docx_outline(struct fixture *fixture, brv_str part);
// The style of an id, from there to its end; the test fails without it.
brv_str docx_style(const struct docx_file *file, const char *id);
// What a table's style says of a part of the table, as "firstRow"; empty for nothing.
brv_str docx_style_condition(brv_str style, const char *type);
size_t docx_count(brv_str text, const char *needle);
// Fails the test, showing the text, when the needle is not in it.
void docx_assert_has(brv_str text, const char *needle);
// Tags nest and end, text has no bare "&" or "<", and every character is one that XML allows.
bool docx_is_well_formed(brv_str xml);

// Building: an element under `parent` (NULL: a root) with a class (NULL: none) and text (NULL:
// none).
struct brv_node *docx_element(struct fixture *fixture, struct brv_node *parent, enum brv_kind kind,
                              const char *class_name, const char *text);
// A root without class or text.
struct brv_node *docx_article(struct fixture *fixture);

#endif
