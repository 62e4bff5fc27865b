// Brevier — the places of a batch: its folder and what is in it.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/digest.h"
#include "app/batch/shards.h"
#include "app/batch/staging.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
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

brv_str brv_batch_quarantine_path(struct brv_arena *arena, brv_str name, const char *suffix)
{
    // What is called like a reason itself gets an underscore, and what ended in one gets one more.
    brv_str stem = name;
    while (brv_str_ends_with(stem, BRV_S("_")))
        stem.len--;
    size_t len = strlen(BRV_REASON_SUFFIX);
    bool is_like_reason =
        stem.len >= len && brv_str_is_nocase(brv_str_from(stem, stem.len - len), BRV_REASON_SUFFIX);
    return brv_arena_printf(arena,
                            BRV_FEED_QUARANTINE "/%" BRV_STR_F "%s%s",
                            BRV_STR_ARG(name),
                            is_like_reason ? "_" : "",
                            suffix);
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

uint64_t brv_batch_written_nanos(struct brv_arena *arena, brv_str path)
{
    enum { GIGA = 1000000000 };
    struct stat status;
    if (stat(brv_arena_cstr(arena, path), &status) != 0 || !S_ISREG(status.st_mode))
        return 0;
    return (uint64_t)status.st_mtim.tv_sec * GIGA + (uint64_t)status.st_mtim.tv_nsec;
}

bool brv_batch_is_source(const struct brv_slot *slot, brv_str path)
{
    // Most outputs are told from their source by the suffix, without asking the system.
    return slot->path.len > 0 &&
           brv_str_equal(brv_path_extension(slot->path), brv_path_extension(path)) &&
           is_same_file(slot->arena, slot->path, path);
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
    if (batch->is_dry ? folder_check(batch) : brv_folder_make(batch->arena, out, batch->sink))
        return BRV_FAILED;
    if (sources_check(batch) ||
        brv_staging_take(batch->arena, out, name, batch->is_dry, &batch->staging, batch->sink))
        return BRV_FAILED;
    batch->ledger = brv_ledger_open(batch->arena,
                                    batch->ledger_path,
                                    batch->is_dry ? BRV_LEDGER_READ : BRV_LEDGER_WRITE,
                                    batch->sink);
    batch->shards = brv_shards_new(batch->arena, out, options->shard, options->shard_count);
    return batch->ledger ? BRV_OK : BRV_FAILED;
}

// ---- standard streams

void brv_batch_streams_settle(void)
{
    // A file that got the number of a closed stream would be taken for it. What is opened here
    // fails when it is used, as a closed stream does.
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}
