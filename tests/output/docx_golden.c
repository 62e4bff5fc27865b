// Brevier — golden tests of Word documents: tests/golden/docx/x.md under x.css gives x.docx.xml,
// all parts of the package one after the other. With BRV_GOLDEN_UPDATE set, it is written anew
// instead.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "docx_fixture.h"

#include <stdio.h>

enum { INPUT_MAX = 1 << 20 };

static brv_str beside(struct fixture *fixture, brv_str stem, const char *suffix)
{
    return brv_arena_printf(fixture->arena,
                            BRV_SOURCE_DIR "/tests/golden/docx/%" BRV_STR_F "%s",
                            BRV_STR_ARG(stem),
                            suffix);
}

static brv_str read_file(struct fixture *fixture, brv_str path)
{
    brv_str content;
    assert_int_equal(
        brv_file_read(fixture->arena, path, INPUT_MAX, BRV_CODE_INPUT, &content, &fixture->sink),
        BRV_OK);
    return content;
}

static void check(struct fixture *fixture, brv_str stem)
{
    brv_str markdown = read_file(fixture, beside(fixture, stem, ".md"));
    brv_str css = read_file(fixture, beside(fixture, stem, ".css"));
    struct docx_file file =
        docx_from_markdown(fixture, markdown, brv_arena_cstr(fixture->arena, css));
    brv_str got = docx_canonical(fixture, &file);
    brv_str path = beside(fixture, stem, ".docx.xml");
    if (getenv("BRV_GOLDEN_UPDATE")) {
        assert_int_equal(brv_file_write(path, got, &fixture->sink), BRV_OK);
        return;
    }
    if (!brv_str_equal(got, read_file(fixture, path))) {
        print_message("%" BRV_STR_F " differs\n", BRV_STR_ARG(path));
        fail();
    }
}

static void test_docx_golden__every_file(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    size_t checked = 0;
    brv_str *names =
        brv_directory_list(fixture->arena, BRV_S(BRV_SOURCE_DIR "/tests/golden/docx"), &count);
    for (size_t i = 0; i < count; i++) {
        if (brv_str_is(brv_path_extension(names[i]), "md")) {
            check(fixture, brv_str_slice(names[i], 0, names[i].len - 3));
            checked++;
        }
    }
    assert_true(checked > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_golden__every_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
