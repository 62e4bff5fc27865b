// Brevier — the memory of a state: counted, limited, and watched for what is dear later.
// SPDX-License-Identifier: MIT
#include "plugin/sandbox_parts.h"

enum {
    LONG_STRING_BYTES = 16 << 10,  // from here on the VM's own instructions on it are dear …
    LONG_STRING_INSTRUCTIONS = 10, // … and few of them are done between two looks at the clock
    BLOCK_BYTES = 32, // that each block costs beyond its own: the links of the pool, malloc's
    STRING_HEADER_BYTES = 64, // what Lua adds to a string's own bytes, at most
};

size_t brv_sandbox_memory_limit(const struct brv_sandbox *box)
{
    size_t limit = box->limits.plugin_memory_bytes + box->memory_granted;
    if (box->is_host_at_work)
        return limit + BRV_SANDBOX_GRANT_FACTOR * box->limits.plugin_memory_bytes;
    // Twice: the clock may ask for a second try, and what the first has drawn is still there.
    size_t drawn = 2 * box->drawn_bytes;
    return limit > drawn ? limit - drawn : 0;
}

// Lua collects garbage and asks once more. A collection of a full state takes tens of milliseconds,
// and a script whose state is full to the brim can ask for one with every other instruction: time
// is looked at here too.
static void *refuse(struct brv_sandbox *box, enum brv_verdict verdict)
{
    box->refusals++;
    box->refused_as = box->state && brv_budget_is_late(box) ? BRV_VERDICT_CLOCK : verdict;
    if (box->state)
        box->refused_at = brv_lua_place_at(box->state, 0);
    return NULL;
}

// No collection is worth waiting for any more.
static bool refuses_all(const struct brv_sandbox *box)
{
    return box->refusals > BRV_SANDBOX_REFUSALS ||
           (box->refusals > 0 && box->refused_as == BRV_VERDICT_CLOCK);
}

// What the VM does with a long string, no library function pays for: its making pays, and from now
// on the hook comes often.
static void note_long_string(struct brv_sandbox *box, size_t size)
{
    uint64_t left = box->gas_limit - box->gas;
    uint64_t units = size / BRV_SANDBOX_BYTES_PER_UNIT;
    box->gas += units < left ? units : left;
    if (box->hook_instructions == LONG_STRING_INSTRUCTIONS || !box->state ||
        box->verdict != BRV_VERDICT_FINE)
        return;
    box->gas_at_clock = box->gas;
    brv_budget_hook(box, LONG_STRING_INSTRUCTIONS);
}

static size_t cost_of(size_t size)
{
    return size > 0 ? size + BLOCK_BYTES : 0;
}

static void hold(struct brv_sandbox *box, size_t cost)
{
    box->memory_bytes += cost;
    if (box->memory_bytes > box->memory_most)
        box->memory_most = box->memory_bytes;
}

// Nearly all that is asked for is small, and far from every limit.
static bool is_easy(const struct brv_sandbox *box, size_t size)
{
    return size <= BRV_POOL_SMALL_BYTES && size <= box->limits.plugin_string_bytes &&
           box->drawn_bytes == 0 && box->refusals == 0 &&
           box->memory_bytes + size + BLOCK_BYTES <= box->limits.plugin_memory_bytes;
}

// For a new object Lua passes its type as the old size.
void *brv_sandbox_allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct brv_sandbox *box = user;
    if (!block && new_size > 0 && is_easy(box, new_size)) {
        void *made = brv_pool_resize(&box->pool, NULL, 0, new_size);
        if (made) {
            hold(box, new_size + BLOCK_BYTES);
            return made;
        }
    }
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
        size_t limit = brv_sandbox_memory_limit(box);
        if (cost < new_size || cost > limit || box->memory_bytes - held_cost > limit - cost ||
            refuses_all(box))
            return refuse(box, BRV_VERDICT_MEMORY);
    }
    void *moved = brv_pool_resize(&box->pool, block, held, new_size);
    if (!moved)
        return new_size <= held ? block : refuse(box, BRV_VERDICT_MEMORY);
    box->memory_bytes -= held_cost;
    hold(box, cost);
    if (is_string && new_size > LONG_STRING_BYTES)
        note_long_string(box, new_size);
    return moved;
}
