// Brevier — warming up: what a document will ask for is made ready while layout begins.
//
// HarfBuzz checks the tables of a face, every offset in them, when they are first asked for: for a
// face of thousands of glyphs that takes as long as setting half a page. Hyphenation patterns are
// read when the first paragraph wants them. Both depend on little more than the styles of the tree,
// so the worker begins them while layout begins with the first lines, and then shapes words
// (shape_ahead.c). The first face is left to layout, which asks for it at once; what else it asks
// for early, it does itself: HarfBuzz makes a table ready for whoever comes first. Fonts are chosen
// here with or without a worker, so that what there is to say of them is said in one order.
// SPDX-License-Identifier: MIT
#include "layout/warm.h"

#include "layout/paragraph.h"
#include "layout/shape.h"

#include <assert.h>
#include <hb-ot.h>

enum {
    FACES = 8,            // documents have four or five
    TEXT_BYTES = 1 << 15, // of some ten pages
};

struct face_task {
    struct brv_task task;
    const struct brv_face *face;
};

struct brv_warming {
    struct brv_worker *worker;
    struct face_task faces[FACES];
    size_t count;
    struct brv_shape_request *texts; // of the first pages
    size_t text_count, text_capacity;
    size_t text_bytes;
    struct brv_shape_ahead *words;
};

static void check_tables(void *user)
{
    hb_face_t *face = ((const struct face_task *)user)->face->face;
    (void)hb_ot_layout_has_substitution(face);
    (void)hb_ot_layout_has_positioning(face);
}

static void add_face(struct brv_warming *warming, const struct brv_face *face)
{
    for (size_t i = 0; i < warming->count; i++) {
        if (warming->faces[i].face == face) {
            return;
        }
    }
    if (face && warming->count < FACES) {
        warming->faces[warming->count++].face = face;
    }
}

static void add_text(struct brv_layout *layout, struct brv_warming *warming,
                     const struct brv_styled *at, const struct brv_text_font *font, brv_str lang)
{
    if (!font->primary || font->synthesizes_caps || at->style->font_feature_settings.count > 0) {
        return;
    }
    float letter = brv_letter_spacing(at->style);
    warming->text_bytes += at->text.len;
    BRV_PUSH(layout->lasting, warming->texts, warming->text_count, warming->text_capacity) =
        (struct brv_shape_request){
            .face = font->primary,
            .text = at->text,
            .script = HB_SCRIPT_LATIN,
            .lang = lang,
            .no_ligatures = letter > 0 || letter < 0,
            .caps = at->style->font_variant_caps,
            .numeric = at->style->font_variant_numeric,
        };
}

static void give(struct brv_layout *layout, struct brv_warming *warming)
{
    for (size_t i = 1; i < warming->count; i++) {
        struct face_task *next = &warming->faces[i];
        brv_worker_start(warming->worker, &next->task, check_tables, next);
    }
    warming->words = brv_shaper_begin_ahead(
        layout->shaper, warming->worker, warming->texts, warming->text_count);
}

struct brv_warming *brv_warming_begin(struct brv_layout *layout, const struct brv_styled *root)
{
    struct brv_warming *warming = BRV_NEW(layout->lasting, struct brv_warming);
    warming->worker = brv_fonts_worker(layout->fonts);
    const struct brv_text_font *font = NULL;
    const struct brv_style *last = NULL;
    for (const struct brv_styled *at = root; at; at = brv_styled_walk_next(root, at)) {
        bool is_ahead = warming->worker && warming->text_bytes < TEXT_BYTES;
        if (at->kind != BRV_STYLED_TEXT || !at->parent->node || (at->style == last && !is_ahead)) {
            continue;
        }
        assert(at->style); // that of its parent
        brv_str lang = brv_node_lang(at->parent->node);
        if (!font || at->style != last) {
            last = at->style;
            font = brv_layout_font(layout, at->style, lang);
            add_face(warming, font->primary);
            if (warming->worker && at->style->hyphens == BRV_HYPHENS_AUTO && lang.len > 0) {
                brv_fonts_read_patterns(layout->fonts, lang);
            }
        }
        if (is_ahead) {
            add_text(layout, warming, at, font, lang);
        }
    }
    if (warming->worker) {
        give(layout, warming);
    }
    return warming;
}

void brv_warming_end(struct brv_warming *warming)
{
    brv_shape_ahead_end(warming->words);
    for (size_t i = 0; i < warming->count; i++) {
        brv_worker_finish(warming->worker, &warming->faces[i].task);
    }
}
