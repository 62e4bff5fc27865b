// Brevier — counter styles of the sheet's own: their names, and symbols().
// What no sheet defines is reported when all are read, and counts in decimal.
// SPDX-License-Identifier: MIT
#include "style/counter_style.h"

enum { MAX_SYMBOLS = 1000, MAX_HINTS = 100, MAX_HINT_NAMES = 500 };

// In the order of the enum.
static const struct {
    const char *name;
    size_t least; // symbols
} systems[] = {
    [BRV_SYSTEM_CYCLIC] = { "cyclic", 1 },         [BRV_SYSTEM_NUMERIC] = { "numeric", 2 },
    [BRV_SYSTEM_ALPHABETIC] = { "alphabetic", 2 }, [BRV_SYSTEM_SYMBOLIC] = { "symbolic", 1 },
    [BRV_SYSTEM_FIXED] = { "fixed", 1 },           [BRV_SYSTEM_ADDITIVE] = { "additive", 1 },
    [BRV_SYSTEM_EXTENDS] = { "extends", 0 },
};

// ---- names

struct brv_counter_style *brv_counter_style_at(struct brv_counter_styles *styles, brv_str name)
{
    void **slot = brv_map_at(&styles->by_name, name);
    if (!*slot) {
        struct brv_counter_style *style = BRV_NEW(styles->arena, struct brv_counter_style);
        style->name = name;
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

bool brv_counter_symbols_read(struct brv_arena *arena, struct brv_css_range range, bool may_be_bare,
                              struct brv_counter_definition *definition)
{
    size_t capacity = 0;
    definition->symbols = NULL;
    definition->symbol_count = 0;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if ((t->kind != BRV_CSS_STRING && !(may_be_bare && t->kind == BRV_CSS_IDENT)) ||
            definition->symbol_count == MAX_SYMBOLS)
            return false;
        BRV_PUSH(arena, definition->symbols, definition->symbol_count, capacity) = t->text;
    }
    return definition->symbol_count > 0;
}

bool brv_counter_system_read(const struct brv_css_token *token, enum brv_counter_system *system,
                             size_t *least)
{
    for (size_t i = 0; i < BRV_COUNT(systems); i++) {
        if (brv_css_is_ident(token, systems[i].name)) {
            *system = (enum brv_counter_system)i;
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
    struct brv_counter_definition *definition =
        BRV_NEW(context->arena, struct brv_counter_definition);
    struct brv_css_range range = brv_css_trim(brv_css_inside(function));
    size_t least = 1;
    *definition = (struct brv_counter_definition){
        .system = BRV_SYSTEM_SYMBOLIC,
        .suffix = brv_arena_str(context->arena, BRV_S(" ")),
        .first = 1,
        .negative = { brv_arena_str(context->arena, BRV_S("-")), { 0 } },
        .fallback = { NULL, BRV_LIST_DECIMAL },
    };
    if (brv_css_at(range, BRV_CSS_IDENT)) {
        if (!brv_counter_system_read(range.at, &definition->system, &least) ||
            definition->system >= BRV_SYSTEM_ADDITIVE) // which only @counter-style can have
            return NULL;
        range.at++;
    }
    if (!brv_counter_symbols_read(context->arena, range, false, definition) ||
        definition->symbol_count < least)
        return NULL;
    struct brv_buf *name = brv_buf_new_in(context->arena);
    brv_buf_printf(name, "symbols(%s", systems[definition->system].name);
    for (size_t i = 0; i < definition->symbol_count; i++) {
        brv_buf_add_byte(name, ' ');
        brv_css_print_quoted(definition->symbols[i], name);
    }
    brv_buf_add_byte(name, ')');
    struct brv_counter_style *style = BRV_NEW(context->arena, struct brv_counter_style);
    style->name = brv_buf_str(name);
    style->is_anonymous = style->is_defined = true;
    for (size_t i = 0; i < BRV_MEDIA_COUNT; i++)
        style->definitions[i] = definition;
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
    struct brv_counter_style *style = brv_counter_style_at(styles, token->text);
    if (!style->first_use.source)
        style->first_use = brv_css_span(context->source, token);
    return style;
}

// The names that a sheet may use, for hints.
static const char **name_all(const struct brv_counter_styles *styles, size_t *name_count)
{
    size_t count = 0;
    size_t word_count = 0;
    const struct brv_css_word *words = brv_css_list_style_words(&word_count);
    const char **names = BRV_NEW_ARRAY(styles->arena, const char *, styles->count + word_count);
    for (size_t i = 0; i < word_count; i++)
        names[count++] = words[i].name;
    for (const struct brv_counter_style *style = styles->first; style && count < MAX_HINT_NAMES;
         style = style->next) {
        if (style->is_defined)
            names[count++] = brv_arena_cstr(styles->arena, style->name);
    }
    *name_count = count;
    return names;
}

void brv_counter_styles_complete(struct brv_counter_styles *styles, struct brv_sink *sink)
{
    const char **names = NULL;
    size_t name_count = 0;
    size_t hint_count = 0;
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
        if (!names)
            names = name_all(styles, &name_count);
        if (hint_count++ < MAX_HINTS)
            brv_diag_hint_nearest(sink, diag, style->name, names, name_count);
    }
    styles->is_complete = true;
}

bool brv_counter_style_equal(const struct brv_counter_style *a, const struct brv_counter_style *b)
{
    return a == b ||
           (a && b && a->is_anonymous && b->is_anonymous && brv_str_equal(a->name, b->name));
}
