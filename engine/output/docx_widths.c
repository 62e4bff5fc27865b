// Brevier — column widths by CSS's automatic table layout, with estimated text widths.
// Every column gets its longest word; what is left goes to the columns that have more to say. Word
// may still adjust them while the table is edited.
// SPDX-License-Identifier: MIT
#include "output/docx_widths.h"

#include "output/docx_picture.h"

#include "base/utf8.h"
#include "base/width.h"

#define LITTLE 0.08f // of the other columns' widths

// ---- text widths

// The widths of a cell's content in twips: its longest word and its longest line.
struct measure {
    float word, line;
    float widest_word, widest_line;
};

static void end_word(struct measure *measure)
{
    if (measure->widest_word < measure->word) {
        measure->widest_word = measure->word;
    }
    measure->word = 0;
}

static void end_line(struct measure *measure)
{
    end_word(measure);
    if (measure->widest_line < measure->line) {
        measure->widest_line = measure->line;
    }
    measure->line = 0;
}

// The advance of a character in ems, as a rather wide sans-serif face has it: what is estimated too
// narrow breaks a word, what is too wide takes room from other columns.
static float advance_em(uint32_t c, bool is_mono)
{
    static const uint8_t hundredths[] = {
        // from the space on
        26, 27, 41, 65, 58, 84, 74, 23, 31, 31, 56, 58, 27, 33, 27, 38, 58, 58, 58,
        58, 58, 58, 58, 58, 58, 58, 27, 27, 58, 58, 58, 44, 90, 65, 66, 64, 74, 56,
        53, 73, 75, 35, 29, 63, 54, 92, 78, 79, 61, 79, 63, 55, 56, 74, 62, 94, 61,
        58, 58, 33, 38, 33, 58, 45, 31, 57, 62, 49, 62, 57, 35, 62, 63, 27, 27, 56,
        27, 95, 63, 61, 62, 62, 42, 49, 38, 63, 53, 80, 54, 53, 48, 38, 56, 38, 58,
    };
    if (c >= 0x80) {
        int columns = brv_codepoint_width(c);
        return columns == 2 ? 1.0f : 0.62f * (float)columns;
    }
    if (is_mono) {
        return 0.61f;
    }
    return c >= ' ' && c < ' ' + sizeof hundredths ? (float)hundredths[c - ' '] / 100.0f : 0;
}

float brv_docx_text_width_em(brv_str text)
{
    float width = 0;
    for (size_t at = 0; at < text.len;) {
        width += advance_em(brv_utf8_next(text, &at), false);
    }
    return width;
}

static bool is_mono(const struct brv_style *style)
{
    const struct brv_strings *families = &style->font_family;
    return families->count > 0 &&
           (brv_str_is_nocase(families->items[families->count - 1], "monospace"));
}

static void measure_text(struct docx *docx, struct measure *measure, const struct brv_style *style,
                         brv_str text)
{
    float em = (float)brv_docx_run_format(docx, style).half_points * 10.0f; // not the sheet's size
    em *= style->font_weight >= 600 ? 1.08f : 1.0f;
    em *= style->text_transform == BRV_TRANSFORM_UPPERCASE ? 1.2f : 1.0f;
    float spacing = brv_length_resolve(style->letter_spacing, 0) * 20.0f;
    bool is_fixed = is_mono(style);
    bool is_kept = style->white_space == BRV_SPACE_PRE || style->white_space == BRV_SPACE_NOWRAP;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        if (c == '\n' && style->white_space >= BRV_SPACE_PRE) {
            end_line(measure);
            continue;
        }
        bool is_space = c == ' ' || c == '\n' || c == '\t';
        float advance = em * advance_em(is_space ? ' ' : c, is_fixed) + spacing;
        if (is_space && !is_kept) {
            end_word(measure);
        } else {
            measure->word += advance;
        }
        measure->line += advance;
        bool is_digit_next = at < text.len && brv_is_digit(text.ptr[at]);
        bool is_dash = (c == '-' && !is_digit_next) || c == 0x2010 || c == 0x2013 || c == 0x2014;
        if (is_dash || (c >= 0x2E80 && c < 0xFB00)) { // ideographs break anywhere
            end_word(measure);
        }
    }
}

static void measure_content(struct docx *docx, struct measure *measure,
                            const struct brv_styled *element, int depth)
{
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        bool is_block = brv_docx_is_block(child);
        bool is_note =
            child->kind == BRV_STYLED_ELEMENT && child->style->cssfloat == BRV_FLOAT_FOOTNOTE;
        if (is_block) {
            end_line(measure);
        }
        if (brv_docx_is_picture(child)) { // which shrinks, where it must
            measure->line += brv_docx_picture_width_pt(docx, child) * 20;
        }
        if (child->text.len > 0) {
            measure_text(docx, measure, child->style, child->text);
        }
        if (child->node && child->node->kind == BRV_KIND_BR) {
            end_line(measure);
        } else if (depth < DOCX_DEPTH_LIMIT && !is_note) {
            measure_content(docx, measure, child, depth + 1);
        }
        if (is_block) {
            end_line(measure);
        }
    }
}

struct docx_measure brv_docx_measure(struct docx *docx, const struct brv_styled *cell)
{
    struct measure measure = { 0 };
    measure_content(docx, &measure, cell, 0);
    end_line(&measure);
    return (struct docx_measure){ measure.widest_word, measure.widest_line };
}

// ---- column widths

// Columns that ask for no more than an equal share get what they ask for; gives how many do not,
// and what is left for them.
static unsigned settle(const struct docx_column *columns, unsigned count, bool wants_line,
                       bool *is_settled, float *target, float *widths)
{
    unsigned open = count;
    for (bool has_changed = true; has_changed && open > 0;) {
        has_changed = false;
        float share = *target / (float)open;
        for (unsigned i = 0; i < count; i++) {
            float wanted = wants_line ? columns[i].most : columns[i].least;
            if (!is_settled[i] && wanted <= share) {
                is_settled[i] = has_changed = true;
                widths[i] = wanted;
                *target -= wanted;
                open--;
            }
        }
    }
    return open;
}

// Too little room for the longest words: the columns that ask for much share alike.
static void squeeze(const struct docx_column *columns, unsigned count, float target, float *widths)
{
    bool is_settled[DOCX_COLUMN_LIMIT] = { false };
    unsigned open = settle(columns, count, false, is_settled, &target, widths);
    for (unsigned i = 0; i < count && open > 0; i++) {
        widths[i] = is_settled[i] ? widths[i] : target / (float)open;
    }
}

// The columns that are open share what is left for them by what they ask for beyond their words.
// False: their words do not fit.
static bool share_rest(const struct docx_column *columns, unsigned count, float rest,
                       const bool *is_settled, float *widths)
{
    float least = 0;
    float most = 0;
    for (unsigned i = 0; i < count; i++) {
        least += is_settled[i] ? 0 : columns[i].least;
        most += is_settled[i] ? 0 : columns[i].most;
    }
    for (unsigned i = 0; i < count; i++) {
        const struct docx_column *column = &columns[i];
        if (!is_settled[i]) {
            widths[i] =
                column->least + (rest - least) * (column->most - column->least) / (most - least);
        }
    }
    return least <= rest;
}

// The open column that lacks the least for its longest line, where that is little to the others;
// `count` when there is none.
static unsigned find_content(const struct docx_column *columns, unsigned count, float rest,
                             const bool *is_settled, const float *widths)
{
    unsigned found = count;
    for (unsigned i = 0; i < count; i++) {
        float lack = columns[i].most - widths[i];
        if (!is_settled[i] && lack <= LITTLE * (rest - widths[i]) &&
            (found == count || lack < columns[found].most - widths[found])) {
            found = i;
        }
    }
    return found;
}

// Too little for the longest lines: short columns stay on one line, where the others still have
// room for their words, and those share what is left. A column that then lacks little gets it.
static void share(const struct docx_column *columns, unsigned count, float target, float *widths)
{
    bool is_settled[DOCX_COLUMN_LIMIT] = { false };
    float rest = target;
    (void)settle(columns, count, true, is_settled, &rest, widths);
    if (!share_rest(columns, count, rest, is_settled, widths)) {
        memset(is_settled, 0, sizeof is_settled);
        rest = target;
        (void)share_rest(columns, count, rest, is_settled, widths);
    }
    for (unsigned i; (i = find_content(columns, count, rest, is_settled, widths)) < count;) {
        float before[DOCX_COLUMN_LIMIT];
        memcpy(before, widths, sizeof before);
        is_settled[i] = true;
        widths[i] = columns[i].most;
        if (!share_rest(columns, count, rest - widths[i], is_settled, widths)) {
            memcpy(widths, before, sizeof before);
            break;
        }
        rest -= widths[i];
    }
}

// Room to spare goes to the columns that no sheet gave a width, to all when each has one.
static void extend(const struct docx_column *columns, unsigned count, float target, float *widths)
{
    float most = 0;
    float open = 0;
    for (unsigned i = 0; i < count; i++) {
        most += columns[i].most;
        open += columns[i].is_set ? 0 : columns[i].most;
    }
    for (unsigned i = 0; i < count; i++) {
        float own = open > 0 && columns[i].is_set ? 0 : columns[i].most;
        float part = most > 0 ? own / (open > 0 ? open : most) : 1.0f / (float)count;
        widths[i] = columns[i].most + (target - most) * part;
    }
}

void brv_docx_share_widths(struct docx_table *table, const struct docx_column *columns,
                           int32_t available)
{
    unsigned count = table->column_count;
    float least = 0;
    float most = 0;
    for (unsigned i = 0; i < count; i++) {
        least += columns[i].least;
        most += columns[i].most;
    }
    float target = table->is_full_width || most > (float)available ? (float)available : most;
    float widths[DOCX_COLUMN_LIMIT];
    if (least >= target && most > target) {
        squeeze(columns, count, target, widths);
    } else if (most > target) {
        share(columns, count, target, widths);
    } else {
        extend(columns, count, target, widths);
    }
    int32_t sum = 0;
    for (unsigned i = 0; i < count; i++) {
        table->widths[i] = widths[i] < 200 ? 200 : (int32_t)(widths[i] + 0.5f);
        sum += table->widths[i];
    }
    if (table->is_full_width && count > 0) { // rounding goes to the last column
        int32_t last = table->widths[count - 1] + available - sum;
        last = last < 200 ? 200 : last;
        sum += last - table->widths[count - 1];
        table->widths[count - 1] = last;
    }
    table->width = sum;
}
