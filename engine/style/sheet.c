// Brevier — building the set of stylesheets: files, imports, at-rules, layers, the rule index.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { MAX_SHEETS = 128, MAX_GROUP_DEPTH = 32, MAX_LAYER_DEPTH = 32, MAX_LAYERS = 500, MAX_PAGE_SELECTORS = 16 };

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
    size_t file_count;
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
            (void)brv_report(loader->sink, BRV_WARNING, BRV_CODE_LIMIT, brv_span_none(),
                             "more than %d cascade layers, the rest has no effect", MAX_LAYERS);
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

// Numbers layers so that a layer comes after those inside it.
static void number_layers(struct brv_css_layer *root)
{
    uint32_t order = 0;
    struct brv_css_layer *layer = root;
    while (layer->first)
        layer = layer->first;
    for (;;) {
        layer->order = ++order;
        if (layer == root)
            return;
        if (layer->next) {
            layer = layer->next;
            while (layer->first)
                layer = layer->first;
        } else {
            layer = layer->parent;
        }
    }
}

// ---- rules

static void add_rule(struct loader *loader, const struct scope *scope,
                     const struct brv_css_item *item)
{
    struct brv_stylesheets *sheets = loader->sheets;
    if (loader->rule_count >= loader->limits.stylesheet_rules) {
        if (!loader->is_full)
            (void)brv_report(loader->sink, BRV_WARNING, BRV_CODE_LIMIT,
                             brv_css_span_of(scope->source, brv_css_trim(item->prelude)),
                             "more than %zu rules, the rest has no effect",
                             loader->limits.stylesheet_rules);
        loader->is_full = true;
        return;
    }
    loader->rule_count++;
    const struct brv_css_reading reading = reading_of(loader, scope);
    struct brv_css_selectors selectors;
    bool is_ok = brv_css_parse_selectors(sheets->arena, scope->source, brv_css_trim(item->prelude),
                                         &selectors, loader->sink);
    const struct brv_css_block *block =
        brv_css_parse_block(&reading, brv_css_inside(item->block), NULL);
    for (size_t i = 0; is_ok && i < selectors.count; i++) {
        BRV_PUSH(sheets->arena, sheets->entries, sheets->entry_count, sheets->entry_capacity) =
            (struct brv_css_entry){
                .selector = &selectors.items[i],
                .block = block,
                .layer = scope->layer,
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
    if (brv_css_parse_font_face(&reading, item, &face))
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
        (void)warn(loader, brv_css_span(scope->source, item->name),
                   "\"@import\" needs a string or url()");
        return;
    }
    struct scope inner = *scope;
    range.at = brv_css_next(range.at);
    range = brv_css_trim(range);
    if (range.at < range.end && brv_css_is_ident(range.at, "layer")) {
        inner.layer = layer_at(loader, scope->layer, (brv_str){ 0 });
        range.at++;
    } else if (range.at < range.end && brv_css_is_function(range.at, "layer")) {
        inner.layer =
            read_layer_name(loader, scope->layer, brv_css_trim(brv_css_inside(range.at)));
        if (!inner.layer) {
            (void)warn(loader, brv_css_span(scope->source, range.at),
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
    static const char *const names[] = { "import", "media", "layer", "page", "font-face" };
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
    if (!is_media && !is_page && !brv_str_is_nocase(name, "font-face")) {
        struct brv_diag *diag = brv_report(loader->sink, BRV_WARNING, BRV_CODE_STYLE, span,
                                           "unknown at-rule \"@%" BRV_STR_F "\"",
                                           BRV_STR_ARG(name));
        brv_diag_hint_nearest(loader->sink, diag, name, names, BRV_COUNT(names));
        return;
    }
    if (!item->block) {
        (void)brv_report(loader->sink, BRV_WARNING, BRV_CODE_STYLE, span,
                         "\"@%" BRV_STR_F "\" needs a block in braces", BRV_STR_ARG(name));
        return;
    }
    if (is_page) {
        add_page(loader, scope, item);
    } else if (is_media) {
        struct scope inner = *scope;
        inner.media &= brv_css_parse_media(&reading, item->prelude);
        inner.depth++;
        read_rules(loader, &inner, brv_css_inside(item->block));
    } else {
        add_font_face(loader, scope, item);
    }
}

static void read_rules(struct loader *loader, const struct scope *scope, struct brv_css_range range)
{
    struct brv_css_item item;
    bool may_import = scope->depth == 0;
    if (scope->depth > MAX_GROUP_DEPTH) {
        (void)warn(loader, brv_css_span_of(scope->source, range), "blocks are nested too deeply");
        return;
    }
    while (brv_css_next_rule(&range, scope->depth == 0, &item)) {
        if (item.kind == BRV_CSS_RULE) {
            may_import = false;
            add_rule(loader, scope, &item);
        } else if (item.kind == BRV_CSS_AT_RULE) {
            read_at_rule(loader, scope, &item, may_import);
            // Statements that may stand before an import.
            may_import &= brv_str_is_nocase(item.name->text, "import") ||
                          brv_str_is_nocase(item.name->text, "charset") ||
                          (brv_str_is_nocase(item.name->text, "layer") && !item.block);
        } else {
            (void)warn(loader, brv_css_span_of(scope->source, brv_css_trim(item.all)),
                       "expected a rule with a block in braces");
        }
    }
}

// ---- files

static void read_text(struct loader *loader, const struct scope *scope, brv_str text)
{
    read_rules(loader, scope, brv_css_tokenize(loader->sheets->arena, text));
}

static bool has_scheme(brv_str path)
{
    size_t colon = brv_str_find(path, 0, BRV_S("://"));
    return colon < path.len && colon == brv_str_find_byte(path, 0, ':');
}

static bool is_name(brv_str sheet)
{
    return brv_str_find_byte(sheet, 0, '/') == sheet.len &&
           !brv_str_ends_with(sheet, BRV_S(".css"));
}

// The file of a name in the search path; empty when there is none.
static brv_str find_named(struct loader *loader, brv_str name)
{
    struct brv_arena *arena = loader->sheets->arena;
    brv_str file = brv_arena_printf(arena, "%" BRV_STR_F ".css", BRV_STR_ARG(name));
    for (size_t i = 0; i < loader->options->search_path_count; i++) {
        brv_str path = brv_path_join(arena, loader->options->search_path[i], file);
        if (brv_file_exists(path))
            return path;
    }
    return (brv_str){ 0 };
}

static void report_missing_name(struct loader *loader, brv_str name, struct brv_span span)
{
    struct brv_arena *arena = loader->sheets->arena;
    const char **names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < loader->options->search_path_count; i++) {
        size_t entry_count = 0;
        brv_str *entries = brv_directory_list(arena, loader->options->search_path[i], &entry_count);
        for (size_t k = 0; k < entry_count; k++) {
            if (brv_str_ends_with(entries[k], BRV_S(".css")))
                BRV_PUSH(arena, names, count, capacity) =
                    brv_arena_cstr(arena, brv_str_slice(entries[k], 0, entries[k].len - 4));
        }
    }
    struct brv_diag *diag = brv_report(loader->sink, BRV_ERROR, BRV_CODE_STYLE, span,
                                       "no stylesheet is called \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    brv_diag_hint_nearest(loader->sink, diag, name, names, count);
}

// One spelling a file, for finding cycles: without "." and, as far as words go, "..".
static brv_str path_key(struct brv_arena *arena, brv_str path)
{
    char *key = brv_arena_alloc(arena, path.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < path.len;) {
        size_t end = brv_str_find_byte(path, at, '/');
        brv_str part = brv_str_slice(path, at, end);
        at = end + 1;
        if (brv_str_is(part, ".") || (part.len == 0 && at > 1))
            continue;
        size_t parent = len;
        while (parent > 0 && key[parent - 1] != '/')
            parent--;
        bool has_parent = parent > 0 && !brv_str_is((brv_str){ key + parent, len - parent }, "..");
        if (brv_str_is(part, "..") && has_parent) {
            len = parent - 1;
            continue;
        }
        if (at > 1 && (len > 0 || path.ptr[0] == '/'))
            key[len++] = '/';
        for (size_t i = 0; i < part.len; i++)
            key[len++] = part.ptr[i];
    }
    return (brv_str){ key, len };
}

static bool load_file(struct loader *loader, const struct scope *from, brv_str path,
                      struct brv_span span, const struct scope *into)
{
    struct brv_arena *arena = loader->sheets->arena;
    if (has_scheme(path)) {
        (void)warn(loader, span, "a stylesheet is a file, nothing is fetched from a network");
        return false;
    }
    if (is_name(path)) {
        brv_str named = find_named(loader, path);
        if (named.len == 0) {
            report_missing_name(loader, path, span);
            return false;
        }
        path = named;
    } else if (from) {
        path = brv_path_join(arena, brv_path_directory(from->file->path), path);
    }
    struct file file = {
        .importer = from ? from->file : NULL,
        .path = path,
        .key = path_key(arena, path),
        .depth = from ? from->file->depth + 1 : 0,
    };
    for (const struct file *f = file.importer; f; f = f->importer) {
        if (brv_str_equal(f->key, file.key)) {
            (void)warn(loader, span, "the stylesheet imports itself");
            return false;
        }
    }
    if (file.depth > loader->limits.import_depth || ++loader->file_count > MAX_SHEETS) {
        (void)brv_report(loader->sink, BRV_WARNING, BRV_CODE_LIMIT, span,
                         "too many imports, this one has no effect");
        return false;
    }
    brv_str content;
    if (brv_file_read(arena, file.path, loader->limits.stylesheet_bytes, BRV_CODE_STYLE, &content,
                      loader->sink) != BRV_OK) {
        if (from)
            brv_diag_note(loader->sink, loader->sink->last, span, "imported here");
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

static void load_variables(struct loader *loader)
{
    struct brv_arena *arena = loader->sheets->arena;
    const struct brv_stylesheets_options *options = loader->options;
    if (options->variable_count == 0)
        return;
    struct brv_buf *text = brv_buf_new_in(arena);
    brv_buf_add_cstr(text, ":root {\n");
    for (size_t i = 0; i < options->variable_count; i++) {
        brv_str name = options->variables[i][0];
        brv_str value = options->variables[i][1];
        const struct brv_css_token *token = brv_css_only(brv_css_tokenize(arena, name));
        if (!token || token->kind != BRV_CSS_IDENT || token->text.len < 3 ||
            !brv_str_starts_with(token->text, BRV_S("--")))
            (void)brv_report(loader->sink, BRV_ERROR, BRV_CODE_USAGE, brv_span_none(),
                             "\"%" BRV_STR_F "\" is no name of a variable, expected \"--name\"",
                             BRV_STR_ARG(name));
        else if (!is_one_value(brv_css_tokenize(arena, value)))
            (void)brv_report(loader->sink, BRV_ERROR, BRV_CODE_USAGE, brv_span_none(),
                             "\"%" BRV_STR_F "\" is no value of a variable", BRV_STR_ARG(value));
        else
            brv_buf_printf(text, "%" BRV_STR_F ": %" BRV_STR_F " !important;\n", BRV_STR_ARG(name),
                           BRV_STR_ARG(value));
    }
    brv_buf_add_cstr(text, "}\n");
    load_memory(loader, BRV_ORIGIN_OVERRIDE, BRV_S("<--set>"), brv_buf_str(text));
}

// ---- the index

// Cascade order of normal declarations: origin, layer, specificity, appearance.
static int compare_entries(const void *a, const void *b)
{
    const struct brv_css_entry *x = a;
    const struct brv_css_entry *y = b;
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    if (x->layer->order != y->layer->order)
        return x->layer->order < y->layer->order ? -1 : 1;
    if (x->selector->specificity != y->selector->specificity)
        return x->selector->specificity < y->selector->specificity ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

// Of important ones: the layers reversed, and built-in above author; --set stays on top.
static int compare_important(const void *a, const void *b)
{
    static const int precedence[] = {
        [BRV_ORIGIN_AUTHOR] = 0,
        [BRV_ORIGIN_BUILTIN] = 1,
        [BRV_ORIGIN_OVERRIDE] = 2,
    };
    const struct brv_css_entry *x = *(const struct brv_css_entry *const *)a;
    const struct brv_css_entry *y = *(const struct brv_css_entry *const *)b;
    if (x->origin != y->origin)
        return precedence[x->origin] < precedence[y->origin] ? -1 : 1;
    if (x->layer->order != y->layer->order)
        return x->layer->order > y->layer->order ? -1 : 1;
    return x < y ? -1 : x > y; // specificity and appearance as sorted
}

static int compare_pages(const void *a, const void *b)
{
    const struct brv_css_page_rule *x = a;
    const struct brv_css_page_rule *y = b;
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    if (x->layer->order != y->layer->order)
        return x->layer->order < y->layer->order ? -1 : 1;
    if (x->specificity != y->specificity)
        return x->specificity < y->specificity ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void put(struct brv_stylesheets *sheets, struct brv_css_bucket *bucket, uint32_t rank)
{
    BRV_PUSH(sheets->arena, bucket->ranks, bucket->count, bucket->capacity) = rank;
}

static void put_named(struct brv_stylesheets *sheets, struct brv_map *map, brv_str name,
                      uint32_t rank)
{
    void **slot = brv_map_at(map, name);
    if (!*slot)
        *slot = BRV_NEW(sheets->arena, struct brv_css_bucket);
    put(sheets, *slot, rank);
}

static void index_entry(struct brv_stylesheets *sheets, uint32_t rank)
{
    const struct brv_css_compound *compound = &sheets->entries[rank].selector->compounds[0];
    const struct brv_css_simple *best = NULL;
    for (size_t i = 0; i < compound->count; i++) {
        const struct brv_css_simple *simple = &compound->items[i];
        if (simple->kind == BRV_SIMPLE_UNKNOWN_TYPE)
            return;
        if (simple->kind == BRV_SIMPLE_ID || simple->kind == BRV_SIMPLE_CLASS ||
            simple->kind == BRV_SIMPLE_TYPE)
            best = !best || simple->kind > best->kind ? simple : best;
    }
    if (!best)
        put(sheets, &sheets->universal, rank);
    else if (best->kind == BRV_SIMPLE_ID)
        put_named(sheets, &sheets->by_id, best->name, rank);
    else if (best->kind == BRV_SIMPLE_CLASS)
        put_named(sheets, &sheets->by_class, best->name, rank);
    else
        put(sheets, &sheets->by_kind[best->element], rank);
}

static void index_sheets(struct brv_stylesheets *sheets)
{
    for (size_t i = 0; i < BRV_COUNT(sheets->layers); i++)
        number_layers(&sheets->layers[i]);
    size_t count = sheets->entry_count;
    if (count > 0)
        qsort(sheets->entries, count, sizeof *sheets->entries, compare_entries);
    struct brv_css_entry **important = BRV_NEW_ARRAY(sheets->arena, struct brv_css_entry *, count);
    for (size_t i = 0; i < count; i++) {
        important[i] = &sheets->entries[i];
        index_entry(sheets, (uint32_t)i);
    }
    if (count > 0)
        qsort(important, count, sizeof *important, compare_important);
    for (size_t i = 0; i < count; i++)
        important[i]->important_rank = (uint32_t)i;
    if (sheets->page_count > 0)
        qsort(sheets->pages, sheets->page_count, sizeof *sheets->pages, compare_pages);
}

static void parse_initials(struct brv_stylesheets *sheets)
{
    const struct brv_css_basis basis = { 10, 10, 10, 400, { 0, 0, 0, 255 } };
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        struct brv_css_context context = { 0 };
        struct brv_css_range range =
            brv_css_tokenize(sheets->arena, brv_str_from_cstr(property->initial));
        bool is_ok = brv_css_parse_property(sheets->arena, property, range, &sheets->initials[i],
                                            &context);
        if (!is_ok) // a fault of props.def, which no sheet can cause
            abort();
        property->type->compute(&sheets->initials[i], &basis,
                                (char *)&sheets->initial + property->offset);
    }
    brv_style_drop_invisible_borders(&sheets->initial);
}

uint32_t brv_css_custom_id(struct brv_stylesheets *sheets, brv_str name)
{
    uint32_t id = 0;
    if (brv_css_custom_find(sheets, name, &id))
        return id;
    // The map keeps number + 1 in place of a pointer, so that zero means absent.
    *brv_map_at(&sheets->custom_ids, name) = (void *)(uintptr_t)(sheets->custom_count + 1);
    BRV_PUSH(sheets->arena, sheets->custom_names, sheets->custom_count, sheets->custom_capacity) =
        name;
    return (uint32_t)sheets->custom_count - 1;
}

bool brv_css_custom_find(const struct brv_stylesheets *sheets, brv_str name, uint32_t *id)
{
    uintptr_t number = (uintptr_t)brv_map_find(&sheets->custom_ids, name);
    if (number == 0)
        return false;
    *id = (uint32_t)(number - 1);
    return true;
}

struct brv_stylesheets *brv_stylesheets_new(struct brv_arena *arena,
                                            const struct brv_stylesheets_options *options,
                                            struct brv_sink *sink)
{
    struct brv_stylesheets *sheets = BRV_NEW(arena, struct brv_stylesheets);
    sheets->arena = arena;
    sheets->by_id.arena = sheets->by_class.arena = sheets->custom_ids.arena = arena;
    parse_initials(sheets);
    struct loader loader = {
        .sheets = sheets,
        .options = options,
        .limits = options->limits ? *options->limits : brv_limits_default(),
        .sink = sink,
    };
    load_memory(&loader, BRV_ORIGIN_BUILTIN, BRV_S("<built-in>"), brv_css_builtin_text());
    bool is_ok = true;
    for (size_t i = 0; i < options->sheet_count; i++) {
        struct scope scope = scope_of(&loader, BRV_ORIGIN_AUTHOR);
        is_ok &= load_file(&loader, NULL, options->sheets[i], brv_span_none(), &scope);
    }
    for (size_t i = 0; i < options->text_count; i++)
        load_memory(&loader, BRV_ORIGIN_AUTHOR, options->texts[i].name, options->texts[i].text);
    load_variables(&loader);
    index_sheets(sheets);
    return is_ok ? sheets : NULL;
}

const struct brv_font_face *brv_stylesheets_font_faces(const struct brv_stylesheets *sheets,
                                                       size_t *count)
{
    *count = sheets->face_count;
    return sheets->faces;
}
