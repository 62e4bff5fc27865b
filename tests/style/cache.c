// Brevier — the cascade kept between documents: it gives what each would have got alone.
// SPDX-License-Identifier: MIT
#include "tree.h"

#include "style/styled.h"

// One of a row of documents, as text: its tree and what was reported of it.
static brv_str described(struct fixture *fixture, const struct brv_stylesheets *sheets,
                         struct brv_style_cache *cache, enum brv_media media, const char *tree)
{
    struct brv_arena *arena = brv_arena_new(); // of the document
    struct brv_sink sink = brv_sink_init(arena);
    const struct brv_node *root = tree_from(arena, tree);
    const struct brv_styled *styled = cache
                                          ? brv_style_tree_cached(arena, cache, media, root, &sink)
                                          : brv_style_tree(arena, sheets, media, root, &sink);
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_styled_dump(styled, out);
    const struct brv_page_style page = brv_style_page(
        arena, sheets, media, styled->style, (brv_str){ 0 }, false, BRV_PAGE_RIGHT, false);
    const struct brv_styled *box = brv_style_margin_box(arena, page.boxes[BRV_BOX_TOP_LEFT]);
    if (box)
        brv_styled_dump(box, out);
    for (const struct brv_diag *diag = sink.first; diag; diag = diag->next)
        brv_buf_printf(out,
                       "%zu: %" BRV_STR_F "\n",
                       brv_span_locate(diag->span).line,
                       BRV_STR_ARG(diag->message));
    brv_arena_free(arena);
    return brv_buf_str(out);
}

// Looks at every rule for every element, which the index and the sites spare: those that set
// margins set what the tree says, if nothing comes after them.
static void assert_every_rule(struct fixture *fixture, const struct brv_stylesheets *sheets,
                              const char *text)
{
    struct brv_arena *arena = brv_arena_new();
    const struct brv_node *root = tree_from(arena, text);
    const struct brv_styled *at =
        brv_style_tree(arena, sheets, BRV_MEDIA_TEXT, root, &fixture->sink);
    size_t count = 0;
    const struct brv_css_element *elements = brv_css_elements_new(arena, root, &count);
    for (const struct brv_styled *top = at; at; at = brv_styled_walk_next(top, at)) {
        if (at->kind != BRV_STYLED_ELEMENT)
            continue;
        const struct brv_css_element *element = elements;
        while (element->node != at->node)
            element++;
        float left = -1;
        struct brv_css_matcher matcher = { .limit = 1000000 };
        for (size_t i = 0; i < sheets->entry_count; i++) {
            const struct brv_css_entry *entry = &sheets->entries[i];
            if (entry->group->origin == BRV_ORIGIN_AUTHOR &&
                entry->block->items[0].id == BRV_PROP_margin_left &&
                brv_css_selector_matches(&matcher, entry->selector, element))
                left = (float)strtod(
                    brv_span_text(brv_css_declaration_span(sheets, &entry->block->items[0])).ptr +
                        strlen("margin-left: "),
                    NULL);
        }
        if (left >= 0)
            assert_float_equal(at->style->margin_left.pt, left, 0.01);
    }
    brv_arena_free(arena);
}

static void alike(void **state)
{
    static const char *const sheets[] = {
        "",
        "p { color: red; margin: 1rem } section p { color: blue } .x > p:first-child { margin: 0 }",
        "article { font-size: 10pt } article.big { font-size: 20pt } section { font-size: 12pt }"
        " p { margin: 1rem; width: 2em }",
        ":root { --a: red; --m: 1pt 2pt } article.big { --a: green } p { color: var(--a); margin:"
        " var(--m) } @page { @top-left { content: 'x'; color: var(--a) } }",
        "p { color: var(--nothing) } em { margin: var(--w) } :root { --w: wrong }",
        "li::marker { color: red } p::before { content: counter(n); counter-increment: n }"
        " @media text { p { margin: 9pt } }",
    };
    static const char *const trees[] = {
        "article { p#a 'x' }",
        "article.big { section.x { p 'x' p { em 'y' } } ul { li 'z' } }",
        "article { section.x { p 'x' p { em 'y' } } ul { li { p 'z' } } }",
        "article.big { p 'x' section { p { em { strong 'y' } } } }",
        "article { section.x { p 'x' p { em 'y' } } ul { li { p 'z' } } }",
    };
    struct fixture *fixture = *state;
    for (size_t s = 0; s < BRV_COUNT(sheets); s++) {
        const struct brv_stylesheets *set = sheets_from(fixture, sheets[s]);
        struct brv_style_cache *cache = brv_style_cache_new(fixture->arena, set);
        for (size_t i = 0; i < 3 * BRV_COUNT(trees); i++) {
            const char *tree = trees[i % BRV_COUNT(trees)];
            const enum brv_media media = (enum brv_media)(i / 2 % 3);
            brv_str want = described(fixture, set, NULL, media, tree);
            brv_str got = described(fixture, set, cache, media, tree);
            if (!brv_str_equal(got, want))
                fail_msg("%s\n%s\ngives\n%.*sinstead of\n%.*s",
                         sheets[s],
                         tree,
                         BRV_STR_ARG(got),
                         BRV_STR_ARG(want));
        }
    }
}

// Whatever selectors ask for, of elements that stand in the same place and in others, with and
// without what is open there.
static void sites(void **state)
{
    static const char *const simples[] = {
        "p",
        "li",
        "em",
        "section",
        "*",
        ".x",
        ".y",
        "#a",
        "[title]",
        "[class]",
        "[class~=y]",
        ":first-child",
        ":last-child",
        ":nth-child(2)",
        ":root",
        ":empty",
        ":not(.x)",
        ":not(:first-child)",
        ":is(p, .y)",
        ":is(section > p, li)",
        ":not(section p)",
        ":lang(de)",
    };
    static const char *const joints[] = { "", "", " ", " > ", " + ", " ~ " };
    static const char *const trees[] = {
        "article { p.x 'a' p.x 'b' section.x { p 'a' p#a.x { em 'b' em.y 'c' } p.x 'd' } }",
        "article { section.y { p 'a' p.x { em 'b' em 'c' } } ul { li.x 'd' li { p 'e' p 'f' } } }",
        "article#a.x { section.x { p 'a' p.x { em[title=q] 'b' em.y 'c' } section { p } } }",
        "article[lang=de] { section.x { p 'a' p.x.y { em[title=q] 'b' em.y 'c' } p.x } p#a.x }",
        "article { ul { li { p.x 'a' p 'b' } li.y { p 'c' } } section.x { p.x 'd' } p.x }",
    };
    enum { ROUNDS = 60, RULES = 12 };
    struct fixture *fixture = *state;
    uint64_t seed = 3;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct brv_buf *css = brv_buf_new_in(fixture->arena);
        for (size_t i = 0; i < RULES; i++) {
            size_t parts = 1 + random_next(&seed) % 3;
            for (size_t k = 0; k < parts; k++) {
                if (k > 0)
                    brv_buf_add_cstr(css, joints[2 + random_next(&seed) % (BRV_COUNT(joints) - 2)]);
                brv_buf_add_cstr(css, simples[random_next(&seed) % BRV_COUNT(simples)]);
                if (random_next(&seed) % 3 == 0)
                    brv_buf_add_cstr(css,
                                     simples[5 + random_next(&seed) % (BRV_COUNT(simples) - 5)]);
            }
            brv_buf_printf(css, " { margin-%s: %zupt }\n", i % 2 ? "left" : "top", i + 1);
        }
        const char *text = brv_arena_cstr(fixture->arena, brv_buf_str(css));
        struct brv_stylesheets *set = sheets_from(fixture, text);
        struct brv_style_cache *cache = brv_style_cache_new(fixture->arena, set);
        for (size_t i = 0; i < 3 * BRV_COUNT(trees); i++) {
            const char *tree = trees[random_next(&seed) % BRV_COUNT(trees)];
            brv_str want = described(fixture, set, NULL, BRV_MEDIA_TEXT, tree);
            brv_str got = described(fixture, set, cache, BRV_MEDIA_TEXT, tree);
            if (!brv_str_equal(got, want))
                fail_msg("%s\n%s\ngives\n%.*sinstead of\n%.*s",
                         text,
                         tree,
                         BRV_STR_ARG(got),
                         BRV_STR_ARG(want));
            assert_every_rule(fixture, set, tree);
        }
    }
}

// A document like one before it works out nothing.
static void saves(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_stylesheets *set = sheets_from(fixture, "p { color: red }");
    struct brv_style_cache *cache = brv_style_cache_new(fixture->arena, set);
    size_t computed[2];
    for (size_t i = 0; i < 2; i++) {
        struct brv_arena *arena = brv_arena_new();
        const struct brv_styled *styled =
            brv_style_tree_cached(arena,
                                  cache,
                                  BRV_MEDIA_TEXT,
                                  tree_from(arena, "article { p 'x' section { p { em 'y' } } }"),
                                  &fixture->sink);
        computed[i] = brv_cascade_counts(brv_cascade_of(styled->style)).computed;
        brv_arena_free(arena);
    }
    assert_true(computed[0] > 0);
    assert_int_equal(computed[0], computed[1]);
}

// Two trees at a time: each has its own root for rem and for variables of pages.
static void at_a_time(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_stylesheets *set = sheets_from(
        fixture, ".a { --c: red } .b { --c: blue } @page { background-color: var(--c) }");
    struct brv_style_cache *cache = brv_style_cache_new(fixture->arena, set);
    const struct brv_styled *trees[2];
    for (size_t i = 0; i < 2; i++)
        trees[i] = brv_style_tree_cached(
            fixture->arena,
            cache,
            BRV_MEDIA_PDF,
            tree_from(fixture->arena, i == 0 ? "article.a { p 'x' }" : "article.b { p 'x' }"),
            &fixture->sink);
    for (size_t i = 0; i < 2; i++) {
        const struct brv_page_style page = brv_style_page(fixture->arena,
                                                          set,
                                                          BRV_MEDIA_PDF,
                                                          trees[i]->style,
                                                          (brv_str){ 0 },
                                                          false,
                                                          BRV_PAGE_RIGHT,
                                                          false);
        assert_int_equal(page.style->background_color.red, i == 0 ? 255 : 0);
    }
}

// The limit on tokens holds for each document as if it were the first: the long ones meet it with
// their last paragraphs, though two of all are known by then: the first, or those very ones.
static void limit(void **state)
{
    enum { CLASSES = 139, WORDS = 3800 };
    static const char known[] = "article { p.c0 'x' p.c1 'x' }";
    struct fixture *fixture = *state;
    struct brv_buf *css = brv_buf_new_in(fixture->arena);
    struct brv_buf *all = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(css, ":root { --x:");
    for (size_t i = 0; i < WORDS; i++)
        brv_buf_add_cstr(css, " a");
    brv_buf_add_cstr(css, " }\n");
    brv_buf_add_cstr(all, "article {");
    for (size_t i = 0; i < CLASSES; i++) {
        brv_buf_printf(css, ".c%zu { --y: var(--x) }\n", i);
        brv_buf_printf(all, " p.c%zu 'x'", i);
    }
    brv_buf_add_cstr(all, " }");
    struct brv_buf *reverse = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(reverse, "article {");
    for (size_t i = CLASSES; i-- > 0;)
        brv_buf_printf(reverse, " p.c%zu 'x'", i);
    brv_buf_add_cstr(reverse, " }");
    const struct brv_stylesheets *set =
        sheets_from(fixture, brv_arena_cstr(fixture->arena, brv_buf_str(css)));
    struct brv_style_cache *cache = brv_style_cache_new(fixture->arena, set);
    const char *rows[] = {
        known,
        brv_arena_cstr(fixture->arena, brv_buf_str(all)),
        known,
        brv_arena_cstr(fixture->arena, brv_buf_str(reverse)),
    };
    size_t faults = 0;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str want = described(fixture, set, NULL, BRV_MEDIA_TEXT, rows[i]);
        brv_str got = described(fixture, set, cache, BRV_MEDIA_TEXT, rows[i]);
        assert_true(brv_str_equal(want, got));
        faults += brv_str_find(got, 0, BRV_S("becomes too long")) < got.len;
    }
    assert_int_equal(faults, 2);
}

// However many unlike documents come, what is kept stays small.
static void bounded(void **state)
{
    enum { CLASSES = 3000, DOCUMENTS = 60, PARAGRAPHS = 50 };
    struct fixture *fixture = *state;
    struct brv_buf *css = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < CLASSES; i++)
        brv_buf_printf(css, ".c%zu { margin: %zupt }\n", i, i + 1);
    const struct brv_stylesheets *set =
        sheets_from(fixture, brv_arena_cstr(fixture->arena, brv_buf_str(css)));
    struct brv_style_cache *cache = brv_style_cache_new(fixture->arena, set);
    size_t most = 0;
    for (size_t i = 0; i < DOCUMENTS; i++) {
        struct brv_arena *arena = brv_arena_new();
        struct brv_buf *tree = brv_buf_new_in(arena);
        brv_buf_add_cstr(tree, "article {");
        for (size_t k = 0; k < PARAGRAPHS; k++)
            brv_buf_printf(tree, " p.c%zu 'x'", i * PARAGRAPHS + k);
        brv_buf_add_cstr(tree, " }");
        const struct brv_styled *styled =
            brv_style_tree_cached(arena,
                                  cache,
                                  BRV_MEDIA_TEXT,
                                  tree_from(arena, brv_arena_cstr(arena, brv_buf_str(tree))),
                                  &fixture->sink);
        const size_t interned = brv_cascade_counts(brv_cascade_of(styled->style)).interned;
        most = interned > most ? interned : most;
        brv_arena_free(arena);
    }
    assert_in_range(most, PARAGRAPHS, CLASSES / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(alike), TEST(sites), TEST(saves), TEST(at_a_time), TEST(limit), TEST(bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
