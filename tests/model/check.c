// Brevier — tests of the tree checker: each fault has its message.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "model/node.h"

static struct brv_node *chain(struct fixture *fixture, const enum brv_kind *kinds, size_t count)
{
    struct brv_node *root = brv_node_new(fixture->arena, kinds[0], brv_span_none());
    struct brv_node *at = root;
    for (size_t i = 1; i < count; i++) {
        struct brv_node *child = brv_node_new(fixture->arena, kinds[i], brv_span_none());
        brv_node_append(at, child);
        at = child;
    }
    return root;
}

#define CHAIN(fixture, ...)                                                                        \
    chain(fixture,                                                                                 \
          (const enum brv_kind[]){ __VA_ARGS__ },                                                  \
          sizeof((const enum brv_kind[]){ __VA_ARGS__ }) / sizeof(enum brv_kind))

static void assert_fault(struct fixture *fixture, const struct brv_node *root, const char *message)
{
    struct brv_sink sink = brv_sink_init(fixture->arena);
    assert_int_equal(brv_tree_check(root, 10, BRV_CODE_PLUGIN, &sink), BRV_FAILED);
    assert_str(sink_message(&sink, 0), message);
    assert_int_equal(sink.counts[BRV_ERROR], 1);
}

static void test_sound_tree(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = CHAIN(fixture,
                                  BRV_KIND_DIV,
                                  BRV_KIND_UL,
                                  BRV_KIND_LI,
                                  BRV_KIND_P,
                                  BRV_KIND_A,
                                  BRV_KIND_FOOTNOTE,
                                  BRV_KIND_P,
                                  BRV_KIND_A);
    assert_int_equal(brv_tree_check(root, 10, BRV_CODE_PLUGIN, &fixture->sink), BRV_OK);
    assert_null(fixture->sink.first);
}

static void test_containment(void **state)
{
    struct fixture *fixture = *state;
    assert_fault(
        fixture, CHAIN(fixture, BRV_KIND_DIV, BRV_KIND_LI), "\"li\" may not stand in \"div\"");
    assert_fault(fixture, CHAIN(fixture, BRV_KIND_P, BRV_KIND_P), "\"p\" may not stand in \"p\"");
    assert_fault(
        fixture, CHAIN(fixture, BRV_KIND_TABLE, BRV_KIND_TD), "\"td\" may not stand in \"table\"");
}

static void test_nesting_in_own_kind(void **state)
{
    struct fixture *fixture = *state;
    assert_fault(fixture,
                 CHAIN(fixture, BRV_KIND_P, BRV_KIND_A, BRV_KIND_EM, BRV_KIND_A),
                 "element \"a\" may not stand in another of its kind");
    assert_fault(fixture,
                 CHAIN(fixture, BRV_KIND_P, BRV_KIND_FOOTNOTE, BRV_KIND_P, BRV_KIND_FOOTNOTE),
                 "element \"footnote\" may not stand in another of its kind");
}

static void test_depth(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = brv_node_new(fixture->arena, BRV_KIND_DIV, brv_span_none());
    struct brv_node *at = root;
    for (int depth = 1; depth < 10; depth++) {
        struct brv_node *child = brv_node_new(fixture->arena, BRV_KIND_DIV, brv_span_none());
        brv_node_append(at, child);
        at = child;
    }
    assert_int_equal(brv_tree_check(root, 10, BRV_CODE_PLUGIN, &fixture->sink), BRV_OK);
    brv_node_append(at, brv_node_new(fixture->arena, BRV_KIND_HR, brv_span_none()));
    assert_fault(fixture, root, "elements are nested deeper than 10");
}

static void test_attribute_values(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *name;
        const char *value;
        const char *message;
    } cases[] = {
        { "id", "a b", "attribute \"id\" must be a name without white space" },
        { "id", "", "attribute \"id\" must be a name without white space" },
        { "lang", "english!", "attribute \"lang\" must be a language tag like \"en-GB\"" },
        { "lang", "9x", "attribute \"lang\" must be a language tag like \"en-GB\"" },
        { "colspan", "-1", "attribute \"colspan\" must be a whole number up to 10,000" },
        { "rowspan", "10001", "attribute \"rowspan\" must be a whole number up to 10,000" },
        { "lang", "zh-Hant-TW", NULL },
        { "lang", "", NULL },
        { "colspan", "10000", NULL },
        { "title", "any thing", NULL },
        { "data-x", "any thing", NULL },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_node *node = brv_node_new(fixture->arena, BRV_KIND_TD, brv_span_none());
        assert_true(brv_node_set_attr(fixture->arena,
                                      node,
                                      brv_str_from_cstr(cases[i].name),
                                      brv_str_from_cstr(cases[i].value)));
        if (cases[i].message) {
            assert_fault(fixture, node, cases[i].message);
        } else {
            assert_int_equal(brv_tree_check(node, 10, BRV_CODE_PLUGIN, &fixture->sink), BRV_OK);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sound_tree), TEST(test_containment),      TEST(test_nesting_in_own_kind),
        TEST(test_depth),      TEST(test_attribute_values),
    };
    return cmocka_run_group_tests_name("model_check", tests, NULL, NULL);
}
