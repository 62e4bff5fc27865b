// Brevier — tests of Markdown that is no document: text of its own, without a source or outside it.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "load/load.h"

static brv_str parse(struct fixture *fixture, const struct brv_source *source, brv_str text,
                     bool with_places)
{
    struct brv_node *root = brv_markdown_parse(fixture->arena, source, text, NULL, &fixture->sink);
    assert_int_equal(brv_tree_check(root, 100, BRV_CODE_INTERNAL, &fixture->sink), BRV_OK);
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    brv_tree_dump(root, with_places, buf);
    return brv_buf_str(buf);
}

static void test_without_source(void **state)
{
    struct fixture *fixture = *state;
    assert_str(parse(fixture, NULL, BRV_S("a *b*[^n]\n\n[^n]: note"), true),
               "div\n  p\n    \"a \"\n    em\n      \"b\"\n    footnote id=\"fn:1\"\n      p\n"
               "        \"note\"\n");
    assert_str(parse(fixture, NULL, (brv_str){ 0 }, true), "div\n");
    assert_str(parse(fixture, NULL, BRV_S("\n \n"), true), "div\n");
    assert_null(fixture->sink.first);
}

static void test_places(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_source *source =
        brv_source_new(fixture->arena, BRV_S("s"), BRV_S("skip\n- *x*\n"));
    brv_str inside = brv_str_slice(source->text, 5, source->text.len);
    assert_str(parse(fixture, source, inside, true),
               "div @2:1\n  ul @2:4\n    li @2:4\n      em @2:4\n        \"x\" @2:4\n");
    assert_str(parse(fixture, source, BRV_S("x"), true), "div\n  p\n    \"x\"\n");
    // Dashes put in for md4c move no place.
    source = brv_source_new(fixture->arena, BRV_S("s"), BRV_S("|a|b|\n|-|-|\n|c|*d*|\n\n^[e]"));
    assert_str(
        parse(fixture, source, source->text, true),
        "div @1:1\n  table @1:2\n    thead @1:2\n      tr @1:2\n        th @1:2\n"
        "          \"a\" @1:2\n        th @1:4\n          \"b\" @1:4\n    tbody @3:2\n"
        "      tr @3:2\n        td @3:2\n          \"c\" @3:2\n        td @3:5\n"
        "          em @3:5\n            \"d\" @3:5\n  p @5:3\n    footnote id=\"fn:1\" @5:3\n"
        "      p @5:3\n        \"e\" @5:3\n");
}

// A picture without a description has its place, too, even when text before it ended long ago.
static void test_places_of_pictures(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_source *source = brv_source_new(
        fixture->arena, BRV_S("s"), BRV_S("a\n\n![](b.png)\n\n- ![][c] ![d](e)\n\n[c]: f"));
    assert_str(parse(fixture, source, source->text, true),
               "div @1:1\n  p @1:1\n    \"a\" @1:1\n  p @3:1\n"
               "    img src=\"b.png\" alt=\"\" @3:1\n  ul @5:3\n    li @5:3\n"
               "      img src=\"f\" alt=\"\" @5:3\n      \" \" @5:9\n"
               "      img src=\"e\" alt=\"d\" @5:12\n");
}

// Each row: text and what it comes to, a case of CommonMark or of an extension.
static void test_cases(void **state)
{
    struct fixture *fixture = *state;
    static const char *const cases[][2] = {
        { "a\nb", "div\n  p\n    \"a b\"\n" },
        { "a  \nb", "div\n  p\n    \"a\"\n    br\n    \"b\"\n" },
        { "a\\\nb", "div\n  p\n    \"a\"\n    br\n    \"b\"\n" },
        { "``a`b``", "div\n  p\n    code\n      \"a`b\"\n" },
        { "*a **b** c*",
          "div\n  p\n    em\n      \"a \"\n      strong\n        \"b\"\n      \" c\"\n" },
        { "a*b*c_d_e", "div\n  p\n    \"a\"\n    em\n      \"b\"\n    \"c_d_e\"\n" },
        // What follows a link without a space is no part of its target.
        { "[a](http://b)c*d*",
          "div\n  p\n    a href=\"http://b\"\n      \"a\"\n    \"c\"\n    em\n      \"d\"\n" },
        { "[a]( https://b?c&d \"e\")*f*",
          "div\n  p\n    a href=\"https://b?c&d\" title=\"e\"\n      \"a\"\n    em\n      "
          "\"f\"\n" },
        { "`[a](http://b)`", "div\n  p\n    code\n      \"[a](http://b)\"\n" },
        { "&lt;&#x41;&Auml;&madeup;", "div\n  p\n    \"<AÄ&madeup;\"\n" },
        { "\\&lt; \\a", "div\n  p\n    \"&lt; \\\\a\"\n" },
        { "~~x~~", "div\n  p\n    del\n      \"x\"\n" },
        { "***\n---", "div\n  hr\n  hr\n" },
        { "    a\n\n    b", "div\n  pre\n    code\n      \"a\\n\\nb\"\n" },
        { "```\n```", "div\n  pre\n    code\n" },
        { "~~~ sh\nx\n~~~", "div\n  pre\n    code class=\"language-sh\"\n      \"x\"\n" },
        { "> a\nb", "div\n  blockquote\n    p\n      \"a b\"\n" },
        { "- a\n\n- b",
          "div\n  ul\n    li\n      p\n        \"a\"\n    li\n      p\n        \"b\"\n" },
        { "- a\n  - b", "div\n  ul\n    li\n      \"a\"\n      ul\n        li\n          \"b\"\n" },
        { "2) a", "div\n  ol start=\"2\"\n    li\n      \"a\"\n" },
        { "- [X] a", "div\n  ul\n    li data-task=\"done\"\n      \"a\"\n" },
        { "|a|\n|:-:|",
          "div\n  table\n    thead\n      tr\n        th data-align=\"center\"\n          "
          "\"a\"\n" },
        { "|a|b|\n|---|---|\n| | | x | y |\n",
          "div\n  table\n    thead\n      tr\n        th\n          \"a\"\n        th\n"
          "          \"b\"\n    tbody\n      tr\n        td\n        td\n"
          "          \"| x | y\"\n" },
        { "|a|\n| - |\n| `b|c` |\n|",
          "div\n  table\n    thead\n      tr\n        th\n          \"a\"\n    tbody\n      tr\n"
          "        td\n          code\n            \"b|c\"\n      tr\n        td\n" },
        { "a|b\n-|-:\n1|2\n\n|c|\n|:-|",
          "div\n  table\n    thead\n      tr\n        th\n          \"a\"\n"
          "        th data-align=\"right\"\n          \"b\"\n    tbody\n      tr\n        td\n"
          "          \"1\"\n        td data-align=\"right\"\n          \"2\"\n"
          "  table\n    thead\n      tr\n        th data-align=\"left\"\n          \"c\"\n" },
        { "|-|-|\none\n\n    |-|\n\n|-|:|\n", // no tables
          "div\n  p\n    \"|-|-| one\"\n  pre\n    code\n      \"|-|\"\n  p\n"
          "    \"|-|:|\"\n" },
        { "x[^a]\n\n[^a]: |t|\n    |-|\n    |*u*|\n",
          "div\n  p\n    \"x\"\n    footnote id=\"fn:1\"\n      table\n        thead\n"
          "          tr\n            th\n              \"t\"\n        tbody\n          tr\n"
          "            td\n              em\n                \"u\"\n" },
        { "[^z]a[^why] b[^why]\n\n[^z]: y\n\n[^why]: because",
          "div\n  p\n    footnote id=\"fn:1\"\n      p\n        \"y\"\n    \"a\"\n"
          "    footnote id=\"fn:2\"\n      p\n        \"because\"\n    \" b\"\n    sup "
          "class=\"footnote-ref\"\n"
          "      a href=\"#fn:2\"\n        \"2\"\n" },
        { "[a]( <http://x.y/p q> 't' )",
          "div\n  p\n    a href=\"http://x.y/p q\" title=\"t\"\n      \"a\"\n" },
        { "[a&amp;b](http://x.y/?a&amp;b)",
          "div\n  p\n    a href=\"http://x.y/?a&b\"\n      \"a&b\"\n" },
        { "![a](x.png 'b *c*')",
          "div\n  figure\n    img src=\"x.png\" alt=\"a\"\n    figcaption\n      \"b *c*\"\n" },
        { "![a](x.png 'b').",
          "div\n  p\n    img src=\"x.png\" title=\"b\" alt=\"a\"\n    \".\"\n" },
        { "![a **b**](x.png)", "div\n  p\n    img src=\"x.png\" alt=\"a b\"\n" },
        { "a^[b] [^c]",
          "div\n  p\n    \"a\"\n    footnote id=\"fn:1\"\n      p\n        \"b\"\n"
          "    \" [^c]\"\n" },
        { "^[a", "div\n  p\n    \"^[a\"\n" },
        { "\\^[a] \\[^b]", "div\n  p\n    \"^[a] [^b]\"\n" },
        { "<i>x</i>", "div\n  p\n    \"<i>x</i>\"\n" },
        { "http://a.b~~#~~", "div\n  p\n    a href=\"http://a.b~~#\"\n      \"http://a.b~~#\"\n" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        assert_str(parse(fixture, NULL, brv_str_from_cstr(cases[i][0]), false), cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_without_source),
                                        TEST(test_places),
                                        TEST(test_places_of_pictures),
                                        TEST(test_cases) };
    return cmocka_run_group_tests_name("load_markdown", tests, NULL, NULL);
}
