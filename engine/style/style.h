// Brevier — computed styles: what the cascade gives and all outputs read.
// Values are computed: em, rem, ex, ch resolved to points; percentages kept beside them; colours
// resolved; var() and calc() gone. Styles are interned: equal styles are one pointer.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_STYLE_H
#define BRV_STYLE_STYLE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

// pt + percent of the reference the property names. `keyword` excludes both.
struct brv_length {
    float pt;
    float percent; // 100 is the whole
    enum { BRV_LENGTH_SET, BRV_LENGTH_AUTO, BRV_LENGTH_NONE } keyword : 8;
};
// In points against a reference; 0 for auto and none.
static inline float brv_length_resolve(struct brv_length length, float reference_pt)
{
    return length.keyword == BRV_LENGTH_SET ? length.pt + length.percent * reference_pt / 100.0f
                                            : 0.0f;
}

struct brv_color {
    uint8_t red, green, blue;
    uint8_t alpha; // 0 transparent … 255 opaque
};

enum brv_display {
    BRV_DISPLAY_NONE,
    BRV_DISPLAY_INLINE,
    BRV_DISPLAY_BLOCK,
    BRV_DISPLAY_LIST_ITEM,
    BRV_DISPLAY_TABLE,
    BRV_DISPLAY_TABLE_CAPTION,
    BRV_DISPLAY_TABLE_HEADER_GROUP,
    BRV_DISPLAY_TABLE_ROW_GROUP,
    BRV_DISPLAY_TABLE_ROW,
    BRV_DISPLAY_TABLE_CELL,
    BRV_DISPLAY_CONTENTS,
};
enum brv_float { BRV_FLOAT_NONE, BRV_FLOAT_FOOTNOTE };
enum brv_font_style { BRV_FONT_NORMAL, BRV_FONT_ITALIC };
enum brv_caps { BRV_CAPS_NORMAL, BRV_CAPS_SMALL, BRV_CAPS_ALL_SMALL };
enum brv_numeric { // bits
    BRV_NUMERIC_NORMAL = 0,
    BRV_NUMERIC_LINING = 1,
    BRV_NUMERIC_OLDSTYLE = 2,
    BRV_NUMERIC_TABULAR = 4,
    BRV_NUMERIC_PROPORTIONAL = 8,
};
enum brv_text_align {
    BRV_ALIGN_START,
    BRV_ALIGN_END,
    BRV_ALIGN_LEFT,
    BRV_ALIGN_RIGHT,
    BRV_ALIGN_CENTER,
    BRV_ALIGN_JUSTIFY,
};
enum brv_text_align_last { // as brv_text_align, after auto
    BRV_ALIGN_LAST_AUTO,
    BRV_ALIGN_LAST_START,
    BRV_ALIGN_LAST_END,
    BRV_ALIGN_LAST_LEFT,
    BRV_ALIGN_LAST_RIGHT,
    BRV_ALIGN_LAST_CENTER,
    BRV_ALIGN_LAST_JUSTIFY,
};
enum brv_text_transform {
    BRV_TRANSFORM_NONE,
    BRV_TRANSFORM_UPPERCASE,
    BRV_TRANSFORM_LOWERCASE,
    BRV_TRANSFORM_CAPITALIZE,
};
enum brv_decoration { // bits
    BRV_DECORATION_NONE = 0,
    BRV_DECORATION_UNDERLINE = 1,
    BRV_DECORATION_LINE_THROUGH = 2,
    BRV_DECORATION_OVERLINE = 4,
};
enum brv_vertical_align {
    BRV_VERTICAL_BASELINE,
    BRV_VERTICAL_SUB,
    BRV_VERTICAL_SUPER,
    BRV_VERTICAL_TOP,
    BRV_VERTICAL_MIDDLE,
    BRV_VERTICAL_BOTTOM,
};
enum brv_white_space {
    BRV_SPACE_NORMAL,
    BRV_SPACE_NOWRAP,
    BRV_SPACE_PRE,
    BRV_SPACE_PRE_WRAP,
    BRV_SPACE_PRE_LINE,
};
enum brv_overflow_wrap { BRV_WRAP_NORMAL, BRV_WRAP_ANYWHERE, BRV_WRAP_BREAK_WORD };
enum brv_hyphens { BRV_HYPHENS_NONE, BRV_HYPHENS_MANUAL, BRV_HYPHENS_AUTO };
enum brv_hanging { // bits
    BRV_HANGING_NONE = 0,
    BRV_HANGING_FIRST = 1,
    BRV_HANGING_LAST = 2,
    BRV_HANGING_ALLOW_END = 4,
};
enum brv_border_style {
    BRV_BORDER_NONE,
    BRV_BORDER_SOLID,
    BRV_BORDER_DASHED,
    BRV_BORDER_DOTTED,
    BRV_BORDER_DOUBLE,
};
enum brv_break {
    BRV_BREAK_AUTO,
    BRV_BREAK_AVOID, // avoid and avoid-page
    BRV_BREAK_PAGE,  // page and always
    BRV_BREAK_LEFT,
    BRV_BREAK_RIGHT,
};
enum brv_list_style {
    BRV_LIST_NONE,
    BRV_LIST_DISC,
    BRV_LIST_CIRCLE,
    BRV_LIST_SQUARE,
    BRV_LIST_DECIMAL,
    BRV_LIST_DECIMAL_LEADING_ZERO,
    BRV_LIST_LOWER_ALPHA,
    BRV_LIST_UPPER_ALPHA,
    BRV_LIST_LOWER_ROMAN,
    BRV_LIST_UPPER_ROMAN,
    BRV_LIST_STRING, // with its string
};
enum brv_list_position { BRV_LIST_OUTSIDE, BRV_LIST_INSIDE };
enum brv_collapse { BRV_BORDERS_SEPARATE, BRV_BORDERS_COLLAPSE };
enum brv_caption_side { BRV_CAPTION_TOP, BRV_CAPTION_BOTTOM };
enum brv_column_span { BRV_COLUMN_SPAN_NONE, BRV_COLUMN_SPAN_ALL };
enum brv_column_fill { BRV_COLUMN_FILL_BALANCE, BRV_COLUMN_FILL_AUTO };
enum brv_text_emphasis {
    BRV_TEXT_EMPHASIS_NONE,
    BRV_TEXT_EMPHASIS_STARS,
    BRV_TEXT_EMPHASIS_SLASHES,
    BRV_TEXT_EMPHASIS_UPPERCASE,
};
enum brv_text_links { BRV_TEXT_LINKS_REFERENCES, BRV_TEXT_LINKS_INLINE };
enum brv_text_table { BRV_TEXT_TABLE_AUTO, BRV_TEXT_TABLE_GRID, BRV_TEXT_TABLE_RECORDS };

struct brv_strings {
    const brv_str *items;
    uint32_t count;
    enum { BRV_STRINGS_SET, BRV_STRINGS_NONE, BRV_STRINGS_AUTO } keyword : 8;
};

// A file that a sheet names: a path relative to the folder of `sheet`. Both empty: none.
struct brv_url {
    brv_str path;
    brv_str sheet; // the path of the sheet itself
};

// hyphenate-limit-chars, with auto resolved.
struct brv_hyphenate_limits {
    int word;   // letters that a word needs
    int before; // letters before the break
    int after;  // letters after it
};

// line-height: a number multiplies the element's own font size.
struct brv_line_height {
    enum { BRV_LINE_NORMAL, BRV_LINE_NUMBER, BRV_LINE_PT } kind : 8;
    float value;
};

struct brv_image;
struct brv_counter_style; // @counter-style or symbols()

struct brv_list_marker {
    enum brv_list_style style;
    brv_str string;
    // With style STRING: numbers in symbols of the sheet's own, as brv_counter_text() makes them;
    // `string` is their name then.
    const struct brv_counter_style *counter_style;
};

struct brv_feature {
    char tag[4];
    uint32_t value;
};
struct brv_features {
    const struct brv_feature *items;
    uint32_t count;
};

struct brv_counter_op {
    brv_str name;
    int value;
};
struct brv_counter_ops {
    const struct brv_counter_op *items;
    uint32_t count;
};

// One component of a content list.
enum brv_content_kind {
    BRV_CONTENT_STRING,         // text
    BRV_CONTENT_ATTR,           // text: attribute name
    BRV_CONTENT_COUNTER,        // text: counter, style
    BRV_CONTENT_COUNTERS,       // text: counter, separator, style
    BRV_CONTENT_NAMED_STRING,   // text: name of a string-set string
    BRV_CONTENT_ELEMENT_TEXT,   // content()
    BRV_CONTENT_LEADER,         // text: what repeats
    BRV_CONTENT_TARGET_COUNTER, // separator: attribute that holds the "#id", text: counter, style
    BRV_CONTENT_TARGET_TEXT,    // separator: attribute that holds the "#id", text: "before" or not
    BRV_CONTENT_IMAGE,          // text: path as written; separator: alt text
    BRV_CONTENT_OPEN_QUOTE,
    BRV_CONTENT_CLOSE_QUOTE,
};
// Which value of a named string a page shows, as CSS Generated Content for Paged Media has it.
enum brv_string_place {
    BRV_STRING_FIRST,        // the first that is set on the page, else the one from before
    BRV_STRING_START,        // the one from before, unless the page begins with what sets it
    BRV_STRING_LAST,         // the last that is set on the page, else the one from before
    BRV_STRING_FIRST_EXCEPT, // none where it is set, else the one from before
};
struct brv_content_item {
    enum brv_content_kind kind;
    enum brv_list_style style;
    enum brv_string_place place; // of a named string
    brv_str text;
    brv_str separator; // counters(); target-counter(), target-text(): the attribute
    const struct brv_counter_style *counter_style; // see struct brv_list_marker
    const struct brv_image *image;                 // NULL where it could not be had
};
struct brv_content_list {
    const struct brv_content_item *items;
    uint32_t count;
    enum { BRV_CONTENT_SET, BRV_CONTENT_NORMAL, BRV_CONTENT_EMPTY } keyword : 8;
};
struct brv_string_set {
    brv_str name;
    struct brv_content_list content;
};
struct brv_string_sets {
    const struct brv_string_set *items;
    uint32_t count;
};

// How a type of props.def is stored.
#define BRV_TYPE_DISPLAY enum brv_display
#define BRV_TYPE_FLOAT enum brv_float
#define BRV_TYPE_COLOR struct brv_color
#define BRV_TYPE_FAMILY struct brv_strings
#define BRV_TYPE_FONT_SIZE float /* pt */
#define BRV_TYPE_WEIGHT int
#define BRV_TYPE_FONT_STYLE enum brv_font_style
#define BRV_TYPE_PERCENT float
#define BRV_TYPE_CAPS enum brv_caps
#define BRV_TYPE_NUMERIC unsigned /* brv_numeric bits */
#define BRV_TYPE_FEATURES struct brv_features
#define BRV_TYPE_LINE_HEIGHT struct brv_line_height
#define BRV_TYPE_LENGTH struct brv_length
#define BRV_TYPE_TEXT_ALIGN enum brv_text_align
#define BRV_TYPE_TEXT_ALIGN_LAST enum brv_text_align_last
#define BRV_TYPE_TEXT_TRANSFORM enum brv_text_transform
#define BRV_TYPE_DECORATION unsigned /* brv_decoration bits */
#define BRV_TYPE_VERTICAL_ALIGN enum brv_vertical_align
#define BRV_TYPE_WHITE_SPACE enum brv_white_space
#define BRV_TYPE_OVERFLOW_WRAP enum brv_overflow_wrap
#define BRV_TYPE_HYPHENS enum brv_hyphens
#define BRV_TYPE_HYPHENATE_LIMITS struct brv_hyphenate_limits
#define BRV_TYPE_HANGING unsigned /* brv_hanging bits */
#define BRV_TYPE_STRINGS struct brv_strings
#define BRV_TYPE_BORDER_WIDTH float /* pt; 0 when the style is none */
#define BRV_TYPE_BORDER_STYLE enum brv_border_style
#define BRV_TYPE_BREAK enum brv_break
#define BRV_TYPE_BREAK_INSIDE enum brv_break
#define BRV_TYPE_INTEGER int
#define BRV_TYPE_NAME brv_str /* empty: auto */
#define BRV_TYPE_LIST_STYLE struct brv_list_marker
#define BRV_TYPE_LIST_POSITION enum brv_list_position
#define BRV_TYPE_COLLAPSE enum brv_collapse
#define BRV_TYPE_CAPTION_SIDE enum brv_caption_side
#define BRV_TYPE_CONTENT struct brv_content_list
#define BRV_TYPE_STRING_SET struct brv_string_sets
#define BRV_TYPE_COUNTERS struct brv_counter_ops
#define BRV_TYPE_RENDERER brv_str /* empty: auto */
#define BRV_TYPE_STRING brv_str   /* empty: auto or none */
#define BRV_TYPE_URL struct brv_url
#define BRV_TYPE_TEXT_EMPHASIS enum brv_text_emphasis
#define BRV_TYPE_TEXT_LINKS enum brv_text_links
#define BRV_TYPE_TEXT_TABLE enum brv_text_table
#define BRV_TYPE_COLUMN_GAP struct brv_length /* normal: auto */
#define BRV_TYPE_COLUMN_SPAN enum brv_column_span
#define BRV_TYPE_COLUMN_FILL enum brv_column_fill

struct brv_style {
#define PROP(field, name, type, inherits, initial, outputs, syntax, note) BRV_TYPE_##type field;
#include "style/props.def"
#undef PROP
    uint32_t serial; // order of first interning: a stable key for tables indexed by style
};

// How the last line of a block, and a line before a forced break, is aligned.
static inline enum brv_text_align brv_style_last_align(const struct brv_style *style)
{
    if (style->text_align_last != BRV_ALIGN_LAST_AUTO)
        return (enum brv_text_align)(style->text_align_last - BRV_ALIGN_LAST_START);
    return style->text_align == BRV_ALIGN_JUSTIFY ? BRV_ALIGN_START : style->text_align;
}

// The line height in points of a style ("normal" is 1.2).
static inline float brv_style_line_height_pt(const struct brv_style *style)
{
    switch (style->line_height.kind) {
    case BRV_LINE_NUMBER:
        return style->line_height.value * style->font_size;
    case BRV_LINE_PT:
        return style->line_height.value;
    case BRV_LINE_NORMAL:
        break;
    }
    return 1.2f * style->font_size;
}

#endif
