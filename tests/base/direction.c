// Brevier — tests of directions of letters, languages and paragraphs.
// SPDX-License-Identifier: MIT
#include "base/direction.h"
#include "base/utf8.h"
#include "harness.h"

static void test_letters(void **state)
{
    (void)state;
    static const struct {
        uint32_t codepoint;
        enum brv_bidi bidi;
    } cases[] = {
        { 'a', BRV_BIDI_LTR },         { '7', BRV_BIDI_NUMBER },     { '-', BRV_BIDI_NEUTRAL },
        { 0xA0, BRV_BIDI_NEUTRAL },    { 0xE9, BRV_BIDI_LTR },       { 0x0301, BRV_BIDI_NEUTRAL },
        { 0x03B1, BRV_BIDI_LTR },      { 0x05B0, BRV_BIDI_NEUTRAL }, { 0x05D0, BRV_BIDI_RTL },
        { 0x0627, BRV_BIDI_RTL },      { 0x060C, BRV_BIDI_NEUTRAL }, { 0x0661, BRV_BIDI_NEUTRAL },
        { 0x06F1, BRV_BIDI_NEUTRAL },  { 0x0710, BRV_BIDI_RTL },     { 0x0939, BRV_BIDI_LTR },
        { 0x200E, BRV_BIDI_LTR },      { 0x200F, BRV_BIDI_RTL },     { 0x2014, BRV_BIDI_NEUTRAL },
        { 0x20AC, BRV_BIDI_NEUTRAL },  { 0x3042, BRV_BIDI_LTR },     { 0x4E00, BRV_BIDI_LTR },
        { 0xFB1D, BRV_BIDI_RTL },      { 0xFEFC, BRV_BIDI_RTL },     { 0x1E900, BRV_BIDI_RTL },
        { 0x1F600, BRV_BIDI_NEUTRAL },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        if (brv_bidi_of(cases[i].codepoint) != cases[i].bidi)
            fail_msg("U+%04X is not %d", (unsigned)cases[i].codepoint, (int)cases[i].bidi);
}

static void test_languages(void **state)
{
    (void)state;
    static const char *const rtl[] = { "ar",  "AR-eg",   "he",         "iw",     "fa-IR",
                                       "ckb", "az-Arab", "pa-arab-PK", "ks-Arab" };
    static const char *const ltr[] = { "",        "en",      "a",       "are",    "hel",
                                       "ar-Latn", "ku-Latn", "en-1994", "hy-arev" };
    for (size_t i = 0; i < BRV_COUNT(rtl); i++)
        if (!brv_lang_is_rtl(brv_str_from_cstr(rtl[i])))
            fail_msg("\"%s\" is written from right to left", rtl[i]);
    for (size_t i = 0; i < BRV_COUNT(ltr); i++)
        if (brv_lang_is_rtl(brv_str_from_cstr(ltr[i])))
            fail_msg("\"%s\" is written from left to right", ltr[i]);
}

static void test_paragraphs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_rtl, is_rtl_in_arabic;
    } cases[] = {
        { "", false, false },
        { "17 + 4", false, false },
        { "APT-29 only", false, false },
        { "APT-29 مجموعة", false, true },
        { "2024 كان", true, true },
        { "«عام» word", true, true },
        { "اسم", true, true },
    };
    for (size_t i = 0; i < 2 * BRV_COUNT(cases); i++) {
        brv_str text = brv_str_from_cstr(cases[i / 2].text);
        bool want = i % 2 ? cases[i / 2].is_rtl_in_arabic : cases[i / 2].is_rtl;
        struct brv_base base = { .is_rtl_language = i % 2 };
        for (size_t at = 0; at < text.len;)
            if (brv_base_see(&base, brv_utf8_next(text, &at)))
                break;
        if (brv_base_is_rtl(&base) != want)
            fail_msg("\"%s\" in %s", cases[i / 2].text, i % 2 ? "Arabic" : "English");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_letters),
        TEST(test_languages),
        TEST(test_paragraphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
