// Brevier — the places of a batch: its folder and what is in it.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/digest.h"
#include "app/batch/shards.h"
#include "app/batch/sight.h"
#include "app/batch/staging.h"
#include "base/file.h"
#include "base/system.h"
#include "load/feed_fold.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- names

brv_str brv_batch_staged(const struct brv_batch *batch, struct brv_arena *arena, uint64_t position,
                         const char *suffix)
{
    return brv_arena_printf(arena,
                            "%" BRV_STR_F "/%llu.%s",
                            BRV_STR_ARG(batch->staging),
                            (unsigned long long)position,
                            suffix);
}

brv_str brv_batch_output_path(struct brv_arena *arena, brv_str stem,
                              const struct brv_output *output)
{
    return brv_arena_printf(arena, "%" BRV_STR_F ".%s", BRV_STR_ARG(stem), output->extension);
}

const struct brv_quarantine_file brv_quarantine_files[] = {
    { "quarantined", "" },
    { "reason", BRV_REASON_SUFFIX },
};

// Whether a copy of this name could be taken for a reason, or for such a copy.
static bool is_like_reason(brv_str name)
{
    struct brv_buf form = { 0 };
    brv_feed_fold(&form, name);
    brv_str text = brv_buf_str(&form);
    while (brv_str_ends_with(text, BRV_S("_")))
        text.len--;
    bool is_like = brv_str_ends_with(text, BRV_S(BRV_REASON_SUFFIX));
    brv_buf_deinit(&form);
    return is_like;
}

brv_str brv_batch_quarantine_path(struct brv_arena *arena, const struct brv_item_row *row,
                                  const char *suffix)
{
    // Names may differ by no more than case, stems do not. Whose stem is not that of its name met
    // another's: its copy is called after the stem, in a folder that is no item's.
    bool has_met = !brv_str_equal(row->stem, brv_feed_stem(row->name));
    brv_str name = has_met ? row->stem : row->name;
    return brv_arena_printf(arena,
                            BRV_FEED_QUARANTINE "/%s%" BRV_STR_F "%s%s",
                            has_met ? BRV_FEED_QUARANTINE "/" : "",
                            BRV_STR_ARG(name),
                            is_like_reason(name) ? "_" : "",
                            suffix);
}

bool brv_batch_file_remove(struct brv_batch *batch, struct brv_arena *arena, brv_str path)
{
    brv_str file = brv_path_join(arena, batch->out, path);
    if (unlink(brv_arena_cstr(arena, file)) != 0) {
        if (errno == ENOENT || errno == ENOTDIR || errno == EISDIR)
            return true; // it is none of ours, whatever stands there
        batch->has_remains = true;
        brv_report(batch->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot remove \"%" BRV_STR_F "\": %s",
                   BRV_STR_ARG(file),
                   brv_system_error(errno));
        return false;
    }
    brv_folders_note(&batch->changed, file);
    // No folder stays for nothing.
    bool is_empty = true;
    for (path = brv_path_directory(path); path.len > 0 && is_empty; path = brv_path_directory(path))
        is_empty = rmdir(brv_arena_cstr(arena, brv_path_join(arena, batch->out, path))) == 0;
    return true;
}

bool brv_batch_quarantine_drop(struct brv_batch *batch, struct brv_arena *arena,
                               const struct brv_item_row *row)
{
    bool is_gone = true;
    for (size_t i = 0; i < BRV_QUARANTINE_FILES; i++)
        is_gone &= brv_batch_file_remove(
            batch, arena, brv_batch_quarantine_path(arena, row, brv_quarantine_files[i].published));
    return is_gone;
}

// ---- files

static bool is_same_file(struct brv_arena *arena, brv_str a, brv_str b)
{
    struct stat one;
    struct stat other;
    return stat(brv_arena_cstr(arena, a), &one) == 0 &&
           stat(brv_arena_cstr(arena, b), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

bool brv_batch_is_as_written(struct brv_arena *arena, brv_str path,
                             const struct brv_output_row *row)
{
    struct brv_sink quiet = brv_sink_init(arena);
    brv_str bytes;
    return brv_file_read(arena, path, row->bytes, BRV_CODE_OUTPUT, &bytes, &quiet) == BRV_OK &&
           brv_str_equal(brv_digest_of(arena, bytes), row->digest);
}

bool brv_batch_is_altered(struct brv_batch *batch, struct brv_arena *arena, brv_str item,
                          const struct brv_output_row *row)
{
    brv_str path = brv_path_join(arena, batch->out, row->path);
    uint64_t written_nanos = brv_batch_written_nanos(arena, path);
    struct brv_output_row before;
    return written_nanos > 0 &&
           brv_ledger_find_output(batch->ledger, arena, item, row->format, &before) &&
           brv_str_equal(before.path, row->path) && written_nanos != before.written_nanos &&
           !brv_batch_is_as_written(arena, path, &before);
}

uint64_t brv_batch_written_nanos(struct brv_arena *arena, brv_str path)
{
    enum { GIGA = 1000000000 };
    struct stat status;
    if (stat(brv_arena_cstr(arena, path), &status) != 0 || !S_ISREG(status.st_mode))
        return 0;
    return (uint64_t)status.st_mtim.tv_sec * GIGA + (uint64_t)status.st_mtim.tv_nsec;
}

// ---- sources

static bool is_own_source(const struct brv_slot *slot, brv_str path)
{
    // Most outputs are told from their source by the suffix, without asking the system.
    return slot->path.len > 0 &&
           brv_str_equal(brv_path_extension(slot->path), brv_path_extension(path)) &&
           is_same_file(slot->arena, slot->path, path);
}

// Whether a path is that of a file or folder, or lies in it.
static bool is_within(brv_str path, brv_str place)
{
    return brv_str_starts_with(path, place) &&
           (path.len == place.len || path.ptr[place.len] == '/');
}

// Notes the operands that lie beneath the outputs' folder.
static void sources_guard(struct brv_batch *batch)
{
    const struct brv_cli_list *operands = &batch->cli->operands;
    batch->guarded = BRV_NEW_ARRAY(batch->arena, brv_str, operands->count);
    char *top = realpath(brv_arena_cstr(batch->arena, batch->out), NULL);
    brv_str out = brv_str_from_cstr(top ? top : "");
    for (size_t i = 0; i < operands->count && top; i++) {
        char *real = realpath(brv_arena_cstr(batch->arena, operands->items[i]), NULL);
        brv_str path = brv_str_from_cstr(real ? real : "");
        if (is_within(path, out) && path.len > out.len)
            batch->guarded[batch->guarded_count++] =
                brv_arena_str(batch->arena, brv_str_from(path, out.len + 1));
        free(real);
    }
    free(top);
}

const char *brv_batch_place_fault(struct brv_batch *batch, const struct brv_slot *slot,
                                  const struct brv_output_row *row)
{
    struct brv_arena *arena = slot->arena;
    brv_str path = brv_path_join(arena, batch->out, row->path);
    for (size_t i = 0; i < batch->guarded_count; i++)
        if (is_within(row->path, batch->guarded[i]))
            return "it is a source";
    struct stat status;
    if (lstat(brv_arena_cstr(arena, path), &status) != 0 || S_ISDIR(status.st_mode))
        return NULL;
    if (is_own_source(slot, path))
        return "it is the analysis itself";
    bool is_known = brv_ledger_has_path(batch->ledger, row->path);
    if (is_known && !brv_batch_is_altered(batch, arena, slot->row.name, row))
        return NULL;
    if (brv_shards_claim(batch->shards, row->path) || brv_batch_is_as_written(arena, path, row))
        return NULL;
    if (!is_known && brv_sight_has_list(batch))
        return "no batch wrote what is there, and the list may name it yet";
    brv_report(batch->sink,
               BRV_WARNING,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "\"%" BRV_STR_F "\" is replaced, %s",
               BRV_STR_ARG(path),
               is_known ? "which was altered since it was written"
                        : "which no batch had written there");
    return NULL;
}

// ---- choosing

// Outputs among their sources would be the sources of the next run.
static enum brv_status sources_check(struct brv_batch *batch)
{
    for (size_t i = 0; i < batch->cli->operands.count; i++) {
        brv_str source = batch->cli->operands.items[i];
        if (!brv_is_directory(source) || !is_same_file(batch->arena, source, batch->out))
            continue;
        brv_report(batch->sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "\"%" BRV_STR_F "\" is a source, expected a folder of its own for the outputs",
                   BRV_STR_ARG(batch->out));
        return BRV_FAILED;
    }
    return BRV_OK;
}

// What is only looked at has to be there.
static enum brv_status folder_check(struct brv_batch *batch)
{
    if (brv_is_directory(batch->out) && brv_file_exists(batch->ledger_path))
        return BRV_OK;
    brv_report(batch->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "\"%" BRV_STR_F "\" holds no %" BRV_STR_F
               ", expected a folder that a batch wrote to",
               BRV_STR_ARG(batch->out),
               BRV_STR_ARG(brv_path_file_name(batch->ledger_path)));
    return BRV_FAILED;
}

static enum brv_status folder_make(struct brv_batch *batch)
{
    if (brv_is_directory(batch->out) || !brv_file_exists(batch->out))
        return brv_folder_make(batch->arena, batch->out, batch->sink);
    brv_report(batch->sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "\"%" BRV_STR_F "\" is a file, expected a folder",
               BRV_STR_ARG(batch->out));
    return BRV_FAILED;
}

enum brv_status brv_batch_places_choose(struct brv_batch *batch)
{
    const struct brv_batch_options *options = batch->options;
    brv_str name =
        options->shard_count > 0
            ? brv_arena_printf(
                  batch->arena, "ledger-%zu-of-%zu", options->shard, options->shard_count)
            : BRV_S("ledger");
    brv_str out = batch->cli->out;
    while (out.len > 1 && brv_str_ends_with(out, BRV_S("/")))
        out.len--;
    batch->out = batch->changed.top = out;
    batch->ledger_path = brv_arena_printf(
        batch->arena, "%" BRV_STR_F "/%" BRV_STR_F ".sqlite", BRV_STR_ARG(out), BRV_STR_ARG(name));
    if (batch->is_dry ? folder_check(batch) : folder_make(batch))
        return BRV_FAILED;
    if (sources_check(batch) ||
        brv_staging_take(batch->arena, out, name, batch->is_dry, &batch->staging, batch->sink))
        return BRV_FAILED;
    batch->ledger = brv_ledger_open(batch->arena,
                                    batch->ledger_path,
                                    batch->is_dry ? BRV_LEDGER_READ : BRV_LEDGER_WRITE,
                                    batch->sink);
    sources_guard(batch);
    batch->shards = brv_shards_new(batch->arena, out, options->shard, options->shard_count);
    return batch->ledger ? BRV_OK : BRV_FAILED;
}

// ---- what a process inherits

void brv_batch_streams_settle(void)
{
    // A file that got the number of a closed stream would be taken for it. What is opened here
    // fails when it is used, as a closed stream does.
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    // Who listens to us may go, the archive is rendered all the same; and a file that may grow no
    // longer is a write that fails, as on a full disk.
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}
