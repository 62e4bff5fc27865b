// Brevier — what of the sheets bears on an output: two sets that tell the same give the same.
// SPDX-License-Identifier: MIT
#include "tree.h"

#include "style/styled.h"

static const char *const tree_texts[] = {
    "article.news { h1 'T' section.summary { h2 'S' p 'x' p { em 'y' } } ul { li 'z' } }",
    ("article.actor { section.profile { h2 'P' table { tbody { tr { td 'a' } } } } "
     "aside.box { p 'q' } }"),
    "article#top.news { section.summary.wide { p { a 'l' code 'c' } } ol { li { p 'z' } li 'w' } }",
};

// ---- one thing at a time

struct told {
    const struct brv_stylesheets *sheets;
    struct brv_buf *out;
};

static void text_add(void *user, brv_str text, const struct brv_url *file)
{
    brv_buf_printf(user, "%zu%s:", text.len, file ? "file" : "");
    brv_buf_add_str(user, text);
}

static void piece_add(void *user, const struct brv_style_piece *piece)
{
    const struct told *told = user;
    assert_true(piece->number < brv_stylesheets_piece_count(told->sheets));
    brv_buf_printf(told->out, "[%llu ", (unsigned long long)piece->way);
    brv_stylesheets_say(told->sheets, piece, text_add, told->out);
    brv_buf_add_byte(told->out, ']');
}

static brv_str told(struct fixture *fixture, const struct brv_stylesheets *sheets, brv_str use)
{
    struct told told = { sheets, brv_buf_new_in(fixture->arena) };
    brv_stylesheets_bearing(sheets, use, piece_add, &told);
    return brv_buf_str(told.out);
}

#define FAULTS "some value is at fault\n"

// What styling a tree asks of the sheets, as words; `shown`: what it gives.
static brv_str used(struct fixture *fixture, struct brv_stylesheets *sheets, enum brv_media media,
                    const char *tree, brv_str *shown)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_style_use *use = brv_style_use_new(arena);
    struct brv_buf *words = brv_buf_new_in(fixture->arena);
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_stylesheets_watch(sheets, use);
    const struct brv_styled *styled =
        brv_style_tree(arena, sheets, media, tree_from(arena, tree), &sink);
    brv_stylesheets_watch(sheets, NULL);
    brv_style_use_print(use, words);
    if (styled) {
        brv_styled_dump(styled, out);
        for (size_t i = 0; i < 3; i++) {
            struct brv_page_style page = brv_style_page(arena,
                                                        sheets,
                                                        media,
                                                        styled->style,
                                                        (brv_str){ 0 },
                                                        i == 0,
                                                        i == 1 ? BRV_PAGE_LEFT : BRV_PAGE_RIGHT,
                                                        false);
            struct brv_styled *box = brv_style_margin_box(arena, page.boxes[BRV_BOX_TOP_LEFT]);
            brv_buf_printf(out, "%.1f\n", (double)page.width_pt);
            if (box)
                brv_styled_dump(box, out);
        }
    }
    if (sink.first)
        brv_buf_add_cstr(out, FAULTS);
    *shown = brv_buf_str(out);
    brv_arena_free(arena);
    return brv_buf_str(words);
}

static void cases(void **state)
{
    static const struct {
        const char *before, *after;
        bool bears; // on the text of the first tree
    } rows[] = {
        { "p { color: red }", "p { color: blue }", true },
        { "p { color: red }", "p { color: red } blockquote { color: red }", false },
        { "p { color: red }", "p { color: red } .actor p { color: red }", false },
        { "p { color: red }", "p { color: red } p.actor, td > p { color: red }", false },
        { "p { color: red }", "p { color: red } .news > p { color: red }", true },
        { "p { color: red }", "p { color: red } #top { color: red }", true },
        { "p { color: red }", "p { color: red } p:not(.actor) { color: red }", true },
        { "p { color: red }", "p { color: red } @media pdf { p { color: blue } }", false },
        { "p { color: red }", "p { color: red } @media print { @page { margin: 0 } }", false },
        { "p { color: red }", "p { color: red } @page { margin: 9mm }", true },
        { "p { color: red }", "/* new */ p { color: red }\n\n", false },
        { "p { color: red } h2 { width: 1pt }", "h2 { width: 1pt } p { color: red }", true },
        { "p { color: red } p { color: blue }", "p { color: blue } p { color: red }", true },
        { ":root { --a: red } h4 { color: var(--a) }",
          ":root { --a: blue } h4 { color: var(--a) }",
          false },
        { ":root { --a: red } h2 { color: var(--a) }",
          ":root { --a: blue } h2 { color: var(--a) }",
          true },
        { ":root { --a: red; --b: var(--a) }", ":root { --a: blue; --b: var(--a) }", true },
        { ":root { --a: red }", ":root { --a: var(--a) }", true },
        { "p { color: red }", "p { color: red } section.x { -brv-renderer: 'toc' }", true },
        { "@layer a { p { color: red } } p { width: 1pt }",
          "@layer b, a; @layer a { p { color: red } } p { width: 1pt }",
          true },
        { "p { color: red }", "p { color: red !important }", true },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_stylesheets *before = sheets_from(fixture, rows[i].before);
        struct brv_stylesheets *after = sheets_from(fixture, rows[i].after);
        brv_str shown;
        brv_str use = used(fixture, before, BRV_MEDIA_TEXT, tree_texts[0], &shown);
        if (brv_str_equal(told(fixture, before, use), told(fixture, after, use)) == rows[i].bears)
            fail_msg("\"%s\" and \"%s\"", rows[i].before, rows[i].after);
    }
}

static void words(void **state)
{
    struct fixture *fixture = *state;
    struct brv_stylesheets *sheets = sheets_from(fixture, "p { color: red }");
    brv_str shown;
    brv_str value;
    assert_str(used(fixture, sheets, BRV_MEDIA_TEXT, tree_texts[1], &shown),
               "@text article section aside h2 p table tbody tr td .actor .box .profile");
    struct brv_style_use *use = brv_style_use_new(fixture->arena);
    brv_stylesheets_watch(sheets, use);
    assert_false(brv_stylesheets_custom(fixture->arena,
                                        sheets,
                                        BRV_MEDIA_PDF,
                                        tree_from(fixture->arena, "p.x"),
                                        BRV_S("--nothing"),
                                        &value));
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_style_use_print(use, out);
    assert_str(brv_buf_str(out), "--nothing");
    // What is asked for by name bears, once a sheet sets it.
    sheets = sheets_from(fixture, "p { color: red } :root { --nothing: 1 }");
    struct brv_stylesheets *others =
        sheets_from(fixture, "p { color: red } :root { --nothing: 2 }");
    brv_str of_text = BRV_S("@text article p");
    brv_str of_name = BRV_S("--nothing @text article p");
    assert_true(brv_str_equal(told(fixture, sheets, of_text), told(fixture, others, of_text)));
    assert_false(brv_str_equal(told(fixture, sheets, of_name), told(fixture, others, of_name)));
}

// ---- any change

static const char *one_of(uint64_t *seed, const char *const *list, size_t count)
{
    return list[random_next(seed) % count];
}
#define ONE_OF(seed, list) one_of(seed, list, BRV_COUNT(list))

static brv_str random_rule(struct brv_arena *arena, uint64_t *seed)
{
    static const char *const parts[] = {
        "p",
        "h1",
        "h2",
        "section",
        "article",
        "li",
        "td",
        "aside",
        "em",
        ".news",
        ".actor",
        ".box",
        ".wide",
        ".summary",
        "#top",
        ":root",
        "*",
        "p:first-child",
        "blockquote",
        "code",
        ".none",
        ":not(.news)",
        ":is(h1, .box)",
        "[id]",
        "ul",
        "li:nth-child(2)",
    };
    static const char *const joints[] = { " ", " > ", " + ", " ~ " };
    static const char *const ends[] = { "", "", "", "", "::before", "::marker" };
    static const char *const sayings[] = {
        "color: red",
        "color: var(--a)",
        "margin: var(--m, 2pt)",
        "--a: blue",
        "--a: var(--b)",
        "--b: green",
        "--b: var(--a)",
        "--m: 1pt 3pt",
        "width: 3em",
        "color: blue !important",
        "content: 'x'",
        "counter-reset: n",
        "display: none",
        "font-size: 2em",
        "color: revert",
        "--c: 1pt",
        "padding-left: calc(var(--c) + 1pt)",
        "--a: inherit",
        "margin: 1rem",
    };
    static const char *const around[] = { "",
                                          "",
                                          "",
                                          "",
                                          "@media text {",
                                          "@media pdf, docx {",
                                          "@media not text {",
                                          "@layer one {",
                                          "@layer two {" };
    static const char *const others[] = {
        "@page { margin: 2cm; @top-left { content: 'a'; color: var(--a) } }",
        "@page :first { size: A5 }",
        "@media print { @page { size: A3 } }",
        "@layer two, one;",
        "@page :left { --a: 2pt; @top-left { content: 'b' } }",
        "@counter-style n { system: cyclic; symbols: x }",
        "/* a comment */",
    };
    if (random_next(seed) % 10 == 0)
        return brv_str_from_cstr(ONE_OF(seed, others));
    struct brv_buf *rule = brv_buf_new_in(arena);
    const char *before = ONE_OF(seed, around);
    brv_buf_add_cstr(rule, before);
    brv_buf_add_cstr(rule, ONE_OF(seed, parts));
    for (uint64_t more = random_next(seed) % 3; more > 1; more--) {
        brv_buf_add_cstr(rule, ONE_OF(seed, joints));
        brv_buf_add_cstr(rule, ONE_OF(seed, parts));
    }
    brv_buf_add_cstr(rule, ONE_OF(seed, ends));
    brv_buf_add_cstr(rule, " { ");
    for (uint64_t more = random_next(seed) % 3 + 1; more > 0; more--)
        brv_buf_printf(rule, "%s; ", ONE_OF(seed, sayings));
    brv_buf_add_cstr(rule, *before ? "} }" : "}");
    return brv_buf_str(rule);
}

static struct brv_stylesheets *sheets_of(struct fixture *fixture, const brv_str *rules,
                                         size_t count)
{
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(text, "%" BRV_STR_F "\n", BRV_STR_ARG(rules[i]));
    brv_buf_add_byte(text, '\0');
    return sheets_from(fixture, text->ptr);
}

// A sheet, and the same with one rule changed, put in, taken out or moved.
static void any_change(void **state)
{
    enum { ROUNDS = 2000, RULES = 8 };
    (void)state;
    uint64_t seed = 11;
    size_t told_same = 0;
    size_t shown_same = 0;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct brv_arena *arena = brv_arena_new();
        struct fixture fixture = { arena, brv_sink_init(arena) };
        brv_str rules[RULES + 1];
        for (size_t i = 0; i < RULES; i++)
            rules[i] = random_rule(arena, &seed);
        struct brv_stylesheets *before = sheets_of(&fixture, rules, RULES);
        size_t count = RULES;
        size_t at = random_next(&seed) % RULES;
        switch (random_next(&seed) % 4) {
        case 0:
            rules[at] = random_rule(arena, &seed);
            break;
        case 1:
            memmove(rules + at + 1, rules + at, (RULES - at) * sizeof *rules);
            rules[at] = random_rule(arena, &seed);
            count++;
            break;
        case 2:
            memmove(rules + at, rules + at + 1, (RULES - at - 1) * sizeof *rules);
            count--;
            break;
        default: {
            brv_str moved = rules[at];
            rules[at] = rules[0];
            rules[0] = moved;
        }
        }
        struct brv_stylesheets *after = sheets_of(&fixture, rules, count);
        const char *tree = ONE_OF(&seed, tree_texts);
        enum brv_media media = (enum brv_media)(random_next(&seed) % 3);
        brv_str shown;
        brv_str shown_after;
        brv_str use = used(&fixture, before, media, tree, &shown);
        (void)used(&fixture, after, media, tree, &shown_after);
        bool is_told = brv_str_equal(told(&fixture, before, use), told(&fixture, after, use));
        // Where there was something to report, all of the sheets bears on how it is put.
        bool is_shown =
            brv_str_equal(shown, shown_after) || brv_str_ends_with(shown, BRV_S(FAULTS));
        told_same += is_told;
        shown_same += is_shown;
        size_t same = 0;
        while (same < shown.len && same < shown_after.len &&
               shown.ptr[same] == shown_after.ptr[same])
            same++;
        for (size_t i = 0; i < count && is_told && !is_shown; i++)
            print_error("%.*s\n", BRV_STR_ARG(rules[i]));
        if (is_told && !is_shown)
            fail_msg("round %zu: these show\n%.80s\nand others\n%.80s",
                     round,
                     shown_after.ptr + same,
                     shown.ptr + same);
        brv_arena_free(arena);
    }
    // It would be sound, and of no use, never to tell the same.
    assert_true(told_same > ROUNDS / 10 && shown_same < ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cases),
        TEST(words),
        TEST(any_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
