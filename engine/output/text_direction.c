// Brevier — right-to-left text in the text output.
//
// A terminal, an editor or a mail reader orders each line by itself (UAX 9): it takes the direction
// of the first letter, and numbers, signs and the cells of a table that stand beside a word of the
// other direction are drawn into it. So a line with letters that run from right to left is put
// between isolates, which say its direction and keep it apart from what stands around it. They take
// no column. A program that does not know them shows the line as it would without.
// SPDX-License-Identifier: MIT
#include "base/direction.h"
#include "base/utf8.h"
#include "output/text.h"

#define RLI "\u2067"
#define LRI "\u2066"
#define PDI "\u2069"
#define RLM "\u200F"
#define LRM "\u200E"

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

static struct brv_base base_of(const struct brv_node *node)
{
    bool is_text = node && node->kind != BRV_KIND_PRE; // code runs as its letters do
    return (struct brv_base){ .is_rtl_language = is_text && brv_lang_is_rtl(brv_node_lang(node)) };
}

enum brv_direction brv_text_direction(const struct brv_text *t, brv_str run)
{
    if (t->is_ascii || !has_rtl_bytes(run))
        return BRV_DIRECTION_LTR;
    struct brv_base base = base_of(t->node);
    for (size_t at = 0; at < run.len && !base.has_rtl;)
        brv_base_see(&base, brv_utf8_next(run, &at));
    return brv_base_is_rtl(&base) ? BRV_DIRECTION_RTL
           : base.has_rtl         ? BRV_DIRECTION_MIXED
                                  : BRV_DIRECTION_LTR;
}

enum brv_direction brv_text_words_direction(const struct brv_text *t, const struct brv_words *words)
{
    return words->is_ascii ? BRV_DIRECTION_LTR : brv_text_direction(t, words->run);
}

bool brv_text_is_rtl(const struct brv_text *t, const struct brv_styled *block)
{
    if (t->is_ascii)
        return false;
    struct brv_base base = base_of(block->node);
    for (const struct brv_styled *at = block; at;) {
        for (size_t i = 0; at->kind == BRV_STYLED_TEXT && i < at->text.len;)
            if (brv_base_see(&base, brv_utf8_next(at->text, &i)))
                return brv_base_is_rtl(&base);
        bool is_marker = at->kind == BRV_STYLED_MARKER;
        at = is_marker ? brv_styled_walk_past(block, at) : brv_styled_walk_next(block, at);
    }
    return false;
}

bool brv_text_starts_right(const struct brv_text *t, enum brv_direction direction)
{
    return direction == BRV_DIRECTION_RTL || (!t->is_ascii && base_of(t->node).is_rtl_language);
}

bool brv_text_begins_rtl(const struct brv_text *t, const struct brv_flow *flow,
                         const struct brv_styled *block)
{
    return !flow->is_mail && t->table_depth == 0 && brv_text_is_rtl(t, block);
}

static bool has_rtl(brv_str line)
{
    if (!has_rtl_bytes(line))
        return false;
    for (size_t at = 0; at < line.len;)
        if (brv_bidi_of(brv_utf8_next(line, &at)) == BRV_BIDI_RTL)
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

void brv_text_isolate_part(enum brv_direction direction, bool begins, bool ends, brv_str line,
                           struct brv_buf *out)
{
    bool is_rtl = direction == BRV_DIRECTION_RTL;
    if (direction != BRV_DIRECTION_LTR && begins)
        brv_buf_add_cstr(out, is_rtl ? RLI : LRI); // NOLINT: as meant
    else if (direction != BRV_DIRECTION_LTR)
        brv_buf_add_cstr(out, is_rtl ? RLM : LRM);
    brv_buf_add_str(out, line);
    if (direction != BRV_DIRECTION_LTR && ends)
        brv_buf_add_cstr(out, PDI); // NOLINT: as meant
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
