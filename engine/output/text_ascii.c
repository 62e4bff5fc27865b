// Brevier — writing with ASCII alone.
// SPDX-License-Identifier: MIT
#include "output/text_ascii.h"

#include "base/macros.h"
#include "base/utf8.h"
#include "base/width.h"

#include <stdlib.h>

struct plain {
    uint16_t codepoint;
    char ascii[6];
};

#include "output/text_ascii_tables.h"
#include "output/text_emoji_tables.h"

struct form {
    uint16_t codepoint;
    const char *ascii;
};

// What the tables of Unicode do not say, or not well. Sorted by code point.
// clang-format off
static const struct form forms[] = {
    { 0x00A0, " " }, { 0x00A1, "!" }, { 0x00A2, "c" }, { 0x00A3, "GBP" }, { 0x00A5, "JPY" },
    { 0x00A6, "|" }, { 0x00A9, "(c)" }, { 0x00AA, "a" }, { 0x00AB, "\"" },
    { 0x00AC, "not " }, { 0x00AD, "" }, { 0x00AE, "(R)" }, { 0x00B0, " deg" }, { 0x00B1, "+/-" },
    { 0x00B2, "^2" }, { 0x00B3, "^3" }, { 0x00B4, "'" }, { 0x00B5, "u" }, { 0x00B6, "P." },
    { 0x00B7, "*" }, { 0x00B9, "^1" }, { 0x00BA, "o" }, { 0x00BB, "\"" }, { 0x00BC, "1/4" },
    { 0x00BD, "1/2" }, { 0x00BE, "3/4" }, { 0x00BF, "?" }, { 0x0180, "b" }, { 0x0181, "B" },
    { 0x0186, "O" }, { 0x0189, "D" }, { 0x018A, "D" }, { 0x018F, "E" }, { 0x0190, "E" },
    { 0x0192, "f" }, { 0x0197, "I" }, { 0x0198, "K" }, { 0x0199, "k" }, { 0x0253, "b" },
    { 0x0254, "o" }, { 0x0256, "d" }, { 0x0257, "d" }, { 0x0259, "e" }, { 0x025B, "e" },
    { 0x0268, "i" }, { 0x02BC, "'" }, { 0x02C6, "^" }, { 0x02DC, "~" }, { 0x1E9E, "SS" },
    { 0x2002, " " }, { 0x2003, " " }, { 0x2004, " " }, { 0x2005, " " }, { 0x2006, " " },
    { 0x2007, " " }, { 0x2008, " " }, { 0x2009, " " }, { 0x200A, " " }, { 0x2010, "-" },
    { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "--" }, { 0x2015, "--" },
    { 0x2018, "'" }, { 0x2019, "'" }, { 0x201A, "," }, { 0x201B, "'" }, { 0x201C, "\"" },
    { 0x201D, "\"" }, { 0x201E, "\"" }, { 0x201F, "\"" }, { 0x2020, "+" }, { 0x2021, "++" },
    { 0x2022, "*" }, { 0x2023, ">" }, { 0x2027, "-" }, { 0x202F, " " }, { 0x2030, " per mille" },
    { 0x2032, "'" }, { 0x2033, "\"" }, { 0x2035, "'" }, { 0x2039, "<" }, { 0x203A, ">" },
    { 0x2043, "-" }, { 0x2044, "/" }, { 0x207B, "^-" }, { 0x208B, "-" }, { 0x20AC, "EUR" },
    { 0x2103, " deg C" }, { 0x2109, " deg F" },
    { 0x2116, "No." }, { 0x2122, "(TM)" }, { 0x2126, "Ohm" }, { 0x2190, "<-" }, { 0x2191, "^" },
    { 0x2192, "->" }, { 0x2193, "v" }, { 0x2194, "<->" }, { 0x21D0, "<=" }, { 0x21D2, "=>" },
    { 0x21D4, "<=>" }, { 0x2212, "-" }, { 0x2215, "/" }, { 0x2217, "*" }, { 0x2219, "*" },
    { 0x221E, "inf" }, { 0x2236, ":" }, { 0x223C, "~" }, { 0x2248, "~" }, { 0x2260, "!=" },
    { 0x2261, "==" }, { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x226A, "<<" }, { 0x226B, ">>" },
    { 0x22C5, "*" }, { 0x2500, "-" }, { 0x2501, "=" }, { 0x2502, "|" }, { 0x2503, "|" },
    { 0x2550, "=" }, { 0x2551, "|" }, { 0x2580, "=" }, { 0x2581, "_" }, { 0x2582, "_" },
    { 0x2583, "_" }, { 0x2584, "=" }, { 0x2585, "=" }, { 0x2586, "#" }, { 0x2587, "#" },
    { 0x2588, "#" }, { 0x2589, "#" }, { 0x258A, "#" }, { 0x258B, "#" }, { 0x258C, "#" },
    { 0x258D, "|" }, { 0x258E, "|" }, { 0x258F, "|" }, { 0x2590, "#" }, { 0x2591, "." },
    { 0x2592, ":" }, { 0x2593, "#" }, { 0x25A0, "*" }, { 0x25A1, "[ ]" }, { 0x25AA, "*" },
    { 0x25AB, "o" }, { 0x25B6, ">" }, { 0x25B8, ">" }, { 0x25BA, ">" }, { 0x25C6, "*" },
    { 0x25CB, "o" }, { 0x25CF, "*" }, { 0x25E6, "o" }, { 0x2605, "*" }, { 0x2606, "*" },
    { 0x2610, "[ ]" }, { 0x2611, "[x]" }, { 0x2612, "[x]" }, { 0x2713, "[x]" }, { 0x2714, "[x]" },
    { 0x2717, "[ ]" }, { 0x27A1, "->" }, { 0x27E8, "<" }, { 0x27E9, ">" }, { 0x2B05, "<-" },
    { 0x3000, " " },
};
// clang-format on

// U+00C0 to U+017F without their accents.
// clang-format off
static const char letters[][3] = {
    "A",  "A",  "A",  "A",  "A",  "A", "AE", "C", "E", "E", "E",  "E",  "I",  "I", "I",  "I",
    "D",  "N",  "O",  "O",  "O",  "O", "O",  "x", "O", "U", "U",  "U",  "U",  "Y", "Th", "ss",
    "a",  "a",  "a",  "a",  "a",  "a", "ae", "c", "e", "e", "e",  "e",  "i",  "i", "i",  "i",
    "d",  "n",  "o",  "o",  "o",  "o", "o",  "/", "o", "u", "u",  "u",  "u",  "y", "th", "y",
    "A",  "a",  "A",  "a",  "A",  "a", "C",  "c", "C", "c", "C",  "c",  "C",  "c", "D",  "d",
    "D",  "d",  "E",  "e",  "E",  "e", "E",  "e", "E", "e", "E",  "e",  "G",  "g", "G",  "g",
    "G",  "g",  "G",  "g",  "H",  "h", "H",  "h", "I", "i", "I",  "i",  "I",  "i", "I",  "i",
    "I",  "i",  "IJ", "ij", "J",  "j", "K",  "k", "k", "L", "l",  "L",  "l",  "L", "l",  "L",
    "l",  "L",  "l",  "N",  "n",  "N", "n",  "N", "n", "n", "NG", "ng", "O",  "o", "O",  "o",
    "O",  "o",  "OE", "oe", "R",  "r", "R",  "r", "R", "r", "S",  "s",  "S",  "s", "S",  "s",
    "S",  "s",  "T",  "t",  "T",  "t", "T",  "t", "U", "u", "U",  "u",  "U",  "u", "U",  "u",
    "U",  "u",  "U",  "u",  "W",  "w", "Y",  "y", "Y", "Z", "z",  "Z",  "z",  "Z", "z",  "s",
};
// clang-format on
_Static_assert(BRV_COUNT(letters) == 0x180 - 0xC0, "one row a letter of Latin-1 and Extended-A");

// The rows of these tables begin with their code point.
static int by_codepoint(const void *codepoint, const void *row)
{
    uint32_t wanted = *(const uint32_t *)codepoint;
    uint16_t found;
    memcpy(&found, row, sizeof found);
    return wanted < found ? -1 : wanted > found;
}

#define FIND(rows, codepoint)                                                                      \
    bsearch(&(codepoint), rows, BRV_COUNT(rows), sizeof *(rows), by_codepoint)

static int by_emoji(const void *codepoint, const void *row)
{
    uint32_t wanted = *(const uint32_t *)codepoint;
    uint32_t found = ((const struct emoji *)row)->codepoint;
    return wanted < found ? -1 : wanted > found;
}

// The letter of a country's code that a flag is made of; 0 for any other character.
static char regional_letter(uint32_t codepoint)
{
    enum { INDICATOR_A = 0x1F1E6, INDICATOR_Z = 0x1F1FF };
    if (codepoint < INDICATOR_A || codepoint > INDICATOR_Z)
        return 0;
    return (char)('A' + (char)(codepoint - INDICATOR_A));
}

static bool is_skin_tone(uint32_t codepoint)
{
    return codepoint >= 0x1F3FB && codepoint <= 0x1F3FF;
}

const char *brv_ascii_from_codepoint(uint32_t codepoint)
{
    // clang-format off
    static const char *const circled[] = { "(1)",  "(2)",  "(3)",  "(4)",  "(5)",  "(6)",  "(7)",
                                           "(8)",  "(9)",  "(10)", "(11)", "(12)", "(13)", "(14)",
                                           "(15)", "(16)", "(17)", "(18)", "(19)", "(20)" };
    static const char printable[][2] = {
        "!", "\"", "#", "$", "%", "&", "'", "(", ")", "*", "+", ",", "-", ".", "/", "0", "1", "2",
        "3", "4", "5", "6", "7", "8", "9", ":", ";", "<", "=", ">", "?", "@", "A", "B", "C", "D",
        "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V",
        "W", "X", "Y", "Z", "[", "\\", "]", "^", "_", "`", "a", "b", "c", "d", "e", "f", "g", "h",
        "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z",
        "{", "|", "}", "~",
    };
    // clang-format on
    if (codepoint >= 0xC0 && codepoint < 0x180)
        return letters[codepoint - 0xC0];
    if (codepoint >= 0x2460 && codepoint < 0x2460 + BRV_COUNT(circled))
        return circled[codepoint - 0x2460];
    if (codepoint >= 0xFF01 && codepoint < 0xFF01 + BRV_COUNT(printable)) // full-width
        return printable[codepoint - 0xFF01];
    if (codepoint >= 0x1D400 && codepoint < 0x1D6A4) { // letters of mathematics, 26 and 26
        uint32_t letter = (codepoint - 0x1D400) % 52;
        return printable[(letter < 26 ? 'A' + letter : 'a' + letter - 26) - '!'];
    }
    if (codepoint >= 0x1D7CE && codepoint < 0x1D800) // and figures
        return printable['0' + (codepoint - 0x1D7CE) % 10 - '!'];
    const struct form *form = FIND(forms, codepoint);
    if (form)
        return form->ascii;
    const struct plain *plain = FIND(plain_forms, codepoint);
    if (plain)
        return plain->ascii;
    if (codepoint > 0x2500 && codepoint < 0x2580)
        return "+"; // corners and crossings of boxes
    return brv_codepoint_width(codepoint) == 0 ? "" : NULL;
}

// ---- what a language writes in its own way

struct usage {
    char lang[3]; // primary subtag
    uint16_t codepoint;
    const char *ascii; // in a word of small letters
};

static const struct usage usages[] = {
    { "da", 0xE5, "aa" }, { "da", 0xF8, "oe" }, { "de", 0xE4, "ae" }, { "de", 0xF6, "oe" },
    { "de", 0xFC, "ue" }, { "nb", 0xE5, "aa" }, { "nb", 0xF8, "oe" }, { "nn", 0xE5, "aa" },
    { "nn", 0xF8, "oe" }, { "no", 0xE5, "aa" }, { "no", 0xF8, "oe" },
};

static bool is_capital(uint32_t codepoint)
{
    return (codepoint >= 'A' && codepoint <= 'Z') || (codepoint >= 0xC0 && codepoint <= 0xDE);
}

static bool is_small(uint32_t codepoint)
{
    return (codepoint >= 'a' && codepoint <= 'z') || (codepoint >= 0xDF && codepoint <= 0xFF);
}

static bool is_lang(brv_str lang, const char *tag)
{
    return brv_str_is_nocase(brv_str_slice(lang, 0, brv_str_find_byte(lang, 0, '-')), tag);
}

// The letter that a mark makes of the one before it, to which `*from` goes back; 0 and no move for
// those that no language writes in its own way.
static uint32_t with_base(brv_str text, size_t *from, uint32_t mark)
{
    static const struct {
        uint32_t base, mark, letter;
    } rows[] = {
        { 'a', 0x308, 0xE4 }, { 'o', 0x308, 0xF6 }, { 'u', 0x308, 0xFC }, { 'a', 0x30A, 0xE5 },
        { 'A', 0x308, 0xC4 }, { 'O', 0x308, 0xD6 }, { 'U', 0x308, 0xDC }, { 'A', 0x30A, 0xC5 },
    };
    if (mark != 0x308 && mark != 0x30A)
        return 0;
    size_t at = *from;
    uint32_t base = brv_utf8_previous(text, &at);
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (rows[i].base == base && rows[i].mark == mark) {
            *from = at;
            return rows[i].letter;
        }
    }
    return 0;
}

// Adds the letters that a language has for the one between `from` and `to`; false when it has none.
// A capital begins with one; next to another all of them are.
static bool usage_add(struct brv_buf *out, brv_str text, size_t from, size_t to, brv_str lang)
{
    size_t at = from;
    uint32_t codepoint = brv_utf8_next(text, &at);
    size_t written = 0; // letters that stand there already
    uint32_t composed = from > 0 ? with_base(text, &from, codepoint) : 0;
    if (composed) {
        codepoint = composed;
        written = 1;
    }
    bool begins_capital = is_capital(codepoint);
    uint32_t small = begins_capital ? codepoint + 0x20 : codepoint;
    const char *ascii = NULL;
    for (size_t i = 0; i < BRV_COUNT(usages) && !ascii; i++)
        if (usages[i].codepoint == small && is_lang(lang, usages[i].lang))
            ascii = usages[i].ascii;
    if (!ascii)
        return false;
    uint32_t after = to < text.len ? brv_utf8_next(text, &to) : 0;
    uint32_t before = from > 0 ? brv_utf8_previous(text, &from) : 0;
    bool is_all_capital =
        begins_capital && (is_capital(after) || (!is_small(after) && is_capital(before)));
    for (size_t i = written; ascii[i]; i++) {
        bool is_capital_here = is_all_capital || (begins_capital && i == 0);
        brv_buf_add_byte(out, (char)(is_capital_here ? ascii[i] - 'a' + 'A' : ascii[i]));
    }
    return true;
}

// "§§ 3 and 4" is "Sec. 3 and 4", or "Par." where it is not English.
static void section_sign_add(struct brv_buf *out, brv_str text, size_t *at, brv_str lang)
{
    brv_str rest = brv_str_from(text, *at);
    if (brv_str_starts_with(rest, BRV_S("\u00A7")))
        *at += 2;
    brv_buf_add_cstr(out, lang.len == 0 || is_lang(lang, "en") ? "Sec." : "Par.");
    rest = brv_str_from(text, *at);
    if (rest.len > 0 && brv_is_alnum(rest.ptr[0]))
        brv_buf_add_byte(out, ' ');
}

// ---- exported

bool brv_ascii_add(struct brv_buf *out, brv_str text, size_t *at, brv_str lang)
{
    enum { SECTION_SIGN = 0xA7 };
    size_t from = *at;
    uint32_t codepoint = brv_utf8_next(text, at);
    if (usage_add(out, text, from, *at, lang))
        return true;
    if (codepoint == SECTION_SIGN) {
        section_sign_add(out, text, at, lang);
        return true;
    }
    char letter = regional_letter(codepoint);
    if (letter) {
        size_t next = *at;
        char second = next < text.len ? regional_letter(brv_utf8_next(text, &next)) : 0;
        if (second)
            *at = next;
        brv_buf_printf(out, second ? "[%c%c]" : "[%c]", letter, second);
        return true;
    }
    const char *form = is_skin_tone(codepoint) ? "" : brv_ascii_from_codepoint(codepoint);
    if (form) {
        brv_buf_add_cstr(out, form);
        return true;
    }
    const struct emoji *found =
        bsearch(&codepoint, emoji, BRV_COUNT(emoji), sizeof *emoji, by_emoji);
    if (found)
        brv_buf_printf(out, "[%s]", found->name);
    return found != NULL;
}
