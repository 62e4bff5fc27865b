// Brevier — what the sandbox costs: one report-like piece of Lua, in stock Lua or in a sandbox; and
// the birth of sandboxes.
// usage: bench_sandbox stock|sandbox|birth ROUNDS — to be counted by callgrind, see sandbox.sh.
// SPDX-License-Identifier: MIT
#include "plugin/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char report[] =
    "local rows = {}\n"
    "for i = 1, 100 do\n"
    "  local name = ('Vendor %d of the list'):format(i * 37 % 101)\n"
    "  name = name:gsub('(%w+) of', '%1 from'):gsub('%s+', ' ')\n"
    "  rows[i] = { name = name, score = i * 61 % 97 / 10, tags = { 'a', 'b', name:sub(1, 6) } }\n"
    "end\n"
    "table.sort(rows, function(a, b)\n"
    "  if a.score ~= b.score then return a.score > b.score end\n"
    "  return a.name < b.name\n"
    "end)\n"
    "local out = {}\n"
    "for i, row in ipairs(rows) do\n"
    "  local severity = row.score >= 7 and 'high' or row.score >= 4 and 'medium' or 'low'\n"
    "  out[#out + 1] = string.format('%3d  %-28s %5.1f %s', i, row.name, row.score, severity)\n"
    "  out[#out + 1] = table.concat(row.tags, ', '):upper()\n"
    "end\n"
    "assert(#table.concat(out, '\\n') > 1000)\n";

static unsigned long rounds;

static int run_rounds(lua_State *L)
{
    if (luaL_loadbufferx(L, report, strlen(report), "=report", "t") != LUA_OK)
        return lua_error(L);
    for (unsigned long i = 0; i < rounds; i++) {
        lua_pushvalue(L, -1);
        lua_call(L, 0, 0);
    }
    return 0;
}

static int run_stock(void)
{
    lua_State *L = luaL_newstate();
    if (!L)
        return 1;
    luaL_openlibs(L);
    lua_pushcfunction(L, run_rounds);
    int status = lua_pcall(L, 0, 0, 0);
    lua_close(L);
    return status;
}

static int run_sandbox(void)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_limits limits = brv_limits_default();
    limits.plugin_gas = UINT64_MAX / 2;
    limits.plugin_cpu_ms = 600000;
    struct brv_sandbox *box = brv_sandbox_new(arena, NULL, &limits);
    enum brv_status status = brv_sandbox_call(box, run_rounds, NULL);
    if (status != BRV_OK)
        fprintf(stderr, "%.*s\n", BRV_STR_ARG(box->fault.message));
    brv_arena_free(arena);
    return status;
}

static int run_births(void)
{
    struct brv_limits limits = brv_limits_default();
    for (unsigned long i = 0; i < rounds; i++) {
        struct brv_arena *arena = brv_arena_new();
        brv_sandbox_new(arena, NULL, &limits);
        brv_arena_free(arena);
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    rounds = strtoul(argv[2], NULL, 10);
    if (strcmp(argv[1], "birth") == 0)
        return run_births();
    return strcmp(argv[1], "stock") == 0 ? run_stock() : run_sandbox();
}
