// Brevier — tests of the section index: ids, paths, reading order, facts.
// SPDX-License-Identifier: MIT
#include "model/document.h"
#include "harness.h"

static struct brv_section *add(struct fixture *fixture, struct brv_document *document,
                               struct brv_section *parent, const char *title)
{
    struct brv_section *section = BRV_NEW(fixture->arena, struct brv_section);
    section->parent = parent;
    section->heading = brv_node_new(fixture->arena, BRV_KIND_H2, brv_span_none());
    brv_node_append(section->heading,
                    brv_node_new_text(fixture->arena, brv_str_from_cstr(title), brv_span_none()));
    section->blocks = brv_node_new(fixture->arena, BRV_KIND_DIV, brv_span_none());
    struct brv_section **first = parent ? &parent->first : &document->first;
    struct brv_section **last = parent ? &parent->last : &document->last;
    if (*last) {
        (*last)->next = section;
    } else {
        *first = section;
    }
    *last = section;
    return section;
}

static void test_ids_and_order(void **state)
{
    struct fixture *fixture = *state;
    struct brv_document document = { 0 };
    struct brv_section *a = add(fixture, &document, NULL, "Impact");
    add(fixture, &document, a, "For Customers");
    add(fixture, &document, NULL, "Impact-2");
    struct brv_section *again = add(fixture, &document, NULL, "Impact");
    add(fixture, &document, again, "For Customers");
    brv_document_index(&document, fixture->arena);
    static const char *const paths[] = {
        "impact", "impact/for-customers", "impact-2", "impact-3", "impact-3/for-customers-2"
    };
    size_t count = 0;
    for (struct brv_section *at = document.first; at; at = brv_section_next(at)) {
        assert_true(count < BRV_COUNT(paths));
        assert_str(at->path, paths[count++]);
        assert_true(brv_str_equal(at->heading->id, at->id));
    }
    assert_int_equal(count, BRV_COUNT(paths));
    assert_str(again->slug, "impact");
    assert_str(again->title, "Impact");
}

// Many equal headings must not cost the square of their number: ids are given in one pass.
static void test_many_equal_headings(void **state)
{
    struct fixture *fixture = *state;
    struct brv_document document = { 0 };
    for (int i = 0; i < 3000; i++) {
        add(fixture, &document, NULL, "x-2");
        add(fixture, &document, NULL, "x");
    }
    brv_document_index(&document, fixture->arena);
    assert_str(document.first->id, "x-2");
    assert_str(document.last->id, "x-3001");
}

static struct brv_node *list_of(struct fixture *fixture, struct brv_section *section)
{
    struct brv_node *list = brv_node_new(fixture->arena, BRV_KIND_UL, brv_span_none());
    brv_node_append(section->blocks, list);
    return list;
}

static void add_item(struct fixture *fixture, struct brv_node *list, const char *strong,
                     const char *text)
{
    struct brv_node *item = brv_node_new(fixture->arena, BRV_KIND_LI, brv_span_none());
    brv_node_append(list, item);
    if (strong) {
        struct brv_node *node = brv_node_new(fixture->arena, BRV_KIND_STRONG, brv_span_none());
        brv_node_append(
            node, brv_node_new_text(fixture->arena, brv_str_from_cstr(strong), brv_span_none()));
        brv_node_append(item, node);
    }
    if (text) {
        brv_node_append(
            item, brv_node_new_text(fixture->arena, brv_str_from_cstr(text), brv_span_none()));
    }
}

static void test_facts(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *strong;
        const char *text;
        const char *slug; // NULL: no fact
        const char *value;
    } cases[] = {
        { NULL, "Date: 19 December", "date", "19 December" },
        { NULL, "Date:", "date", "" },
        { NULL, "日付：今日", "日付", "今日" },
        { "Key Actors:", " A and B", "key-actors", "A and B" },
        { "Key Actors", ": A and B", "key-actors", "A and B" },
        { "Key：", " A", "key", "A" },
        { "Key", "： A", "key", "A" },
        { NULL, "See http://a.example for more", NULL, NULL },
        { NULL, "Time 10:30 was it", NULL, NULL },
        { NULL, "It ended. Reason: unknown", NULL, NULL },
        { NULL, ": no key", NULL, NULL },
        { "Not a key", " but emphasis", NULL, NULL },
        { "Key: and value", " in one", NULL, NULL },
        { NULL, NULL, NULL, NULL },
    };
    struct brv_document document = { 0 };
    struct brv_section *section = add(fixture, &document, NULL, "Facts");
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        add_item(fixture, list_of(fixture, section), cases[i].strong, cases[i].text);
    }
    brv_document_index(&document, fixture->arena);
    const struct brv_fact *fact = section->facts;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        if (cases[i].slug) {
            assert_non_null(fact);
            assert_str(fact->slug, cases[i].slug);
            assert_str(fact->value, cases[i].value);
            assert_int_equal(fact->item->kind, BRV_KIND_LI);
            fact = fact->next;
        }
    }
    assert_null(fact);
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_ids_and_order),
                                        TEST(test_many_equal_headings),
                                        TEST(test_facts) };
    return cmocka_run_group_tests_name("model_document", tests, NULL, NULL);
}
