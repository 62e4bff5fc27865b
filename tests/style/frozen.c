// Brevier — frozen sheets: what the build has read is what a start would have read.
// SPDX-License-Identifier: MIT
#include "tree.h"

#include "base/file.h"
#include "style/frozen.h"
#include "style/sheet_read.h"

#define SHEETS BRV_SOURCE_DIR "/stylesheets/"

// Something of all that the shipped sheets speak of.
static const char subject[] =
    "article[kind=industry-news][lang=de] {"
    " header.title { p.label 'Label' h1 { span.kicker 'Kind' 'Title' } p.meta { strong 'a' 'b' } }"
    " section.excerpt { p 'Excerpt' blockquote { p 'Said' } }"
    " nav.contents { ol { li { a[href=#one] 'One' } li { a[href=#two] 'Two' } } }"
    " section#one.key-details { h2 'One' table.facts { tbody { tr { th 'k' td 'v' } } } dl { dt 't'"
    "  dd 'd' } aside.notice { p { em 'e' code 'c' sup '1' footnote { p 'Foot' } } } }"
    " section#two { h2 'Two' h3 'Part' ul { li { p 'x' } li { ol { li 'y' } } } pre 'code' hr"
    "  figure { figcaption 'Fig' } table { caption 'Cap' thead { tr { th 'a' th 'b' } } tbody { tr"
    "  { td 'c' td 'd' } } } } }";

static struct brv_stylesheets *read_sheets(struct fixture *fixture, const char *const *sheets,
                                           const struct brv_frozen_sheets *frozen)
{
    static const brv_str folder = BRV_S_INIT(BRV_SOURCE_DIR "/stylesheets");
    brv_str names[4];
    size_t count = 0;
    for (; sheets[count]; count++)
        names[count] = brv_str_from_cstr(sheets[count]);
    const struct brv_stylesheets_options options = {
        .sheets = names,
        .sheet_count = count,
        .search_path = &folder,
        .search_path_count = 1,
        .frozen = frozen,
    };
    return brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
}

static void print_page(struct brv_arena *arena, const struct brv_page_style *page,
                       struct brv_buf *out)
{
    brv_buf_printf(out, "page %f %f\n", (double)page->width_pt, (double)page->height_pt);
    for (size_t i = 0; i < BRV_BOX_COUNT; i++) {
        const struct brv_styled *box = brv_style_margin_box(arena, page->boxes[i]);
        if (box)
            brv_styled_dump(box, out);
    }
}

// All that can be asked of a set, and what it had to report, as text.
static brv_str described(struct fixture *fixture, const struct brv_stylesheets *sheets)
{
    struct brv_arena *arena = fixture->arena;
    struct brv_buf *out = brv_buf_new_in(arena);
    size_t count = 0;
    const struct brv_source *const *files = brv_stylesheets_files(sheets, &count);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out,
                       "file %" BRV_STR_F " %" BRV_STR_F "\n",
                       BRV_STR_ARG(files[i]->name),
                       BRV_STR_ARG(files[i]->text));
    const struct brv_font_face *faces = brv_stylesheets_font_faces(sheets, &count);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, "face %" BRV_STR_F "\n", BRV_STR_ARG(faces[i].family));
    const struct brv_node *root = tree_from(arena, subject);
    struct brv_coverage *coverage = brv_coverage_new(arena, sheets);
    for (int media = BRV_MEDIA_PDF; media <= BRV_MEDIA_TEXT; media++) {
        struct brv_styled *styled =
            brv_style_tree_traced(arena, sheets, (enum brv_media)media, root, &fixture->sink);
        brv_styled_dump(styled, out);
        brv_styled_explain(styled, out);
        for (int is_first = 0; is_first < 2; is_first++) {
            const struct brv_page_style page = brv_style_page(arena,
                                                              sheets,
                                                              (enum brv_media)media,
                                                              styled->style,
                                                              BRV_S("cover"),
                                                              is_first,
                                                              BRV_PAGE_RIGHT,
                                                              false);
            print_page(arena, &page, out);
        }
        brv_style_report_loss(styled, sheets, (enum brv_media)media, false, &fixture->sink);
        brv_coverage_add(coverage, (enum brv_media)media, root);
    }
    brv_coverage_report(coverage, &fixture->sink);
    for (const struct brv_diag *diag = fixture->sink.first; diag; diag = diag->next) {
        const struct brv_location at = brv_span_locate(diag->span);
        brv_buf_printf(out,
                       "%" BRV_STR_F ":%zu:%zu: %" BRV_STR_F " (%" BRV_STR_F ")\n",
                       BRV_STR_ARG(diag->span.source ? diag->span.source->name : (brv_str){ 0 }),
                       at.line,
                       at.column,
                       BRV_STR_ARG(diag->message),
                       BRV_STR_ARG(diag->hint));
    }
    fixture->sink = brv_sink_init(arena);
    return brv_buf_str(out);
}

static void check_same(struct fixture *fixture, const char *const *sheets)
{
    const struct brv_stylesheets *slow = read_sheets(fixture, sheets, NULL);
    brv_str want = described(fixture, slow);
    const struct brv_stylesheets *fast = read_sheets(fixture, sheets, &brv_frozen_shipped);
    brv_str got = described(fixture, fast);
    assert_int_equal(slow->declaration_count, fast->declaration_count);
    assert_int_equal(slow->rule_count, fast->rule_count);
    assert_int_equal(slow->entry_limit, fast->entry_limit);
    size_t at = 0;
    while (at < want.len && at < got.len && want.ptr[at] == got.ptr[at])
        at++;
    if (at < want.len || at < got.len)
        fail_msg("%s differs at byte %zu:\n%.*s\ninstead of\n%.*s",
                 sheets[0],
                 at,
                 (int)(got.len - at < 200 ? got.len - at : 200),
                 got.ptr + at,
                 (int)(want.len - at < 200 ? want.len - at : 200),
                 want.ptr + at);
}

static void shipped(void **state)
{
    static const char *const rows[][4] = {
        { NULL },
        { "briefing" },
        { "plain" },
        { "house" },
        { "memo" },
        { "dark-cover" },
        { "large-print" },
        { "briefing", "plain" },
        { "plain", "briefing" },
        { "briefing", "briefing" },
        { SHEETS "../stylesheets/briefing.css" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++)
        check_same(*state, rows[i]);
}

// A sheet of its own around what is frozen: wherever that stands, it makes no difference.
static void own(void **state)
{
    static const char *const rows[] = {
        "",
        "p { color: red; colour: blue }",
        "@import \"briefing\";",
        "@import \"briefing\"; :root { --accent: blue; --mine: 1pt } h2.x { margin: var(--mine) }",
        "@charset \"utf-8\"; @import url(briefing); @page { margin: 1cm; @top-left { content: 'x' "
        "} }",
        "@import \"briefing\" layer; p { margin: 0 }",
        "@import \"briefing\" layer(base.house); @layer base { p { margin: 1pt } } p { color: red "
        "}",
        "@import \"briefing\" print; p { margin: 0 }",
        "@layer one, two; @import \"briefing\"; @layer one { p { margin: 0 } }",
        "@import \"plain\"; @import \"briefing\"; p { margin: 0 }",
        "@import \"briefing\"; @import \"briefing\";",
        "@import \"nothing\"; @import \"briefing\";",
        "p { margin: 0 } @import \"briefing\";",
        "@import \"briefing\"; @counter-style x { system: cyclic; symbols: '+' } li { list-style: "
        "x }",
        "@import \"briefing\"; li { list-style: missing } p { color: var(--nothing) }",
        "@import \"briefing\"; p { margin: 0 ",
        "@import \"briefing\"; @font-face { font-family: X; src: local(Y) }",
        "@import \"briefing\"; /* open",
    };
    static const char path[] = BRV_SCRATCH_DIR "/own.css";
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        assert_int_equal(
            brv_file_write(brv_str_from_cstr(path), brv_str_from_cstr(rows[i]), &fixture->sink),
            BRV_OK);
        check_same(fixture, (const char *const[]){ path, NULL });
        check_same(fixture, (const char *const[]){ path, "briefing", NULL });
    }
}

static brv_str shipped_text(struct fixture *fixture, const char *path)
{
    brv_str text;
    assert_int_equal(brv_file_read(fixture->arena,
                                   brv_str_from_cstr(path),
                                   1 << 20,
                                   BRV_CODE_STYLE,
                                   &text,
                                   &fixture->sink),
                     BRV_OK);
    return text;
}

static bool thaws(struct fixture *fixture, brv_str text, size_t rule_limit)
{
    const struct brv_stylesheets_options options = { .frozen = &brv_frozen_shipped };
    struct brv_sheet_loader loader = {
        .arena = fixture->arena,
        .options = &options,
        .limits = { .stylesheet_rules = rule_limit },
        .sink = &fixture->sink,
    };
    return brv_sheet_thaw(&loader, BRV_S("x.css"), text);
}

// Only the very text, and only where it may have so many rules.
static void conditions(void **state)
{
    struct fixture *fixture = *state;
    if (brv_frozen_shipped.count == 0)
        skip(); // the debug arena, or another compiler than GCC
    assert_int_equal(brv_frozen_shipped.count, 3);
    brv_str text = shipped_text(fixture, SHEETS "briefing.css");
    assert_true(thaws(fixture, text, 5000));
    assert_true(thaws(fixture, shipped_text(fixture, SHEETS "plain.css"), 5000));
    assert_true(thaws(fixture, (brv_str){ 0 }, 5000));
    assert_false(thaws(fixture, text, 100));
    assert_false(thaws(fixture, brv_str_slice(text, 0, text.len - 1), 5000));
    char *changed = brv_arena_cstr(fixture->arena, text);
    changed[text.len / 2] ^= 1;
    assert_false(thaws(fixture, (brv_str){ changed, text.len }, 5000));
}

// What a sheet must not do to be frozen.
static void refused(void **state)
{
    static const struct {
        const char *text;
        const char *fault;
    } rows[] = {
        { "p { color: red }", NULL },
        { "@counter-style x { system: cyclic; symbols: '+' } li { list-style: x }", NULL },
        { "p { content: leader(dotted) leader('x'); quotes: '<' '>' } em { color: var(--a, b) }",
          NULL },
        { "@layer a.b { p { color: red } } #x.y > section:not(.w)[data-k='v' i] ~ p::before { "
          "margin: "
          "1em }",
          NULL },
        { "/* url(x.png) */ p { color: red }", NULL },
        { "p { colour: red }", "there is something to report of it" },
        { "li { list-style: x }", "there is something to report of it" },
        { "@import \"x.css\";", "there is something to report of it" },
        { "p { color: red }\r\n\001", "there is something to report of it" },
        { "p { content: url(x.png) }", "it names a file" },
        { "p { --x: URL( \"x.png\" ) }", "it names a file" },
        { "article { -brv-word-template: u\\72l(x.docx) }", "it names a file" },
    };
    struct fixture *fixture = *state;
    if (brv_frozen_shipped.count == 0)
        skip();
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_frozen_sheet frozen;
        brv_str fault = { 0 };
        const bool is_ok =
            brv_sheets_freeze(fixture->arena, brv_str_from_cstr(rows[i].text), &frozen, &fault);
        if (is_ok != !rows[i].fault || (!is_ok && !brv_str_is(fault, rows[i].fault)))
            fail_msg("%s: \"%.*s\"", rows[i].text, BRV_STR_ARG(fault));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shipped),
        TEST(own),
        TEST(conditions),
        TEST(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
