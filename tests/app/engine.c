// Brevier — tests of the C library.
// SPDX-License-Identifier: MIT
#include "brevier.h"

#include "base/file.h"
#include "base/macros.h"
#include "harness.h"

static const char analysis[] =
    "# Incident: One\n\n## Summary\n\nText with a [link](https://a.example/).\n";

static struct brv_result *render(struct brv_engine *engine, const char *format)
{
    struct brv_request request = {
        .name = "one.md",
        .bytes = analysis,
        .length = sizeof analysis - 1,
        .format = format,
    };
    return brv_engine_render(engine, &request);
}

static bool holds(const char *text, size_t length, const char *part)
{
    brv_str all = { text, length };
    return brv_str_find(all, 0, brv_str_from_cstr(part)) < length;
}

static void test_formats(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        const char *begins;
    } cases[] = { { "pdf", "%PDF-" }, { "docx", "PK" }, { "text", "Incident" } };
    struct brv_engine *engine = brv_engine_new(NULL);
    assert_string_equal(brv_engine_messages(engine), "");
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_result *one = render(engine, cases[i].format);
        struct brv_result *two = render(engine, cases[i].format);
        assert_int_equal(brv_result_outcome(one), BRV_OUTCOME_DONE);
        assert_string_equal(brv_result_messages(one), "");
        assert_true(brv_str_starts_with((brv_str){ brv_result_bytes(one), brv_result_length(one) },
                                        brv_str_from_cstr(cases[i].begins)));
        assert_int_equal(brv_result_length(one), brv_result_length(two));
        assert_memory_equal(brv_result_bytes(one), brv_result_bytes(two), brv_result_length(one));
        brv_result_free(one);
        brv_result_free(two);
    }
    brv_engine_free(engine);
}

static void test_text_options(void **state)
{
    (void)state;
    struct brv_engine *engine = brv_engine_new(NULL);
    struct brv_request request = {
        .bytes = "# \u201CQuoted\u201D\n",
        .length = 14,
        .format = "text",
        .text_width = 40,
        .is_ascii = 1,
    };
    struct brv_result *result = brv_engine_render(engine, &request);
    assert_true(holds(brv_result_bytes(result), brv_result_length(result), "\"Quoted\""));
    brv_result_free(result);
    brv_engine_free(engine);
}

static void test_faults(void **state)
{
    (void)state;
    struct brv_engine *engine = brv_engine_new(NULL);
    struct brv_result *result = render(engine, "odt");
    assert_int_equal(brv_result_outcome(result), BRV_OUTCOME_FAILED);
    assert_int_equal(brv_result_length(result), 0);
    assert_string_equal(brv_result_messages(result),
                        "brevier: error: unknown format \"odt\", expected pdf, docx or text\n");
    brv_result_free(result);

    struct brv_request request = { .bytes = "{ \"schema\": ", .length = 12, .format = "text" };
    result = brv_engine_render(engine, &request);
    assert_int_equal(brv_result_outcome(result), BRV_OUTCOME_FAILED);
    assert_true(
        brv_str_starts_with(brv_str_from_cstr(brv_result_messages(result)), BRV_S("<memory>:1:")));
    assert_true(brv_str_starts_with(brv_str_from_cstr(brv_result_messages_json(result)),
                                    BRV_S("{\"severity\":\"error\",")));
    brv_result_free(result);

    request = (struct brv_request){ .bytes = "x", .length = 1, .format = "text", .date = "soon" };
    result = brv_engine_render(engine, &request);
    assert_int_equal(brv_result_outcome(result), BRV_OUTCOME_FAILED);
    brv_result_free(result);
    brv_engine_free(engine);
    brv_engine_free(NULL);
    brv_result_free(NULL);
}

static void test_contents_and_standard(void **state)
{
    (void)state;
    static const char text[] = "# Short\n\n#### Deep\n\nText.\n";
    static const struct {
        const char *format;
        int toc_depth;
        const char *pdf_standard;
        enum brv_outcome outcome;
        const char *says; // in the bytes, or of a failure in the messages
    } cases[] = {
        { "text", 3, NULL, BRV_OUTCOME_DONE, "Contents" },
        { "text", 6, NULL, BRV_OUTCOME_FAILED, "expected -1 to 5" },
        { "pdf", 0, "none", BRV_OUTCOME_DONE, "%PDF-1.7" },
        { "pdf", 0, "a-3b", BRV_OUTCOME_DONE, "<pdfaid:conformance>B<" },
        { "pdf", 0, "ua-1", BRV_OUTCOME_FAILED, "follows one of level 1" },
        { "pdf", 0, "a-9", BRV_OUTCOME_FAILED, "unknown PDF standard \"a-9\"" },
    };
    struct brv_engine *engine = brv_engine_new(NULL);
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_request request = {
            .bytes = text,
            .length = strlen(text),
            .format = cases[i].format,
            .toc_depth = cases[i].toc_depth,
            .pdf_standard = cases[i].pdf_standard,
        };
        struct brv_result *result = brv_engine_render(engine, &request);
        assert_int_equal(brv_result_outcome(result), cases[i].outcome);
        bool is_done = cases[i].outcome == BRV_OUTCOME_DONE;
        const char *where = is_done ? brv_result_bytes(result) : brv_result_messages(result);
        size_t length = is_done ? brv_result_length(result) : strlen(where);
        assert_true(holds(where, length, cases[i].says));
        brv_result_free(result);
    }
    brv_engine_free(engine);
}

static void test_unusable_engine(void **state)
{
    (void)state;
    const char *const sheets[] = { "briefng", NULL };
    struct brv_engine *engine = brv_engine_new(&(struct brv_engine_options){ .sheets = sheets });
    assert_string_equal(
        brv_engine_messages(engine),
        "brevier: error: unknown stylesheet \"briefng\", did you mean \"briefing\"?\n");
    struct brv_result *result = render(engine, "text");
    assert_int_equal(brv_result_outcome(result), BRV_OUTCOME_FAILED);
    assert_true(brv_result_messages(result)[0] != 0);
    brv_result_free(result);
    brv_engine_free(engine);
}

static void test_degraded(void **state)
{
    struct fixture *fixture = *state;
    static const char plugin[] = "return { api = 1, name = \"broken\", version = \"1.0.0\",\n"
                                 "  summary = \"fails\", sections = { \"summary\" },\n"
                                 "  render = function() error(\"no\") end }\n";
    assert_int_equal(brv_file_write(BRV_S(BRV_SCRATCH_DIR "/broken.lua"),
                                    brv_str_from_cstr(plugin),
                                    &fixture->sink),
                     BRV_OK);
    const char *const path[] = { BRV_SCRATCH_DIR, NULL };
    struct brv_engine_options options = { .plugin_path = path };
    struct brv_engine *engine = brv_engine_new(&options);
    struct brv_result *result = render(engine, "text");
    assert_int_equal(brv_result_outcome(result), BRV_OUTCOME_DEGRADED);
    assert_true(holds(brv_result_bytes(result), brv_result_length(result), "Text with a link"));
    brv_result_free(result);
    brv_engine_free(engine);

    options.is_strict = 1;
    engine = brv_engine_new(&options);
    result = render(engine, "text");
    assert_int_equal(brv_result_outcome(result), BRV_OUTCOME_FAILED);
    assert_int_equal(brv_result_length(result), 0);
    brv_result_free(result);
    brv_engine_free(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_formats),  TEST(test_text_options),    TEST(test_faults),
        TEST(test_degraded), TEST(test_unusable_engine), TEST(test_contents_and_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
