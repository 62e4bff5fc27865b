// Brevier — hostile text: what it costs is measured in memory, at n and at 2n, so that the verdict
// does not depend on the machine; and nothing that was written gets lost.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "load/load.h"

#include <stdio.h>

enum { SIZE = 6000, SLACK_BYTES = 400000 };

struct shape {
    const char *before;
    const char *repeated;
    const char *after;
};

static brv_str repeat(struct fixture *fixture, const struct shape *shape, size_t count)
{
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(buf, shape->before);
    for (size_t i = 0; i < count; i++) {
        brv_buf_add_cstr(buf, shape->repeated);
    }
    brv_buf_add_cstr(buf, shape->after);
    return brv_buf_str(buf);
}

static size_t cost(brv_str bytes)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_document *document = brv_document_load(arena, BRV_S("h"), bytes, NULL, &sink);
    assert_true(document || brv_sink_has_errors(&sink));
    size_t used = brv_arena_used_bytes(arena);
    brv_arena_free(arena);
    return used;
}

static void test_growth(void **state)
{
    struct fixture *fixture = *state;
    static const struct shape shapes[] = {
        { "", ">", "" },
        { "", "> - ", "x" },
        { "", "- ", "" },
        { "", "1. ", "x" },
        { "", "[", "" },
        { "[x]: /u\n\n", "[", "]" },
        { "[x]: /u\n\n", "[a ", "b]" },
        { "[x]: http://a.b\n\n", "[x]\n", "" },
        { "", "![", "" },
        { "", "^[", "" },
        { "", "[^1]", "\n\n[^1]: note\n" },
        { "", "[^1]: note\n", "" },
        { "", "x[^1]\n\n[^1]: [^1]\n\n", "" },
        { "", "**a ", "" },
        { "", "*a _b ", "" },
        { "", "~~a ", "" },
        { "", "`a``", "" },
        { "", "<", "" },
        { "", "<!--", "" },
        { "", "<b>", "" },
        { "", "&amp;", "" },
        { "", "&", "" },
        { "", "\\", "" },
        { "", "http://a.b ", "" },
        { "", "http://a.b~~c~~\n\n", "" },
        { "", "# a\n", "" },
        { "## a-2\n", "## a\n", "" },
        { "", "a\n=\n", "" },
        { "", "***\n", "" },
        { "", "```\n", "" },
        { "", "- k: v\n", "" },
        { "", "|a|b|\n|---|---|\n\n", "" },
        { "|a|b|\n|---|---|\n", "|c|\n", "" },
        { "|", "a|", "\n|" },
        { "", "|-|-|\n", "" },
        { "", "\u202e", "" },
        { "", "\u2066a ", "" },
        { "", "\xff", "" },
        { "", "\r", "" },
        { "{\"a\":", "[", "" },
        { "{\"schema\":\"brevier/analysis-1\",\"sections\":[",
          "{\"heading\":\"a\",\"sections\":[",
          "" },
        { "---\na: ", "{b: ", "" },
        { "---\n", "a: b\n", "---\n" },
    };
    for (size_t i = 0; i < BRV_COUNT(shapes); i++) {
        size_t one = cost(repeat(fixture, &shapes[i], SIZE));
        size_t two = cost(repeat(fixture, &shapes[i], (size_t)2 * SIZE));
        if (two > one * 5 / 2 + SLACK_BYTES) {
            print_message(
                "\"%s\" costs %zu bytes, twice as many %zu\n", shapes[i].repeated, one, two);
        }
        assert_true(two <= one * 5 / 2 + SLACK_BYTES);
    }
}

struct expectation {
    struct shape shape;
    size_t count;
    const char *message;
};

static void test_limits(void **state)
{
    struct fixture *fixture = *state;
    static const struct expectation cases[] = {
        { { "", ">", "a" }, 200, "quotes and lists are nested deeper than 100; shown as text" },
        { { "", "> ", "a" }, 90, "blocks are nested too deeply; shown as preformatted text" },
        { { "", "*a **b ", "c** d*" }, 0, NULL },
        { { "|", "a|", "\n" }, 0, NULL },
        { { "|a|\n|-|\n", "|b|\n", "" },
          10001,
          "table of 1 columns and 10001 rows, at most 200 and 10000 are allowed; shown as text" },
        { { "|a|\n", "|-", "|\n" },
          201,
          "table of 201 columns and 0 rows, at most 200 and 10000 are allowed; shown as text" },
        { { "", "http://a.b ", "" },
          5000,
          "more than 4096 links in one paragraph; the rest is text" },
        { { "", "[", "" },
          40,
          "more than 8192 brackets in one paragraph or 32 open at once; the rest is text" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_sink sink = brv_sink_init(fixture->arena);
        brv_str bytes = repeat(fixture, &cases[i].shape, cases[i].count);
        assert_non_null(brv_document_load(fixture->arena, BRV_S("h"), bytes, NULL, &sink));
        assert_str(sink_message(&sink, 0), cases[i].message ? cases[i].message : "");
        if (sink.first) {
            assert_int_equal(sink.first->code, BRV_CODE_LIMIT);
        }
    }
}

// A target is repeated by each link that names it: allowed up to a point, then text, then no more.
static void test_repeated_targets(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(buf, "[a]: http://a.b/");
    brv_buf_add_repeated(buf, 'u', 100000);
    brv_buf_add_cstr(buf, "\n\n");
    size_t head = buf->len;
    for (int i = 0; i < 40; i++) {
        brv_buf_add_cstr(buf, "[a] ");
    }
    assert_non_null(
        brv_document_load(fixture->arena, BRV_S("h"), brv_buf_str(buf), NULL, &fixture->sink));
    assert_str(sink_message(&fixture->sink, 0),
               "link targets repeat more than 4 times the text; further links are text");
    buf->len = head;
    for (int i = 0; i < 1000; i++) {
        brv_buf_add_cstr(buf, "[a] ");
    }
    struct brv_document *document =
        brv_document_load(fixture->arena, BRV_S("h"), brv_buf_str(buf), NULL, &fixture->sink);
    assert_non_null(document);
    assert_str(
        fixture->sink.last->message,
        "text asks for more table cells or link targets than allowed; shown as preformatted");
    assert_int_equal(document->first->blocks->first->kind, BRV_KIND_PRE);
}

static void test_emphasis_nested_too_deeply(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    for (int i = 0; i < 200; i++) {
        brv_buf_add_cstr(buf, i % 2 ? "_a " : "*a ");
    }
    for (int i = 199; i >= 0; i--) {
        brv_buf_add_cstr(buf, i % 2 ? " b_" : " b*");
    }
    struct brv_document *document =
        brv_document_load(fixture->arena, BRV_S("h"), brv_buf_str(buf), NULL, &fixture->sink);
    assert_non_null(document);
    assert_int_equal(brv_tree_check(document->first->blocks,
                                    85,
                                    BRV_CODE_INTERNAL,
                                    &(struct brv_sink){ .arena = fixture->arena }),
                     BRV_OK);
    brv_str text = brv_node_plain_text(fixture->arena, document->first->blocks);
    assert_true(brv_str_find(text, 0, BRV_S("a a a a a a a a")) < text.len);
    assert_true(brv_sink_has_errors(&fixture->sink));
}

static void test_input_limit(void **state)
{
    struct fixture *fixture = *state;
    struct brv_limits limits = brv_limits_default();
    limits.input_bytes = 4;
    struct brv_load_options options = { .limits = &limits };
    assert_null(
        brv_document_load(fixture->arena, BRV_S("h"), BRV_S("12345"), &options, &fixture->sink));
    assert_str(sink_message(&fixture->sink, 0), "\"h\" has 5 bytes, at most 4 are allowed");
}

// Words with a number each, among pieces of markup that may or may not add up to something: every
// word is somewhere in the loaded document.
static void test_no_word_is_lost(void **state)
{
    struct fixture *fixture = *state;
    static const char *const pieces[] = {
        "# ",
        "## ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "[",
        "]",
        "](http://a.b)",
        "[^1]",
        "\n[^1]: ",
        "^[",
        "\n|a|b|\n|---|---|\n",
        "|",
        "<b>",
        "&amp;",
        "<!--",
        "\u202a",
        "![",
        "~~",
        "--\n",
        "==\n",
        "[x] ",
        "\t",
        "-->\n",
        "Full Report\n",
        "Analysis Summary\n",
        "Incident: ",
        "https://a.b/",
    };
    for (uint64_t round = 1; round <= 1500; round++) {
        uint64_t seed = round * UINT64_C(0xD1B54A32D192ED03);
        struct brv_arena_mark mark = brv_arena_mark(fixture->arena);
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        int words = (int)(random_next(&seed) % 20) + 1;
        for (int i = 0; i < words; i++) {
            for (uint64_t j = random_next(&seed) % 4; j > 0; j--) {
                brv_buf_add_cstr(text, pieces[random_next(&seed) % BRV_COUNT(pieces)]);
            }
            brv_buf_printf(text, "w%dw ", i);
        }
        struct brv_sink sink = brv_sink_init(fixture->arena);
        struct brv_document *document =
            brv_document_load(fixture->arena, BRV_S("h"), brv_buf_str(text), NULL, &sink);
        assert_non_null(document);
        struct brv_buf *json = brv_buf_new_in(fixture->arena);
        brv_document_to_json(document, json);
        for (int i = 0; i < words; i++) {
            char word[16];
            snprintf(word, sizeof word, "w%dw", i);
            brv_str found = brv_buf_str(json);
            if (brv_str_find(found, 0, brv_str_from_cstr(word)) == found.len) {
                print_message(
                    "%s is lost from\n%" BRV_STR_F "\n", word, BRV_STR_ARG(brv_buf_str(text)));
            }
            assert_true(brv_str_find(found, 0, brv_str_from_cstr(word)) < found.len);
        }
        brv_arena_rewind(fixture->arena, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_growth),           TEST(test_limits),
        TEST(test_repeated_targets), TEST(test_emphasis_nested_too_deeply),
        TEST(test_input_limit),      TEST(test_no_word_is_lost),
    };
    return cmocka_run_group_tests_name("load_hostile", tests, NULL, NULL);
}
