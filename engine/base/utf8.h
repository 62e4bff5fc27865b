// Brevier — UTF-8 and the one text sanitiser.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_UTF8_H
#define BRV_BASE_UTF8_H

#include "base/diag.h"

#include <endian.h>
#include <string.h>

enum { BRV_REPLACEMENT = 0xFFFD };

// Decodes the code point at s.ptr[*at] and moves *at past it. Malformed bytes give U+FFFD and move
// by the maximal ill-formed part (Unicode 3.9, "substitution of maximal subparts"). *at < s.len.
uint32_t brv_utf8_next_wide(brv_str s, size_t *at); // where no ASCII stands
static inline uint32_t brv_utf8_next(brv_str s, size_t *at)
{
    unsigned char first = (unsigned char)s.ptr[*at];
    if (first >= 0x80)
        return brv_utf8_next_wide(s, at);
    ++*at;
    return first;
}
// The code point that ends before *at, moving *at to its start. *at > 0.
uint32_t brv_utf8_previous(brv_str s, size_t *at);
// Writes 1 to 4 bytes, returns how many. What is no scalar value is written as U+FFFD.
size_t brv_utf8_encode(uint32_t codepoint, char out[4]);
bool brv_utf8_is_valid(brv_str s);
// Number of code points (malformed parts count one each).
size_t brv_utf8_length(brv_str s);

// Past the printable ASCII, tabs and line feeds that stand at `at`: what never has to be decoded to
// be found clean.
size_t brv_utf8_skip_plain(brv_str text, size_t at);
// The end of the printable ASCII from `at` on that holds no space: eight bytes at a time, of which
// the first that is something else is the right one, whatever it lends to or takes from the others.
static inline size_t brv_utf8_skip_word(brv_str text, size_t at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    for (; text.len - at >= sizeof ones; at += sizeof ones) {
        uint64_t eight;
        memcpy(&eight, text.ptr + at, sizeof eight);
        eight = le64toh(eight);
        const uint64_t others = (eight | (eight - ones * 0x21) | (eight + ones)) & ones * 0x80;
        if (others != 0)
            return at + (size_t)__builtin_ctzll(others) / 8;
    }
    while (at < text.len && text.ptr[at] > ' ' && text.ptr[at] < 0x7F)
        at++;
    return at;
}

// Bidirectional embeddings, overrides and isolates: U+202A–202E, U+2066–2069.
bool brv_is_bidi_control(uint32_t codepoint);
// U+FDD0–FDEF and the last two of each plane.
bool brv_is_noncharacter(uint32_t codepoint);
// What must not reach a terminal as it is: C0, DEL, C1, line and paragraph separators, bidi
// controls and noncharacters.
bool brv_is_invisible(uint32_t codepoint);

// Text as every later stage may rely on: valid UTF-8, no NUL, no C0/C1 control but tab and line
// feed, no noncharacter, CR and CRLF turned into LF, a leading byte order mark dropped. Each
// offending character becomes U+FFFD; embeddings and overrides are kept in place but reported.
// Returns `raw` itself when nothing had to change, else a copy in the arena. What was found is
// reported once per kind with its first place and the count (code input, severity warning, but of
// malformed bytes, each of which was a letter, `malformed`); the source in those spans is `source`,
// whose text this call sets to the result.
void brv_source_set_text(struct brv_source *source, brv_str raw, struct brv_arena *arena,
                         enum brv_severity malformed, struct brv_sink *sink);

#endif
