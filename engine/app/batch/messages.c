// Brevier — what the supervisor of a batch and its workers say to each other.
// SPDX-License-Identifier: MIT
#include "app/batch/worker.h"

#include "app/batch/keep.h"

void brv_worker_write_order(struct brv_buf *out, const struct brv_slot *slot)
{
    size_t begin = brv_wire_begin(out);
    brv_wire_add(out, slot->row.position);
    brv_wire_add(out, slot->wanted);
    brv_wire_add_str(out, slot->row.origin);
    brv_wire_add_str(out, slot->path);
    brv_wire_add_str(out, slot->bytes);
    brv_wire_end(out, begin);
}

bool brv_worker_read_order(brv_str message, struct brv_worker_order *order)
{
    struct brv_wire wire = { message, false };
    order->position = brv_wire_read(&wire);
    order->wanted = (unsigned)brv_wire_read(&wire);
    order->origin = brv_wire_read_str(&wire);
    order->path = brv_wire_read_str(&wire);
    order->bytes = brv_wire_read_str(&wire);
    return !wire.is_bad;
}

void brv_worker_write_reply(struct brv_buf *out, const struct brv_batch *batch,
                            const struct brv_worker_reply *reply)
{
    size_t begin = brv_wire_begin(out);
    brv_wire_add(out, reply->position);
    brv_wire_add(out, reply->has_broken);
    brv_wire_add(out, reply->is_left_out);
    brv_wire_add(out, reply->row.outcome);
    brv_wire_add_str(out, reply->row.reason);
    brv_wire_add_str(out, reply->row.kind);
    brv_wire_add_str(out, reply->row.title);
    brv_wire_add_str(out, reply->row.date);
    brv_wire_add_str(out, reply->row.plugins);
    brv_wire_add_str(out, reply->row.assets);
    brv_wire_add_str(out, reply->row.reads);
    brv_wire_add_str(out, reply->sections);
    brv_wire_add(out, reply->made_count);
    for (size_t i = 0; i < reply->made_count; i++) {
        const struct brv_made *made = &reply->made[i];
        size_t format = 0;
        while (batch->formats[format] != made->output)
            format++;
        brv_wire_add(out, format);
        brv_wire_add(out, made->row.bytes);
        brv_wire_add(out, made->row.micros);
        brv_wire_add_str(out, made->row.digest);
        brv_wire_add_str(out, made->elements);
    }
    brv_wire_add(out, reply->diagnostic_count);
    for (size_t i = 0; i < reply->diagnostic_count; i++) {
        const struct brv_diag_row *row = &reply->diagnostics[i];
        brv_wire_add_str(out, row->formats);
        brv_wire_add_str(out, row->severity);
        brv_wire_add_str(out, row->code);
        brv_wire_add_str(out, row->file);
        brv_wire_add(out, row->line);
        brv_wire_add(out, row->column);
        brv_wire_add_str(out, row->message);
        brv_wire_add_str(out, row->hint);
    }
    brv_wire_end(out, begin);
}

static brv_str read_copy(struct brv_wire *wire, struct brv_arena *arena)
{
    return brv_arena_str(arena, brv_wire_read_str(wire));
}

bool brv_worker_read_reply(const struct brv_batch *batch, struct brv_arena *arena, brv_str message,
                           struct brv_worker_reply *reply)
{
    struct brv_wire wire = { message, false };
    *reply = (struct brv_worker_reply){ .position = brv_wire_read(&wire) };
    reply->has_broken = brv_wire_read(&wire) != 0;
    reply->is_left_out = brv_wire_read(&wire) != 0;
    uint64_t outcome = brv_wire_read(&wire);
    reply->row.outcome =
        outcome <= BRV_ITEM_QUARANTINED ? (enum brv_item_outcome)outcome : BRV_ITEM_FAILED;
    reply->row.reason = read_copy(&wire, arena);
    reply->row.kind = read_copy(&wire, arena);
    reply->row.title = read_copy(&wire, arena);
    reply->row.date = read_copy(&wire, arena);
    reply->row.plugins = read_copy(&wire, arena);
    reply->row.assets = read_copy(&wire, arena);
    reply->row.reads = read_copy(&wire, arena);
    reply->sections = read_copy(&wire, arena);
    uint64_t count = brv_wire_read(&wire);
    if (wire.is_bad || count > batch->format_count)
        return false;
    for (; reply->made_count < count; reply->made_count++) {
        uint64_t format = brv_wire_read(&wire);
        if (format >= batch->format_count)
            return false;
        struct brv_made *made = &reply->made[reply->made_count];
        made->output = batch->formats[format];
        made->row.format = brv_str_from_cstr(made->output->name);
        made->row.bytes = brv_wire_read(&wire);
        made->row.micros = brv_wire_read(&wire);
        made->row.digest = read_copy(&wire, arena);
        made->elements = read_copy(&wire, arena);
    }
    count = brv_wire_read(&wire);
    if (wire.is_bad || count > wire.rest.len / sizeof count)
        return false;
    reply->diagnostics = BRV_NEW_ARRAY(arena, struct brv_diag_row, count);
    for (; reply->diagnostic_count < count; reply->diagnostic_count++) {
        struct brv_diag_row *row = &reply->diagnostics[reply->diagnostic_count];
        row->formats = read_copy(&wire, arena);
        row->severity = read_copy(&wire, arena);
        row->code = read_copy(&wire, arena);
        row->file = read_copy(&wire, arena);
        row->line = brv_wire_read(&wire);
        row->column = brv_wire_read(&wire);
        row->message = read_copy(&wire, arena);
        row->hint = read_copy(&wire, arena);
    }
    return !wire.is_bad;
}

uint64_t brv_worker_reply_position(brv_str message)
{
    struct brv_wire wire = { message, false };
    return brv_wire_read(&wire);
}

void brv_slot_take(struct brv_slot *slot, struct brv_worker_reply *reply)
{
    brv_slot_join(slot, reply);
    slot->row.kind = reply->row.kind;
    slot->row.title = reply->row.title;
    slot->row.date = reply->row.date;
    slot->row.plugins = reply->row.plugins;
    slot->row.assets = reply->row.assets;
    slot->row.reads = reply->row.reads;
    slot->sections = reply->sections;
    slot->is_left_out = reply->is_left_out;
    memcpy(slot->made, reply->made, sizeof slot->made);
    slot->made_count = reply->made_count;
    brv_slot_tell(slot, reply->diagnostics, reply->diagnostic_count);
}
