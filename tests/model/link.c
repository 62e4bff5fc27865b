// Brevier — tests of the link policy applied to a tree.
// SPDX-License-Identifier: MIT
#include "model/link.h"
#include "harness.h"

// A paragraph with one link, "here", to `target`.
static struct brv_node *paragraph_with_link(struct fixture *fixture, const char *target)
{
    struct brv_node *root = brv_node_new(fixture->arena, BRV_KIND_P, brv_span_none());
    struct brv_node *link = brv_node_new(fixture->arena, BRV_KIND_A, brv_span_none());
    brv_node_set(fixture->arena, link, BRV_ATTR_HREF, brv_str_from_cstr(target));
    brv_node_append(link, brv_node_new_text(fixture->arena, BRV_S("here"), brv_span_none()));
    brv_node_append(root, link);
    return root;
}

static void test_sound_links_stay(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = paragraph_with_link(fixture, "https://a.example/");
    brv_links_check(fixture->arena, root, &fixture->sink);
    assert_int_equal(root->first->kind, BRV_KIND_A);
    root = paragraph_with_link(fixture, "#place");
    brv_node_set(fixture->arena, root, BRV_ATTR_ID, BRV_S("place"));
    brv_links_check(fixture->arena, root, &fixture->sink);
    assert_int_equal(root->first->kind, BRV_KIND_A);
    assert_null(fixture->sink.first);
}

static void test_link_to_nowhere_is_a_span(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = paragraph_with_link(fixture, "#nowhere");
    brv_links_check(fixture->arena, root, &fixture->sink);
    assert_int_equal(root->first->kind, BRV_KIND_SPAN);
    assert_false(brv_node_has_attr(root->first, BRV_ATTR_HREF));
    assert_str(brv_node_plain_text(fixture->arena, root), "here (#nowhere)");
    assert_str(sink_message(&fixture->sink, 0),
               "link target \"#nowhere\" is nowhere in the document");
}

static void test_refused_target_is_shown(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = paragraph_with_link(fixture, "javascript:x");
    brv_links_check(fixture->arena, root, &fixture->sink);
    assert_int_equal(root->first->kind, BRV_KIND_SPAN);
    assert_str(brv_node_plain_text(fixture->arena, root), "here (javascript:x)");
    assert_str(sink_message(&fixture->sink, 0),
               "\"javascript:x\" may not be a link; shown as text");
}

// What would be nothing to see is what it leads to.
static void test_links_without_words(void **state)
{
    static const struct {
        const char *target, *heading, *shown;
    } rows[] = {
        { "https://a.example/b", "Heading", "https://a.example/b" },
        { "#place", "Its heading", "Its heading" },
        { "#place", "", "#place" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
        struct brv_node *heading = brv_node_new(fixture->arena, BRV_KIND_H2, brv_span_none());
        brv_node_set(fixture->arena, heading, BRV_ATTR_ID, BRV_S("place"));
        brv_str words = brv_str_from_cstr(rows[i].heading);
        brv_node_append(heading, brv_node_new_text(fixture->arena, words, brv_span_none()));
        brv_node_append(root, heading);
        struct brv_node *holder = paragraph_with_link(fixture, rows[i].target);
        holder->first->first->text = BRV_S(" ");
        brv_node_append(root, holder);
        brv_links_check(fixture->arena, root, &fixture->sink);
        brv_str shown = brv_node_plain_text(fixture->arena, holder->first);
        assert_str(brv_str_trim(shown), rows[i].shown);
    }
    assert_null(fixture->sink.first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sound_links_stay),
        TEST(test_link_to_nowhere_is_a_span),
        TEST(test_refused_target_is_shown),
        TEST(test_links_without_words),
    };
    return cmocka_run_group_tests_name("model_link", tests, NULL, NULL);
}
