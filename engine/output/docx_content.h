// Brevier — what a Word document is made of, before it is XML: styles, numberings, paragraphs,
// tables, sections. docx_tree.h says how they come about.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_CONTENT_H
#define BRV_OUTPUT_DOCX_CONTENT_H

#include "base/hash.h"
#include "output/docx_format.h"
#include "output/output.h"

enum { DOCX_LIST_LEVELS = 9, DOCX_DEPTH_LIMIT = 100, DOCX_FILLER_LINE = 20 };
enum { DOCX_ENTRY_LEVELS = 9 }; // of tables of contents
// Half an inch: however deep boxes go, so much is left to write on.
enum { DOCX_WIDTH_MIN = 720 };
// Word draws a paragraph border at most this far from its text.
enum { DOCX_BORDER_SPACE_PT = 31 };

// What a style is for: gives the built-in Word name. See docx_roles.def.
enum docx_role {
#define ROLE(enumerator, type, name, priority, quick, builtin, follows) DOCX_ROLE_##enumerator,
#include "output/docx_roles.def"
#undef ROLE
    DOCX_ROLE_COUNT
};

// Roles are bits of docx.shown_roles.
_Static_assert(DOCX_ROLE_COUNT <= 64, "a bit for each role");

static inline bool brv_docx_is_heading_role(enum docx_role role)
{
    return role >= DOCX_ROLE_HEADING_1 && role <= DOCX_ROLE_HEADING_6;
}

// Text of a cell, of the body or the head of a table.
static inline bool brv_docx_is_cell_role(enum docx_role role)
{
    return role == DOCX_ROLE_TABLE_TEXT || role == DOCX_ROLE_TABLE_HEADING;
}

enum docx_style_type { DOCX_PARAGRAPH_STYLE, DOCX_CHARACTER_STYLE, DOCX_TABLE_STYLE };

// ---- named styles

struct docx_style {
    struct docx_style *next; // in order of first use
    enum docx_style_type type;
    enum docx_role role;
    int level;        // list level, from 1; 0 where there is none
    brv_str wanted;   // -brv-word-style, empty for auto
    brv_str fallback; // name that describes where the style was first used; may be empty
    const struct docx_paragraph *home; // where it was first used; NULL for tables
    size_t uses;
    bool is_variant; // its spacing differs from what its own rule says
    bool is_odd;     // where something around changes it, and nowhere else
    uint32_t leaves; // docx_run_member bits: what it must not state, as a table's style does
    struct docx_style *twin; // what it is but for a hair, see docx_neighbour.c; of a table: is
    struct docx_style *base; // NULL: Normal, Default Paragraph Font or Normal Table
    brv_str name;
    brv_str id;
    bool is_adopted;            // it is a template's
    bool sets_string;           // its paragraphs do, which running heads may show
    bool is_direct;             // is its base, beyond which its paragraphs speak for themselves
    const struct docx_num *num; // numbering of its paragraphs; see docx_list_style.c
    int num_level;
    bool is_unnumbered; // though its base is
    int restarts;       // of its numbering, in styles of their own
    struct docx_paragraph_format paragraph;
    struct docx_run_delta run;
    struct docx_table_format table;
};

// ---- numbering

enum docx_suffix { DOCX_SUFFIX_TAB, DOCX_SUFFIX_SPACE, DOCX_SUFFIX_NONE };

struct docx_level {
    enum brv_list_style style; // STRING for bullets, NONE for levels without a number
    brv_str text;              // "%3." or the bullet itself
    enum docx_suffix suffix;   // what stands between that and the text
    int start;                 // 0: 1
    bool goes_on;              // does not begin anew after the levels above
    bool is_legal;             // shows the numbers of the levels above as decimals
    int32_t left, hanging;
    struct docx_run_delta run;          // against the item's paragraph
    struct docx_style *paragraph_style; // that carries this level, or NULL
    bool is_primary;                    // that style is its role's own
};

enum docx_numbers { DOCX_BULLETS, DOCX_TASKS, DOCX_LIST_NUMBERS, DOCX_HEADING_NUMBERS };

struct docx_abstract {
    struct docx_abstract *next;
    int id;
    enum docx_numbers kind; // what the levels that no list has used look like
    bool is_whole;          // with those, for whoever goes on writing
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

// Where text leads to.
struct docx_link {
    brv_str target; // a relationship's or "#id", which the link policy allows
    brv_str title;  // what is shown when somebody points at it
};

struct docx_inline { // kept small: a book has many
    struct docx_inline *next;
    enum docx_inline_kind kind : 8;
    enum brv_list_style number : 8;  // page numbers
    enum brv_string_place place : 8; // of STYLE_OF
    bool is_rtl;
    const struct docx_style *style;
    brv_str text;
    const struct docx_link *link; // NULL: none
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
    brv_str wanted;                  // -brv-word-style of its own,
    brv_str wanted_around;           // and of the item or quote that it stands in
    const struct docx_num *num;      // of list items
    int num_level;
    bool is_rtl;
    bool sets_string;                  // that a running head may show
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
    const struct brv_styled *source;
    struct docx_cell *first;
    struct docx_cell *last;
    bool is_header; // of thead
    bool is_even;   // of those of the body
    bool keep;      // break-inside: avoid
};

struct docx_table {
    const struct brv_styled *source;
    struct docx_row *first;
    struct docx_row *last;
    size_t row_count, body_row_count;
    unsigned column_count;
    int32_t *widths;
    int32_t indent, width;
    uint8_t align;      // enum brv_text_align: START, CENTER or END of what holds it
    bool is_full_width; // of that
    bool is_rtl;
    bool is_box; // a framed container, not a table of the document
    int32_t before, after;
    int32_t before_chain, after_chain;
    bool page_break;
    brv_str title, description; // for those who do not see it
    const char *label;          // NULL; else names the style of a box that no rule does
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
    brv_str longest;       // of its values
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

#endif
