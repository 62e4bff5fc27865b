// Brevier — fonts that a stylesheet brings: @font-face.
// The files lie beneath the folder of the sheet that names them. They are read and checked once per
// process; documents whose sheets declare the same fonts share them. What is declared comes before
// what is installed, and only for documents under such a sheet.
// SPDX-License-Identifier: MIT
#include "layout/font_face.h"

#include "base/buf.h"
#include "base/file.h"

enum { FONT_BYTES = 64 << 20 };

static brv_str folder_of(const struct brv_font_face *declared)
{
    return declared->span.source ? brv_path_directory(declared->span.source->name) : (brv_str){ 0 };
}

// One text for all that is declared, by which it is found again.
static void add_key(struct brv_buf *key, const struct brv_font_face *declared)
{
    brv_buf_add_str(key, declared->family);
    brv_buf_printf(key,
                   "\n%d %d %d\n",
                   declared->weight,
                   (int)declared->style,
                   (int)declared->stretch_percent);
    brv_buf_add_str(key, folder_of(declared));
    for (size_t i = 0; i < declared->source_count; i++) {
        brv_buf_add_cstr(key, declared->sources[i].is_local ? "\nlocal " : "\nurl ");
        brv_buf_add_str(key, declared->sources[i].value);
    }
    brv_buf_add_cstr(key, "\n\n");
}

static void destroy_unicodes(void *unicodes)
{
    hb_set_destroy(unicodes);
}

static hb_set_t *unicodes_of(struct brv_arena *arena, const struct brv_face *face)
{
    hb_set_t *unicodes = hb_set_create();
    brv_arena_on_free(arena, destroy_unicodes, unicodes);
    hb_face_collect_unicodes(face->face, unicodes);
    return unicodes;
}

static bool has_unicode(const void *unicodes, uint32_t codepoint)
{
    return hb_set_has(unicodes, codepoint);
}

static struct brv_face *open_file(struct brv_arena *arena, const struct brv_font_face *declared,
                                  brv_str path)
{
    brv_str bytes;
    struct brv_sink quiet = brv_sink_init(arena); // one warning says it, with all sources
    if (brv_file_read_beneath(
            arena, folder_of(declared), path, FONT_BYTES, declared->span, &bytes, &quiet) !=
        BRV_OK) {
        return NULL;
    }
    struct brv_face *face = BRV_NEW(arena, struct brv_face);
    return brv_face_open_bytes(arena, path, bytes, face) ? face : NULL;
}

// The first source that gives a face.
static struct brv_face *open_declared(struct brv_fonts *fonts, struct brv_arena *arena,
                                      const struct brv_font_face *declared)
{
    for (size_t i = 0; i < declared->source_count; i++) {
        const struct brv_font_source *source = &declared->sources[i];
        struct brv_face *face = source->is_local ? brv_fonts_open_local(fonts, source->value)
                                                 : open_file(arena, declared, source->value);
        if (face) {
            struct brv_face *own = BRV_NEW(arena, struct brv_face);
            *own = *face;
            own->weight = declared->weight;
            own->id = brv_fonts_next_id(fonts);
            return own;
        }
    }
    return NULL;
}

static struct brv_declared_fonts *make_declared(struct brv_fonts *fonts,
                                                const struct brv_font_face *faces, size_t count)
{
    struct brv_arena *arena = brv_fonts_arena(fonts);
    struct brv_declared_fonts *declared = BRV_NEW(arena, struct brv_declared_fonts);
    declared->items = BRV_NEW_ARRAY(arena, struct brv_candidate, count);
    declared->count = count;
    for (size_t i = 0; i < count; i++) {
        struct brv_candidate *candidate = &declared->items[i];
        brv_str *family = BRV_NEW(arena, brv_str);
        *family = brv_arena_str(arena, faces[i].family);
        struct brv_face *face = open_declared(fonts, arena, &faces[i]);
        *candidate = (struct brv_candidate){
            .families = family,
            .family_count = 1,
            .style = BRV_S(""),
            .weight = faces[i].weight,
            .stretch = (int)faces[i].stretch_percent,
            .is_italic = faces[i].style == BRV_FONT_ITALIC,
            .is_broken = !face,
            .face = face,
            .characters = face ? unicodes_of(arena, face) : NULL,
            .has = face ? has_unicode : NULL,
        };
    }
    return declared;
}

const struct brv_declared_fonts *brv_fonts_declare(struct brv_fonts *fonts,
                                                   const struct brv_stylesheets *sheets,
                                                   struct brv_sink *sink)
{
    size_t count;
    const struct brv_font_face *faces = brv_stylesheets_font_faces(sheets, &count);
    if (count == 0) {
        return NULL;
    }
    struct brv_buf key = { 0 };
    for (size_t i = 0; i < count; i++) {
        add_key(&key, &faces[i]);
    }
    const struct brv_declared_fonts *declared = brv_fonts_find_declared(fonts, brv_buf_str(&key));
    if (!declared) {
        struct brv_declared_fonts *made = make_declared(fonts, faces, count);
        made->serial = brv_fonts_next_id(fonts) + 1; // ids are never used twice
        brv_fonts_keep_declared(fonts, brv_buf_str(&key), made);
        declared = made;
    }
    brv_buf_deinit(&key);
    for (size_t i = 0; i < count; i++) {
        if (declared->items[i].is_broken) {
            struct brv_diag *diag = brv_report(sink,
                                               BRV_WARNING,
                                               BRV_CODE_STYLE,
                                               faces[i].span,
                                               "no source of the font \"%" BRV_STR_F
                                               "\" is a font with outlines that can be read",
                                               BRV_STR_ARG(faces[i].family));
            brv_diag_hint(sink, diag, "files lie beneath the folder of the sheet");
        }
    }
    return declared;
}
