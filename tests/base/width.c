// Brevier — tests of column widths.
// SPDX-License-Identifier: MIT
#include "base/width.h"
#include "base/utf8.h"
#include "harness.h"

static void test_codepoints(void **state)
{
    (void)state;
    static const struct {
        uint32_t codepoint;
        int width;
    } cases[] = {
        { 0, 0 },       { 0x1B, 0 },    { ' ', 1 },     { '~', 1 },     { 0x7F, 0 },
        { 0xA0, 1 },    { 0xAD, 1 },    { 0xE9, 1 },    { 0x0301, 0 },  { 0x0600, 1 },
        { 0x061C, 0 },  { 0x0903, 1 },  { 0x094D, 0 },  { 0x1100, 2 },  { 0x1160, 0 },
        { 0x11FF, 0 },  { 0x200B, 0 },  { 0x200D, 0 },  { 0x202E, 0 },  { 0x20AC, 1 },
        { 0x20DD, 0 },  { 0x2026, 1 },  { 0x231A, 2 },  { 0x3000, 2 },  { 0x3042, 2 },
        { 0x302A, 0 },  { 0x4E00, 2 },  { 0xAC00, 2 },  { 0xD7B0, 0 },  { 0xFE0F, 0 },
        { 0xFEFF, 0 },  { 0xFF21, 2 },  { 0xFF71, 1 },  { 0xFFE9, 1 },  { 0xFFFD, 1 },
        { 0x1F1E6, 1 }, { 0x1F321, 1 }, { 0x1F600, 2 }, { 0x1FAE8, 2 }, { 0x20000, 2 },
        { 0x2FFFD, 2 }, { 0xE0001, 0 }, { 0xE0100, 0 }, { 0xF0000, 1 }, { 0x10FFFF, 1 },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        if (brv_codepoint_width(cases[i].codepoint) != cases[i].width)
            fail_msg("U+%04X is not %d", (unsigned)cases[i].codepoint, cases[i].width);
}

static void test_strings(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {
        { "", 0 },
        { "plain", 5 },
        { "e\xCC\x81t\xC3\xA9", 3 },                               // e + acute, t, é
        { "\xE6\xBC\xA2\xE5\xAD\x97", 4 },                         // two ideographs
        { "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 2 },             // conjoining Hangul
        { "\xE2\x9C\x94", 1 },                                     // check mark as text
        { "\xE2\x9C\x94\xEF\xB8\x8F", 2 },                         // … as emoji
        { "1\xEF\xB8\x8F\xE2\x83\xA3", 2 },                        // keycap
        { "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", 2 },                 // thumb with skin tone
        { "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", 2 },     // woman ZWJ laptop
        { "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", 2 },                 // one flag
        { "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA\xF0\x9F\x87\xAB", 3 }, // … and half of another
        { "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 4 },                 // two faces
        { "a\xF0\x9F\x8F\xBD", 3 },                                // no emoji before the tone
        { "\xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7", 2 },             // ka virama ssa
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        if (brv_str_width(brv_str_from_cstr(cases[i].text)) != cases[i].width)
            fail_msg("case %zu is not %zu", i, cases[i].width);
}

// Clusters cut a text without loss, whatever it is.
static void test_clusters__cover_the_text(void **state)
{
    (void)state;
    uint64_t seed = 11;
    static const uint32_t alphabet[] = { 'a',     0x301,  0x200D, 0xFE0F, 0x1F1E6, 0x1F3FB,
                                         0x1F600, 0x4E00, 0x1160, '\n',   0x202E };
    for (int turn = 0; turn < 5000; turn++) {
        char bytes[64];
        size_t len = 0;
        while (len < 60)
            len += brv_utf8_encode(alphabet[random_next(&seed) % BRV_COUNT(alphabet)], bytes + len);
        brv_str s = { bytes, len };
        size_t sum = 0;
        for (size_t at = 0; at < s.len;) {
            size_t before = at;
            int width = brv_cluster_width(s, &at);
            assert_true(at > before && at <= s.len);
            assert_in_range(width, 0, 2);
            sum += (size_t)width;
        }
        assert_int_equal(sum, brv_str_width(s));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_codepoints),
        TEST(test_strings),
        TEST(test_clusters__cover_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
