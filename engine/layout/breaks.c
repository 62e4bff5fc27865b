// Brevier — where a line may end within a text.
//
// libunibreak follows UAX 14 as of Unicode 6.2. What has changed since, and what reports are full
// of, is set right here:
//
//     UTC × +3, 95 × %, x × €       letters stay with signs that belong to numbers (LB 24)
//     C: × \Users                    and with the backslash, which UAX 14 counts among these
//     × -o, × --strict              a hyphen that begins a word stays with it (LB 20a)
//     so × — it is                  no line begins with an em dash that follows a word
//     https:// × example.org        an address does not end its line with "//"
//     https://a.b/ × c, lib/ × a.so an address, a path or a key stays whole as long as it fits a
//                                   line; where it does not, part.c says where it parts
//     lib/a- × b                    a path of two words does not end its line with a hyphen of its
//                                   own: readers of a PDF would take it for ours and drop it
//     flags, emoji with skin tones  are one grapheme; pictographs break like ideographs
// SPDX-License-Identifier: MIT
#include "layout/breaks.h"

#include "base/utf8.h"

#include <linebreak.h>
#include <stdint.h>

// libunibreak aborts at regional indicators and takes later pictographs for letters. Both break
// like ideographs, and what holds them together is left to graphemes.
static uint32_t as_unibreak_knows(uint32_t codepoint)
{
    if (codepoint >= 0x1F3FB && codepoint <= 0x1F3FF) {
        return 0x301; // skin tones join what they stand on
    }
    if (codepoint >= 0x1F000 && codepoint <= 0x1FAFF) {
        return 0x4E00;
    }
    return brv_is_noncharacter(codepoint) ? 'a' : codepoint;
}

// Letters of alphabets (classes AL and HL), as far as they meet signs of numbers.
static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x600) ||
           (c >= 0x1E00 && c < 0x2000);
}

// Classes PR and PO.
static bool is_number_sign(uint32_t c)
{
    return c == '+' || c == '%' || c == '$' || (c >= 0xA2 && c <= 0xA5) || c == 0xB0 || c == 0xB1 ||
           c == 0x2030 || c == 0x2031 || (c >= 0x20A0 && c <= 0x20CF) || c == 0x2103 ||
           c == 0x2109 || c == 0x2116 || c == 0x2212 || c == 0x2213;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

// Whether a hyphen at `i` begins a word, alone or after others that do.
static bool begins_with_hyphen(const utf32_t *text, size_t i)
{
    for (int k = 0; k < 2 && i > 0 && text[i - 1] == '-'; k++) {
        i--;
    }
    return i == 0 || is_blank(text[i - 1]) || text[i - 1] == '(';
}

static bool is_alphanumeric(uint32_t c)
{
    return (c >= '0' && c <= '9') || is_letter(c);
}

// What stands between two spaces.
enum token {
    TOKEN_WORD,
    TOKEN_PAIR,      // two words or names with a slash between them: "and/or", "lib/a-b"
    TOKEN_INDICATOR, // an address, a path, a key: it has marks that words have not
};

static enum token read_token(const utf32_t *text, size_t from, size_t to)
{
    size_t slashes = 0;
    for (size_t i = from; i < to; i++) {
        uint32_t c = text[i];
        bool is_inside = i > from && i + 1 < to;
        if (c == '\\' || c == '_' || c == '=' || c == '@' || c == '{' ||
            (c == '[' && i + 1 < to && (text[i + 1] == '.' || text[i + 1] == ':')) ||
            (c == '/' && (i == from || slashes > 0) && i + 1 < to) ||
            ((c == '.' || c == ':') && is_inside && is_alphanumeric(text[i - 1]) &&
             is_alphanumeric(text[i + 1]))) {
            return TOKEN_INDICATOR;
        }
        slashes += c == '/' && i + 1 < to;
    }
    return slashes > 0 ? TOKEN_PAIR : TOKEN_WORD;
}

// Whether a line that may end after `i` had better not.
static bool must_not(const utf32_t *text, size_t count, size_t i, enum token token)
{
    if (i + 1 >= count) {
        return false;
    }
    uint32_t c = text[i];
    uint32_t next = text[i + 1];
    if (token == TOKEN_INDICATOR && c < 0x80 && next < 0x80 && !is_blank(c) && !is_blank(next)) {
        return true;
    }
    if (next == '\\' ? !is_blank(c) : is_letter(c) && is_number_sign(next)) {
        return true;
    }
    if (next == 0x2014 && !is_blank(c)) {
        return true;
    }
    if (c == '-' && !is_blank(next)) {
        return token != TOKEN_WORD || next == '-' || begins_with_hyphen(text, i);
    }
    return c == '/' && i > 1 && text[i - 1] == '/' && text[i - 2] == ':' && !is_blank(next);
}

static bool is_ascii_letter(uint32_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_within_letters(const utf32_t *text, size_t n, size_t i)
{
    return i + 1 < n && is_ascii_letter(text[i]) && is_ascii_letter(text[i + 1]);
}

// libunibreak looks up the class of each character in a large table, so it is asked for as few as
// will do: between two ASCII letters there is no break, and what is before and after a run of them
// depends on no more than one. The last of each run stands for all; that leaves a third of a text.
static void find_all(struct brv_arena *arena, const utf32_t *text, size_t n, const char *lang,
                     char *found)
{
    utf32_t *asked = BRV_NEW_ARRAY(arena, utf32_t, n);
    char *answers = BRV_NEW_ARRAY(arena, char, n);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_within_letters(text, n, i)) {
            asked[count++] = text[i];
        }
    }
    set_linebreaks_utf32(asked, count, lang, answers);
    for (size_t i = 0, k = 0; i < n; i++) {
        found[i] = is_within_letters(text, n, i) ? LINEBREAK_NOBREAK : answers[k++];
    }
}

const bool *brv_breaks_find(struct brv_arena *arena, brv_str text, brv_str lang, size_t *count)
{
    utf32_t *characters = BRV_NEW_ARRAY(arena, utf32_t, text.len);
    size_t n = 0;
    for (size_t at = 0; at < text.len;) {
        characters[n++] = as_unibreak_knows(brv_utf8_next(text, &at));
    }
    char *found = BRV_NEW_ARRAY(arena, char, n);
    find_all(arena, characters, n, brv_arena_cstr(arena, lang), found);
    bool *breaks = BRV_NEW_ARRAY(arena, bool, n);
    size_t token_end = 0;
    enum token token = TOKEN_WORD;
    for (size_t i = 0; i < n; i++) {
        if (i >= token_end) {
            for (token_end = i + 1; token_end < n && !is_blank(characters[token_end - 1]);) {
                token_end++;
            }
            token = read_token(characters, i, token_end);
        }
        bool is_allowed = found[i] == LINEBREAK_ALLOWBREAK || found[i] == LINEBREAK_MUSTBREAK;
        breaks[i] = is_allowed && !must_not(characters, n, i, token);
    }
    *count = n;
    return breaks;
}
