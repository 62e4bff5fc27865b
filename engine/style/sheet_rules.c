// Brevier — the rules of a sheet: style rules, at-rules, layers.
// SPDX-License-Identifier: MIT
#include "style/counter_style.h"
#include "style/sheet_read.h"

enum { MAX_GROUP_DEPTH = 32, MAX_LAYER_DEPTH = 32, MAX_LAYERS = 500, MAX_PAGE_SELECTORS = 16 };

static struct brv_css_reading reading_of(const struct brv_sheet_loader *loader,
                                         const struct brv_sheet_scope *scope)
{
    return (struct brv_css_reading){
        .sheets = loader->sheets,
        .source = scope->source,
        .sink = loader->sink,
        .file = scope->index,
    };
}

// ---- layers

// The layer of a name inside another; a new one for an empty name. Beyond the limit rules stay in
// the layer around them.
static struct brv_css_layer *layer_at(struct brv_sheet_loader *loader, struct brv_css_layer *parent,
                                      brv_str name)
{
    for (struct brv_css_layer *layer = parent->first; layer && name.len > 0; layer = layer->next) {
        if (brv_str_equal(layer->name, name))
            return layer;
    }
    if (++loader->sheets->layer_count > MAX_LAYERS) {
        if (loader->sheets->layer_count == MAX_LAYERS + 1)
            (void)brv_report(loader->sink,
                             BRV_WARNING,
                             BRV_CODE_LIMIT,
                             brv_span_none(),
                             "more than %d cascade layers, the rest has no effect",
                             MAX_LAYERS);
        return parent;
    }
    struct brv_css_layer *layer = BRV_NEW(loader->sheets->arena, struct brv_css_layer);
    layer->name = name;
    layer->parent = parent;
    if (parent->last)
        parent->last->next = layer;
    else
        parent->first = layer;
    parent->last = layer;
    return layer;
}

// `a.b.c`, or nothing for an anonymous layer. NULL when it is neither.
static struct brv_css_layer *read_layer_name(struct brv_sheet_loader *loader,
                                             struct brv_css_layer *parent,
                                             struct brv_css_range range)
{
    if (range.at >= range.end)
        return layer_at(loader, parent, (brv_str){ 0 });
    for (int depth = 0; depth < MAX_LAYER_DEPTH && brv_css_at(range, BRV_CSS_IDENT); depth++) {
        parent = layer_at(loader, parent, range.at->text);
        range.at++;
        if (range.at == range.end)
            return parent;
        if (!brv_css_at_delim(range, '.'))
            return NULL;
        range.at++;
    }
    return NULL;
}

// ---- rules

static void add_rule(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                     const struct brv_css_item *item)
{
    struct brv_stylesheets *sheets = loader->sheets;
    if (sheets->rule_count >= loader->limits.stylesheet_rules) {
        if (!loader->is_full)
            (void)brv_report(loader->sink,
                             BRV_WARNING,
                             BRV_CODE_LIMIT,
                             brv_css_span_of(scope->source, brv_css_trim(item->prelude)),
                             "more than %zu rules, the rest has no effect",
                             loader->limits.stylesheet_rules);
        loader->is_full = true;
        return;
    }
    sheets->rule_count++;
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_css_selectors selectors;
    const struct brv_css_range prelude = brv_css_trim(item->prelude);
    bool is_ok =
        prelude.at < prelude.end &&
        brv_css_parse_selectors(sheets->arena, scope->source, prelude, &selectors, loader->sink);
    if (prelude.at == prelude.end)
        (void)brv_sheet_warn(
            loader, brv_css_span(scope->source, item->block), "the rule has no selector");
    const struct brv_css_block *block =
        brv_css_parse_block(&reading, brv_css_inside(item->block), NULL);
    if (!is_ok)
        return;
    struct brv_css_rule *rule = BRV_NEW(sheets->arena, struct brv_css_rule);
    *rule = (struct brv_css_rule){
        .group = scope->group,
        .block = block,
        .selectors = selectors,
        .order = sheets->entry_limit,
    };
    if (sheets->last_rule)
        sheets->last_rule->next = rule;
    else
        sheets->first_rule = rule;
    sheets->last_rule = rule;
    sheets->entry_count += selectors.count;
    sheets->entry_limit += (uint32_t)selectors.count;
}

static void add_page(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                     const struct brv_css_item *item)
{
    struct brv_stylesheets *sheets = loader->sheets;
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_css_page_rule rules[MAX_PAGE_SELECTORS];
    size_t count = brv_css_parse_page(&reading, item, rules, MAX_PAGE_SELECTORS);
    for (size_t i = 0; i < count; i++) {
        rules[i].layer = scope->layer;
        rules[i].origin = scope->origin;
        rules[i].media = scope->media;
        rules[i].order = sheets->entry_limit++;
        BRV_PUSH(sheets->arena, sheets->pages, sheets->page_count, sheets->page_capacity) =
            rules[i];
    }
}

static void add_font_face(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                          const struct brv_css_item *item)
{
    struct brv_stylesheets *sheets = loader->sheets;
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_font_face face;
    if (!brv_css_parse_font_face(&reading, item, &face) || !(scope->media & BRV_MEDIUM_PDF))
        return; // what is not for PDF has no reader: only there fonts are opened
    BRV_PUSH(sheets->arena, sheets->faces, sheets->face_count, sheets->face_capacity) = face;
}

static void read_rules(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                       struct brv_css_range range);

static void read_layer(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                       const struct brv_css_item *item)
{
    struct brv_css_range names = brv_css_trim(item->prelude);
    struct brv_span span = brv_css_span_of(scope->source, brv_css_trim(item->prelude));
    if (item->block) {
        struct brv_sheet_scope inner = *scope;
        inner.layer = read_layer_name(loader, scope->layer, names);
        inner.depth++;
        brv_sheet_group_rules(loader, &inner);
        if (inner.layer)
            read_rules(loader, &inner, brv_css_inside(item->block));
        else
            (void)brv_sheet_warn(loader, span, "expected the name of a layer like \"base.text\"");
        return;
    }
    struct brv_css_range name;
    while (brv_css_next_item(&names, &name)) {
        if (name.at >= name.end || !read_layer_name(loader, scope->layer, name)) {
            (void)brv_sheet_warn(loader, span, "expected the names of layers like \"base, house\"");
            return;
        }
    }
}

// @import url [layer | layer(name)]? media?
static void read_import(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                        const struct brv_css_item *item)
{
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_css_range range = brv_css_trim(item->prelude);
    const struct brv_css_token *token = range.at < range.end ? range.at : NULL;
    if (token && brv_css_is_function(token, "url"))
        token = brv_css_only(brv_css_inside(token));
    if (!token || (token->kind != BRV_CSS_STRING && token->kind != BRV_CSS_URL) ||
        token->text.len == 0) {
        (void)brv_sheet_warn(
            loader, brv_css_span(scope->source, item->name), "\"@import\" needs a string or url()");
        return;
    }
    struct brv_sheet_scope inner = *scope;
    range.at = brv_css_next(range.at);
    range = brv_css_trim(range);
    const bool is_layer = range.at < range.end && (brv_css_is_ident(range.at, "layer") ||
                                                   brv_css_is_function(range.at, "layer"));
    if (is_layer)
        brv_sheet_begin(loader, &inner);
    if (is_layer && brv_css_is_ident(range.at, "layer")) {
        inner.layer = layer_at(loader, inner.layer, (brv_str){ 0 });
        range.at++;
    } else if (is_layer) {
        inner.layer = read_layer_name(loader, inner.layer, brv_css_trim(brv_css_inside(range.at)));
        if (!inner.layer) {
            (void)brv_sheet_warn(loader,
                                 brv_css_span(scope->source, range.at),
                                 "expected the name of a layer like \"base.text\"");
            return;
        }
        range.at = brv_css_next(range.at);
    }
    inner.media &= brv_css_parse_media(&reading, range);
    if (inner.media != 0)
        (void)brv_sheet_load_file(
            loader, scope, token->text, brv_css_span(scope->source, token), &inner);
}

static void read_at_rule(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                         const struct brv_css_item *item, bool may_import)
{
    static const char *const names[] = { "import", "media",     "layer",
                                         "page",   "font-face", "counter-style" };
    brv_str name = item->name->text;
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_span span = brv_css_span(scope->source, item->name);
    if (brv_str_is_nocase(name, "charset")) // the text is UTF-8 by now, whatever it says
        return;
    if (brv_str_is_nocase(name, "import")) {
        if (may_import)
            read_import(loader, scope, item);
        else
            (void)brv_sheet_warn(loader, span, "\"@import\" must stand before all other rules");
        return;
    }
    if (brv_str_is_nocase(name, "layer")) {
        read_layer(loader, scope, item);
        return;
    }
    bool is_media = brv_str_is_nocase(name, "media");
    bool is_page = brv_str_is_nocase(name, "page");
    bool is_counter_style = brv_str_is_nocase(name, "counter-style");
    if (!is_media && !is_page && !is_counter_style && !brv_str_is_nocase(name, "font-face")) {
        struct brv_diag *diag = brv_report(loader->sink,
                                           BRV_WARNING,
                                           BRV_CODE_STYLE,
                                           span,
                                           "unknown at-rule \"@%" BRV_STR_F "\"",
                                           BRV_STR_ARG(name));
        brv_diag_hint_nearest(loader->sink, diag, name, names, BRV_COUNT(names));
        return;
    }
    if (!item->block) {
        (void)brv_report(loader->sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         span,
                         "\"@%" BRV_STR_F "\" needs a block in braces",
                         BRV_STR_ARG(name));
        return;
    }
    if (is_page) {
        add_page(loader, scope, item);
    } else if (is_media) {
        struct brv_sheet_scope inner = *scope;
        inner.media &= brv_css_parse_media(&reading, item->prelude);
        inner.depth++;
        brv_sheet_group_rules(loader, &inner);
        read_rules(loader, &inner, brv_css_inside(item->block));
    } else if (is_counter_style) {
        brv_counter_style_define(&reading, item, scope->media);
    } else {
        add_font_face(loader, scope, item);
    }
}

// The rules of a block.
static void read_rules(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                       struct brv_css_range range)
{
    struct brv_css_item item;
    bool may_import = false;
    if (scope->depth > MAX_GROUP_DEPTH) {
        (void)brv_sheet_warn(
            loader, brv_css_span_of(scope->source, range), "blocks are nested too deeply");
        return;
    }
    while (brv_css_next_rule(&range, false, &item))
        brv_sheet_read_rule(loader, scope, &item, &may_import);
}

void brv_sheet_read_rule(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                         const struct brv_css_item *item, bool *may_import)
{
    if (item->kind == BRV_CSS_RULE) {
        *may_import = false;
        add_rule(loader, scope, item);
    } else if (item->kind == BRV_CSS_AT_RULE) {
        brv_str name = item->name->text;
        read_at_rule(loader, scope, item, *may_import);
        // Statements that may stand before an import.
        *may_import &= brv_str_is_nocase(name, "import") || brv_str_is_nocase(name, "charset") ||
                       (brv_str_is_nocase(name, "layer") && !item->block);
    } else {
        (void)brv_sheet_warn(loader,
                             brv_css_span_of(scope->source, brv_css_trim(item->all)),
                             "expected a rule with a block in braces");
    }
}
