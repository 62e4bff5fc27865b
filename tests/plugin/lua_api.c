// Brevier — the Lua API, tested in Lua through the real host. Each file of tests/plugin/lua is a
// plugin whose render raises when something is not as it should be.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <stdio.h>

static const char *const files[] = {
    "base", "string", "table",     "section", "drawing",    "date",  "number",
    "list", "text",   "reference", "chart",   "chart-data", "facts", "fault-order",
};

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
        char folder[64];
        snprintf(folder, sizeof folder, "api-%s", files[i]);
        rig_clear(folder);
        snprintf(folder, sizeof folder, "api-%s/%s", files[i], files[i]);
        rig_clear(folder);
        rig_write(folder, "init.lua", brv_arena_cstr(rig.arena, read_test(&rig, files[i])));
        rig_write(folder, "check.lua", brv_arena_cstr(rig.arena, read_test(&rig, "check")));
        *strchr(folder, '/') = '\0';
        rig_host(&rig, rig_folder(&rig, folder));
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

// ---- modules in Lua

struct documented {
    struct brv_arena *arena;
    brv_str tests;
};

static bool is_function_of_c(const char *module, const char *name)
{
    for (size_t i = 0; i < brv_lua_library_count; i++)
        for (size_t f = 0; f < brv_lua_libraries[i]->count; f++)
            if (strcmp(brv_lua_libraries[i]->name, module) == 0 &&
                strcmp(brv_lua_libraries[i]->functions[f].name, name) == 0)
                return true;
    return false;
}

static size_t documented_count(const struct brv_lua_script *script, const char *name)
{
    struct brv_lua_doc doc;
    size_t count = 0;
    for (size_t at = 0; brv_lua_doc_next(script, &at, &doc);)
        count += brv_str_is(doc.owner, "M") && (!name || brv_str_is(doc.name, name));
    return count;
}

// [argument] A body for the gate: every module holds what its comments document, and no more.
static int compare_modules(lua_State *L)
{
    const struct documented *argument = lua_touserdata(L, 1);
    for (size_t i = 0; i < brv_lua_script_count; i++) {
        const struct brv_lua_script *script = &brv_lua_scripts[i];
        lua_pushcfunction(L, brv_lua_require);
        lua_pushstring(L, script->name);
        lua_call(L, 1, 1);                   // [… module]
        if (luaL_callmeta(L, -1, "__pairs")) // completes what is compiled on demand
            lua_pop(L, 1);
        if (strchr(script->name + strlen("brevier."), '.')) {
            lua_pop(L, 1); // a part of another
            continue;
        }
        size_t functions = 0;
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            const char *name = lua_tostring(L, -2);
            if (!lua_isfunction(L, -1) || is_function_of_c(script->name, name))
                continue;
            functions++;
            if (documented_count(script, name) != 1)
                fail_msg("%s.%s is not documented once", script->name, name);
            if (brv_str_find(argument->tests, 0, brv_str_from_cstr(name)) == argument->tests.len)
                fail_msg("%s.%s has no test in Lua", script->name, name);
        }
        assert_int_equal(functions, documented_count(script, NULL));
        lua_pop(L, 1);
    }
    return 0;
}

static void test_lua_api__modules_hold_what_they_document(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    struct brv_buf *all = brv_buf_new_in(rig.arena);
    for (size_t i = 0; i < BRV_COUNT(files); i++)
        brv_buf_add_str(all, read_test(&rig, files[i]));
    struct documented argument = { rig.arena, brv_buf_str(all) };
    struct brv_sandbox *box = brv_sandbox_new(rig.arena, NULL, &rig.limits);
    if (brv_sandbox_call(box, compare_modules, &argument) != BRV_OK)
        fail_msg("%.*s", (int)box->fault.message.len, box->fault.message.ptr);
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lua_api__files_pass),
        cmocka_unit_test(test_lua_api__every_function_has_a_test),
        cmocka_unit_test(test_lua_api__modules_hold_what_they_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
