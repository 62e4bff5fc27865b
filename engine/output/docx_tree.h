// Brevier — the Word document between the styled tree and its XML.
//
// A DOCX is made in three passes over plain data in the output's arena:
//
//     styled tree ─ build ─► blocks with formats ─ settle, name ─► named styles ─ write ─► parts ─►
//     zip
//
// The build pass turns CSS boxes into what Word has: paragraphs, tables and runs, each with a
// *format* in Word's own units (twips, half points, eighths of a point). A format is a value
// without padding, so equal formats are equal bytes. The settle pass lets vertical margins collapse
// between neighbours. Then every distinct format becomes a named style, and only then is XML
// written: no paragraph or run carries formatting of its own, only style names, direction and
// language.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_TREE_H
#define BRV_OUTPUT_DOCX_TREE_H

#include "output/docx_content.h"

#define DOCX_MAIN_NAMESPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_RELATION_NAMESPACE                                                                    \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// What the parts with text declare.
#define DOCX_NAMESPACES                                                                            \
    "xmlns:w=\"" DOCX_MAIN_NAMESPACE "\" xmlns:r=\"" DOCX_RELATION_NAMESPACE                       \
    "\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "      \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "                           \
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""

struct docx {
    const struct brv_output_job *job;
    struct brv_arena *arena;
    struct brv_arena *formats; // of paragraphs, until all have styles
    struct brv_sink *sink;
    brv_str lang;
    int32_t text_width, text_height; // of the pages built now
    float scale; // of the sizes built now: smaller in tables too wide, a template's are others
    int picture_count;
    struct brv_map *image_numbers;  // id → number within the package, in order of use
    brv_str known_lang;             // the last one that was asked for its direction,
    bool known_is_rtl;              // which is this
    bool has_hyphens;               // some text is hyphenated
    bool in_samples;                // or samples of what is not there; see docx_usual.c
    bool in_contents;               // what is built now is a table of contents
    bool has_even;                  // pages whose even ones look different
    struct docx_template *template; // or NULL; see docx_template.h
    const struct docx_theme *theme; // once styles are named

    struct docx_font *fonts;
    size_t font_count, font_capacity;
    struct docx_run_format *run_cache; // by style serial; half_points 0: not yet
    size_t run_cache_capacity;

    brv_str plain_name; // see brv_docx_plain_name()
    bool knows_plain_name;
    struct brv_map style_index; // format and role → style
    struct brv_map style_names; // names and ids taken
    struct brv_map style_leads; // name that the sheet asks for → the style that gets it
    struct brv_map style_tries; // name → how many like it, as a pointer value
    struct docx_style *first_style;
    struct docx_style *last_style;
    struct docx_style *normal;

    struct docx_abstract *first_abstract, *last_abstract;
    int abstract_count, list_count; // the latter without those of headings
    struct docx_num *first_num, *last_num;
    struct docx_heading_list *heading_lists; // see docx_heading.c
    struct brv_map heading_numbers;          // element → docx_num
    const struct docx_num *counted;          // of the ordered list built last, outside of others
    int counted_next;                        // what it would count next

    struct docx_flow body;
    struct docx_note *first_note, *last_note;
    struct brv_map bookmarks;      // id → bookmark
    struct brv_map bookmark_names; // names taken, in small letters
    int bookmark_count;
    struct brv_map strings; // name → docx_string
    uint64_t shown_roles;   // bits: a running head shows text of their paragraphs
    // What the first entry of each level looks like; NULL before it.
    const struct docx_paragraph_format *entry_formats[DOCX_ENTRY_LEVELS + 1];
    struct brv_map levels; // id of a heading → its level as a pointer value; see docx_contents.c
    struct brv_map pages;  // id → the label of its page, a brv_str, when pages are quoted
    size_t direct_count;   // paragraphs that name their numbering themselves
    size_t typed_numbers;  // of items, which Word does not count
    size_t direct_cells;   // that say themselves how they look
    size_t direct_shown;   // paragraphs, for the sake of a running head
    struct {
        int count;                  // numbers so far
        brv_str name;               // in Word; empty until somebody asks
    } sequences[2];                 // of figures and of tables
    struct docx_pages *first_pages; // the usual ones
    struct docx_section *first_section;
    const struct docx_section *section; // where blocks are built now
};

// Where in the document a block is built.
struct docx_place {
    struct docx_flow *flow;
    const struct docx_place *outer;
    const struct brv_styled *box; // nearest container with a frame or background
    struct docx_border borders[4];
    uint32_t shade;
    int32_t left, right;             // indents, in twips
    int32_t width;                   // between them
    int32_t item_before, item_after; // margins of the list item around
    enum docx_role role;
    brv_str wanted; // -brv-word-style of the container around, for its plain paragraphs
    int list_level; // of the innermost list, from 1
    struct docx_list *list;
    int depth;
    bool in_note;
    bool in_table;
    bool is_rtl;         // blocks begin at the right
    bool begins_as_told; // lines do as blocks do: beside their markers, below each other in a table
    bool keep_next, keep_lines;
    const char *label;      // names the styles of generated text
    struct docx_item *item; // list item whose first paragraph is still to come
};

static inline int32_t docx_twips(float pt)
{
    float twips = pt * 20.0f;
    return twips > 31680.0f    ? 31680
           : twips < -31680.0f ? -31680
                               : (int32_t)(twips + (twips < 0 ? -0.5f : 0.5f));
}

// docx_format.c — CSS values as Word formats.
struct docx_run_format brv_docx_run_format(struct docx *docx, const struct brv_style *style);
// The place in docx->fonts of a list of families; brv_docx_font() finds one that was asked for
// before.
uint16_t brv_docx_take_font(struct docx *docx, struct brv_strings families);
uint16_t brv_docx_font(const struct docx *docx, struct brv_strings families);
struct docx_run_delta brv_docx_run_delta(const struct docx_run_format *from,
                                         const struct docx_run_format *to);
// Takes over some members.
void brv_docx_run_take(struct docx_run_format *to, const struct docx_run_format *from,
                       uint32_t members);
// Raised and lowered text is made smaller by Word: what the sheet does to that end is undone.
void brv_docx_undo_raised_size(struct docx_run_format *format,
                               const struct docx_run_format *around);
// The one border that Word knows around text: that of the first side which has any.
struct docx_border brv_docx_inline_border(const struct brv_style *style);
// Text properties only: what an anonymous paragraph takes from its container.
struct docx_paragraph_format brv_docx_text_format(struct docx *docx, const struct brv_style *style);
uint32_t brv_docx_rgb(struct brv_color color); // over white; DOCX_NO_COLOR when transparent
struct docx_border brv_docx_border(const struct brv_style *style, enum docx_side side);
float brv_docx_margin_pt(const struct brv_style *style, enum docx_side side, int32_t width);
float brv_docx_padding_pt(const struct brv_style *style, enum docx_side side, int32_t width);
bool brv_docx_has_frame(const struct brv_style *style);
// The frame of a box as paragraph borders: padding becomes their distance.
void brv_docx_frame(const struct brv_style *style, int32_t width, struct docx_border borders[4]);

// docx_build.c, docx_inline.c, docx_table.c — the build pass.
void brv_docx_build_body(struct docx *docx);
void brv_docx_build_children(struct docx *docx, const struct docx_place *place,
                             const struct brv_styled *element);
void brv_docx_build_block(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *element);
struct docx_paragraph *brv_docx_paragraph_blank(struct docx *docx); // in no flow yet
struct docx_paragraph *brv_docx_paragraph_new(struct docx *docx, const struct docx_place *place,
                                              const struct brv_styled *source,
                                              struct docx_paragraph_format format);
void brv_docx_add_table(struct docx *docx, struct docx_flow *flow, struct docx_table *table);
bool brv_docx_is_block(const struct brv_styled *styled);
// The inline content of [first, end) as runs; `note_place` NULL where notes cannot stand.
void brv_docx_build_inlines(struct docx *docx, struct docx_paragraph *paragraph,
                            const struct docx_place *place, const struct brv_styled *first,
                            const struct brv_styled *end);
// docx_direction.c — cuts text where its direction turns; sets the paragraph's own.
void brv_docx_split_by_direction(struct docx *docx, struct docx_paragraph *paragraph);
// Where its lines begin and its frame stands, in Word's terms, which follow the paragraph.
void brv_docx_set_sides(struct docx *docx, struct docx_paragraph *paragraph,
                        const struct docx_place *place);
struct docx_inline *brv_docx_inline_new(struct docx *docx, struct docx_paragraph *paragraph,
                                        enum docx_inline_kind kind);
void brv_docx_build_table(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *element);
// Notes the strings that an element sets; `style` when it is a part of a paragraph.
void brv_docx_remember_strings(struct docx *docx, const struct brv_styled *element,
                               const struct docx_paragraph *paragraph,
                               const struct docx_style *style);
// What a string says first on pages like those of docx->section.
brv_str brv_docx_string_value(const struct docx *docx, const struct docx_string *string);
// docx_table_look.c — fills in the format that the cells have in common.
void brv_docx_find_table_format(struct docx *docx, struct docx_table *table);
// The look of a cell by its table's style: what it has else, it says itself.
struct docx_cell_format brv_docx_usual_cell(const struct docx_table *table,
                                            const struct docx_row *row,
                                            const struct docx_cell *cell);
// Whether a cell of the body is in a part of it.
bool brv_docx_is_in_part(const struct docx_table *table, const struct docx_row *row,
                         const struct docx_cell *cell, enum docx_table_part part);
// The members (docx_cell_member bits) in which two looks differ.
uint32_t brv_docx_cell_difference(const struct docx_cell_format *a,
                                  const struct docx_cell_format *b);
// docx_table_text.c — gives the table's style what sets the text in its parts apart.
void brv_docx_find_table_text(const struct docx_run_format *normal, struct docx_table *table);
// docx_describe.c — its title or caption, and its description or what its columns hold, once the
// table or the part of one has its cells.
void brv_docx_describe(struct docx *docx, struct docx_table *table);
// The bookmark of an id, which begins in `home`; NULL when another place has the id.
struct docx_bookmark *brv_docx_bookmark(struct docx *docx, brv_str id,
                                        const struct docx_paragraph *home);

// docx_caption.c — what Word calls the sequence of figures or of tables: their label.
brv_str brv_docx_sequence_name(struct docx *docx, bool is_table);

// docx_link.c — the link that an element is, NULL when it can be none; its address is a
// relationship's target or "#id".
const struct docx_link *brv_docx_link(struct docx *docx, const struct brv_node *node);

// docx_contents.c — nav.toc, nav.lof and nav.lot as fields; false for any other element.
bool brv_docx_build_contents(struct docx *docx, const struct docx_place *place,
                             const struct brv_styled *element);
// The label of the page that has the place "#id" on our own pages; empty when nobody knows.
brv_str brv_docx_page_label(struct docx *docx, brv_str href);

// docx_section.c — the section for pages of a name, in one column.
const struct docx_section *brv_docx_section(struct docx *docx, brv_str name);
// The section for the columns that an element asks for on the pages of `around`; `around` when it
// asks for none.
const struct docx_section *brv_docx_columns(struct docx *docx, const struct brv_style *style,
                                            const struct docx_section *around);
// Gives the page that begins with a block the number that an element asks for.
void brv_docx_number_pages(const struct brv_style *style, struct docx_block *begin);
// Marks the last paragraph of each section but the last; after a table, adds one. A page with a
// number of its own begins a section.
void brv_docx_end_sections(struct docx *docx);

// docx_usual.c — styles for headings, lists and the like that the document does not use.
void brv_docx_add_usual_styles(struct docx *docx);
// What the sheet calls a paragraph with nothing around it; empty when it leaves that to us.
brv_str brv_docx_plain_name(struct docx *docx);

// docx_settle.c — margins between neighbours, page breaks, fillers between tables.
void brv_docx_settle(struct docx *docx, struct docx_flow *flow, bool is_cell);
// Adds a paragraph of no height after a block of the flow.
struct docx_block *brv_docx_add_filler(struct docx *docx, struct docx_flow *flow,
                                       struct docx_block *at);

// docx_neighbour.c — marks the paragraphs whose frame Word would join to the one before.
void brv_docx_part_neighbours(struct docx_flow *flow);

#endif
