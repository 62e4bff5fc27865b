// Brevier — counter styles of the sheet's own: @counter-style and symbols().
// A name may be used before it is defined, in another file even, so using it makes an entry that
// the definition fills in later. What is still empty when all sheets are read is reported and
// counts in decimal.
// SPDX-License-Identifier: MIT
#include "style/counter_style.h"

enum { MAX_SYMBOLS = 1000, MAX_REPEATED = 60, MAX_HINTS = 100, MAX_HINT_NAMES = 500 };

// In the order of the enum.
static const struct {
    const char *name;
    enum brv_counter_system system;
    size_t least; // symbols
} systems[] = {
    { "cyclic", BRV_SYSTEM_CYCLIC, 1 },         { "numeric", BRV_SYSTEM_NUMERIC, 2 },
    { "alphabetic", BRV_SYSTEM_ALPHABETIC, 2 }, { "symbolic", BRV_SYSTEM_SYMBOLIC, 1 },
    { "fixed", BRV_SYSTEM_FIXED, 1 },
};

// ---- the entries

static struct brv_counter_style *entry_at(struct brv_counter_styles *styles, brv_str name)
{
    void **slot = brv_map_at(&styles->by_name, name);
    if (!*slot) {
        struct brv_counter_style *style = BRV_NEW(styles->arena, struct brv_counter_style);
        style->name = name;
        style->suffix = BRV_S(". "); // as decimal has it, should it never be defined
        *slot = style;
        if (styles->last)
            styles->last->next = style;
        else
            styles->first = style;
        styles->last = style;
        styles->count++;
    }
    return *slot;
}

static bool read_symbols(struct brv_arena *arena, struct brv_css_range range,
                         struct brv_counter_style *style)
{
    size_t capacity = 0;
    style->symbols = NULL;
    style->symbol_count = 0;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if ((t->kind != BRV_CSS_STRING && t->kind != BRV_CSS_IDENT) ||
            style->symbol_count == MAX_SYMBOLS)
            return false;
        BRV_PUSH(arena, style->symbols, style->symbol_count, capacity) = t->text;
    }
    return style->symbol_count > 0;
}

static bool read_system(const struct brv_css_token *token, struct brv_counter_style *style,
                        size_t *least)
{
    for (size_t i = 0; i < BRV_COUNT(systems); i++) {
        if (brv_css_is_ident(token, systems[i].name)) {
            style->system = systems[i].system;
            *least = systems[i].least;
            return true;
        }
    }
    return false;
}

// symbols(cyclic "a" "b"): the system may be left out, it is symbolic then.
static const struct brv_counter_style *read_function(struct brv_css_context *context,
                                                     const struct brv_css_token *function)
{
    struct brv_counter_style *style = BRV_NEW(context->arena, struct brv_counter_style);
    struct brv_css_range range = brv_css_trim(brv_css_inside(function));
    size_t least = 1;
    *style = (struct brv_counter_style){
        .system = BRV_SYSTEM_SYMBOLIC,
        .suffix = BRV_S(" "),
        .first = 1,
        .is_defined = true,
        .is_anonymous = true,
    };
    if (brv_css_at(range, BRV_CSS_IDENT)) {
        if (!read_system(range.at, style, &least))
            return NULL;
        range.at++;
    }
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_IDENT) // only @counter-style takes bare words
            return NULL;
    }
    if (!read_symbols(context->arena, range, style) || style->symbol_count < least)
        return NULL;
    struct brv_buf *name = brv_buf_new_in(context->arena);
    brv_buf_printf(name, "symbols(%s", systems[style->system].name);
    for (size_t i = 0; i < style->symbol_count; i++) {
        brv_buf_add_byte(name, ' ');
        brv_css_print_quoted(style->symbols[i], name);
    }
    brv_buf_add_byte(name, ')');
    style->name = brv_buf_str(name);
    return style;
}

const struct brv_counter_style *brv_counter_style_read(struct brv_css_context *context,
                                                       const struct brv_css_token *token)
{
    struct brv_counter_styles *styles = context->sheets ? context->sheets->counter_styles : NULL;
    if (brv_css_is_function(token, "symbols"))
        return read_function(context, token);
    if (token->kind != BRV_CSS_IDENT || !styles)
        return NULL;
    if (styles->is_complete) {
        const struct brv_counter_style *style = brv_map_find(&styles->by_name, token->text);
        return style && style->is_defined ? style : NULL;
    }
    struct brv_counter_style *style = entry_at(styles, token->text);
    if (!style->first_use.source)
        style->first_use = brv_css_span(context->source, token);
    return style;
}

void brv_counter_styles_complete(struct brv_counter_styles *styles, struct brv_sink *sink)
{
    size_t count = 0;
    size_t word_count = 0;
    size_t hint_count = 0;
    const struct brv_css_word *words = brv_css_list_style_words(&word_count);
    const char **names = BRV_NEW_ARRAY(styles->arena, const char *, styles->count + word_count);
    for (size_t i = 0; i < word_count; i++)
        names[count++] = words[i].name;
    for (const struct brv_counter_style *style = styles->first; style && count < MAX_HINT_NAMES;
         style = style->next) {
        if (style->is_defined)
            names[count++] = brv_arena_cstr(styles->arena, style->name);
    }
    for (const struct brv_counter_style *style = styles->first; style; style = style->next) {
        if (style->is_defined)
            continue;
        struct brv_diag *diag =
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_STYLE,
                       style->first_use,
                       "unknown counter style \"%" BRV_STR_F "\", it counts in decimal",
                       BRV_STR_ARG(style->name));
        if (hint_count++ < MAX_HINTS)
            brv_diag_hint_nearest(sink, diag, style->name, names, count);
    }
    styles->is_complete = true;
}

// ---- @counter-style

static bool read_string(struct brv_css_range range, brv_str *text)
{
    const struct brv_css_token *token = brv_css_only(range);
    if (!token || (token->kind != BRV_CSS_STRING && token->kind != BRV_CSS_IDENT))
        return false;
    *text = token->text;
    return true;
}

// A system, with the number of the first symbol after `fixed`.
static bool read_system_value(struct brv_css_range range, struct brv_counter_style *style,
                              size_t *least)
{
    if (range.at >= range.end || !read_system(range.at, style, least))
        return false;
    range.at++;
    range = brv_css_trim(range);
    const struct brv_css_token *number = brv_css_only(range);
    if (range.at == range.end)
        return true;
    if (style->system != BRV_SYSTEM_FIXED || !number || number->kind != BRV_CSS_NUMBER ||
        !(number->flags & BRV_CSS_IS_INTEGER) || number->number < -1e6 || number->number > 1e6)
        return false;
    style->first = (int)number->number;
    return true;
}

void brv_counter_style_define(const struct brv_css_reading *reading,
                              const struct brv_css_item *item)
{
    struct brv_arena *arena = reading->sheets->arena;
    const struct brv_css_token *name = brv_css_only(brv_css_trim(item->prelude));
    enum brv_list_style built_in;
    struct brv_counter_style style = { .suffix = BRV_S(". "), .first = 1, .is_defined = true };
    style.system = BRV_SYSTEM_SYMBOLIC;
    size_t least = 1;
    if (!name || name->kind != BRV_CSS_IDENT ||
        brv_css_list_style_from_name(name->text, &built_in)) {
        (void)brv_report(reading->sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_span(reading->source, name ? name : item->name),
                         "expected a name for the counter style that is not built in");
        return;
    }
    struct brv_css_range range = brv_css_inside(item->block);
    struct brv_css_item descriptor;
    while (brv_css_next_declaration(&range, &descriptor)) {
        struct brv_css_range value = brv_css_trim(descriptor.prelude);
        bool is_ok = false;
        if (descriptor.kind != BRV_CSS_DECLARATION)
            is_ok = false;
        else if (brv_css_is_ident(descriptor.name, "system"))
            is_ok = read_system_value(value, &style, &least);
        else if (brv_css_is_ident(descriptor.name, "symbols"))
            is_ok = read_symbols(arena, value, &style);
        else if (brv_css_is_ident(descriptor.name, "prefix"))
            is_ok = read_string(value, &style.prefix);
        else if (brv_css_is_ident(descriptor.name, "suffix"))
            is_ok = read_string(value, &style.suffix);
        if (!is_ok)
            (void)brv_report(reading->sink,
                             BRV_WARNING,
                             BRV_CODE_STYLE,
                             brv_css_span_of(reading->source, brv_css_trim(descriptor.all)),
                             "expected system (cyclic, numeric, alphabetic, symbolic or fixed), "
                             "symbols, prefix or suffix");
    }
    if (style.symbol_count < least) {
        (void)brv_report(reading->sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_span(reading->source, name),
                         "\"%" BRV_STR_F "\" needs %s, so it counts in decimal",
                         BRV_STR_ARG(name->text),
                         least > 1 ? "two symbols or more" : "symbols");
        style.symbol_count = 0;
    }
    struct brv_counter_style *entry = entry_at(reading->sheets->counter_styles, name->text);
    style.name = name->text;
    style.first_use = entry->first_use;
    style.next = entry->next;
    *entry = style; // the last definition wins
}

bool brv_counter_style_equal(const struct brv_counter_style *a, const struct brv_counter_style *b)
{
    return a == b ||
           (a && b && a->is_anonymous && b->is_anonymous && brv_str_equal(a->name, b->name));
}

// ---- numbers

// Digits of a positional system, least significant last; alphabetic ones have no zero.
static brv_str positional(struct brv_arena *arena, const struct brv_counter_style *style, int value)
{
    enum { MAX_DIGITS = 34 };
    const bool has_zero = style->system == BRV_SYSTEM_NUMERIC;
    const int64_t base = (int64_t)style->symbol_count;
    size_t digits[MAX_DIGITS];
    size_t count = 0;
    int64_t rest = value < 0 ? -(int64_t)value : value;
    do {
        digits[count++] = (size_t)((has_zero ? rest : rest - 1) % base);
        rest = (has_zero ? rest : rest - 1) / base;
    } while (rest > 0 && count < MAX_DIGITS);
    struct brv_buf *text = brv_buf_new_in(arena);
    if (value < 0)
        brv_buf_add_byte(text, '-');
    while (count > 0)
        brv_buf_add_str(text, style->symbols[digits[--count]]);
    return brv_buf_str(text);
}

brv_str brv_counter_style_text(struct brv_arena *arena, const struct brv_counter_style *style,
                               int value)
{
    const int64_t count = (int64_t)style->symbol_count;
    const int64_t index = (int64_t)value - (style->system == BRV_SYSTEM_FIXED ? style->first : 1);
    struct brv_buf *text = NULL;
    if (count == 0)
        return brv_arena_printf(arena, "%d", value);
    switch (style->system) {
    case BRV_SYSTEM_CYCLIC:
        return style->symbols[(index % count + count) % count];
    case BRV_SYSTEM_FIXED:
        if (index >= 0 && index < count)
            return style->symbols[index];
        break;
    case BRV_SYSTEM_SYMBOLIC:
        if (value < 1 || index / count >= MAX_REPEATED)
            break;
        text = brv_buf_new_in(arena);
        for (int64_t i = 0; i <= index / count; i++)
            brv_buf_add_str(text, style->symbols[index % count]);
        return brv_buf_str(text);
    case BRV_SYSTEM_ALPHABETIC:
        if (value < 1)
            break;
        return positional(arena, style, value);
    case BRV_SYSTEM_NUMERIC:
        return positional(arena, style, value);
    }
    return brv_arena_printf(arena, "%d", value);
}
