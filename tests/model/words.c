// Brevier — tests of the engine's own words.
// SPDX-License-Identifier: MIT
#include "model/words.h"
#include "harness.h"

static void test_languages(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "en", "Footnote" },  { "de", "Fußnote" }, { "de-AT", "Fußnote" }, { "DE", "Fußnote" },
        { "zh-Hant", "註腳" }, { "zh-CN", "脚注" }, { "del", "Footnote" },  { "d", "Footnote" },
        { "tlh", "Footnote" }, { "", "Footnote" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        const struct brv_words *words = brv_words_of(brv_str_from_cstr(cases[i][0]));
        assert_string_equal(words->footnote, cases[i][1]);
        assert_true(words->contents[0] && words->figures[0] && words->tables[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_languages) };
    return cmocka_run_group_tests_name("model_words", tests, NULL, NULL);
}
