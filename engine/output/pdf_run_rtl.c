// Brevier — text on a PDF page that runs right to left.
// SPDX-License-Identifier: MIT
//
// Words come in the order of the text, each with the space after it, and within a word the glyphs
// are shown from left to right, in marked content that says so, ReversedChars: so ISO 32000-1 has
// it (14.8.2.3.3), and readers turn what they have read around, character by character. Text of
// several characters, be it in ToUnicode or in ActualText, would come out turned; and a mark that
// stands above or below its base takes the word apart. Therefore every character is told by a glyph
// of its own, in visual order:
//
//     the text        lam, fatha, alef           (one ligature and a mark)
//     what is shown   [alef][fatha] lam  fatha
//                      filler filler ligature  mark, told to be ""
//
// The widest glyph of a cluster says its first character. The further ones are said by fillers,
// glyphs without ink and width at its left edge. The cluster's other glyphs, marks for the most
// part, say nothing. Where one of them needs an ActualText, it and what stands on either side are
// parts of their own, and come in the order of the text as words do.
#include "output/pdf_run.h"

#include "base/utf8.h"

#include <hb.h>

enum run_speech {
    RUN_SAYS_CODE,    // what its code reads as
    RUN_SAYS_TEXT,    // what ActualText tells
    RUN_SAYS_NOTHING, // told by an empty ActualText
};

struct run_piece {
    enum run_speech speech;
    brv_str text;
};

struct run_rtl {
    struct brv_pdf_run *run;
    struct brv_pdf_run_glyph *glyphs; // as they will be shown
    struct run_piece *pieces;         // one a glyph
    size_t count;
    uint32_t filler; // a glyph, 0 for none
};

// Fillers stand this far left of each other, for readers that sort by place.
static const double rtl_filler_step_pt = 0.02;

// A glyph without ink, and without width if the font has one.
static uint32_t rtl_find_filler(hb_font_t *font)
{
    static const hb_codepoint_t candidates[] = { 0x200C, 0x200D, 0x200B, 0x2060, ' ', 0xA0 };
    for (size_t i = 0; i < BRV_COUNT(candidates); i++) {
        hb_codepoint_t glyph;
        hb_glyph_extents_t extents;
        if (!hb_font_get_nominal_glyph(font, candidates[i], &glyph) || glyph == 0)
            continue;
        bool has_ink = hb_font_get_glyph_extents(font, glyph, &extents) && extents.height != 0;
        bool has_width = hb_font_get_glyph_h_advance(font, glyph) != 0;
        if (!has_ink && (!has_width || candidates[i] == ' ' || candidates[i] == 0xA0))
            return glyph;
    }
    return 0;
}

static void rtl_add(struct run_rtl *rtl, struct brv_pdf_run_glyph glyph, brv_str text)
{
    struct run_piece *piece = &rtl->pieces[rtl->count];
    piece->text = text;
    piece->speech = brv_pdf_run_say(rtl->run, &glyph, text) ? RUN_SAYS_CODE : RUN_SAYS_TEXT;
    rtl->glyphs[rtl->count++] = glyph;
}

static void rtl_add_silent(struct run_rtl *rtl, struct brv_pdf_run_glyph glyph)
{
    brv_pdf_run_hush(rtl->run, &glyph);
    rtl->pieces[rtl->count].speech = RUN_SAYS_NOTHING;
    rtl->glyphs[rtl->count++] = glyph;
}

// The clusters from `at` on that are one for us: marks, then the base they belong to, which is to
// their right. Gives the end and the joint text.
static size_t rtl_join_marks(const struct brv_pdf_run *run, size_t at, brv_str *text)
{
    size_t end = at;
    *text = run->clusters[at].text;
    while (end + 1 < run->cluster_count && brv_pdf_text_begins_with_mark(run->clusters[end].text)) {
        const struct brv_pdf_cluster *base = &run->clusters[++end];
        text->len += (size_t)(text->ptr - base->text.ptr);
        text->ptr = base->text.ptr;
    }
    return end + 1;
}

static void rtl_add_fillers(struct run_rtl *rtl, brv_str text, double left_pt)
{
    size_t end = text.len;
    size_t first_end = 0;
    (void)brv_utf8_next(text, &first_end);
    size_t count = brv_utf8_length(text) - 1;
    for (; end > first_end; count--) { // the last character is leftmost
        size_t start = end;
        (void)brv_utf8_previous(text, &start);
        struct brv_pdf_run_glyph filler = {
            .code_index = (uint32_t)brv_pdf_font_any_code(
                rtl->run->font, rtl->filler, brv_str_slice(text, start, end)),
            .x_pt = left_pt - (double)count * rtl_filler_step_pt,
        };
        rtl_add(rtl, filler, brv_str_slice(text, start, end));
        end = start;
    }
}

static void rtl_add_clusters(struct run_rtl *rtl, size_t from, size_t to, brv_str text)
{
    struct brv_pdf_run *run = rtl->run;
    const size_t first = run->clusters[from].from;
    const size_t end = run->clusters[to - 1].to;
    size_t widest = first;
    for (size_t i = first; i < end; i++)
        if (run->font->codes[run->glyphs[i].code_index].width >
            run->font->codes[run->glyphs[widest].code_index].width)
            widest = i;
    if (rtl->filler && text.len) {
        rtl_add_fillers(rtl, text, run->glyphs[widest].x_pt);
        size_t first_end = 0;
        (void)brv_utf8_next(text, &first_end);
        text.len = first_end;
    }
    rtl_add(rtl, run->glyphs[widest], text);
    for (size_t i = first; i < end; i++)
        if (i != widest)
            rtl_add_silent(rtl, run->glyphs[i]);
}

// Where the part begins that ends before `end`: pieces that are told in one way, no further than to
// the space that parts them from the next word.
static size_t rtl_part_start(const struct run_rtl *rtl, size_t end)
{
    const enum run_speech speech = rtl->pieces[end - 1].speech;
    size_t start = end - 1;
    bool is_space = false;
    while (speech != RUN_SAYS_TEXT && start > 0 && rtl->pieces[start - 1].speech == speech) {
        bool is_next = brv_pdf_text_is_space(rtl->pieces[start - 1].text);
        if (is_space && !is_next)
            break;
        is_space = is_next;
        start--;
    }
    return start;
}

static bool rtl_has_letter(const struct run_rtl *rtl, size_t from, size_t to)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (size_t i = from; i < to; i++) {
        brv_str text = rtl->pieces[i].text;
        for (size_t at = 0; at < text.len;) {
            hb_script_t script = hb_unicode_script(unicode, brv_utf8_next(text, &at));
            if (hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL)
                return true;
        }
    }
    return false;
}

// Marks without a letter beside them (a full stop of another font) would not be known to run right
// to left: each comes on its own.
static void rtl_show_codes(struct run_rtl *rtl, size_t from, size_t to)
{
    brv_pdf_content_open_reversed(rtl->run->content, rtl->run->item);
    if (rtl_has_letter(rtl, from, to))
        brv_pdf_run_show(rtl->run, from, to);
    else
        for (size_t i = to; i > from; i--)
            brv_pdf_run_show(rtl->run, i - 1, i);
}

static void rtl_show(struct run_rtl *rtl)
{
    struct brv_pdf_run *run = rtl->run;
    run->glyphs = rtl->glyphs;
    for (size_t start, end = rtl->count; end > 0; end = start) {
        start = rtl_part_start(rtl, end);
        const struct run_piece *piece = &rtl->pieces[start];
        if (piece->speech == RUN_SAYS_CODE) {
            rtl_show_codes(rtl, start, end);
        } else {
            brv_pdf_content_open_as(run->content, run->item, piece->text);
            brv_pdf_run_show(run, start, end);
            brv_pdf_content_close(run->content);
        }
    }
}

void brv_pdf_run_write_rtl(struct brv_pdf_run *run)
{
    struct brv_arena *arena = run->content->pdf->run_arena;
    size_t room = run->glyph_count + brv_utf8_length(run->source->text) + 1;
    struct run_rtl rtl = {
        .run = run,
        .glyphs = BRV_NEW_ARRAY(arena, struct brv_pdf_run_glyph, room),
        .pieces = BRV_NEW_ARRAY(arena, struct run_piece, room),
        .filler = rtl_find_filler(run->font->face->font),
    };
    for (size_t at = 0; at < run->cluster_count;) {
        brv_str text;
        size_t end = rtl_join_marks(run, at, &text);
        rtl_add_clusters(&rtl, at, end, text);
        at = end;
    }
    rtl_show(&rtl);
}
