// Brevier — an item that only gets formats added.
// SPDX-License-Identifier: MIT
#include "app/batch/keep.h"

#include "app/batch/bearing.h"
#include "app/batch/depends.h"
#include "app/batch/findings.h"

struct keeping {
    struct brv_batch *batch;
    struct brv_slot *slot;
    brv_str key;    // that outputs have which stand
    unsigned made;  // formats with outputs, as bits of their places in brv_outputs
    unsigned valid; // … of that key
};

static unsigned format_bit(brv_str format)
{
    for (unsigned i = 0; brv_outputs[i]; i++)
        if (brv_str_is(format, brv_outputs[i]->name))
            return 1u << i;
    return 0;
}

static void output_look(void *user, brv_str item, const struct brv_output_row *row)
{
    (void)item;
    struct keeping *keeping = user;
    struct brv_slot *slot = keeping->slot;
    keeping->made |= format_bit(row->format);
    bool holds =
        brv_str_equal(row->key, keeping->key) &&
        (!slot->is_recast ||
         brv_output_recast(keeping->batch->bearings, slot->arena, &slot->before_closure, row).len ==
             0);
    if (holds)
        keeping->valid |= format_bit(row->format);
}

static bool is_error_as(const struct brv_diag_row *row, const char *format)
{
    return brv_str_is(row->severity, "error") && brv_diag_row_is_of(row, format);
}

// Where in what was found a reason stands; behind all when it does not.
static size_t reason_place(const struct brv_findings *findings, brv_str reason)
{
    size_t i = 0;
    while (i < findings->count && !brv_str_equal(findings->rows[i].message, reason))
        i++;
    return i;
}

// ---- exported

bool brv_slot_has_failed_as(const struct brv_batch *batch, const struct brv_slot *slot,
                            const struct brv_output *output)
{
    size_t count = 0;
    const struct brv_diag_row *rows =
        brv_ledger_diagnostics(batch->ledger, slot->arena, slot->row.name, &count);
    bool has_failed = false;
    for (size_t i = 0; i < count; i++)
        has_failed |= is_error_as(&rows[i], output->name);
    return has_failed;
}

struct brv_diag_row *brv_slot_rows_before(const struct brv_batch *batch,
                                          const struct brv_slot *slot,
                                          const struct brv_item_row *row, size_t *count)
{
    struct brv_diag_row *rows =
        brv_ledger_diagnostics(batch->ledger, slot->arena, row->name, count);
    for (size_t i = 0; i < *count; i++)
        if (brv_str_equal(rows[i].file, row->origin))
            rows[i].file = slot->row.origin;
    return rows;
}

bool brv_slot_keep(struct brv_batch *batch, struct brv_slot *slot, const struct brv_item_row *row)
{
    struct brv_arena *arena = slot->arena;
    if (!slot->is_recast && !brv_str_equal(row->closure, batch->closure.id))
        return false;
    struct keeping keeping = { .batch = batch, .slot = slot, .key = brv_item_key(arena, row) };
    if (brv_ledger_each_output(batch->ledger, slot->row.name, output_look, &keeping, batch->sink))
        return false; // reported; the run fails when it writes
    slot->before_rows = brv_slot_rows_before(batch, slot, row, &slot->before_count);
    slot->kept = keeping.valid;
    for (unsigned f = 0; brv_outputs[f]; f++)
        for (size_t i = 0; i < slot->before_count && !(keeping.made & (1u << f)); i++)
            if (is_error_as(&slot->before_rows[i], brv_outputs[f]->name))
                slot->kept |= 1u << f;
    for (size_t i = 0; i < batch->format_count; i++)
        if (slot->wanted & (1u << i))
            slot->kept &= ~format_bit(brv_str_from_cstr(batch->formats[i]->name));
    slot->before = *row;
    return keeping.valid == keeping.made;
}

bool brv_slot_keeps(const struct brv_slot *slot, brv_str format)
{
    return (slot->kept & format_bit(format)) != 0;
}

enum brv_status brv_slot_rekey(struct brv_batch *batch, const struct brv_slot *slot, brv_str key)
{
    for (unsigned f = 0; brv_outputs[f]; f++)
        if ((slot->kept & (1u << f)) && brv_ledger_rekey(batch->ledger,
                                                         slot->row.name,
                                                         brv_str_from_cstr(brv_outputs[f]->name),
                                                         key,
                                                         batch->sink))
            return BRV_FAILED;
    return BRV_OK;
}

void brv_slot_join(struct brv_slot *slot, struct brv_worker_reply *reply)
{
    if (slot->kept == 0)
        return;
    struct brv_findings findings = brv_findings_init(slot->arena);
    for (unsigned f = 0; brv_outputs[f]; f++) {
        const char *format = brv_outputs[f]->name;
        bool is_kept = (slot->kept & (1u << f)) != 0;
        const struct brv_diag_row *rows = is_kept ? slot->before_rows : reply->diagnostics;
        size_t count = is_kept ? slot->before_count : reply->diagnostic_count;
        for (size_t i = 0; i < count; i++)
            if (brv_diag_row_is_of(&rows[i], format))
                brv_findings_add(&findings, &rows[i], format);
    }
    reply->diagnostics = findings.rows;
    reply->diagnostic_count = findings.count;
    brv_depends_join(slot->arena, &reply->row, &slot->before);
    const struct brv_item_row *before = &slot->before;
    bool is_as_bad =
        before->outcome == reply->row.outcome &&
        reason_place(&findings, before->reason) <= reason_place(&findings, reply->row.reason);
    if (before->outcome > reply->row.outcome || is_as_bad) {
        reply->row.outcome = before->outcome;
        reply->row.reason = before->reason;
    }
}
