// Brevier — punctuation that hangs in the margin (CSS Text 3, 8.2.1), in lines from left to right.
// SPDX-License-Identifier: MIT
#include "layout/paragraph.h"

#include "base/utf8.h"

static bool is_stop_or_comma(uint32_t c)
{
    return c == ',' || c == '.' || c == 0x060C || c == 0x06D4 || c == 0x3001 || c == 0x3002 ||
           c == 0xFF0C || c == 0xFF0E || (c >= 0xFE50 && c <= 0xFE52) || c == 0xFF61 || c == 0xFF64;
}

static bool is_opening(uint32_t c)
{
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return category == HB_UNICODE_GENERAL_CATEGORY_OPEN_PUNCTUATION ||
           category == HB_UNICODE_GENERAL_CATEGORY_INITIAL_PUNCTUATION || c == '"' || c == '\'';
}

static bool is_closing(uint32_t c)
{
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return category == HB_UNICODE_GENERAL_CATEGORY_CLOSE_PUNCTUATION ||
           category == HB_UNICODE_GENERAL_CATEGORY_FINAL_PUNCTUATION || c == '"' || c == '\'';
}

static float glyph_width(const struct brv_piece *piece, uint32_t glyph)
{
    return (float)piece->shaped->glyphs[glyph].x_advance * piece->size_pt /
           (float)piece->face->units_per_em;
}

static bool may_hang(const struct brv_piece *piece)
{
    return piece->kind == BRV_PIECE_WORD && piece->shaped && piece->level == 0 &&
           piece->glyph_to > piece->glyph_from;
}

float brv_hang_first(const struct brv_paragraph *p)
{
    if (!(p->style->hanging_punctuation & BRV_HANGING_FIRST) || p->begins_at_right ||
        p->piece_count == 0 || !may_hang(&p->pieces[0]) || p->pieces[0].lead_pt > 0) {
        return 0;
    }
    size_t at = p->pieces[0].from;
    bool hangs = is_opening(brv_utf8_next(p->text, &at));
    return hangs ? glyph_width(&p->pieces[0], p->pieces[0].glyph_from) : 0;
}

float brv_hang_last(const struct brv_paragraph *p, const struct brv_piece *last, bool is_end)
{
    unsigned how = p->style->hanging_punctuation;
    if (p->begins_at_right || !may_hang(last) || last->trail_pt > 0) {
        return 0;
    }
    size_t at = last->to;
    uint32_t c = brv_utf8_previous(p->text, &at);
    bool hangs = ((how & BRV_HANGING_ALLOW_END) && is_stop_or_comma(c)) ||
                 ((how & BRV_HANGING_LAST) && is_end && is_closing(c));
    return hangs ? glyph_width(last, last->glyph_to - 1) : 0;
}
