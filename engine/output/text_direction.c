// Brevier — right-to-left text in the text output.
//
// A terminal, an editor or a mail reader orders each line by itself (UAX 9): it takes the direction
// of the first letter, and numbers, signs and the cells of a table that stand beside a word of the
// other direction are drawn into it. So a line with letters that run from right to left is put
// between isolates, which say its direction and keep it apart from what stands around it. They take
// no column. A program that does not know them shows the line as it would without.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "base/width.h"
#include "output/text.h"

#define RLI "\u2067"
#define LRI "\u2066"
#define PDI "\u2069"

static bool is_rtl(uint32_t c)
{
    if (c < 0x590)
        return false;
    bool is_number = (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
    return !is_number && brv_codepoint_width(c) > 0 &&
           (c <= 0x8FF || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC) ||
            (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF));
}

static bool is_ltr(uint32_t c)
{
    if (c < 0xC0)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool is_sign = c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                   (c >= 0x3000 && c <= 0x3020) || c >= 0x1F000;
    return !is_sign && brv_codepoint_width(c) > 0;
}

// False for most texts at a glance: no letter from right to left begins with a byte below these.
static bool has_rtl_bytes(brv_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint64_t eight = 0;
        while (i + sizeof eight <= text.len) { // ASCII, nearly always
            memcpy(&eight, text.ptr + i, sizeof eight);
            if (eight & 0x8080808080808080)
                break;
            i += sizeof eight;
        }
        if (i == text.len)
            break;
        unsigned char byte = (unsigned char)text.ptr[i];
        if ((byte >= 0xD6 && byte <= 0xE0) || byte == 0xEF || byte == 0xF0)
            return true;
    }
    return false;
}

enum brv_direction brv_text_direction(const struct brv_text *t, brv_str run)
{
    if (t->is_ascii || !has_rtl_bytes(run))
        return BRV_DIRECTION_LTR;
    bool begins_ltr = false;
    for (size_t at = 0; at < run.len;) {
        uint32_t codepoint = brv_utf8_next(run, &at);
        if (is_rtl(codepoint))
            return begins_ltr ? BRV_DIRECTION_MIXED : BRV_DIRECTION_RTL;
        begins_ltr = begins_ltr || is_ltr(codepoint);
    }
    return BRV_DIRECTION_LTR;
}

enum brv_direction brv_text_words_direction(const struct brv_text *t, const struct brv_words *words)
{
    return words->is_ascii ? BRV_DIRECTION_LTR : brv_text_direction(t, words->run);
}

bool brv_text_first_letter_is_rtl(const struct brv_text *t, const struct brv_styled *block)
{
    if (t->is_ascii)
        return false;
    for (const struct brv_styled *at = block;;) {
        for (size_t i = 0; at->kind == BRV_STYLED_TEXT && i < at->text.len;) {
            uint32_t codepoint = brv_utf8_next(at->text, &i);
            if (is_rtl(codepoint) || is_ltr(codepoint))
                return is_rtl(codepoint);
        }
        if (at->first && at->kind != BRV_STYLED_MARKER) {
            at = at->first;
            continue;
        }
        while (at != block && !at->next)
            at = at->parent;
        if (at == block)
            return false;
        at = at->next;
    }
}

bool brv_text_begins_rtl(const struct brv_text *t, const struct brv_flow *flow,
                         const struct brv_styled *block)
{
    return !flow->is_mail && t->table_depth == 0 && brv_text_first_letter_is_rtl(t, block);
}

static bool has_rtl(brv_str line)
{
    if (!has_rtl_bytes(line))
        return false;
    for (size_t at = 0; at < line.len;)
        if (is_rtl(brv_utf8_next(line, &at)))
            return true;
    return false;
}

void brv_text_isolate(enum brv_direction direction, brv_str line, struct brv_buf *out)
{
    bool needs =
        direction == BRV_DIRECTION_RTL || (direction == BRV_DIRECTION_MIXED && has_rtl(line));
    if (needs && line.len > 0) {
        brv_buf_add_cstr(out, direction == BRV_DIRECTION_RTL ? RLI : LRI); // NOLINT: as meant
        brv_buf_add_str(out, line);
        brv_buf_add_cstr(out, PDI);
    } else {
        brv_buf_add_str(out, line);
    }
}

brv_str brv_text_within_rtl(const struct brv_text *t, brv_str text)
{
    if (text.len == 0 || brv_str_starts_with(text, BRV_S(RLI))) // NOLINT: as meant
        return text;
    struct brv_buf *out = brv_buf_new_in(t->scratch);
    brv_buf_add_cstr(out, LRI); // NOLINT: as meant
    brv_buf_add_str(out, text);
    brv_buf_add_cstr(out, PDI);
    return brv_buf_str(out);
}

brv_str brv_text_isolated(struct brv_text *t, brv_str text)
{
    enum brv_direction direction = brv_text_direction(t, text);
    if (direction == BRV_DIRECTION_LTR)
        return text;
    struct brv_buf *out = brv_buf_new_in(t->arena);
    brv_text_isolate(direction, text, out);
    return brv_buf_str(out);
}
