// Brevier — the sandbox: birth of a Lua state, its budgets, and the gate.
// SPDX-License-Identifier: MIT
//
// A count hook alone is no sandbox. It never fires inside a C function, so one call of a stock
// library function can run for ever; its error can be caught by the script; finalizers, message
// handlers and coroutines run with it off or with a counter of their own. Five things close these
// holes, and only together:
//
//   1. An allow-list (library.c). No function of Lua's own libraries is in the state. What a script
//      can call is written in this room; what was left out has a reason beside it.
//   2. Gas (budget.c). The hook pays 100 units for 100 instructions; every library function pays
//      for its work *before* it does it, and the pattern matcher pays step by step. The same script
//      on the same section spends the same gas everywhere.
//   3. A verdict is sticky. Once it has fallen, the hook raises again at each instruction and
//      brv_charge() at each library call; pcall and xpcall (base_lib.c) raise it on instead of
//      catching it, and handlers run only after unwinding, if at all. Nothing of the script is left
//      that could swallow it: no coroutines, no __gc, no __close.
//   4. Memory is counted by the allocator (allocate.c), which also refuses any single string above
//      a limit: the VM's own string instructions (.., <, table keys) are only as dear as strings
//      are long. A refusal lets Lua collect garbage and ask again; running out for good is a
//      verdict too. What a call leaves in the arena is counted as well, whoever put it there.
//   5. The clock, for whatever gas does not price right: looked at every thousand units, and every
//      ten instructions once there are long strings, one comparison of which may take milliseconds.
//      Before work whose price nobody knows it is looked at too: walking a table of which nothing
//      may be left, collecting the garbage of a full state, compiling (compile.c). Its verdict
//      depends on the machine, so the host tries once more before it stands.
//
// One gate: lua_pcall appears here and in the script's own pcall, nowhere else. All work on a
// state, opening libraries and reading results included, is a body inside the gate, so an error has
// a place to go whenever it comes. An error jumps over C frames: a body allocates from arenas and
// from Lua only, and owns nothing else while it calls what may raise.
#include "plugin/sandbox_parts.h"

#include "plugin/image.h"
#include "plugin/library.h"

#include <assert.h>
#include <lauxlib.h>
#include <locale.h>
#include <stdio.h>

// ---- the gate

// The message handler of the gate: notes what was raised and where. Takes no memory from Lua and
// runs no Lua code.
static int on_error(lua_State *L)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    if (box->verdict != BRV_VERDICT_FINE)
        return 1;
    struct brv_lua_place place = brv_lua_place_at(L, 1);
    brv_str message;
    if (lua_type(L, 1) == LUA_TSTRING) {
        size_t len = 0;
        const char *text = lua_tolstring(L, 1, &len);
        message = (brv_str){ text, len < 2000 ? len : 2000 };
        message = brv_arena_str(box->arena, brv_lua_place_cut(box, message, &place));
    } else {
        message = brv_arena_printf(
            box->arena, "an error value that is no text was raised (a %s)", luaL_typename(L, 1));
    }
    brv_sandbox_set_fault(box, BRV_VERDICT_FINE, message, place);
    return 1;
}

enum brv_status brv_sandbox_call(struct brv_sandbox *box, lua_CFunction body, void *argument)
{
    lua_State *L = box->state;
    if (!L)
        return BRV_FAILED;
    assert(box->depth == 0 && lua_gettop(L) == 0);
    box->depth++;
    box->fault = (struct brv_fault){ 0 };
    brv_budget_start(box);
    // Numbers are written with a point whatever the program around us has set.
    locale_t neutral = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(neutral);
    lua_pushcfunction(L, on_error);     // [on_error]
    lua_pushcfunction(L, body);         // [on_error body]
    lua_pushlightuserdata(L, argument); // [on_error body argument]
    int status = lua_pcall(L, 1, 0, 1); // [on_error (error)]
    uselocale(before);
    freelocale(neutral);
    if (status == LUA_ERRMEM)
        brv_sandbox_set_verdict(box, box->refused_as, box->refused_at);
    else if (status != LUA_OK && box->fault.message.len == 0)
        brv_sandbox_set_fault(box, BRV_VERDICT_FINE, BRV_S("failed without a message"), box->home);
    lua_settop(L, 0);
    box->is_host_at_work = false;
    box->is_reading = false;
    box->depth--;
    box->generation++;
    return status == LUA_OK && box->verdict == BRV_VERDICT_FINE ? BRV_OK : BRV_FAILED;
}

enum brv_status brv_sandbox_load(struct brv_sandbox *box, lua_CFunction body, void *argument)
{
    box->is_loading = true;
    enum brv_status status = brv_sandbox_call(box, body, argument);
    box->is_loading = false;
    return status;
}

bool brv_catch(lua_State *L, int status, size_t text_len)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    if (status == LUA_ERRMEM)
        brv_sandbox_set_verdict(box, box->refused_as, box->refused_at);
    if (box->verdict != BRV_VERDICT_FINE)
        brv_sandbox_raise(L);
    if (status == LUA_OK)
        return true;
    box->text.len = text_len;
    // The host calls no Lua while it works: if it was at work, the error has ended that.
    box->is_host_at_work = false;
    box->is_reading = false;
    return false;
}

// ---- birth and death

static int on_panic(lua_State *L)
{
    (void)L;
    fputs("brevier: internal error: an error of Lua left the gate\n", stderr);
    return 0; // Lua aborts
}

static void close_box(void *ptr)
{
    brv_sandbox_close(ptr);
}

// The state is not closed but forgotten, with all its memory at once: nothing in it has a
// finalizer.
void brv_sandbox_close(struct brv_sandbox *box)
{
    box->state = NULL;
    if (box->image)
        brv_image_give_back(box->image);
    else
        brv_pool_drop(&box->pool);
    box->image = NULL;
    box->memory_bytes = 0;
    brv_buf_deinit(&box->text);
    box->text = (struct brv_buf){ 0 };
}

void brv_sandbox_settle_in(struct brv_sandbox *box, struct brv_arena *arena)
{
    box->arena = arena;
    box->fault = (struct brv_fault){ 0 };
    brv_arena_on_free(arena, close_box, box);
    if (box->state) {
        lua_setallocf(box->state, brv_sandbox_allocate, box);
        *(struct brv_sandbox **)lua_getextraspace(box->state) = box;
    }
}

struct brv_sandbox *brv_sandbox_move(struct brv_arena *arena, struct brv_sandbox *box)
{
    struct brv_sandbox *moved = BRV_NEW(arena, struct brv_sandbox);
    *moved = *box;
    box->state = NULL;
    box->pool = (struct brv_pool){ 0 };
    box->text = (struct brv_buf){ 0 };
    brv_sandbox_close(box);
    brv_sandbox_settle_in(moved, arena);
    return moved;
}

struct brv_sandbox *brv_sandbox_new(struct brv_arena *arena, const struct brv_program *program,
                                    const struct brv_limits *limits)
{
    struct brv_sandbox *box = BRV_NEW(arena, struct brv_sandbox);
    box->arena = arena;
    box->program = program;
    box->limits = *limits;
    if (program)
        box->home = (struct brv_lua_place){ &program->modules[0], 1 };
    brv_arena_on_free(arena, close_box, box);
    lua_State *L = lua_newstate(brv_sandbox_allocate, box);
    if (!L) {
        brv_sandbox_set_verdict(box, BRV_VERDICT_MEMORY, box->home);
        return box;
    }
    lua_atpanic(L, on_panic);
    *(struct brv_sandbox **)lua_getextraspace(L) = box;
    box->state = L;
    lua_gc(L, LUA_GCSTOP);
    if (brv_sandbox_call(box, brv_libraries_open, NULL) != BRV_OK)
        brv_sandbox_close(box);
    return box;
}
