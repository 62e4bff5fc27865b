// Brevier — text on a PDF page.
// SPDX-License-Identifier: MIT
//
// Two things must come out right: where glyphs stand, and what they read as.
//
// Place. A run is one matrix and one TJ. TJ moves by the widths of the font, in thousandths of the
// size, and the numbers between its strings correct that; each correction is made against where
// the pen really is, so rounding never adds up along a line.
//
// Meaning. Glyphs come in clusters, each of which stands for a piece of the text, see
// pdf_run_meaning.c. A word with a cluster whose codes do not say it gets an ActualText as a whole,
// as readers select by words. Right to left has rules of its own, see pdf_run_rtl.c.
//
// A space that the end of a line swallowed is in the text and has no glyph; it gets one, or the
// words of two lines would join when they are copied.
#include "output/pdf_run.h"

#include "output/pdf_write.h"

#include <hb.h>
#include <math.h>

enum { RUN_STRING_CODES_MAX = 8000 }; // a string of 32,767 bytes is what readers must accept

// A difference below this many thousandths of an em is not worth a number.
static const double run_tolerance = 0.6;

// A move beyond this is no text any more; readers must accept numbers of 32 bits.
static const double run_move_max = 1e6;

// ---- meaning

static uint32_t run_glyph_id(const struct brv_pdf_run *run, size_t at)
{
    uint32_t glyph = run->source->glyphs[at].glyph;
    if (glyph >= run->font->glyph_count)
        glyph = 0;
    if (glyph == 0)
        run->content->pdf->has_notdef = true;
    return glyph;
}

// Layout promises clusters that begin characters and ascend, or descend right to left. Whatever
// breaks that is one cluster with the whole text.
static bool run_clusters_are_sound(const struct brv_glyph_run *source)
{
    for (size_t i = 0; i < source->glyph_count; i++) {
        uint32_t here = source->glyphs[i].cluster;
        if (here >= source->text.len || ((unsigned char)source->text.ptr[here] & 0xC0) == 0x80)
            return false;
        if (i == 0)
            continue;
        uint32_t before = source->glyphs[i - 1].cluster;
        if (source->is_rtl ? here > before : here < before)
            return false;
    }
    return source->text.len > 0;
}

// Cuts the source into clusters with their pieces of the text.
static void run_split(struct brv_pdf_run *run)
{
    const struct brv_glyph_run *source = run->source;
    if (!run_clusters_are_sound(source)) {
        run->clusters[run->cluster_count++] =
            (struct brv_pdf_cluster){ .from = 0, .to = source->glyph_count, .text = source->text };
        return;
    }
    size_t left_start = source->text.len; // of the cluster to the left, right to left
    for (size_t i = 0; i < source->glyph_count;) {
        size_t to = i + 1;
        size_t start = source->glyphs[i].cluster;
        while (to < source->glyph_count && source->glyphs[to].cluster == start)
            to++;
        bool is_first = source->is_rtl ? to == source->glyph_count : i == 0;
        size_t end = left_start;
        if (!source->is_rtl)
            end = to < source->glyph_count ? source->glyphs[to].cluster : source->text.len;
        run->clusters[run->cluster_count++] = (struct brv_pdf_cluster){
            .from = i,
            .to = to,
            .text = brv_str_slice(source->text, is_first ? 0 : start, end),
        };
        left_start = start;
        i = to;
    }
}

// Whether a cluster is a joiner, a place to break or the like: shaping shows it by a blank.
static bool run_is_unseen(const struct brv_pdf_run *run, const struct brv_pdf_cluster *cluster,
                          uint32_t blank)
{
    const struct brv_glyph *glyph = &run->source->glyphs[cluster->from];
    return cluster->to - cluster->from == 1 && glyph->glyph == blank &&
           !(glyph->x_advance_pt > 0) && !(glyph->x_advance_pt < 0);
}

// What is not seen is told by the glyph before it. A code of its own would have the width of the
// blank, after which the pen moves back, and readers that go by places would part the word.
static void run_join_unseen(struct brv_pdf_run *run)
{
    hb_codepoint_t blank;
    if (run->source->is_rtl || !hb_font_get_nominal_glyph(run->font->face->font, ' ', &blank))
        return;
    size_t count = 1;
    for (size_t i = 1; i < run->cluster_count; i++) {
        if (run_is_unseen(run, &run->clusters[i], blank))
            run->clusters[count - 1].text.len += run->clusters[i].text.len;
        else
            run->clusters[count++] = run->clusters[i];
    }
    run->cluster_count = count;
}

// Cuts white space off the last character of the run and returns it: it has no glyph.
static brv_str run_take_lost_space(struct brv_pdf_run *run)
{
    struct brv_pdf_cluster *last = &run->clusters[run->source->is_rtl ? 0 : run->cluster_count - 1];
    const char *bytes = last->text.ptr;
    size_t end = bytes ? last->text.len : 0;
    while (end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == '\n'))
        end--;
    hb_codepoint_t glyph;
    if (end == 0 || end == last->text.len ||
        !hb_font_get_nominal_glyph(run->font->face->font, ' ', &glyph))
        return (brv_str){ 0 };
    brv_str space = brv_str_slice(last->text, end, last->text.len);
    last->text.len = end;
    return space;
}

// ---- place

static void run_set_state(struct brv_pdf_run *run, double x_pt)
{
    struct brv_pdf_content *content = run->content;
    const struct brv_glyph_run *source = run->source;
    struct brv_buf *out = content->out;
    brv_pdf_content_begin_text(content);
    brv_pdf_content_set_fill(content, source->color);
    if (content->font != run->font || content->size_pt < source->size_pt ||
        content->size_pt > source->size_pt) {
        content->font = run->font;
        content->size_pt = source->size_pt;
        brv_buf_printf(out, "/F%zu ", run->font->number);
        brv_buf_add_number(out, (double)source->size_pt, 3);
        brv_buf_add_cstr(out, " Tf\n");
    }
    bool is_stroked = source->embolden_pt > 0;
    if (is_stroked)
        brv_pdf_content_set_stroke(content, source->color, source->embolden_pt, BRV_BORDER_SOLID);
    if (content->is_stroked_text != is_stroked) {
        content->is_stroked_text = is_stroked;
        brv_buf_add_cstr(out, is_stroked ? "2 Tr\n" : "0 Tr\n");
    }
    brv_buf_add_cstr(out, "1 0 ");
    brv_buf_add_number(out, (double)source->slant, 4);
    brv_buf_add_cstr(out, " 1");
    brv_pdf_add_pt(out, x_pt);
    brv_pdf_add_pt(out, content->height - (double)source->baseline_pt);
    brv_buf_add_cstr(out, " Tm\n");
}

static bool run_is_raised_anew(const struct brv_pdf_run *run, size_t at)
{
    float rise_pt = run->glyphs[at].y_pt;
    return rise_pt < run->content->rise_pt || rise_pt > run->content->rise_pt;
}

static void run_set_rise(struct brv_pdf_run *run, size_t at)
{
    run->content->rise_pt = run->glyphs[at].y_pt;
    brv_pdf_add_pt(run->content->out, (double)run->content->rise_pt);
    brv_buf_add_cstr(run->content->out, " Ts");
}

static void run_add_code(struct brv_buf *out, uint16_t code)
{
    const char bytes[2] = { (char)(code >> 8), (char)(code & 255) };
    for (int i = 0; i < 2; i++) {
        if (bytes[i] == '\r') { // a bare one would be read as a line feed
            brv_buf_add(out, "\\r", 2);
            continue;
        }
        if (bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
            brv_buf_add_byte(out, '\\');
        brv_buf_add_byte(out, bytes[i]);
    }
}

void brv_pdf_run_show(struct brv_pdf_run *run, size_t from, size_t to)
{
    struct brv_buf *out = run->content->out;
    const double em = (double)run->source->size_pt / 1000;
    const double start = run->glyphs[from].x_pt;
    double pen = 0;
    size_t string_codes = 0;
    run_set_state(run, start);
    if (run_is_raised_anew(run, from))
        run_set_rise(run, from);
    brv_buf_add_cstr(out, "[(");
    for (size_t i = from; i < to; i++) {
        const struct brv_pdf_run_glyph *glyph = &run->glyphs[i];
        const struct brv_pdf_code *code = &run->font->codes[glyph->code_index];
        if (run_is_raised_anew(run, i)) {
            brv_buf_add_cstr(out, ")]TJ");
            run_set_rise(run, i);
            brv_buf_add_cstr(out, "[(");
        }
        double off = (glyph->x_pt - start - pen) / em;
        if (off > run_tolerance || off < -run_tolerance) {
            long moved = lround(fmax(fmin(off, run_move_max), -run_move_max));
            brv_buf_add_byte(out, ')');
            brv_buf_add_int(out, -moved);
            brv_buf_add_byte(out, '(');
            pen += (double)moved * em;
            string_codes = 0;
        } else if (++string_codes > RUN_STRING_CODES_MAX) {
            brv_buf_add_cstr(out, ")(");
            string_codes = 1;
        }
        run_add_code(out, code->code);
        pen += (double)code->width * em;
    }
    brv_buf_add_cstr(out, ")]TJ\n");
}

static void run_write_as(struct brv_pdf_run *run, size_t from, size_t to)
{
    brv_str text = run->clusters[from].text; // these follow each other in the source
    brv_str last = run->clusters[to - 1].text;
    if (to - from > 1)
        text.len = (size_t)(last.ptr + last.len - text.ptr);
    brv_pdf_content_open_as(run->content, run->item, text);
    brv_pdf_run_show(run, run->clusters[from].from, run->clusters[to - 1].to);
    brv_pdf_content_close(run->content);
}

// The end of the word, or of the space, that begins at cluster `at`.
static size_t run_word_end(const struct brv_pdf_run *run, size_t at, bool *is_exact)
{
    *is_exact = run->clusters[at].is_exact;
    size_t end = at + 1;
    if (run->clusters[at].is_space)
        return end;
    for (; end < run->cluster_count && !run->clusters[end].is_space; end++)
        *is_exact &= run->clusters[end].is_exact;
    return end;
}

static void run_write_clusters(struct brv_pdf_run *run)
{
    for (size_t at = 0; at < run->cluster_count;) {
        bool is_exact;
        size_t end = run_word_end(run, at, &is_exact);
        if (!is_exact) {
            run_write_as(run, at, end);
            at = end;
            continue;
        }
        for (size_t next; end < run->cluster_count; end = next) { // words that need no help
            next = run_word_end(run, end, &is_exact);
            if (!is_exact)
                break;
        }
        brv_pdf_content_open(run->content, run->item);
        brv_pdf_run_show(run, run->clusters[at].from, run->clusters[end - 1].to);
        at = end;
    }
}

// The space that the line's end swallowed: after the text, to the left of it right to left.
static void run_write_lost_space(struct brv_pdf_run *run, brv_str space, double end_pt)
{
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(run->font->face->font, ' ', &glyph);
    bool is_exact;
    size_t index = brv_pdf_font_code(run->font, glyph, space, &is_exact);
    double width = (double)run->font->codes[index].width * (double)run->source->size_pt / 1000;
    struct brv_pdf_run_glyph *last = &run->glyphs[run->glyph_count];
    *last = (struct brv_pdf_run_glyph){ .code_index = (uint32_t)index };
    last->x_pt = run->source->is_rtl ? (double)run->source->x_pt - width : end_pt;
    if (run->source->is_rtl)
        brv_pdf_content_open_reversed(run->content, run->item);
    else
        brv_pdf_content_open(run->content, run->item);
    brv_pdf_run_show(run, run->glyph_count, run->glyph_count + 1);
}

// The glyphs of the clusters, one after the other; returns where the last ends.
static double run_set_glyphs(struct brv_pdf_run *run)
{
    const struct brv_glyph_run *source = run->source;
    double pen = (double)source->x_pt;
    size_t count = 0;
    for (size_t k = 0; k < run->cluster_count; k++) {
        struct brv_pdf_cluster *cluster = &run->clusters[k];
        const size_t from = count;
        for (size_t i = cluster->from; i < cluster->to; i++) {
            struct brv_pdf_run_glyph *glyph = &run->glyphs[count++];
            glyph->code_index =
                (uint32_t)brv_pdf_font_any_code(run->font, run_glyph_id(run, i), cluster->text);
            glyph->x_pt = pen;
            if (source->offsets) {
                glyph->x_pt += (double)source->offsets[i].x_pt;
                glyph->y_pt = source->offsets[i].y_pt;
            }
            pen += (double)source->glyphs[i].x_advance_pt;
        }
        cluster->from = from;
        cluster->to = count;
    }
    run->glyph_count = count;
    return pen;
}

void brv_pdf_run_write(struct brv_pdf_content *content, const struct brv_item *item)
{
    const struct brv_glyph_run *source = &item->glyphs;
    struct brv_pdf *pdf = content->pdf;
    if (source->glyph_count == 0 || !(source->size_pt > 0))
        return;
    struct brv_arena_mark mark = brv_arena_mark(pdf->run_arena);
    struct brv_pdf_run run = {
        .content = content,
        .item = item,
        .source = source,
        .font = brv_pdf_font_for(pdf, source->face),
        .glyphs = BRV_NEW_ARRAY(pdf->run_arena, struct brv_pdf_run_glyph, source->glyph_count + 1),
        .glyph_count = source->glyph_count,
        .clusters = BRV_NEW_ARRAY(pdf->run_arena, struct brv_pdf_cluster, source->glyph_count),
    };
    run_split(&run);
    run_join_unseen(&run);
    brv_str lost_space = run_take_lost_space(&run);
    const double end_pt = run_set_glyphs(&run);
    if (source->is_rtl) {
        brv_pdf_run_write_rtl(&run);
    } else {
        brv_pdf_run_name_clusters(&run);
        run_write_clusters(&run);
    }
    if (lost_space.len && item->tag) // what is no part of the text is not copied
        run_write_lost_space(&run, lost_space, end_pt);
    brv_arena_rewind(pdf->run_arena, mark);
}
