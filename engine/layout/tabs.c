// Brevier — lines of a paragraph with tabs: filled one by one, since how wide a tab is depends on
// where it stands.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"

#define TOLERANCE_PT 0.01f

static void set_tab(struct brv_layout *layout, const struct brv_paragraph *p,
                    struct brv_piece *piece, float x_pt)
{
    const struct brv_inline *stretch = &p->inlines[piece->inline_index];
    float stop = 8 * brv_text_width(layout, stretch->style, p->lang, BRV_S(" "));
    if (stop > 0) {
        float stops = (float)(int)(x_pt / stop + 1.001f);
        piece->width_pt = stops * stop - x_pt;
    }
}

struct brv_line *brv_paragraph_break_singly(struct brv_layout *layout, struct brv_paragraph *p,
                                            float measure_pt, float indent_pt, size_t *count)
{
    struct brv_line *lines = NULL;
    size_t n = 0;
    size_t capacity = 0;
    for (size_t from = 0; from < p->piece_count;) {
        float limit = measure_pt - (n == 0 ? indent_pt : 0) + TOLERANCE_PT;
        float x = 0;
        size_t best = 0;
        enum brv_break_kind best_kind = BRV_BREAK_NEVER;
        size_t i = from;
        for (; i < p->piece_count; i++) {
            struct brv_piece *piece = &p->pieces[i];
            if (piece->kind == BRV_PIECE_TAB) {
                set_tab(layout, p, piece, x);
            }
            if (i > from && !brv_piece_is_blank(piece) && x + piece->width_pt > limit) {
                break;
            }
            x += piece->width_pt;
            enum brv_break_kind kind = (enum brv_break_kind)piece->break_after;
            bool is_within_word = kind == BRV_BREAK_EMERGENCY || kind == BRV_BREAK_CUT ||
                                  kind == BRV_BREAK_WEAK_MARK || kind == BRV_BREAK_MARK;
            if (kind == BRV_BREAK_ALLOWED || kind == BRV_BREAK_MUST ||
                (is_within_word && best_kind <= kind)) {
                best = i + 1;
                best_kind = kind;
            }
            if (kind == BRV_BREAK_MUST) {
                i++;
                break;
            }
        }
        bool is_last = i == p->piece_count || best_kind == BRV_BREAK_MUST;
        size_t to = is_last || best_kind == BRV_BREAK_NEVER ? i : best;
        float width = 0;
        float visible = 0;
        for (size_t k = from; k < to; k++) {
            width += p->pieces[k].width_pt;
            visible = brv_piece_is_blank(&p->pieces[k]) ? visible : width;
        }
        BRV_PUSH(layout->scratch, lines, n, capacity) = (struct brv_line){
            .from = (uint32_t)from, .to = (uint32_t)to, .width_pt = visible, .is_last = is_last
        };
        from = to;
    }
    *count = n;
    return lines;
}
