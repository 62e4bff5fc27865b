// Brevier — parting Thai and Lao, which write no spaces between words.
// Only a dictionary knows the words. The script itself tells which letters belong to one syllable:
//
//     เ แ โ ใ ไ    vowels written before their consonant: no line ends with one, and before one a
//                  syllable begins
//     ะ า ำ ๆ ฯ    what is written after it: no line begins with one; most of them end a syllable
//     ั ็           vowels that another consonant follows within the syllable
//
// Phrases stand between spaces and are often longer than a line. Where whole ones give no good
// lines, they part between syllables if these are to be told, else between two letters.
// SPDX-License-Identifier: MIT
#include "layout/cut.h"

#include "base/utf8.h"

enum { PHRASE_BYTES = 20 }; // shorter ones stay whole as long as they fit a line

// Lao has the places of Thai, a block further on. 0: neither of them.
static uint32_t as_thai(uint32_t c)
{
    return c >= 0xE00 && c < 0xE80 ? c : c >= 0xE80 && c < 0xF00 ? c - 0x80 : 0;
}

static bool is_leading(uint32_t thai)
{
    return thai >= 0xE40 && thai <= 0xE44;
}

static bool ends_syllable(uint32_t thai)
{
    return thai == 0xE2F || thai == 0xE30 || thai == 0xE33 || thai == 0xE46;
}

// 0E3D is a letter of Lao alone, which follows its consonant.
static bool is_following(uint32_t thai)
{
    return ends_syllable(thai) || thai == 0xE32 || thai == 0xE3D || thai == 0xE45;
}

static bool awaits_consonant(uint32_t thai)
{
    return thai == 0xE31 || thai == 0xE47;
}

static bool is_letter(uint32_t thai)
{
    return (thai > 0xE00 && thai < 0xE3F) || (thai > 0xE3F && thai < 0xE4F) || thai >= 0xE5C;
}

bool brv_thai_keeps(uint32_t before, uint32_t after)
{
    return is_leading(as_thai(before)) || is_following(as_thai(after));
}

static bool is_thai(brv_str text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        uint8_t next = (uint8_t)text.ptr[i + 1];
        if ((uint8_t)text.ptr[i] == 0xE0 && next >= 0xB8 && next <= 0xBB) {
            return true;
        }
    }
    return false;
}

bool brv_cutter_part_thai(struct brv_cutter *c, const struct brv_token *token)
{
    const struct brv_paragraph *p = c->paragraph;
    brv_str text = brv_str_slice(p->text, token->text_from, token->text_to);
    if (text.len < PHRASE_BYTES || !is_thai(text)) {
        return false;
    }
    bool any = false;
    for (size_t i = token->from; i < token->to; i++) {
        const struct brv_piece *piece = &p->pieces[i];
        const bool wraps = brv_style_wraps(p->inlines[piece->inline_index].style);
        uint32_t previous = 0;
        bool is_open = false; // a syllable that a consonant must end
        unsigned pairs = 0;
        brv_cutter_begin(c, piece);
        for (size_t at = piece->from; wraps && at < piece->to;) {
            uint32_t start = (uint32_t)at;
            uint32_t letter = brv_utf8_next(p->text, &at);
            bool is_place = is_letter(as_thai(previous)) && is_letter(as_thai(letter)) &&
                            !brv_grapheme_continues(previous, letter, &pairs) &&
                            !brv_thai_keeps(previous, letter) && !is_open;
            if (is_place) {
                bool is_edge = ends_syllable(as_thai(previous)) || is_leading(as_thai(letter));
                any |= brv_cutter_cut(c, start, is_edge ? BRV_BREAK_MARK : BRV_BREAK_WEAK_MARK);
            }
            is_open = awaits_consonant(as_thai(letter)) ||
                      (is_open && brv_grapheme_continues(previous, letter, &pairs));
            previous = letter;
        }
        brv_cutter_end(c);
    }
    return any;
}
