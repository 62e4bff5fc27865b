// Brevier — tests of slugs.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "harness.h"
#include "model/document.h"

static void test_slugs(void **state)
{
    struct fixture *fixture = *state;
    static const char *const cases[][2] = {
        { "Key Details", "key-details" },
        { "  --Hyperscalers & AI Firms:  ", "hyperscalers-ai-firms" },
        { "What's new?", "whats-new" },
        { "What’s new?", "whats-new" },
        { "CVE-2025-1234", "cve-2025-1234" },
        { "Ärger über Öl", "ärger-über-öl" },
        { "ŻÓŁĆ Šiška ŐŰ", "żółć-šiška-őű" },
        { "ΈΝΑ Ώρα", "ένα-ώρα" },
        { "Сводка ЁЖ", "сводка-ёж" },
        { "ملخص، تنفيذي", "ملخص-تنفيذي" },
        { "कार्यकारी सारांश", "कार्यकारी-सारांश" },
        { "执行摘要：重点", "执行摘要-重点" },
        { "🚨 Alert 🚨", "alert" },
        { "…—!", "section" },
        { "", "section" },
        { "Tiếng VIỆT", "tiếng-việt" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        assert_str(brv_slug(fixture->arena, brv_str_from_cstr(cases[i][0])), cases[i][1]);
    }
}

static void test_length(void **state)
{
    struct fixture *fixture = *state;
    char text[400];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = i % 5 == 4 ? ' ' : 'x';
    }
    brv_str slug = brv_slug(fixture->arena, (brv_str){ text, sizeof text });
    assert_true(brv_utf8_length(slug) <= 64);
    assert_true(slug.ptr[slug.len - 1] != '-');
}

// A slug is its own slug: what follows from a heading is stable.
static void test_idempotent(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        struct brv_buf *buf = brv_buf_new_in(fixture->arena);
        for (int i = 0; i < 12; i++) {
            brv_buf_add_codepoint(buf, (uint32_t)(random_next(&seed) % 0x2000) + 0x20);
        }
        brv_str slug = brv_slug(fixture->arena, brv_buf_str(buf));
        assert_true(slug.len > 0);
        assert_true(brv_str_equal(brv_slug(fixture->arena, slug), slug));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_slugs),
                                        TEST(test_length),
                                        TEST(test_idempotent) };
    return cmocka_run_group_tests_name("model_slug", tests, NULL, NULL);
}
