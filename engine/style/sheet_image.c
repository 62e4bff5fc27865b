// Brevier — images that sheets name: url() in content.
// All are opened while the sheets are read, so that what cannot be had is said once, at its place,
// and the set is read-only afterwards. A variable may turn out to hold anything: its url() is
// opened when it has the suffix of an image.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "style/sheet.h"

enum { MAX_IMAGES = 64 };

static struct brv_sheet_image *find_image(const struct brv_sheet_images *images, brv_str sheet,
                                          brv_str path)
{
    for (size_t i = 0; i < images->count; i++) {
        struct brv_sheet_image *image = &images->items[i];
        if (brv_str_equal(image->path, path) &&
            brv_str_equal(brv_path_directory(image->span.source->name), brv_path_directory(sheet)))
            return image;
    }
    return NULL;
}

static struct brv_sheet_image *open_image(struct brv_sheet_images *images, brv_str path,
                                          struct brv_span span, struct brv_sink *sink)
{
    if (!images->items)
        images->items = BRV_NEW_ARRAY(images->arena, struct brv_sheet_image, MAX_IMAGES);
    if (images->count == MAX_IMAGES) {
        if (!images->is_full)
            (void)brv_report(sink,
                             BRV_WARNING,
                             BRV_CODE_LIMIT,
                             span,
                             "the sheets name more than %d images, the rest is not shown",
                             MAX_IMAGES);
        images->is_full = true;
        return NULL;
    }
    struct brv_sheet_image *image = &images->items[images->count++];
    *image = (struct brv_sheet_image){ .path = path, .span = span };
    image->image = images->open(images->user, image, sink);
    return image;
}

const struct brv_image *brv_css_image(const struct brv_css_context *context,
                                      const struct brv_css_token *token)
{
    const struct brv_source *source = brv_css_source_of(context, token);
    if (!context->sheets || !context->sheets->images->open || !source)
        return NULL;
    struct brv_sheet_images *images = context->sheets->images;
    struct brv_sheet_image *image = find_image(images, source->name, token->text);
    if (!image && context->sink) // the sheets are still being read
        image = open_image(images, token->text, brv_css_span(source, token), context->sink);
    return image ? image->image : NULL;
}

void brv_css_note_images(const struct brv_css_reading *reading, struct brv_css_range range)
{
    static const char *const suffixes[] = { "png", "jpg", "jpeg" };
    const struct brv_css_context context = {
        .sheets = reading->sheets,
        .source = reading->source,
        .sink = reading->sink,
    };
    for (const struct brv_css_token *t = range.at; t < range.end; t++) { // nested ones too
        const struct brv_css_token *url = brv_css_url_token(t);
        for (size_t i = 0; url && i < BRV_COUNT(suffixes); i++) {
            if (brv_str_is_nocase(brv_path_extension(url->text), suffixes[i]))
                (void)brv_css_image(&context, url);
        }
    }
}

const struct brv_sheet_image *brv_stylesheets_images(const struct brv_stylesheets *sheets,
                                                     size_t *count)
{
    *count = sheets->images->count;
    return sheets->images->items;
}

const struct brv_source *brv_css_source_of(const struct brv_css_context *context,
                                           const struct brv_css_token *token)
{
    const struct brv_stylesheets *sheets = context->sheets;
    for (size_t i = 0; sheets && i < sheets->file_count; i++) {
        brv_str text = sheets->files[i]->text;
        if (token->text.ptr >= text.ptr && token->text.ptr < text.ptr + text.len)
            return sheets->files[i];
    }
    return context->source; // the path has escapes, so it is no part of any text
}
