// Brevier — tests of reading JSON: what comes of a text, and where a wrong one is wrong.
// SPDX-License-Identifier: MIT
#include "base/json.h"
#include "base/buf.h"
#include "harness.h"

static const struct brv_json_limits limits = { .depth = 4, .values = 40 };

// The tree written once more: strings without escapes in angle quotes, the rest as it was.
static void write_value(const struct brv_json *value, struct brv_buf *out)
{
    if (value->key_written.len > 0)
        brv_buf_printf(out, "‹%" BRV_STR_F "›=", BRV_STR_ARG(value->key));
    if (value->type == BRV_JSON_STRING) {
        brv_buf_printf(out, "‹%" BRV_STR_F "›", BRV_STR_ARG(value->text));
        return;
    }
    if (value->type < BRV_JSON_ARRAY) {
        brv_buf_printf(out, "%d:%" BRV_STR_F, (int)value->type, BRV_STR_ARG(value->written));
        return;
    }
    brv_buf_printf(out, value->type == BRV_JSON_ARRAY ? "[%zu" : "{%zu", value->count);
    for (const struct brv_json *child = value->first; child; child = child->next) {
        brv_buf_add_byte(out, ' ');
        write_value(child, out);
    }
    brv_buf_add_byte(out, value->type == BRV_JSON_ARRAY ? ']' : '}');
}

static void test_values(void **state)
{
    struct fixture *fixture = *state;
    static const char *const rows[][2] = {
        { "null", "0:null" },
        { " false ", "1:false" },
        { "[true]", "[1 2:true]" },
        { "[0,-1,10.50,1e5,2E-07,-0.0e+1]", "[6 3:0 3:-1 3:10.50 3:1e5 3:2E-07 3:-0.0e+1]" },
        { "\"\"", "‹›" },
        { "\"plain é\"", "‹plain é›" },
        { "\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"", "‹a\"\\/\b\f\n\r\tz›" },
        { "\"\\u00e9 \\u20AC \\ud83d\\ude00!\"", "‹é € 😀!›" },
        { "[]", "[0]" },
        { "{ }", "{0}" },
        { "[[],{}]", "[2 [0] {0}]" },
        { "\t{ \"a\" : [ 1 , 2 ] ,\r\n\"b\\n\" : { \"a\" : \"x\" } } ",
          "{2 ‹a›=[2 3:1 3:2] ‹b\n›={1 ‹a›=‹x›}}" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_json_fault fault;
        brv_str text = brv_str_from_cstr(rows[i][0]);
        const struct brv_json *value = brv_json_parse(fixture->arena, text, limits, &fault);
        assert_non_null(value);
        struct brv_buf *out = brv_buf_new_in(fixture->arena);
        write_value(value, out);
        assert_str(brv_buf_str(out), rows[i][1]);
        assert_str(value->written, brv_arena_cstr(fixture->arena, brv_str_trim(text)));
    }
}

static void test_places(void **state)
{
    struct fixture *fixture = *state;
    brv_str text = BRV_S("{ \"k\\u0065y\": [1, \"two\"] }");
    const struct brv_json *member = brv_json_parse(fixture->arena, text, limits, NULL)->first;
    assert_str(member->key_written, "\"k\\u0065y\"");
    assert_str(member->key, "key");
    assert_str(member->written, "[1, \"two\"]");
    assert_ptr_equal(member->written.ptr, text.ptr + 14);
    const struct brv_json *two = member->first->next;
    assert_ptr_equal(two->text.ptr, two->written.ptr + 1);
    assert_null(two->next);
}

// What ends plain text is found wherever it stands among the bytes that are passed over at once.
static void test_long_strings(void **state)
{
    struct fixture *fixture = *state;
    for (size_t length = 0; length < 70; length++) {
        for (size_t at = 0; at < length; at++) {
            char text[80];
            char expected[80];
            memset(text, at % 2 ? 'a' : '\xE9', sizeof text);
            memcpy(expected, text, sizeof expected);
            text[0] = '"';
            text[length + 2] = '"';
            text[at + 1] = '\\';
            text[at + 2] = 'n';
            expected[at] = '\n';
            struct brv_json_fault fault;
            brv_str whole = { text, length + 3 };
            const struct brv_json *value = brv_json_parse(fixture->arena, whole, limits, &fault);
            assert_non_null(value);
            assert_int_equal(value->text.len, length);
            assert_memory_equal(value->text.ptr, expected, length);
            text[at + 2] = '\x1F';
            text[at + 1] = 'a';
            assert_null(brv_json_parse(fixture->arena, whole, limits, &fault));
            assert_int_equal(fault.at, at + 2);
        }
    }
}

static void test_nul(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_json *value =
        brv_json_parse(fixture->arena, BRV_S("\"a\\u0000b\""), limits, NULL);
    assert_int_equal(value->text.len, 3);
    assert_memory_equal(value->text.ptr, "a\0b", 3);
    assert_null(brv_json_parse(fixture->arena, BRV_S("\"a\0b\""), limits, NULL));
    assert_null(brv_json_parse(fixture->arena, BRV_S("1\0"), limits, NULL));
    assert_null(brv_json_parse(fixture->arena, (brv_str){ 0 }, limits, NULL));
}

static void test_faults(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text;
        size_t at;
        const char *message;
    } rows[] = {
        { "", 0, "expected a value" },
        { "[1,]", 3, "expected a value" },
        { "[,1]", 1, "expected a value" },
        { "nul", 0, "expected a value" },
        { "'a'", 0, "expected a value" },
        { "{\"a\":}", 5, "expected a value" },
        { "1 2", 2, "the text goes on after its value" },
        { "nullx", 4, "the text goes on after its value" },
        { "[1}", 2, "expected \",\" or \"]\"" },
        { "[1", 2, "expected \",\" or \"]\"" },
        { "{\"a\":1 \"b\"", 7, "expected \",\" or \"}\"" },
        { "{", 1, "expected the name of a member" },
        { "{\"a\":1,}", 7, "expected the name of a member" },
        { "{1:2}", 1, "expected the name of a member" },
        { "{\"a\" 1}", 5, "expected \":\"" },
        { "01", 0, "a number that is not written like one" },
        { "-", 0, "a number that is not written like one" },
        { "[1.]", 1, "a number that is not written like one" },
        { "1e+", 0, "a number that is not written like one" },
        { "[\"abc", 1, "a string without an end" },
        { "\"a\\", 2, "an escape that does not exist" },
        { "\"\\x\"", 1, "an escape that does not exist" },
        { "\"a\nb\"", 2, "a control character in a string" },
        { "\"\\u12\"", 1, "expected four hexadecimal digits after \"\\u\"" },
        { "\"\\ud800\"", 1, "one half of a character that is written in two" },
        { "\"\\udc00\\ud800\"", 1, "one half of a character that is written in two" },
        { "\"\\ud800\\u0041\"", 1, "one half of a character that is written in two" },
        { "{\"a\":1,\"b\":2,\"\\u0061\":3}", 13, "an object has a second member of this name" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_json_fault fault;
        assert_null(
            brv_json_parse(fixture->arena, brv_str_from_cstr(rows[i].text), limits, &fault));
        assert_int_equal(fault.kind, BRV_JSON_MALFORMED);
        assert_string_equal(fault.message, rows[i].message);
        assert_int_equal(fault.at, rows[i].at);
    }
}

// Whether the names of an object with so many members and one of them twice are found out.
static void test_many_members(void **state)
{
    struct fixture *fixture = *state;
    struct brv_json_limits many = { .depth = 1, .values = 100000 };
    for (size_t count = 1; count < 40000; count = count * 3 + 1) {
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (size_t i = 0; i < count; i++)
            brv_buf_printf(text, "%s\"n%zu\":0", i ? "," : "{", i);
        size_t length = brv_buf_str(text).len;
        brv_buf_add_byte(text, '}');
        brv_str right = brv_buf_str(text);
        const struct brv_json *object = brv_json_parse(fixture->arena, right, many, NULL);
        assert_int_equal(object->count, count);
        brv_str wrong = brv_arena_printf(fixture->arena,
                                         "%" BRV_STR_F ",\"n0\":1}",
                                         BRV_STR_ARG(brv_str_slice(right, 0, length)));
        struct brv_json_fault fault;
        assert_null(brv_json_parse(fixture->arena, wrong, many, &fault));
        assert_int_equal(fault.at, length + 1);
    }
}

static void test_limits(void **state)
{
    struct fixture *fixture = *state;
    struct brv_json_fault fault;
    assert_non_null(brv_json_parse(fixture->arena, BRV_S("[[[[]]]]"), limits, &fault));
    assert_null(brv_json_parse(fixture->arena, BRV_S("[[[[[]]]]]"), limits, &fault));
    assert_int_equal(fault.kind, BRV_JSON_TOO_DEEP);
    assert_int_equal(fault.at, 4);
    struct brv_json_limits three = { .depth = 1, .values = 3 };
    assert_non_null(brv_json_parse(fixture->arena, BRV_S("[1,2]"), three, &fault));
    assert_null(brv_json_parse(fixture->arena, BRV_S("[1,2,3]"), three, &fault));
    assert_int_equal(fault.kind, BRV_JSON_TOO_MANY);
    assert_int_equal(fault.at, 5);
}

// Every beginning of a text, and the text with any one byte changed, ends in a tree or in a fault
// that lies within.
static void test_damaged(void **state)
{
    struct fixture *fixture = *state;
    brv_str text =
        BRV_S("{\"a\\u00e9\\ud83d\\ude00\":[1.5e3,true,null,\"x\\n\"],\"b\":{\"c\":[[]]}}");
    char *copy = brv_arena_cstr(fixture->arena, text);
    for (size_t i = 0; i < text.len; i++) {
        struct brv_json_fault fault;
        assert_null(brv_json_parse(fixture->arena, brv_str_slice(text, 0, i), limits, &fault));
        assert_true(fault.at <= i);
        for (int byte = 0; byte < 256; byte++) {
            copy[i] = (char)byte;
            if (!brv_json_parse(fixture->arena, (brv_str){ copy, text.len }, limits, &fault))
                assert_true(fault.at <= text.len);
        }
        copy[i] = text.ptr[i];
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_values), TEST(test_places), TEST(test_nul),          TEST(test_long_strings),
        TEST(test_faults), TEST(test_limits), TEST(test_many_members), TEST(test_damaged),
    };
    return cmocka_run_group_tests_name("base_json", tests, NULL, NULL);
}
