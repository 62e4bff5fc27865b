// Brevier — what the cascade does for a sheet of 300 rules over a document of 2,000 elements, in
// counts: selectors looked at, steps of matching, styles computed. Clocks differ, counts do not.
// SPDX-License-Identifier: MIT
#include "tree.h"

enum { SECTIONS = 40, PARTS = 6, RULES = 300, RULES_A_TURN = 6, NAMES = 50 };

// Sections with paragraphs, a list and a table row, each part with one class of fifty.
static const struct brv_node *document(struct fixture *fixture, size_t *elements)
{
    struct brv_buf *text = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(text, "article {");
    for (int i = 0; i < SECTIONS; i++) {
        brv_buf_printf(text, " section.part-%d { h2", i);
        for (int k = 0; k < PARTS; k++)
            brv_buf_printf(text,
                           " p.name-%d { strong em a } ul { li.name-%d li { code } }",
                           (i + k) % NAMES,
                           (i * PARTS + k) % NAMES);
        brv_buf_add_cstr(text, " }");
    }
    brv_buf_add_cstr(text, " }");
    brv_buf_add_byte(text, 0);
    const struct brv_node *root = tree_from(fixture->arena, text->ptr);
    *elements = 0;
    for (const struct brv_node *node = root; node; node = brv_node_walk_next(root, node))
        ++*elements;
    return root;
}

// Six kinds of rules in turn: class, descendant, child and place, sibling, :is, variable.
static const char *sheet(struct fixture *fixture)
{
    struct brv_buf *css = brv_buf_new_in(fixture->arena);
    for (int i = 0; i < RULES / RULES_A_TURN; i++) {
        brv_buf_printf(css, ".name-%d { color: #%06x; margin: %dpt }\n", i, 0x1000 * i, i % 7);
        brv_buf_printf(css, ".part-%d p strong { font-weight: %d }\n", i, 100 + 100 * (i % 9));
        brv_buf_printf(css, "section > .name-%d:nth-child(2n+%d) { padding: 1pt }\n", i, i % 3);
        brv_buf_printf(css, "h2 + .name-%d { text-indent: %dpt }\n", i, i % 5);
        brv_buf_printf(css, ":is(.part-%d, #at-%d) > ul { margin-left: calc(1em + 2pt) }\n", i, i);
        brv_buf_printf(css, "li.name-%d code { --size: %dpt; font-size: var(--size) }\n", i, 8 + i);
    }
    brv_buf_add_byte(css, 0);
    return css->ptr;
}

static void cost_of_300_rules(void **state)
{
    struct fixture *fixture = *state;
    size_t elements = 0;
    const struct brv_node *root = document(fixture, &elements);
    const struct brv_styled *styled = brv_style_tree(
        fixture->arena, sheets_from(fixture, sheet(fixture)), BRV_MEDIA_PDF, root, &fixture->sink);
    const struct brv_cascade_counts counts = brv_cascade_counts(brv_cascade_of(styled->style));
    assert_int_equal(fixture->sink.kept, 0);
    assert_int_equal(elements, 2001);
    // Looking at every rule would be 600,000 candidates; styling each element anew, 2,000 styles.
    assert_in_range(counts.candidates, elements, 30 * elements);
    assert_in_range(counts.match_steps, elements, 50 * elements);
    assert_in_range(counts.computed, 1, elements / 3);
    assert_in_range(counts.interned, 1, elements / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(cost_of_300_rules) };
    return cmocka_run_group_tests_name("style cost", tests, NULL, NULL);
}
