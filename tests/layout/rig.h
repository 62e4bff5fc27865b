// Brevier — laying out a small document in a test, and looking at its pages.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_LAYOUT_RIG_H
#define BRV_TESTS_LAYOUT_RIG_H

#include "harness.h"

#include "layout/pages.h"
#include "style/styled.h"

// The pages of a root element under the built-in sheet and `css` (which may set @page).
struct brv_pages *rig_layout(struct fixture *fixture, const struct brv_node *root, const char *css);
// The same under a sheet from a file.
struct brv_pages *rig_layout_sheet(struct fixture *fixture, const struct brv_node *root,
                                   brv_str path);
// The first from Markdown, within an article.
struct brv_pages *rig_markdown(struct fixture *fixture, brv_str markdown, const char *css);
// The text of a sample; the same without its front matter.
brv_str rig_sample_source(struct fixture *fixture, const char *name);
brv_str rig_sample(struct fixture *fixture, const char *name);
// `count` paragraphs of one line, "p1" … : a page of the rig holds 16 of them under RIG_LINE_CSS.
brv_str rig_short_paragraphs(struct fixture *fixture, size_t count);
#define RIG_LINE_CSS "p { margin: 0; line-height: 20pt } "
const char *rig_line_css(struct fixture *fixture, const char *more); // more rules after it
// A table in Markdown: "h0" … above "c0r1" … ; the page of the rig is 200 pt wide.
brv_str rig_table(struct fixture *fixture, size_t columns, size_t rows);
// A whole analysis: its sections as the default plugin shows them.
struct brv_node *rig_document(struct fixture *fixture, brv_str text);
struct brv_node *rig_article(struct fixture *fixture, brv_str markdown);

// All text that has a tag, in page order, lines parted by "|" and pages by "‖" when asked for.
brv_str rig_text(struct fixture *fixture, const struct brv_pages *pages, bool with_lines);
// All text of the artifacts of a kind on a page: BRV_ARTIFACT_HEADER, BRV_ARTIFACT_FOOTER.
brv_str rig_artifact_text(struct fixture *fixture, const struct brv_page *page, int artifact);

// Fails when a tagged run leaves its page, or the text of the tree is not there in order.
void rig_check(struct fixture *fixture, const struct brv_pages *pages, const struct brv_node *root);

// In reading order; NULL after the last.
const struct brv_tag *rig_tag_next(const struct brv_tag *tag);
size_t rig_count_tags(const struct brv_pages *pages, const char *type);

// The n-th tagged run of a page; NULL when there are fewer.
const struct brv_glyph_run *rig_run(const struct brv_page *page, size_t n);
float rig_run_width(const struct brv_glyph_run *run);

#endif
