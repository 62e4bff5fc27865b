// Brevier — lists as Word numbering.
// An abstract numbering has nine levels of one kind: of numbers, which the lists within a list
// share while they look alike, of bullets, which all lists share, or of boxes. Each ordered list
// has an instance of its own that restarts it.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_NUMBERING_H
#define BRV_OUTPUT_DOCX_NUMBERING_H

#include "output/docx_tree.h"

// So many ordered lists have a numbering and with it a style of their own; those beyond restart the
// numbering of one that looks alike.
enum { DOCX_OWN_LISTS = 40 };

// A list while it is built; the outermost has no `outer`.
struct docx_list {
    const struct brv_styled *element;
    struct docx_list *outer;
    const struct docx_num *num;  // of its last numbered item
    int next;                    // what Word counts for an item that goes on with it
    int count;                   // items so far
    int nested_after;            // the item count when a nested list last began
    float widest_em;             // of the markers of all its items; 0: not measured yet
    bool is_looked_at;           // for the style that it is counted in,
    enum brv_list_style counted; // which is this when the sheet's is not one of Word's; NONE: none
};

// The numbering that waits for the first paragraph of a list item.
struct docx_item {
    const struct brv_styled *element;
    const struct docx_num *num; // NULL: no marker, or a literal one
    int level;                  // from 0
    int32_t hanging;
    brv_str literal; // a marker that is no number, to be written as text
    brv_str wanted;  // -brv-word-style of the item or of its list
    enum docx_role role;
    bool is_taken;
};

struct docx_item brv_docx_item(struct docx *docx, struct docx_list *list,
                               const struct brv_styled *item, const struct docx_place *place);

// The number that an item's marker shows, 1 where it shows none.
int brv_docx_marker_number(const struct brv_styled *item);

// What numberings are made of.
struct docx_abstract *brv_docx_abstract_new(struct docx *docx, enum docx_numbers kind);
struct docx_num *brv_docx_num_new(struct docx *docx, struct docx_abstract *abstract, int level,
                                  int start);
bool brv_docx_same_level(const struct docx_level *a, const struct docx_level *b);

// docx_heading.c — goes through the headings of a tree for those that Word can number. Samples of
// headings that the document has not go on with its numbers.
void brv_docx_number_headings(struct docx *docx, const struct brv_styled *root, bool is_sample);
// The numbering of a heading, on the level that it has itself; NULL when its number, if any, is in
// its text.
const struct docx_num *brv_docx_heading_number(const struct docx *docx,
                                               const struct brv_styled *heading);

// docx_numbering_part.c — the part numbering.xml, if there is one.
bool brv_docx_has_numbering(const struct docx *docx);
void brv_docx_write_numbering(const struct docx *docx, struct brv_buf *out);

#endif
