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

static brv_str losses_of(struct fixture *fixture, const char *css, enum brv_media media,
                         bool has_pages)
{
    const struct brv_stylesheets *sheets = sheets_from(fixture, css);
    const struct brv_node *tree =
        tree_from(fixture->arena, "article { section { p 'a' em 'b' } ul { li 'c' } }");
    const struct brv_styled *root =
        brv_style_tree_traced(fixture->arena, sheets, media, tree, &fixture->sink);
    struct brv_sink sink = brv_sink_init(fixture->arena);
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_style_report_loss(root, sheets, media, has_pages, &sink);
    for (const struct brv_diag *diag = sink.first; diag; diag = diag->next) {
        struct brv_location at = brv_span_locate(diag->span);
        brv_buf_printf(
            out, "%zu:%zu %" BRV_STR_F "\n", at.line, at.column, BRV_STR_ARG(diag->message));
        assert_int_equal(diag->severity, BRV_NOTE);
    }
    return brv_buf_str(out);
}

static void losses(void **state)
{
    static const struct {
        enum brv_media media;
        const char *css;
        const char *want;
    } rows[] = {
        { BRV_MEDIA_PDF, "p { color: red; border-radius: 2pt; -brv-text-rule: '=' }", "" },
        { BRV_MEDIA_TEXT, "p { color: red }", "1:5 text drops \"color\"\n" },
        // What has no effect cannot be lost: no element, beaten everywhere, the initial value.
        { BRV_MEDIA_TEXT, "table { color: red }", "" },
        { BRV_MEDIA_TEXT, "p { color: red }\np { color: #000 }", "" },
        { BRV_MEDIA_TEXT, "p { color: red }\np { color: blue }", "2:5 text drops \"color\"\n" },
        { BRV_MEDIA_TEXT, "@media pdf { p { color: red } }", "" },
        { BRV_MEDIA_DOCX, "p { letter-spacing: 1pt; -brv-tag: 'P' }", "" },
        { BRV_MEDIA_DOCX,
          "p { widows: 3; word-spacing: 1pt }",
          "1:5 docx approximates \"widows\" (Word knows only two)\n"
          "1:16 docx drops \"word-spacing\"\n" },
        { BRV_MEDIA_DOCX,
          "p { width: 5pt }",
          "1:5 docx drops \"width\" (tables, their cells, images and drawings)\n" },
        // What an output knows only in part is lost by value and element.
        { BRV_MEDIA_DOCX,
          "ul { display: table; width: 50% } li { display: table-cell; width: 5pt }",
          "" },
        { BRV_MEDIA_DOCX,
          "p { font-weight: 700; break-before: page; break-after: avoid; hyphens: none }\n"
          "em { font-weight: 600; font-variant-caps: small-caps; text-decoration: underline }",
          "2:6 docx approximates \"font-weight\" (bold or not)\n" },
        { BRV_MEDIA_DOCX,
          "p::before { content: 'x'; display: block; margin-top: 3pt } p { margin-top: 3pt }",
          "1:43 docx drops \"margin-top\"\n" },
        { BRV_MEDIA_DOCX,
          "p { string-set: a content(), b attr(lang), c \"in \" content() \".\" }\n"
          "em { string-set: c content() \", \" counter(page) }",
          "2:6 docx approximates \"string-set\" (what is not content() with fixed words around it "
          "stays as it first was)\n" },
        { BRV_MEDIA_DOCX,
          "p { font-variant-caps: all-small-caps; break-before: left; white-space: nowrap }\n"
          "em { text-decoration: overline } li { text-decoration: overline underline }",
          "1:5 docx approximates \"font-variant-caps\" (all-small-caps is small-caps)\n"
          "1:40 docx approximates \"break-before\" (left and right are page)\n"
          "1:60 docx approximates \"white-space\" (Word breaks lines in spite of nowrap)\n"
          "2:6 docx drops \"text-decoration\"\n"
          "2:39 docx approximates \"text-decoration\"\n" },
        { BRV_MEDIA_DOCX,
          "p { font: 600 9pt/1 serif }\n"
          "@page { @top-left { content: 'a'; font: bold 9pt/1 serif } }",
          "1:5 docx approximates parts of \"font\"\n" },
        { BRV_MEDIA_DOCX,
          "p { column-count: 2; column-rule: 1pt solid } ul { columns: 2; column-rule: none }",
          "1:22 docx drops parts of \"column-rule\"\n" },
        { BRV_MEDIA_PDF,
          "p { height: 5pt } em { vertical-align: middle } li { vertical-align: sub }",
          "1:5 pdf drops \"height\" (images and drawings)\n"
          "1:24 pdf drops \"vertical-align\" (top, middle, bottom in table cells only)\n" },
        { BRV_MEDIA_TEXT,
          "p { text-align: center; break-inside: avoid; break-after: avoid; border: none;\n"
          "border-color: red; string-set: a content() } ul { text-align: justify; orphans: 3 }",
          "2:51 text approximates \"text-align\" (justify is start)\n" },
        { BRV_MEDIA_DOCX,
          "em { padding: 2pt; border: 1pt solid } p { padding: 2pt }",
          "1:6 docx drops \"padding\"\n" },
        { BRV_MEDIA_TEXT,
          "em::after { content: ', ' counter(x) } p::after { content: ' page ' counter(page) }",
          "1:51 text approximates \"content\" (what holds a page number only where it has "
          "pages)\n" },
        { BRV_MEDIA_TEXT, "p { padding: 1pt }", "1:5 text drops parts of \"padding\"\n" },
        { BRV_MEDIA_TEXT, "p { padding: 0 }", "" },
        { BRV_MEDIA_TEXT, "p { background: red }", "1:5 text drops \"background\"\n" },
        { BRV_MEDIA_TEXT,
          ":root { --a: red } p { border: 1pt solid var(--a) }",
          "1:24 text drops parts of \"border\"\n" },
        { BRV_MEDIA_TEXT,
          "li::marker { color: red } p::before { content: 'x'; color: blue }",
          "1:14 text drops \"color\"\n1:53 text drops \"color\"\n" },
        { BRV_MEDIA_TEXT,
          "em { color: red }\np { color: blue }\n@page, :left { margin: 0 }",
          "1:6 text drops \"color\"\n2:5 text drops \"color\"\n"
          "3:1 text drops \"@page\" (text has no pages)\n" },
        { BRV_MEDIA_DOCX,
          "@page { @top-left { content: 'a' } @left-top { content: 'b' } @top-right-corner {} }",
          "1:48 docx drops \"@left-top\"\n" },
        { BRV_MEDIA_DOCX, "@media pdf { @page { @left-top { content: 'b' } } }", "" },
        // pages of Word: what no header can show, and what only all pages together can have
        { BRV_MEDIA_DOCX,
          "@page { size: a5; margin: 2cm; background: red; @top-left { content: 'a'; color: red } "
          "}",
          "1:32 docx drops \"background\"\n" },
        { BRV_MEDIA_DOCX,
          "@page :first { margin: 2cm; size: a5; @top-left { content: none } }",
          "1:16 docx drops \"margin\"\n1:1 docx drops \"size\"\n" },
        { BRV_MEDIA_DOCX, "@page :blank { margin: 0 }", "1:1 docx drops \"@page :blank\"\n" },
        { BRV_MEDIA_DOCX, "@page wide { size: a4 landscape; @top-left { content: 'a' } }", "" },
        { BRV_MEDIA_DOCX,
          "@page { @top-left { content: 'a'; border: 1pt solid } @top-right { content: 'b';\n"
          "border-top: 1pt solid red } @bottom-center { content: 'c'; background: red } }",
          "2:1 docx drops \"border-top\"\n" },
        { BRV_MEDIA_DOCX,
          "@page { @top-right { content: 'a' leader('.') 'b'; text-align: right; width: 3cm;\n"
          "margin-top: 2pt; padding: 0; word-spacing: 1pt; border-bottom: 1pt solid } }",
          "1:71 docx drops \"width\"\n2:1 docx drops \"margin-top\"\n"
          "2:30 docx drops \"word-spacing\"\n"
          "1:22 docx approximates \"leader()\" (a header has tab stops of its own)\n" },
        { BRV_MEDIA_DOCX,
          "@page { @top-right { content: 'a'; text-align: center } }",
          "1:36 docx drops \"text-align\"\n" },
        { BRV_MEDIA_PDF, "@page :blank { margin: 1cm; @left-top { content: 'b' } }", "" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++)
        assert_str(losses_of(fixture, rows[i].css, rows[i].media, false), rows[i].want);
    // Text with pages has plain lines at the top and the bottom of each.
    assert_str(losses_of(fixture,
                         "@page { margin: 1cm; @top-left { content: 'a'; color: red }\n"
                         "@left-top { content: 'b' } }",
                         BRV_MEDIA_TEXT,
                         true),
               "1:9 text drops \"margin\"\n1:48 text drops \"color\"\n"
               "2:13 text drops \"@left-top\"\n");
    // So have pages with a name; where there are none, what has one stands off.
    static const char named[] = "@page wide { size: a4; @top-left { content: 'a' } }\n"
                                "p { page: wide }";
    assert_str(losses_of(fixture, named, BRV_MEDIA_TEXT, true), "1:1 text drops \"size\"\n");
    assert_str(losses_of(fixture, named, BRV_MEDIA_TEXT, false),
               "2:5 text approximates \"page\" (a wider gap, unless it has pages)\n"
               "1:1 text drops \"@page\" (text has no pages)\n");
}

static void uncovered_rules(void **state)
{
    static const char css[] = "p { color: red }\n"
                              "p > em, #nowhere { color: red }\n"
                              "p > em, p::before { color: red }\n"
                              "@media text { strong { color: red } .late { color: red } }\n"
                              "@media pdf { em.late, em { color: red } p.late { color: red } }\n"
                              "ul li:nth-child(2) { color: red } ul li:nth-child(3) { }\n"
                              "#nowhere { }\n";
    struct fixture *fixture = *state;
    const struct brv_stylesheets *sheets = sheets_from(fixture, css);
    struct brv_coverage *coverage = brv_coverage_new(fixture->arena, sheets);
    struct brv_sink sink = brv_sink_init(fixture->arena);
    brv_coverage_add(coverage,
                     BRV_MEDIA_PDF,
                     tree_from(fixture->arena, "article { p 'a' em 'b' strong 'c' ul { li li } }"));
    brv_coverage_add(coverage, BRV_MEDIA_TEXT, tree_from(fixture->arena, "article { p.late 'a' }"));
    brv_coverage_report(coverage, &sink);
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (const struct brv_diag *diag = sink.first; diag; diag = diag->next)
        brv_buf_printf(out,
                       "%zu %" BRV_STR_F "\n",
                       brv_span_locate(diag->span).line,
                       BRV_STR_ARG(brv_span_text(diag->span)));
    assert_str(brv_buf_str(out),
               "2 p > em, #nowhere\n4 strong\n5 p.late\n6 ul li:nth-child(3)\n7 #nowhere\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sources), TEST(shared_styles), TEST(same_tree), TEST(losses), TEST(uncovered_rules),
    };
    return cmocka_run_group_tests_name("style traces", tests, NULL, NULL);
}
