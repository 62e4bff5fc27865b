// Brevier — the sandbox: one budgeted Lua state and the one gate into it.
// A sandbox belongs to one (document, plugin) pair. Every touch of its state after birth happens in
// a body given to brv_sandbox_call(); functions here that take a lua_State run inside such a body
// and may raise. The essay in sandbox.c says how the budgets hold.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_SANDBOX_H
#define BRV_PLUGIN_SANDBOX_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/limits.h"
#include "plugin/pool.h"
#include "plugin/program.h"

#include <lua.h>
#include <stdint.h>

enum { BRV_LOAD_SHARE = 4 }; // loading may take this part of a call's budgets

// What the host decided about a call. Everything but FINE is final: no Lua code runs afterwards.
enum brv_verdict {
    BRV_VERDICT_FINE,
    BRV_VERDICT_GAS,
    BRV_VERDICT_CLOCK, // the only one that depends on the machine: worth one more try
    BRV_VERDICT_MEMORY,
    BRV_VERDICT_STRING,
    BRV_VERDICT_OUTPUT,
};

// A line of a plugin; `module` NULL when it is not known.
struct brv_lua_place {
    const struct brv_module *module;
    int line;
};

// Why a call failed. The message lives in the sandbox's arena.
struct brv_fault {
    enum brv_verdict verdict;
    brv_str message;
    struct brv_lua_place place;
};

struct brv_sandbox {
    lua_State *state; // NULL once closed
    struct brv_arena *arena;
    const struct brv_program *program;
    struct brv_limits limits;

    enum brv_verdict verdict;
    struct brv_fault fault;
    uint64_t gas; // spent by the call under way
    uint64_t gas_limit;
    uint64_t gas_at_clock; // read the clock when gas reaches this
    int64_t deadline_ns;   // of the thread's CPU clock; 0 until the first look at it
    int64_t wall_due_ns;   // of the wall's clock: when to look at it; 0 until the call has a look
    unsigned hook_instructions; // between two calls of the hook
    struct brv_pool pool;       // the memory of the state …
    struct brv_image *image;    // … which is this one's; NULL: its own
    size_t memory_bytes;        // held by the state
    size_t memory_most;         // that was held in the call under way
    size_t memory_granted;      // what the host itself put there: not the plugin's spending
    size_t arena_bytes;         // in use when the call began, and by the host's work since
    size_t drawn_bytes;         // that the call under way has left in the arena, or soon will
    size_t walked_bytes;        // of tables, since the last look at the clock
    size_t result_granted;      // what of a result is the document's own
    unsigned refusals;          // allocations refused in the call under way
    enum brv_verdict refused_as;
    struct brv_lua_place refused_at;
    bool is_collecting;   // garbage, which a young state has none of that is worth the look
    bool is_host_at_work; // the host converts a document: its memory is granted
    bool is_reading;      // the tables of a result, whose walking is the plugin's own time
    bool is_loading;
    unsigned depth; // of gates, always 0 or 1

    struct brv_buf text;        // a stack of texts under construction, see brv_text_begin()
    struct brv_lua_place home;  // the place for faults that no line of Lua caused
    uint32_t generation;        // of the views, one more after each call
    void *user;                 // the render call under way
    const void *asleep;         // the metatable of elements that were not looked into …
    const void *asleep_dressed; // … and of those that have got attributes since
};

// A state with the libraries of library.h, closed when the arena ends or by brv_sandbox_close().
// Never NULL; when birth fails the fault says why and every later call fails the same way.
struct brv_sandbox *brv_sandbox_new(struct brv_arena *arena, const struct brv_program *program,
                                    const struct brv_limits *limits);
void brv_sandbox_close(struct brv_sandbox *box);

// The same sandbox, from now on in `arena` and closed with it; `box` is left closed.
struct brv_sandbox *brv_sandbox_move(struct brv_arena *arena, struct brv_sandbox *box);

// Runs `body` with `argument` as a light userdata at index 1, with fresh budgets, protected from
// every error. On failure box->fault tells what and where; close the sandbox then.
enum brv_status brv_sandbox_call(struct brv_sandbox *box, lua_CFunction body, void *argument)
    BRV_WARN_UNUSED;
// The same with a part of the gas and the time only: for the steps that a section may have to wait
// for before its call.
enum brv_status brv_sandbox_load(struct brv_sandbox *box, lua_CFunction body, void *argument)
    BRV_WARN_UNUSED;

static inline struct brv_sandbox *brv_sandbox_of(lua_State *L)
{
    return *(struct brv_sandbox **)lua_getextraspace(L);
}

// The processor time of this thread; a system call.
int64_t brv_cpu_clock_ns(void);

// Pays for work before it is done: one unit is about one VM instruction. Raises when the budget is
// gone, and always once a verdict has fallen.
void brv_charge(lua_State *L, uint64_t units);
// The price of moving or scanning `bytes`.
void brv_charge_bytes(lua_State *L, size_t bytes);
// The price of beginning to walk over all entries of a table. Lua passes the places of those that
// are gone, too, and nobody can tell how many these are: there is a look at the clock before much
// memory can have been walked.
void brv_charge_walk(lua_State *L);
// Pays, and looks at the clock at once.
void brv_charge_watched(lua_State *L, uint64_t units);
// Ends the call with a verdict. Never returns.
BRV_NORETURN void brv_raise_verdict(lua_State *L, enum brv_verdict verdict);
// For the script's own pcall and xpcall, after lua_pcall() gave `status`: raises on what a script
// may not catch, cuts the texts back to `text_len`, and says whether the call succeeded.
bool brv_catch(lua_State *L, int status, size_t text_len);
// Raises verdict STRING when a string of this length may not be made.
void brv_check_string_length(lua_State *L, size_t len);

// The host converts a document for or from the plugin: until the end call neither the memory nor
// the time of it are the plugin's. No Lua function may be called in between.
struct brv_host_work {
    size_t memory_bytes;
    size_t arena_bytes;
    int64_t clock_ns;     // when it began …
    bool is_thread_clock; // … by the clock that was looked at then
};
struct brv_host_work brv_host_work_begin(struct brv_sandbox *box);
void brv_host_work_end(struct brv_sandbox *box, struct brv_host_work work);

// The same for a small piece of work, whose time is not worth a look at the clock; it may be a part
// of a larger one.
struct brv_host_gift {
    size_t memory_bytes;
    bool is_part;
};
struct brv_host_gift brv_host_gift_begin(struct brv_sandbox *box);
void brv_host_gift_end(struct brv_sandbox *box, struct brv_host_gift gift);

// The host reads a result, as a part of its work or of a library function's. Each node prolongs the
// time; walking tables in which there are none is on the plugin's own. What is read may take
// `granted_bytes`, and some memory beyond what is left to the plugin.
void brv_reading_begin(struct brv_sandbox *box, size_t granted_bytes);
void brv_reading_pay_nodes(lua_State *L, size_t count, size_t text_bytes);
void brv_reading_end(struct brv_sandbox *box);

// Text under construction. C functions must not keep heap memory across a call that may raise, so
// they build in one buffer of the sandbox, nested like a stack: what raises is cut off by the next
// protected call that catches. No text is longer than one string may be.
size_t brv_text_begin(lua_State *L);
// Pays for `len` more bytes and makes room; the caller adds no more than these to the buffer.
struct brv_buf *brv_text_reserve(lua_State *L, size_t start, size_t len);
void brv_text_add(lua_State *L, size_t start, const char *bytes, size_t len);
void brv_text_push(lua_State *L, size_t start); // [-0, +1] pushes the text and cuts it off

// The line of Lua that runs at `level` (1: the caller of a C function), or the nearest above it.
struct brv_lua_place brv_lua_place_at(lua_State *L, int level);
// The whole line without its indent, for a diagnostic; no place when the module is not known.
struct brv_span brv_lua_place_span(struct brv_lua_place place);

#endif
