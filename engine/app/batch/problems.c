// Brevier — what standard error says of the items of a batch.
// SPDX-License-Identifier: MIT
#include "app/batch/problems.h"

#include <stdio.h>
#include <string.h>

struct problem {
    const char *what; // "error", or an outcome
    const char *severity;
    struct brv_diag_row row;
};

static void place_add(struct brv_buf *line, const struct brv_diag_row *row)
{
    brv_buf_printf(line,
                   "%" BRV_STR_F ":%llu:%llu: ",
                   BRV_STR_ARG(row->file),
                   (unsigned long long)row->line,
                   (unsigned long long)row->column);
}

// "a.md:3:1: error: …"; of what is said of a sheet or a plugin both places: "a.md: error:
// plugins/b.lua:9:5: …".
static void problem_add(struct brv_buf *line, brv_str origin, const struct problem *problem)
{
    const struct brv_diag_row *row = &problem->row;
    bool is_here = row->line > 0 && brv_str_equal(row->file, origin);
    if (is_here)
        place_add(line, row);
    else
        brv_buf_printf(line, "%" BRV_STR_F ": ", BRV_STR_ARG(origin));
    brv_buf_printf(line, "%s: ", problem->what);
    if (row->line > 0 && !is_here)
        place_add(line, row);
    brv_buf_add_str(line, row->message);
    brv_buf_add_byte(line, '\n');
    if (row->hint.len > 0)
        brv_buf_printf(line, "hint: %" BRV_STR_F "\n", BRV_STR_ARG(row->hint));
}

// As all messages are in JSON, and of which item.
static void problem_add_json(struct brv_buf *line, brv_str origin, const struct problem *problem)
{
    const struct brv_diag_row *row = &problem->row;
    brv_buf_printf(line, "{\"severity\":\"%s\"", problem->severity);
    brv_buf_add_json_member(line, "code", row->code);
    brv_buf_add_json_member(line, "item", origin);
    if (row->line > 0) {
        brv_buf_add_json_member(line, "file", row->file);
        brv_buf_printf(line,
                       ",\"line\":%llu,\"column\":%llu",
                       (unsigned long long)row->line,
                       (unsigned long long)row->column);
    }
    if (strcmp(problem->what, problem->severity) != 0)
        brv_buf_add_json_member(line, "outcome", brv_str_from_cstr(problem->what));
    brv_buf_add_json_member(line, "message", row->message);
    if (row->hint.len > 0)
        brv_buf_add_json_member(line, "hint", row->hint);
    brv_buf_add_cstr(line, ",\"notes\":[]}\n");
}

static void problem_print(const struct brv_cli *cli, const struct brv_slot *slot,
                          const struct problem *problem)
{
    struct brv_buf line = { 0 };
    if (cli->has_json_diagnostics)
        problem_add_json(&line, slot->row.origin, problem);
    else
        problem_add(&line, slot->row.origin, problem);
    fwrite(line.ptr, 1, line.len, stderr);
    brv_buf_deinit(&line);
}

// "its outputs of an earlier run are removed: "a.pdf", "a.txt""
static void removed_print(const struct brv_cli *cli, const struct brv_slot *slot)
{
    struct brv_buf message = { 0 };
    brv_buf_add_cstr(&message, "its outputs of an earlier run are removed");
    for (size_t i = 0; i < slot->removed_count; i++)
        brv_buf_printf(
            &message, "%s\"%" BRV_STR_F "\"", i > 0 ? ", " : ": ", BRV_STR_ARG(slot->removed[i]));
    if (slot->had_altered)
        brv_buf_add_cstr(&message, ", altered since then");
    struct problem problem = {
        .what = "warning",
        .severity = "warning",
        .row = { .code = BRV_S("output"), .message = brv_buf_str(&message) },
    };
    problem_print(cli, slot, &problem);
    brv_buf_deinit(&message);
}

// ---- exported

void brv_problems_print(const struct brv_cli *cli, const struct brv_slot *slot)
{
    bool has_error = false;
    for (size_t i = 0; i < slot->diagnostic_count && !slot->is_unchanged; i++) {
        const struct brv_diag_row *row = &slot->diagnostics[i];
        bool is_error = brv_str_is(row->severity, "error");
        bool is_of_name = row->line == 0 && row->file.len > 0;
        const char *severity = is_error ? "error" : "warning";
        has_error |= is_error;
        if (is_error || is_of_name)
            problem_print(cli, slot, &(struct problem){ severity, severity, *row });
    }
    enum brv_item_outcome outcome = slot->row.outcome;
    bool has_no_output = outcome == BRV_ITEM_SKIPPED || outcome == BRV_ITEM_QUARANTINED ||
                         (outcome == BRV_ITEM_FAILED && (!has_error || slot->fault.len > 0));
    struct problem problem = {
        .what = brv_item_outcome_name(outcome),
        .severity = outcome == BRV_ITEM_SKIPPED ? "note" : "error",
        .row = { .code = BRV_S("input"), .message = slot->row.reason },
    };
    if (has_no_output && !slot->is_unchanged)
        problem_print(cli, slot, &problem);
    if (slot->removed_count > 0 && (outcome > BRV_ITEM_DEGRADED || slot->had_altered))
        removed_print(cli, slot);
    problem = (struct problem){
        .what = "error",
        .severity = "error",
        .row = { .code = BRV_S("output"), .message = slot->mismatch },
    };
    if (slot->mismatch.len > 0)
        problem_print(cli, slot, &problem);
}
