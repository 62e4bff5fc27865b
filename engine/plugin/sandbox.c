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
//   2. Gas. The hook pays 100 units for 100 instructions; every library function pays for its work
//      *before* it does it, and the pattern matcher pays step by step. The same script on the same
//      section spends the same gas everywhere.
//   3. A verdict is sticky. Once it has fallen, the hook raises again at each instruction and
//      brv_charge() at each library call; pcall and xpcall (base_lib.c) raise it on instead of
//      catching it, and handlers run only after unwinding, if at all. Nothing of the script is left
//      that could swallow it: no coroutines, no __gc, no __close.
//   4. Memory is counted by the allocator, which also refuses any single string above a limit: the
//      VM's own string instructions (.., <, table keys) are only as dear as the strings are long.
//      A refusal lets Lua collect garbage and ask again; running out for good is a verdict too.
//   5. The clock, for whatever gas does not price right: looked at every thousand units, and every
//      ten instructions once there are long strings, one comparison of which may take milliseconds.
//      Its verdict depends on the machine, so the host tries once more before it stands.
//
// One gate: lua_pcall appears here and in the script's own pcall, nowhere else. All work on a
// state, opening libraries and reading results included, is a body inside the gate, so an error has
// a place to go whenever it comes. An error jumps over C frames: a body allocates from arenas and
// from Lua only, and owns nothing else while it calls what may raise.
#include "plugin/sandbox.h"

#include "plugin/library.h"

#include <assert.h>
#include <inttypes.h>
#include <lauxlib.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    HOOK_INSTRUCTIONS = 100,
    CLOCK_GAS = 1000,              // between two looks at the clock
    LONG_STRING_BYTES = 16 << 10,  // from here on the VM's own instructions on it are dear …
    LONG_STRING_INSTRUCTIONS = 10, // … and few of them are done between two looks
    BYTES_PER_UNIT = 16,           // moved or scanned for one unit of gas
    BLOCK_BYTES = 32,  // that each block costs beyond its own: the links of the pool, malloc's
    REFUSALS_MAX = 64, // each costs a whole collection
    STRING_HEADER_BYTES = 64, // what Lua adds to a string's own bytes, at most
    TEXT_STACK = 16,          // texts of full length that may be under construction at once
    COLLECT_BYTES = 1 << 20,  // what a state holds before garbage is looked for
    GRANT_FACTOR = 16,        // documents may take this many times a plugin's memory
};

// The value that carries a verdict through Lua: its address is the message.
static const char verdict_mark;

// ---- clocks and places

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now = { 0 };
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t brv_cpu_clock_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

// No system call, and never slower than the thread's: until the wall's clock has gone as far as the
// thread's may go there is nothing to ask the thread's for.
static int64_t wall_clock_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static const struct brv_module *module_of_chunk(const struct brv_program *program,
                                                const char *chunk_name)
{
    for (size_t i = 0; program && i < program->module_count; i++)
        if (strcmp(program->modules[i].chunk_name, chunk_name) == 0)
            return &program->modules[i];
    return NULL;
}

// Needs no memory: it is also called while an allocation is being refused.
struct brv_lua_place brv_lua_place_at(lua_State *L, int level)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    lua_Debug ar;
    for (int i = level; i < level + 32 && lua_getstack(L, i, &ar); i++) {
        if (!lua_getinfo(L, "Sl", &ar) || ar.currentline <= 0)
            continue;
        const struct brv_module *module = module_of_chunk(box->program, ar.source);
        if (module)
            return (struct brv_lua_place){ module, ar.currentline };
    }
    return (struct brv_lua_place){ 0 };
}

struct brv_span brv_lua_place_span(struct brv_lua_place place)
{
    if (!place.module || place.line < 1)
        return brv_span_none();
    const struct brv_source *source = place.module->source;
    size_t line = (size_t)place.line - 1;
    if (line >= source->line_count)
        return (struct brv_span){ .source = source };
    size_t from = source->line_starts[line];
    size_t to = brv_str_find_byte(source->text, from, '\n');
    while (from < to && brv_is_space(source->text.ptr[from]))
        from++;
    while (to > from && brv_is_space(source->text.ptr[to - 1]))
        to--;
    return (struct brv_span){ source, (uint32_t)from, (uint32_t)(to - from) };
}

// ---- memory

static size_t memory_limit(const struct brv_sandbox *box)
{
    size_t limit = box->limits.plugin_memory_bytes + box->memory_granted;
    if (box->is_host_at_work)
        return limit + GRANT_FACTOR * box->limits.plugin_memory_bytes;
    // Twice: the clock may ask for a second try, and what the first has drawn is still there.
    size_t drawn = 2 * box->drawn_bytes;
    return limit > drawn ? limit - drawn : 0;
}

static void *refuse(struct brv_sandbox *box, enum brv_verdict verdict)
{
    box->refusals++;
    box->refused_as = verdict;
    if (box->state)
        box->refused_at = brv_lua_place_at(box->state, 0);
    return NULL;
}

static void hook(lua_State *L, lua_Debug *ar);

// What the VM does with a long string, no library function pays for: its making pays, and from now
// on the hook comes often.
static void note_long_string(struct brv_sandbox *box, size_t size)
{
    uint64_t left = box->limits.plugin_gas - box->gas;
    uint64_t units = size / BYTES_PER_UNIT;
    box->gas += units < left ? units : left;
    if (box->hook_instructions == LONG_STRING_INSTRUCTIONS || !box->state ||
        box->verdict != BRV_VERDICT_FINE)
        return;
    box->hook_instructions = LONG_STRING_INSTRUCTIONS;
    box->gas_at_clock = box->gas;
    lua_sethook(box->state, hook, LUA_MASKCOUNT, LONG_STRING_INSTRUCTIONS);
}

static size_t cost_of(size_t size)
{
    return size > 0 ? size + BLOCK_BYTES : 0;
}

// For a new object Lua passes its type as the old size.
static void *allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct brv_sandbox *box = user;
    size_t held = block ? old_size : 0;
    size_t held_cost = cost_of(held);
    if (new_size == 0) {
        brv_pool_resize(&box->pool, block, held, 0);
        box->memory_bytes -= held_cost;
        return NULL;
    }
    size_t cost = cost_of(new_size);
    bool is_string = !block && old_size == LUA_TSTRING;
    if (new_size > held) {
        if (is_string && !box->is_host_at_work &&
            new_size > box->limits.plugin_string_bytes + STRING_HEADER_BYTES)
            return refuse(box, BRV_VERDICT_STRING);
        size_t limit = memory_limit(box);
        if (cost < new_size || cost > limit || box->memory_bytes - held_cost > limit - cost)
            return refuse(box, BRV_VERDICT_MEMORY);
    }
    void *moved = brv_pool_resize(&box->pool, block, held, new_size);
    if (!moved)
        return new_size <= held ? block : refuse(box, BRV_VERDICT_MEMORY);
    box->memory_bytes += cost;
    box->memory_bytes -= held_cost;
    if (box->memory_bytes > box->memory_most)
        box->memory_most = box->memory_bytes;
    if (is_string && new_size > LONG_STRING_BYTES)
        note_long_string(box, new_size);
    return moved;
}

// ---- verdicts

static void set_fault(struct brv_sandbox *box, enum brv_verdict verdict, brv_str message,
                      struct brv_lua_place place)
{
    box->fault = (struct brv_fault){
        .verdict = verdict,
        .message = message,
        .place = place.module ? place : box->home,
    };
}

static brv_str verdict_message(const struct brv_sandbox *box, enum brv_verdict verdict)
{
    const struct brv_limits *limits = &box->limits;
    struct brv_arena *arena = box->arena;
    switch (verdict) {
    case BRV_VERDICT_FINE:
        break;
    case BRV_VERDICT_GAS:
        return brv_arena_printf(arena, "ran for more than %" PRIu64 " steps", limits->plugin_gas);
    case BRV_VERDICT_CLOCK:
        return brv_arena_printf(
            arena, "took more than %u ms of processor time", limits->plugin_cpu_ms);
    case BRV_VERDICT_MEMORY:
        return brv_arena_printf(
            arena, "needed more than %zu KiB of memory", limits->plugin_memory_bytes >> 10);
    case BRV_VERDICT_STRING:
        return brv_arena_printf(
            arena, "made a string longer than %zu bytes", limits->plugin_string_bytes);
    case BRV_VERDICT_OUTPUT:
        return brv_arena_printf(arena,
                                "made more than %zu elements and shapes, or 4 MiB of text",
                                limits->plugin_nodes);
    }
    return BRV_S("");
}

static void set_verdict(struct brv_sandbox *box, enum brv_verdict verdict,
                        struct brv_lua_place place)
{
    if (box->verdict != BRV_VERDICT_FINE)
        return;
    box->verdict = verdict;
    set_fault(box, verdict, verdict_message(box, verdict), place);
}

// Most states live for a section or two and die whole: the collector rests until there is something
// to gain. A refused allocation makes Lua collect in any case.
static void collect_when_large(struct brv_sandbox *box)
{
    if (box->is_collecting || box->memory_bytes < COLLECT_BYTES)
        return;
    box->is_collecting = true;
    lua_gc(box->state, LUA_GCRESTART);
}

// Raises the verdict that has fallen. Takes no memory.
static BRV_NORETURN void raise_mark(lua_State *L)
{
    lua_sethook(L, hook, LUA_MASKCOUNT | LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE, 1);
    // One slot is always free: LUA_MINSTACK for C functions, EXTRA_STACK for hooks.
    lua_pushlightuserdata(L, (void *)(uintptr_t)&verdict_mark); // [mark]
    lua_error(L);
    abort(); // not reached; lua_error() is not declared noreturn
}

void brv_raise_verdict(lua_State *L, enum brv_verdict verdict)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    set_verdict(box, verdict, brv_lua_place_at(L, 0));
    raise_mark(L);
}

// ---- paying

static void look_at_clock(lua_State *L)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    bool is_hook_frequent = box->hook_instructions < HOOK_INSTRUCTIONS;
    box->gas_at_clock = box->gas + (is_hook_frequent ? box->hook_instructions : CLOCK_GAS);
    collect_when_large(box);
    int64_t wall = wall_clock_ns();
    if (box->deadline_ns != 0 && wall < box->wall_due_ns)
        return;
    int64_t now = brv_cpu_clock_ns();
    if (box->deadline_ns == 0)
        box->deadline_ns = now + (int64_t)box->limits.plugin_cpu_ms * 1000000;
    else if (now > box->deadline_ns)
        brv_raise_verdict(L, BRV_VERDICT_CLOCK);
    box->wall_due_ns = wall + (box->deadline_ns - now);
}

void brv_charge(lua_State *L, uint64_t units)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    if (box->verdict != BRV_VERDICT_FINE)
        raise_mark(L);
    if (units > box->limits.plugin_gas - box->gas) {
        box->gas = box->limits.plugin_gas;
        brv_raise_verdict(L, BRV_VERDICT_GAS);
    }
    box->gas += units;
    if (box->refusals > REFUSALS_MAX)
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
    if (box->gas >= box->gas_at_clock && !box->is_host_at_work)
        look_at_clock(L);
}

void brv_charge_bytes(lua_State *L, size_t bytes)
{
    brv_charge(L, 1 + bytes / BYTES_PER_UNIT);
}

static void hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    brv_charge(L, brv_sandbox_of(L)->hook_instructions);
}

void brv_check_string_length(lua_State *L, size_t len)
{
    if (len > brv_sandbox_of(L)->limits.plugin_string_bytes)
        brv_raise_verdict(L, BRV_VERDICT_STRING);
}

struct brv_host_work brv_host_work_begin(struct brv_sandbox *box)
{
    assert(!box->is_host_at_work);
    box->is_host_at_work = true;
    return (struct brv_host_work){ box->memory_bytes, box->deadline_ns ? brv_cpu_clock_ns() : 0 };
}

void brv_host_work_end(struct brv_sandbox *box, struct brv_host_work work)
{
    box->is_host_at_work = false;
    if (box->memory_bytes > work.memory_bytes)
        box->memory_granted += box->memory_bytes - work.memory_bytes;
    size_t most = GRANT_FACTOR * box->limits.plugin_memory_bytes;
    if (box->memory_granted > most)
        box->memory_granted = most;
    if (work.clock_ns)
        box->deadline_ns += brv_cpu_clock_ns() - work.clock_ns;
}

// ---- texts under construction

size_t brv_text_begin(lua_State *L)
{
    return brv_sandbox_of(L)->text.len;
}

struct brv_buf *brv_text_reserve(lua_State *L, size_t start, size_t len)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    brv_charge_bytes(L, len);
    brv_check_string_length(L, len);
    brv_check_string_length(L, box->text.len - start + len);
    if (box->text.len + len > TEXT_STACK * box->limits.plugin_string_bytes)
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
    brv_buf_reserve(&box->text, len);
    return &box->text;
}

void brv_text_add(lua_State *L, size_t start, const char *bytes, size_t len)
{
    brv_buf_add(brv_text_reserve(L, start, len), bytes, len);
}

void brv_text_push(lua_State *L, size_t start)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    size_t len = box->text.len - start;
    lua_pushlstring(L, len ? box->text.ptr + start : "", len); // [text]
    box->text.len = start;
}

// ---- the gate

// Cuts "name:12: " off the front of a message that Lua made, and says which line it names.
static brv_str cut_position(const struct brv_sandbox *box, brv_str message,
                            struct brv_lua_place *place)
{
    for (size_t i = 0; box->program && i < box->program->module_count; i++) {
        const struct brv_module *module = &box->program->modules[i];
        brv_str name = brv_str_from_cstr(module->chunk_name + 1);
        if (!brv_str_starts_with(message, name) || message.len <= name.len ||
            message.ptr[name.len] != ':')
            continue;
        size_t at = name.len + 1;
        size_t end = brv_str_find_byte(message, at, ':');
        size_t line = 0;
        if (!brv_str_to_size(brv_str_slice(message, at, end), &line) || line > INT32_MAX)
            continue;
        *place = (struct brv_lua_place){ module, (int)line };
        return brv_str_trim(brv_str_slice(message, end < message.len ? end + 1 : end, message.len));
    }
    // Of Brevier's own modules: the line that called them is what the author can mend.
    if (brv_str_starts_with(message, BRV_S("brevier."))) {
        size_t at = brv_str_find_byte(message, 0, ':');
        size_t end = brv_str_find_byte(message, at + 1, ':');
        size_t line = 0;
        if (end < message.len && brv_str_to_size(brv_str_slice(message, at + 1, end), &line))
            return brv_str_trim(brv_str_slice(message, end + 1, message.len));
    }
    return message;
}

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
        message = brv_arena_str(box->arena, cut_position(box, message, &place));
    } else {
        message = brv_arena_printf(
            box->arena, "an error value that is no text was raised (a %s)", luaL_typename(L, 1));
    }
    set_fault(box, BRV_VERDICT_FINE, message, place);
    return 1;
}

static void start_budgets(struct brv_sandbox *box)
{
    box->gas = 0;
    // A look at the clock is a system call, and most calls end before the first is due.
    box->gas_at_clock = CLOCK_GAS;
    box->deadline_ns = 0;
    box->memory_most = box->memory_bytes;
    box->drawn_bytes = 0;
    box->refusals = 0;
    box->text.len = 0;
    collect_when_large(box);
    // What strings an earlier call has left is not known, only that it made long ones.
    if (box->hook_instructions == 0)
        box->hook_instructions = HOOK_INSTRUCTIONS;
    lua_sethook(box->state, hook, LUA_MASKCOUNT, (int)box->hook_instructions);
}

enum brv_status brv_sandbox_call(struct brv_sandbox *box, lua_CFunction body, void *argument)
{
    lua_State *L = box->state;
    if (!L)
        return BRV_FAILED;
    assert(box->depth == 0 && lua_gettop(L) == 0);
    box->depth++;
    box->fault = (struct brv_fault){ 0 };
    start_budgets(box);
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
        set_verdict(box, box->refused_as, box->refused_at);
    else if (status != LUA_OK && box->fault.message.len == 0)
        set_fault(box, BRV_VERDICT_FINE, BRV_S("failed without a message"), box->home);
    lua_settop(L, 0);
    box->is_host_at_work = false;
    box->depth--;
    box->generation++;
    return status == LUA_OK && box->verdict == BRV_VERDICT_FINE ? BRV_OK : BRV_FAILED;
}

bool brv_catch(lua_State *L, int status, size_t text_len)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    if (status == LUA_ERRMEM)
        set_verdict(box, box->refused_as, box->refused_at);
    if (box->verdict != BRV_VERDICT_FINE)
        raise_mark(L);
    if (status == LUA_OK)
        return true;
    box->text.len = text_len;
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
    brv_pool_drop(&box->pool);
    box->memory_bytes = 0;
    brv_buf_deinit(&box->text);
    box->text = (struct brv_buf){ 0 };
}

struct brv_sandbox *brv_sandbox_move(struct brv_arena *arena, struct brv_sandbox *box)
{
    struct brv_sandbox *moved = BRV_NEW(arena, struct brv_sandbox);
    *moved = *box;
    moved->arena = arena;
    moved->fault = (struct brv_fault){ 0 };
    box->state = NULL;
    box->pool = (struct brv_pool){ 0 };
    box->text = (struct brv_buf){ 0 };
    brv_sandbox_close(box);
    brv_arena_on_free(arena, close_box, moved);
    if (moved->state) {
        lua_setallocf(moved->state, allocate, moved);
        *(struct brv_sandbox **)lua_getextraspace(moved->state) = moved;
    }
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
    lua_State *L = lua_newstate(allocate, box);
    if (!L) {
        set_verdict(box, BRV_VERDICT_MEMORY, box->home);
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
