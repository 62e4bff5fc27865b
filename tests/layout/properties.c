// Brevier — properties that every document keeps: nothing leaves the page, all words stand in
// order, the same input gives the same pages. Documents are made from random pieces of many
// scripts.
// SPDX-License-Identifier: MIT
#include "rig.h"

static const char *const pieces[] = {
    "🇩🇪🇫🇷",
    "👍🏽",
    "word",
    "longer",
    "indicator",
    "https://example.org/a/very/long/path?with=query&and=more",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855e3b0c44298fc1c149afbf4c8996f",
    "Ελλάδα",
    "Россия",
    "שלום",
    "مرحبا",
    "नमस्ते",
    "中文字符没有空格",
    "カタカナ",
    "한국어",
    "ไทย",
    "👩‍💻",
    "e\u0301",
    "**bold**",
    "*italic*",
    "`code`",
    "[link](https://example.org)",
    "a-b-c",
    "1,234.5",
    "(x)",
    "—",
    "\u00ADsoft\u00ADhyphen",
    "\u200B",
    "fi",
    "WAVE",
};
static const char *const joints[] = { " ",       " ",        " ",      " ",       "\n",
                                      "\n\n",    "",         "\n\n- ", "\n\n1. ", "\n\n> ",
                                      "\n\n## ", "\n\n    ", "  \n" };

static brv_str random_markdown(struct fixture *fixture, uint64_t seed, size_t count)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < count; i++) {
        brv_buf_add_cstr(out, pieces[random_next(&seed) % BRV_COUNT(pieces)]);
        brv_buf_add_cstr(out, joints[random_next(&seed) % BRV_COUNT(joints)]);
    }
    return brv_buf_str(out);
}

static const char *const sheets[] = {
    "",
    "p { text-align: justify; text-indent: 12pt } code { padding: 0 2pt; background: #eee }",
    "p { letter-spacing: 0.5pt; font-size: 8pt } blockquote { border: 1pt solid; padding: 3pt }",
    "p { orphans: 4; widows: 4 } h2 { text-transform: none; font-variant-caps: small-caps }",
};

static void test_random_documents(void **state)
{
    struct fixture *fixture = *state;
    for (uint64_t seed = 1; seed <= 24; seed++) {
        struct brv_node *article = rig_article(fixture, random_markdown(fixture, seed * 77, 150));
        struct brv_pages *pages = rig_layout(fixture, article, sheets[seed % BRV_COUNT(sheets)]);
        rig_check(fixture, pages, article);
    }
}

static void test_same_input_same_pages(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = random_markdown(fixture, 4711, 400);
    struct brv_buf *dumps[2];
    for (size_t i = 0; i < 2; i++) {
        dumps[i] = brv_buf_new_in(fixture->arena);
        brv_pages_dump(rig_markdown(fixture, text, sheets[1]), dumps[i]);
    }
    assert_true(brv_str_equal(brv_buf_str(dumps[0]), brv_buf_str(dumps[1])));
    assert_true(dumps[0]->len > 1000);
}

static void test_narrow_measures(void **state)
{
    struct fixture *fixture = *state;
    static const char *const narrow[] = { "article { width: 1pt }",
                                          "article { padding: 0 150pt }",
                                          "@page { size: 60pt 60pt; margin: 40pt }",
                                          "article { font-size: 90pt; line-height: 1 }" };
    for (size_t i = 0; i < BRV_COUNT(narrow); i++) {
        struct brv_pages *pages = rig_markdown(
            fixture,
            BRV_S("Some **words** of text\n\n- in a list\n\n| a | b |\n|---|---|\n| c | d |\n"),
            narrow[i]);
        brv_str text = rig_text(fixture, pages, false);
        assert_true(brv_str_find_byte(text, 0, 'd') < text.len);
    }
}

static void test_long_paragraph_is_linear(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < 60000; i++) {
        brv_buf_add_cstr(text, i % 3 == 0 ? "x\u200B" : "word ");
    }
    brv_buf_add_repeated(text, 'a', 100000);
    struct brv_pages *pages = rig_markdown(fixture, brv_buf_str(text), "");
    assert_true(pages->page_count > 50);
}

// Characters without width, marks without letters, letters without words.
static void test_hostile_text_is_linear(void **state)
{
    struct fixture *fixture = *state;
    static const char *const hostile[] = { "\u200B", "\u0301", "\u00AD", "א a ", "\u200D", "x\t" };
    for (size_t i = 0; i < BRV_COUNT(hostile); i++) {
        struct brv_node *article = rig_article(fixture, BRV_S(""));
        struct brv_node *p = brv_node_new(fixture->arena, BRV_KIND_P, brv_span_none());
        brv_node_append(article, p);
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (size_t k = 0; k < 50000; k++) {
            brv_buf_add_cstr(text, hostile[i]);
        }
        brv_buf_add_byte(text, 'z');
        brv_node_append(p, brv_node_new_text(fixture->arena, brv_buf_str(text), brv_span_none()));
        struct brv_pages *pages = rig_layout(fixture, article, "");
        assert_true(brv_str_ends_with(rig_text(fixture, pages, false), BRV_S("z")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_random_documents),       TEST(test_same_input_same_pages),
        TEST(test_narrow_measures),        TEST(test_long_paragraph_is_linear),
        TEST(test_hostile_text_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
