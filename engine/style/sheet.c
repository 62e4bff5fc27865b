// Brevier — building the set of stylesheets: files, imports, at-rules, layers, the rule index.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"
#include "style/counter_style.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
    MAX_SHEETS = 128,
    MAX_FULL_SHEETS = 8, // all together are no larger than so many of the largest allowed
    MAX_GROUP_DEPTH = 32,
    MAX_LAYER_DEPTH = 32,
    MAX_LAYERS = 500,
    MAX_PAGE_SELECTORS = 16
};

// The chain of files being read, for relative paths and cycles.
struct file {
    const struct file *importer;
    brv_str path;
    brv_str key;
    int depth;
};

struct loader {
    struct brv_stylesheets *sheets;
    const struct brv_stylesheets_options *options;
    struct brv_limits limits;
    struct brv_sink *sink;
    struct brv_arena *scratch; // tokens
    size_t file_count;
    size_t byte_count; // of all files
    size_t rule_count;
    size_t layer_count;
    bool is_full; // the rule limit was met and reported
    uint32_t order;
};

// Where rules are being read: one of these a sheet, @media or @layer block.
struct scope {
    const struct file *file;
    const struct brv_source *source;
    enum brv_css_origin origin;
    struct brv_css_layer *layer;
    unsigned media;
    int depth;
};

static bool load_file(struct loader *loader, const struct scope *from, brv_str path,
                      struct brv_span span, const struct scope *into);

static struct brv_css_reading reading_of(const struct loader *loader, const struct scope *scope)
{
    return (struct brv_css_reading){ loader->sheets, scope->source, loader->sink };
}

static struct brv_diag *warn(struct loader *loader, struct brv_span span, const char *message)
{
    return brv_report(loader->sink, BRV_WARNING, BRV_CODE_STYLE, span, "%s", message);
}

// ---- layers

// The layer of a name inside another; a new one for an empty name. Beyond the limit rules stay in
// the layer around them.
static struct brv_css_layer *layer_at(struct loader *loader, struct brv_css_layer *parent,
                                      brv_str name)
{
    for (struct brv_css_layer *layer = parent->first; layer && name.len > 0; layer = layer->next) {
        if (brv_str_equal(layer->name, name))
            return layer;
    }
    if (++loader->layer_count > MAX_LAYERS) {
        if (loader->layer_count == MAX_LAYERS + 1)
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
static struct brv_css_layer *read_layer_name(struct loader *loader, struct brv_css_layer *parent,
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

static void add_rule(struct loader *loader, const struct scope *scope,
                     const struct brv_css_item *item)
{
    struct brv_stylesheets *sheets = loader->sheets;
    if (loader->rule_count >= loader->limits.stylesheet_rules) {
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
    loader->rule_count++;
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_css_selectors selectors;
    const struct brv_css_range prelude = brv_css_trim(item->prelude);
    bool is_ok =
        prelude.at < prelude.end &&
        brv_css_parse_selectors(sheets->arena, scope->source, prelude, &selectors, loader->sink);
    if (prelude.at == prelude.end)
        (void)warn(loader, brv_css_span(scope->source, item->block), "the rule has no selector");
    const struct brv_css_block *block =
        brv_css_parse_block(&reading, brv_css_inside(item->block), NULL);
    for (size_t i = 0; is_ok && i < selectors.count; i++) {
        BRV_PUSH(sheets->arena, sheets->entries, sheets->entry_count, sheets->entry_capacity) =
            (struct brv_css_entry){
                .selector = &selectors.items[i],
                .block = block,
                .layer = scope->layer,
                .source = scope->source,
                .origin = scope->origin,
                .media = scope->media,
                .order = loader->order++,
            };
    }
}

static void add_page(struct loader *loader, const struct scope *scope,
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
        rules[i].order = loader->order++;
        BRV_PUSH(sheets->arena, sheets->pages, sheets->page_count, sheets->page_capacity) =
            rules[i];
    }
}

static void add_font_face(struct loader *loader, const struct scope *scope,
                          const struct brv_css_item *item)
{
    struct brv_stylesheets *sheets = loader->sheets;
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_font_face face;
    if (!brv_css_parse_font_face(&reading, item, &face) || !(scope->media & BRV_MEDIUM_PDF))
        return; // what is not for PDF has no reader: only there fonts are opened
    BRV_PUSH(sheets->arena, sheets->faces, sheets->face_count, sheets->face_capacity) = face;
}

static void read_rules(struct loader *loader, const struct scope *scope,
                       struct brv_css_range range);

static void read_layer(struct loader *loader, const struct scope *scope,
                       const struct brv_css_item *item)
{
    struct brv_css_range names = brv_css_trim(item->prelude);
    struct brv_span span = brv_css_span_of(scope->source, brv_css_trim(item->prelude));
    if (item->block) {
        struct scope inner = *scope;
        inner.layer = read_layer_name(loader, scope->layer, names);
        inner.depth++;
        if (inner.layer)
            read_rules(loader, &inner, brv_css_inside(item->block));
        else
            (void)warn(loader, span, "expected the name of a layer like \"base.text\"");
        return;
    }
    struct brv_css_range name;
    while (brv_css_next_item(&names, &name)) {
        if (name.at >= name.end || !read_layer_name(loader, scope->layer, name)) {
            (void)warn(loader, span, "expected the names of layers like \"base, house\"");
            return;
        }
    }
}

// @import url [layer | layer(name)]? media?
static void read_import(struct loader *loader, const struct scope *scope,
                        const struct brv_css_item *item)
{
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_css_range range = brv_css_trim(item->prelude);
    const struct brv_css_token *token = range.at < range.end ? range.at : NULL;
    if (token && brv_css_is_function(token, "url"))
        token = brv_css_only(brv_css_inside(token));
    if (!token || (token->kind != BRV_CSS_STRING && token->kind != BRV_CSS_URL) ||
        token->text.len == 0) {
        (void)warn(
            loader, brv_css_span(scope->source, item->name), "\"@import\" needs a string or url()");
        return;
    }
    struct scope inner = *scope;
    range.at = brv_css_next(range.at);
    range = brv_css_trim(range);
    if (range.at < range.end && brv_css_is_ident(range.at, "layer")) {
        inner.layer = layer_at(loader, scope->layer, (brv_str){ 0 });
        range.at++;
    } else if (range.at < range.end && brv_css_is_function(range.at, "layer")) {
        inner.layer = read_layer_name(loader, scope->layer, brv_css_trim(brv_css_inside(range.at)));
        if (!inner.layer) {
            (void)warn(loader,
                       brv_css_span(scope->source, range.at),
                       "expected the name of a layer like \"base.text\"");
            return;
        }
        range.at = brv_css_next(range.at);
    }
    inner.media &= brv_css_parse_media(&reading, range);
    if (inner.media != 0)
        (void)load_file(loader, scope, token->text, brv_css_span(scope->source, token), &inner);
}

static void read_at_rule(struct loader *loader, const struct scope *scope,
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
            (void)warn(loader, span, "\"@import\" must stand before all other rules");
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
        struct scope inner = *scope;
        inner.media &= brv_css_parse_media(&reading, item->prelude);
        inner.depth++;
        read_rules(loader, &inner, brv_css_inside(item->block));
    } else if (is_counter_style) {
        brv_counter_style_define(&reading, item, scope->media);
    } else {
        add_font_face(loader, scope, item);
    }
}

static void read_rule(struct loader *loader, const struct scope *scope,
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
        (void)warn(loader,
                   brv_css_span_of(scope->source, brv_css_trim(item->all)),
                   "expected a rule with a block in braces");
    }
}

// The rules of a block.
static void read_rules(struct loader *loader, const struct scope *scope, struct brv_css_range range)
{
    struct brv_css_item item;
    bool may_import = false;
    if (scope->depth > MAX_GROUP_DEPTH) {
        (void)warn(loader, brv_css_span_of(scope->source, range), "blocks are nested too deeply");
        return;
    }
    while (brv_css_next_rule(&range, false, &item))
        read_rule(loader, scope, &item, &may_import);
}

// ---- files

// The rules of a whole text, each as soon as it is tokenized.
static void read_text(struct loader *loader, const struct scope *scope, brv_str text)
{
    struct brv_stylesheets *sheets = loader->sheets;
    BRV_PUSH(sheets->arena, sheets->files, sheets->file_count, sheets->file_capacity) =
        scope->source;
    struct brv_arena_mark mark = brv_arena_mark(loader->scratch);
    struct brv_css_tokenizer tokenizer = {
        sheets->arena, loader->scratch, .text = text, .open_comment = SIZE_MAX
    };
    struct brv_css_range range;
    struct brv_css_item item;
    bool may_import = true;
    while (brv_css_tokenize_rule(&tokenizer, &range)) {
        while (brv_css_next_rule(&range, true, &item)) {
            read_rule(loader, scope, &item, &may_import);
            if (item.block && !(item.block->flags & BRV_CSS_IS_CLOSED))
                (void)warn(loader,
                           brv_css_span(scope->source, item.block),
                           "the block is not closed before the end of the sheet");
        }
    }
    if (tokenizer.open_comment < text.len)
        (void)warn(
            loader,
            brv_span_of(scope->source, brv_str_slice(text, tokenizer.open_comment, text.len)),
            "the comment is not closed before the end of the sheet");
    brv_arena_rewind(loader->scratch, mark);
}

static bool load_file(struct loader *loader, const struct scope *from, brv_str path,
                      struct brv_span span, const struct scope *into)
{
    struct brv_arena *arena = loader->sheets->arena;
    const brv_str *importer = from ? &from->file->path : NULL;
    struct file file = {
        .importer = from ? from->file : NULL,
        .depth = from ? from->file->depth + 1 : 0,
    };
    if (file.depth > loader->limits.import_depth || ++loader->file_count > MAX_SHEETS) {
        (void)brv_report(loader->sink,
                         BRV_WARNING,
                         BRV_CODE_LIMIT,
                         span,
                         "too many imports, this one has no effect");
        return false;
    }
    if (!brv_css_find_sheet(arena, loader->options, path, importer, span, &file.path, loader->sink))
        return false;
    file.key = brv_css_path_key(arena, file.path);
    for (const struct file *f = file.importer; f; f = f->importer) {
        if (brv_str_equal(f->key, file.key)) {
            (void)warn(loader, span, "the stylesheet imports itself");
            return false;
        }
    }
    brv_str content;
    if (brv_file_read(arena,
                      file.path,
                      loader->limits.stylesheet_bytes,
                      BRV_CODE_STYLE,
                      &content,
                      loader->sink) != BRV_OK) {
        if (from)
            brv_diag_note(loader->sink, loader->sink->last, span, "imported here");
        return false;
    }
    loader->byte_count += content.len;
    if (loader->byte_count / MAX_FULL_SHEETS > loader->limits.stylesheet_bytes) {
        (void)brv_report(loader->sink,
                         BRV_WARNING,
                         BRV_CODE_LIMIT,
                         span,
                         "the sheets are larger than %zu bytes together, this one has no effect",
                         loader->limits.stylesheet_bytes * MAX_FULL_SHEETS);
        return false;
    }
    struct brv_source *source = brv_source_new(arena, file.path, (brv_str){ 0 });
    brv_source_set_text(source, content, arena, loader->sink);
    struct scope scope = *into;
    scope.file = &file;
    scope.source = source;
    scope.depth = 0;
    read_text(loader, &scope, source->text);
    return true;
}

static struct scope scope_of(struct loader *loader, enum brv_css_origin origin)
{
    return (struct scope){
        .origin = origin,
        .layer = &loader->sheets->layers[origin],
        .media = BRV_MEDIUM_ALL,
    };
}

static void load_memory(struct loader *loader, enum brv_css_origin origin, brv_str name,
                        brv_str text)
{
    struct file file = { .path = name, .key = name };
    struct scope scope = scope_of(loader, origin);
    scope.file = &file;
    scope.source = brv_source_new(loader->sheets->arena, file.path, text);
    read_text(loader, &scope, text);
}

// A value that leaves its declaration would bring rules of its own.
static bool is_one_value(struct brv_css_range range)
{
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        bool is_open = t->kind >= BRV_CSS_FUNCTION && t->kind <= BRV_CSS_PAREN &&
                       !(t->flags & BRV_CSS_IS_CLOSED);
        if (t->kind == BRV_CSS_SEMICOLON || t->kind > BRV_CSS_PAREN || is_open ||
            t->kind == BRV_CSS_BAD_STRING || t->kind == BRV_CSS_BAD_URL ||
            (t->flags & BRV_CSS_AT_END))
            return false;
    }
    return true;
}

// A variable that no sheet sets or asks for changes nothing: most likely its name is mistyped.
static void check_variable(struct loader *loader, brv_str name)
{
    const struct brv_stylesheets *sheets = loader->sheets;
    uint32_t id;
    if (brv_css_custom_find(sheets, name, &id))
        return;
    const char **names = BRV_NEW_ARRAY(sheets->arena, const char *, sheets->custom_count);
    for (size_t i = 0; i < sheets->custom_count; i++)
        names[i] = brv_arena_cstr(sheets->arena, sheets->custom_names[i]);
    struct brv_diag *diag = brv_report(loader->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_span_none(),
                                       "no stylesheet has a variable \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    brv_diag_hint_nearest(loader->sink, diag, name, names, sheets->custom_count);
}

static void load_variables(struct loader *loader)
{
    struct brv_arena *arena = loader->sheets->arena;
    const struct brv_stylesheets_options *options = loader->options;
    if (options->variable_count == 0)
        return;
    struct brv_css_setting *settings =
        BRV_NEW_ARRAY(arena, struct brv_css_setting, options->variable_count);
    size_t *starts = BRV_NEW_ARRAY(arena, size_t, options->variable_count); // of values
    size_t count = 0;
    struct brv_buf *text = brv_buf_new_in(arena);
    brv_buf_add_cstr(text, ":root {\n");
    for (size_t i = 0; i < options->variable_count; i++) {
        brv_str name = options->variables[i][0];
        brv_str value = options->variables[i][1];
        const struct brv_css_token *token = brv_css_only(brv_css_tokenize(arena, name));
        if (!token || token->kind != BRV_CSS_IDENT || token->text.len < 3 ||
            !brv_str_starts_with(token->text, BRV_S("--")))
            (void)brv_report(loader->sink,
                             BRV_ERROR,
                             BRV_CODE_USAGE,
                             brv_span_none(),
                             "\"%" BRV_STR_F "\" is no name of a variable, expected \"--name\"",
                             BRV_STR_ARG(name));
        else if (!is_one_value(brv_css_tokenize(arena, value)))
            (void)brv_report(loader->sink,
                             BRV_ERROR,
                             BRV_CODE_USAGE,
                             brv_span_none(),
                             "\"%" BRV_STR_F "\" is no value of a variable",
                             BRV_STR_ARG(value));
        else {
            check_variable(loader, token->text);
            brv_buf_printf(text, "%" BRV_STR_F ": ", BRV_STR_ARG(name));
            settings[count] = (struct brv_css_setting){ token->text, value };
            starts[count++] = text->len;
            brv_buf_printf(text, "%" BRV_STR_F " !important;\n", BRV_STR_ARG(value));
        }
    }
    brv_buf_add_cstr(text, "}\n");
    load_memory(loader, BRV_ORIGIN_OVERRIDE, BRV_S("<--set>"), brv_buf_str(text));
    for (size_t i = 0; i < count; i++)
        settings[i].value.ptr = text->ptr + starts[i];
    loader->sheets->settings = settings;
    loader->sheets->setting_count = count;
}

static void parse_initials(struct brv_stylesheets *sheets, struct brv_arena *scratch)
{
    struct brv_css_tokenizer tokenizer = { sheets->arena, scratch, .text = { 0 } };
    const struct brv_css_basis basis = { 10, 10, 10, 400, { 0, 0, 0, 255 } };
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        struct brv_css_context context = { 0 };
        tokenizer.text = brv_str_from_cstr(property->initial);
        tokenizer.at = 0;
        struct brv_css_range range = brv_css_tokenize_rest(&tokenizer);
        bool is_ok =
            brv_css_parse_property(sheets->arena, property, range, &sheets->initials[i], &context);
        if (!is_ok) // a fault of props.def, which no sheet can cause
            abort();
        property->type->compute(
            &sheets->initials[i], &basis, (char *)&sheets->initial + property->offset);
    }
    brv_style_drop_invisible_borders(&sheets->initial);
}

struct brv_stylesheets *brv_stylesheets_new(struct brv_arena *arena,
                                            const struct brv_stylesheets_options *options,
                                            struct brv_sink *sink)
{
    struct brv_stylesheets *sheets = BRV_NEW(arena, struct brv_stylesheets);
    sheets->arena = arena;
    sheets->by_id.arena = sheets->by_class.arena = sheets->custom_ids.arena = arena;
    sheets->counter_styles = BRV_NEW(arena, struct brv_counter_styles);
    sheets->counter_styles->arena = sheets->counter_styles->by_name.arena = arena;
    sheets->images = BRV_NEW(arena, struct brv_sheet_images);
    *sheets->images = (struct brv_sheet_images){
        .arena = arena,
        .open = options->open_image,
        .user = options->open_image_user,
    };
    struct brv_arena *scratch = brv_arena_new();
    parse_initials(sheets, scratch);
    struct loader loader = {
        .sheets = sheets,
        .options = options,
        .limits = options->limits ? *options->limits : brv_limits_default(),
        .sink = sink,
        .scratch = scratch,
    };
    load_memory(&loader, BRV_ORIGIN_BUILTIN, BRV_S("<built-in>"), brv_css_builtin_text());
    sheets->builtin_declaration_count = sheets->declaration_count;
    bool is_ok = true;
    for (size_t i = 0; i < options->sheet_count; i++) {
        struct scope scope = scope_of(&loader, BRV_ORIGIN_AUTHOR);
        is_ok &= load_file(&loader, NULL, options->sheets[i], brv_span_none(), &scope);
    }
    for (size_t i = 0; i < options->text_count; i++) {
        const struct brv_stylesheet_text *text = &options->texts[i];
        if (text->text.len <= loader.limits.stylesheet_bytes) {
            load_memory(&loader, BRV_ORIGIN_AUTHOR, text->name, text->text);
            continue;
        }
        is_ok = false;
        (void)brv_report(sink,
                         BRV_ERROR,
                         BRV_CODE_LIMIT,
                         brv_span_none(),
                         "\"%" BRV_STR_F "\" is larger than %zu bytes",
                         BRV_STR_ARG(text->name),
                         loader.limits.stylesheet_bytes);
    }
    load_variables(&loader);
    brv_arena_free(scratch);
    sheets->entry_limit = loader.order;
    brv_counter_styles_complete(sheets->counter_styles, sink);
    brv_css_index(sheets);
    return is_ok ? sheets : NULL;
}

const struct brv_font_face *brv_stylesheets_font_faces(const struct brv_stylesheets *sheets,
                                                       size_t *count)
{
    *count = sheets->face_count;
    return sheets->faces;
}

const struct brv_source *const *brv_stylesheets_files(const struct brv_stylesheets *sheets,
                                                      size_t *count)
{
    *count = sheets->file_count;
    return sheets->files;
}
