// Brevier — what Word can say of runs, paragraphs and tables, in its own units.
// Formats are values without padding, compared and hashed as bytes: equal formats are one style.
// Lengths are twips where nothing else is said.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_FORMAT_H
#define BRV_OUTPUT_DOCX_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#define DOCX_NO_COLOR 0xFFFFFFFFu

struct docx_border {
    uint8_t style;    // enum brv_border_style; NONE: no border
    uint8_t space_pt; // between border and text, at most 31
    uint16_t eighths; // width in eighths of a point
    uint32_t rgb;
};

// Its width in twips.
static inline int32_t brv_docx_border_twips(struct docx_border border)
{
    return (border.eighths * 20 + 4) / 8;
}

struct docx_run_format {
    uint32_t color;
    uint32_t shade; // or DOCX_NO_COLOR
    uint16_t font;  // index into docx.fonts
    uint16_t half_points;
    int16_t spacing; // letter-spacing in twips
    uint8_t bold;
    uint8_t italic;
    uint8_t caps;
    uint8_t small_caps;
    uint8_t underline;
    uint8_t strike;
    uint8_t raise; // enum brv_vertical_align: BASELINE, SUB or SUPER
    uint8_t unused[3];
    struct docx_border border; // around it
};

// The members of a run format that a style states.
enum docx_run_member {
    DOCX_RUN_COLOR = 1 << 0,
    DOCX_RUN_SHADE = 1 << 1,
    DOCX_RUN_FONT = 1 << 2,
    DOCX_RUN_SIZE = 1 << 3,
    DOCX_RUN_SPACING = 1 << 4,
    DOCX_RUN_BOLD = 1 << 5,
    DOCX_RUN_ITALIC = 1 << 6,
    DOCX_RUN_CAPS = 1 << 7,
    DOCX_RUN_SMALL_CAPS = 1 << 8,
    DOCX_RUN_UNDERLINE = 1 << 9,
    DOCX_RUN_STRIKE = 1 << 10,
    DOCX_RUN_RAISE = 1 << 11,
    DOCX_RUN_BORDER = 1 << 12,
};

// Those that Word adds up over the styles of a table, a paragraph and a run, twice being none.
enum {
    DOCX_RUN_TOGGLES =
        DOCX_RUN_BOLD | DOCX_RUN_ITALIC | DOCX_RUN_CAPS | DOCX_RUN_SMALL_CAPS | DOCX_RUN_STRIKE,
};

// How one run format differs from another; members that do not differ are zero.
struct docx_run_delta {
    struct docx_run_format format;
    uint32_t members; // docx_run_member bits
};

enum docx_side { DOCX_TOP, DOCX_LEFT, DOCX_BOTTOM, DOCX_RIGHT, DOCX_BETWEEN, DOCX_SIDES };

// Word hyphenates a document or does not; a paragraph may be left out. So text with hyphens of its
// own only is left out where any is hyphenated, and stays as it is elsewhere.
enum docx_hyphens { DOCX_AUTO_HYPHENS, DOCX_NEVER_HYPHENS, DOCX_OWN_HYPHENS };

struct docx_paragraph_format {
    struct docx_run_format run;
    int32_t before, after; // twips, as all lengths here
    int32_t line;          // least line height; 0: the font's own; negative: exactly that
    int32_t left, right;
    int32_t first;                 // first line, negative for a hanging one
    int32_t tab_center, tab_right; // 0: none
    int32_t tab_step;              // of code: from one stop to the next; 0: Word's own
    uint32_t shade;
    struct docx_border borders[DOCX_SIDES];
    uint8_t align; // enum brv_text_align; START, END, CENTER or JUSTIFY
    uint8_t keep_next;
    uint8_t keep_lines;
    uint8_t page_break;
    uint8_t widow_control;
    uint8_t outline;    // 1 … 9, 0: body text
    uint8_t leader;     // of tab_right: '.', '-', '_' or 0
    uint8_t no_hyphens; // enum docx_hyphens, settled when all styles are known
};

// The height of a line of this size where nothing says it, in twips: 1.2 times the size.
static inline int32_t brv_docx_font_line(const struct docx_run_format *format)
{
    return format->half_points * 12;
}

// The least height of a line.
static inline int32_t brv_docx_line(const struct docx_paragraph_format *format)
{
    return format->line > 0 ? format->line : brv_docx_font_line(&format->run);
}

struct docx_cell_format {
    struct docx_border borders[4]; // by docx_side, TOP to RIGHT
    uint32_t shade;
    int16_t padding[4];
    uint8_t valign; // enum brv_vertical_align: TOP, MIDDLE or BOTTOM
    uint8_t unused[3];
};

// The members of a cell format that a condition states; the bits below are borders, by docx_side.
enum docx_cell_member {
    DOCX_CELL_BORDERS = 0xF,
    DOCX_CELL_SHADE = 1 << 4,
    DOCX_CELL_PADDING = 1 << 5,
    DOCX_CELL_VALIGN = 1 << 6,
};

// What sets apart the cells of a part of a table's body. Later ones win over earlier ones, as in
// Word; members that are not stated are zero.
enum docx_table_part { DOCX_FIRST_COLUMN, DOCX_LAST_COLUMN, DOCX_LAST_ROW, DOCX_TABLE_PARTS };

struct docx_table_condition {
    struct docx_cell_format cell;
    uint32_t members; // docx_cell_member bits
    // Of the text in them, as far as its paragraphs' style leaves it open.
    struct docx_run_delta text;
};

struct docx_table_format {
    struct docx_cell_format body;      // of most body cells
    struct docx_cell_format even;      // of body cells in even rows, when has_bands
    struct docx_cell_format header;    // of header rows, when has_header
    struct docx_run_delta header_text; // of theirs, as far as its paragraphs' style leaves it open
    struct docx_table_condition parts[DOCX_TABLE_PARTS];
    struct docx_border outer[4]; // around the whole table
    int32_t spacing;             // of separated borders: from one cell to the next
    uint8_t has_header;
    uint8_t has_bands;
    uint8_t unused[2];
};

// How many members a format states.
static inline int brv_docx_count_bits(uint32_t members)
{
    int count = 0;
    for (; members; members &= members - 1) {
        count++;
    }
    return count;
}

// Whether the style has anything to say of a part.
static inline bool brv_docx_has_part(const struct docx_table_format *format,
                                     enum docx_table_part part)
{
    return format->parts[part].members != 0 || format->parts[part].text.members != 0;
}

#endif
