// Brevier — what a script can reach, and what it costs.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <stdio.h>

// Everything a script can reach from its globals and from a string, in order. A new name here is a
// new door: open it on purpose.
static const char reachable[] =
    "_ENV: assert error getmetatable ipairs math next pairs pcall rawequal rawget rawlen rawset "
    "require select setmetatable string table tonumber tostring type utf8 xpcall\n"
    "string: byte char find format gmatch gsub len lower match rep reverse sub upper\n"
    "table: concat insert move pack remove sort unpack\n"
    "math: abs acos asin atan ceil cos exp floor fmod huge log max maxinteger min mininteger modf "
    "pi random sin sqrt tan tointeger type ult\n"
    "utf8: char charpattern codepoint codes len offset\n"
    "brevier.text: capitalized defanged length lines padded plain refanged sentences slug split "
    "trim truncate width\n"
    "brevier: api check_options markdown version\n"
    "brevier.element:\n";

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// [… table] Adds the names of the string keys of the table on top. Tables below the globals must
// be libraries, and none of them may have a metatable that leads further.
static void add_names(lua_State *L, struct brv_buf *out, const char *name)
{
    const char *names[100];
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        assert_int_equal(lua_type(L, -2), LUA_TSTRING);
        assert_true(count < BRV_COUNT(names));
        names[count++] = lua_tostring(L, -2);
    }
    qsort(names, count, sizeof *names, compare_names);
    brv_buf_printf(out, "%s:", name);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, " %s", names[i]);
    brv_buf_add_byte(out, '\n');
}

// [buf] A body for the gate.
static int list_reachable(lua_State *L)
{
    struct brv_buf *out = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS); // [buf front]
    lua_pushnil(L);
    assert_false(lua_next(L, 2)); // the front is empty
    assert_true(lua_getmetatable(L, 2));
    lua_getfield(L, -1, "__index"); // [buf front meta globals]
    lua_pushnil(L);
    assert_false(lua_next(L, 4)); // globals are made when they are named
    static const char *const libraries[] = { "string", "table", "math", "utf8" };
    for (size_t i = 0; i < BRV_COUNT(libraries); i++) {
        lua_getfield(L, 4, libraries[i]);
        lua_pop(L, 1);
    }
    for (size_t i = 0; i < brv_lua_base.count; i++) {
        lua_getfield(L, 4, brv_lua_base.functions[i].name);
        lua_pop(L, 1);
    }
    add_names(L, out, "_ENV");
    for (size_t i = 0; i < BRV_COUNT(libraries); i++) {
        lua_getfield(L, 4, libraries[i]);
        assert_false(lua_getmetatable(L, -1));
        add_names(L, out, libraries[i]);
        lua_pop(L, 1);
    }
    static const char *const modules[] = { "brevier.text", "brevier", "brevier.element" };
    for (size_t i = 0; i < BRV_COUNT(modules); i++) {
        lua_getfield(L, 4, "require");
        lua_pushstring(L, modules[i]);
        lua_call(L, 1, 1);
        if (luaL_callmeta(L, -1, "__pairs")) // completes what is compiled on demand
            lua_pop(L, 1);
        add_names(L, out, modules[i]);
        lua_pop(L, 1);
    }
    lua_pushliteral(L, "");
    lua_getfield(L, -1, "len");
    assert_true(lua_iscfunction(L, -1));
    lua_pop(L, 1);
    assert_true(lua_getmetatable(L, -1));
    lua_getfield(L, -1, "__index");
    lua_getfield(L, 4, "string");
    assert_true(lua_rawequal(L, -1, -2));
    for (int type = LUA_TNIL; type <= LUA_TTHREAD; type++) {
        if (type == LUA_TNIL)
            lua_pushnil(L);
        else if (type == LUA_TBOOLEAN)
            lua_pushboolean(L, 1);
        else if (type == LUA_TNUMBER)
            lua_pushinteger(L, 1);
        else if (type == LUA_TFUNCTION)
            lua_pushcfunction(L, list_reachable);
        else
            continue;
        assert_false(lua_getmetatable(L, -1));
        lua_pop(L, 1);
    }
    return 0;
}

static void test_sandbox__reach_is_frozen(void **state)
{
    struct fixture *fixture = *state;
    struct brv_limits limits = brv_limits_default();
    struct brv_sandbox *box = brv_sandbox_new(fixture->arena, NULL, &limits);
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    assert_int_equal(brv_sandbox_call(box, list_reachable, out), BRV_OK);
    assert_str(brv_buf_str(out), reachable);
}

// ---- budgets

static int charge_much(lua_State *L)
{
    uint64_t units = *(uint64_t *)lua_touserdata(L, 1);
    brv_charge(L, units);
    return 0;
}

static void test_sandbox__gas_is_exact_and_fresh_for_each_call(void **state)
{
    struct fixture *fixture = *state;
    struct brv_limits limits = brv_limits_default();
    struct brv_sandbox *box = brv_sandbox_new(fixture->arena, NULL, &limits);
    uint64_t units = limits.plugin_gas;
    assert_int_equal(brv_sandbox_call(box, charge_much, &units), BRV_OK);
    assert_int_equal(brv_sandbox_call(box, charge_much, &units), BRV_OK);
    units++;
    assert_int_equal(brv_sandbox_call(box, charge_much, &units), BRV_FAILED);
    assert_int_equal(box->fault.verdict, BRV_VERDICT_GAS);
    units = UINT64_MAX;
    box = brv_sandbox_new(fixture->arena, NULL, &limits);
    assert_int_equal(brv_sandbox_call(box, charge_much, &units), BRV_FAILED);
    assert_str(box->fault.message, "ran for more than 10000000 steps");
}

// The longest string that may be made, then one that may not; [len]
static int make_string(lua_State *L)
{
    static const char bytes[2000];
    lua_pushlstring(L, bytes, *(size_t *)lua_touserdata(L, 1));
    return 0;
}

static void test_sandbox__one_string_has_a_limit(void **state)
{
    struct fixture *fixture = *state;
    struct brv_limits limits = brv_limits_default();
    limits.plugin_string_bytes = 1000;
    struct brv_sandbox *box = brv_sandbox_new(fixture->arena, NULL, &limits);
    size_t len = 1000;
    assert_int_equal(brv_sandbox_call(box, make_string, &len), BRV_OK);
    len = 1100;
    assert_int_equal(brv_sandbox_call(box, make_string, &len), BRV_FAILED);
    assert_str(box->fault.message, "made a string longer than 1000 bytes");
}

// Without memory for its birth a sandbox says so at every call.
static void test_sandbox__birth_may_fail(void **state)
{
    struct fixture *fixture = *state;
    struct brv_limits limits = brv_limits_default();
    limits.plugin_memory_bytes = 100;
    struct brv_sandbox *box = brv_sandbox_new(fixture->arena, NULL, &limits);
    uint64_t units = 1;
    assert_int_equal(brv_sandbox_call(box, charge_much, &units), BRV_FAILED);
    assert_int_equal(box->fault.verdict, BRV_VERDICT_MEMORY);
    assert_int_equal(box->memory_bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sandbox__reach_is_frozen),
        TEST(test_sandbox__gas_is_exact_and_fresh_for_each_call),
        TEST(test_sandbox__one_string_has_a_limit),
        TEST(test_sandbox__birth_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
