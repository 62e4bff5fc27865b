// Brevier — runs of one direction.
//
// Word lays out each run by its w:rtl mark and the paragraph by w:bidi, so text is cut where its
// direction turns. A paragraph runs as its first strong character does.
// SPDX-License-Identifier: MIT
#include "output/docx_styles.h"
#include "output/docx_tree.h"

#include "base/utf8.h"

enum direction { NEUTRAL, LEFT_TO_RIGHT, RIGHT_TO_LEFT };

static enum direction direction_of(uint32_t c)
{
    if ((c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
        (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
        (c >= 0x1E800 && c <= 0x1EFFF) || c == 0x200F) {
        return (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) ? NEUTRAL : RIGHT_TO_LEFT;
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0xAA || c == 0xB5 || c == 0xBA) {
        return LEFT_TO_RIGHT;
    }
    if (c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2B9 && c <= 0x2FF) ||
        (c >= 0x300 && c <= 0x36F) || (c >= 0x2000 && c <= 0x2BFF && c != 0x200E) ||
        (c >= 0x2E00 && c <= 0x2E7F) || (c >= 0x3000 && c <= 0x3020) ||
        (c >= 0xFE00 && c <= 0xFE6F) || (c >= 0x1F000 && c <= 0x1FAFF)) {
        return NEUTRAL;
    }
    return LEFT_TO_RIGHT;
}

static bool has_rtl_bytes(brv_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if ((byte >= 0xD6 && byte <= 0xDF) || byte == 0xE0 || byte == 0xEF || byte == 0xF0 ||
            byte == 0xE2) {
            return true;
        }
    }
    return false;
}

// Neutrals take the direction of their neighbours when those agree, else the paragraph's (UAX 9,
// N1 and N2). Word lays out each run by its w:rtl mark, so runs are cut where the direction turns.
static void resolve_neutrals(uint8_t *directions, size_t count, uint8_t paragraph)
{
    uint8_t before = paragraph;
    for (size_t i = 0; i < count;) {
        if (directions[i] != NEUTRAL) {
            before = directions[i++];
            continue;
        }
        size_t end = i;
        while (end < count && directions[end] == NEUTRAL) {
            end++;
        }
        uint8_t after = end < count ? directions[end] : paragraph;
        for (; i < end; i++) {
            directions[i] = before == after ? before : paragraph;
        }
    }
}

// Cuts one text item into pieces of one direction; returns how many characters it had.
static size_t cut_item(struct docx *docx, struct docx_paragraph *paragraph,
                       struct docx_inline *item, const uint8_t *directions)
{
    brv_str whole = item->text;
    size_t from = 0;
    size_t count = 0;
    for (size_t at = 0; at < whole.len; count++) {
        if (count > 0 && directions[count] != directions[count - 1]) {
            struct docx_inline *rest = BRV_NEW(docx->arena, struct docx_inline);
            *rest = *item;
            item->text = brv_str_slice(whole, from, at);
            item->next = rest;
            if (paragraph->last == item) {
                paragraph->last = rest;
            }
            item = rest;
            from = at;
        }
        item->is_rtl = directions[count] == RIGHT_TO_LEFT;
        brv_utf8_next(whole, &at);
    }
    item->text = brv_str_slice(whole, from, whole.len);
    return count;
}

// Whether a paragraph in a right-to-left language has several lines of which one begins that way: a
// title under a kicker of another script.
static bool has_rtl_line(const struct docx_paragraph *paragraph)
{
    const struct brv_styled *source = paragraph->source;
    if (!source || !source->node || !brv_docx_lang_is_rtl(brv_node_lang(source->node))) {
        return false;
    }
    enum direction line = LEFT_TO_RIGHT; // the first one's is known
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        if (item->kind == DOCX_LINE_BREAK) {
            line = NEUTRAL;
        }
        for (size_t at = 0; item->kind == DOCX_TEXT && line == NEUTRAL && at < item->text.len;) {
            line = direction_of(brv_utf8_next(item->text, &at));
        }
        if (line == RIGHT_TO_LEFT) {
            return true;
        }
    }
    return false;
}

void brv_docx_split_by_direction(struct docx *docx, struct docx_paragraph *paragraph)
{
    bool may_turn = false;
    size_t bytes = 0;
    for (struct docx_inline *item = paragraph->first; item; item = item->next) {
        item->is_rtl = item->kind == DOCX_TEXT_OF && has_rtl_bytes(item->text);
        may_turn |= item->kind == DOCX_TEXT && has_rtl_bytes(item->text);
        bytes += item->text.len;
    }
    if (!may_turn) {
        return;
    }
    uint8_t *directions = BRV_NEW_ARRAY(docx->arena, uint8_t, bytes + 1);
    size_t count = 0;
    uint8_t base = NEUTRAL;
    bool has_rtl = false;
    for (struct docx_inline *item = paragraph->first; item; item = item->next) {
        for (size_t at = 0; item->kind == DOCX_TEXT && at < item->text.len; count++) {
            directions[count] = (uint8_t)direction_of(brv_utf8_next(item->text, &at));
            has_rtl |= directions[count] == RIGHT_TO_LEFT;
            base = base == NEUTRAL ? directions[count] : base;
        }
    }
    if (!has_rtl) {
        return;
    }
    if (base == LEFT_TO_RIGHT && has_rtl_line(paragraph)) {
        base = RIGHT_TO_LEFT;
    }
    paragraph->is_rtl = base == RIGHT_TO_LEFT;
    resolve_neutrals(directions, count, base);
    size_t done = 0;
    for (struct docx_inline *item = paragraph->first; item;) {
        struct docx_inline *next = item->next;
        if (item->kind == DOCX_TEXT) {
            done += cut_item(docx, paragraph, item, directions + done);
        }
        item = next;
    }
}
