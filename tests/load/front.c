// Brevier — tests of front matter: what is refused, with its message and its place.
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "load/load.h"

struct refusal {
    const char *text;
    size_t line;
    size_t column;
    const char *message;
};

static void assert_refused(struct fixture *fixture, const struct refusal *row)
{
    struct brv_sink sink = brv_sink_init(fixture->arena);
    struct brv_document *document =
        brv_document_load(fixture->arena, BRV_S("a.md"), brv_str_from_cstr(row->text), NULL, &sink);
    assert_null(document);
    assert_true(sink.first != NULL);
    const struct brv_diag *diag = sink.first;
    while (diag->severity != BRV_ERROR && diag->next) {
        diag = diag->next;
    }
    assert_int_equal(diag->severity, BRV_ERROR);
    assert_str(diag->message, row->message);
    struct brv_location place = brv_span_locate(diag->span);
    assert_int_equal(place.line, row->line);
    assert_int_equal(place.column, row->column);
}

static void test_refusals(void **state)
{
    static const struct refusal rows[] = {
        { "---\na: *b\n---\n", 2, 4, "aliases are not allowed in front matter" },
        { "---\na: &b c\n---\n", 2, 4, "anchors are not allowed in front matter" },
        { "---\na: !!str c\n---\n", 2, 4, "tags are not allowed in front matter" },
        { "---\nä: x\nb: !t [1]\n---\n", 3, 4, "tags are not allowed in front matter" },
        { "---\n<<: c\n---\n", 2, 1, "merge keys are not allowed in front matter" },
        { "---\ntitle: a\ntitle: b\n---\n", 3, 1, "key \"title\" is given twice" },
        { "---\na:\n  b: 1\na.b: 2\n---\n", 4, 1, "key \"a.b\" is given twice" },
        { "---\ntitle: [a]\n---\n", 2, 1, "\"title\" must be one value, not a list" },
        { "---\n- a\n---\n", 2, 1, "front matter must hold lines \"key: value\"" },
        { "---\na: [[b]]\n---\n", 2, 5, "a list of front matter holds text only" },
        { "---\n? [a]\n: b\n---\n", 2, 3, "a key of front matter must be text" },
        { "---\n\"\": b\n---\n", 2, 1, "a key of front matter is empty" },
        { "---\na: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}\n---\n",
          2,
          32,
          "front matter is nested deeper than 8" },
        { "---\ntitle: a\n", 1, 1, "front matter is not closed by a line \"---\"" },
        { "---\na: 1\n--- b\n---\n", 3, 1, "front matter must be one YAML document" },
        { "---\na: [b\n---\n", 3, 1, "front matter is no YAML: did not find expected ',' or ']'" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        assert_refused(*state, &rows[i]);
    }
}

static void test_limits(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(buf, "---\na: ");
    brv_buf_add_repeated(buf, 'x', 65 << 10);
    brv_buf_add_cstr(buf, "\n---\n");
    assert_null(
        brv_document_load(fixture->arena, BRV_S("a.md"), brv_buf_str(buf), NULL, &fixture->sink));
    assert_str(sink_message(&fixture->sink, 0), "front matter is longer than 64 KiB");
    assert_int_equal(fixture->sink.first->code, BRV_CODE_LIMIT);
}

static struct brv_document *load(struct fixture *fixture, const char *text)
{
    struct brv_document *document = brv_document_load(
        fixture->arena, BRV_S("a.md"), brv_str_from_cstr(text), NULL, &fixture->sink);
    assert_non_null(document);
    return document;
}

static void test_scalars_are_strings(void **state)
{
    struct brv_document *document =
        load(*state, "---\na: 1\nb: true\nc: ~\nd: 'x: y'\ne: |\n  two\n  lines\n---\n");
    static const char *const values[][2] = {
        { "a", "1" }, { "b", "true" }, { "c", "~" }, { "d", "x: y" }, { "e", "two\nlines\n" },
    };
    for (size_t i = 0; i < BRV_COUNT(values); i++) {
        const struct brv_meta *meta = brv_document_meta(document, brv_str_from_cstr(values[i][0]));
        assert_non_null(meta);
        assert_str(meta->values[0], values[i][1]);
        assert_false(meta->is_list);
    }
    assert_null(brv_document_meta(document, BRV_S("f")));
}

static void test_no_front_matter(void **state)
{
    struct brv_document *document = load(*state, "---\n\nA rule, then text.\n");
    assert_null(document->meta);
    assert_int_equal(document->first->blocks->first->kind, BRV_KIND_HR);
    assert_null(load(*state, "---\n---\n# A\n")->meta);
}

static void test_values_are_checked(void **state)
{
    struct fixture *fixture = *state;
    struct brv_document *document =
        load(fixture, "---\ntlp: ambre\nlang: english language\nid: \"a\\x07b\"\n---\n# A\n");
    assert_str(document->lang, "en");
    assert_str(document->id, "a\uFFFDb");
    assert_str(sink_message(&fixture->sink, 0),
               "character U+0007 may not stand in a text; replaced by U+FFFD");
    assert_str(sink_message(&fixture->sink, 1),
               "\"english language\" is no language tag like \"en-GB\"; taken as \"en\"");
    assert_str(sink_message(&fixture->sink, 2), "\"ambre\" is no TLP label");
    assert_str(fixture->sink.last->hint, "did you mean \"AMBER\"?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_refusals),
        TEST(test_limits),
        TEST(test_scalars_are_strings),
        TEST(test_no_front_matter),
        TEST(test_values_are_checked),
    };
    return cmocka_run_group_tests_name("load_front", tests, NULL, NULL);
}
