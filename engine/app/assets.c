// Brevier — assets: from the src of an img to a checked image.
// SPDX-License-Identifier: MIT
#include "app/assets.h"

#include "base/file.h"
#include "base/hash.h"
#include "load/image.h"

struct binder {
    const struct brv_assets *assets;
    struct brv_sink *sink;
    struct brv_map known; // by path or data: URL, with what could not be had too
    uint32_t count;
};

// What was made of a source; image NULL: it was reported.
struct asset {
    const struct brv_image *image;
};

// ---- what a src says

static int hex_value(char c)
{
    char lower = brv_to_lower(c);
    return brv_is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// "my%20plan.png" names the file "my plan.png".
static brv_str percent_decoded(struct brv_arena *arena, brv_str text)
{
    char *bytes = brv_arena_alloc(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        int high = i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.ptr[i + 2]) : -1;
        bool is_escape = text.ptr[i] == '%' && low >= 0;
        bytes[len++] = is_escape ? (char)(high * 16 + low) : text.ptr[i];
        i += is_escape ? 2 : 0;
    }
    return (brv_str){ bytes, len };
}

// The scheme of a URL without its colon; empty for a path.
static brv_str scheme_of(brv_str source)
{
    size_t end = 0;
    while (end < source.len && source.ptr[end] != ':') {
        char c = brv_to_lower(source.ptr[end]);
        bool is_letter = c >= 'a' && c <= 'z';
        if (!is_letter && (end == 0 || (!brv_is_digit(c) && c != '+' && c != '-' && c != '.')))
            return (brv_str){ 0 };
        end++;
    }
    return end < source.len ? brv_str_slice(source, 0, end) : (brv_str){ 0 };
}

static bool is_remote(brv_str source, brv_str scheme)
{
    return brv_str_is_nocase(scheme, "http") || brv_str_is_nocase(scheme, "https") ||
           brv_str_is_nocase(scheme, "ftp") || brv_str_starts_with(source, BRV_S("//"));
}

// ---- data: URLs

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (brv_is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static enum brv_status base64_decode(struct brv_arena *arena, brv_str text, brv_str *bytes)
{
    while (text.len > 0 && text.ptr[text.len - 1] == '=')
        text.len--;
    char *out = brv_arena_alloc(arena, text.len / 4 * 3 + 3);
    size_t len = 0;
    unsigned bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < text.len; i++) {
        int value = base64_value(text.ptr[i]);
        if (value < 0)
            return BRV_FAILED;
        held = (held << 6 | (unsigned)value) & 0xFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[len++] = (char)(held >> bits & 0xFF);
        }
    }
    *bytes = (brv_str){ out, len };
    return BRV_OK;
}

static enum brv_status data_read(struct binder *binder, const struct brv_node *node, brv_str source,
                                 brv_str *bytes)
{
    size_t comma = brv_str_find_byte(source, 0, ',');
    bool is_base64 = brv_str_ends_with(brv_str_slice(source, 0, comma), BRV_S(";base64"));
    if (comma < source.len && is_base64 &&
        base64_decode(
            binder->assets->arena,
            percent_decoded(binder->assets->arena, brv_str_slice(source, comma + 1, source.len)),
            bytes) == BRV_OK)
        return BRV_OK;
    brv_report(binder->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               node->span,
               "an image is no data: URL of the form \"data:image/png;base64,…\"");
    return BRV_FAILED;
}

// ---- files

static enum brv_status file_read(struct binder *binder, const struct brv_node *node, brv_str source,
                                 brv_str path, brv_str *bytes)
{
    const struct brv_assets *assets = binder->assets;
    if (assets->root.len == 0) {
        struct brv_diag *diag =
            brv_report(binder->sink,
                       BRV_ERROR,
                       BRV_CODE_INPUT,
                       node->span,
                       "image \"%" BRV_STR_F "\" cannot be shown: the document has no folder to "
                       "find it in",
                       BRV_STR_ARG(source));
        brv_diag_hint(binder->sink, diag, "name the folder with --asset-root");
        return BRV_FAILED;
    }
    return brv_file_read_beneath(assets->arena,
                                 assets->root,
                                 path,
                                 assets->limits->image_bytes,
                                 node->span,
                                 bytes,
                                 binder->sink);
}

// The name of a source in messages: a data: URL is no name.
static brv_str shown_name(struct brv_arena *arena, brv_str source)
{
    enum { SHOWN = 24 };
    return brv_str_is_nocase(scheme_of(source), "data") && source.len > SHOWN
               ? brv_arena_printf(arena, "%.*s…", SHOWN, source.ptr)
               : source;
}

static const struct brv_image *image_open(struct binder *binder, const struct brv_node *node,
                                          brv_str source, brv_str path)
{
    const struct brv_assets *assets = binder->assets;
    brv_str scheme = scheme_of(source);
    brv_str name = shown_name(assets->arena, source);
    brv_str bytes = { 0 };
    if (is_remote(source, scheme)) {
        brv_report(binder->sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   node->span,
                   "image \"%" BRV_STR_F "\" is not shown: nothing is fetched from a network",
                   BRV_STR_ARG(source));
        return NULL;
    }
    bool is_data = brv_str_is_nocase(scheme, "data");
    if (scheme.len > 0 && !is_data) {
        brv_report(binder->sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   node->span,
                   "image \"%" BRV_STR_F "\" cannot be shown: only files beside the document and "
                   "data: URLs can",
                   BRV_STR_ARG(source));
        return NULL;
    }
    if (is_data ? data_read(binder, node, source, &bytes)
                : file_read(binder, node, source, path, &bytes))
        return NULL;
    struct brv_image *image =
        brv_image_load(assets->arena, name, bytes, assets->limits, node->span, binder->sink);
    if (!image)
        return NULL;
    image->id = ++binder->count;
    bool is_png = image->format == BRV_IMAGE_PNG;
    brv_str suffix = brv_path_extension(path);
    if (is_png ? brv_str_is_nocase(suffix, "jpg") || brv_str_is_nocase(suffix, "jpeg")
               : brv_str_is_nocase(suffix, "png"))
        brv_report(binder->sink,
                   BRV_NOTE,
                   BRV_CODE_INPUT,
                   node->span,
                   "image \"%" BRV_STR_F "\" is a %s, whatever its name says",
                   BRV_STR_ARG(source),
                   is_png ? "PNG" : "JPEG");
    return image;
}

// ---- elements

static void description_check(struct binder *binder, const struct brv_node *node, brv_str name)
{
    if (brv_node_attr(node, BRV_ATTR_ALT).len > 0)
        return;
    struct brv_diag *diag = brv_report(binder->sink,
                                       BRV_WARNING,
                                       BRV_CODE_INPUT,
                                       node->span,
                                       "image \"%" BRV_STR_F "\" has no description",
                                       BRV_STR_ARG(name));
    brv_diag_hint(binder->sink, diag, "write ![what it shows](%" BRV_STR_F ")", BRV_STR_ARG(name));
}

static void element_bind(struct binder *binder, struct brv_node *node)
{
    struct brv_arena *arena = binder->assets->arena;
    brv_str source = brv_str_trim(brv_node_attr(node, BRV_ATTR_SRC));
    description_check(binder, node, shown_name(arena, source));
    if (source.len == 0) {
        brv_report(binder->sink, BRV_ERROR, BRV_CODE_INPUT, node->span, "an image names no file");
        return;
    }
    brv_str path = brv_assets_path(arena, source);
    if (path.len == 0)
        path = source;
    struct asset **known = (struct asset **)brv_map_at(&binder->known, path);
    if (!*known) {
        *known = BRV_NEW(arena, struct asset);
        (*known)->image = image_open(binder, node, source, path);
    }
    node->image = (*known)->image;
}

// ---- exported

brv_str brv_assets_path(struct brv_arena *arena, brv_str source)
{
    source = brv_str_trim(source);
    if (scheme_of(source).len > 0 || brv_str_starts_with(source, BRV_S("//")))
        return (brv_str){ 0 };
    brv_str path = percent_decoded(arena, source);
    while (brv_str_starts_with(path, BRV_S("./")))
        path = brv_str_slice(path, 2, path.len);
    return path;
}

void brv_assets_bind(const struct brv_assets *assets, struct brv_node *root, struct brv_sink *sink)
{
    struct binder binder = { .assets = assets, .sink = sink, .known = { .arena = assets->arena } };
    for (struct brv_node *node = root; node; node = brv_node_walk_next(root, node))
        if (node->kind == BRV_KIND_IMG)
            element_bind(&binder, node);
}

brv_str brv_assets_root(brv_str document_path)
{
    if (brv_str_is(document_path, "-"))
        return (brv_str){ 0 };
    brv_str folder = brv_path_directory(document_path);
    return folder.len > 0 ? folder : BRV_S(".");
}
