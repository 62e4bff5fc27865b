// Brevier — the table of properties and of the types of their values.
// Built from props.def. Everything that handles a property without knowing it works through these
// two descriptors: parsing, computing, comparing, hashing, printing.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_PROPERTY_H
#define BRV_STYLE_PROPERTY_H

#include "base/buf.h"
#include "style/value.h"

enum brv_css_property_id {
#define PROP(field, name, type, inherits, initial, outputs, syntax, note) BRV_PROP_##field,
#include "style/props.def"
#undef PROP
    BRV_PROP_COUNT
};

struct brv_css_word {
    const char *name;
    int value;
};

// What font-relative and inherited values are computed against.
struct brv_css_basis {
    float font_size;
    float parent_font_size;
    float root_font_size;
    int parent_weight;
    struct brv_color color;
};

enum brv_css_type_id {
    BRV_CSS_TYPE_DISPLAY,
    BRV_CSS_TYPE_FLOAT,
    BRV_CSS_TYPE_COLOR,
    BRV_CSS_TYPE_FAMILY,
    BRV_CSS_TYPE_FONT_SIZE,
    BRV_CSS_TYPE_WEIGHT,
    BRV_CSS_TYPE_FONT_STYLE,
    BRV_CSS_TYPE_PERCENT,
    BRV_CSS_TYPE_CAPS,
    BRV_CSS_TYPE_NUMERIC,
    BRV_CSS_TYPE_FEATURES,
    BRV_CSS_TYPE_LINE_HEIGHT,
    BRV_CSS_TYPE_LENGTH,
    BRV_CSS_TYPE_TEXT_ALIGN,
    BRV_CSS_TYPE_TEXT_ALIGN_LAST,
    BRV_CSS_TYPE_TEXT_TRANSFORM,
    BRV_CSS_TYPE_DECORATION,
    BRV_CSS_TYPE_VERTICAL_ALIGN,
    BRV_CSS_TYPE_WHITE_SPACE,
    BRV_CSS_TYPE_OVERFLOW_WRAP,
    BRV_CSS_TYPE_HYPHENS,
    BRV_CSS_TYPE_HYPHENATE_LIMITS,
    BRV_CSS_TYPE_HANGING,
    BRV_CSS_TYPE_STRINGS,
    BRV_CSS_TYPE_BORDER_WIDTH,
    BRV_CSS_TYPE_BORDER_STYLE,
    BRV_CSS_TYPE_BREAK,
    BRV_CSS_TYPE_BREAK_INSIDE,
    BRV_CSS_TYPE_INTEGER,
    BRV_CSS_TYPE_NAME,
    BRV_CSS_TYPE_LIST_STYLE,
    BRV_CSS_TYPE_LIST_POSITION,
    BRV_CSS_TYPE_COLLAPSE,
    BRV_CSS_TYPE_CAPTION_SIDE,
    BRV_CSS_TYPE_CONTENT,
    BRV_CSS_TYPE_STRING_SET,
    BRV_CSS_TYPE_COUNTERS,
    BRV_CSS_TYPE_RENDERER,
    BRV_CSS_TYPE_STRING,
    BRV_CSS_TYPE_URL,
    BRV_CSS_TYPE_TEXT_EMPHASIS,
    BRV_CSS_TYPE_TEXT_LINKS,
    BRV_CSS_TYPE_TEXT_TABLE,
    BRV_CSS_TYPE_COLUMN_GAP,
    BRV_CSS_TYPE_COLUMN_SPAN,
    BRV_CSS_TYPE_COLUMN_FILL,
    BRV_CSS_TYPE_COUNT
};

struct brv_css_type {
    enum brv_css_type_id id;
    // Reads a whole value (trimmed, not empty, no CSS-wide keyword, no var()).
    bool (*parse)(struct brv_css_context *context, struct brv_css_range range,
                  struct brv_css_value *value);
    // Writes the computed form of a value that is SET.
    void (*compute)(const struct brv_css_value *value, const struct brv_css_basis *basis,
                    void *field);
    bool (*equal)(const void *a, const void *b);
    uint64_t (*hash)(const void *field, uint64_t seed);
    void (*print)(const void *field, const struct brv_css_type *type, struct brv_buf *out);
    const struct brv_css_word *words; // the keywords that stand for a value of their own
    size_t word_count;
    size_t size; // of the computed field
};

// Properties and types are told apart by id, never by address: a module has tables of its own.
struct brv_css_property {
    enum brv_css_property_id id;
    brv_str name;
    const struct brv_css_type *type;
    size_t offset; // in struct brv_style
    bool inherits;
    const char *initial;
    const char *outputs;
    const char *syntax;
    const char *note;
};

const struct brv_css_property *brv_css_property(enum brv_css_property_id id);
// By name in any case, NULL when there is none.
const struct brv_css_property *brv_css_property_find(brv_str name);
// The names of all properties, and after them of all shorthands, for hints.
const char *const *brv_css_property_names(size_t *count);

static inline const void *brv_css_field(const struct brv_style *style,
                                        const struct brv_css_property *property)
{
    return (const char *)style + property->offset;
}

// What the hash of a field is made with, eight bytes at a time.
static inline uint64_t brv_css_mix(uint64_t seed, uint64_t value)
{
    const uint64_t hash = (seed ^ value) * UINT64_C(0x9FB21C651E98DF25);
    return hash ^ hash >> 29;
}

// True when `word` stands as a keyword of its own in the syntax of the property.
bool brv_css_syntax_has(const struct brv_css_property *property, const char *word);
// Whether a number is inside the bounds that the syntax of the property names.
bool brv_css_syntax_admits(const struct brv_css_property *property, double number);

// ---- the types; only property.c refers to these tables

const struct brv_css_type *brv_css_type(enum brv_css_type_id id);

// How a type is read and computed, and how its computed field is handled. Several types share a
// storage: a weight and an integer are both an int.
#define BRV_CSS_VALUE(name)                                                                        \
    bool brv_css_parse_##name(                                                                     \
        struct brv_css_context *context, struct brv_css_range range, struct brv_css_value *value); \
    void brv_css_compute_##name(                                                                   \
        const struct brv_css_value *value, const struct brv_css_basis *basis, void *field);
#define BRV_CSS_STORAGE(name)                                                                      \
    bool brv_css_equal_##name(const void *a, const void *b);                                       \
    uint64_t brv_css_hash_##name(const void *field, uint64_t seed);                                \
    void brv_css_print_##name(                                                                     \
        const void *field, const struct brv_css_type *type, struct brv_buf *out);
// type_scalar.c
BRV_CSS_VALUE(word)
BRV_CSS_VALUE(bits)
BRV_CSS_VALUE(weight)
BRV_CSS_VALUE(integer)
BRV_CSS_VALUE(limits)
BRV_CSS_VALUE(color)
BRV_CSS_STORAGE(word)
BRV_CSS_STORAGE(bits)
BRV_CSS_STORAGE(int)
BRV_CSS_STORAGE(limits)
BRV_CSS_STORAGE(color)
// type_length.c
BRV_CSS_VALUE(length)
BRV_CSS_VALUE(border_width)
BRV_CSS_VALUE(font_size)
BRV_CSS_VALUE(percent)
BRV_CSS_VALUE(line_height)
BRV_CSS_STORAGE(length)
BRV_CSS_STORAGE(pt)
BRV_CSS_STORAGE(percent)
BRV_CSS_STORAGE(line_height)
// type_string.c
BRV_CSS_VALUE(string)
BRV_CSS_VALUE(name)
BRV_CSS_VALUE(family)
BRV_CSS_VALUE(strings)
BRV_CSS_VALUE(features)
BRV_CSS_VALUE(marker)
BRV_CSS_VALUE(url)
BRV_CSS_STORAGE(string)
BRV_CSS_STORAGE(name)
BRV_CSS_STORAGE(strings)
BRV_CSS_STORAGE(features)
BRV_CSS_STORAGE(marker)
BRV_CSS_STORAGE(url)
// type_counters.c
BRV_CSS_VALUE(counters)
BRV_CSS_STORAGE(counters)
// type_content.c
BRV_CSS_VALUE(content)
BRV_CSS_VALUE(string_set)
BRV_CSS_STORAGE(content)
BRV_CSS_STORAGE(string_set)
#undef BRV_CSS_VALUE
#undef BRV_CSS_STORAGE

// The keyword of a type that a token is, NULL for none.
const struct brv_css_word *brv_css_find_word(const struct brv_css_type *type,
                                             const struct brv_css_token *token);
// The list style that a name stands for.
const struct brv_css_word *brv_css_list_style_words(size_t *count);
bool brv_css_list_style_from_name(brv_str name, enum brv_list_style *style);
const char *brv_css_list_style_name(enum brv_list_style style);

// A string as CSS text with its quotes.
void brv_css_print_quoted(brv_str text, struct brv_buf *out);

#endif
