// Brevier — tests of what the C library can be asked for one document.
// SPDX-License-Identifier: MIT
#include "brevier.h"

#include "base/file.h"
#include "base/macros.h"
#include "harness.h"

static const char analysis[] = "# \u201COne\u201D\n"
                               "\n"
                               "## First\n"
                               "\n"
                               "A paragraph that is long enough to need two lines of a mail, which "
                               "has few columns.\n"
                               "\n"
                               "## Second\n"
                               "\n"
                               "Text.\n";

struct expectation {
    struct brv_request request;
    enum brv_outcome outcome;
    const char *bytes;    // what they hold; NULL: not looked at
    const char *messages; // and these
};

static bool holds(const char *text, size_t length, const char *part)
{
    return !part || brv_str_find((brv_str){ text, length }, 0, brv_str_from_cstr(part)) < length;
}

static void expect(struct brv_engine *engine, const struct expectation *expected)
{
    struct brv_request request = expected->request;
    request.bytes = request.bytes ? request.bytes : analysis;
    request.length = request.length ? request.length : strlen(request.bytes);
    struct brv_result *result = brv_engine_render(engine, &request);
    const char *messages = brv_result_messages(result);
    bool is_met = brv_result_outcome(result) == expected->outcome &&
                  holds(brv_result_bytes(result), brv_result_length(result), expected->bytes) &&
                  holds(messages, strlen(messages), expected->messages);
    if (!is_met)
        print_error("outcome %d\n%s\n%.*s\n",
                    (int)brv_result_outcome(result),
                    messages,
                    (int)brv_result_length(result),
                    brv_result_bytes(result));
    assert_true(is_met);
    brv_result_free(result);
}

static const struct brv_attached_file notes = { "../a:b.txt", "hidden words", 12, "source" };
static const struct brv_attached_file twice[] = { { .name = "a" }, { .name = "x/a" } };
static const struct brv_attached_file strange = { .name = "a", .relationship = "friend" };
static const struct brv_attached_file nameless = { .name = "x/" };

static void test_requests(void **state)
{
    (void)state;
    const struct expectation cases[] = {
        { { .format = "text", .page_length = 10 }, BRV_OUTCOME_DONE, "\f", NULL },
        { { .format = "text", .is_flowed = 1 }, BRV_OUTCOME_DONE, "which has \n", NULL },
        { { .format = "text", .is_ascii = 1 }, BRV_OUTCOME_DONE, "\"One\"", NULL },
        { { .format = "text", .toc_depth = 1 }, BRV_OUTCOME_DONE, "Contents", NULL },
        { { .format = "text", .has_figure_list = 1, .bytes = "# T\n\n![x](a.png \"Shown\")\n" },
          BRV_OUTCOME_DEGRADED,
          "Figures",
          NULL },
        { { .format = "text", .reports_loss = 1 }, BRV_OUTCOME_DONE, NULL, ".css:" },
        { { .format = "pdf", .date = "2025-12-19", .attached = &notes, .attached_count = 1 },
          BRV_OUTCOME_DONE,
          "<pdfaid:part>3<",
          NULL },
        { { .format = "docx", .word_template = BRV_SCRATCH_DIR "/none.docx" },
          BRV_OUTCOME_FAILED,
          NULL,
          "none.docx" },
        // What makes no sense.
        { { .format = "text", .text_width = 19 },
          BRV_OUTCOME_FAILED,
          NULL,
          "a text width of 19, expected 20 to 1000" },
        { { .format = "text", .page_length = 1001 },
          BRV_OUTCOME_FAILED,
          NULL,
          "a page length of 1001, expected 10 to 1000" },
        { { .format = "text", .pdf_standard = "a-2a" },
          BRV_OUTCOME_FAILED,
          NULL,
          "a PDF standard is for PDF, and the format is text" },
        { { .format = "docx", .attached = &notes, .attached_count = 1 },
          BRV_OUTCOME_FAILED,
          NULL,
          "attached files are for PDF, and the format is docx" },
        { { .format = "pdf", .attached = &notes, .attached_count = 1, .pdf_standard = "a-2b" },
          BRV_OUTCOME_FAILED,
          NULL,
          "PDF/A-2 does not admit attached files" },
        { { .format = "pdf", .attached = twice, .attached_count = 2 },
          BRV_OUTCOME_FAILED,
          NULL,
          "attached file 2 (\"a\") has the name of another" },
        { { .format = "pdf", .attached = &strange, .attached_count = 1 },
          BRV_OUTCOME_FAILED,
          NULL,
          "attached file 1 (\"a\") has no relationship that is known" },
        { { .format = "pdf", .attached = &nameless, .attached_count = 1 },
          BRV_OUTCOME_FAILED,
          NULL,
          "attached file 1 (\"\") has no name" },
    };
    struct brv_engine *engine = brv_engine_new(NULL);
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        expect(engine, &cases[i]);
    brv_engine_free(engine);
}

// A Word document takes over the look of another, which the library made as well.
static void test_template(void **state)
{
    struct fixture *fixture = *state;
    struct brv_engine *engine = brv_engine_new(NULL);
    struct brv_request request = { .bytes = analysis,
                                   .length = sizeof analysis - 1,
                                   .format = "docx" };
    struct brv_result *house = brv_engine_render(engine, &request);
    brv_str bytes = { brv_result_bytes(house), brv_result_length(house) };
    assert_int_equal(brv_file_write(BRV_S(BRV_SCRATCH_DIR "/house.docx"), bytes, &fixture->sink),
                     BRV_OK);
    brv_result_free(house);
    request.word_template = BRV_SCRATCH_DIR "/house.docx";
    struct brv_result *result = brv_engine_render(engine, &request);
    assert_int_equal(brv_result_outcome(result), BRV_OUTCOME_DONE);
    assert_string_equal(brv_result_messages(result), "");
    brv_result_free(result);
    brv_engine_free(engine);
}

static void test_grants(void **state)
{
    struct fixture *fixture = *state;
    static const char plugin[] =
        "local e = require \"brevier.element\"\n"
        "return { api = 1, name = \"reader\", version = \"1.0.0\", summary = \"reads\",\n"
        "  sections = { \"first\" }, capabilities = { \"read\" },\n"
        "  render = function(_, context)\n"
        "    return e.table { e.caption(context.read(\"word.txt\")), e.tr { e.td(\"x\") } }\n"
        "  end }\n";
    assert_int_equal(brv_file_write(BRV_S(BRV_SCRATCH_DIR "/reader.lua"),
                                    brv_str_from_cstr(plugin),
                                    &fixture->sink),
                     BRV_OK);
    assert_int_equal(
        brv_file_write(BRV_S(BRV_SCRATCH_DIR "/word.txt"), BRV_S("granted"), &fixture->sink),
        BRV_OK);
    const char *const path[] = { BRV_SCRATCH_DIR, NULL };
    const char *const grants[] = { "reader:read=" BRV_SCRATCH_DIR, NULL };
    struct brv_engine_options options = { .plugin_path = path, .grants = grants };
    struct brv_engine *engine = brv_engine_new(&options);
    assert_string_equal(brv_engine_messages(engine), "");
    expect(engine,
           &(struct expectation){
               { .format = "text", .has_table_list = 1 }, BRV_OUTCOME_DONE, "Tables", NULL });
    expect(engine,
           &(struct expectation){ { .format = "text" }, BRV_OUTCOME_DONE, "granted", NULL });
    brv_engine_free(engine);

    const char *const none[] = { "nobody:clock", NULL };
    options.grants = none;
    engine = brv_engine_new(&options);
    const char *messages = brv_engine_messages(engine);
    assert_true(holds(messages, strlen(messages), "unknown plugin \"nobody\""));
    expect(engine,
           &(struct expectation){
               { .format = "text" }, BRV_OUTCOME_FAILED, NULL, "the engine is not usable" });
    brv_engine_free(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_requests),
        TEST(test_template),
        TEST(test_grants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
