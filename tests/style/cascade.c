// Brevier — the cascade: which declaration wins, what is inherited, how sheets come together.
// SPDX-License-Identifier: MIT
#include "tree.h"

#include <stdio.h>
#include <sys/stat.h>

static const char tree[] =
    "article { section#s.summary { h2 p#p.note { strong#b.x { 'x' } } p#q } aside { p#a } }";

// The computed value of a property of one element.
static const struct {
    const char *css;
    const char *id;
    const char *property;
    const char *value;
} rows[] = {
    // specificity and order
    { "p { orphans: 3 } p { orphans: 4 }", "p", "orphans", "4" },
    { ".note { orphans: 3 } p { orphans: 4 }", "p", "orphans", "3" },
    { "#p { orphans: 3 } .note.note.note { orphans: 4 }", "p", "orphans", "3" },
    { "section p { orphans: 3 } p { orphans: 4 }", "p", "orphans", "3" },
    { "p, .note { orphans: 3 } p { orphans: 4 }", "p", "orphans", "3" },
    { ":where(.note) { orphans: 3 } p { orphans: 4 }", "p", "orphans", "4" },
    { ":is(.note, h2) { orphans: 3 } p { orphans: 4 }", "p", "orphans", "3" },
    { "p:not(#zz) { orphans: 3 } p.note { orphans: 4 }", "p", "orphans", "3" },
    { "* { orphans: 3 }", "p", "orphans", "3" },
    { "p { orphans: 3; orphans: 4 }", "p", "orphans", "4" },
    { "p { orphans: 3; orphans: none }", "p", "orphans", "3" },
    { "p { margin: 1pt; margin-left: 2pt }", "p", "margin-left", "2pt" },
    { "p { margin-left: 2pt; margin: 1pt }", "p", "margin-left", "1pt" },
    // importance
    { "p { orphans: 3 !important } #p { orphans: 4 }", "p", "orphans", "3" },
    { "p { orphans: 3 !important } #p { orphans: 4 !important }", "p", "orphans", "4" },
    { "p { orphans: 3 ! important; orphans: 4 }", "p", "orphans", "3" },
    { "p { margin: 1pt !important; margin-left: 2pt }", "p", "margin-left", "1pt" },
    { "p { --x: 3 !important } #p { --x: 4; orphans: var(--x) }", "p", "orphans", "3" },
    // inheritance
    { "article { orphans: 3 }", "p", "orphans", "3" },
    { "article { margin-left: 3pt }", "p", "margin-left", "0pt" },
    { "section { margin-left: 3pt } p { margin-left: inherit }", "p", "margin-left", "3pt" },
    { "article { orphans: 3 } p { orphans: initial }", "p", "orphans", "2" },
    { "article { orphans: 3 } p { orphans: unset }", "p", "orphans", "3" },
    { "section { margin-left: 3pt } p { margin-left: unset }", "p", "margin-left", "0pt" },
    { "p { margin: inherit }", "p", "margin-top", "0pt" },
    { "section { color: red } p { border-left: 1pt solid; color: inherit }",
      "p",
      "border-left-color",
      "#ff0000" },
    { "section { font-size: 20pt } p { font-size: 2em }", "b", "font-size", "40pt" },
    { "section { line-height: 2; font-size: 20pt } p { font-size: 10pt }",
      "p",
      "line-height",
      "2" },
    { "section { line-height: 200%; font-size: 20pt } p { font-size: 10pt }",
      "p",
      "line-height",
      "40pt" },
    { "article { font-weight: 300 } strong { font-weight: bolder }", "b", "font-weight", "400" },
    { "section { letter-spacing: 1em; font-size: 12pt }", "b", "letter-spacing", "12pt" },
    { "article { font-size: 15pt } p { width: 2rem }", "p", "width", "30pt" },
    // origins
    { "", "b", "font-weight", "700" },
    { "strong { font-weight: normal }", "b", "font-weight", "400" },
    { "strong { font-weight: normal } .x { font-weight: revert }", "b", "font-weight", "700" },
    { "p { orphans: 4 } .note { orphans: revert }", "p", "orphans", "2" },
    { "section { display: revert }", "s", "display", "block" },
    // layers
    { "@layer a { p { orphans: 3 } } p { orphans: 4 }", "p", "orphans", "4" },
    { "p { orphans: 4 } @layer a { #p { orphans: 3 } }", "p", "orphans", "4" },
    { "@layer a { #p { orphans: 3 } } @layer b { p { orphans: 4 } }", "p", "orphans", "4" },
    { "@layer b, a; @layer a { p { orphans: 3 } } @layer b { #p { orphans: 4 } }",
      "p",
      "orphans",
      "3" },
    { "@layer a { @layer b { #p { orphans: 3 } } p { orphans: 4 } }", "p", "orphans", "4" },
    { "@layer a.b { p { orphans: 3 } } @layer a { @layer b { p { orphans: 4 } } }",
      "p",
      "orphans",
      "4" },
    { "@layer { p { orphans: 3 } } @layer { p { orphans: 4 } }", "p", "orphans", "4" },
    { "@layer a { p { orphans: 3 !important } } p { orphans: 4 !important }", "p", "orphans", "3" },
    { "@layer a { p { orphans: 3 !important } } @layer b { #p { orphans: 4 !important } }",
      "p",
      "orphans",
      "3" },
    { "@layer b, a; @layer a { p { orphans: 3 !important } } @layer b { p { orphans: 4 !important "
      "} "
      "}",
      "p",
      "orphans",
      "4" },
    // media
    { "@media pdf { p { orphans: 3 } }", "p", "orphans", "3" },
    { "@media docx { p { orphans: 3 } }", "p", "orphans", "2" },
    { "@media print { p { orphans: 3 } }", "p", "orphans", "3" },
    { "@media text, pdf { p { orphans: 3 } }", "p", "orphans", "3" },
    { "@media not text { p { orphans: 3 } }", "p", "orphans", "3" },
    { "@media only pdf { p { orphans: 3 } }", "p", "orphans", "3" },
    { "@media print { @media not pdf { p { orphans: 3 } } }", "p", "orphans", "2" },
    { "@media screen { p { orphans: 3 } }", "p", "orphans", "2" },
    { "@media { p { orphans: 3 } }", "p", "orphans", "3" },
    { "@MEDIA PDF { P { ORPHANS: 3 } }", "p", "orphans", "3" },
    // variables along the tree
    { ":root { --x: 3 } p { orphans: var(--x) }", "p", "orphans", "3" },
    { ":root { --x: 3 } section { --x: 4 } p { orphans: var(--x) }", "p", "orphans", "4" },
    { ":root { --x: 3 } section { --x: 4 } p { orphans: var(--x) }", "a", "orphans", "3" },
    { ":root { --x: 3; --y: var(--x) } section { --x: 4 } p { orphans: var(--y) }",
      "p",
      "orphans",
      "3" },
    { ":root { --x: 3 } section { --x: initial } p { orphans: var(--x, 5) }", "p", "orphans", "5" },
    { "article { orphans: 9 } p { orphans: var(--none) }", "p", "orphans", "9" },
    // recovery
    { "p { orphans: 3; } } p { orphans: 4 }", "p", "orphans", "3" },
    { "p { orphans: 3; color red; orphans: 4 }", "p", "orphans", "4" },
    { "p { orphans: 3; color: [ ; orphans: 4 ] ; orphans: 5 }", "p", "orphans", "5" },
    { "h9 ! { orphans: 3 } p { orphans: 4 }", "p", "orphans", "4" },
    { "@unknown { p { orphans: 3 } } p { orphans: 4 }", "p", "orphans", "4" },
    { "p { orphans: 3", "p", "orphans", "3" },
    { "p { orphans: 3; content: \"a\nb; } p { orphans: 4 }", "p", "orphans", "4" },
    { "<!-- p { orphans: 3 } -->", "p", "orphans", "3" },
    { "@charset \"utf-8\"; p { orphans: 3 }", "p", "orphans", "3" },
    { "/* p { orphans: 3 } */ p { orphans: 4 } /* open", "p", "orphans", "4" },
};

static brv_str value_in(struct fixture *fixture, const struct brv_stylesheets *sheets,
                        enum brv_media media, const char *id, const char *property)
{
    const struct brv_styled *styled = brv_style_tree(
        fixture->arena, sheets, media, tree_from(fixture->arena, tree), &fixture->sink);
    return value_text(fixture, styled_by_id(styled, id)->style, property);
}

static void winners(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        const struct brv_stylesheets *sheets = sheets_from(fixture, rows[i].css);
        brv_str got = value_in(fixture, sheets, BRV_MEDIA_PDF, rows[i].id, rows[i].property);
        if (!brv_str_is(got, rows[i].value))
            print_error("%s\n", rows[i].css);
        assert_str(got, rows[i].value);
    }
}

static void each_medium_has_its_rules(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_stylesheets *sheets =
        sheets_from(fixture,
                    "@media pdf { p { orphans: 3 } } @media docx { p { orphans: 4 } } "
                    "@media text { p { orphans: 5 } } @media print { p { widows: 6 } }");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "orphans"), "3");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_DOCX, "p", "orphans"), "4");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_TEXT, "p", "orphans"), "5");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_DOCX, "p", "widows"), "6");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_TEXT, "p", "widows"), "2");
}

// ---- several files

static void write_sheet(const char *name, const char *css)
{
    char path[512];
    snprintf(path, sizeof path, BRV_SCRATCH_DIR "/%s", name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(css, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct brv_stylesheets *load(struct fixture *fixture, const char *name)
{
    static const brv_str search_path[] = { BRV_S_INIT(BRV_SCRATCH_DIR "/named") };
    brv_str sheet = brv_str_from_cstr(name);
    const struct brv_stylesheets_options options = {
        .sheets = &sheet,
        .sheet_count = 1,
        .search_path = search_path,
        .search_path_count = 1,
    };
    return brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
}

static void imports(void **state)
{
    struct fixture *fixture = *state;
    (void)mkdir(BRV_SCRATCH_DIR "/named", 0777);
    (void)mkdir(BRV_SCRATCH_DIR "/inner", 0777);
    write_sheet("top.css",
                "@import \"inner/a.css\" layer(base) print; @import url(house);"
                "@import \"text.css\" text; p { widows: 3 }");
    write_sheet("inner/a.css", "@import url(\"b.css\"); #p { orphans: 4; widows: 9 }");
    write_sheet("inner/b.css", "p { orphans: 5; margin-left: 6pt }");
    write_sheet("named/house.css", "p { margin-top: 7pt }");
    write_sheet("text.css", "p { margin-top: 8pt }");
    const struct brv_stylesheets *sheets = load(fixture, BRV_SCRATCH_DIR "/top.css");
    assert_non_null(sheets);
    assert_int_equal(fixture->sink.kept, 0);
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "orphans"), "4");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "widows"), "3");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "margin-left"), "6pt");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "margin-top"), "7pt");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_TEXT, "p", "margin-top"), "8pt");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_TEXT, "p", "orphans"), "2");
}

static void import_faults(void **state)
{
    struct fixture *fixture = *state;
    (void)mkdir(BRV_SCRATCH_DIR "/named", 0777);
    write_sheet("named/house.css", "");
    write_sheet("loop.css", "@import \"loop2.css\"; p { orphans: 3 }");
    write_sheet("loop2.css", "@import \"./loop.css\";");
    assert_non_null(load(fixture, BRV_SCRATCH_DIR "/loop.css"));
    assert_str(sink_message(&fixture->sink, 0), "the stylesheet imports itself");
    write_sheet("late.css", "p { orphans: 3 } @import \"loop.css\";");
    assert_non_null(load(fixture, BRV_SCRATCH_DIR "/late.css"));
    assert_str(sink_message(&fixture->sink, 1), "\"@import\" must stand before all other rules");
    write_sheet("net.css", "@import \"https://example.org/a.css\";");
    assert_non_null(load(fixture, BRV_SCRATCH_DIR "/net.css"));
    assert_str(sink_message(&fixture->sink, 2),
               "a stylesheet is a file, nothing is fetched from a network");
    write_sheet("none.css", "@import;");
    assert_non_null(load(fixture, BRV_SCRATCH_DIR "/none.css"));
    assert_str(sink_message(&fixture->sink, 3), "\"@import\" needs a string or url()");
    assert_null(load(fixture, "hause"));
    assert_str(sink_message(&fixture->sink, 4), "no stylesheet is called \"hause\"");
    assert_str(fixture->sink.last->hint, "did you mean \"house\"?");
    assert_int_equal(fixture->sink.last->severity, BRV_ERROR);
    assert_null(load(fixture, BRV_SCRATCH_DIR "/absent.css"));
    assert_int_equal(fixture->sink.last->severity, BRV_ERROR);
}

static void import_depth_is_bounded(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 12; i++) {
        char name[32];
        char css[128];
        snprintf(name, sizeof name, "deep%d.css", i);
        snprintf(css, sizeof css, "@import \"deep%d.css\"; @import \"deep%d.css\";", i + 1, i + 1);
        write_sheet(name, css);
    }
    assert_non_null(load(fixture, BRV_SCRATCH_DIR "/deep0.css"));
    assert_str(sink_message(&fixture->sink, 0), "too many imports, this one has no effect");
    assert_true(fixture->sink.counts[BRV_WARNING] <= 256);
}

static void variables_from_outside(void **state)
{
    struct fixture *fixture = *state;
    write_sheet("var.css",
                ":root { --x: 3 !important; --y: 4 } p { orphans: var(--x); "
                "widows: var(--y); margin-left: var(--z, 1pt) }");
    static const brv_str sheet = BRV_S_INIT(BRV_SCRATCH_DIR "/var.css");
    static const brv_str variables[][2] = {
        { BRV_S_INIT("--x"), BRV_S_INIT("7") },
        { BRV_S_INIT("--z"), BRV_S_INIT("calc(1pt + 1pt)") },
    };
    const struct brv_stylesheets_options options = {
        .sheets = &sheet,
        .sheet_count = 1,
        .variables = variables,
        .variable_count = 2,
    };
    const struct brv_stylesheets *sheets =
        brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "orphans"), "7");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "widows"), "4");
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "margin-left"), "2pt");
}

// A bad setting is named once, directly used or not; other faults stay where they are.
static void a_bad_setting_is_named(void **state)
{
    struct fixture *fixture = *state;
    write_sheet("settings.css",
                ":root { --x: red; --y: var(--x); --z: 3 } p { color: var(--x); "
                "border: 1pt solid var(--y); background: var(--y); orphans: var(--z) }");
    static const brv_str sheet = BRV_S_INIT(BRV_SCRATCH_DIR "/settings.css");
    static const brv_str variables[][2] = {
        { BRV_S_INIT("--x"), BRV_S_INIT("purpel") },
        { BRV_S_INIT("--z"), BRV_S_INIT("0") },
    };
    const struct brv_stylesheets_options options = {
        .sheets = &sheet,
        .sheet_count = 1,
        .variables = variables,
        .variable_count = 2,
    };
    const struct brv_stylesheets *sheets =
        brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "color"), "#000000");
    assert_int_equal(fixture->sink.kept, 2);
    assert_str(sink_message(&fixture->sink, 0),
               "\"purpel\", set for \"--x\", is no value of \"color\", expected <color>");
    assert_str(fixture->sink.first->hint, "did you mean \"purple\"?");
    assert_str(sink_message(&fixture->sink, 1),
               "\"0\", set for \"--z\", is no value of \"orphans\", expected <integer [1,∞]>");
}

static void a_variable_cannot_bring_rules(void **state)
{
    struct fixture *fixture = *state;
    static const brv_str variables[][2] = {
        { BRV_S_INIT("--x"), BRV_S_INIT("red } p { orphans: 9") },
        { BRV_S_INIT("orphans"), BRV_S_INIT("9") },
    };
    const struct brv_stylesheets_options options = { .variables = variables, .variable_count = 2 };
    const struct brv_stylesheets *sheets =
        brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
    assert_non_null(sheets);
    assert_str(value_in(fixture, sheets, BRV_MEDIA_PDF, "p", "orphans"), "2");
    assert_str(sink_message(&fixture->sink, 0),
               "\"red } p { orphans: 9\" is no value of a variable");
    assert_str(sink_message(&fixture->sink, 1),
               "\"orphans\" is no name of a variable, expected \"--name\"");
}

static void renderer_of_a_section(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_stylesheets *sheets =
        sheets_from(fixture,
                    "section.summary { -brv-renderer: \"one\" } "
                    "article[kind=incident] > section.summary { -brv-renderer: var(--which) } "
                    ":root { --which: \"two\" } @media text { .summary { -brv-renderer: auto } }");
    const struct brv_node *plain = tree_from(fixture->arena, "article { section.summary }");
    const struct brv_node *incident =
        tree_from(fixture->arena, "article[kind=incident] { section.summary section.other }");
    assert_str(brv_stylesheets_renderer(sheets, BRV_MEDIA_PDF, plain->first), "one");
    assert_str(brv_stylesheets_renderer(sheets, BRV_MEDIA_PDF, incident->first), "two");
    assert_str(brv_stylesheets_renderer(sheets, BRV_MEDIA_PDF, incident->last), "");
    assert_str(brv_stylesheets_renderer(sheets, BRV_MEDIA_TEXT, plain->first), "one");
}

static void custom_property_of_a_section(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_stylesheets *sheets = sheets_from(
        fixture,
        ":root { --accent: #8a1f2d; --font: \"Noto Sans\", serif; --w: calc(2pt + 10%) } "
        "section.dark { --accent: rgb(1, 2, 3); --both: var(--accent) solid } "
        "@media text { :root { --accent: red } }");
    const struct brv_node *article =
        tree_from(fixture->arena, "article { section.plain section.dark }");
    const struct {
        enum brv_media media;
        const struct brv_node *element;
        const char *name, *value;
    } cases[] = {
        { BRV_MEDIA_PDF, article->first, "--accent", "#8a1f2d" },
        { BRV_MEDIA_TEXT, article->first, "--accent", "red" },
        { BRV_MEDIA_PDF, article->last, "--accent", "rgb(1, 2, 3)" },
        { BRV_MEDIA_PDF, article->last, "--both", "rgb(1, 2, 3) solid" },
        { BRV_MEDIA_PDF, article->first, "--font", "Noto Sans, serif" },
        { BRV_MEDIA_PDF, article->first, "--w", "calc(2pt + 10%)" },
    };
    brv_str value;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        brv_str name = brv_str_from_cstr(cases[i].name);
        assert_true(brv_stylesheets_custom(
            fixture->arena, sheets, cases[i].media, cases[i].element, name, &value));
        assert_str(value, cases[i].value);
    }
    assert_false(brv_stylesheets_custom(
        fixture->arena, sheets, BRV_MEDIA_PDF, article->first, BRV_S("--both"), &value));
    assert_false(brv_stylesheets_custom(
        fixture->arena, sheets, BRV_MEDIA_PDF, article->first, BRV_S("--none"), &value));
}

static void winning_selector(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_stylesheets *sheets =
        sheets_from(fixture,
                    "section.summary > p { orphans: 3 } p { orphans: 4 } "
                    "#q { --only: variables }");
    const struct brv_styled *styled = brv_style_tree(
        fixture->arena, sheets, BRV_MEDIA_PDF, tree_from(fixture->arena, tree), &fixture->sink);
    assert_str(styled_by_id(styled, "p")->selector, "section.summary > p");
    assert_str(styled_by_id(styled, "q")->selector, "section.summary > p");
    assert_str(styled_by_id(styled, "a")->selector, "p");
    assert_str(styled_by_id(styled, "b")->selector, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(winners),
        TEST(each_medium_has_its_rules),
        TEST(imports),
        TEST(import_faults),
        TEST(import_depth_is_bounded),
        TEST(variables_from_outside),
        TEST(a_bad_setting_is_named),
        TEST(a_variable_cannot_bring_rules),
        TEST(renderer_of_a_section),
        TEST(custom_property_of_a_section),
        TEST(winning_selector),
    };
    return cmocka_run_group_tests_name("style cascade", tests, NULL, NULL);
}
