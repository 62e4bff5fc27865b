// Brevier — where computed values come from.
// SPDX-License-Identifier: MIT
#include "tree.h"

static struct brv_styled *traced(struct fixture *fixture, const char *css, const char *tree,
                                 enum brv_media media)
{
    return brv_style_tree_traced(fixture->arena,
                                 sheets_from(fixture, css),
                                 media,
                                 tree_from(fixture->arena, tree),
                                 &fixture->sink);
}

// The lines that the element with an id has, up to the first of another node.
static brv_str explained(struct fixture *fixture, const struct brv_styled *root, const char *id)
{
    struct brv_styled alone = *styled_by_id(root, id);
    alone.first = NULL;
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_styled_explain(&alone, out);
    return brv_buf_str(out);
}

static void sources(void **state)
{
    static const struct {
        const char *css;
        const char *want; // a line of the paragraph; "!…": a property that no line is about
    } rows[] = {
        { "p { color: red }", "color: #ff0000  <- test.css:1" },
        { "p { color: red }\n\np { color: blue }", "color: #0000ff  <- test.css:3" },
        { "p {\n  color: red !important;\n}\np { color: blue }", "color: #ff0000  <- test.css:2" },
        { "#p { color: red }\np { color: blue }", "color: #ff0000  <- test.css:1" },
        { "@layer a { #p { color: red } }\np { color: blue }", "color: #0000ff  <- test.css:2" },
        { "article { color: red }", "color: #ff0000  <- test.css:1 on article" },
        { "article { color: red }\nsection { color: blue }",
          "color: #0000ff  <- test.css:2 on section.s" },
        { "section { color: red }\np { color: inherit }",
          "color: #ff0000  <- test.css:1 on section.s" },
        { "section { color: red }\np { color: unset }",
          "color: #ff0000  <- test.css:1 on section.s" },
        { "section { color: red }\np { color: initial }", "color: #000000  <- test.css:2" },
        { "section { padding: 3pt }\np { padding: inherit }",
          "padding-left: 3pt  <- test.css:1 on section.s" },
        { "section { padding: 3pt }", "!padding-left" },
        { "p { padding: 3pt }\np { padding-left: unset }", "padding-left: 0pt  <- test.css:2" },
        { "p { padding: 3pt }\np { padding-left: 0 }", "padding-left: 0pt  <- test.css:2" },
        { "section { display: contents; color: red }",
          "color: #ff0000  <- test.css:1 on section.s" },
        { ":root { --a: red }\np { color: var(--a) }", "color: #ff0000  <- test.css:2" },
        { "p { border: 1pt solid red }", "border-left-color: #ff0000  <- test.css:1" },
        { "p { display: inline }\np { display: revert }", "display: block  <- <built-in>:" },
        { "p { color: red }\np { color: revert }", "!color" },
        { "@media text { p { color: blue } }", "!color" },
        { "em { color: red }", "!color" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        const struct brv_styled *root =
            traced(fixture, rows[i].css, "article { section.s { p#p 'x' } }", BRV_MEDIA_PDF);
        brv_str got = explained(fixture, root, "p");
        bool is_absent = rows[i].want[0] == '!';
        brv_str want = brv_arena_printf(
            fixture->arena, "\n    %s%s", rows[i].want + is_absent, is_absent ? ":" : "");
        if ((brv_str_find(got, 0, want) < got.len) == is_absent)
            fail_msg("%s\n%.*s\ngives\n%.*s", rows[i].css, BRV_STR_ARG(want), BRV_STR_ARG(got));
    }
}

// Elements that share a style through the cache still know their own parents.
static void shared_styles(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_styled *root =
        traced(fixture,
               ".a { color: red }\n.b { color: red }\n.b em { color: inherit }",
               "article { p.a { strong#one 'x' } p.b { strong#two 'y' } p.b { em#three 'z' } }",
               BRV_MEDIA_PDF);
    const brv_str one = explained(fixture, root, "one");
    const brv_str two = explained(fixture, root, "two");
    const brv_str three = explained(fixture, root, "three");
    assert_ptr_equal(styled_by_id(root, "one")->style, styled_by_id(root, "two")->style);
    assert_true(brv_str_find(one, 0, BRV_S("test.css:1 on p.a")) < one.len);
    assert_true(brv_str_find(two, 0, BRV_S("test.css:2 on p.b")) < two.len);
    assert_true(brv_str_find(three, 0, BRV_S("test.css:2 on p.b")) < three.len);
}

// Tracing changes nothing but the traces.
static void same_tree(void **state)
{
    static const char css[] =
        "p { color: red } li::marker { color: blue } p::before { content: '*' }";
    static const char tree[] = "article { p 'a' ul { li 'b' } section { p 'c' } }";
    struct fixture *fixture = *state;
    struct brv_buf *plain = brv_buf_new_in(fixture->arena);
    struct brv_buf *with = brv_buf_new_in(fixture->arena);
    const struct brv_styled *untraced = brv_style_tree(fixture->arena,
                                                       sheets_from(fixture, css),
                                                       BRV_MEDIA_PDF,
                                                       tree_from(fixture->arena, tree),
                                                       &fixture->sink);
    brv_styled_dump(untraced, plain);
    brv_styled_dump(traced(fixture, css, tree, BRV_MEDIA_PDF), with);
    assert_str(brv_buf_str(with), brv_arena_cstr(fixture->arena, brv_buf_str(plain)));
    assert_null(untraced->trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sources),
        TEST(shared_styles),
        TEST(same_tree),
    };
    return cmocka_run_group_tests_name("style traces", tests, NULL, NULL);
}
