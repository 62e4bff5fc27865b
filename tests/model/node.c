// Brevier — tests of building, reading, copying, walking and dumping trees.
// SPDX-License-Identifier: MIT
#include "model/node.h"
#include "harness.h"

static struct brv_node *add(struct fixture *fixture, struct brv_node *parent, enum brv_kind kind)
{
    struct brv_node *node = brv_node_new(fixture->arena, kind, brv_span_none());
    if (parent) {
        brv_node_append(parent, node);
    }
    return node;
}

static void add_text(struct fixture *fixture, struct brv_node *parent, const char *text)
{
    brv_node_append(parent,
                    brv_node_new_text(fixture->arena, brv_str_from_cstr(text), brv_span_none()));
}

static brv_str dump(struct fixture *fixture, const struct brv_node *root)
{
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    brv_tree_dump(root, false, buf);
    return brv_buf_str(buf);
}

// div > (p > "a", em > "b"), (ul > li > "c")
static struct brv_node *sample(struct fixture *fixture)
{
    struct brv_node *div = add(fixture, NULL, BRV_KIND_DIV);
    struct brv_node *p = add(fixture, div, BRV_KIND_P);
    add_text(fixture, p, "a");
    add_text(fixture, add(fixture, p, BRV_KIND_EM), "b");
    add_text(fixture, add(fixture, add(fixture, div, BRV_KIND_UL), BRV_KIND_LI), "c");
    return div;
}

#define SAMPLE_DUMP "div\n  p\n    \"a\"\n    em\n      \"b\"\n  ul\n    li\n      \"c\"\n"

static void test_dump_and_copy(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *div = sample(fixture);
    assert_str(dump(fixture, div), SAMPLE_DUMP);
    struct brv_node *copy = brv_node_copy(fixture->arena, div);
    brv_node_remove(div->first);
    assert_str(dump(fixture, copy), SAMPLE_DUMP);
    assert_str(dump(fixture, div), "div\n  ul\n    li\n      \"c\"\n");
    assert_str(dump(fixture, brv_node_copy(fixture->arena, copy->first)),
               "p\n  \"a\"\n  em\n    \"b\"\n");
}

static void test_walk(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *div = sample(fixture);
    size_t count = 0;
    for (struct brv_node *at = div; at; at = brv_node_walk_next(div, at)) {
        count++;
    }
    assert_int_equal(count, 8);
    struct brv_node *p = div->first;
    assert_ptr_equal(brv_node_walk_over(div, p), p->next);
    assert_null(brv_node_walk_over(p, p)); // never leaves its root
    assert_null(brv_node_walk_next(p, p->last->first));
}

static void test_insert_and_remove(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *p = add(fixture, NULL, BRV_KIND_P);
    struct brv_node *b = add(fixture, p, BRV_KIND_BR);
    struct brv_node *i = brv_node_new(fixture->arena, BRV_KIND_IMG, brv_span_none());
    brv_node_insert_before(b, i);
    assert_ptr_equal(p->first, i);
    assert_ptr_equal(i->next, b);
    assert_ptr_equal(b->previous, i);
    brv_node_remove(i);
    assert_ptr_equal(p->first, b);
    brv_node_remove(b);
    assert_null(p->first);
    assert_null(p->last);
}

static void test_attributes(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *td = add(fixture, NULL, BRV_KIND_TD);
    assert_true(brv_node_set_attr(fixture->arena, td, BRV_S("class"), BRV_S(" one  two ")));
    assert_true(brv_node_set_attr(fixture->arena, td, BRV_S("data-align"), BRV_S("left")));
    assert_true(brv_node_set_attr(fixture->arena, td, BRV_S("colspan"), BRV_S("3")));
    assert_false(brv_node_set_attr(fixture->arena, td, BRV_S("onclick"), BRV_S("x")));
    assert_false(brv_node_set_attr(fixture->arena, td, BRV_S("data-"), BRV_S("x")));
    assert_false(brv_node_set_attr(fixture->arena, td, BRV_S("data-A"), BRV_S("x")));
    assert_int_equal(td->class_count, 2);
    assert_true(brv_node_has_class(td, BRV_S("two")));
    assert_false(brv_node_has_class(td, BRV_S("tw")));
    assert_str(brv_node_attr_named(td, BRV_S("data-align")), "left");
    assert_int_equal(brv_node_attr_count(td, BRV_ATTR_COLSPAN, 1), 3);
    assert_int_equal(brv_node_attr_count(td, BRV_ATTR_ROWSPAN, 1), 1);
    brv_node_set(fixture->arena, td, BRV_ATTR_COLSPAN, BRV_S("0"));
    assert_int_equal(brv_node_attr_count(td, BRV_ATTR_COLSPAN, 1), 1);
    brv_node_set(fixture->arena, td, BRV_ATTR_ID, BRV_S("here"));
    assert_str(td->id, "here");
    assert_str(dump(fixture, td),
               "td class=\" one  two \" data-align=\"left\" colspan=\"0\" id=\"here\"\n");
}

static void test_lists_begin_at_their_start(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *list = add(fixture, NULL, BRV_KIND_OL);
    assert_int_equal(brv_node_list_start(list), 1);
    brv_node_set(fixture->arena, list, BRV_ATTR_START, BRV_S("0"));
    assert_int_equal(brv_node_list_start(list), 0);
    brv_node_set(fixture->arena, list, BRV_ATTR_START, BRV_S("zero"));
    assert_int_equal(brv_node_list_start(list), 1);
}

static void test_lang_is_inherited(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *div = sample(fixture);
    assert_str(brv_node_lang(div->first), "");
    brv_node_set(fixture->arena, div, BRV_ATTR_LANG, BRV_S("el"));
    assert_str(brv_node_lang(div->first->last->first), "el");
}

static void test_plain_text(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *div = sample(fixture);
    struct brv_node *p = div->first;
    add(fixture, p, BRV_KIND_BR);
    struct brv_node *img = add(fixture, p, BRV_KIND_IMG);
    brv_node_set(fixture->arena, img, BRV_ATTR_ALT, BRV_S("pic"));
    struct brv_node *note = add(fixture, p, BRV_KIND_FOOTNOTE);
    add_text(fixture, add(fixture, note, BRV_KIND_P), "left out");
    assert_str(brv_node_plain_text(fixture->arena, p), "ab pic");
    assert_str(brv_node_plain_text(fixture->arena, div), "ab pic c");
}

static void test_kinds(void **state)
{
    (void)state;
    enum brv_kind kind = BRV_KIND_TEXT;
    assert_true(brv_kind_from_name(BRV_S("blockquote"), &kind));
    assert_int_equal(kind, BRV_KIND_BLOCKQUOTE);
    assert_false(brv_kind_from_name(BRV_S("#text"), &kind));
    assert_false(brv_kind_from_name(BRV_S("script"), &kind));
    for (int i = 0; i < BRV_KIND_COUNT - 1; i++) {
        assert_true(brv_kind_from_name(brv_str_from_cstr(brv_kind_names()[i]), &kind));
        assert_int_equal(kind, i + 1);
    }
    assert_int_equal(brv_kind_heading_level(BRV_KIND_H4), 4);
    assert_int_equal(brv_kind_heading_level(BRV_KIND_P), 0);
    assert_int_equal(brv_kind_from_heading_level(9), BRV_KIND_H6);
    assert_int_equal(brv_kind_from_heading_level(0), BRV_KIND_H1);
}

static void test_containment(void **state)
{
    (void)state;
    static const struct {
        enum brv_kind parent;
        enum brv_kind child;
        bool may;
    } cases[] = {
        { BRV_KIND_P, BRV_KIND_TEXT, true },     { BRV_KIND_P, BRV_KIND_P, false },
        { BRV_KIND_UL, BRV_KIND_LI, true },      { BRV_KIND_UL, BRV_KIND_TEXT, false },
        { BRV_KIND_LI, BRV_KIND_UL, true },      { BRV_KIND_LI, BRV_KIND_EM, true },
        { BRV_KIND_TABLE, BRV_KIND_TR, true },   { BRV_KIND_TABLE, BRV_KIND_TD, false },
        { BRV_KIND_TR, BRV_KIND_TH, true },      { BRV_KIND_DIV, BRV_KIND_LI, false },
        { BRV_KIND_DL, BRV_KIND_DT, true },      { BRV_KIND_EM, BRV_KIND_FOOTNOTE, true },
        { BRV_KIND_FOOTNOTE, BRV_KIND_P, true }, { BRV_KIND_BR, BRV_KIND_TEXT, false },
        { BRV_KIND_THEAD, BRV_KIND_TR, true },   { BRV_KIND_DIV, BRV_KIND_CAPTION, false },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        assert_int_equal(brv_kind_may_contain(cases[i].parent, cases[i].child), cases[i].may);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_dump_and_copy),
        TEST(test_walk),
        TEST(test_insert_and_remove),
        TEST(test_attributes),
        TEST(test_lists_begin_at_their_start),
        TEST(test_lang_is_inherited),
        TEST(test_plain_text),
        TEST(test_kinds),
        TEST(test_containment),
    };
    return cmocka_run_group_tests_name("model_node", tests, NULL, NULL);
}
