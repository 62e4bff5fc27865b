// Brevier — runs of one direction.
//
// Word lays out each run by its w:rtl mark and the paragraph by w:bidi, so text is cut where its
// direction turns (base/direction.h has how a paragraph runs).
// SPDX-License-Identifier: MIT
#include "output/docx_styles.h"
#include "output/docx_tree.h"

#include "base/direction.h"
#include "base/utf8.h"

// Whether letters from right to left may be there. Of quotation marks, dashes and signs, which most
// texts have, only the mark U+200F is one.
static bool has_rtl_bytes(brv_str text)
{
    for (size_t i = 0; (i = brv_utf8_skip_plain(text, i)) < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if ((byte >= 0xD6 && byte <= 0xDF) || byte == 0xE0 || byte == 0xEF || byte == 0xF0 ||
            (byte == 0xE2 && brv_str_starts_with(brv_str_from(text, i), BRV_S("\u200F")))) {
            return true;
        }
    }
    return false;
}

// Numbers go with the letters before them; neutrals take the direction of their neighbours when
// those agree, else the paragraph's (UAX 9: W7, N1 and N2).
static void resolve(uint8_t *directions, size_t count, uint8_t paragraph)
{
    uint8_t before = paragraph;
    for (size_t i = 0; i < count; i++) {
        if (directions[i] == BRV_BIDI_NUMBER)
            directions[i] = before;
        else if (directions[i] != BRV_BIDI_NEUTRAL)
            before = directions[i];
    }
    before = paragraph;
    for (size_t i = 0; i < count;) {
        if (directions[i] != BRV_BIDI_NEUTRAL) {
            before = directions[i++];
            continue;
        }
        size_t end = i;
        while (end < count && directions[end] == BRV_BIDI_NEUTRAL)
            end++;
        uint8_t after = end < count ? directions[end] : paragraph;
        for (; i < end; i++)
            directions[i] = before == after ? before : paragraph;
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
        item->is_rtl = directions[count] == BRV_BIDI_RTL;
        brv_utf8_next(whole, &at);
    }
    item->text = brv_str_slice(whole, from, whole.len);
    return count;
}

// Nearly all paragraphs have one language, from one place.
static bool is_rtl_language(struct docx *docx, brv_str lang)
{
    if (lang.ptr != docx->known_lang.ptr || lang.len != docx->known_lang.len) {
        docx->known_lang = lang;
        docx->known_is_rtl = brv_lang_is_rtl(lang);
    }
    return docx->known_is_rtl;
}

// Whether a paragraph is in a right-to-left language. Code runs as its letters do.
static bool is_in_rtl_language(struct docx *docx, const struct docx_paragraph *paragraph)
{
    const struct brv_styled *source = paragraph->source;
    if (!source || !source->node)
        return false;
    enum brv_white_space spaces = source->style->white_space;
    return spaces != BRV_SPACE_PRE && spaces != BRV_SPACE_PRE_WRAP &&
           is_rtl_language(docx, brv_node_lang(source->node));
}

// Whether text without a letter from right to left reads the same in a paragraph that runs so: it
// neither begins nor ends with a mark, and has none beside a number.
static bool reads_alike(const struct docx_paragraph *paragraph)
{
    enum brv_bidi before = BRV_BIDI_RTL;
    bool has_neutral = false;
    bool is_alike = true;
    for (const struct docx_inline *item = paragraph->first; item; item = item->next) {
        for (size_t at = 0; item->kind == DOCX_TEXT && at < item->text.len;) {
            uint32_t codepoint = brv_utf8_next(item->text, &at);
            enum brv_bidi bidi = brv_bidi_of(codepoint);
            if (bidi == BRV_BIDI_NEUTRAL) {
                has_neutral = true;
                continue;
            }
            is_alike &= !has_neutral || (before == BRV_BIDI_LTR && bidi == BRV_BIDI_LTR);
            has_neutral = false;
            before = bidi;
        }
    }
    return is_alike && !has_neutral;
}

void brv_docx_split_by_direction(struct docx *docx, struct docx_paragraph *paragraph)
{
    struct brv_base base = { .is_rtl_language = is_in_rtl_language(docx, paragraph) };
    paragraph->is_rtl = base.is_rtl_language && reads_alike(paragraph);
    bool may_turn = false;
    size_t bytes = 0;
    for (struct docx_inline *item = paragraph->first; item; item = item->next) {
        item->is_rtl = item->kind == DOCX_TEXT_OF && has_rtl_bytes(item->text);
        may_turn |= item->kind == DOCX_TEXT && has_rtl_bytes(item->text);
        bytes += item->text.len;
    }
    if (!may_turn)
        return;
    uint8_t *directions = BRV_NEW_ARRAY(docx->arena, uint8_t, bytes + 1);
    size_t count = 0;
    bool is_known = false;
    bool has_rtl = false;
    for (struct docx_inline *item = paragraph->first; item; item = item->next) {
        for (size_t at = 0; item->kind == DOCX_TEXT && at < item->text.len; count++) {
            uint32_t codepoint = brv_utf8_next(item->text, &at);
            directions[count] = (uint8_t)brv_bidi_of(codepoint);
            has_rtl |= directions[count] == BRV_BIDI_RTL;
            is_known = is_known || brv_base_see(&base, codepoint);
        }
    }
    if (!has_rtl)
        return;
    paragraph->is_rtl = brv_base_is_rtl(&base);
    resolve(directions, count, brv_base_is_rtl(&base) ? BRV_BIDI_RTL : BRV_BIDI_LTR);
    size_t done = 0;
    for (struct docx_inline *item = paragraph->first; item;) {
        struct docx_inline *next = item->next;
        if (item->kind == DOCX_TEXT)
            done += cut_item(docx, paragraph, item, directions + done);
        item = next;
    }
}

// The marks at the end of a line without a letter from right to left stay there in a paragraph that
// runs so: an invisible letter follows them.
static void end_lines(struct docx *docx, struct docx_paragraph *paragraph)
{
    struct docx_inline *last = NULL;
    bool has_ltr = false;
    bool has_rtl = false;
    enum brv_bidi bidi = BRV_BIDI_NEUTRAL;
    for (struct docx_inline *item = paragraph->first; item; item = item->next) {
        last = item->kind == DOCX_TEXT ? item : last;
        for (size_t at = 0; item->kind == DOCX_TEXT && at < item->text.len;) {
            bidi = brv_bidi_of(brv_utf8_next(item->text, &at));
            has_ltr |= bidi == BRV_BIDI_LTR;
            has_rtl |= bidi == BRV_BIDI_RTL;
        }
        if (item->kind != DOCX_LINE_BREAK && item->next) {
            continue;
        }
        if (has_ltr && !has_rtl && bidi == BRV_BIDI_NEUTRAL) {
            last->text =
                brv_arena_printf(docx->arena, "%" BRV_STR_F "\u200E", BRV_STR_ARG(last->text));
            last->is_rtl = false;
        }
        has_ltr = has_rtl = false;
    }
}

void brv_docx_set_sides(struct docx *docx, struct docx_paragraph *paragraph,
                        const struct docx_place *place)
{
    struct docx_paragraph_format *format = paragraph->format;
    bool begins_at_right = place->begins_as_told
                               ? place->is_rtl
                               : paragraph->is_rtl || is_in_rtl_language(docx, paragraph);
    bool is_numbered = paragraph->num || format->first < 0;
    if (is_numbered || paragraph->role == DOCX_ROLE_FOOTNOTE_TEXT) { // where its number stands
        paragraph->is_rtl = begins_at_right;
    }
    if (paragraph->is_rtl) {
        end_lines(docx, paragraph);
    }
    // Word's left is where the paragraph begins; that of its borders, the page's.
    enum brv_text_align align = paragraph->source->style->text_align;
    bool is_start = format->align == BRV_ALIGN_START;
    bool is_side = is_start || format->align == BRV_ALIGN_END;
    bool turns = align == BRV_ALIGN_LEFT || align == BRV_ALIGN_RIGHT
                     ? paragraph->is_rtl
                     : paragraph->is_rtl != begins_at_right;
    if (is_side && turns) {
        format->align = is_start ? BRV_ALIGN_END : BRV_ALIGN_START;
    }
    // The sheet's sides are those of the blocks around.
    if (paragraph->is_rtl != place->is_rtl) {
        int32_t left = format->left;
        format->left = format->right;
        format->right = left;
    }
    if (place->is_rtl) {
        struct docx_border *borders = format->borders;
        struct docx_border left = borders[DOCX_LEFT];
        borders[DOCX_LEFT] = borders[DOCX_RIGHT];
        borders[DOCX_RIGHT] = left;
    }
}
