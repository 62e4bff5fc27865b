// Brevier — tests of diagnostics: what is kept, where it is, how it is drawn.
// SPDX-License-Identifier: MIT
#include "base/source.h"
#include "base/utf8.h"
#include "harness.h"

#include <time.h>

static struct brv_span span_at(const struct brv_source *source, const char *word)
{
    size_t offset = brv_str_find(source->text, 0, brv_str_from_cstr(word));
    return brv_span_of(source, brv_str_slice(source->text, offset, offset + strlen(word)));
}

static brv_str drawn(struct fixture *t, const struct brv_diag *diag)
{
    struct brv_buf *out = brv_buf_new_in(t->arena);
    brv_diag_print(diag, out);
    return brv_buf_str(out);
}

static void test_locate(void **state)
{
    struct fixture *t = *state;
    const struct brv_source *source = brv_source_new(t->arena,
                                                     BRV_S("x"),
                                                     BRV_S("\xC3\xA9"
                                                           "a\n\nlast"));
    static const struct {
        uint32_t offset;
        size_t line, column;
    } cases[] = { { 0, 1, 1 }, { 2, 1, 2 }, { 3, 1, 3 }, { 4, 2, 1 },
                  { 5, 3, 1 }, { 9, 3, 5 }, { 50, 3, 5 } };
    assert_int_equal(source->line_count, 3);
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_location got = brv_span_locate((struct brv_span){ source, cases[i].offset, 1 });
        assert_int_equal(got.line, cases[i].line);
        assert_int_equal(got.column, cases[i].column);
    }
    assert_str(brv_span_text((struct brv_span){ source, 7, 100 }), "st");
    assert_str(brv_span_text(brv_span_none()), "");
}

static void test_locate__across_checkpoints(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *text = brv_buf_new_in(t->arena);
    for (int i = 0; i < 30000; i++)
        brv_buf_add_codepoint(text, i % 5000 == 4999 ? '\n' : i % 2 ? 0x20AC : 'x');
    const struct brv_source *source = brv_source_new(t->arena, BRV_S("x"), brv_buf_str(text));
    size_t line = 1;
    size_t column = 1;
    for (size_t at = 0; at < text->len;) {
        struct brv_location got = brv_span_locate((struct brv_span){ source, (uint32_t)at, 1 });
        if (got.line != line || got.column != column)
            fail_msg("byte %zu is %zu:%zu, not %zu:%zu", at, got.line, got.column, line, column);
        if (brv_utf8_next(source->text, &at) == '\n')
            line++, column = 1;
        else
            column++;
    }
}

static void test_join(void **state)
{
    struct fixture *t = *state;
    const struct brv_source *source = brv_source_new(t->arena, BRV_S("x"), BRV_S("one two three"));
    struct brv_span one = span_at(source, "one");
    struct brv_span three = span_at(source, "three");
    assert_str(brv_span_text(brv_span_join(one, three)), "one two three");
    assert_str(brv_span_text(brv_span_join(three, one)), "one two three");
    assert_str(brv_span_text(brv_span_join(brv_span_none(), one)), "one");
    assert_str(brv_span_text(brv_span_join(one, brv_span_none())), "one");
}

static void test_draw(void **state)
{
    static const struct {
        const char *text, *word, *want;
    } cases[] = {
        { "Title\nSeverity: hgih\n",
          "hgih",
          "x.md:2:11: error: bad\n"
          "    2 | Severity: hgih\n"
          "      |           ^~~~\n" },
        { "a\tb\tword",
          "word",
          "x.md:1:5: error: bad\n"
          "    1 | a   b   word\n"
          "      |         ^~~~\n" },
        { "\xE6\xBC\xA2\xE5\xAD\x97 word",
          "\xE5\xAD\x97",
          "x.md:1:2: error: bad\n"
          "    1 | \xE6\xBC\xA2\xE5\xAD\x97 word\n"
          "      |   ^~\n" },
        { "e\xCC\x81 word",
          "word",
          "x.md:1:4: error: bad\n"
          "    1 | e\xCC\x81 word\n"
          "      |   ^~~~\n" },
        { "a\xE2\x80\xAE"
          "b",
          "b",
          "x.md:1:3: error: bad\n"
          "    1 | a\\u{202e}b\n"
          "      |          ^\n" },
        { "one\ntwo",
          "one\ntwo",
          "x.md:1:1: error: bad\n"
          "    1 | one\n"
          "      | ^~~\n" },
        { "one",
          "",
          "x.md:1:1: error: bad\n"
          "    1 | one\n"
          "      | ^\n" },
        { "",
          "",
          "x.md:1:1: error: bad\n"
          "    1 |\n"
          "      | ^\n" },
    };
    struct fixture *t = *state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        const struct brv_source *source =
            brv_source_new(t->arena, BRV_S("x.md"), brv_str_from_cstr(cases[i].text));
        const struct brv_diag *diag =
            brv_report(&t->sink, BRV_ERROR, BRV_CODE_INPUT, span_at(source, cases[i].word), "bad");
        assert_str(drawn(t, diag), cases[i].want);
    }
}

static void test_draw__at_the_end(void **state)
{
    struct fixture *t = *state;
    const struct brv_source *source = brv_source_new(t->arena, BRV_S("x.md"), BRV_S("one\n"));
    const struct brv_diag *diag = brv_report(
        &t->sink, BRV_WARNING, BRV_CODE_INPUT, (struct brv_span){ source, 3, 0 }, "no \"two\"");
    assert_str(drawn(t, diag),
               "x.md:1:4: warning: no \"two\"\n"
               "    1 | one\n"
               "      |    ^\n");
}

static void test_draw__long_line_is_cut(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *text = brv_buf_new_in(t->arena);
    brv_buf_add_repeated(text, 'x', 500);
    brv_buf_add_cstr(text, "word");
    brv_buf_add_repeated(text, 'y', 500);
    const struct brv_source *source = brv_source_new(t->arena, BRV_S("x.md"), brv_buf_str(text));
    const struct brv_diag *diag =
        brv_report(&t->sink, BRV_ERROR, BRV_CODE_INPUT, span_at(source, "word"), "bad");
    struct brv_buf *want = brv_buf_new_in(t->arena);
    brv_buf_add_cstr(want, "x.md:1:501: error: bad\n    1 | \xE2\x80\xA6");
    brv_buf_add_repeated(want, 'x', 60);
    brv_buf_add_cstr(want, "word");
    brv_buf_add_repeated(want, 'y', 35);
    brv_buf_add_cstr(want, "\xE2\x80\xA6\n      | ");
    brv_buf_add_repeated(want, ' ', 61);
    brv_buf_add_cstr(want, "^~~~\n");
    brv_buf_add_byte(want, 0);
    assert_str(drawn(t, diag), want->ptr);
}

static void test_draw__hints_and_notes(void **state)
{
    struct fixture *t = *state;
    static const char *const names[] = { "low", "high", "medium" };
    const struct brv_source *source =
        brv_source_new(t->arena, BRV_S("a\n.md"), BRV_S("Severity: hgih"));
    struct brv_span span = span_at(source, "hgih");
    struct brv_diag *diag = brv_report(
        &t->sink, BRV_ERROR, BRV_CODE_INPUT, span, "unknown severity \"%s\"", "hg\x1Bih");
    brv_diag_hint_nearest(&t->sink, diag, brv_span_text(span), names, BRV_COUNT(names));
    brv_diag_note(&t->sink, diag, brv_span_none(), "first %d", 1);
    brv_diag_note(&t->sink, diag, span_at(source, "Severity"), "the key");
    assert_str(drawn(t, diag),
               "a\\n.md:1:11: error: unknown severity \"hg\\u{1b}ih\"\n"
               "    1 | Severity: hgih\n"
               "      |           ^~~~\n"
               "      hint: did you mean \"high\"?\n"
               "      note: first 1\n"
               "a\\n.md:1:1: note: the key\n"
               "    1 | Severity: hgih\n"
               "      | ^~~~~~~~\n");
    struct brv_buf *json = brv_buf_new_in(t->arena);
    brv_diag_print_json(diag, json);
    assert_str(brv_buf_str(json),
               "{\"severity\":\"error\",\"code\":\"input\",\"file\":\"a\\n.md\",\"line\":1,"
               "\"column\":11,\"length\":4,\"message\":\"unknown severity \\\"hg\\\\u{1b}ih\\\"\","
               "\"hint\":\"did you mean \\\"high\\\"?\",\"notes\":[{\"message\":\"first 1\"},"
               "{\"file\":\"a\\n.md\",\"line\":1,\"column\":1,\"length\":8,"
               "\"message\":\"the key\"}]}\n");
}

static void test_draw__without_a_place(void **state)
{
    struct fixture *t = *state;
    const struct brv_diag *diag = brv_report(
        &t->sink, BRV_ERROR, BRV_CODE_USAGE, brv_span_none(), "unknown option \"%s\"", "--x");
    assert_str(drawn(t, diag), "brevier: error: unknown option \"--x\"\n");
    struct brv_buf *json = brv_buf_new_in(t->arena);
    brv_diag_print_json(diag, json);
    assert_str(brv_buf_str(json),
               "{\"severity\":\"error\",\"code\":\"usage\","
               "\"message\":\"unknown option \\\"--x\\\"\",\"notes\":[]}\n");
}

static void test_sink__counts_what_it_drops(void **state)
{
    struct fixture *t = *state;
    t->sink.limit = 2;
    for (int i = 0; i < 5; i++) {
        struct brv_diag *diag =
            brv_report(&t->sink, BRV_WARNING, BRV_CODE_STYLE, brv_span_none(), "warning %d", i);
        assert_non_null(diag);
        brv_diag_hint(&t->sink, diag, "hint %d", i);
        brv_diag_note(&t->sink, diag, brv_span_none(), "note %d", i);
        brv_diag_hint_nearest(&t->sink, diag, BRV_S("a"), (const char *const[]){ "a" }, 1);
    }
    assert_false(brv_sink_has_errors(&t->sink));
    (void)brv_report(&t->sink, BRV_ERROR, BRV_CODE_STYLE, brv_span_none(), "error");
    assert_true(brv_sink_has_errors(&t->sink));
    assert_int_equal(t->sink.counts[BRV_WARNING], 5);
    assert_int_equal(t->sink.kept, 2);
    assert_str(sink_message(&t->sink, 0), "warning 0");
    assert_str(sink_message(&t->sink, 1), "warning 1");
    assert_str(t->sink.last->hint, "did you mean \"a\"?");
    assert_null(t->sink.last->next);
}

static void test_names(void **state)
{
    (void)state;
    static const char *const codes[] = { "usage", "input",  "style",   "plugin",
                                         "limit", "output", "internal" };
    for (size_t i = 0; i < BRV_COUNT(codes); i++)
        assert_string_equal(brv_code_name((enum brv_code)i), codes[i]);
    assert_string_equal(brv_severity_name(BRV_NOTE), "note");
    assert_string_equal(brv_severity_name(BRV_WARNING), "warning");
    assert_string_equal(brv_severity_name(BRV_ERROR), "error");
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const names[] = { "color", "column", "border", "border-top", "a", "pdf" };
    static const struct {
        const char *word, *want;
    } cases[] = {
        { "colour", "color" },   { "colro", "color" },  { "COLOR", "color" },
        { "boarder", "border" }, { "pfd", "pdf" },      { "bordertop", "border-top" },
        { "zzz", NULL },         { "", NULL },          { "b", "a" },
        { "margin", NULL },      { "colum", "column" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        const char *got = brv_nearest(brv_str_from_cstr(cases[i].word), names, BRV_COUNT(names));
        if (cases[i].want)
            assert_string_equal(got ? got : "(none)", cases[i].want);
        else
            assert_null(got);
    }
    static char huge[100000];
    memset(huge, 'a', sizeof huge);
    assert_null(brv_nearest((brv_str){ huge, sizeof huge }, names, BRV_COUNT(names)));
}

// A fault in each byte of one long line must not cost a walk over the line each.
static void test_hostile_line(void **state)
{
    struct fixture *t = *state;
    struct brv_buf *text = brv_buf_new_in(t->arena);
#ifdef BRV_TINY
    brv_buf_add_repeated(text, 'x', 1 << 16);
#else
    brv_buf_add_repeated(text, 'x', 4 << 20);
#endif
    const struct brv_source *source = brv_source_new(t->arena, BRV_S("x.md"), brv_buf_str(text));
    struct brv_buf *out = brv_buf_new_in(t->arena);
    clock_t start = clock();
    for (size_t i = 0; i < 5000; i++) {
        struct brv_span span = { source, (uint32_t)(text->len - 1 - i * 13), 1 };
        const struct brv_diag diag = { .span = span, .message = BRV_S("bad") };
        brv_buf_clear(out);
        brv_diag_print(&diag, out);
        assert_true(out->len < 400);
    }
    // A walk each would be 20 gigabytes of reading.
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 4.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_locate),
        TEST(test_locate__across_checkpoints),
        TEST(test_join),
        TEST(test_draw),
        TEST(test_draw__at_the_end),
        TEST(test_draw__long_line_is_cut),
        TEST(test_draw__hints_and_notes),
        TEST(test_draw__without_a_place),
        TEST(test_sink__counts_what_it_drops),
        TEST(test_names),
        TEST(test_nearest),
        TEST(test_hostile_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
