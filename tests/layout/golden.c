// Brevier — golden tests of pages: tests/golden/pages/x.md under x.css is laid out, and the dump is
// compared with x.pages. With BRV_GOLDEN_UPDATE set, what lies there is written anew instead.
// The fonts are those of Debian 12: fonts-noto-core, fonts-noto-mono, fonts-noto-cjk.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "rig.h"

enum { INPUT_MAX = 1 << 20 };

static brv_str read_golden(struct fixture *fixture, const char *stem, const char *extension,
                           brv_str *path)
{
    *path = brv_arena_printf(
        fixture->arena, "%s/tests/golden/pages/%s.%s", BRV_SOURCE_DIR, stem, extension);
    brv_str text = { 0 };
    if (brv_file_exists(*path)) {
        assert_int_equal(
            brv_file_read(fixture->arena, *path, INPUT_MAX, BRV_CODE_INPUT, &text, &fixture->sink),
            BRV_OK);
    }
    return text;
}

static void check_golden(struct fixture *fixture, const char *stem)
{
    brv_str path;
    brv_str css = read_golden(fixture, stem, "css", &path);
    brv_str markdown = read_golden(fixture, stem, "md", &path);
    brv_str want = read_golden(fixture, stem, "pages", &path);
    assert_true(markdown.len > 0);
    struct brv_node *article = rig_article(fixture, markdown);
    struct brv_pages *pages = rig_layout(fixture, article, brv_arena_cstr(fixture->arena, css));
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 0);
    struct brv_buf *got = brv_buf_new_in(fixture->arena);
    brv_pages_dump(pages, got);
    if (getenv("BRV_GOLDEN_UPDATE")) {
        assert_int_equal(brv_file_write(path, brv_buf_str(got), &fixture->sink), BRV_OK);
        return;
    }
    if (!brv_str_equal(brv_buf_str(got), want)) {
        print_message("%s differs; got:\n%" BRV_STR_F "\n", stem, BRV_STR_ARG(brv_buf_str(got)));
    }
    assert_true(brv_str_equal(brv_buf_str(got), want));
}

static void test_report(void **state)
{
    check_golden(*state, "report");
}

static void test_directions(void **state)
{
    check_golden(*state, "directions");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_report),
        TEST(test_directions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
