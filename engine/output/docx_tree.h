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

#include "base/hash.h"
#include "output/docx_format.h"
#include "output/output.h"

#define DOCX_MAIN_NAMESPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_RELATION_NAMESPACE                                                                    \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// What the parts with text declare.
#define DOCX_NAMESPACES                                                                            \
    "xmlns:w=\"" DOCX_MAIN_NAMESPACE "\" xmlns:r=\"" DOCX_RELATION_NAMESPACE                       \
    "\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "      \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "                           \
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""

enum { DOCX_LIST_LEVELS = 9, DOCX_DEPTH_LIMIT = 100, DOCX_FILLER_LINE = 20 };
enum { DOCX_ENTRY_LEVELS = 9 }; // of tables of contents
// Word draws a paragraph border at most this far from its text.
enum { DOCX_BORDER_SPACE_PT = 31 };

// What a style is for: gives the built-in Word name. See docx_roles.def.
enum docx_role {
#define ROLE(enumerator, type, name, priority, quick, builtin, follows) DOCX_ROLE_##enumerator,
#include "output/docx_roles.def"
#undef ROLE
    DOCX_ROLE_COUNT
};

enum docx_style_type { DOCX_PARAGRAPH_STYLE, DOCX_CHARACTER_STYLE, DOCX_TABLE_STYLE };

// ---- named styles

struct docx_style {
    struct docx_style *next; // in order of first use
    enum docx_style_type type;
    enum docx_role role;
    int level;        // list level, from 1; 0 where there is none
    brv_str wanted;   // -brv-word-style, empty for auto
    brv_str fallback; // name that describes where the style was first used; may be empty
    const struct docx_paragraph *home; // character styles: where first used
    size_t uses;
    bool is_variant; // its spacing differs from what its own rule says
    bool is_odd;     // where something around changes it, and nowhere else
    uint32_t leaves; // docx_run_member bits: what it must not state, as a table's style does
    struct docx_style *twin; // what it is but for a hair, see docx_neighbour.c; of a table: is
    struct docx_style *base; // NULL: Normal, Default Paragraph Font or Normal Table
    brv_str name;
    brv_str id;
    bool is_adopted;            // it is a template's
    const struct docx_num *num; // numbering of its paragraphs; see docx_list_style.c
    int num_level;
    int restarts; // of its numbering, in styles of their own
    struct docx_paragraph_format paragraph;
    struct docx_run_delta run;
    struct docx_table_format table;
};

// ---- numbering

struct docx_level {
    enum brv_list_style style; // STRING for bullets
    brv_str text;              // "%3." or the bullet itself
    int32_t left, hanging;
    struct docx_run_delta run;          // against the item's paragraph
    struct docx_style *paragraph_style; // that carries this level, or NULL
    bool is_primary;                    // that style is its role's own
};

struct docx_abstract {
    struct docx_abstract *next;
    int id;
    bool is_ordered;        // what the levels that no list has used look like
    struct docx_num *first; // the instance that styles carry; the others are restarts
    bool is_set[DOCX_LIST_LEVELS];
    struct docx_level levels[DOCX_LIST_LEVELS];
};

struct docx_num {
    struct docx_num *next;
    int id;
    struct docx_abstract *abstract;
    int level; // of the list that it was made for
    int start; // where that level begins; -1: not restarted
};

// ---- content

enum docx_inline_kind {
    DOCX_TEXT,
    DOCX_TAB,
    DOCX_LINE_BREAK,
    DOCX_BOOKMARK,
    DOCX_NOTE,      // reference to `note`
    DOCX_NOTE_MARK, // the note's own number, in the note
    DOCX_NOTE_OF,   // NOTEREF to the note of `bookmark`, whose number is `text`
    DOCX_NOTE_END,  // of the `bookmark` around a note's call
    DOCX_PAGE,
    DOCX_PAGE_COUNT,
    DOCX_PAGE_OF,  // PAGEREF to the place `text`
    DOCX_TEXT_OF,  // REF to the place `field`, which says `text`
    DOCX_STYLE_OF, // STYLEREF to the style that sets `string`, which says `text`
    DOCX_SEQUENCE, // SEQ: the number `text` of a caption; `field` says which
    DOCX_FIELD,    // begins a field over paragraphs, whose instruction is `field`
    DOCX_FIELD_END,
    DOCX_PICTURE, // `picture`
};

struct docx_inline { // kept small: a book has many
    struct docx_inline *next;
    enum docx_inline_kind kind : 8;
    enum brv_list_style number : 8; // page numbers
    bool is_rtl;
    const struct docx_style *style;
    brv_str text;
    brv_str href; // allowed link target, empty for none
    brv_str lang;
    brv_str field; // made of words of our own and numbers; of PAGE_OF the page, if known
    const struct docx_bookmark *bookmark;
    union { // by kind
        const struct docx_note *note;
        const struct docx_string *string;
        const struct docx_picture *picture;
    };
};

struct docx_paragraph {
    struct docx_paragraph_format *format; // of its own until it has a style, then the style's
    enum docx_role role;
    int level;
    const struct brv_styled *source; // the element whose style it has; NULL for fillers
    const struct brv_styled *place;  // the container that gives it a box, or NULL
    brv_str wanted;
    const struct docx_num *num; // of list items
    int num_level;
    bool is_rtl;
    bool is_variant;                   // the settle pass changed the format
    bool is_next;                      // its frame must not be joined to the one before
    uint32_t leaves;                   // what the style of its table says, see docx_table_look.c
    int32_t before_chain, after_chain; // margins of containers that begin and end here
    struct docx_inline *first;
    struct docx_inline *last;
    struct docx_style *style;
    brv_str page; // of headers and footers: the name of their pages
    bool ends_section;
    brv_str section_xml; // w:sectPr, when it ends one
};

struct docx_cell {
    struct docx_cell *next;
    const struct brv_styled *first, *last; // what is in it
    struct docx_flow *flow;                // NULL: the lower part of a cell that spans rows
    struct docx_cell_format format;
    unsigned column, columns;
    bool starts_merge, continues_merge;
    bool is_header;   // th
    bool is_repeated; // in another part of its table, too
};

struct docx_row {
    struct docx_row *next;
    struct docx_cell *first;
    struct docx_cell *last;
    bool is_header; // of thead
    bool keep;      // break-inside: avoid
};

struct docx_table {
    const struct brv_styled *source;
    struct docx_row *first;
    struct docx_row *last;
    size_t row_count;
    unsigned column_count;
    int32_t *widths;
    int32_t indent, width;
    bool is_full_width; // of what holds it
    bool is_rtl;
    bool is_box; // a framed container, not a table of the document
    int32_t before, after;
    int32_t before_chain, after_chain;
    bool page_break;
    brv_str title, description; // for those who do not see it
    struct docx_table_format format;
    struct docx_style *style;
};

// A section: pages of a name (see docx_page.h) in columns of a kind.
struct docx_section {
    struct docx_section *next;
    struct docx_pages *pages;
    int columns; // 1: none
    int32_t gap;
    bool has_rule;
    int32_t text_width; // of a column
};

struct docx_block {
    struct docx_block *next;
    const struct docx_section *section;
    struct docx_paragraph *paragraph; // one of the two
    struct docx_table *table;
    bool opens_contents, closes_contents; // the building block that Word takes contents for
    bool numbers_pages;                   // its page has the number `page_number`
    int page_number;
};

struct docx_flow {
    struct docx_block *first;
    struct docx_block *last;
    int32_t pending_before; // margins of containers that have begun without content yet
    bool pending_break;
};

struct docx_note {
    struct docx_note *next;
    int id;
    struct docx_flow flow;
    const struct docx_inline *call; // its own
    brv_str before, after;          // the sheet's words around the number of a call
};

struct docx_bookmark {
    struct docx_bookmark *next;
    brv_str id;   // in the document
    brv_str name; // in Word
    int number;
    const struct docx_paragraph *home; // reaches from the bookmark's item to its end
    const struct docx_note *note;      // reaches around the call of this one only
};

// What a string says first on pages of another name than the usual ones.
struct docx_string_value {
    struct docx_string_value *next;
    const struct docx_pages *pages;
    brv_str value;
};

// A string-set string: its first value and the paragraph whose text is in it.
struct docx_string {
    brv_str value;
    struct docx_string_value *others;
    brv_str before, after; // words of the sheet around that text
    const struct docx_paragraph *home;
    const struct docx_style *style; // character style, when a part of a paragraph sets it
    bool is_mixed;                  // no one style tells it
    bool is_of_contents; // set by the title of contents so far: what sets it next, says it
};

struct docx_font {
    brv_str name;
    brv_str east_asian;
    brv_str complex;
    brv_str second; // the next family of the list, for machines without the first; may be empty
    struct brv_strings families; // the list that it was made from
    enum { DOCX_FONT_SWISS, DOCX_FONT_ROMAN, DOCX_FONT_MODERN } family;
};

// A part that may hold links and images: relationships to addresses are numbered from 1 in order of
// first use, those to images have the image's id.
struct docx_part {
    struct brv_map numbers; // address → its number as a pointer value
    brv_str *addresses;
    size_t count, capacity;
    struct brv_map image_ids; // path → taken
    const struct brv_image **images;
    size_t image_count, image_capacity;
};

static inline struct docx_part brv_docx_part(struct brv_arena *arena)
{
    return (struct docx_part){ .numbers = { .arena = arena }, .image_ids = { .arena = arena } };
}

struct docx {
    const struct brv_output_job *job;
    struct brv_arena *arena;
    struct brv_arena *formats; // of paragraphs, until all have styles
    struct brv_sink *sink;
    brv_str lang;
    int32_t text_width, text_height; // of the pages built now
    float scale;                     // of the sizes built now: of tables too wide less than 1
    int picture_count;
    struct brv_map *image_numbers;  // id → number within the package, in order of use
    bool has_hyphens;               // some text is hyphenated
    bool in_contents;               // what is built now is a table of contents
    bool has_even;                  // pages whose even ones look different
    struct docx_template *template; // or NULL; see docx_template.h
    const struct docx_theme *theme; // once styles are named; NULL when a template brings its own

    struct docx_font *fonts;
    size_t font_count, font_capacity;
    struct docx_run_format *run_cache; // by style serial; half_points 0: not yet
    size_t run_cache_capacity;

    struct brv_map style_index; // format and role → style
    struct brv_map style_names; // names and ids taken
    struct brv_map style_leads; // name that the sheet asks for → the style that gets it
    struct brv_map style_tries; // name → how many like it, as a pointer value
    struct docx_style *first_style;
    struct docx_style *last_style;
    struct docx_style *normal;

    struct docx_abstract *first_abstract, *last_abstract;
    int abstract_count;
    struct docx_num *first_num, *last_num;
    const struct docx_num *counted; // of the ordered list built last, outside of others
    int counted_next;               // what it would count next

    struct docx_flow body;
    struct docx_note *first_note, *last_note;
    struct brv_map bookmarks;      // id → bookmark
    struct brv_map bookmark_names; // lower-case names taken
    int bookmark_count;
    struct brv_map strings; // name → docx_string
    // What the first entry of each level looks like; NULL before it.
    const struct docx_paragraph_format *entry_formats[DOCX_ENTRY_LEVELS + 1];
    struct brv_map levels; // id of a heading → its level as a pointer value; see docx_contents.c
    struct brv_map pages;  // id → the label of its page, a brv_str, when pages are quoted
    size_t direct_count;   // paragraphs that name their numbering themselves
    int sequences[2];      // numbers of figures and of tables so far
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
struct docx_inline *brv_docx_inline_new(struct docx *docx, struct docx_paragraph *paragraph,
                                        enum docx_inline_kind kind);
void brv_docx_build_table(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *element);
// docx_table_look.c — fills in the format that the cells have in common.
void brv_docx_find_table_format(const struct docx *docx, struct docx_table *table);
// docx_describe.c — its title or caption, and its description or what its columns hold.
void brv_docx_describe(struct docx *docx, struct docx_table *table,
                       const struct brv_styled *element);
// The bookmark of an id, which begins in `home`; NULL when another place has the id.
struct docx_bookmark *brv_docx_bookmark(struct docx *docx, brv_str id,
                                        const struct docx_paragraph *home);

// docx_link.c — an address as a relationship's target or "#id"; empty when it can be no link.
brv_str brv_docx_link_target(struct docx *docx, brv_str href);

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

// docx_settle.c — margins between neighbours, page breaks, fillers between tables.
void brv_docx_settle(struct docx *docx, struct docx_flow *flow, bool is_cell);
// Adds a paragraph of no height after a block of the flow.
struct docx_block *brv_docx_add_filler(struct docx *docx, struct docx_flow *flow,
                                       struct docx_block *at);

// docx_neighbour.c — marks the paragraphs whose frame Word would join to the one before.
void brv_docx_part_neighbours(struct docx_flow *flow);

// docx_intern.c — the style of each format.
struct docx_style *brv_docx_character_style(struct docx *docx, const struct docx_run_delta *delta,
                                            enum docx_role role, brv_str wanted, brv_str fallback,
                                            const struct docx_paragraph *home);
void brv_docx_style_flow(struct docx *docx, struct docx_flow *flow);
// The style of this look and these names, NULL when there is none.
struct docx_style *brv_docx_find_style(const struct docx *docx, const struct docx_style *sample);
// Whether styles of a role differ by the level of a list.
bool brv_docx_is_levelled(enum docx_role role);
// docx_plain.c — the element around or of a source that makes its look no longer that of its role;
// TEXT: none does.
enum brv_kind brv_docx_odd_kind(enum docx_role role, const struct brv_styled *source);
bool brv_docx_is_odd(enum docx_role role, const struct brv_styled *source);
// Whether a style whose only name is its role's may have that: not one that the sheet names.
bool brv_docx_may_take_role(const struct docx_style *style);
// Whether `a` has more right to it than `b`: the plainer one, then the commoner.
bool brv_docx_is_better(const struct docx_style *a, const struct docx_style *b);
// docx_naming.c — their names.
void brv_docx_name_styles(struct docx *docx);
// docx_share.c — styles that look alike become one; before they are named.
void brv_docx_share_styles(struct docx *docx);
// Gives styles of text in two roles one of the two as a base; when all are named.
void brv_docx_base_characters(struct docx *docx);
// What a style of text states itself, of what its base does not state alike.
uint32_t brv_docx_own_members(const struct docx_style *style);
enum docx_style_type brv_docx_role_type(enum docx_role role);
// docx_names.c — a name that Word's dialogs take: no commas, at most 60 bytes.
brv_str brv_docx_name_clean(struct docx *docx, brv_str name);
// "section.key-details > table" → "Key Details Table".
brv_str brv_docx_name_from_selector(struct docx *docx, brv_str selector);
// The class of a table that only rules for its cells name: "Zebra" of "table.zebra td".
brv_str brv_docx_name_from_cells(struct docx *docx, const struct docx_table *table);
// Notes the strings that an element sets; `style` when it is a part of a paragraph.
void brv_docx_remember_strings(struct docx *docx, const struct brv_styled *element,
                               const struct docx_paragraph *paragraph,
                               const struct docx_style *style);
// What a string says first on pages like those of docx->section.
brv_str brv_docx_string_value(const struct docx *docx, const struct docx_string *string);
// "key-details" → "Key Details".
brv_str brv_docx_name_from_class(struct docx *docx, brv_str name);
// The name of an element's class: of the classes that its rule names, else of its first.
brv_str brv_docx_class_name(struct docx *docx, const struct brv_styled *element);
// "callout" → "Callout": a name that begins with capitals, as those of our own do.
brv_str brv_docx_capitalised(struct docx *docx, const char *name);
// "Callout Text", without saying one word twice.
brv_str brv_docx_joined_name(struct docx *docx, brv_str first, brv_str second);
// What a style is called by where its paragraph stands; may be empty.
brv_str brv_docx_context_name(struct docx *docx, const struct docx_paragraph *paragraph);
// "Quote List Bullet": what a style is called whose look an element around gives it; `base` is what
// it is without that.
brv_str brv_docx_odd_name(struct docx *docx, enum brv_kind around, brv_str base);
const char *brv_docx_role_name(enum docx_role role);

// docx_list_style.c — numbering that styles carry, so that paragraphs need not name it.
// Whether a paragraph's style says all of its numbering.
bool brv_docx_is_numbered_by_style(const struct docx_paragraph *paragraph);
// Whether a style has the box of a task for a bullet.
bool brv_docx_is_task(const struct docx_style *style);
// Chooses for each level of a numbering the style that carries it: `style` when it is its role's
// own or better than the one so far.
void brv_docx_offer_numbering(struct docx_style *style, bool is_primary,
                              bool (*is_better)(const struct docx_style *,
                                                const struct docx_style *));
// The style that `style` inherits its numbering from; NULL when it carries it itself.
struct docx_style *brv_docx_numbering_base(struct docx_style *style);
// Leaves the bullets of a style that is a template's to the template.
void brv_docx_adopt_numbering(const struct docx *docx, struct docx_style *style);
// What a style is called that differs from `base` in little but its numbering; empty when in more.
brv_str brv_docx_list_style_name(struct docx *docx, const struct docx_style *style,
                                 struct docx_style *base);

#endif
