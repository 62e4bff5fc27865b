// Brevier — pages built by hand, for the tests of the PDF output.
// SPDX-License-Identifier: MIT
#include "pdf_fixture.h"

#include "base/file.h"

#include <assert.h>
#include <hb-ot.h>

static const char *const font_folders[] = {
    "/usr/share/fonts/truetype/noto",      "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/dejavu",    "/usr/share/fonts/truetype/ancient-scripts",
    "/usr/share/fonts/opentype/cantarell",
};

void pdf_init(struct pdf_fixture *fixture, size_t page_count)
{
    *fixture = (struct pdf_fixture){ .arena = brv_arena_new(), .date = -1 };
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
    fixture->pages.root = pdf_tag(fixture, NULL, "Document");
}

void pdf_deinit(struct pdf_fixture *fixture)
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

const struct brv_face *pdf_face(struct pdf_fixture *fixture, const char *name, unsigned index)
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
        assert(fixture->face_count < BRV_COUNT(fixture->faces));
        fixture->faces[fixture->face_count++] = face;
        return face;
    }
    return NULL;
}

struct brv_tag *pdf_tag(struct pdf_fixture *fixture, struct brv_tag *parent, const char *type)
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

struct brv_item *pdf_item(struct pdf_fixture *fixture, size_t page, struct brv_tag *tag,
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

float pdf_text(struct pdf_fixture *fixture, size_t page, struct brv_tag *tag,
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
    struct brv_glyph_offset *offsets =
        BRV_NEW_ARRAY(fixture->arena, struct brv_glyph_offset, count);
    float scale = size_pt / (float)face->units_per_em;
    float width = 0;
    for (unsigned i = 0; i < count; i++) {
        glyphs[i] = (struct brv_glyph){
            .x_advance_pt = (float)places[i].x_advance * scale,
            .glyph = (uint16_t)infos[i].codepoint,
            .cluster = (uint16_t)infos[i].cluster,
        };
        offsets[i] = (struct brv_glyph_offset){ (float)places[i].x_offset * scale,
                                                (float)places[i].y_offset * scale };
        width += glyphs[i].x_advance_pt;
    }
    struct brv_item *item = pdf_item(fixture, page, tag, BRV_ITEM_GLYPHS);
    item->glyphs = (struct brv_glyph_run){
        .face = face,
        .size_pt = size_pt,
        .color = { 20, 30, 40, 255 },
        .x_pt = x_pt,
        .baseline_pt = baseline_pt,
        .glyphs = glyphs,
        .offsets = offsets,
        .glyph_count = count,
        .text = brv_arena_str(fixture->arena, brv_str_from_cstr(text)),
        .is_rtl = hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL,
    };
    hb_buffer_destroy(buffer);
    return width;
}

void pdf_link(struct pdf_fixture *fixture, size_t page, struct brv_tag *tag, float x_pt, float y_pt,
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

enum brv_status pdf_render(struct pdf_fixture *fixture)
{
    struct brv_output_job job = {
        .document = &fixture->document,
        .pages = &fixture->pages,
        .options = { .date = fixture->date },
        .arena = fixture->arena,
    };
    brv_buf_clear(&fixture->out);
    return brv_pdf_render(&job, &fixture->out, &fixture->sink);
}
