// Brevier — pages: what layout makes and the PDF output draws.
// Plain data in points, origin at the top left of the page, y downwards. Items of a page are in
// painting order, which is also reading order within the page. Nothing here refers to CSS any more.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_PAGES_H
#define BRV_LAYOUT_PAGES_H

#include "layout/font.h"
#include "model/drawing.h"
#include "model/image.h"
#include "model/node.h"

// ---- structure (the logical tree behind tagged PDF)

// Structure types are PDF's standard ones ("Document", "Sect", "H1", "P", "L", "LI", "Lbl",
// "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Figure", "Caption", "BlockQuote", "Code",
// "Note", "Reference", "Link", "Span", "Div", "Part", "TOC", "TOCI", …).
struct brv_tag {
    const char *type;
    struct brv_tag *parent;
    struct brv_tag *first;
    struct brv_tag *last;
    struct brv_tag *next;
    const struct brv_node *node; // may be NULL
    brv_str lang;                // set where it differs from the parent's
    brv_str alt;
    brv_str title;
    bool is_header_column;       // TH: scope Column (else Row)
    bool is_inline;              // Figure: stands in a line
    unsigned row_span, col_span; // TH, TD: 0 is 1
    const char *list_numbering;  // L: "Decimal", "Disc", …, NULL none
    uint32_t id;                 // 1, 2, … in reading order
};

// ---- items

// Kept small: a book has a million of them.
struct brv_glyph {
    float x_advance_pt; // what the pen moves, spacing and justification included
    uint16_t glyph;
    uint16_t cluster; // byte offset in the run's text where this glyph's characters begin
};

// How far a glyph is drawn from where the pen is. Few runs have such: marks, raised letters.
struct brv_glyph_offset {
    float x_pt, y_pt; // y upwards
};

// Glyphs of one face, size and colour on one baseline, in visual order (left to right).
struct brv_glyph_run {
    const struct brv_face *face;
    const struct brv_glyph *glyphs;
    const struct brv_glyph_offset *offsets; // by glyph; NULL: none is drawn elsewhere
    size_t glyph_count;
    brv_str text; // what copies out, in logical order
    // A text of a drawing may be clipped: its shape, with the drawing's origin as seen from the
    // run's. NULL: not clipped.
    const struct brv_path_item *clipped;
    float size_pt;
    struct brv_color color;
    float x_pt; // pen start
    float baseline_pt;
    float slant;       // synthetic oblique: tan of the angle, 0 for none
    float embolden_pt; // synthetic bold: stroke width, 0 for none
    // And turned: (a b c d), applied about (x_pt, baseline_pt); y downwards.
    float turn[4];
    bool is_turned;
    bool is_rtl; // clusters descend
};

struct brv_box_item { // filled and stroked rectangle
    float x_pt, y_pt, width_pt, height_pt;
    float radius_pt;
    struct brv_color fill; // alpha 0: none
};

struct brv_line_item { // straight line: borders, rules, decorations
    float x1_pt, y1_pt, x2_pt, y2_pt;
    float width_pt;
    struct brv_color color;
    enum brv_border_style style;
};

struct brv_image_item { // the whole image scaled into a rectangle, its orientation applied
    const struct brv_image *image;
    float x_pt, y_pt, width_pt, height_pt;
};

struct brv_path_item { // a path of a drawing, whose origin is at x_pt, y_pt
    const struct brv_shape *shape;
    float x_pt, y_pt;
    float scale;
};

enum brv_item_kind {
    BRV_ITEM_GLYPHS,
    BRV_ITEM_BOX,
    BRV_ITEM_LINE,
    BRV_ITEM_IMAGE,
    BRV_ITEM_PATH,
};

struct brv_item {
    struct brv_item *next;
    struct brv_tag *tag; // NULL: an artifact
    enum brv_item_kind kind;
    enum {
        BRV_ARTIFACT_LAYOUT,
        BRV_ARTIFACT_HEADER,
        BRV_ARTIFACT_FOOTER,
        BRV_ARTIFACT_BACKGROUND,
        BRV_ARTIFACT_LEADER // fills a gap, and is no text to copy
    } artifact : 8;
    union {
        struct brv_glyph_run glyphs;
        struct brv_box_item box;
        struct brv_line_item line;
        struct brv_image_item image;
        struct brv_path_item path;
    };
};

// A place that reacts to a click. One link that breaks over lines gives several areas with the
// same tag.
struct brv_link_area {
    struct brv_link_area *next;
    float x_pt, y_pt, width_pt, height_pt;
    brv_str url;         // "https://…", "mailto:…", "tel:…"; or "#id"
    struct brv_tag *tag; // the Link element
    brv_str alt;         // what the link says, for /Contents
};

struct brv_page {
    float width_pt, height_pt;
    struct brv_item *first;
    struct brv_item *last;
    struct brv_link_area *links;
    brv_str label; // page label as printed ("iv", "12")
};

// A named place: the target of "#id" links and outline entries.
struct brv_destination {
    brv_str id;
    size_t page; // index
    float y_pt;
};

struct brv_outline_entry {
    int level; // 1 …
    brv_str title;
    size_t page;
    float y_pt;
    struct brv_tag *tag; // the heading
};

struct brv_pages {
    struct brv_page *pages;
    size_t page_count;
    struct brv_tag *root; // "Document"
    uint32_t tag_count;
    const struct brv_destination *destinations; // sorted by id
    size_t destination_count;
    const struct brv_outline_entry *outline; // in reading order
    size_t outline_count;
    const struct brv_face *const *faces; // every face used, by first use
    size_t face_count;
};

// The index of the page with the destination "#id" (with or without "#"), or page_count.
size_t brv_pages_find(const struct brv_pages *pages, brv_str id, float *y_pt);

// Lays out a styled tree for BRV_MEDIA_PDF. Always gives at least one page. What does not fit or
// cannot be drawn is reported (characters without a font are named). The pages refer to the nodes
// of the tree, not to the tree itself or to its styles.
struct brv_styled;
struct brv_stylesheets;
struct brv_pages *brv_layout(struct brv_arena *arena, struct brv_fonts *fonts,
                             const struct brv_stylesheets *sheets, struct brv_styled *root,
                             struct brv_sink *sink);
// The same pages without the text on them, which is most of their memory: for whoever asks only how
// many there are and which has what place.
struct brv_pages *brv_layout_count(struct brv_arena *arena, struct brv_fonts *fonts,
                                   const struct brv_stylesheets *sheets, struct brv_styled *root,
                                   struct brv_sink *sink);

// The stable dump: pages, lines with text and rounded positions, boxes, links, tags.
void brv_pages_dump(const struct brv_pages *pages, struct brv_buf *out);

#endif
