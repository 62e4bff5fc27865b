// Brevier — the budgets of a sandbox: gas, the clock, the arena, and the verdict when one is gone.
// SPDX-License-Identifier: MIT
#include "plugin/sandbox_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

enum {
    HOOK_INSTRUCTIONS = 100,
    CLOCK_GAS = 1000,           // between two looks at the clock
    COLLECT_BYTES = 1 << 20,    // what a state holds before garbage is looked for
    WALK_BYTES = 16 << 20,      // of tables, walked between two looks at the clock
    RESULT_BYTES = 8 << 20,     // that a result may take beyond what its maker still holds
    NODE_TIMES_A_CALL = 200000, // a node's reading takes this part of a call's time
};

// The value that carries a verdict through Lua: its address is the message.
static const char verdict_mark;

// ---- clocks

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

// No system call, and never slower than the thread's.
static int64_t wall_clock_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static int64_t call_ns(const struct brv_sandbox *box)
{
    return (int64_t)box->limits.plugin_cpu_ms * 1000000 / (box->is_loading ? BRV_LOAD_SHARE : 1);
}

// What the thread has used since the first look cannot be more than has gone by on the wall. So for
// the first part of its time a call is believed to have used just that, and most calls end before
// anybody asks the thread's clock. Later it is asked when it may have come to the deadline.
static int64_t unasked_ns(const struct brv_sandbox *box)
{
    enum { PART = 8 };
    return call_ns(box) / PART;
}

bool brv_budget_is_late(struct brv_sandbox *box)
{
    if (box->is_host_at_work && !box->is_reading)
        return false;
    int64_t wall = wall_clock_ns();
    if (box->wall_due_ns == 0)
        box->wall_due_ns = wall + unasked_ns(box);
    if (wall < box->wall_due_ns)
        return false;
    int64_t now = brv_cpu_clock_ns();
    if (box->deadline_ns == 0)
        box->deadline_ns = now + call_ns(box) - unasked_ns(box);
    else if (now > box->deadline_ns)
        return true;
    box->wall_due_ns = wall + (box->deadline_ns - now);
    return false;
}

// Time that is not the plugin's.
static void prolong(struct brv_sandbox *box, int64_t ns)
{
    if (box->deadline_ns != 0)
        box->deadline_ns += ns;
    else if (box->wall_due_ns != 0)
        box->wall_due_ns += ns;
}

// ---- verdicts

void brv_sandbox_set_fault(struct brv_sandbox *box, enum brv_verdict verdict, brv_str message,
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
        return brv_arena_printf(arena, "ran for more than %" PRIu64 " steps", box->gas_limit);
    case BRV_VERDICT_CLOCK:
        return brv_arena_printf(
            arena, "took more than %lld ms of processor time", (long long)(call_ns(box) / 1000000));
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

void brv_sandbox_set_verdict(struct brv_sandbox *box, enum brv_verdict verdict,
                             struct brv_lua_place place)
{
    if (box->verdict != BRV_VERDICT_FINE)
        return;
    box->verdict = verdict;
    brv_sandbox_set_fault(box, verdict, verdict_message(box, verdict), place);
}

static void hook(lua_State *L, lua_Debug *ar);

void brv_sandbox_raise(lua_State *L)
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
    brv_sandbox_set_verdict(box, verdict, brv_lua_place_at(L, 0));
    brv_sandbox_raise(L);
}

// ---- looking

// Most states live for a section or two and die whole: the collector rests until there is something
// to gain. A refused allocation makes Lua collect in any case.
static void collect_when_large(struct brv_sandbox *box)
{
    if (box->is_collecting || box->memory_bytes < COLLECT_BYTES)
        return;
    box->is_collecting = true;
    lua_gc(box->state, LUA_GCRESTART);
}

// What the call has left in the arena counts as memory, whoever put it there and for whatever
// reason it is still there.
static void look_at_arena(lua_State *L)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    size_t used = brv_arena_used_bytes(box->arena);
    size_t grown = used > box->arena_bytes ? used - box->arena_bytes : 0;
    size_t limit = box->limits.plugin_memory_bytes + box->memory_granted;
    if (box->is_reading) {
        if (box->memory_bytes + grown > limit + RESULT_BYTES + box->result_granted)
            brv_raise_verdict(L, BRV_VERDICT_MEMORY);
        return;
    }
    if (grown > box->drawn_bytes)
        box->drawn_bytes = grown;
    if (box->memory_bytes > brv_sandbox_memory_limit(box))
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
}

static void look(lua_State *L)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    bool is_hook_frequent = box->hook_instructions < HOOK_INSTRUCTIONS;
    box->gas_at_clock = box->gas + (is_hook_frequent ? box->hook_instructions : CLOCK_GAS);
    box->walked_bytes = 0;
    collect_when_large(box);
    look_at_arena(L);
    if (brv_budget_is_late(box))
        brv_raise_verdict(L, BRV_VERDICT_CLOCK);
}

// ---- paying

void brv_charge(lua_State *L, uint64_t units)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    if (box->verdict != BRV_VERDICT_FINE)
        brv_sandbox_raise(L);
    if (units > box->gas_limit - box->gas) {
        box->gas = box->gas_limit;
        brv_raise_verdict(L, BRV_VERDICT_GAS);
    }
    box->gas += units;
    if (box->refusals > BRV_SANDBOX_REFUSALS)
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
    if (box->gas >= box->gas_at_clock && (!box->is_host_at_work || box->is_reading))
        look(L);
}

void brv_charge_bytes(lua_State *L, size_t bytes)
{
    brv_charge(L, 1 + bytes / BRV_SANDBOX_BYTES_PER_UNIT);
}

void brv_charge_walk(lua_State *L)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    box->walked_bytes += box->memory_bytes;
    if (box->walked_bytes > WALK_BYTES)
        box->gas_at_clock = box->gas;
    brv_charge(L, 1);
}

void brv_charge_watched(lua_State *L, uint64_t units)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    box->gas_at_clock = box->gas;
    brv_charge(L, units);
}

static void hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    brv_charge(L, brv_sandbox_of(L)->hook_instructions);
}

void brv_budget_hook(struct brv_sandbox *box, unsigned instructions)
{
    box->hook_instructions = instructions;
    lua_sethook(box->state, hook, LUA_MASKCOUNT, (int)instructions);
}

void brv_budget_start(struct brv_sandbox *box)
{
    box->gas = 0;
    box->gas_limit = box->limits.plugin_gas / (box->is_loading ? BRV_LOAD_SHARE : 1);
    box->gas_at_clock = CLOCK_GAS;
    box->deadline_ns = 0;
    box->wall_due_ns = 0;
    box->memory_most = box->memory_bytes;
    box->drawn_bytes = 0;
    box->arena_bytes = brv_arena_used_bytes(box->arena);
    box->walked_bytes = 0;
    box->refusals = 0;
    box->text.len = 0;
    collect_when_large(box);
    // What strings an earlier call has left is not known, only that it made long ones.
    brv_budget_hook(box, box->hook_instructions ? box->hook_instructions : HOOK_INSTRUCTIONS);
}

void brv_check_string_length(lua_State *L, size_t len)
{
    if (len > brv_sandbox_of(L)->limits.plugin_string_bytes)
        brv_raise_verdict(L, BRV_VERDICT_STRING);
}

// ---- the host at work

struct brv_host_work brv_host_work_begin(struct brv_sandbox *box)
{
    assert(!box->is_host_at_work);
    box->is_host_at_work = true;
    return (struct brv_host_work){
        .memory_bytes = box->memory_bytes,
        .arena_bytes = brv_arena_used_bytes(box->arena),
        .clock_ns = box->deadline_ns ? brv_cpu_clock_ns() : wall_clock_ns(),
        .is_thread_clock = box->deadline_ns != 0,
    };
}

// What the state has grown by since it held so much.
static void grant(struct brv_sandbox *box, size_t memory_bytes)
{
    if (box->memory_bytes > memory_bytes)
        box->memory_granted += box->memory_bytes - memory_bytes;
    size_t most = BRV_SANDBOX_GRANT_FACTOR * box->limits.plugin_memory_bytes;
    if (box->memory_granted > most)
        box->memory_granted = most;
}

struct brv_host_gift brv_host_gift_begin(struct brv_sandbox *box)
{
    struct brv_host_gift gift = { box->memory_bytes, box->is_host_at_work };
    box->is_host_at_work = true;
    return gift;
}

void brv_host_gift_end(struct brv_sandbox *box, struct brv_host_gift gift)
{
    box->is_host_at_work = gift.is_part;
    if (!gift.is_part)
        grant(box, gift.memory_bytes);
}

void brv_host_work_end(struct brv_sandbox *box, struct brv_host_work work)
{
    box->is_host_at_work = false;
    grant(box, work.memory_bytes);
    size_t used = brv_arena_used_bytes(box->arena);
    if (used > work.arena_bytes)
        box->arena_bytes += used - work.arena_bytes;
    int64_t now = work.is_thread_clock ? brv_cpu_clock_ns() : wall_clock_ns();
    prolong(box, now - work.clock_ns);
}

void brv_reading_begin(struct brv_sandbox *box, size_t granted_bytes)
{
    box->is_reading = true;
    box->result_granted = granted_bytes;
    box->gas_at_clock = box->gas;
}

void brv_reading_pay_nodes(lua_State *L, size_t count, size_t text_bytes)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    brv_charge(L, count + text_bytes / BRV_SANDBOX_BYTES_PER_UNIT);
    prolong(box, (int64_t)count * (call_ns(box) / NODE_TIMES_A_CALL));
}

void brv_reading_end(struct brv_sandbox *box)
{
    box->is_reading = false;
}
