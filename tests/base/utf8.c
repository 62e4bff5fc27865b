// Brevier — tests of UTF-8 decoding and encoding.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "harness.h"

static void test_encode_and_decode__every_codepoint(void **state)
{
    (void)state;
    for (uint32_t codepoint = 0; codepoint <= 0x110001; codepoint++) {
        bool is_scalar = codepoint <= 0x10FFFF && !(codepoint >= 0xD800 && codepoint <= 0xDFFF);
        uint32_t want = is_scalar ? codepoint : BRV_REPLACEMENT;
        char bytes[4];
        brv_str s = { bytes, brv_utf8_encode(codepoint, bytes) };
        size_t at = 0;
        if (brv_utf8_next(s, &at) != want || at != s.len || !brv_utf8_is_valid(s))
            fail_msg("U+%04X forwards", (unsigned)codepoint);
        if (brv_utf8_previous(s, &at) != want || at != 0)
            fail_msg("U+%04X backwards", (unsigned)codepoint);
    }
}

static void test_next__maximal_subparts(void **state)
{
    (void)state;
    // How many bytes each replacement covers, by the practice of Unicode 3.9.
    static const struct {
        const char *bytes;
        const char *steps;
    } cases[] = {
        { "\x80", "1" },
        { "\xC0\xAF", "11" },           // overlong
        { "\xE0\x9F\xBF", "111" },      // overlong
        { "\xED\xA0\x80", "111" },      // surrogate
        { "\xF4\x90\x80\x80", "1111" }, // beyond U+10FFFF
        { "\xF5\x80", "11" },           // no lead byte
        { "\xE2\x82", "2" },            // cut
        { "\xE2\x82\x41", "21" },       // cut by ASCII
        { "\xF0\x9F\x98", "3" },        // cut
        { "\xF0\x9F\x98\xF0\x9F\x98\x80", "34" },
        { "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", "21321" },
        { "\xE2\x82\xAC\x80", "31" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        brv_str s = brv_str_from_cstr(cases[i].bytes);
        size_t at = 0;
        for (const char *step = cases[i].steps; *step; step++) {
            size_t before = at;
            (void)brv_utf8_next(s, &at);
            assert_int_equal(at - before, *step - '0');
        }
        assert_int_equal(at, s.len);
        assert_int_equal(brv_utf8_length(s), strlen(cases[i].steps));
        assert_false(brv_utf8_is_valid(s));
    }
    assert_true(brv_utf8_is_valid(BRV_S("\xEF\xBF\xBD"))); // U+FFFD written out
}

static void test_previous__agrees_with_next(void **state)
{
    (void)state;
    static const unsigned char alphabet[] = { 'a',  0x80, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0,
                                              0xE2, 0xED, 0xF0, 0xF4, 0xFF, 0x90, 0x00 };
    uint64_t seed = 7;
    for (int turn = 0; turn < 20000; turn++) {
        char bytes[12];
        size_t len = random_next(&seed) % sizeof bytes + 1;
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)alphabet[random_next(&seed) % sizeof alphabet];
        brv_str s = { bytes, len };
        size_t starts[sizeof bytes];
        uint32_t codepoints[sizeof bytes];
        size_t count = 0;
        for (size_t at = 0; at < len; count++) {
            starts[count] = at;
            codepoints[count] = brv_utf8_next(s, &at);
        }
        size_t at = len;
        while (count--) {
            assert_int_equal(brv_utf8_previous(s, &at), codepoints[count]);
            assert_int_equal(at, starts[count]);
        }
    }
}

static void test_skip_plain__every_byte_everywhere(void **state)
{
    (void)state;
    enum { LENGTH = 40 };
    char bytes[LENGTH];
    for (int byte = 0; byte <= UINT8_MAX; byte++) {
        bool is_plain = (byte >= ' ' && byte < 0x7F) || byte == '\t' || byte == '\n';
        for (size_t len = 1; len <= LENGTH; len++) {
            for (size_t place = 0; place < len; place++) {
                memset(bytes, 'a', len);
                bytes[place] = (char)byte;
                brv_str s = { bytes, len };
                assert_int_equal(brv_utf8_skip_plain(s, 0), is_plain ? len : place);
                assert_int_equal(brv_utf8_skip_plain(s, place + 1), len);
            }
        }
    }
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(brv_is_bidi_control(0x202E) && brv_is_bidi_control(0x2066));
    assert_false(brv_is_bidi_control(0x200F) || brv_is_bidi_control(0x2065));
    assert_true(brv_is_noncharacter(0xFDD0) && brv_is_noncharacter(0x10FFFF));
    assert_false(brv_is_noncharacter(0xFDF0) || brv_is_noncharacter(0xFFFD));
    assert_true(brv_is_invisible(0x1B) && brv_is_invisible(0x85) && brv_is_invisible(0x2028));
    assert_false(brv_is_invisible(' ') || brv_is_invisible(0x200D) || brv_is_invisible(0xA0));
}

static void test_skip_word__each_byte_at_each_place(void **state)
{
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++) {
        for (size_t place = 0; place < 20; place++) {
            char bytes[20];
            memset(bytes, 'a', sizeof bytes);
            bytes[place] = (char)byte;
            bytes[19] = (char)0xFF; // what follows does not matter
            bool is_word = byte > ' ' && byte < 0x7F && place < 19;
            brv_str text = { bytes, sizeof bytes };
            assert_int_equal(brv_utf8_skip_word(text, 0), is_word ? 19 : place);
            assert_int_equal(brv_utf8_skip_word(text, sizeof bytes), sizeof bytes);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_encode_and_decode__every_codepoint), TEST(test_next__maximal_subparts),
        TEST(test_skip_word__each_byte_at_each_place), TEST(test_previous__agrees_with_next),
        TEST(test_skip_plain__every_byte_everywhere),  TEST(test_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
