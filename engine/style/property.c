// Brevier — the table of properties.
// SPDX-License-Identifier: MIT
#include "style/property.h"

#include <stddef.h>

static const struct brv_css_word display_words[] = {
    { "none", BRV_DISPLAY_NONE },
    { "inline", BRV_DISPLAY_INLINE },
    { "block", BRV_DISPLAY_BLOCK },
    { "list-item", BRV_DISPLAY_LIST_ITEM },
    { "table", BRV_DISPLAY_TABLE },
    { "table-caption", BRV_DISPLAY_TABLE_CAPTION },
    { "table-header-group", BRV_DISPLAY_TABLE_HEADER_GROUP },
    { "table-row-group", BRV_DISPLAY_TABLE_ROW_GROUP },
    { "table-row", BRV_DISPLAY_TABLE_ROW },
    { "table-cell", BRV_DISPLAY_TABLE_CELL },
    { "contents", BRV_DISPLAY_CONTENTS },
};
static const struct brv_css_word float_words[] = {
    { "none", BRV_FLOAT_NONE },
    { "footnote", BRV_FLOAT_FOOTNOTE },
};
static const struct brv_css_word font_size_words[] = {
    // percent of medium, which is 10pt
    { "xx-small", 60 }, { "x-small", 75 },  { "small", 89 },     { "medium", 100 },
    { "large", 120 },   { "x-large", 150 }, { "xx-large", 200 }, { "xxx-large", 300 },
    { "smaller", -83 }, { "larger", -120 }, // negative: of the parent's size
};
static const struct brv_css_word weight_words[] = {
    { "normal", 400 },
    { "bold", 700 },
    { "bolder", -1 }, // relative to the parent's weight
    { "lighter", -2 },
};
static const struct brv_css_word font_style_words[] = {
    { "normal", BRV_FONT_NORMAL },
    { "italic", BRV_FONT_ITALIC },
    { "oblique", BRV_FONT_ITALIC },
};
static const struct brv_css_word stretch_words[] = {
    // tenths of a percent
    { "normal", 1000 },   { "ultra-condensed", 500 }, { "extra-condensed", 625 },
    { "condensed", 750 }, { "semi-condensed", 875 },  { "semi-expanded", 1125 },
    { "expanded", 1250 }, { "extra-expanded", 1500 }, { "ultra-expanded", 2000 },
};
static const struct brv_css_word caps_words[] = {
    { "normal", BRV_CAPS_NORMAL },
    { "small-caps", BRV_CAPS_SMALL },
    { "all-small-caps", BRV_CAPS_ALL_SMALL },
};
static const struct brv_css_word numeric_words[] = {
    { "normal", BRV_NUMERIC_NORMAL },
    { "lining-nums", BRV_NUMERIC_LINING },
    { "oldstyle-nums", BRV_NUMERIC_OLDSTYLE },
    { "tabular-nums", BRV_NUMERIC_TABULAR },
    { "proportional-nums", BRV_NUMERIC_PROPORTIONAL },
};
static const struct brv_css_word line_height_words[] = { { "normal", BRV_LINE_NORMAL } };
static const struct brv_css_word length_words[] = {
    { "auto", BRV_LENGTH_AUTO },
    { "none", BRV_LENGTH_NONE },
    { "normal", BRV_LENGTH_SET }, // letter-spacing, word-spacing: zero
};
static const struct brv_css_word text_align_words[] = {
    { "start", BRV_ALIGN_START }, { "end", BRV_ALIGN_END },       { "left", BRV_ALIGN_LEFT },
    { "right", BRV_ALIGN_RIGHT }, { "center", BRV_ALIGN_CENTER }, { "justify", BRV_ALIGN_JUSTIFY },
};
static const struct brv_css_word text_align_last_words[] = {
    { "auto", BRV_ALIGN_LAST_AUTO },       { "start", BRV_ALIGN_LAST_START },
    { "end", BRV_ALIGN_LAST_END },         { "left", BRV_ALIGN_LAST_LEFT },
    { "right", BRV_ALIGN_LAST_RIGHT },     { "center", BRV_ALIGN_LAST_CENTER },
    { "justify", BRV_ALIGN_LAST_JUSTIFY },
};
static const struct brv_css_word text_transform_words[] = {
    { "none", BRV_TRANSFORM_NONE },
    { "uppercase", BRV_TRANSFORM_UPPERCASE },
    { "lowercase", BRV_TRANSFORM_LOWERCASE },
    { "capitalize", BRV_TRANSFORM_CAPITALIZE },
};
static const struct brv_css_word decoration_words[] = {
    { "none", BRV_DECORATION_NONE },
    { "underline", BRV_DECORATION_UNDERLINE },
    { "line-through", BRV_DECORATION_LINE_THROUGH },
    { "overline", BRV_DECORATION_OVERLINE },
};
static const struct brv_css_word vertical_align_words[] = {
    { "baseline", BRV_VERTICAL_BASELINE }, { "sub", BRV_VERTICAL_SUB },
    { "super", BRV_VERTICAL_SUPER },       { "top", BRV_VERTICAL_TOP },
    { "middle", BRV_VERTICAL_MIDDLE },     { "bottom", BRV_VERTICAL_BOTTOM },
};
static const struct brv_css_word white_space_words[] = {
    { "normal", BRV_SPACE_NORMAL },     { "nowrap", BRV_SPACE_NOWRAP },
    { "pre", BRV_SPACE_PRE },           { "pre-wrap", BRV_SPACE_PRE_WRAP },
    { "pre-line", BRV_SPACE_PRE_LINE },
};
static const struct brv_css_word overflow_wrap_words[] = {
    { "normal", BRV_WRAP_NORMAL },
    { "anywhere", BRV_WRAP_ANYWHERE },
    { "break-word", BRV_WRAP_BREAK_WORD },
};
static const struct brv_css_word hyphens_words[] = {
    { "none", BRV_HYPHENS_NONE },
    { "manual", BRV_HYPHENS_MANUAL },
    { "auto", BRV_HYPHENS_AUTO },
};
static const struct brv_css_word auto_words[] = { { "auto", 0 } };
static const struct brv_css_word hanging_words[] = {
    { "none", BRV_HANGING_NONE },
    { "first", BRV_HANGING_FIRST },
    { "last", BRV_HANGING_LAST },
    { "allow-end", BRV_HANGING_ALLOW_END },
};
static const struct brv_css_word strings_words[] = {
    { "none", BRV_STRINGS_NONE },
    { "auto", BRV_STRINGS_AUTO },
};
static const struct brv_css_word border_width_words[] = {
    // quarters of a point
    { "thin", 3 },
    { "medium", 9 },
    { "thick", 15 },
};
static const struct brv_css_word border_style_words[] = {
    { "none", BRV_BORDER_NONE },     { "solid", BRV_BORDER_SOLID },
    { "dashed", BRV_BORDER_DASHED }, { "dotted", BRV_BORDER_DOTTED },
    { "double", BRV_BORDER_DOUBLE },
};
static const struct brv_css_word break_words[] = {
    { "auto", BRV_BREAK_AUTO },   { "avoid", BRV_BREAK_AVOID }, { "avoid-page", BRV_BREAK_AVOID },
    { "page", BRV_BREAK_PAGE },   { "always", BRV_BREAK_PAGE }, { "left", BRV_BREAK_LEFT },
    { "right", BRV_BREAK_RIGHT },
};
static const struct brv_css_word break_inside_words[] = {
    { "auto", BRV_BREAK_AUTO },
    { "avoid", BRV_BREAK_AVOID },
    { "avoid-page", BRV_BREAK_AVOID },
};
static const struct brv_css_word list_style_words[] = {
    { "none", BRV_LIST_NONE },
    { "disc", BRV_LIST_DISC },
    { "circle", BRV_LIST_CIRCLE },
    { "square", BRV_LIST_SQUARE },
    { "decimal", BRV_LIST_DECIMAL },
    { "decimal-leading-zero", BRV_LIST_DECIMAL_LEADING_ZERO },
    { "lower-alpha", BRV_LIST_LOWER_ALPHA },
    { "upper-alpha", BRV_LIST_UPPER_ALPHA },
    { "lower-latin", BRV_LIST_LOWER_ALPHA },
    { "upper-latin", BRV_LIST_UPPER_ALPHA },
    { "lower-roman", BRV_LIST_LOWER_ROMAN },
    { "upper-roman", BRV_LIST_UPPER_ROMAN },
};
static const struct brv_css_word list_position_words[] = {
    { "outside", BRV_LIST_OUTSIDE },
    { "inside", BRV_LIST_INSIDE },
};
static const struct brv_css_word collapse_words[] = {
    { "separate", BRV_BORDERS_SEPARATE },
    { "collapse", BRV_BORDERS_COLLAPSE },
};
static const struct brv_css_word caption_side_words[] = {
    { "top", BRV_CAPTION_TOP },
    { "bottom", BRV_CAPTION_BOTTOM },
};
static const struct brv_css_word content_words[] = {
    { "normal", BRV_CONTENT_NORMAL },
    { "none", BRV_CONTENT_EMPTY },
};
static const struct brv_css_word column_gap_words[] = { { "normal", BRV_LENGTH_AUTO } };
static const struct brv_css_word column_span_words[] = {
    { "none", BRV_COLUMN_SPAN_NONE },
    { "all", BRV_COLUMN_SPAN_ALL },
};
static const struct brv_css_word column_fill_words[] = {
    { "balance", BRV_COLUMN_FILL_BALANCE },
    { "auto", BRV_COLUMN_FILL_AUTO },
};
static const struct brv_css_word auto_none_words[] = { { "auto", 0 }, { "none", 0 } };
static const struct brv_css_word integer_words[] = { { "none", 0 }, { "auto", 0 } };
static const struct brv_css_word none_words[] = { { "none", 0 } };
static const struct brv_css_word normal_words[] = { { "normal", 0 } };
static const struct brv_css_word text_emphasis_words[] = {
    { "none", BRV_TEXT_EMPHASIS_NONE },
    { "stars", BRV_TEXT_EMPHASIS_STARS },
    { "slashes", BRV_TEXT_EMPHASIS_SLASHES },
    { "uppercase", BRV_TEXT_EMPHASIS_UPPERCASE },
};
static const struct brv_css_word text_links_words[] = {
    { "references", BRV_TEXT_LINKS_REFERENCES },
    { "inline", BRV_TEXT_LINKS_INLINE },
};
static const struct brv_css_word text_table_words[] = {
    { "auto", BRV_TEXT_TABLE_AUTO },
    { "grid", BRV_TEXT_TABLE_GRID },
    { "records", BRV_TEXT_TABLE_RECORDS },
};

// One row a type: how it is read and computed, how it is stored, and its keywords.
#define TYPE(id_, value, storage, list)                                                            \
    [BRV_CSS_TYPE_##id_] = {                                                                       \
        .id = BRV_CSS_TYPE_##id_,                                                                  \
        .parse = brv_css_parse_##value,                                                            \
        .compute = brv_css_compute_##value,                                                        \
        .equal = brv_css_equal_##storage,                                                          \
        .hash = brv_css_hash_##storage,                                                            \
        .print = brv_css_print_##storage,                                                          \
        .words = list,                                                                             \
        .word_count = BRV_COUNT(list),                                                             \
        .size = sizeof(BRV_TYPE_##id_),                                                            \
    }
static const struct brv_css_type types[] = {
    TYPE(DISPLAY, word, word, display_words),
    TYPE(FLOAT, word, word, float_words),
    TYPE(COLOR, color, color, none_words),
    TYPE(FAMILY, family, strings, none_words),
    TYPE(FONT_SIZE, font_size, pt, font_size_words),
    TYPE(WEIGHT, weight, int, weight_words),
    TYPE(FONT_STYLE, word, word, font_style_words),
    TYPE(PERCENT, percent, percent, stretch_words),
    TYPE(CAPS, word, word, caps_words),
    TYPE(NUMERIC, bits, bits, numeric_words),
    TYPE(FEATURES, features, features, normal_words),
    TYPE(LINE_HEIGHT, line_height, line_height, line_height_words),
    TYPE(LENGTH, length, length, length_words),
    TYPE(TEXT_ALIGN, word, word, text_align_words),
    TYPE(TEXT_ALIGN_LAST, word, word, text_align_last_words),
    TYPE(TEXT_TRANSFORM, word, word, text_transform_words),
    TYPE(DECORATION, bits, bits, decoration_words),
    TYPE(VERTICAL_ALIGN, word, word, vertical_align_words),
    TYPE(WHITE_SPACE, word, word, white_space_words),
    TYPE(OVERFLOW_WRAP, word, word, overflow_wrap_words),
    TYPE(HYPHENS, word, word, hyphens_words),
    TYPE(HYPHENATE_LIMITS, limits, limits, auto_words),
    TYPE(HANGING, bits, bits, hanging_words),
    TYPE(STRINGS, strings, strings, strings_words),
    TYPE(BORDER_WIDTH, border_width, pt, border_width_words),
    TYPE(BORDER_STYLE, word, word, border_style_words),
    TYPE(BREAK, word, word, break_words),
    TYPE(BREAK_INSIDE, word, word, break_inside_words),
    TYPE(INTEGER, integer, int, integer_words),
    TYPE(NAME, name, name, auto_none_words),
    TYPE(LIST_STYLE, marker, marker, list_style_words),
    TYPE(LIST_POSITION, word, word, list_position_words),
    TYPE(COLLAPSE, word, word, collapse_words),
    TYPE(CAPTION_SIDE, word, word, caption_side_words),
    TYPE(CONTENT, content, content, content_words),
    TYPE(STRING_SET, string_set, string_set, none_words),
    TYPE(COUNTERS, counters, counters, none_words),
    TYPE(RENDERER, string, string, auto_none_words),
    TYPE(STRING, string, string, auto_none_words),
    TYPE(URL, url, url, none_words),
    TYPE(TEXT_EMPHASIS, word, word, text_emphasis_words),
    TYPE(TEXT_LINKS, word, word, text_links_words),
    TYPE(TEXT_TABLE, word, word, text_table_words),
    TYPE(COLUMN_GAP, length, length, column_gap_words),
    TYPE(COLUMN_SPAN, word, word, column_span_words),
    TYPE(COLUMN_FILL, word, word, column_fill_words),
};
#undef TYPE

static const struct brv_css_property properties[] = {
#define PROP(field, name_, type_, inherits_, initial_, outputs_, syntax_, note_)                   \
    {                                                                                              \
        .id = BRV_PROP_##field,                                                                    \
        .name = BRV_S_INIT(name_),                                                                 \
        .type = &types[BRV_CSS_TYPE_##type_],                                                      \
        .offset = offsetof(struct brv_style, field),                                               \
        .inherits = inherits_,                                                                     \
        .initial = initial_,                                                                       \
        .outputs = outputs_,                                                                       \
        .syntax = syntax_,                                                                         \
        .note = note_,                                                                             \
    },
#include "style/props.def"
#undef PROP
};

const struct brv_css_type *brv_css_type(enum brv_css_type_id id)
{
    return &types[id];
}

const struct brv_css_property *brv_css_property(enum brv_css_property_id id)
{
    return &properties[id];
}

const struct brv_css_property *brv_css_property_find(brv_str name)
{
    // Few names are of one length, and their lengths alone fit two cache lines.
    static const uint8_t lengths[] = {
#define PROP(field, name, type, inherits, initial, outputs, syntax, note) sizeof(name) - 1,
#include "style/props.def"
#undef PROP
    };
    const uint8_t *end = lengths + sizeof lengths;
    if (name.len == 0 || name.len > UINT8_MAX)
        return NULL;
    for (const uint8_t *at = lengths; (at = memchr(at, (int)name.len, (size_t)(end - at))); at++) {
        const struct brv_css_property *property = &properties[at - lengths];
        // Names part at their ends more than at their starts.
        char last = property->name.ptr[name.len - 1];
        if (last == brv_to_lower(name.ptr[name.len - 1]) &&
            brv_str_equal_nocase(property->name, name))
            return property;
    }
    return NULL;
}

const char *const *brv_css_property_names(size_t *count)
{
    static const char *const names[] = {
#define PROP(field, name, type, inherits, initial, outputs, syntax, note) name,
#include "style/props.def"
#undef PROP
#define SHORTHAND(name, expand, longhands, syntax) name,
#include "style/shorthands.def"
#undef SHORTHAND
    };
    *count = BRV_COUNT(names);
    return names;
}

static bool is_word_byte(char c)
{
    return c == '-' || c == '<' || c == '>' || brv_is_digit(c) ||
           (brv_to_lower(c) >= 'a' && brv_to_lower(c) <= 'z');
}

bool brv_css_syntax_has(const struct brv_css_property *property, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = property->syntax; (at = strstr(at, word)); at += len) {
        if ((at == property->syntax || !is_word_byte(at[-1])) && !is_word_byte(at[len]))
            return true;
    }
    return false;
}

bool brv_css_syntax_admits(const struct brv_css_property *property, double number)
{
    const char *bounds = strchr(property->syntax, '[');
    while (bounds && !brv_is_digit(bounds[1]))
        bounds = strchr(bounds + 1, '[');
    if (!bounds)
        return true;
    bool has_upper = bounds[2] == ',' && brv_is_digit(bounds[3]);
    return number >= bounds[1] - '0' && (!has_upper || number <= bounds[3] - '0');
}
