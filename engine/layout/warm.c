// Brevier — warming up: what a document will ask for is made ready while layout begins.
//
// HarfBuzz checks the tables of a face, every offset in them, when they are first asked for: for a
// face of thousands of glyphs that takes as long as setting half a page. Hyphenation patterns are
// read when the first paragraph wants them. Both depend on little more than the styles of the tree,
// so the worker begins them while layout begins with the first lines. The first face is left to
// layout, which asks for it at once; what else it asks for early, it does itself: HarfBuzz makes a
// table ready for whoever comes first. Fonts are chosen here with or without a worker, so that what
// there is to say of them is said in one order.
// SPDX-License-Identifier: MIT
#include "layout/warm.h"

#include <hb-ot.h>

enum { FACES = 8 }; // documents have four or five

struct face_task {
    struct brv_task task;
    const struct brv_face *face;
};

struct brv_warming {
    struct brv_worker *worker;
    struct face_task faces[FACES];
    size_t count;
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

struct brv_warming *brv_warming_begin(struct brv_layout *layout, const struct brv_styled *root)
{
    struct brv_warming *warming = BRV_NEW(layout->lasting, struct brv_warming);
    warming->worker = brv_fonts_worker(layout->fonts);
    const struct brv_style *last = NULL;
    for (const struct brv_styled *at = root; at; at = brv_styled_walk_next(root, at)) {
        if (at->kind != BRV_STYLED_TEXT || at->style == last || !at->parent->node) {
            continue;
        }
        last = at->style;
        brv_str lang = brv_node_lang(at->parent->node);
        add_face(warming, brv_layout_font(layout, at->style, lang)->primary);
        if (warming->worker && at->style->hyphens == BRV_HYPHENS_AUTO && lang.len > 0) {
            brv_fonts_read_patterns(layout->fonts, lang);
        }
    }
    for (size_t i = 1; warming->worker && i < warming->count; i++) {
        struct face_task *next = &warming->faces[i];
        brv_worker_start(warming->worker, &next->task, check_tables, next);
    }
    return warming;
}

void brv_warming_end(struct brv_warming *warming)
{
    for (size_t i = 0; i < warming->count; i++) {
        brv_worker_finish(warming->worker, &warming->faces[i].task);
    }
}
