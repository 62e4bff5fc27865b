// Brevier — pages built by hand, for the tests of the PDF output.
// SPDX-License-Identifier: MIT
#include "pdf_fixture.h"

#include "base/file.h"

#include <hb-ot.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const font_folders[] = {
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/truetype/ancient-scripts",
    "/usr/share/fonts/opentype/cantarell",
};

void fixture_init(struct fixture *fixture, size_t page_count)
{
    *fixture = (struct fixture){ .arena = brv_arena_new(), .date = -1 };
    fixture->sink = brv_sink_init(fixture->arena);
    fixture->document.title = BRV_S("A hand-made document");
    fixture->document.kind = BRV_S("test");
    fixture->document.kind_title = BRV_S("Test");
    fixture->document.lang = BRV_S("en");
    fixture->pages.page_count = page_count;
    fixture->pages.pages = BRV_NEW_ARRAY(fixture->arena, struct brv_page, page_count);
    for (size_t i = 0; i < page_count; i++) {
        fixture->pages.pages[i].width_pt = 595.28f;
        fixture->pages.pages[i].height_pt = 841.89f;
        fixture->pages.pages[i].label = brv_arena_printf(fixture->arena, "%zu", i + 1);
    }
    fixture->pages.root = fixture_tag(fixture, NULL, "Document");
}

void fixture_deinit(struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->face_count; i++) {
        hb_font_destroy(fixture->faces[i]->font);
        hb_face_destroy(fixture->faces[i]->face);
    }
    brv_buf_deinit(&fixture->out);
    brv_arena_free(fixture->arena);
}

static bool face_has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

const struct brv_face *fixture_face(struct fixture *fixture, const char *name, unsigned index)
{
    for (size_t i = 0; i < BRV_COUNT(font_folders); i++) {
        brv_str path = brv_arena_printf(fixture->arena, "%s/%s", font_folders[i], name);
        if (!brv_file_exists(path))
            continue;
        hb_blob_t *blob = hb_blob_create_from_file(brv_arena_cstr(fixture->arena, path));
        struct brv_face *face = BRV_NEW(fixture->arena, struct brv_face);
        face->face = hb_face_create(blob, index);
        hb_blob_destroy(blob);
        hb_face_make_immutable(face->face);
        face->font = hb_font_create(face->face);
        hb_font_make_immutable(face->font);
        face->file = path;
        face->family = brv_str_from_cstr(name);
        face->postscript_name = brv_str_from_cstr(name);
        face->units_per_em = hb_face_get_upem(face->face);
        hb_font_extents_t extents = { 0 };
        hb_font_get_h_extents(face->font, &extents);
        face->ascent = extents.ascender;
        face->descent = extents.descender;
        face->cap_height = extents.ascender * 3 / 4;
        face->x_height = extents.ascender / 2;
        face->weight = 400;
        face->is_cff = face_has_table(face->face, HB_TAG('C', 'F', 'F', ' '));
        face->may_embed = true;
        face->id = (uint32_t)fixture->face_count;
        assert_true(fixture->face_count < BRV_COUNT(fixture->faces));
        fixture->faces[fixture->face_count++] = face;
        return face;
    }
    return NULL;
}

struct brv_tag *fixture_tag(struct fixture *fixture, struct brv_tag *parent, const char *type)
{
    struct brv_tag *tag = BRV_NEW(fixture->arena, struct brv_tag);
    tag->type = type;
    tag->parent = parent;
    tag->id = ++fixture->pages.tag_count;
    if (parent) {
        if (parent->last)
            parent->last->next = tag;
        else
            parent->first = tag;
        parent->last = tag;
    }
    return tag;
}

struct brv_item *fixture_item(struct fixture *fixture, size_t page, struct brv_tag *tag,
                              enum brv_item_kind kind)
{
    struct brv_item *item = BRV_NEW(fixture->arena, struct brv_item);
    item->kind = kind;
    item->tag = tag;
    struct brv_page *to = &fixture->pages.pages[page];
    if (to->last)
        to->last->next = item;
    else
        to->first = item;
    to->last = item;
    return item;
}

float fixture_text(struct fixture *fixture, size_t page, struct brv_tag *tag,
                   const struct brv_face *face, float size_pt, float x_pt, float baseline_pt,
                   const char *text)
{
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_shape(face->font, buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, NULL);
    struct brv_glyph *glyphs = BRV_NEW_ARRAY(fixture->arena, struct brv_glyph, count);
    float scale = size_pt / (float)face->units_per_em;
    float width = 0;
    for (unsigned i = 0; i < count; i++) {
        glyphs[i] = (struct brv_glyph){
            .glyph = infos[i].codepoint,
            .x_advance_pt = (float)places[i].x_advance * scale,
            .x_offset_pt = (float)places[i].x_offset * scale,
            .y_offset_pt = (float)places[i].y_offset * scale,
            .cluster = infos[i].cluster,
        };
        width += glyphs[i].x_advance_pt;
    }
    struct brv_item *item = fixture_item(fixture, page, tag, BRV_ITEM_GLYPHS);
    item->glyphs = (struct brv_glyph_run){
        .face = face,
        .size_pt = size_pt,
        .color = { 20, 30, 40, 255 },
        .x_pt = x_pt,
        .baseline_pt = baseline_pt,
        .glyphs = glyphs,
        .glyph_count = count,
        .text = brv_arena_str(fixture->arena, brv_str_from_cstr(text)),
        .is_rtl = hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL,
    };
    hb_buffer_destroy(buffer);
    return width;
}

void fixture_link(struct fixture *fixture, size_t page, struct brv_tag *tag, float x_pt, float y_pt,
                  float width_pt, const char *url)
{
    struct brv_link_area *link = BRV_NEW(fixture->arena, struct brv_link_area);
    *link = (struct brv_link_area){ .x_pt = x_pt, .y_pt = y_pt, .width_pt = width_pt };
    link->height_pt = 14;
    link->url = brv_str_from_cstr(url);
    link->alt = brv_str_from_cstr(url);
    link->tag = tag;
    struct brv_link_area **end = &fixture->pages.pages[page].links;
    while (*end)
        end = &(*end)->next;
    *end = link;
}

enum brv_status fixture_render(struct fixture *fixture)
{
    struct brv_output_job job = {
        .document = &fixture->document,
        .pages = &fixture->pages,
        .options = { .date = fixture->date },
        .arena = fixture->arena,
    };
    brv_buf_clear(&fixture->out);
    return brv_output_pdf.render(&job, &fixture->out, &fixture->sink);
}

const char *fixture_save(struct fixture *fixture, const char *name)
{
    enum brv_status status = fixture_render(fixture);
    for (const struct brv_diag *diag = fixture->sink.first; diag; diag = diag->next)
        print_message("%.*s\n", BRV_STR_ARG(diag->message));
    assert_int_equal(status, BRV_OK);
    brv_str path = brv_arena_printf(fixture->arena, "%s/%s", BRV_SCRATCH_DIR, name);
    assert_int_equal(brv_file_write(path, brv_buf_str(&fixture->out), &fixture->sink), BRV_OK);
    return brv_arena_cstr(fixture->arena, path);
}

brv_str fixture_run(struct fixture *fixture, const char *command, const char *path, int *status)
{
    struct brv_buf line = { 0 };
    brv_str rest = brv_str_from_cstr(command);
    brv_str program;
    if (!brv_str_next_word(&rest, &program))
        fail();
    brv_buf_printf(&line, "command -v %" BRV_STR_F " >/dev/null 2>&1", BRV_STR_ARG(program));
    brv_buf_add_byte(&line, 0);
    bool is_there = system(line.ptr) == 0;
    brv_buf_clear(&line);
    brv_str text = brv_str_from_cstr(command);
    size_t at = brv_str_find(text, 0, BRV_S("%s"));
    brv_buf_add_str(&line, brv_str_slice(text, 0, at));
    if (at < text.len) {
        brv_buf_add_cstr(&line, path);
        brv_buf_add_str(&line, brv_str_slice(text, at + 2, text.len));
    }
    brv_buf_add_byte(&line, 0);
    FILE *pipe = is_there ? popen(line.ptr, "r") : NULL;
    brv_buf_deinit(&line);
    if (!pipe)
        skip();
    struct brv_buf *said = brv_buf_new_in(fixture->arena);
    char part[4096];
    for (size_t len; (len = fread(part, 1, sizeof part, pipe)) > 0;)
        brv_buf_add(said, part, len);
    int end = pclose(pipe);
    *status = WIFEXITED(end) ? WEXITSTATUS(end) : -1;
    return brv_buf_str(said);
}

size_t fixture_count(brv_str text, brv_str needle)
{
    size_t count = 0;
    for (size_t at = 0; (at = brv_str_find(text, at, needle)) < text.len; at += needle.len)
        count++;
    return count;
}
