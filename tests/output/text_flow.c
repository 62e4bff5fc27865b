// Brevier — tests of the lines of the text output: prefixes, gaps, mail, marks for pages.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "base/macros.h"
#include "output/text.h"

static struct brv_flow flow_new(struct fixture *fixture)
{
    return (struct brv_flow){
        .out = brv_buf_new_in(fixture->arena),
        .width = 20,
        .line_pt = 10,
    };
}

static void line(struct brv_flow *flow, const char *text)
{
    brv_flow_line(flow, brv_str_from_cstr(text));
}

static void test_gaps(void **state)
{
    struct brv_flow flow = flow_new(*state);
    brv_flow_gap(&flow, 50); // nothing stands above the first line
    line(&flow, "a");
    brv_flow_gap(&flow, 2);
    line(&flow, "b");
    brv_flow_gap(&flow, 10);
    brv_flow_gap(&flow, 7); // the larger one wins
    line(&flow, "c");
    brv_flow_gap(&flow, 90);
    line(&flow, "d");
    brv_flow_gap(&flow, 90);
    brv_flow_join(&flow);
    line(&flow, "e  ");
    brv_flow_break(&flow);
    line(&flow, "f");
    assert_str(brv_buf_str(flow.out), "a\nb\n\nc\n\n\nd\ne\n\n\nf\n");
}

static void test_prefixes(void **state)
{
    struct brv_flow flow = flow_new(*state);
    struct brv_prefix quote, item;
    brv_flow_push(&flow, &quote, BRV_S("> "), BRV_S("> "));
    line(&flow, "a");
    brv_flow_gap(&flow, 10);
    brv_flow_push(&flow, &item, BRV_S("1. "), BRV_S("   "));
    assert_int_equal(brv_flow_room(&flow), 15);
    line(&flow, "b");
    line(&flow, "c");
    brv_flow_pop(&flow);
    brv_flow_push(&flow, &item, BRV_S("2. "), BRV_S("   "));
    brv_flow_pop(&flow); // an item of nothing still shows its number
    brv_flow_pop(&flow);
    brv_flow_gap(&flow, 10);
    line(&flow, "d");
    assert_str(brv_buf_str(flow.out), "> a\n>\n> 1. b\n>    c\n> 2.\n\nd\n");
}

static void test_outdent(void **state)
{
    struct brv_flow flow = flow_new(*state);
    struct brv_prefix item, spaces;
    brv_flow_push(&flow, &item, BRV_S("* "), BRV_S("  "));
    brv_flow_push(&flow, &spaces, BRV_S("    "), BRV_S("    "));
    assert_int_equal(brv_flow_free(&flow, false), 4); // one of five stays behind the marker
    brv_flow_put(&flow, &(struct brv_flow_text){ .text = BRV_S("a"), .width = 1, .outdent = 4 });
    assert_int_equal(brv_flow_free(&flow, false), 6);
    brv_flow_put(&flow, &(struct brv_flow_text){ .text = BRV_S("b"), .width = 1, .outdent = 6 });
    brv_flow_pop(&flow);
    brv_flow_pop(&flow);
    assert_int_equal(brv_flow_free(&flow, false), 0);
    assert_str(brv_buf_str(flow.out), "* a\nb\n");
}

// RFC 3676: a soft line ends with a space, signs of quotation stand together, and what begins like
// a sign is stuffed.
static void test_mail(void **state)
{
    static const struct {
        const char *text;
        size_t soft;
        const char *want[3]; // bare, quoted, quoted twice
    } cases[] = {
        { "text", 1, { "text \n", "> text \n", ">> text \n" } },
        { "text", 2, { "text  \n", "> text  \n", ">> text  \n" } },
        { "text", 0, { "text\n", "> text\n", ">> text\n" } },
        { "> no sign", 0, { " > no sign\n", "> > no sign\n", ">> > no sign\n" } },
        { " indented", 0, { "  indented\n", ">  indented\n", ">>  indented\n" } },
        { "From me", 1, { " From me \n", "> From me \n", ">> From me \n" } },
        { "--", 1, { "--\n", "> -- \n", ">> -- \n" } },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        for (int depth = 0; depth < 3; depth++) {
            struct brv_flow flow = flow_new(*state);
            flow.is_mail = true;
            struct brv_prefix quotes[2];
            for (int k = 0; k < depth; k++) {
                brv_flow_push(&flow, &quotes[k], BRV_S("> "), BRV_S("> "));
                flow.prefix->is_quote = true;
            }
            brv_str text = brv_str_from_cstr(cases[i].text);
            brv_flow_put(&flow,
                         &(struct brv_flow_text){
                             .text = text,
                             .width = text.len,
                             .soft = cases[i].soft,
                         });
            assert_str(brv_buf_str(flow.out), cases[i].want[depth]);
        }
    }
}

// The spaces that make a line hang would end up within its text: such a line stays as it is, and is
// stuffed as those below it are.
static void test_mail_hanging(void **state)
{
    struct brv_flow flow = flow_new(*state);
    flow.is_mail = true;
    struct brv_prefix item;
    brv_flow_push(&flow, &item, BRV_S("* "), BRV_S("  "));
    brv_flow_put(&flow, &(struct brv_flow_text){ .text = BRV_S("a"), .width = 1, .soft = 1 });
    brv_flow_put(&flow, &(struct brv_flow_text){ .text = BRV_S("b"), .width = 1 });
    brv_flow_pop(&flow);
    assert_str(brv_buf_str(flow.out), " * a\n   b\n");
}

// What stands in columns is stuffed or not as a whole.
static void test_mail_fixed(void **state)
{
    struct brv_flow flow = flow_new(*state);
    flow.is_mail = true;
    brv_flow_put(&flow,
                 &(struct brv_flow_text){ .text = BRV_S("a | b"), .width = 5, .is_fixed = true });
    brv_flow_put(&flow,
                 &(struct brv_flow_text){ .text = BRV_S("  | c"), .width = 5, .is_fixed = true });
    line(&flow, "text");
    assert_str(brv_buf_str(flow.out), " a | b\n   | c\ntext\n");
}

static void count_wide(void *user, brv_str text)
{
    assert_str(text, "twelve wide!");
    ++*(size_t *)user;
}

static void test_wide(void **state)
{
    struct brv_flow flow = flow_new(*state);
    size_t count = 0;
    flow.limit = 12;
    flow.on_wide = count_wide;
    flow.user = &count;
    line(&flow, "twelve wide!");
    assert_int_equal(count, 0);
    struct brv_prefix prefix;
    brv_flow_push(&flow, &prefix, BRV_S(" "), BRV_S(" "));
    line(&flow, "twelve wide!");
    brv_flow_pop(&flow);
    assert_int_equal(count, 1);
    assert_int_equal(flow.widest, 13);
}

// One letter a line: blank, breaks before it, keeps with the line before, or none of these.
static void test_marks(void **state)
{
    struct fixture *fixture = *state;
    struct brv_flow flow = flow_new(fixture);
    struct brv_flow_marks marks = { .arena = fixture->arena };
    flow.marks = &marks;
    line(&flow, "a");
    brv_flow_break(&flow);
    size_t outer = brv_flow_hold(&flow);
    line(&flow, "b");
    brv_flow_gap(&flow, 10);
    size_t inner = brv_flow_hold(&flow); // within what is held already
    line(&flow, "c");
    brv_flow_release(&flow, inner);
    line(&flow, "d");
    brv_flow_release(&flow, outer);
    line(&flow, "e");
    brv_flow_keep(&flow);
    brv_flow_gap(&flow, 10);
    line(&flow, "f");
    char got[16] = { 0 };
    for (size_t i = 0; i < marks.count; i++) {
        const struct brv_flow_mark *mark = &marks.items[i];
        got[i] = mark->is_blank ? ' ' : mark->breaks ? '!' : mark->keeps ? '+' : '.';
        assert_true(mark->is_blank ? flow.out->ptr[mark->offset] == '\n'
                                   : flow.out->ptr[mark->offset] != '\n');
    }
    assert_string_equal(got, ".  ! ++. +");
}

static void test_direction(void **state)
{
    static const struct {
        const char *text;
        enum brv_direction direction;
        const char *want;
    } cases[] = {
        { "plain", BRV_DIRECTION_LTR, "plain" },
        { "d\u00E9j\u00E0 \u2014 \u4E2D", BRV_DIRECTION_LTR, "d\u00E9j\u00E0 \u2014 \u4E2D" },
        { "\u0561 \u0915", BRV_DIRECTION_LTR, "\u0561 \u0915" }, // Armenian, Devanagari
        { "a \u05D0", BRV_DIRECTION_MIXED, "\u2066a \u05D0\u2069" },
        { "*\u0645* a", BRV_DIRECTION_RTL, "\u2067*\u0645* a\u2069" },
        { "14 (\u05D0)", BRV_DIRECTION_RTL, "\u206714 (\u05D0)\u2069" },
        { "\U0001E900", BRV_DIRECTION_RTL, "\u2067\U0001E900\u2069" }, // Adlam
        { "\u0661\u0662", BRV_DIRECTION_LTR, "\u0661\u0662" },         // digits alone
    };
    struct fixture *fixture = *state;
    struct brv_text t = { .arena = fixture->arena };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        brv_str text = brv_str_from_cstr(cases[i].text);
        enum brv_direction direction = brv_text_direction(&t, text);
        assert_int_equal(direction, cases[i].direction);
        struct brv_buf *out = brv_buf_new_in(fixture->arena);
        brv_text_isolate(direction, text, out);
        assert_str(brv_buf_str(out), cases[i].want);
    }
    // A line of a mixed paragraph that has no such letter needs no isolate; with ASCII none may be.
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    brv_text_isolate(BRV_DIRECTION_MIXED, BRV_S("a"), out);
    assert_str(brv_buf_str(out), "a");
    t.is_ascii = true;
    assert_int_equal(brv_text_direction(&t, BRV_S("\u05D0")), BRV_DIRECTION_LTR);
    // One isolate for the lines of a paragraph that mail joins.
    brv_buf_clear(out);
    brv_text_isolate_part(BRV_DIRECTION_RTL, true, false, BRV_S("a "), out);
    brv_text_isolate_part(BRV_DIRECTION_RTL, false, false, BRV_S("b "), out);
    brv_text_isolate_part(BRV_DIRECTION_RTL, false, true, BRV_S("c"), out);
    brv_text_isolate_part(BRV_DIRECTION_LTR, true, true, BRV_S(" d"), out);
    assert_str(brv_buf_str(out), "\u2067a \u200Fb \u200Fc\u2069 d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_gaps), TEST(test_prefixes),     TEST(test_outdent),
        TEST(test_mail), TEST(test_mail_hanging), TEST(test_mail_fixed),
        TEST(test_wide), TEST(test_marks),        TEST(test_direction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
