// Brevier — golden tests of the loader: tests/golden/load/x.md or x.txt is loaded, and what lies
// beside it is compared: x.tree (the outline with places), x.diag (the diagnostics as printed),
// x.json (the JSON form). With BRV_GOLDEN_UPDATE set, what lies there is written anew instead.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "harness.h"
#include "outline.h"

#include <stdio.h>

enum { INPUT_MAX = 1 << 20 };

static void print_diagnostics(const struct brv_sink *sink, struct brv_buf *out)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next) {
        brv_diag_print(diag, out);
    }
}

static brv_str folder(struct fixture *fixture)
{
    return brv_path_join(fixture->arena, BRV_S(BRV_SOURCE_DIR), BRV_S("tests/golden/load"));
}

// Compares `got` with stem.extension when there is such a file; the number of comparisons made.
static size_t compare(struct fixture *fixture, brv_str stem, const char *extension, brv_str got)
{
    brv_str name =
        brv_arena_printf(fixture->arena, "%" BRV_STR_F ".%s", BRV_STR_ARG(stem), extension);
    brv_str path = brv_path_join(fixture->arena, folder(fixture), name);
    if (!brv_file_exists(path)) {
        return 0;
    }
    if (getenv("BRV_GOLDEN_UPDATE")) {
        assert_int_equal(brv_file_write(path, got, &fixture->sink), BRV_OK);
        return 1;
    }
    brv_str want;
    assert_int_equal(
        brv_file_read(fixture->arena, path, INPUT_MAX, BRV_CODE_INPUT, &want, &fixture->sink),
        BRV_OK);
    if (!brv_str_equal(got, want)) {
        print_message(
            "%" BRV_STR_F " differs; got:\n%" BRV_STR_F "\n", BRV_STR_ARG(name), BRV_STR_ARG(got));
    }
    assert_true(brv_str_equal(got, want));
    return 1;
}

static size_t check_input(struct fixture *fixture, brv_str name)
{
    brv_str extension = brv_path_extension(name);
    brv_str stem = brv_str_slice(name, 0, name.len - extension.len - 1);
    brv_str bytes;
    assert_int_equal(brv_file_read(fixture->arena,
                                   brv_path_join(fixture->arena, folder(fixture), name),
                                   INPUT_MAX,
                                   BRV_CODE_INPUT,
                                   &bytes,
                                   &fixture->sink),
                     BRV_OK);
    struct brv_sink sink = brv_sink_init(fixture->arena);
    struct brv_document *document = brv_document_load(fixture->arena, name, bytes, NULL, &sink);
    struct brv_buf *tree = brv_buf_new_in(fixture->arena);
    struct brv_buf *json = brv_buf_new_in(fixture->arena);
    struct brv_buf *diag = brv_buf_new_in(fixture->arena);
    print_diagnostics(&sink, diag);
    if (document) {
        outline_document(document, true, tree);
        brv_document_to_json(document, json);
    }
    return compare(fixture, stem, "tree", brv_buf_str(tree)) +
           compare(fixture, stem, "json", brv_buf_str(json)) +
           compare(fixture, stem, "diag", brv_buf_str(diag));
}

static void test_golden(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    size_t compared = 0;
    brv_str *names = brv_directory_list(fixture->arena, folder(fixture), &count);
    for (size_t i = 0; i < count; i++) {
        brv_str extension = brv_path_extension(names[i]);
        if (brv_str_is(extension, "md") || brv_str_is(extension, "txt")) {
            size_t files = check_input(fixture, names[i]);
            if (files == 0) {
                print_message("nothing lies beside %" BRV_STR_F "\n", BRV_STR_ARG(names[i]));
            }
            assert_true(files > 0);
            compared += files;
        }
    }
    assert_true(compared > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_golden) };
    return cmocka_run_group_tests_name("load_golden", tests, NULL, NULL);
}
