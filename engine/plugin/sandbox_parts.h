// Brevier — the parts of a sandbox: its memory, its budgets, and where its code stands.
// Included by the files that make the sandbox, and by no other.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_SANDBOX_PARTS_H
#define BRV_PLUGIN_SANDBOX_PARTS_H

#include "plugin/sandbox.h"

enum {
    BRV_SANDBOX_BYTES_PER_UNIT = 16, // moved or scanned for one unit of gas
    BRV_SANDBOX_REFUSALS = 64,       // each costs a whole collection
    BRV_SANDBOX_GRANT_FACTOR = 16,   // documents may take this many times a plugin's memory
};

// ---- memory (allocate.c)

// The allocator of a state; the sandbox is its user.
void *brv_sandbox_allocate(void *user, void *block, size_t old_size, size_t new_size);
// What the state may hold at this moment.
size_t brv_sandbox_memory_limit(const struct brv_sandbox *box);

// ---- place of living (sandbox.c)

// The sandbox is from now on in `arena`, and closed with it: its state is told where it is.
void brv_sandbox_settle_in(struct brv_sandbox *box, struct brv_arena *arena);

// ---- budgets (budget.c)

void brv_budget_start(struct brv_sandbox *box);
// From now on the hook comes every so many instructions.
void brv_budget_hook(struct brv_sandbox *box, unsigned instructions);
// Whether the time is up, for who cannot raise.
bool brv_budget_is_late(struct brv_sandbox *box);

// ---- verdicts (budget.c)

void brv_sandbox_set_fault(struct brv_sandbox *box, enum brv_verdict verdict, brv_str message,
                           struct brv_lua_place place);
// The first verdict stands.
void brv_sandbox_set_verdict(struct brv_sandbox *box, enum brv_verdict verdict,
                             struct brv_lua_place place);
// Raises the verdict that has fallen. Takes no memory.
BRV_NORETURN void brv_sandbox_raise(lua_State *L);

// ---- places (place.c)

// Cuts "name:12: " off the front of a message that Lua made, and says which line it names.
brv_str brv_lua_place_cut(const struct brv_sandbox *box, brv_str message,
                          struct brv_lua_place *place);

#endif
