// Brevier — text-transform.
// The case mapping of Unicode (one letter may become several: ß, SS) for the scripts that have case
// and that reports are written in, with what Turkish, Azerbaijani, Lithuanian, Greek and Dutch do
// otherwise. Greek with more than one accent stays as it is.
//
// Rows name ranges where lower case follows from upper case by a distance, or where the two
// alternate.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "base/utf8.h"
#include "style/styled.h"

static const struct {
    uint32_t first; // upper-case range
    uint32_t last;
    uint32_t distance; // to lower case; 1: upper and lower alternate, starting with upper
} ranges[] = {
    { 'A', 'Z', 32 },       { 0x00C0, 0x00D6, 32 }, { 0x00D8, 0x00DE, 32 }, { 0x0100, 0x012F, 1 },
    { 0x0132, 0x0137, 1 },  { 0x0139, 0x0148, 1 },  { 0x014A, 0x0177, 1 },  { 0x0179, 0x017E, 1 },
    { 0x01CD, 0x01DC, 1 },  { 0x01DE, 0x01EF, 1 },  { 0x01F8, 0x021F, 1 },  { 0x0222, 0x0233, 1 },
    { 0x0388, 0x038A, 37 }, { 0x0391, 0x03A1, 32 }, { 0x03A3, 0x03AB, 32 }, { 0x03D8, 0x03EF, 1 },
    { 0x0400, 0x040F, 80 }, { 0x0410, 0x042F, 32 }, { 0x0460, 0x0481, 1 },  { 0x048A, 0x04BF, 1 },
    { 0x04C1, 0x04CE, 1 },  { 0x04D0, 0x052F, 1 },  { 0x0531, 0x0556, 48 }, { 0x1E00, 0x1E95, 1 },
    { 0x1EA0, 0x1EFF, 1 },  { 0x2160, 0x216F, 16 }, { 0x24B6, 0x24CF, 26 }, { 0xFF21, 0xFF3A, 32 },
};
static const struct {
    uint32_t upper;
    uint32_t lower;
} singles[] = {
    { 0x0178, 0x00FF }, // Ÿ
    { 0x0386, 0x03AC }, // Ά
    { 0x038C, 0x03CC }, // Ό
    { 0x038E, 0x03CD }, // Ύ
    { 0x038F, 0x03CE }, // Ώ
    { 0x04C0, 0x04CF }, // palochka
    { 0x1E9E, 0x00DF }, // ß
    { 0x01C4, 0x01C6 }, // Ǆ
    { 0x01C7, 0x01C9 }, // Ǉ
    { 0x01CA, 0x01CC }, // Ǌ
    { 0x01F1, 0x01F3 }, // Ǳ
    { 0x01C5, 0x01C6 }, // ǅ
    { 0x01C8, 0x01C9 }, // ǈ
    { 0x01CB, 0x01CC }, // ǋ
    { 0x01F2, 0x01F3 }, // ǲ
};
// Letters that share their upper case with another.
static const struct {
    uint32_t lower;
    uint32_t upper;
} doubles[] = {
    { 0x00B5, 0x039C }, // micro sign
    { 0x0131, 'I' },    // ı
    { 0x017F, 'S' },    // ſ
    { 0x03C2, 0x03A3 }, // final sigma
    { 0x01C5, 0x01C4 }, // ǅ
    { 0x01C8, 0x01C7 }, // ǈ
    { 0x01CB, 0x01CA }, // ǋ
    { 0x01F2, 0x01F1 }, // ǲ
};
// Letters whose upper case is several, or is another at the beginning of a word.
static const struct {
    uint32_t letter;
    const char *upper;
    const char *title;
} specials[] = {
    { 0x00DF, "SS", "Ss" },
    { 0x0149, "\u02BCN", "\u02BCN" },
    { 0x01C4, "\u01C4", "\u01C5" },
    { 0x01C5, "\u01C4", "\u01C5" },
    { 0x01C6, "\u01C4", "\u01C5" },
    { 0x01C7, "\u01C7", "\u01C8" },
    { 0x01C8, "\u01C7", "\u01C8" },
    { 0x01C9, "\u01C7", "\u01C8" },
    { 0x01CA, "\u01CA", "\u01CB" },
    { 0x01CB, "\u01CA", "\u01CB" },
    { 0x01CC, "\u01CA", "\u01CB" },
    { 0x01F0, "J\u030C", "J\u030C" },
    { 0x01F1, "\u01F1", "\u01F2" },
    { 0x01F2, "\u01F1", "\u01F2" },
    { 0x01F3, "\u01F1", "\u01F2" },
    { 0x0390, "\u0399\u0308\u0301", "\u0399\u0308\u0301" },
    { 0x03B0, "\u03A5\u0308\u0301", "\u03A5\u0308\u0301" },
    { 0x0587, "\u0535\u0552", "\u0535\u0582" },
    { 0x1E96, "H\u0331", "H\u0331" },
    { 0x1E97, "T\u0308", "T\u0308" },
    { 0x1E98, "W\u030A", "W\u030A" },
    { 0x1E99, "Y\u030A", "Y\u030A" },
    { 0x1E9A, "A\u02BE", "A\u02BE" },
    { 0xFB00, "FF", "Ff" },
    { 0xFB01, "FI", "Fi" },
    { 0xFB02, "FL", "Fl" },
    { 0xFB03, "FFI", "Ffi" },
    { 0xFB04, "FFL", "Ffl" },
    { 0xFB05, "ST", "St" },
    { 0xFB06, "ST", "St" },
    { 0xFB13, "\u0544\u0546", "\u0544\u0576" },
    { 0xFB14, "\u0544\u0535", "\u0544\u0565" },
    { 0xFB15, "\u0544\u053B", "\u0544\u056B" },
    { 0xFB16, "\u054E\u0546", "\u054E\u0576" },
    { 0xFB17, "\u0544\u053D", "\u0544\u056D" },
};
// Greek vowels with a tonos, and what they are in upper case, which is written without.
static const struct {
    uint32_t lower;
    uint32_t capital; // with its tonos, 0 for none
    uint32_t bare;    // in upper case
} greek_vowels[] = {
    { 0x03AC, 0x0386, 0x0391 }, { 0x03AD, 0x0388, 0x0395 }, { 0x03AE, 0x0389, 0x0397 },
    { 0x03AF, 0x038A, 0x0399 }, { 0x03CC, 0x038C, 0x039F }, { 0x03CD, 0x038E, 0x03A5 },
    { 0x03CE, 0x038F, 0x03A9 }, { 0x0390, 0, 0x03AA },      { 0x03B0, 0, 0x03AB },
};

enum case_language { CASE_ANY, CASE_TURKIC, CASE_LITHUANIAN, CASE_GREEK, CASE_DUTCH };

struct casing {
    brv_str text;
    size_t at; // behind the letter in hand
    enum case_language language;
    struct brv_buf out;
    uint32_t previous;   // the letter before it, as typed; 0 at the beginning of a word
    bool is_after_tonos; // which the letter before has lost
};

enum { DOT_ABOVE = 0x0307, GRAVE = 0x0300, ACUTE = 0x0301, TILDE = 0x0303 };
enum { CAPITAL_SIGMA = 0x03A3, FINAL_SIGMA = 0x03C2, ETA_WITH_TONOS = 0x03AE };

static enum case_language language_of(brv_str tag)
{
    static const struct {
        const char *name;
        enum case_language language;
    } languages[] = {
        { "tr", CASE_TURKIC }, { "az", CASE_TURKIC }, { "lt", CASE_LITHUANIAN },
        { "el", CASE_GREEK },  { "nl", CASE_DUTCH },
    };
    brv_str primary = brv_str_slice(tag, 0, brv_str_find_byte(tag, 0, '-'));
    for (size_t i = 0; i < BRV_COUNT(languages); i++) {
        if (brv_str_is_nocase(primary, languages[i].name))
            return languages[i].language;
    }
    return CASE_ANY;
}

// ---- one letter

static uint32_t to_lower(uint32_t c)
{
    for (size_t i = 0; i < BRV_COUNT(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return ranges[i].distance > 1           ? c + ranges[i].distance
                   : (c - ranges[i].first) % 2 == 0 ? c + 1
                                                    : c;
    }
    for (size_t i = 0; i < BRV_COUNT(singles); i++) {
        if (c == singles[i].upper)
            return singles[i].lower;
    }
    return c;
}

static uint32_t to_upper(uint32_t c)
{
    for (size_t i = 0; i < BRV_COUNT(doubles); i++) {
        if (c == doubles[i].lower)
            return doubles[i].upper;
    }
    for (size_t i = 0; i < BRV_COUNT(ranges); i++) {
        uint32_t distance = ranges[i].distance;
        if (distance > 1 && c >= ranges[i].first + distance && c <= ranges[i].last + distance)
            return c - distance;
        if (distance == 1 && c >= ranges[i].first && c <= ranges[i].last)
            return (c - ranges[i].first) % 2 == 1 ? c - 1 : c;
    }
    for (size_t i = 0; i < BRV_COUNT(singles); i++) {
        if (c == singles[i].lower)
            return singles[i].upper;
    }
    return c;
}

// What of a word keeps together without being a letter: marks, joiners, soft hyphens, apostrophes.
static bool is_within_word(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x00AD || c == 0x200C || c == 0x200D || c == 0x2060 ||
           (c >= 0x0300 && c <= 0x036F) || (c >= 0xFE00 && c <= 0xFE0F);
}

// Letters and digits; outside of Latin and punctuation everything counts as one.
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return brv_is_alnum((char)c);
    if (c < 0xC0)
        return c == 0xAA || c == 0xB2 || c == 0xB3 || c == 0xB5 || c == 0xB9 || c == 0xBA ||
               (c >= 0xBC && c <= 0xBE);
    return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x3000 && c <= 0x303F);
}

// The character after the one in hand; 0 at the end.
static uint32_t next_of(const struct casing *casing)
{
    size_t at = casing->at;
    return at < casing->text.len ? brv_utf8_next(casing->text, &at) : 0;
}

static bool is_at_word_end(const struct casing *casing)
{
    for (size_t at = casing->at; at < casing->text.len;) {
        uint32_t c = brv_utf8_next(casing->text, &at);
        if (!is_within_word(c))
            return !is_letter(c);
    }
    return true;
}

// ---- lower case

static bool lower_lithuanian(struct casing *casing, uint32_t c)
{
    // The dot stays visible below an accent.
    static const uint32_t accented[][2] = { { 0x00CC, GRAVE },
                                            { 0x00CD, ACUTE },
                                            { 0x0128, TILDE } };
    for (size_t i = 0; i < BRV_COUNT(accented); i++) {
        if (c == accented[i][0]) {
            brv_buf_add_cstr(&casing->out, "i\u0307");
            brv_buf_add_codepoint(&casing->out, accented[i][1]);
            return true;
        }
    }
    uint32_t next = next_of(casing);
    if ((c != 'I' && c != 'J' && c != 0x012E) || (next != GRAVE && next != ACUTE && next != TILDE))
        return false;
    brv_buf_add_codepoint(&casing->out, to_lower(c));
    brv_buf_add_codepoint(&casing->out, DOT_ABOVE);
    return true;
}

static void add_lower(struct casing *casing, uint32_t c)
{
    bool is_turkic = casing->language == CASE_TURKIC;
    if (casing->language == CASE_LITHUANIAN && lower_lithuanian(casing, c))
        return;
    if (c == 0x0130) // İ
        brv_buf_add_cstr(&casing->out, is_turkic ? "i" : "i\u0307");
    else if (c == 'I' && is_turkic)
        brv_buf_add_cstr(&casing->out, "\u0131");
    else if (c == CAPITAL_SIGMA && casing->previous && is_at_word_end(casing))
        brv_buf_add_codepoint(&casing->out, FINAL_SIGMA);
    else
        brv_buf_add_codepoint(&casing->out, to_lower(c));
}

// ---- upper case

// Greek capitals lose the tonos; the iota or upsilon after one gets a diaeresis, so that the two
// are not read as one sound. The word ή keeps it, to be told from the article.
static bool upper_greek(struct casing *casing, uint32_t c)
{
    bool follows_tonos = casing->is_after_tonos;
    casing->is_after_tonos = false;
    if (c == ETA_WITH_TONOS && !casing->previous && is_at_word_end(casing))
        return false;
    for (size_t i = 0; i < BRV_COUNT(greek_vowels); i++) {
        if (c == greek_vowels[i].lower || c == greek_vowels[i].capital) {
            brv_buf_add_codepoint(&casing->out, greek_vowels[i].bare);
            casing->is_after_tonos = true;
            return true;
        }
    }
    if (follows_tonos && (c == 0x03B9 || c == 0x0399 || c == 0x03C5 || c == 0x03A5)) {
        brv_buf_add_codepoint(&casing->out, c == 0x03B9 || c == 0x0399 ? 0x03AA : 0x03AB);
        return true;
    }
    bool is_greek = casing->previous >= 0x0370 && casing->previous < 0x0400;
    casing->is_after_tonos = c == ACUTE && is_greek;
    return casing->is_after_tonos;
}

static bool upper_by_language(struct casing *casing, uint32_t c)
{
    switch (casing->language) {
    case CASE_TURKIC:
        if (c != 'i')
            return false;
        brv_buf_add_cstr(&casing->out, "\u0130");
        return true;
    case CASE_LITHUANIAN: // a dot that was written is that of the small letter
        return c == DOT_ABOVE &&
               (casing->previous == 'i' || casing->previous == 'j' || casing->previous == 0x012F);
    case CASE_GREEK:
        return upper_greek(casing, c);
    case CASE_DUTCH:
    case CASE_ANY:
        return false;
    }
    return false;
}

static bool add_special(struct casing *casing, uint32_t c, bool is_title)
{
    for (size_t i = 0; i < BRV_COUNT(specials); i++) {
        if (c == specials[i].letter) {
            brv_buf_add_cstr(&casing->out, is_title ? specials[i].title : specials[i].upper);
            return true;
        }
    }
    return false;
}

static void add_upper(struct casing *casing, uint32_t c)
{
    if (!upper_by_language(casing, c) && !add_special(casing, c, false))
        brv_buf_add_codepoint(&casing->out, to_upper(c));
}

// The first letter of a word; in Dutch, ij is one.
static void add_title(struct casing *casing, uint32_t c)
{
    if (casing->language == CASE_DUTCH && (c == 'i' || c == 'I') && next_of(casing) == 'j') {
        brv_buf_add_cstr(&casing->out, "IJ");
        casing->at++;
    } else if (casing->language == CASE_TURKIC && c == 'i') {
        brv_buf_add_cstr(&casing->out, "\u0130");
    } else if (!add_special(casing, c, true)) {
        brv_buf_add_codepoint(&casing->out, to_upper(c));
    }
}

brv_str brv_text_transformed(struct brv_arena *arena, brv_str text, enum brv_text_transform how,
                             brv_str lang)
{
    if (how == BRV_TRANSFORM_NONE)
        return text;
    struct casing casing = { .text = text, .language = language_of(lang) };
    while (casing.at < text.len) {
        uint32_t c = brv_utf8_next(text, &casing.at);
        if (how == BRV_TRANSFORM_UPPERCASE)
            add_upper(&casing, c);
        else if (how == BRV_TRANSFORM_LOWERCASE)
            add_lower(&casing, c);
        else if (!casing.previous && is_letter(c))
            add_title(&casing, c);
        else
            brv_buf_add_codepoint(&casing.out, c);
        if (!is_within_word(c))
            casing.previous = is_letter(c) ? c : 0;
    }
    brv_str result = brv_arena_str(arena, brv_buf_str(&casing.out));
    brv_buf_deinit(&casing.out);
    return result;
}
