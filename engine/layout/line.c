// Brevier — from a line of pieces to items at places.
// The pieces are put into visual order and given their x; line_paint.c then makes backgrounds,
// runs, decorations and link areas from that list.
// SPDX-License-Identifier: MIT
#include "layout/line.h"
#include "layout/block.h"
#include "layout/replaced.h"

#include "base/utf8.h"

#include <math.h>

#define ALMOST_NOTHING_PT 0.1f
#define LEAST_EM 6.0f     // that an indented line leaves
#define SPACE_LOOSE 0.05f // of a space, beyond its stretch, before letters take more

// ---- metrics

void brv_line_metrics(const struct brv_style *style, const struct brv_text_font *font,
                      float *baseline_pt, float *height_pt)
{
    float height = brv_style_line_height_pt(style);
    float leading = height - font->ascent_pt - font->descent_pt;
    *baseline_pt = leading / 2 + font->ascent_pt;
    *height_pt = height;
}

// Only text larger than the block's own can open a line; raised and lowered text never does.
// Returns what it adds above the baseline.
static float line_extent(const struct brv_setting *s, const struct brv_line *line, float *above_pt,
                         float *below_pt)
{
    const struct brv_paragraph *p = s->paragraph;
    const struct brv_text_font *root = brv_layout_font(s->layout, p->style, p->lang);
    float height;
    brv_line_metrics(p->style, root, above_pt, &height);
    *below_pt = height - *above_pt;
    const float own = *above_pt;
    for (uint32_t i = line->from; i < line->to; i++) {
        const struct brv_inline *stretch = &p->inlines[p->pieces[i].inline_index];
        float shift = stretch->meaning.shift_pt;
        if (stretch->object) {
            float drop = stretch->object->drop_pt;
            float rise = brv_replaced_line_height(stretch->object) - drop;
            *above_pt = rise > *above_pt ? rise : *above_pt;
            *below_pt = drop > *below_pt ? drop : *below_pt;
            continue;
        }
        if (stretch->style->font_size <= p->style->font_size || shift > 0 || shift < 0) {
            continue;
        }
        float above;
        brv_line_metrics(stretch->style, stretch->font, &above, &height);
        *above_pt = above > *above_pt ? above : *above_pt;
        *below_pt = height - above > *below_pt ? height - above : *below_pt;
    }
    // Leading as high as a page would put the text beyond it.
    float most = s->layout->page_height_pt;
    if (*above_pt + *below_pt > most && p->style->font_size < most / 2) {
        *above_pt *= most / (*above_pt + *below_pt);
        *below_pt = most - *above_pt;
    }
    return *above_pt - own;
}

// ---- order and places

static void reverse(struct brv_placed *items, size_t from, size_t to)
{
    for (; from + 1 < to; from++, to--) {
        struct brv_placed swap = items[from];
        items[from] = items[to - 1];
        items[to - 1] = swap;
    }
}

// UAX 9, L2: from the highest level down, reverse every run of at least that level.
static void reorder(struct brv_placed *items, size_t count)
{
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        highest = items[i].level > highest ? items[i].level : highest;
    }
    for (uint8_t level = highest; level > 0; level--) {
        for (size_t i = 0; i < count; i++) {
            size_t from = i;
            while (i < count && items[i].level >= level) {
                i++;
            }
            reverse(items, from, i);
        }
    }
}

// What is shared out among the spaces and letters of a justified line, and among leaders.
struct shares {
    float space_pt, letter_pt, wide_pt, leader_pt;
};

enum justifying { JUSTIFY_NOT, JUSTIFY_WELL, JUSTIFY_ANYHOW };

// Letters of scripts that are set letter by letter may move apart unseen.
static bool may_spread(const struct brv_paragraph *p, const struct brv_piece *piece)
{
    size_t at = piece->from;
    return piece->kind == BRV_PIECE_WORD && piece->shaped && !piece->is_wide &&
           piece->level % 2 == 0 && !p->inlines[piece->inline_index].meaning.is_code &&
           brv_utf8_next(p->text, &at) < 0x590;
}

static size_t count_letters(const struct brv_paragraph *p, const struct brv_piece *piece)
{
    size_t count = 0;
    for (uint32_t i = piece->glyph_from; i < piece->glyph_to; i++) {
        count += brv_glyph_ends_grapheme(p, piece, i);
    }
    return count;
}

// Ideographs move apart from each other, not from the end of the line, a space or a Latin word.
static bool is_among_wide(const struct brv_piece *pieces, size_t i, size_t count)
{
    return i + 1 < count && pieces[i + 1].is_wide;
}

static struct shares share_out(const struct brv_paragraph *p, const struct brv_piece *pieces,
                               size_t count, float slack_pt, enum justifying justify)
{
    size_t spaces = 0;
    size_t wide = 0;
    size_t leaders = 0;
    float space_width = 0;
    float wide_size = 0;
    for (size_t i = 0; i < count; i++) {
        if (brv_piece_stretches(p, &pieces[i])) {
            spaces += pieces[i].to - pieces[i].from;
            space_width += pieces[i].width_pt;
        } else if (pieces[i].is_wide) {
            size_t own = count_letters(p, &pieces[i]) - !is_among_wide(pieces, i, count);
            wide += own;
            wide_size += (float)own * pieces[i].size_pt;
        }
        leaders += pieces[i].kind == BRV_PIECE_LEADER;
    }
    struct shares shares = { 0 };
    if (leaders > 0) {
        shares.leader_pt = slack_pt > 0 ? slack_pt / (float)leaders : 0;
        return shares;
    }
    float least = -BRV_SPACE_SHRINK * space_width - ALMOST_NOTHING_PT;
    if (slack_pt < least || (slack_pt > 0 && justify == JUSTIFY_NOT)) {
        return shares;
    }
    if (wide_size > 0 && slack_pt > 0) {
        float stretch = BRV_WIDE_STRETCH * wide_size;
        float given = slack_pt * stretch / (stretch + BRV_SPACE_STRETCH * space_width);
        bool has_limit = spaces > 0 || justify == JUSTIFY_WELL;
        given = has_limit ? brv_smaller(given, BRV_WIDE_LIMIT * wide_size) : given;
        shares.wide_pt = given / (float)wide;
        slack_pt -= given;
    }
    if (spaces == 0) {
        return slack_pt < ALMOST_NOTHING_PT ? shares : (struct shares){ 0 };
    }
    float excess = slack_pt - BRV_SPACE_STRETCH * space_width;
    if (excess > 0) {
        size_t letters = 0;
        float capacity = 0;
        for (size_t i = 0; i < count; i++) {
            if (may_spread(p, &pieces[i])) {
                size_t own = count_letters(p, &pieces[i]);
                letters += own;
                capacity += (float)own * BRV_LETTER_STRETCH * pieces[i].size_pt;
            }
        }
        float given = brv_smaller(excess, capacity);
        // Letters that are further apart are seen less than a hole in the line.
        float more = excess - given - SPACE_LOOSE * space_width;
        given +=
            brv_larger(brv_smaller(more, capacity * (BRV_LETTER_MORE / BRV_LETTER_STRETCH)), 0);
        shares.letter_pt = letters > 0 ? given / (float)letters : 0;
        slack_pt -= given;
        if (justify == JUSTIFY_WELL && slack_pt > BRV_SPACE_LIMIT * space_width) {
            return (struct shares){ 0 };
        }
    }
    shares.space_pt = slack_pt / (float)spaces;
    return shares;
}

// What is added after each letter of a piece.
static float letter_share(const struct brv_paragraph *p, const struct brv_piece *piece,
                          const struct shares *shares)
{
    if (piece->is_wide) {
        return shares->wide_pt;
    }
    return shares->letter_pt > 0 && may_spread(p, piece) ? shares->letter_pt : 0;
}

static void place_pieces(struct brv_setting *s, const struct brv_line *line, float slack_pt,
                         enum justifying justify)
{
    const struct brv_paragraph *p = s->paragraph;
    const struct brv_piece *pieces = &p->pieces[line->from];
    size_t count = line->to - line->from;
    s->placed = BRV_NEW_ARRAY(s->layout->scratch, struct brv_placed, count + 1);
    s->count = count;
    size_t visible = count;
    while (visible > 0 && (pieces[visible - 1].kind == BRV_PIECE_SPACE ||
                           pieces[visible - 1].kind == BRV_PIECE_NEWLINE)) {
        visible--;
    }
    struct shares shares = share_out(p, pieces, visible, slack_pt, justify);
    for (size_t i = 0; i < count; i++) {
        const struct brv_piece *piece = &pieces[i];
        struct brv_placed *placed = &s->placed[i];
        *placed = (struct brv_placed){ .piece = piece,
                                       .width_pt = piece->width_pt,
                                       .level = piece->level };
        if (i >= visible) {
            placed->hangs = true;
            placed->width_pt = piece->lead_pt + piece->trail_pt;
            placed->level = p->is_rtl ? 1 : 0;
        } else if (brv_piece_stretches(p, piece)) {
            placed->space_pt = shares.space_pt;
            placed->width_pt += shares.space_pt * (float)(piece->to - piece->from);
        } else if (piece->kind == BRV_PIECE_LEADER) {
            placed->width_pt += shares.leader_pt;
        } else {
            placed->letter_pt = letter_share(p, piece, &shares);
            placed->keeps_last = piece->is_wide && !is_among_wide(pieces, i, visible);
            if (placed->letter_pt > 0) {
                size_t letters = count_letters(p, piece) - placed->keeps_last;
                placed->width_pt += placed->letter_pt * (float)letters;
            }
        }
    }
}

static void add_hyphen(struct brv_setting *s, const struct brv_line *line)
{
    struct brv_layout *layout = s->layout;
    const struct brv_piece *last = &s->paragraph->pieces[line->to - 1];
    const struct brv_inline *stretch = &s->paragraph->inlines[last->inline_index];
    struct brv_paragraph *p = brv_paragraph_of_text(
        layout, stretch->style, s->paragraph->lang, BRV_S("\xE2\x80\x90"), NULL);
    brv_paragraph_itemize(layout, p);
    if (p->piece_count == 1) {
        struct brv_piece *hyphen = &p->pieces[0];
        hyphen->kind = BRV_PIECE_HYPHEN;
        hyphen->inline_index = last->inline_index;
        hyphen->level = last->level;
        s->placed[s->count++] = (struct brv_placed){ .piece = hyphen,
                                                     .width_pt = hyphen->width_pt,
                                                     .level = last->level };
    }
}

// ---- the line

float brv_align_start(enum brv_text_align align, bool is_rtl, float slack_pt)
{
    switch (align) {
    case BRV_ALIGN_START:
    case BRV_ALIGN_JUSTIFY:
        return is_rtl ? slack_pt : 0;
    case BRV_ALIGN_END:
        return is_rtl ? 0 : slack_pt;
    case BRV_ALIGN_LEFT:
        return 0;
    case BRV_ALIGN_RIGHT:
        return slack_pt;
    case BRV_ALIGN_CENTER:
        return slack_pt / 2;
    }
    return 0;
}

void brv_line_place(struct brv_layout *layout, struct brv_paragraph *p, const struct brv_line *line,
                    struct brv_slice *slice, float x_pt, float measure_pt,
                    enum brv_text_align align)
{
    struct brv_setting s = { .layout = layout, .paragraph = p, .slice = slice };
    float above;
    float below;
    slice->rise_pt = line_extent(&s, line, &above, &below);
    s.baseline_pt = above;
    slice->height_pt = above + below;
    measure_pt += line->hang_pt;
    float slack = measure_pt - line->width_pt;
    enum justifying justify = align != BRV_ALIGN_JUSTIFY ? JUSTIFY_NOT
                              : line->is_last            ? JUSTIFY_ANYHOW // as the sheet says
                                                         : JUSTIFY_WELL;
    place_pieces(&s, line, slack, justify);
    if (line->is_hyphenated && line->to > line->from) {
        add_hyphen(&s, line);
    }
    reorder(s.placed, s.count);
    float width = 0;
    for (size_t i = 0; i < s.count; i++) {
        width += s.placed[i].width_pt;
    }
    slack = measure_pt - width;
    float x = x_pt + brv_align_start(align, p->begins_at_right, slack > 0 ? slack : 0);
    for (size_t i = 0; i < s.count; i++) {
        s.placed[i].x_pt = x;
        x += s.placed[i].width_pt;
    }
    brv_setting_paint(&s);
}

// A paragraph on its way into a flow.
struct pour {
    struct brv_layout *layout;
    struct brv_paragraph *p;
    struct brv_flow *flow;
    float x_pt, measure_pt, indent_pt;
    bool on_grid;
    size_t line; // of the whole paragraph
    size_t mark; // the next
};

static bool is_listing(const struct brv_paragraph *p)
{
    return p->style->white_space == BRV_SPACE_PRE || p->style->white_space == BRV_SPACE_PRE_WRAP;
}

static void pour_line(struct pour *pour, const struct brv_line *line, size_t lines_left)
{
    struct brv_paragraph *p = pour->p;
    const struct brv_style *style = p->style;
    const size_t i = pour->line++;
    if (i > 0 && ((int)i < style->orphans || lines_left < (size_t)style->widows)) {
        brv_flow_cost(pour->flow, BRV_COST_LINES);
    }
    struct brv_slice *slice = brv_flow_slice(pour->flow, 0);
    float left = i == 0 && !p->begins_at_right ? pour->indent_pt : 0;
    float room = pour->measure_pt - (i == 0 ? pour->indent_pt : 0);
    enum brv_text_align align = line->is_last ? brv_style_last_align(style) : style->text_align;
    brv_line_place(pour->layout, p, line, slice, pour->x_pt + left, room, align);
    slice->continues = i > 0;
    slice->is_listing = is_listing(p);
    slice->on_grid = pour->on_grid;
    pour->flow->height_pt += slice->height_pt;
    uint32_t end = p->pieces[line->to - 1].to;
    bool is_end = lines_left == 1 && p->part_to == p->text.len;
    while (pour->mark < p->mark_count && (p->marks[pour->mark].at < end || is_end)) {
        brv_slice_mark(slice, p->marks[pour->mark++].mark);
    }
}

// Pours the lines of the part at hand; returns where the next part begins. A part that others
// follow leaves its last lines to the next, as what follows may change where they had best end. So
// lines are chosen as if all were chosen together, and the pieces of a part are all that there is.
static uint32_t pour_part(struct pour *pour)
{
    enum { LINES_LEFT = 32 };
    struct brv_paragraph *p = pour->p;
    float indent = pour->line == 0 ? pour->indent_pt : 0;
    size_t count;
    struct brv_line *lines =
        brv_paragraph_break(pour->layout, p, brv_larger(pour->measure_pt, 1), indent, &count);
    bool is_end = p->part_to == p->text.len;
    size_t poured = is_end ? count : count > LINES_LEFT ? count - LINES_LEFT : 0;
    uint32_t next = is_end       ? p->part_to
                    : poured > 0 ? p->pieces[lines[poured].from].from
                                 : p->part_from;
    const bool keeps = is_listing(p); // where lines end in it, it is told so
    for (uint32_t i = p->part_from; i < next && !keeps; i++) {
        p->bytes[i] = p->bytes[i] == '\n' ? ' ' : p->bytes[i];
    }
    for (size_t i = 0; i < poured; i++) {
        pour_line(pour, &lines[i], count - i);
    }
    return next;
}

// That of the first line: it leaves room for some words, and nothing begins beyond the page.
static float first_indent(const struct pour *pour)
{
    const struct brv_style *style = pour->p->style;
    float indent = brv_length_resolve(style->text_indent, pour->measure_pt);
    float least = brv_smaller(LEAST_EM * style->font_size, pour->measure_pt / 2);
    float most = pour->measure_pt - least;
    float beyond = brv_beyond_left(pour->layout, pour->x_pt + indent);
    if ((indent > most || beyond > 0) && indent != 0 &&
        brv_layout_tell_once(pour->layout, BRV_S("far indent"))) {
        brv_report(pour->layout->sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   pour->p->inline_count > 0 ? pour->p->inlines[0].where : brv_span_none(),
                   "a first line would be indented off the page; it is indented less");
    }
    return brv_smaller(indent + beyond, most);
}

void brv_paragraph_flow(struct brv_layout *layout, struct brv_paragraph *p, struct brv_flow *flow,
                        float x_pt, float measure_pt)
{
    struct pour pour = {
        .layout = layout,
        .p = p,
        .flow = flow,
        .x_pt = x_pt,
        .measure_pt = measure_pt,
    };
    pour.on_grid =
        flow->columns && fabsf(brv_style_line_height_pt(p->style) - flow->columns->grid_pt) < 0.01f;
    brv_paragraph_find_levels(layout, p);
    size_t bytes = BRV_PART_BYTES;
    for (uint32_t from = 0; from < p->text.len;) {
        struct brv_arena_mark mark = brv_arena_mark(layout->scratch);
        brv_paragraph_itemize_part(layout, p, from, bytes);
        if (from == 0) {
            pour.indent_pt = first_indent(&pour) - brv_hang_first(p);
        }
        uint32_t next = pour_part(&pour);
        bytes = next > from ? BRV_PART_BYTES : 2 * bytes; // lines may be as long as the text
        from = next;
        brv_arena_rewind(layout->scratch, mark);
    }
}
