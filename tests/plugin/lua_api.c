// Brevier — the Lua API, tested in Lua through the real host. Each file of tests/plugin/lua is a
// plugin whose render raises when something is not as it should be.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "plugin/library.h"

#include <stdio.h>

static const char *const files[] = { "base", "string", "table", "section", "drawing" };

static brv_str read_test(struct rig *rig, const char *name)
{
    brv_str path = brv_arena_printf(rig->arena, "%s/tests/plugin/lua/%s.lua", BRV_SOURCE_DIR, name);
    brv_str content;
    assert_int_equal(
        brv_file_read(rig->arena, path, 1 << 20, BRV_CODE_INTERNAL, &content, &rig->sink), BRV_OK);
    return content;
}

static void test_lua_api__files_pass(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(files); i++) {
        struct rig rig;
        rig_start(&rig);
        char file_name[64];
        snprintf(file_name, sizeof file_name, "%s.lua", files[i]);
        rig_clear("api");
        rig_write("api", file_name, brv_arena_cstr(rig.arena, read_test(&rig, files[i])));
        rig_host(&rig, rig_folder(&rig, "api"));
        assert_int_equal(brv_host_plugin_count(rig.host), 1);
        rig_document(&rig,
                     "# A title\n\n## Before\n\nOne.\n\n## Probe\n\nTwo *words*.\n\n"
                     "- Date: today\n- no fact\n\n## After\n\nThree.\n");
        rig_render(&rig);
        if (rig.failures > 0)
            fail_msg("%s", rig_diagnostics(&rig));
        rig_end(&rig);
    }
}

// Each function of the reference is called somewhere in the Lua tests, and has a line of help.
static void test_lua_api__every_function_has_a_test(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    struct brv_buf *all = brv_buf_new_in(rig.arena);
    for (size_t i = 0; i < BRV_COUNT(files); i++)
        brv_buf_add_str(all, read_test(&rig, files[i]));
    for (size_t i = 0; i < brv_lua_library_count; i++) {
        const struct brv_lua_library *library = brv_lua_libraries[i];
        for (size_t f = 0; f < library->count; f++) {
            brv_str name = brv_str_from_cstr(library->functions[f].name);
            if (brv_str_find(brv_buf_str(all), 0, name) == all->len)
                fail_msg("%s.%s has no test in Lua", library->name, library->functions[f].name);
            assert_true(strlen(library->functions[f].help) > 10);
            assert_int_equal(library->functions[f].signature[0], '(');
        }
    }
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lua_api__files_pass),
        cmocka_unit_test(test_lua_api__every_function_has_a_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
