// Brevier — building the set of stylesheets: files, imports, the order of origins.
// SPDX-License-Identifier: MIT
#include "style/counter_style.h"
#include "style/frozen.h"
#include "style/sheet_read.h"

#include "base/file.h"
#include "base/utf8.h"

enum {
    MAX_SHEETS = 128,
    MAX_FULL_SHEETS = 8, // all together are no larger than so many of the largest allowed
};

// ---- the set

void brv_sheet_attach(struct brv_stylesheets *sheets, struct brv_arena *arena,
                      const struct brv_stylesheets_options *options)
{
    sheets->arena = arena;
    sheets->by_id.arena = sheets->by_class.arena = sheets->custom_ids.arena = arena;
    sheets->counter_styles->arena = sheets->counter_styles->by_name.arena = arena;
    sheets->images->arena = arena;
    sheets->images->open = options->open_image;
    sheets->images->user = options->open_image_user;
}

// A set with the built-in sheet. All of it lies in the arena, so that it can be frozen.
static void make_set(struct brv_sheet_loader *loader)
{
    struct brv_arena *arena = loader->arena;
    struct brv_stylesheets *sheets = BRV_NEW(arena, struct brv_stylesheets);
    loader->sheets = sheets;
    sheets->counter_styles = BRV_NEW(arena, struct brv_counter_styles);
    sheets->images = BRV_NEW(arena, struct brv_sheet_images);
    brv_sheet_attach(sheets, arena, loader->options);
    brv_css_names_init(&sheets->names);
    brv_css_defaults_init(sheets, loader->scratch);
    brv_sheet_load_memory(loader,
                          BRV_ORIGIN_BUILTIN,
                          brv_arena_str(arena, BRV_S("<built-in>")),
                          brv_arena_str(arena, brv_css_builtin_text()));
    sheets->builtin_declaration_count = sheets->declaration_count;
}

void brv_sheet_begin(struct brv_sheet_loader *loader, struct brv_sheet_scope *scope)
{
    if (!loader->sheets && !brv_sheet_thaw(loader, (brv_str){ 0 }, (brv_str){ 0 }))
        make_set(loader);
    if (!scope->layer)
        scope->layer = &loader->sheets->layers[scope->origin];
}

void brv_sheet_complete(struct brv_sheet_loader *loader)
{
    if (loader->sheets->is_indexed)
        return;
    brv_counter_styles_complete(loader->sheets->counter_styles, loader->sink);
    brv_css_index(loader->sheets);
}

// ---- texts

// From here on the rules of a sheet are added to the set.
static void enter(struct brv_sheet_loader *loader, struct brv_sheet_scope *scope)
{
    brv_sheet_begin(loader, scope);
    struct brv_stylesheets *sheets = loader->sheets;
    scope->index = (uint32_t)sheets->file_count;
    brv_sheet_group_rules(loader, scope);
    BRV_PUSH(sheets->arena, sheets->files, sheets->file_count, sheets->file_capacity) =
        scope->source;
    sheets->is_indexed = sheets->counter_styles->is_complete = false;
}

static bool is_before_rules(const struct brv_css_item *item)
{
    return item->kind == BRV_CSS_AT_RULE && (brv_str_is_nocase(item->name->text, "import") ||
                                             brv_str_is_nocase(item->name->text, "charset"));
}

// The rules of a whole text, each as soon as it is tokenized.
static void read_text(struct brv_sheet_loader *loader, struct brv_sheet_scope *scope, brv_str text)
{
    struct brv_arena_mark mark = brv_arena_mark(loader->scratch);
    struct brv_css_tokenizer tokenizer = {
        loader->arena, loader->scratch, .text = text, .open_comment = SIZE_MAX
    };
    struct brv_css_range range;
    struct brv_css_item item;
    bool may_import = true;
    while (brv_css_tokenize_rule(&tokenizer, &range)) {
        while (brv_css_next_rule(&range, true, &item)) {
            if (!scope->group && !is_before_rules(&item))
                enter(loader, scope);
            brv_sheet_read_rule(loader, scope, &item, &may_import);
            if (item.block && !(item.block->flags & BRV_CSS_IS_CLOSED))
                (void)brv_sheet_warn(loader,
                                     brv_css_span(scope->source, item.block),
                                     "the block is not closed before the end of the sheet");
        }
    }
    if (!scope->group)
        enter(loader, scope);
    if (tokenizer.open_comment < text.len)
        (void)brv_sheet_warn(
            loader,
            brv_span_of(scope->source, brv_str_slice(text, tokenizer.open_comment, text.len)),
            "the comment is not closed before the end of the sheet");
    brv_arena_rewind(loader->scratch, mark);
}

void brv_sheet_load_memory(struct brv_sheet_loader *loader, enum brv_css_origin origin,
                           brv_str name, brv_str text)
{
    struct brv_sheet_file file = { .path = name, .key = name };
    struct brv_sheet_scope scope = { .origin = origin, .media = BRV_MEDIUM_ALL };
    scope.file = &file;
    scope.source = brv_source_new(loader->arena, file.path, text);
    read_text(loader, &scope, text);
}

// ---- files

bool brv_sheet_load_file(struct brv_sheet_loader *loader, const struct brv_sheet_scope *from,
                         brv_str path, struct brv_span span, const struct brv_sheet_scope *into)
{
    struct brv_arena *arena = loader->arena;
    const brv_str *importer = from ? &from->file->path : NULL;
    struct brv_sheet_file file = {
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
    for (const struct brv_sheet_file *f = file.importer; f; f = f->importer) {
        if (brv_str_equal(f->key, file.key)) {
            (void)brv_sheet_warn(loader, span, "the stylesheet imports itself");
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
        brv_css_hint_named(arena, loader->options, path, loader->sink);
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
    const bool is_plain = !into->layer && into->media == BRV_MEDIUM_ALL && content.len > 0;
    if (is_plain && brv_sheet_thaw(loader, file.path, content))
        return true;
    struct brv_source *source = brv_source_new(arena, file.path, (brv_str){ 0 });
    brv_source_set_text(source, content, arena, BRV_WARNING, loader->sink);
    struct brv_sheet_scope scope = *into;
    scope.file = &file;
    scope.source = source;
    scope.group = NULL;
    scope.depth = 0;
    read_text(loader, &scope, source->text);
    return true;
}

struct brv_stylesheets *brv_stylesheets_new(struct brv_arena *arena,
                                            const struct brv_stylesheets_options *options,
                                            struct brv_sink *sink)
{
    struct brv_arena *scratch = brv_arena_new();
    struct brv_sheet_loader loader = {
        .arena = arena,
        .options = options,
        .limits = options->limits ? *options->limits : brv_limits_default(),
        .sink = sink,
        .scratch = scratch,
    };
    bool is_ok = true;
    for (size_t i = 0; i < options->sheet_count; i++) {
        const struct brv_sheet_scope scope = {
            .origin = BRV_ORIGIN_AUTHOR,
            .media = BRV_MEDIUM_ALL,
        };
        is_ok &= brv_sheet_load_file(&loader, NULL, options->sheets[i], brv_span_none(), &scope);
    }
    for (size_t i = 0; i < options->text_count; i++) {
        const struct brv_stylesheet_text *text = &options->texts[i];
        if (text->text.len <= loader.limits.stylesheet_bytes) {
            brv_sheet_load_memory(&loader, BRV_ORIGIN_AUTHOR, text->name, text->text);
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
    brv_sheet_begin(&loader, &(struct brv_sheet_scope){ 0 }); // where there is no sheet
    brv_sheet_load_settings(&loader);
    brv_sheet_complete(&loader);
    brv_arena_free(scratch);
    return is_ok ? loader.sheets : NULL;
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
