// Brevier — declarations: from tokens to typed values, with diagnostics.
// SPDX-License-Identifier: MIT
#include "style/sheet.h"

#include "style/syntax.h"

// Nearly all blocks are built in `first` and copied to their length: grown in the arena, where
// values come in between, they took twice their room.
struct block_builder {
    const struct brv_css_reading *reading;
    struct brv_span span; // of the declaration being read
    struct brv_css_declaration first[24];
    struct brv_css_declaration *items;
    size_t count;
    size_t capacity;
    bool has_normal;
    bool has_important;
    bool has_property;
};

bool brv_css_has_var(struct brv_css_range range)
{
    for (const struct brv_css_token *t = range.at; t < range.end; t++) { // nested ones too
        if (brv_css_is_function(t, "var"))
            return true;
    }
    return false;
}

static bool has_comparison(struct brv_css_range range)
{
    for (const struct brv_css_token *t = range.at; t < range.end; t++) {
        if (brv_css_is_comparison(t))
            return true;
    }
    return false;
}

bool brv_css_wide_keyword(struct brv_css_range range, struct brv_css_value *value)
{
    static const struct {
        const char *name;
        enum brv_css_value_kind kind;
    } words[] = {
        { "inherit", BRV_CSS_INHERIT },
        { "initial", BRV_CSS_INITIAL },
        { "unset", BRV_CSS_UNSET },
        { "revert", BRV_CSS_REVERT },
    };
    const struct brv_css_token *only = brv_css_only(range);
    if (!only || only->kind != BRV_CSS_IDENT || only->text.len < 5 || only->text.len > 7)
        return false;
    for (size_t i = 0; i < BRV_COUNT(words); i++) {
        if (brv_css_is_ident(only, words[i].name)) {
            value->kind = (uint8_t)words[i].kind;
            return true;
        }
    }
    return false;
}

bool brv_css_parse_property(struct brv_arena *arena, const struct brv_css_property *property,
                            struct brv_css_range range, struct brv_css_value *value,
                            struct brv_css_context *context)
{
    range = brv_css_trim(range);
    context->arena = arena;
    context->property = property;
    value->kind = BRV_CSS_SET;
    return range.at < range.end && property->type->parse(context, range, value);
}

static void add_value_hint(struct brv_sink *sink, struct brv_diag *diag,
                           const struct brv_css_property *property,
                           const struct brv_css_token *token)
{
    if (token->kind != BRV_CSS_IDENT)
        return;
    const char *names[64];
    size_t count = 0;
    for (; count < property->type->word_count && count < BRV_COUNT(names); count++)
        names[count] = property->type->words[count].name;
    const char *nearest = brv_nearest(token->text, names, count);
    if (!nearest && property->type->id == BRV_CSS_TYPE_COLOR) {
        size_t color_count = 0;
        const char *const *color_names = brv_css_color_names(&color_count);
        nearest = brv_nearest(token->text, color_names, color_count);
    }
    if (nearest && !brv_str_is_nocase(token->text, nearest))
        brv_diag_hint(sink, diag, "did you mean \"%s\"?", nearest);
}

static void report_value(const struct brv_css_reading *reading, const struct brv_css_item *item,
                         const struct brv_css_context *context, const char *syntax)
{
    struct brv_css_range value = brv_css_trim(item->prelude);
    struct brv_sink *sink = reading->sink;
    if (value.at >= value.end) {
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_span(reading->source, item->name),
                         "\"%" BRV_STR_F "\" has no value, expected %s",
                         BRV_STR_ARG(item->name->text),
                         syntax);
        return;
    }
    const struct brv_css_token *culprit = context->culprit;
    bool is_inside = culprit && culprit >= value.at && culprit < value.end;
    for (const struct brv_css_token *t = value.at; t < value.end; t++) {
        if (t->kind == BRV_CSS_BAD_STRING) {
            (void)brv_report(sink,
                             BRV_WARNING,
                             BRV_CODE_STYLE,
                             brv_css_span(reading->source, t),
                             "the string is not closed on its line");
            return;
        }
    }
    if (is_inside && context->is_unknown_unit) {
        struct brv_diag *diag = brv_report(sink,
                                           BRV_WARNING,
                                           BRV_CODE_STYLE,
                                           brv_css_span(reading->source, culprit),
                                           "unknown unit \"%" BRV_STR_F "\"",
                                           BRV_STR_ARG(culprit->text));
        size_t count = 0;
        const char *const *names = brv_css_unit_names(&count);
        brv_diag_hint_nearest(sink, diag, culprit->text, names, count);
        return;
    }
    if (context->is_too_long) {
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_LIMIT,
                         brv_css_span_of(reading->source, value),
                         "the value has more than %d parts",
                         BRV_CSS_MAX_PARTS);
        return;
    }
    if (context->is_mixed) {
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_span_of(reading->source, value),
                         "percentages cannot be compared with other lengths");
        return;
    }
    struct brv_span span = is_inside && culprit->skip == 1
                               ? brv_css_span(reading->source, culprit)
                               : brv_css_span_of(reading->source, value);
    brv_str text = brv_span_text(span);
    struct brv_diag *diag =
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_STYLE,
                   span,
                   "\"%" BRV_STR_F "\" is no value of \"%" BRV_STR_F "\", expected %s",
                   BRV_STR_ARG(text),
                   BRV_STR_ARG(item->name->text),
                   syntax);
    add_value_hint(sink, diag, context->property, is_inside ? culprit : value.at);
}

// The next declaration of the block, to be filled in; it counts when it is kept.
static struct brv_css_declaration *declaration_at(struct block_builder *builder,
                                                  const struct brv_css_item *item)
{
    if (builder->count == builder->capacity)
        builder->items = brv_arena_grow(builder->reading->sheets->arena,
                                        builder->items,
                                        &builder->capacity,
                                        builder->count + 1,
                                        sizeof *builder->items);
    struct brv_css_declaration *declaration = &builder->items[builder->count];
    *declaration = (struct brv_css_declaration){
        .offset = builder->span.offset,
        .length = builder->span.length,
        .file = builder->reading->file,
        .id = BRV_PROP_COUNT,
        .is_important = item->is_important,
    };
    return declaration;
}

static void keep(struct block_builder *builder, struct brv_css_declaration *declaration)
{
    declaration->serial = (uint32_t)builder->reading->sheets->declaration_count++;
    builder->has_normal |= !declaration->is_important;
    builder->has_important |= declaration->is_important;
    builder->has_property |= declaration->id < BRV_PROP_COUNT;
    if (declaration->id == BRV_PROP_brv_renderer)
        builder->reading->sheets->has_renderers = true;
    builder->count++;
}

static void set_pending(struct brv_css_declaration *declaration, struct brv_css_range range)
{
    declaration->value.kind = BRV_CSS_PENDING;
    declaration->value.pending = range;
}

static void add_custom(struct block_builder *builder, const struct brv_css_item *item)
{
    struct brv_stylesheets *sheets = builder->reading->sheets;
    struct brv_css_declaration *declaration = declaration_at(builder, item);
    declaration->custom = brv_css_custom_id(sheets, item->name->text);
    if (!brv_css_wide_keyword(item->prelude, &declaration->value))
        set_pending(declaration, brv_css_keep(sheets->arena, item->prelude));
    keep(builder, declaration);
}

// Names that var() mentions get numbers now, as the set is read-only later.
static void note_variables(struct brv_stylesheets *sheets, struct brv_css_range range)
{
    for (const struct brv_css_token *t = range.at; t < range.end; t++) {
        if (brv_css_is_function(t, "var")) {
            struct brv_css_range inside = brv_css_skip_space(brv_css_inside(t));
            if (brv_css_at(inside, BRV_CSS_IDENT))
                (void)brv_css_custom_id(sheets, inside.at->text);
        }
    }
}

// Named strings are those of a page. Elsewhere their names would be taken for text.
static bool has_stray_string(const struct brv_css_reading *reading, const struct brv_css_item *item,
                             const struct brv_css_declaration *declaration)
{
    if (reading->in_margin_box || declaration->id != BRV_PROP_content ||
        declaration->value.kind != BRV_CSS_SET)
        return false;
    const struct brv_content_list *content = &declaration->value.content;
    for (uint32_t i = 0; i < content->count; i++) {
        if (content->items[i].kind == BRV_CONTENT_NAMED_STRING) {
            brv_report(reading->sink,
                       BRV_WARNING,
                       BRV_CODE_STYLE,
                       brv_css_span_of(reading->source, brv_css_trim(item->prelude)),
                       "\"string()\" has a value in margin boxes of pages only");
            return true;
        }
    }
    return false;
}

static void add_longhand(struct block_builder *builder, const struct brv_css_item *item,
                         const struct brv_css_property *property)
{
    const struct brv_css_reading *reading = builder->reading;
    struct brv_css_declaration *declaration = declaration_at(builder, item);
    declaration->id = (uint8_t)property->id;
    struct brv_css_context context = {
        .sheets = reading->sheets,
        .source = reading->source,
        .sink = reading->sink,
    };
    const bool has_var = item->has_blocks && brv_css_has_var(item->prelude);
    if (has_var) {
        note_variables(reading->sheets, item->prelude);
    } else if (!brv_css_wide_keyword(item->prelude, &declaration->value) &&
               !brv_css_parse_property(reading->sheets->arena,
                                       property,
                                       item->prelude,
                                       &declaration->value,
                                       &context)) {
        report_value(reading, item, &context, property->syntax);
        return;
    }
    if (!has_var && has_stray_string(reading, item, declaration))
        return;
    if (has_var || (item->has_blocks && has_comparison(item->prelude)))
        set_pending(declaration, brv_css_keep(reading->sheets->arena, item->prelude));
    keep(builder, declaration);
}

static void add_shorthand(struct block_builder *builder, const struct brv_css_item *item,
                          const struct brv_css_shorthand *shorthand)
{
    const struct brv_css_reading *reading = builder->reading;
    struct brv_css_context context = {
        .arena = reading->sheets->arena,
        .sheets = reading->sheets,
        .source = reading->source,
        .sink = reading->sink,
    };
    struct brv_css_expansion expansion;
    struct brv_css_value wide;
    const bool has_var = item->has_blocks && brv_css_has_var(item->prelude);
    const bool is_pending = has_var || (item->has_blocks && has_comparison(item->prelude));
    const bool is_wide = !has_var && brv_css_wide_keyword(item->prelude, &wide);
    struct brv_css_range pending = { 0 };
    if (has_var)
        note_variables(reading->sheets, item->prelude);
    if (is_pending)
        pending = brv_css_keep(reading->sheets->arena, item->prelude);
    if (has_var || is_wide) {
        brv_css_shorthand_longhands(shorthand, &expansion);
    } else if (!brv_css_shorthand_expand(&context, shorthand, item->prelude, &expansion)) {
        report_value(reading, item, &context, shorthand->syntax);
        return;
    }
    for (size_t i = 0; i < expansion.count; i++) {
        struct brv_css_declaration *declaration = declaration_at(builder, item);
        declaration->id = (uint8_t)expansion.properties[i]->id;
        declaration->value = expansion.values[i];
        if (is_pending) {
            declaration->shorthand = brv_css_shorthand_number(shorthand);
            set_pending(declaration, pending);
        } else if (is_wide) {
            declaration->value.kind = wide.kind;
        }
        keep(builder, declaration);
    }
}

static void add_declaration(struct block_builder *builder, struct brv_css_item *item)
{
    brv_str name = item->name->text;
    item->prelude = brv_css_trim(item->prelude);
    builder->span = brv_css_span_of(builder->reading->source, brv_css_trim(item->all));
    if (name.len > 2 && name.ptr[0] == '-' && name.ptr[1] == '-') {
        note_variables(builder->reading->sheets, item->prelude);
        brv_css_note_images(builder->reading, item->prelude);
        add_custom(builder, item);
        return;
    }
    const struct brv_css_property *property = NULL;
    const struct brv_css_shorthand *shorthand = NULL;
    brv_css_names_find(&builder->reading->sheets->names, name, &property, &shorthand);
    if (property) {
        add_longhand(builder, item, property);
        return;
    }
    if (shorthand) {
        add_shorthand(builder, item, shorthand);
        return;
    }
    struct brv_diag *diag = brv_report(builder->reading->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_css_span(builder->reading->source, item->name),
                                       "unknown property \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    size_t count = 0;
    const char *const *names = brv_css_property_names(&count);
    brv_diag_hint_nearest(builder->reading->sink, diag, name, names, count);
}

struct brv_css_block *brv_css_parse_block(const struct brv_css_reading *reading,
                                          struct brv_css_range range,
                                          const struct brv_css_block_hooks *hooks)
{
    struct block_builder builder;
    builder.reading = reading;
    builder.items = builder.first;
    builder.count = 0;
    builder.capacity = BRV_COUNT(builder.first);
    builder.has_normal = builder.has_important = builder.has_property = false;
    struct brv_css_item item;
    while (brv_css_next_declaration(&range, &item)) {
        if (item.kind == BRV_CSS_DECLARATION) {
            if (!hooks || !hooks->on_declaration || !hooks->on_declaration(hooks->user, &item))
                add_declaration(&builder, &item);
        } else if (item.kind == BRV_CSS_AT_RULE && hooks && hooks->on_at_rule) {
            hooks->on_at_rule(hooks->user, &item);
        } else if (item.kind == BRV_CSS_AT_RULE) {
            (void)brv_report(reading->sink,
                             BRV_WARNING,
                             BRV_CODE_STYLE,
                             brv_css_span(reading->source, item.name),
                             "\"@%" BRV_STR_F "\" cannot stand inside a rule",
                             BRV_STR_ARG(item.name->text));
        } else {
            (void)brv_report(reading->sink,
                             BRV_WARNING,
                             BRV_CODE_STYLE,
                             brv_css_span_of(reading->source, brv_css_trim(item.all)),
                             "expected a declaration like \"name: value;\"");
        }
    }
    const size_t size = builder.count * sizeof *builder.items;
    struct brv_css_block *block = brv_arena_alloc(reading->sheets->arena, sizeof *block + size);
    *block = (struct brv_css_block){
        .count = (uint32_t)builder.count,
        .has_normal = builder.has_normal,
        .has_important = builder.has_important,
        .has_property = builder.has_property,
    };
    memcpy(block->items, builder.items, size);
    return block;
}
