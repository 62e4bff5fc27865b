// Brevier — pulling items from the feed into the window of a batch.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/digest.h"
#include "app/batch/shards.h"

enum { AHEAD = 512 };
static const size_t window_limit_bytes = 256 << 20; // of analyses waiting in it

// What is to be said of an item's name.
static void name_tell(struct brv_slot *slot, brv_str warning)
{
    const struct brv_diag_row rows[] = {
        { .severity = BRV_S("error"), .message = slot->clash },
        { .severity = BRV_S("warning"), .message = warning },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_diag_row row = rows[i];
        row.code = BRV_S("input");
        row.file = slot->row.origin;
        if (row.message.len > 0)
            brv_slot_tell(slot, &row, 1);
    }
}

// A run of what globs choose gives names without the items that it passes over. One of those may
// have outputs that are called as this item's would be: then it keeps them, and this one is called
// as it was, or as if the other had come before it.
static void stem_give_way(struct brv_batch *batch, struct brv_slot *slot)
{
    struct brv_arena *arena = slot->arena;
    struct brv_item_row other;
    brv_str owner = { 0 };
    for (size_t i = 0; i < batch->format_count && owner.len == 0; i++)
        owner = brv_ledger_path_owner(
            batch->ledger, arena, brv_batch_output_path(arena, slot->row.stem, batch->formats[i]));
    if (owner.len == 0 || brv_feed_takes_name(batch->feed, owner) ||
        !brv_ledger_find(batch->ledger, arena, owner, &other))
        return;
    struct brv_item_row own;
    bool is_known = brv_ledger_find(batch->ledger, arena, slot->row.name, &own);
    bool was_called = is_known && !brv_str_equal(own.stem, slot->row.stem);
    slot->row.stem = was_called ? own.stem : slot->row.name;
    slot->clash = brv_feed_clash(arena, other.origin, slot->row.stem);
}

static bool is_of_shard(const struct brv_batch *batch, const struct brv_slot *slot)
{
    const struct brv_batch_options *options = batch->options;
    struct brv_item_row row;
    if (options->shard_count == 0)
        return true;
    // What cannot be read today is of the shard that knows it.
    if (slot->is_lost && brv_ledger_find(batch->ledger, slot->arena, slot->row.name, &row))
        return true;
    if (slot->is_lost && brv_shards_know(batch->shards, slot->row.name))
        return false;
    // What has no content of its own is told apart by its name.
    brv_str identity =
        slot->bytes.len > 0 ? slot->row.content : brv_digest_of(slot->arena, slot->row.name);
    return brv_digest_number(identity) % options->shard_count == options->shard - 1;
}

bool brv_batch_has_globs(const struct brv_batch *batch)
{
    return batch->options->includes.count + batch->options->excludes.count > 0;
}

bool brv_batch_is_full(const struct brv_batch *batch)
{
    const struct brv_window *window = &batch->window;
    return window->next - window->first >= window->size || window->bytes >= window_limit_bytes;
}

// Enough is read for the workers; more would only lie in memory.
static bool has_read_ahead(const struct brv_batch *batch)
{
    return batch->window.next - batch->unsent >= AHEAD;
}

// --limit is reached, but what is in hand may turn out to be left out by --since.
static bool limit_may_give(const struct brv_batch *batch)
{
    const struct brv_batch_options *options = batch->options;
    return options->limit > 0 && options->since.len > 0 && batch->begun >= options->limit &&
           batch->pending > 0;
}

// A container that failed is an item, and one that is whole now an item no more. True when there
// is nothing to be done about it.
static bool container_pass(struct brv_batch *batch, struct brv_arena *arena,
                           const struct brv_feed_item *item)
{
    const struct brv_batch_options *options = batch->options;
    struct brv_item_row row;
    if (item->state == BRV_FEED_WHOLE) {
        if (!batch->is_dry && !options->prunes &&
            brv_ledger_find(batch->ledger, arena, item->name, &row) &&
            row.outcome == BRV_ITEM_FAILED)
            BRV_PUSH(batch->arena, batch->mended, batch->mended_count, batch->mended_capacity) =
                (struct brv_mended){ brv_arena_str(batch->arena, item->name), batch->window.next };
        return true;
    }
    batch->has_lost_source = true;
    if (!batch->is_dry && !options->prunes && !options->only_failed)
        return false;
    brv_report(batch->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "%" BRV_STR_F,
               BRV_STR_ARG(item->reason));
    return true;
}

// The last item that was pulled is left for another run.
static void item_take_back(struct brv_batch *batch)
{
    struct brv_window *window = &batch->window;
    struct brv_slot *slot = brv_batch_slot(batch, --window->next);
    window->bytes -= slot->bytes.len;
    brv_arena_free(slot->arena);
    *slot = (struct brv_slot){ 0 };
}

// What a new item is, into its slot at the end of the window.
static struct brv_slot *slot_fill(struct brv_batch *batch, struct brv_arena *arena,
                                  const struct brv_feed_item *item)
{
    struct brv_window *window = &batch->window;
    struct brv_slot *slot = brv_batch_slot(batch, window->next);
    *slot = (struct brv_slot){
        .arena = arena,
        .state = BRV_SLOT_FINISHED,
        .row = {
            .name = item->name,
            .position = window->next,
            .origin = item->origin,
            .stem = item->stem,
            .bytes = item->bytes.len,
            .content = brv_digest_of(arena, item->bytes),
            .closure = item->state == BRV_FEED_LOST ? (brv_str){ 0 } : batch->closure.id,
        },
        .path = item->path,
        .container = item->container,
        .bytes = item->bytes,
        .clash = item->clash,
        .fault = item->reason,
        .is_lost = item->state == BRV_FEED_LOST,
    };
    if (brv_batch_has_globs(batch))
        stem_give_way(batch, slot);
    name_tell(slot, item->warning);
    window->next++;
    window->bytes += item->bytes.len;
    return slot;
}

// Whether nothing is to be done about an item but to count it: it is another shard's, its name is
// all that is asked for, or it is as it was.
static bool slot_rests(struct brv_batch *batch, struct brv_slot *slot, bool is_container)
{
    if (!is_of_shard(batch, slot)) {
        struct brv_item_row row;
        slot->is_left_out = true;
        slot->has_left = slot->is_known =
            !batch->is_dry && brv_ledger_find(batch->ledger, slot->arena, slot->row.name, &row);
    } else if (batch->options->prunes) {
        slot->is_left_out = true;
    } else {
        brv_batch_decide(batch, slot);
    }
    if (is_container && slot->is_unchanged) { // it was opened again, after all
        slot->is_unchanged = false;
        slot->why = BRV_S("it failed before");
    }
    return slot->is_unchanged || slot->is_left_out;
}

// A glob that was mistyped leaves nothing, which is no fault, but hardly what is wanted.
static void end_tell(struct brv_batch *batch)
{
    uint64_t passed_over = brv_feed_passed_over(batch->feed);
    if (batch->has_items || batch->has_lost_source || passed_over == 0)
        return;
    brv_report(
        batch->sink,
        BRV_WARNING,
        BRV_CODE_INPUT,
        brv_span_none(),
        "no item is left: --include, --exclude or .brevierignore pass over all there is (%llu)",
        (unsigned long long)passed_over);
}

// The next item of the feed, in a new arena; false at its end, or when it has none yet.
static bool item_read(struct brv_batch *batch, struct brv_feed_item *item, struct brv_arena **arena)
{
    *arena = brv_arena_new();
    size_t errors = batch->sink->counts[BRV_ERROR];
    bool has_item = brv_feed_next(batch->feed, *arena, item, batch->sink);
    const bool has_lost = batch->sink->counts[BRV_ERROR] > errors;
    batch->has_lost_source |= has_lost;
    batch->is_unfinished |= has_lost;
    if (has_item)
        return true;
    batch->awaits = brv_feed_awaits(batch->feed);
    batch->has_ended = batch->awaits < 0;
    if (batch->has_ended)
        end_tell(batch);
    brv_arena_free(*arena);
    return false;
}

bool brv_batch_pull(struct brv_batch *batch)
{
    const struct brv_batch_options *options = batch->options;
    batch->awaits = -1;
    if (batch->has_ended || batch->is_stopping || brv_batch_is_full(batch) ||
        has_read_ahead(batch) || limit_may_give(batch))
        return false;
    struct brv_arena *arena;
    struct brv_feed_item item;
    if (!item_read(batch, &item, &arena))
        return false;
    if (item.is_container && container_pass(batch, arena, &item)) {
        brv_arena_free(arena);
        return true;
    }
    batch->has_items = true;
    struct brv_slot *slot = slot_fill(batch, arena, &item);
    if (slot_rests(batch, slot, item.is_container))
        return true;
    if (item.state != BRV_FEED_ANALYSIS) {
        brv_slot_finish(
            slot, item.state == BRV_FEED_SKIPPED ? BRV_ITEM_SKIPPED : BRV_ITEM_FAILED, item.reason);
        return true;
    }
    if (options->limit > 0 && batch->begun == options->limit) {
        batch->has_ended = batch->is_unfinished = true;
        item_take_back(batch);
        return false;
    }
    slot->state = BRV_SLOT_WAITING;
    batch->begun++;
    batch->pending++;
    return true;
}
