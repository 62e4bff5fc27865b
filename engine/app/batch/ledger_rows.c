// Brevier — the rows of a ledger.
// SPDX-License-Identifier: MIT
#include "app/batch/ledger_statements.h"

// ---- columns

static brv_str column_text(sqlite3_stmt *statement, struct brv_arena *arena, int index)
{
    const unsigned char *text = sqlite3_column_text(statement, index);
    int len = sqlite3_column_bytes(statement, index);
    brv_str borrowed = { (const char *)text, text ? (size_t)len : 0 };
    return arena ? brv_arena_str(arena, borrowed) : borrowed;
}

static uint64_t column_number(sqlite3_stmt *statement, int index)
{
    return (uint64_t)sqlite3_column_int64(statement, index);
}

static const char *const outcome_names[] = {
    [BRV_ITEM_DONE] = "done",
    [BRV_ITEM_DEGRADED] = "degraded",
    [BRV_ITEM_FAILED] = "failed",
    [BRV_ITEM_SKIPPED] = "skipped",
    [BRV_ITEM_QUARANTINED] = "quarantined",
};

const char *brv_item_outcome_name(enum brv_item_outcome outcome)
{
    return outcome_names[outcome];
}

static enum brv_item_outcome outcome_from_name(brv_str name)
{
    size_t i = 0;
    while (i + 1 < BRV_COUNT(outcome_names) && !brv_str_is(name, outcome_names[i]))
        i++;
    return (enum brv_item_outcome)i;
}

static struct brv_item_row item_row(sqlite3_stmt *s, struct brv_arena *arena)
{
    return (struct brv_item_row){
        .name = column_text(s, arena, 0),
        .position = column_number(s, 1),
        .origin = column_text(s, arena, 2),
        .stem = column_text(s, arena, 3),
        .outcome = outcome_from_name(column_text(s, NULL, 4)),
        .reason = column_text(s, arena, 5),
        .kind = column_text(s, arena, 6),
        .title = column_text(s, arena, 7),
        .date = column_text(s, arena, 8),
        .bytes = column_number(s, 9),
        .content = column_text(s, arena, 10),
        .closure = column_text(s, arena, 11),
        .plugins = column_text(s, arena, 12),
        .assets = column_text(s, arena, 13),
        .reads = column_text(s, arena, 14),
        .choice = column_text(s, arena, 15),
    };
}

static struct brv_output_row output_row(sqlite3_stmt *s, struct brv_arena *arena)
{
    return (struct brv_output_row){
        .format = column_text(s, arena, 0),
        .path = column_text(s, arena, 1),
        .bytes = column_number(s, 2),
        .digest = column_text(s, arena, 3),
        .key = column_text(s, arena, 4),
        .look = column_text(s, arena, 5),
    };
}

// ---- reading

bool brv_ledger_find(struct brv_ledger *ledger, struct brv_arena *arena, brv_str name,
                     struct brv_item_row *row)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_FIND);
    if (!s)
        return false;
    bind_text(s, 1, name);
    bool is_found = brv_ledger_next(ledger, s);
    if (is_found)
        *row = item_row(s, arena);
    sqlite3_reset(s);
    return is_found;
}

bool brv_ledger_find_output(struct brv_ledger *ledger, struct brv_arena *arena, brv_str item,
                            brv_str format, struct brv_output_row *row)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_FIND_OUTPUT);
    if (!s)
        return false;
    bind_text(s, 1, item);
    bind_text(s, 2, format);
    bool is_found = brv_ledger_next(ledger, s);
    if (is_found) {
        *row = output_row(s, arena);
        row->written_nanos = column_number(s, 6);
    }
    sqlite3_reset(s);
    return is_found;
}

bool brv_ledger_has_path(struct brv_ledger *ledger, brv_str path)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_FIND_PATH);
    if (!s)
        return true; // not known to be nobody's
    bind_text(s, 1, path);
    bool is_taken = brv_ledger_next(ledger, s) || ledger->fault != SQLITE_OK;
    sqlite3_reset(s);
    return is_taken;
}

brv_str brv_ledger_path_owner(struct brv_ledger *ledger, struct brv_arena *arena, brv_str path)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_FIND_PATH);
    if (!s)
        return (brv_str){ 0 };
    bind_text(s, 1, path);
    brv_str owner = brv_ledger_next(ledger, s) ? column_text(s, arena, 0) : (brv_str){ 0 };
    sqlite3_reset(s);
    return owner;
}

bool brv_ledger_find_closure(struct brv_ledger *ledger, struct brv_arena *arena, brv_str id,
                             struct brv_closure *closure)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_FIND_CLOSURE);
    if (!s)
        return false;
    bind_text(s, 1, id);
    bool is_found = brv_ledger_next(ledger, s);
    if (is_found)
        *closure = (struct brv_closure){
            .id = brv_arena_str(arena, id),
            .engine = column_text(s, arena, 0),
            .sheets = column_text(s, arena, 1),
            .selection = column_text(s, arena, 2),
            .fonts = column_text(s, arena, 3),
            .options = column_text(s, arena, 4),
        };
    sqlite3_reset(s);
    return is_found;
}

// A row of a digest and two texts; false when it is not known.
static bool texts_find(struct brv_ledger *ledger, struct brv_arena *arena,
                       enum brv_ledger_statement which, brv_str id, brv_str texts[2])
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, which);
    if (!s)
        return false;
    bind_text(s, 1, id);
    bool is_found = brv_ledger_next(ledger, s);
    for (int i = 0; i < 2 && is_found; i++)
        texts[i] = column_text(s, arena, i);
    sqlite3_reset(s);
    return is_found;
}

bool brv_ledger_find_look(struct brv_ledger *ledger, struct brv_arena *arena, brv_str id,
                          struct brv_look_row *row)
{
    brv_str texts[2] = { { 0 } };
    bool is_found = texts_find(ledger, arena, BRV_LEDGER_FIND_LOOK, id, texts);
    *row = (struct brv_look_row){ .id = id, .elements = texts[0], .rules = texts[1] };
    return is_found;
}

bool brv_ledger_find_choice(struct brv_ledger *ledger, struct brv_arena *arena, brv_str id,
                            struct brv_choice_row *row)
{
    brv_str texts[2] = { { 0 } };
    bool is_found = texts_find(ledger, arena, BRV_LEDGER_FIND_CHOICE, id, texts);
    *row = (struct brv_choice_row){ .id = id, .sections = texts[0], .plugins = texts[1] };
    return is_found;
}

enum brv_status brv_ledger_each(struct brv_ledger *ledger, brv_ledger_item_fn *each, void *user,
                                struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_EACH);
    while (brv_ledger_next(ledger, s)) {
        struct brv_item_row row = item_row(s, NULL);
        each(user, &row);
    }
    return brv_ledger_check(ledger, sink);
}

enum brv_status brv_ledger_each_output(struct brv_ledger *ledger, brv_str item,
                                       brv_ledger_output_fn *each, void *user,
                                       struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_EACH_OUTPUT);
    if (s)
        bind_text(s, 1, item);
    while (brv_ledger_next(ledger, s)) {
        struct brv_output_row row = output_row(s, NULL);
        each(user, item, &row);
    }
    return brv_ledger_check(ledger, sink);
}

struct brv_diag_row *brv_ledger_diagnostics(struct brv_ledger *ledger, struct brv_arena *arena,
                                            brv_str item, size_t *count)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_EACH_DIAGNOSTIC);
    struct brv_diag_row *rows = NULL;
    size_t capacity = 0;
    *count = 0;
    if (s)
        bind_text(s, 1, item);
    while (brv_ledger_next(ledger, s))
        BRV_PUSH(arena, rows, *count, capacity) = (struct brv_diag_row){
            .formats = column_text(s, arena, 0),
            .severity = column_text(s, arena, 1),
            .code = column_text(s, arena, 2),
            .file = column_text(s, arena, 3),
            .line = column_number(s, 4),
            .column = column_number(s, 5),
            .message = column_text(s, arena, 6),
            .hint = column_text(s, arena, 7),
        };
    return rows;
}

// ---- writing

enum brv_status brv_ledger_put(struct brv_ledger *ledger, const struct brv_item_row *row,
                               struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_PUT);
    if (!s)
        return brv_ledger_fault(ledger, sink);
    bind_text(s, 1, row->name);
    bind_number(s, 2, row->position);
    bind_text(s, 3, row->origin);
    bind_text(s, 4, row->stem);
    bind_text(s, 5, brv_str_from_cstr(outcome_names[row->outcome]));
    bind_text(s, 6, row->reason);
    bind_text(s, 7, row->kind);
    bind_text(s, 8, row->title);
    bind_text(s, 9, row->date);
    bind_number(s, 10, row->bytes);
    bind_text(s, 11, row->content);
    bind_text(s, 12, row->closure);
    bind_text(s, 13, row->plugins);
    bind_text(s, 14, row->assets);
    bind_text(s, 15, row->reads);
    bind_text(s, 16, row->choice);
    if (brv_ledger_step(ledger, s, sink))
        return BRV_FAILED;
    return brv_ledger_step_with(
        ledger, BRV_LEDGER_DROP_DIAGNOSTICS, row->name, (brv_str){ 0 }, sink);
}

enum brv_status brv_ledger_put_output(struct brv_ledger *ledger, brv_str item,
                                      const struct brv_output_row *row, struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_PUT_OUTPUT);
    sqlite3_stmt *timing = brv_ledger_statement(ledger, BRV_LEDGER_PUT_TIMING);
    if (!s || !timing)
        return brv_ledger_fault(ledger, sink);
    bind_text(s, 1, item);
    bind_text(s, 2, row->format);
    bind_text(s, 3, row->path);
    bind_number(s, 4, row->bytes);
    bind_text(s, 5, row->digest);
    bind_text(s, 6, row->key);
    bind_text(s, 7, row->look);
    bind_text(timing, 1, item);
    bind_text(timing, 2, row->format);
    bind_number(timing, 3, row->micros);
    bind_number(timing, 4, row->written_nanos);
    return brv_ledger_step_with(ledger, BRV_LEDGER_LOSE_PATH, row->path, item, sink) ||
                   brv_ledger_step(ledger, s, sink) || brv_ledger_step(ledger, timing, sink)
               ? BRV_FAILED
               : BRV_OK;
}

enum brv_status brv_ledger_put_diagnostic(struct brv_ledger *ledger, brv_str item, uint64_t number,
                                          const struct brv_diag_row *row, struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_PUT_DIAGNOSTIC);
    if (!s)
        return brv_ledger_fault(ledger, sink);
    bind_text(s, 1, item);
    bind_number(s, 2, number);
    bind_text(s, 3, row->formats);
    bind_text(s, 4, row->severity);
    bind_text(s, 5, row->code);
    bind_text(s, 6, row->file);
    bind_number(s, 7, row->line);
    bind_number(s, 8, row->column);
    bind_text(s, 9, row->message);
    bind_text(s, 10, row->hint);
    return brv_ledger_step(ledger, s, sink);
}

enum brv_status brv_ledger_put_closure(struct brv_ledger *ledger, const struct brv_closure *closure,
                                       struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_PUT_CLOSURE);
    if (!s)
        return brv_ledger_fault(ledger, sink);
    bind_text(s, 1, closure->id);
    bind_text(s, 2, closure->engine);
    bind_text(s, 3, closure->sheets);
    bind_text(s, 4, closure->selection);
    bind_text(s, 5, closure->fonts);
    bind_text(s, 6, closure->options);
    return brv_ledger_step(ledger, s, sink);
}

static enum brv_status texts_put(struct brv_ledger *ledger, enum brv_ledger_statement which,
                                 const brv_str texts[3], struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, which);
    if (!s)
        return brv_ledger_fault(ledger, sink);
    for (int i = 0; i < 3; i++)
        bind_text(s, i + 1, texts[i]);
    return brv_ledger_step(ledger, s, sink);
}

enum brv_status brv_ledger_put_look(struct brv_ledger *ledger, const struct brv_look_row *row,
                                    struct brv_sink *sink)
{
    const brv_str texts[] = { row->id, row->elements, row->rules };
    return texts_put(ledger, BRV_LEDGER_PUT_LOOK, texts, sink);
}

enum brv_status brv_ledger_put_choice(struct brv_ledger *ledger, const struct brv_choice_row *row,
                                      struct brv_sink *sink)
{
    const brv_str texts[] = { row->id, row->sections, row->plugins };
    return texts_put(ledger, BRV_LEDGER_PUT_CHOICE, texts, sink);
}

enum brv_status brv_ledger_put_position(struct brv_ledger *ledger, brv_str name, uint64_t position,
                                        struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_PUT_POSITION);
    if (!s)
        return brv_ledger_fault(ledger, sink);
    bind_text(s, 1, name);
    bind_number(s, 2, position);
    return brv_ledger_step(ledger, s, sink);
}

enum brv_status brv_ledger_drop(struct brv_ledger *ledger, brv_str name, struct brv_sink *sink)
{
    static const enum brv_ledger_statement parts[] = { BRV_LEDGER_DROP_DIAGNOSTICS,
                                                       BRV_LEDGER_DROP_OUTPUTS,
                                                       BRV_LEDGER_DROP_TIMINGS,
                                                       BRV_LEDGER_DROP_ITEM };
    for (size_t i = 0; i < BRV_COUNT(parts); i++)
        if (brv_ledger_step_with(ledger, parts[i], name, (brv_str){ 0 }, sink))
            return BRV_FAILED;
    return BRV_OK;
}

enum brv_status brv_ledger_doubt(struct brv_ledger *ledger, brv_str name, brv_str format,
                                 struct brv_sink *sink)
{
    return brv_ledger_step_with(ledger, BRV_LEDGER_DOUBT, name, format, sink);
}

enum brv_status brv_ledger_rekey(struct brv_ledger *ledger, brv_str name, brv_str format,
                                 brv_str key, struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_REKEY);
    if (!s)
        return brv_ledger_fault(ledger, sink);
    bind_text(s, 1, name);
    bind_text(s, 2, format);
    bind_text(s, 3, key);
    return brv_ledger_step(ledger, s, sink);
}

enum brv_status brv_ledger_drop_output(struct brv_ledger *ledger, brv_str name, brv_str format,
                                       struct brv_sink *sink)
{
    return brv_ledger_step_with(ledger, BRV_LEDGER_DROP_OUTPUT, name, format, sink);
}

// ---- stamps

void brv_ledger_each_stamp(struct brv_ledger *ledger, brv_ledger_stamp_fn *each, void *user)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_EACH_STAMP);
    while (brv_ledger_next(ledger, s)) {
        struct brv_stamp_row row = {
            .path = column_text(s, NULL, 0),
            .device = column_number(s, 1),
            .inode = column_number(s, 2),
            .bytes = column_number(s, 3),
            .modified = column_number(s, 4),
            .changed = column_number(s, 5),
            .digest = column_text(s, NULL, 6),
        };
        each(user, &row);
    }
}

enum brv_status brv_ledger_put_stamp(struct brv_ledger *ledger, const struct brv_stamp_row *row,
                                     struct brv_sink *sink)
{
    sqlite3_stmt *s = brv_ledger_statement(ledger, BRV_LEDGER_PUT_STAMP);
    if (!s)
        return brv_ledger_fault(ledger, sink);
    bind_text(s, 1, row->path);
    bind_number(s, 2, row->device);
    bind_number(s, 3, row->inode);
    bind_number(s, 4, row->bytes);
    bind_number(s, 5, row->modified);
    bind_number(s, 6, row->changed);
    bind_text(s, 7, row->digest);
    return brv_ledger_step(ledger, s, sink);
}

enum brv_status brv_ledger_drop_stamps(struct brv_ledger *ledger, struct brv_sink *sink)
{
    return brv_ledger_step(ledger, brv_ledger_statement(ledger, BRV_LEDGER_DROP_STAMPS), sink);
}
