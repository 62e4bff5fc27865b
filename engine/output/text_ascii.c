// Brevier — writing with ASCII alone.
// SPDX-License-Identifier: MIT
#include "output/text_ascii.h"

#include "base/macros.h"
#include "base/width.h"

#include <stddef.h>

struct form {
    uint16_t codepoint;
    const char *ascii;
};

// Sorted by code point.
// clang-format off
static const struct form forms[] = {
    { 0x00A0, " " },       { 0x00A1, "!" },     { 0x00A2, "c" },      { 0x00A3, "GBP" },
    { 0x00A5, "JPY" },     { 0x00A6, "|" },     { 0x00A7, "S." },     { 0x00A9, "(c)" },
    { 0x00AA, "a" },       { 0x00AB, "\"" },    { 0x00AC, "not " },   { 0x00AD, "" },
    { 0x00AE, "(R)" },     { 0x00B0, " deg" },  { 0x00B1, "+/-" },    { 0x00B2, "^2" },
    { 0x00B3, "^3" },      { 0x00B4, "'" },     { 0x00B5, "u" },      { 0x00B6, "P." },
    { 0x00B7, "*" },       { 0x00B9, "^1" },    { 0x00BA, "o" },      { 0x00BB, "\"" },
    { 0x00BC, "1/4" },     { 0x00BD, "1/2" },   { 0x00BE, "3/4" },    { 0x00BF, "?" },
    { 0x0192, "f" },       { 0x0218, "S" },     { 0x0219, "s" },      { 0x021A, "T" },
    { 0x021B, "t" },       { 0x02BC, "'" },     { 0x02C6, "^" },      { 0x02DC, "~" },
    { 0x1E9E, "SS" },      { 0x2002, " " },     { 0x2003, " " },      { 0x2004, " " },
    { 0x2005, " " },       { 0x2006, " " },     { 0x2007, " " },      { 0x2008, " " },
    { 0x2009, " " },       { 0x200A, " " },     { 0x2010, "-" },      { 0x2011, "-" },
    { 0x2012, "-" },       { 0x2013, "-" },     { 0x2014, "--" },     { 0x2015, "--" },
    { 0x2018, "'" },       { 0x2019, "'" },     { 0x201A, "," },      { 0x201B, "'" },
    { 0x201C, "\"" },      { 0x201D, "\"" },    { 0x201E, "\"" },     { 0x201F, "\"" },
    { 0x2020, "+" },       { 0x2021, "++" },    { 0x2022, "*" },      { 0x2023, ">" },
    { 0x2024, "." },       { 0x2025, ".." },    { 0x2026, "..." },    { 0x2027, "-" },
    { 0x202F, " " },       { 0x2030, " per mille" }, { 0x2032, "'" }, { 0x2033, "\"" },
    { 0x2035, "'" },       { 0x2039, "<" },     { 0x203A, ">" },      { 0x203C, "!!" },
    { 0x2043, "-" },       { 0x2044, "/" },     { 0x2047, "??" },     { 0x20AC, "EUR" },
    { 0x2113, "l" },       { 0x2116, "No." },   { 0x2122, "(TM)" },   { 0x2126, "Ohm" },
    { 0x212B, "A" },       { 0x2153, "1/3" },   { 0x2154, "2/3" },    { 0x215B, "1/8" },
    { 0x2190, "<-" },      { 0x2191, "^" },     { 0x2192, "->" },     { 0x2193, "v" },
    { 0x2194, "<->" },     { 0x21D0, "<=" },    { 0x21D2, "=>" },     { 0x21D4, "<=>" },
    { 0x2212, "-" },       { 0x2215, "/" },     { 0x2217, "*" },      { 0x2219, "*" },
    { 0x221E, "inf" },     { 0x2236, ":" },     { 0x223C, "~" },      { 0x2248, "~" },
    { 0x2260, "!=" },      { 0x2261, "==" },    { 0x2264, "<=" },     { 0x2265, ">=" },
    { 0x226A, "<<" },      { 0x226B, ">>" },    { 0x22C5, "*" },      { 0x2500, "-" },
    { 0x2501, "=" },       { 0x2502, "|" },     { 0x2503, "|" },      { 0x2550, "=" },
    { 0x2551, "|" },       { 0x25A0, "*" },     { 0x25A1, "[ ]" },    { 0x25AA, "*" },
    { 0x25AB, "o" },       { 0x25B6, ">" },     { 0x25B8, ">" },      { 0x25BA, ">" },
    { 0x25C6, "*" },       { 0x25CB, "o" },     { 0x25CF, "*" },      { 0x25E6, "o" },
    { 0x2605, "*" },       { 0x2606, "*" },     { 0x2610, "[ ]" },    { 0x2611, "[x]" },
    { 0x2612, "[x]" },     { 0x2713, "[x]" },   { 0x2714, "[x]" },    { 0x2717, "[ ]" },
    { 0x27E8, "<" },       { 0x27E9, ">" },     { 0x3000, " " },      { 0xFB00, "ff" },
    { 0xFB01, "fi" },      { 0xFB02, "fl" },    { 0xFB03, "ffi" },    { 0xFB04, "ffl" },
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

const char *brv_ascii_from_codepoint(uint32_t codepoint)
{
    if (codepoint >= 0xC0 && codepoint < 0x180)
        return letters[codepoint - 0xC0];
    size_t low = 0;
    size_t high = BRV_COUNT(forms);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (forms[middle].codepoint < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < BRV_COUNT(forms) && forms[low].codepoint == codepoint)
        return forms[low].ascii;
    if (codepoint > 0x2500 && codepoint < 0x2580)
        return "+"; // corners and crossings of boxes
    return brv_codepoint_width(codepoint) == 0 ? "" : NULL;
}
