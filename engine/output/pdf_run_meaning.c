// Brevier — what the glyphs of a PDF read as.
// SPDX-License-Identifier: MIT
//
// A cluster is glyphs that together stand for a piece of the text. Where it is one glyph, its code
// says the piece (a ligature says "ffi"); where each glyph is the font's plain one for a character,
// each says its own. Otherwise (a vowel that is drawn before the consonant it follows, a vowel of
// two parts around it) no glyph means a piece of the text by itself. Then the word has an
// ActualText, and for readers that do not know ActualText the codes share the text out: read in the
// order in which they are shown, they give it once.
//
//     the text         ka, vowel i            ka, vowel o
//     what is shown    [vowel i] [ka]         [vowel e] [ka]     [vowel aa]
//     what they say     ka        vowel i      ka        vowel e  vowel aa
#include "output/pdf_run.h"

#include "base/utf8.h"

#include <hb.h>
#include <math.h>

// Ems between letters; a justified line of Latin letters takes no more.
static const double run_spread_most = 0.06;

// Silence to readers that do not know ActualText: a word joiner, which is not seen.
static const brv_str run_silence = BRV_S_INIT("\xE2\x81\xA0");

bool brv_pdf_run_say(struct brv_pdf_run *run, struct brv_pdf_run_glyph *glyph, brv_str text)
{
    bool is_exact;
    uint32_t id = run->font->codes[glyph->code_index].glyph;
    glyph->code_index = (uint32_t)brv_pdf_font_code(run->font, id, text, &is_exact);
    return is_exact;
}

void brv_pdf_run_hush(struct brv_pdf_run *run, struct brv_pdf_run_glyph *glyph)
{
    (void)brv_pdf_run_say(run, glyph, run_silence);
}

static hb_unicode_general_category_t text_first_category(brv_str text)
{
    size_t at = 0;
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), brv_utf8_next(text, &at));
}

bool brv_pdf_text_begins_with_mark(brv_str text)
{
    return text.len > 0 && (unsigned char)text.ptr[0] >= 0x80 &&
           text_first_category(text) == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK;
}

bool brv_pdf_text_is_space(brv_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!brv_is_space(text.ptr[i]))
            return false;
    return text.len > 0;
}

// Whether each glyph is the font's plain one for the character at its place. Marks that share a
// cluster with their base come this way.
static bool run_pairs_up(const struct brv_pdf_run *run, const struct brv_pdf_cluster *cluster)
{
    if (brv_utf8_length(cluster->text) != cluster->to - cluster->from)
        return false;
    const struct brv_pdf_code *codes = run->font->codes;
    size_t at = 0;
    for (size_t i = cluster->from; i < cluster->to; i++) {
        hb_codepoint_t nominal;
        uint32_t c = brv_utf8_next(cluster->text, &at);
        if (!hb_font_get_nominal_glyph(run->font->face->font, c, &nominal) ||
            nominal != codes[run->glyphs[i].code_index].glyph)
            return false;
    }
    return true;
}

// A text with its last characters taken apart, canonically, until there are `count` of them or
// nothing is left to take apart. It lives as long as the font, whose codes borrow it.
static brv_str run_taken_apart(const struct brv_pdf_run *run, brv_str text, size_t count)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    size_t length = brv_utf8_length(text);
    for (size_t end = text.len; length < count && end > 0;) {
        size_t start = end;
        uint32_t c = brv_utf8_previous(text, &start);
        hb_codepoint_t first;
        hb_codepoint_t second;
        if (!hb_unicode_decompose(unicode, c, &first, &second) || second == 0) {
            end = start;
            continue;
        }
        struct brv_buf *apart = brv_buf_new_in(run->font->arena);
        brv_buf_add_str(apart, brv_str_slice(text, 0, start));
        brv_buf_add_codepoint(apart, first);
        size_t first_end = apart->len;
        brv_buf_add_codepoint(apart, second);
        brv_buf_add_str(apart, brv_str_slice(text, end, text.len));
        text = brv_buf_str(apart);
        end = first_end; // `second` is final, `first` may be a pair again
        length++;
    }
    return text;
}

static double run_glyph_end(const struct brv_pdf_run *run, const struct brv_pdf_run_glyph *glyph)
{
    const double em = (double)run->source->size_pt / 1000;
    return glyph->x_pt + (double)run->font->codes[glyph->code_index].width * em;
}

// A mark stands somewhere over its base, and to readers that go by places there is a gap between
// the glyph shown last and what follows, or between what is before and the glyph shown first. Has
// the glyph that ends furthest to the right shown last where that makes the gap smaller.
static void run_close_gap(struct brv_pdf_run *run, const struct brv_pdf_cluster *cluster)
{
    struct brv_pdf_run_glyph *first = &run->glyphs[cluster->from];
    struct brv_pdf_run_glyph *last = &run->glyphs[cluster->to - 1];
    struct brv_pdf_run_glyph *furthest = first;
    double start_pt = first->x_pt;
    for (struct brv_pdf_run_glyph *glyph = first; glyph <= last; glyph++) {
        start_pt = fmin(start_pt, glyph->x_pt);
        if (run_glyph_end(run, glyph) >= run_glyph_end(run, furthest))
            furthest = glyph;
    }
    double gap_after = run_glyph_end(run, furthest) - run_glyph_end(run, last);
    double before_pt = furthest == first ? start_pt : run_glyph_end(run, furthest - 1);
    double gap_before = furthest == last ? 0 : furthest[1].x_pt - before_pt;
    if (gap_after <= gap_before)
        return;
    const struct brv_pdf_run_glyph moved = *furthest;
    for (; furthest < last; furthest++)
        *furthest = furthest[1];
    *last = moved;
}

// One character to each glyph, in the order in which they are shown; the last takes what is left,
// and those that there is nothing left for are silent. Returns whether the codes can say it.
static bool run_share_out(struct brv_pdf_run *run, const struct brv_pdf_cluster *cluster)
{
    brv_str text = run_taken_apart(run, cluster->text, cluster->to - cluster->from);
    bool all_exact = true;
    size_t at = 0;
    for (size_t i = cluster->from; i < cluster->to; i++) {
        if (at == text.len) {
            brv_pdf_run_hush(run, &run->glyphs[i]);
            continue;
        }
        size_t start = at;
        (void)brv_utf8_next(text, &at);
        if (i + 1 == cluster->to)
            at = text.len;
        all_exact &= brv_pdf_run_say(run, &run->glyphs[i], brv_str_slice(text, start, at));
    }
    return all_exact;
}

// Whether there is room after a cluster that readers would take for a space.
static bool run_is_spread(const struct brv_pdf_run *run, const struct brv_pdf_cluster *cluster)
{
    if (cluster->is_space || cluster->to == run->glyph_count)
        return false;
    const struct brv_pdf_run_glyph *last = &run->glyphs[cluster->to - 1];
    double em = (double)run->source->size_pt;
    double width = (double)run->font->codes[last->code_index].width * em / 1000;
    return last[1].x_pt - last->x_pt - width > run_spread_most * em;
}

// Readers put text together by place: a glyph that is raised, a mark over another, or letters far
// apart would part the word.
static bool run_stands_apart(const struct brv_pdf_run *run, const struct brv_pdf_cluster *cluster)
{
    if (run_is_spread(run, cluster))
        return true;
    for (size_t i = cluster->from; i < cluster->to; i++)
        if (run->glyphs[i].y_pt < 0 || run->glyphs[i].y_pt > 0)
            return true;
    return brv_pdf_text_begins_with_mark(cluster->text);
}

static void run_name_cluster(struct brv_pdf_run *run, struct brv_pdf_cluster *cluster)
{
    cluster->is_space = brv_pdf_text_is_space(cluster->text);
    cluster->is_exact = !cluster->is_joined && !run_stands_apart(run, cluster) &&
                        (cluster->to - cluster->from == 1 || run_pairs_up(run, cluster));
    if (!cluster->is_exact)
        run_close_gap(run, cluster);
    cluster->is_exact &= run_share_out(run, cluster);
}

// Whether what `next` stands for is a mark on `cluster`, or a vowel of which a part is drawn there.
static bool run_belongs_to(const struct brv_pdf_cluster *cluster,
                           const struct brv_pdf_cluster *next)
{
    if (brv_pdf_text_begins_with_mark(next->text))
        return true;
    return cluster->to - cluster->from > 1 && next->text.len > 0 &&
           text_first_category(next->text) == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK &&
           brv_utf8_length(cluster->text) < cluster->to - cluster->from;
}

static void run_join_marks(struct brv_pdf_run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->cluster_count; i++) {
        struct brv_pdf_cluster *last = count ? &run->clusters[count - 1] : NULL;
        const struct brv_pdf_cluster *next = &run->clusters[i];
        if (last && run_belongs_to(last, next)) {
            last->to = next->to;
            last->text.len += next->text.len;
            last->is_joined = true;
        } else {
            run->clusters[count++] = *next;
        }
    }
    run->cluster_count = count;
}

void brv_pdf_run_name_clusters(struct brv_pdf_run *run)
{
    run_join_marks(run);
    for (size_t i = 0; i < run->cluster_count; i++)
        run_name_cluster(run, &run->clusters[i]);
}
