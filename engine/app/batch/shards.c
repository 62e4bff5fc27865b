// Brevier — the shards of an archive, as one of them sees the others.
// SPDX-License-Identifier: MIT
#include "app/batch/shards.h"

#include "app/batch/ledger.h"
#include "base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

struct brv_shards {
    struct brv_arena *arena;
    brv_str folder;
    size_t number, count;
    int lock; // the folder; -1: none
    // During a turn that has asked for them.
    struct brv_arena *turn;
    struct brv_ledger **ledgers; // NULL: one that cannot be read
    size_t ledger_count;
};

// ---- names

static bool number_cut(brv_str *text, size_t *number)
{
    enum { DIGITS = 9 };
    *number = 0;
    size_t at = 0;
    for (; at < text->len && at < DIGITS && brv_is_digit(text->ptr[at]); at++)
        *number = *number * 10 + (size_t)(text->ptr[at] - '0');
    *text = brv_str_from(*text, at);
    return at > 0;
}

static bool prefix_cut(brv_str *text, brv_str prefix)
{
    if (!brv_str_starts_with(*text, prefix))
        return false;
    *text = brv_str_from(*text, prefix.len);
    return true;
}

bool brv_shard_name_parse(brv_str name, struct brv_shard_name *shard)
{
    return prefix_cut(&name, BRV_S("ledger-")) && number_cut(&name, &shard->number) &&
           prefix_cut(&name, BRV_S("-of-")) && number_cut(&name, &shard->count) &&
           brv_str_is(name, ".sqlite") && shard->number >= 1 && shard->number <= shard->count &&
           shard->count <= BRV_SHARDS_LIMIT;
}

// ---- turns

static void shards_close(void *ptr)
{
    struct brv_shards *shards = ptr;
    brv_shards_turn_end(shards);
    if (shards->lock >= 0)
        close(shards->lock);
}

struct brv_shards *brv_shards_new(struct brv_arena *arena, brv_str folder, size_t number,
                                  size_t count)
{
    if (count == 0)
        return NULL;
    struct brv_shards *shards = BRV_NEW(arena, struct brv_shards);
    *shards = (struct brv_shards){
        .arena = arena,
        .folder = folder,
        .number = number,
        .count = count,
        .lock = open(brv_arena_cstr(arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC),
    };
    brv_arena_on_free(arena, shards_close, shards);
    return shards;
}

void brv_shards_turn_begin(struct brv_shards *shards)
{
    if (shards && shards->lock >= 0)
        (void)flock(shards->lock, LOCK_EX);
}

static void ledgers_close(struct brv_shards *shards)
{
    brv_arena_free(shards->turn);
    shards->turn = NULL;
    shards->ledgers = NULL;
    shards->ledger_count = 0;
}

void brv_shards_turn_end(struct brv_shards *shards)
{
    if (!shards)
        return;
    ledgers_close(shards);
    if (shards->lock >= 0)
        (void)flock(shards->lock, LOCK_UN);
}

// ---- claims

static void ledgers_open(struct brv_shards *shards)
{
    struct brv_arena *turn = shards->turn = brv_arena_new();
    size_t count = 0;
    size_t capacity = 0;
    brv_str *names = brv_directory_list(turn, shards->folder, &count);
    for (size_t i = 0; i < count; i++) {
        struct brv_shard_name shard;
        if (!brv_shard_name_parse(names[i], &shard) || shard.count != shards->count ||
            shard.number == shards->number)
            continue;
        struct brv_sink quiet = brv_sink_init(turn);
        brv_str path = brv_path_join(turn, shards->folder, names[i]);
        BRV_PUSH(turn, shards->ledgers, shards->ledger_count, capacity) =
            brv_ledger_open(turn, path, BRV_LEDGER_JOIN, &quiet);
    }
}

bool brv_shards_know(struct brv_shards *shards, brv_str item)
{
    if (!shards)
        return false;
    const bool has_turn = shards->turn != NULL;
    if (!has_turn)
        ledgers_open(shards);
    bool is_known = false;
    struct brv_item_row row;
    for (size_t i = 0; i < shards->ledger_count && !is_known; i++)
        is_known =
            shards->ledgers[i] && brv_ledger_find(shards->ledgers[i], shards->turn, item, &row);
    if (!has_turn) // the next turn looks for them anew
        ledgers_close(shards);
    return is_known;
}

bool brv_shards_claim(struct brv_shards *shards, brv_str path)
{
    if (!shards)
        return false;
    if (!shards->turn)
        ledgers_open(shards);
    for (size_t i = 0; i < shards->ledger_count; i++)
        if (!shards->ledgers[i] || brv_ledger_has_path(shards->ledgers[i], path))
            return true;
    return false;
}
