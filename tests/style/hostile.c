// Brevier — sheets that were written to hurt: they cost in proportion to their size, and end.
// Each case is built at n and at 2n; the memory taken, which follows the work done, may no more
// than double and a little. A limit on the test's time catches what memory does not show.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "tree.h"

#include <stdio.h>

typedef void build_fn(struct brv_buf *css, int n);

static void repeat(struct brv_buf *css, const char *text, int n)
{
    for (int i = 0; i < n; i++)
        brv_buf_add_cstr(css, text);
}

static void many_selectors(struct brv_buf *css, int n)
{
    repeat(css, "p.a > em,", n);
    brv_buf_add_cstr(css, "p { color: red }");
}

static void many_rules(struct brv_buf *css, int n)
{
    for (int i = 0; i < n; i++)
        brv_buf_printf(css, ".c%d p { color: red }", i);
}

static void many_declarations(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, "p {");
    repeat(css, "color: red; margin: 1pt 2pt;", n);
}

static void many_faults(struct brv_buf *css, int n)
{
    repeat(css, "p { colr: red } ?? { } @x;", n);
}

static void open_blocks(struct brv_buf *css, int n)
{
    repeat(css, "({[f(", n);
}

static void closed_blocks(struct brv_buf *css, int n)
{
    repeat(css, ")]}", n);
}

static void nested_media(struct brv_buf *css, int n)
{
    repeat(css, "@media pdf {", n);
}

static void nested_calc(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, "p { width: ");
    repeat(css, "calc(", n);
}

static void nested_not(struct brv_buf *css, int n)
{
    repeat(css, ":not(", n);
}

static void flat_calc(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, "p { width: calc(1pt");
    repeat(css, " + 1pt", n);
    brv_buf_add_cstr(css, ") }");
}

static void comments(struct brv_buf *css, int n)
{
    repeat(css, "/**/", n);
    brv_buf_add_cstr(css, "/*");
    repeat(css, "*", n);
}

static void escapes(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, "p { content: \"");
    repeat(css, "\\41 \\\n", n);
}

static void many_layers(struct brv_buf *css, int n)
{
    for (int i = 0; i < n; i++)
        brv_buf_printf(css, "@layer l%d { p { color: red } }", i);
}

static void many_margin_boxes(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, "@page {");
    repeat(css, "@top-left { color: red }", n);
    brv_buf_add_cstr(css, "}");
}

static void many_variables(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, ":root {");
    for (int i = 0; i < n; i++)
        brv_buf_printf(css, "--v%d: var(--v%d);", i, i + 1);
    brv_buf_add_cstr(css, "}");
}

static void long_content(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, "p::before { content: ");
    repeat(css, "\"a\" counter(x) ", n);
    brv_buf_add_cstr(css, "}");
}

static void many_counter_styles(struct brv_buf *css, int n)
{
    for (int i = 0; i < n; i++)
        brv_buf_printf(css, "@counter-style s%d { symbols: a } ol { list-style: t%d }", i, i);
}

static void many_symbols(struct brv_buf *css, int n)
{
    for (int i = 0; i < n; i++)
        brv_buf_printf(css, "ol { list-style: symbols(cyclic '%d' 'b') }", i);
}

static void calc_products(struct brv_buf *css, int n)
{
    brv_buf_add_cstr(css, "p { width: calc(1e30pt");
    repeat(css, " * 1e30", n);
    brv_buf_add_cstr(css, "); height: calc(1pt / 0) }");
}

static size_t cost(build_fn *build, int n, size_t *text_len)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_limits limits = brv_limits_default();
    limits.stylesheet_rules = SIZE_MAX;
    limits.stylesheet_bytes = SIZE_MAX;
    struct brv_buf css = { 0 };
    build(&css, n);
    *text_len = css.len;
    const struct brv_stylesheet_text text = { BRV_S("hostile.css"), brv_buf_str(&css) };
    const struct brv_stylesheets_options options = {
        .texts = &text,
        .text_count = 1,
        .limits = &limits,
    };
    const struct brv_stylesheets *sheets = brv_stylesheets_new(arena, &options, &sink);
    assert_non_null(sheets);
    const struct brv_node *root = tree_from(arena, "article { p.a { em } p.b }");
    const struct brv_styled *styled = brv_style_tree(arena, sheets, BRV_MEDIA_PDF, root, &sink);
    (void)brv_style_page(
        arena, sheets, BRV_MEDIA_PDF, styled->style, BRV_S(""), true, BRV_PAGE_RIGHT, false);
    size_t used = brv_arena_used_bytes(arena);
    brv_buf_deinit(&css);
    brv_arena_free(arena);
    return used;
}

static void cost_is_linear(void **state)
{
    static const struct {
        const char *name;
        build_fn *build;
        int n;
    } rows[] = {
        { "selectors", many_selectors, 50000 },
        { "rules", many_rules, 20000 },
        { "declarations", many_declarations, 20000 },
        { "faults", many_faults, 5000 },
        { "open blocks", open_blocks, 20000 },
        { "closed blocks", closed_blocks, 20000 },
        { "@media", nested_media, 10000 },
        { "calc", nested_calc, 10000 },
        { ":not", nested_not, 10000 },
        { "flat calc", flat_calc, 50000 },
        { "comments", comments, 50000 },
        { "escapes", escapes, 50000 },
        { "layers", many_layers, 10000 },
        { "margin boxes", many_margin_boxes, 10000 },
        { "variables", many_variables, 20000 },
        { "content", long_content, 20000 },
        { "counter styles", many_counter_styles, 10000 },
        { "symbols", many_symbols, 10000 },
        { "products", calc_products, 50000 },
    };
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        size_t len[2];
        size_t one = cost(rows[i].build, rows[i].n, &len[0]);
        size_t two = cost(rows[i].build, rows[i].n * 2, &len[1]);
        if (two > one * 5 / 2 + 200000)
            print_error("%s: %zu bytes of CSS take %zu, %zu take %zu\n",
                        rows[i].name,
                        len[0],
                        one,
                        len[1],
                        two);
        assert_true(two <= one * 5 / 2 + 200000);
    }
}

// Thirty lines that would expand to a thousand million tokens.
static void variables_do_not_explode(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf css = { 0 };
    brv_buf_add_cstr(&css, ":root { --v0: 1pt 1pt 1pt 1pt;");
    for (int i = 1; i < 30; i++)
        brv_buf_printf(&css, "--v%d: var(--v%d) var(--v%d) var(--v%d);", i, i - 1, i - 1, i - 1);
    brv_buf_add_cstr(&css, "} p { margin: var(--v29); padding: var(--v0) }");
    brv_buf_add_byte(&css, 0);
    const struct brv_stylesheets *sheets = sheets_from(fixture, css.ptr);
    brv_buf_deinit(&css);
    const struct brv_styled *styled = brv_style_tree(fixture->arena,
                                                     sheets,
                                                     BRV_MEDIA_PDF,
                                                     tree_from(fixture->arena, "article { p#p }"),
                                                     &fixture->sink);
    assert_str(value_text(fixture, styled_by_id(styled, "p")->style, "padding-left"), "1pt");
    assert_str(value_text(fixture, styled_by_id(styled, "p")->style, "margin-left"), "0pt");
    bool is_told = false;
    for (const struct brv_diag *d = fixture->sink.first; d; d = d->next)
        is_told |=
            brv_str_is(d->message, "the value becomes too long once its variables are filled in");
    assert_true(is_told);
    assert_true(brv_arena_used_bytes(fixture->arena) < (size_t)64 << 20);
}

// Many siblings under selectors that look back along them: bounded, and said so.
static void siblings_are_bounded(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf css = { 0 };
    for (int i = 0; i < 400; i++)
        brv_buf_printf(&css, "h%d.x%d ~ p { color: red }\n", i % 6 + 1, i);
    brv_buf_add_byte(&css, 0);
    const struct brv_stylesheets *sheets = sheets_from(fixture, css.ptr);
    brv_buf_deinit(&css);
    struct brv_node *root = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    for (int i = 0; i < 5000; i++)
        brv_node_append(root, brv_node_new(fixture->arena, BRV_KIND_P, brv_span_none()));
    assert_non_null(brv_style_tree(fixture->arena, sheets, BRV_MEDIA_PDF, root, &fixture->sink));
    assert_int_equal(fixture->sink.counts[BRV_ERROR], 1);
    assert_int_equal(fixture->sink.first->code, BRV_CODE_LIMIT);
}

static void rules_are_bounded(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf css = { 0 };
    for (int i = 0; i < 5001; i++)
        brv_buf_add_cstr(&css, "p { orphans: 3 }\n");
    brv_buf_add_cstr(&css, "p { orphans: 4 }");
    brv_buf_add_byte(&css, 0);
    const struct brv_stylesheets *sheets = sheets_from(fixture, css.ptr);
    brv_buf_deinit(&css);
    assert_non_null(sheets);
    assert_int_equal(fixture->sink.kept, 1);
    assert_str(sink_message(&fixture->sink, 0), "more than 5000 rules, the rest has no effect");
}

// The largest sheet that is read, of whatever makes the most of each byte, stays far below 200 MB.
static void full_sheets_fit(void **state)
{
    static build_fn *const builders[] = {
        many_selectors, many_rules,   many_declarations,   many_faults,       open_blocks,
        closed_blocks,  nested_media, nested_calc,         nested_not,        flat_calc,
        comments,       escapes,      many_layers,         many_margin_boxes, many_variables,
        long_content,   many_symbols, many_counter_styles, calc_products,
    };
    const struct brv_limits limits = brv_limits_default();
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(builders); i++) {
        struct brv_arena *arena = brv_arena_new();
        struct brv_sink sink = brv_sink_init(arena);
        struct brv_buf css = { 0 };
        int n = 1000;
        do {
            brv_buf_clear(&css);
            builders[i](&css, n *= 2);
        } while (css.len < limits.stylesheet_bytes);
        css.len = limits.stylesheet_bytes; // cut anywhere
        const struct brv_stylesheet_text text = { BRV_S("full.css"), brv_buf_str(&css) };
        const struct brv_stylesheets_options options = { .texts = &text, .text_count = 1 };
        const struct brv_stylesheets *sheets = brv_stylesheets_new(arena, &options, &sink);
        assert_non_null(sheets);
        const struct brv_node *root = tree_from(arena, "article { p.a { em } ol { li li } }");
        assert_non_null(brv_style_tree(arena, sheets, BRV_MEDIA_PDF, root, &sink));
        if (brv_arena_used_bytes(arena) >= (size_t)200 << 20)
            print_error("builder %zu takes %zu bytes\n", i, brv_arena_used_bytes(arena));
        assert_true(brv_arena_used_bytes(arena) < (size_t)200 << 20);
        brv_buf_deinit(&css);
        brv_arena_free(arena);
    }
}

static void write_sheet(struct fixture *fixture, const char *name, brv_str css)
{
    brv_str path = brv_arena_printf(fixture->arena, BRV_SCRATCH_DIR "/%s", name);
    assert_int_equal(brv_file_write(path, css, &fixture->sink), BRV_OK);
}

// Ten megabytes are refused before they are parsed, in a file and in memory.
static void large_sheets_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *css = brv_buf_new_in(fixture->arena);
    while (css->len < 10000000)
        brv_buf_add_cstr(css, "p { color: red }\n");
    write_sheet(fixture, "large.css", brv_buf_str(css));
    const brv_str path = BRV_S(BRV_SCRATCH_DIR "/large.css");
    const struct brv_stylesheet_text text = { BRV_S("large.css"), brv_buf_str(css) };
    const struct brv_stylesheets_options options[] = {
        { .sheets = &path, .sheet_count = 1 },
        { .texts = &text, .text_count = 1 },
    };
    size_t before = brv_arena_used_bytes(fixture->arena);
    for (size_t i = 0; i < BRV_COUNT(options); i++) {
        struct brv_sink sink = brv_sink_init(fixture->arena);
        assert_null(brv_stylesheets_new(fixture->arena, &options[i], &sink));
        assert_int_equal(sink.counts[BRV_ERROR], 1);
        assert_true(brv_str_find(sink.first->message, 0, BRV_S("large.css")) <
                    sink.first->message.len);
    }
    assert_true(brv_arena_used_bytes(fixture->arena) - before < (size_t)4 << 20);
}

// Sheets that import each other, and themselves by another spelling.
static void cyclic_imports_end(void **state)
{
    struct fixture *fixture = *state;
    write_sheet(fixture, "a.css", BRV_S("@import './b.css';\np { orphans: 3 }"));
    write_sheet(fixture, "b.css", BRV_S("@import 'c.css';\np { widows: 4 }"));
    write_sheet(
        fixture, "c.css", BRV_S("@import 'x/../a.css';\n@import './c.css';\np { color: red }"));
    const brv_str path = BRV_S(BRV_SCRATCH_DIR "/a.css");
    const struct brv_stylesheets_options options = { .sheets = &path, .sheet_count = 1 };
    const struct brv_stylesheets *sheets =
        brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
    assert_non_null(sheets);
    assert_int_equal(fixture->sink.kept, 2);
    for (const struct brv_diag *diag = fixture->sink.first; diag; diag = diag->next) {
        assert_str(diag->message, "the stylesheet imports itself");
        assert_true(brv_str_ends_with(diag->span.source->name, BRV_S("c.css")));
    }
    const struct brv_styled *root = brv_style_tree(fixture->arena,
                                                   sheets,
                                                   BRV_MEDIA_PDF,
                                                   tree_from(fixture->arena, "article { p#p }"),
                                                   &fixture->sink);
    const struct brv_style *style = styled_by_id(root, "p")->style;
    assert_str(value_text(fixture, style, "orphans"), "3");
    assert_str(value_text(fixture, style, "widows"), "4");
    assert_str(value_text(fixture, style, "color"), "#ff0000");
}

// Every cut of a sheet and every changed byte parses, styles and ends.
static void damaged_sheets_are_sheets(void **state)
{
    static const char css[] =
        "@import url(x.css) layer(a.b) print;@layer a,b;@media not pdf{p{color:red}}"
        "@page n:first{size:A5 landscape;@top-left{content:counter(page)\" \"string(t)}}"
        "section>p:nth-child(2n+1)::before{content:\"\\41\"attr(x)leader(dotted)!important}"
        ":root{--a:calc(1em + var(--b,2%));--b:var(--a)}p:not(.x,#y)[a~='b' i]{font:bold 1em/2 A,b}"
        "li{counter-increment:a 2 b;string-set:t content();margin:var(--a)1pt!important}";
    uint64_t seed = 1;
    (void)state;
    for (size_t i = 0; i < 3000; i++) {
        struct brv_arena *arena = brv_arena_new();
        char text[sizeof css];
        memcpy(text, css, sizeof css);
        size_t len = i < sizeof css ? i : sizeof css - 1;
        for (int k = 0; i >= sizeof css && k < 3; k++)
            text[random_next(&seed) % len] =
                "(){}[];:,\"'\\/*@#.!-09az \n\x80"[random_next(&seed) % 26];
        struct brv_sink sink = brv_sink_init(arena);
        const struct brv_stylesheet_text sheet = { BRV_S("damaged.css"), { text, len } };
        const struct brv_stylesheets_options options = { .texts = &sheet, .text_count = 1 };
        const struct brv_stylesheets *sheets = brv_stylesheets_new(arena, &options, &sink);
        if (sheets)
            assert_non_null(brv_style_tree(arena,
                                           sheets,
                                           BRV_MEDIA_PDF,
                                           tree_from(arena, "article { section { p ol { li } } }"),
                                           &sink));
        brv_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cost_is_linear),     TEST(variables_do_not_explode),  TEST(siblings_are_bounded),
        TEST(rules_are_bounded),  TEST(full_sheets_fit),           TEST(large_sheets_are_refused),
        TEST(cyclic_imports_end), TEST(damaged_sheets_are_sheets),
    };
    return cmocka_run_group_tests_name("style hostile", tests, NULL, NULL);
}
