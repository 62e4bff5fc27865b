// Brevier — fuzz: any pages give a PDF or an error, never a broken one.
// The bytes are a small program that draws: runs with arbitrary glyphs, clusters and text, boxes,
// lines, paths, links, tags. What comes out must be a whole file, the same twice.
// SPDX-License-Identifier: MIT
#include "pdf_fixture.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *data;
    size_t left;
};

static unsigned take(struct input *in)
{
    if (in->left == 0)
        return 0;
    in->left--;
    return *in->data++;
}

static float take_length(struct input *in)
{
    static const float odd[] = { 0, -1, 1e-30f, 1e9f, 0.5f, 12, 300, -5000 };
    unsigned byte = take(in);
    return byte < BRV_COUNT(odd) ? odd[byte] : (float)byte * 3;
}

static brv_str take_text(struct pdf_fixture *f, struct input *in)
{
    // Layout gives valid UTF-8; these pieces have marks, both directions, and what hurts PDF.
    static const char *const pieces[] = {
        "a",
        "fi",
        " ",
        "(",
        "\\",
        ")",
        "\r",
        "\u0301",
        "\u05D0",
        "\u0644\u0627",
        "\u064B",
        "\U0001F600",
        "\uE000",
        "\uFEFF",
        "\u00AD",
        "\u00A0",
        "%",
        "<",
        "\u0939\u093F",
        "\n",
    };
    struct brv_buf *text = brv_buf_new_in(f->arena);
    for (unsigned n = take(in) % 12; n > 0; n--)
        brv_buf_add_cstr(text, pieces[take(in) % BRV_COUNT(pieces)]);
    return brv_buf_str(text);
}

static void draw_run(struct pdf_fixture *f, struct input *in, size_t page, struct brv_tag *tag,
                     const struct brv_face *face)
{
    struct brv_item *item = pdf_item(f, page, tag, BRV_ITEM_GLYPHS);
    struct brv_glyph_run *run = &item->glyphs;
    run->face = face;
    run->size_pt = take_length(in);
    run->x_pt = take_length(in);
    run->baseline_pt = take_length(in);
    run->text = take_text(f, in);
    run->is_rtl = take(in) & 1;
    run->slant = take(in) & 1 ? 0.2f : 0;
    run->embolden_pt = take(in) & 1 ? 0.3f : 0;
    run->color.alpha = (uint8_t)take(in);
    run->is_turned = take(in) % 8 == 0;
    for (int i = 0; run->is_turned && i < 4; i++)
        run->turn[i] = take_length(in);
    run->glyph_count = take(in) % 16;
    struct brv_glyph *glyphs = BRV_NEW_ARRAY(f->arena, struct brv_glyph, run->glyph_count);
    struct brv_glyph_offset *offsets =
        BRV_NEW_ARRAY(f->arena, struct brv_glyph_offset, run->glyph_count);
    for (size_t i = 0; i < run->glyph_count; i++) {
        glyphs[i].glyph = (uint16_t)(take(in) * (take(in) & 1 ? 1 : 700));
        glyphs[i].x_advance_pt = take_length(in);
        offsets[i].x_pt = take(in) & 1 ? take_length(in) : 0;
        offsets[i].y_pt = take(in) & 1 ? take_length(in) : 0;
        // Clusters begin characters, as layout promises; their order is anything.
        size_t cluster = run->text.len ? take(in) % run->text.len : 0;
        while (cluster > 0 && ((unsigned char)run->text.ptr[cluster] & 0xC0) == 0x80)
            cluster--;
        glyphs[i].cluster = (uint16_t)cluster;
    }
    run->glyphs = glyphs;
    run->offsets = take(in) & 1 ? offsets : NULL;
}

static struct brv_path take_path(struct pdf_fixture *f, struct input *in)
{
    struct brv_path path = { .count = take(in) % 6, .is_even_odd = take(in) & 1 };
    struct brv_segment *segments = BRV_NEW_ARRAY(f->arena, struct brv_segment, path.count);
    for (size_t i = 0; i < path.count; i++) {
        segments[i].kind = i == 0 ? BRV_SEGMENT_MOVE : take(in) % (BRV_SEGMENT_CLOSE + 1);
        for (int k = 0; k < 3; k++)
            segments[i].points[k] = (struct brv_point){ take_length(in), take_length(in) };
    }
    path.segments = segments;
    return path;
}

static struct brv_paint take_paint(struct pdf_fixture *f, struct input *in)
{
    struct brv_paint paint = { .kind = take(in) % (BRV_PAINT_RADIAL + 1),
                               .rgba = 0x10203000u | take(in),
                               .from = { take_length(in), take_length(in) },
                               .to = { take_length(in), take_length(in) },
                               .radius = take_length(in),
                               .stop_count = 2 + take(in) % 3 };
    struct brv_stop *stops = BRV_NEW_ARRAY(f->arena, struct brv_stop, paint.stop_count);
    for (size_t i = 0; i < paint.stop_count; i++) { // not descending, as plugins promise
        float offset = (float)(take(in) % 5) / 4;
        stops[i].offset = i > 0 && offset < stops[i - 1].offset ? stops[i - 1].offset : offset;
        stops[i].rgba = 0x40506000u | take(in);
    }
    paint.stops = stops;
    return paint;
}

// A path, and now and then under the clips of the one before.
static void draw_path(struct pdf_fixture *f, struct input *in, size_t page, struct brv_tag *tag,
                      const struct brv_shape **last)
{
    struct brv_shape *shape = BRV_NEW(f->arena, struct brv_shape);
    shape->path.path = take_path(f, in);
    shape->path.fill = take_paint(f, in);
    shape->path.stroke.paint.kind = take(in) & 1 ? BRV_PAINT_SOLID : BRV_PAINT_NONE;
    shape->path.stroke.paint.rgba = take(in);
    shape->path.stroke.width = take_length(in);
    shape->path.stroke.cap = take(in) % 3;
    shape->path.stroke.join = take(in) % 3;
    shape->path.stroke.miter_limit = take_length(in);
    if (take(in) & 1 && *last) {
        shape->clip = (*last)->clip;
        shape->outer_clip = (*last)->outer_clip;
    } else if (take(in) & 1) {
        struct brv_path *clip = BRV_NEW(f->arena, struct brv_path);
        *clip = take_path(f, in);
        shape->clip = clip;
    }
    *last = shape;
    struct brv_item *item = pdf_item(f, page, tag, BRV_ITEM_PATH);
    item->path = (struct brv_path_item){ shape, take_length(in), take_length(in), take_length(in) };
}

static void draw(struct pdf_fixture *f, struct input *in, const struct brv_face *face)
{
    const struct brv_shape *last = NULL;
    static const char *const types[] = { "P", "Link", "Note", "Figure", "Odd)", "TH", "L", "H3" };
    struct brv_tag *tag = f->pages.root;
    size_t page = 0;
    for (int steps = 0; in->left > 0 && steps < 200; steps++) {
        switch (take(in) % 8) {
        case 0:
            tag = pdf_tag(f, tag, types[take(in) % BRV_COUNT(types)]);
            break;
        case 1:
            tag = tag->parent ? tag->parent : tag;
            break;
        case 2:
            page = (page + 1) % f->pages.page_count;
            break;
        case 3: {
            struct brv_item *item = pdf_item(f, page, take(in) & 1 ? tag : NULL, BRV_ITEM_BOX);
            item->artifact = take(in) % 4;
            item->box = (struct brv_box_item){ take_length(in), take_length(in),
                                               take_length(in), take_length(in),
                                               take_length(in), { 1, 2, 3, (uint8_t)take(in) } };
            break;
        }
        case 4: {
            struct brv_item *item = pdf_item(f, page, take(in) & 1 ? tag : NULL, BRV_ITEM_LINE);
            item->line = (struct brv_line_item){ take_length(in),
                                                 take_length(in),
                                                 take_length(in),
                                                 take_length(in),
                                                 take_length(in),
                                                 { 1, 2, 3, (uint8_t)take(in) },
                                                 take(in) % (BRV_BORDER_DOUBLE + 1) };
            break;
        }
        case 5: {
            brv_str path = take_text(f, in);
            brv_str target = brv_arena_printf(f->arena, "https://x/%" BRV_STR_F, BRV_STR_ARG(path));
            pdf_link(f,
                     page,
                     tag,
                     take_length(in),
                     take_length(in),
                     take_length(in),
                     brv_arena_cstr(f->arena, target));
            break;
        }
        case 6:
            draw_path(f, in, page, take(in) & 1 ? tag : NULL, &last);
            break;
        default:
            draw_run(f, in, page, take(in) & 1 ? tag : NULL, face);
            break;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { data, size };
    struct pdf_fixture f;
    pdf_init(&f, 1 + take(&in) % 40);
    const struct brv_face *face = pdf_face(&f, "NotoSansHebrew-Regular.ttf", 0);
    if (face) {
        f.document.title = take_text(&f, &in);
        draw(&f, &in, face);
        if (pdf_render(&f) != BRV_OK)
            abort();
        brv_str file = brv_buf_str(&f.out);
        if (!brv_str_starts_with(file, BRV_S("%PDF-1.7\n")) ||
            !brv_str_ends_with(file, BRV_S("%%EOF\n")))
            abort();
        brv_str first = brv_arena_str(f.arena, file);
        if (pdf_render(&f) != BRV_OK || !brv_str_equal(first, brv_buf_str(&f.out)))
            abort();
    }
    pdf_deinit(&f);
    return 0;
}
