// Brevier — the fonts of a process: opening faces, and what documents share.
// SPDX-License-Identifier: MIT
#include "layout/fonts.h"
#include "layout/patterns.h"
#include "layout/shape.h"

#include "base/buf.h"

// ---- opening

struct brv_face *brv_candidate_open(struct brv_fonts *fonts, struct brv_candidate *candidate)
{
    if (candidate->face || candidate->is_broken) {
        return candidate->face;
    }
    struct brv_face *face = BRV_NEW(fonts->arena, struct brv_face);
    if (!brv_face_open(fonts->arena, candidate->file, candidate->index, face)) {
        candidate->is_broken = true;
        fonts->broken_count++;
        return NULL;
    }
    if (candidate->families[0].len > 0) {
        face->family = candidate->families[0];
    }
    face->weight = candidate->weight;
    face->is_fixed_pitch = candidate->is_fixed_pitch;
    face->id = fonts->face_count++;
    candidate->face = face;
    return face;
}

void brv_fonts_tell_broken(struct brv_fonts *fonts, struct brv_sink *sink)
{
    if (fonts->broken_told == fonts->broken_count || !sink) {
        return;
    }
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        const struct brv_candidate *candidate = &fonts->catalog.items[i];
        if (candidate->is_broken) {
            brv_report(sink,
                       BRV_WARNING,
                       BRV_CODE_OUTPUT,
                       brv_span_none(),
                       "font file \"%" BRV_STR_F "\" is damaged or has no outlines; it is not used",
                       BRV_STR_ARG(candidate->file));
        }
    }
    fonts->broken_told = fonts->broken_count;
}

struct brv_shaper *brv_fonts_shaper(struct brv_fonts *fonts)
{
    return fonts->shaper;
}

struct brv_worker *brv_fonts_worker(struct brv_fonts *fonts)
{
    return fonts->worker;
}

void brv_fonts_read_patterns(struct brv_fonts *fonts, brv_str lang)
{
    brv_patterns_read_ahead(fonts->patterns, fonts->worker, lang);
}

const struct brv_patterns *brv_fonts_patterns(struct brv_fonts *fonts, brv_str lang)
{
    return brv_patterns_find(fonts->patterns, lang);
}

// ---- for declared fonts

struct brv_face *brv_fonts_open_local(struct brv_fonts *fonts, brv_str name)
{
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        struct brv_candidate *candidate = &fonts->catalog.items[i];
        brv_str family = candidate->families[0];
        if (name.len < family.len ||
            !brv_str_equal_nocase(brv_str_slice(name, 0, family.len), family)) {
            continue;
        }
        brv_str style = brv_str_trim(brv_str_slice(name, family.len, name.len));
        if (brv_str_equal_nocase(style, candidate->style) ||
            (style.len == 0 && brv_str_is_nocase(candidate->style, "Regular"))) {
            return brv_candidate_open(fonts, candidate);
        }
    }
    return NULL;
}

uint32_t brv_fonts_next_id(struct brv_fonts *fonts)
{
    return fonts->face_count++;
}

struct brv_arena *brv_fonts_arena(struct brv_fonts *fonts)
{
    return fonts->arena;
}

const struct brv_declared_fonts *brv_fonts_find_declared(const struct brv_fonts *fonts, brv_str key)
{
    return brv_map_find(&fonts->declared, key);
}

void brv_fonts_keep_declared(struct brv_fonts *fonts, brv_str key,
                             struct brv_declared_fonts *declared)
{
    *brv_map_at(&fonts->declared, brv_arena_str(fonts->arena, key)) = declared;
}

// ---- the contract

struct brv_fonts *brv_fonts_new(struct brv_arena *arena, brv_str index)
{
    struct brv_fonts *fonts = BRV_NEW(arena, struct brv_fonts);
    fonts->arena = arena;
    fonts->sets.arena = arena;
    fonts->declared.arena = arena;
    fonts->catalog = brv_catalog_read(arena, index);
    fonts->shaper = brv_shaper_new(arena);
    fonts->patterns = brv_pattern_table_new(arena);
    return fonts;
}

void brv_fonts_help(struct brv_fonts *fonts, struct brv_worker *worker)
{
    fonts->worker = worker;
}

const struct brv_face *brv_fonts_primary(struct brv_fonts *fonts,
                                         const struct brv_font_request *request,
                                         struct brv_sink *sink)
{
    return brv_font_set_primary(brv_fonts_resolve(fonts, request, sink));
}

const struct brv_face *brv_fonts_for_codepoint(struct brv_fonts *fonts,
                                               const struct brv_font_request *request,
                                               uint32_t codepoint)
{
    return brv_font_set_face(fonts, brv_fonts_resolve(fonts, request, NULL), codepoint);
}

void brv_fonts_write_index(struct brv_arena *arena, struct brv_buf *out)
{
    brv_catalog_write_index(arena, out);
}

void brv_fonts_list(struct brv_fonts *fonts, struct brv_buf *out)
{
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        const struct brv_candidate *item = &fonts->catalog.items[i];
        brv_buf_add_str(out, item->families[0]);
        brv_buf_add_cstr(out, ", ");
        brv_buf_add_str(out, item->style);
        brv_buf_add_cstr(out, ", ");
        brv_buf_add_str(out, item->file);
        brv_buf_printf(out, ":%u\n", item->index);
    }
}

void brv_fonts_files(struct brv_fonts *fonts, struct brv_buf *out)
{
    brv_str before = { 0 };
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        brv_str file = fonts->catalog.items[i].file;
        if (!brv_str_equal(file, before)) // a file may hold several faces
            brv_buf_printf(out, "%" BRV_STR_F "\n", BRV_STR_ARG(file));
        before = file;
    }
    brv_patterns_files(fonts->arena, out);
}
