// Brevier — a header or footer in Word: the three margin boxes of an edge.
//
// What stands left, in the middle and right makes one line with tab stops, as in Word's own
// headers. Where that is too much for a line, each has a cell of a table without borders, so that
// none runs on under another.
// SPDX-License-Identifier: MIT
#include "output/docx_page.h"

#include "base/direction.h"
#include "base/utf8.h"
#include "output/docx_build.h"
#include "output/docx_picture.h"
#include "output/docx_widths.h"

#include <math.h>

enum { PLACES = 3, HALF_GAP = 80 }; // twips, of what is left between two texts at least

static const enum brv_margin_box boxes[2][PLACES] = {
    { BRV_BOX_TOP_LEFT, BRV_BOX_TOP_CENTER, BRV_BOX_TOP_RIGHT },
    { BRV_BOX_BOTTOM_LEFT, BRV_BOX_BOTTOM_CENTER, BRV_BOX_BOTTOM_RIGHT },
};

// What stands at one of the three places, from where lines begin on.
struct part {
    const struct brv_styled *content; // NULL: nothing
    struct docx_inline *first;
    struct docx_measure measure;
};

struct edge {
    struct docx *docx;
    const struct docx_pages *pages;
    int which;
    struct docx_place place;
    struct docx_paragraph_format format;
    struct part parts[PLACES];
    bool is_centered; // on some page
    bool is_rtl;
};

// ---- what is in it

static const struct brv_style *first_box(const struct brv_page_style *page, int which)
{
    for (int i = 0; i < PLACES; i++) {
        const struct brv_style *style = page->boxes[boxes[which][i]];
        if (style && style->content.keyword == BRV_CONTENT_SET) {
            return style;
        }
    }
    return NULL;
}

// Whether any page shows something in the middle: without that, a long title has the whole line up
// to what stands on the right.
static bool has_center(const struct docx_pages *pages, int which)
{
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        const struct brv_style *style = pages->styles[kind].boxes[boxes[which][1]];
        if (style && style->content.keyword == BRV_CONTENT_SET) {
            return true;
        }
    }
    return false;
}

static struct docx_paragraph_format line_format(struct docx *docx, const struct brv_style *style,
                                                bool is_centered)
{
    struct docx_paragraph_format format = brv_docx_text_format(docx, style);
    format.align = BRV_ALIGN_START;
    format.first = 0;
    format.tab_center = is_centered ? docx->text_width / 2 : 0;
    format.tab_right = docx->text_width;
    format.shade = brv_docx_rgb(style->background_color);
    brv_docx_frame(style, docx->text_width, format.borders);
    return format;
}

// Whether nothing is seen of it, as of a name that the document does not set.
static bool is_blank(const struct docx_inline *item)
{
    return item->kind == DOCX_TAB || item->kind == DOCX_LINE_BREAK ||
           (item->kind == DOCX_TEXT && brv_str_trim(item->text).len == 0) ||
           (item->kind == DOCX_STYLE_OF && item->text.len == 0);
}

static bool has_text(const struct docx_inline *item)
{
    while (item && is_blank(item)) {
        item = item->next;
    }
    return item != NULL;
}

// ---- how wide it is

// The longest that an item ever shows.
static brv_str widest_text(const struct docx_inline *item)
{
    bool is_number = item->kind == DOCX_PAGE || item->kind == DOCX_PAGE_COUNT;
    return is_number                     ? BRV_S("00")
           : item->kind == DOCX_STYLE_OF ? item->string->longest
                                         : item->text;
}

static struct docx_measure measure(const struct docx_run_format *around,
                                   const struct docx_inline *item)
{
    struct docx_measure widest = { 0 };
    float word = 0;
    float line = 0;
    for (; item; item = item->next) {
        const struct docx_run_delta *own = item->style ? &item->style->run : NULL;
        bool has_size = own && (own->members & DOCX_RUN_SIZE);
        float em = (float)(has_size ? own->format.half_points : around->half_points) * 10;
        brv_str text = widest_text(item);
        for (size_t at = 0; at < text.len;) {
            size_t space = brv_str_find_byte(text, at, ' ');
            word += brv_docx_text_width_em(brv_str_slice(text, at, space)) * em;
            widest.word = word > widest.word ? word : widest.word;
            word = space < text.len ? 0 : word;
            at = space + 1;
        }
        line += brv_docx_text_width_em(text) * em;
        if (item->kind == DOCX_PICTURE) {
            line += item->picture->width_pt * 20;
            word += item->picture->width_pt * 20;
        }
        line = item->kind == DOCX_LINE_BREAK ? 0 : line;
        word = item->kind == DOCX_LINE_BREAK ? 0 : word;
        widest.word = word > widest.word ? word : widest.word;
        widest.line = line > widest.line ? line : widest.line;
    }
    return widest;
}

// Whether all three have room side by side.
static bool fits_line(const struct edge *edge)
{
    const float gap = 2 * HALF_GAP;
    float width = (float)edge->docx->text_width;
    float before = edge->parts[0].measure.line;
    float middle = edge->parts[1].measure.line;
    float after = edge->parts[2].measure.line;
    bool passes_center = edge->is_centered && after > 0 && before > width / 2; // its tab stop
    if (middle <= 0) {
        return !passes_center && before + after + (before > 0 && after > 0 ? gap : 0) <= width;
    }
    float side = before > after ? before : after;
    return middle + (side > 0 ? 2 * (side + gap) : 0) <= width;
}

// ---- one line

static void append(struct docx_paragraph *paragraph, struct docx_inline *item)
{
    item->next = NULL;
    if (paragraph->last) {
        paragraph->last->next = item;
    } else {
        paragraph->first = item;
    }
    paragraph->last = item;
}

// The lines that the three make: the first lines of all with tabs between them, then the second
// ones.
static void join_parts(struct edge *edge, struct docx_paragraph *paragraph)
{
    struct docx_inline *rest[PLACES];
    for (int i = 0; i < PLACES; i++) {
        rest[i] = edge->parts[i].first;
    }
    for (struct docx_inline *end = NULL; rest[0] || rest[1] || rest[2];) {
        struct docx_inline *line_break = NULL;
        int column = 0;
        if (end) {
            append(paragraph, end);
        }
        for (int i = 0; i < PLACES; i++) {
            for (; rest[i] && rest[i]->kind != DOCX_LINE_BREAK && column < i;
                 column += edge->is_centered ? 1 : 2) {
                brv_docx_inline_new(edge->docx, paragraph, DOCX_TAB);
            }
            while (rest[i] && rest[i]->kind != DOCX_LINE_BREAK) {
                struct docx_inline *item = rest[i];
                rest[i] = item->next;
                append(paragraph, item);
            }
            if (rest[i]) {
                line_break = rest[i];
                rest[i] = line_break->next;
            }
        }
        end = line_break;
    }
}

// In a document from right to left Word's line begins at the right, its tabs lead to the left.
static void turn(struct edge *edge, struct docx_paragraph *paragraph)
{
    brv_docx_split_by_direction(edge->docx, paragraph);
    paragraph->is_rtl = edge->is_rtl;
    for (struct docx_inline *item = paragraph->first; item; item = item->next) {
        item->is_rtl = item->kind == DOCX_TAB ? edge->is_rtl : item->is_rtl;
    }
}

static const struct part *first_part(const struct edge *edge)
{
    const struct part *part = edge->parts;
    while (!part->content) {
        part++;
    }
    return part;
}

static struct docx_paragraph *paragraph_new(struct edge *edge, struct docx_flow *flow,
                                            const struct brv_styled *content)
{
    struct docx_place place = edge->place;
    place.flow = flow;
    struct docx_paragraph *paragraph =
        brv_docx_paragraph_new(edge->docx, &place, content, edge->format);
    paragraph->page = edge->pages->name;
    return paragraph;
}

static void build_line(struct edge *edge)
{
    struct docx_paragraph *paragraph =
        paragraph_new(edge, edge->place.flow, first_part(edge)->content);
    join_parts(edge, paragraph);
    turn(edge, paragraph);
}

// ---- three cells

static void build_part(struct edge *edge, struct docx_flow *flow, int at)
{
    static const uint8_t aligns[PLACES] = { BRV_ALIGN_START, BRV_ALIGN_CENTER, BRV_ALIGN_END };
    const struct part *part = &edge->parts[at];
    struct docx_paragraph *paragraph =
        paragraph_new(edge, flow, part->content ? part->content : first_part(edge)->content);
    paragraph->format->align = aligns[at];
    for (struct docx_inline *item = part->first, *next = NULL; item; item = next) {
        next = item->next;
        append(paragraph, item);
    }
    turn(edge, paragraph);
}

// The frame of the line is the table's.
static void frame_table(struct edge *edge, struct docx_table *table, struct docx_cell_format *cell)
{
    const struct brv_style *style = table->source->style;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        enum docx_side side = (enum docx_side)i;
        bool is_across = side == DOCX_LEFT || side == DOCX_RIGHT;
        table->format.outer[i] = brv_docx_border(style, side);
        cell->padding[i] =
            is_across ? HALF_GAP
                      : (int16_t)docx_twips(brv_docx_padding_pt(style, side, table->width));
    }
    cell->shade = edge->format.shade;
    cell->valign = BRV_VERTICAL_MIDDLE;
    if (!brv_docx_has_frame(style)) { // the text stands above that of the page
        table->indent = -HALF_GAP;
        table->width += 2 * HALF_GAP;
    }
    memset(edge->format.borders, 0, sizeof edge->format.borders);
    edge->format.shade = DOCX_NO_COLOR;
}

static void share_widths(const struct edge *edge, struct docx_table *table, const int *places)
{
    struct docx_column columns[PLACES];
    for (unsigned i = 0; i < table->column_count; i++) {
        struct docx_measure own = edge->parts[places[i]].measure;
        columns[i] = (struct docx_column){ .least = own.word + 2 * HALF_GAP,
                                           .most = own.line + 2 * HALF_GAP };
    }
    if (table->column_count == PLACES) { // the middle one stands in the middle
        columns[0].least = columns[2].least = fmaxf(columns[0].least, columns[2].least);
        columns[0].most = columns[2].most = fmaxf(columns[0].most, columns[2].most);
    }
    int32_t width = table->width;
    brv_docx_share_widths(table, columns, width);
    if (table->column_count == PLACES) {
        table->widths[0] = table->widths[2] = (width - table->widths[1]) / 2;
        table->widths[1] = width - 2 * table->widths[0];
    }
}

static void build_table(struct edge *edge)
{
    struct brv_arena *arena = edge->docx->arena;
    int places[PLACES] = { 0 };
    struct docx_table *table = BRV_NEW(arena, struct docx_table);
    struct docx_row *row = BRV_NEW(arena, struct docx_row);
    for (int i = 0; i < PLACES; i++) {
        if (edge->parts[i].content || edge->parts[1].content) {
            places[table->column_count++] = i;
        }
    }
    table->source = first_part(edge)->content;
    table->is_box = true;
    table->is_rtl = edge->is_rtl;
    table->is_full_width = true;
    table->label = edge->which == 0 ? "Header Table" : "Footer Table";
    table->first = table->last = row;
    table->row_count = 1;
    table->width = edge->docx->text_width;
    table->widths = BRV_NEW_ARRAY(arena, int32_t, table->column_count);
    struct docx_cell_format format;
    memset(&format, 0, sizeof format);
    frame_table(edge, table, &format);
    for (unsigned i = 0; i < table->column_count; i++) {
        struct docx_cell *cell = BRV_NEW(arena, struct docx_cell);
        cell->column = i;
        cell->columns = 1;
        cell->format = format;
        cell->flow = BRV_NEW(arena, struct docx_flow);
        *(row->last ? &row->last->next : &row->first) = cell;
        row->last = cell;
        build_part(edge, cell->flow, places[i]);
    }
    share_widths(edge, table, places);
    brv_docx_add_table(edge->docx, edge->place.flow, table);
    (void)brv_docx_add_filler(edge->docx, edge->place.flow, edge->place.flow->last);
}

// ---- an edge

// The runs of all three; no flow has them yet.
static void build_parts(struct edge *edge, const struct brv_page_style *page)
{
    static const char *const labels[2][PLACES] = {
        { "Header Left", "Header Center", "Header Right" },
        { "Footer Left", "Footer Center", "Footer Right" },
    };
    struct docx_flow flow = { 0 };
    for (int i = 0; i < PLACES; i++) {
        const struct brv_style *style = page->boxes[boxes[edge->which][i]];
        struct part *part = &edge->parts[edge->is_rtl ? PLACES - 1 - i : i];
        part->content = style ? brv_style_margin_box(edge->docx->arena, style) : NULL;
        if (part->content) {
            struct docx_paragraph *paragraph = paragraph_new(edge, &flow, part->content);
            edge->place.label = labels[edge->which][i];
            brv_docx_build_inlines(edge->docx, paragraph, &edge->place, part->content->first, NULL);
            part->first = paragraph->first;
            part->measure = measure(&edge->format.run, part->first);
        }
    }
}

// All kinds of page share the style of the default one's first box: one "header", one "footer".
bool brv_docx_build_page_line(struct docx *docx, const struct docx_pages *pages, int kind,
                              int which, struct docx_flow *flow)
{
    const struct brv_page_style *page = &pages->styles[kind];
    const struct brv_style *usual = first_box(&pages->styles[DOCX_PAGE_DEFAULT], which);
    usual = usual ? usual : first_box(page, which);
    if (!usual) {
        return false;
    }
    struct edge edge = {
        .docx = docx,
        .pages = pages,
        .which = which,
        .place = {
            .flow = flow,
            .shade = DOCX_NO_COLOR,
            .width = docx->text_width,
            .role = which == 0 ? DOCX_ROLE_HEADER : DOCX_ROLE_FOOTER,
            .depth = 1,
            .in_note = true, // no notes in a header
        },
        .is_centered = has_center(pages, which),
        .is_rtl = brv_lang_is_rtl(docx->lang),
    };
    edge.format = line_format(docx, usual, edge.is_centered);
    build_parts(&edge, page);
    int count = 0;
    int last = 0;
    for (int i = 0; i < PLACES; i++) {
        bool is_there = has_text(edge.parts[i].first);
        edge.parts[i].content = is_there ? edge.parts[i].content : NULL;
        count += is_there;
        last = is_there ? i : last;
    }
    if (count == 0) {
        return false;
    }
    bool fits = fits_line(&edge);
    bool has_tabs = fits && last > 0;
    if (docx->template && !has_tabs) { // stops that are not needed are those of its own style
        edge.format.tab_center = edge.format.tab_right = 0;
    }
    if (fits) {
        build_line(&edge);
    } else if (count == 1) {
        build_part(&edge, flow, last);
    } else {
        build_table(&edge);
    }
    return true;
}

// ---- how high it is

// As high as its tallest text, in as many lines as the width makes.
static int32_t paragraph_height(const struct docx_paragraph *paragraph, int32_t width)
{
    const struct docx_paragraph_format *format = paragraph->format;
    int32_t line = brv_docx_line(format);
    int32_t lines = 1;
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        int32_t own =
            item->style && !is_blank(item) ? brv_docx_font_line(&item->style->run.format) : 0;
        line = own > line ? own : line;
        lines += item->kind == DOCX_LINE_BREAK;
    }
    float needed = measure(&format->run, paragraph->first).line;
    int32_t broken = width > 0 ? (int32_t)(needed / (float)width) + 1 : 1;
    return line * (broken > lines ? broken : lines);
}

int32_t brv_docx_header_height(const struct docx_pages *pages, int which)
{
    const struct docx_block *block = pages->flows[DOCX_PAGE_DEFAULT][which].first;
    if (!block) {
        return 0;
    }
    if (block->paragraph) {
        bool has_tabs = false;
        for (const struct docx_inline *item = block->paragraph->first; item; item = item->next) {
            has_tabs |= item->kind == DOCX_TAB;
        }
        return paragraph_height(block->paragraph, has_tabs ? 0 : pages->text_width);
    }
    int32_t height = 0;
    for (const struct docx_cell *cell = block->table->first->first; cell; cell = cell->next) {
        int32_t own = paragraph_height(cell->flow->first->paragraph,
                                       block->table->widths[cell->column] - 2 * HALF_GAP);
        height = own > height ? own : height;
    }
    return height;
}
