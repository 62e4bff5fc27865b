// Brevier — the places of a batch: its folder, the folder of temporary files in it, the lock.
// SPDX-License-Identifier: MIT
#include "app/batch/batch.h"
#include "app/batch/shards.h"
#include "base/file.h"
#include "base/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

// ---- folders

static enum brv_status folder_make(struct brv_batch *batch, brv_str path)
{
    if (mkdir(brv_arena_cstr(batch->arena, path), 0777) == 0 || errno == EEXIST)
        return BRV_OK;
    brv_report(batch->sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot make the folder \"%" BRV_STR_F "\": %s",
               BRV_STR_ARG(path),
               brv_system_error(errno));
    return BRV_FAILED;
}

static bool is_same_file(struct brv_arena *arena, brv_str a, brv_str b)
{
    struct stat one;
    struct stat other;
    return stat(brv_arena_cstr(arena, a), &one) == 0 &&
           stat(brv_arena_cstr(arena, b), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

bool brv_batch_is_source(const struct brv_slot *slot, brv_str path)
{
    // Most outputs are told from their source by the suffix, without asking the system.
    return slot->path.len > 0 &&
           brv_str_equal(brv_path_extension(slot->path), brv_path_extension(path)) &&
           is_same_file(slot->arena, slot->path, path);
}

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

// ---- temporary files

struct staging { // the folder of temporary files, held open
    const struct brv_batch *batch;
    int folder;
};

// Whether a temporary file of ours may be called so: "12.pdf", as brv_batch_staged() has it.
static bool is_staged_name(brv_str name)
{
    static const char *const suffixes[] = { "quarantined", "reason" };
    size_t digits = 0;
    while (digits < name.len && brv_is_digit(name.ptr[digits]))
        digits++;
    if (digits == 0 || digits == name.len || name.ptr[digits] != '.')
        return false;
    brv_str suffix = brv_str_from(name, digits + 1);
    bool is_ours = false;
    for (size_t i = 0; i < BRV_COUNT(suffixes); i++)
        is_ours |= brv_str_is(suffix, suffixes[i]);
    for (size_t i = 0; brv_outputs[i]; i++)
        is_ours |= brv_str_is(suffix, brv_outputs[i]->extension);
    return is_ours;
}

// Removes what a killed run left there, and nothing else: in the folder that is open, whatever its
// name stands for by now.
static void staging_empty(const struct staging *staging)
{
    int folder = openat(staging->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = folder >= 0 ? fdopendir(folder) : NULL;
    if (!names) {
        if (folder >= 0)
            close(folder);
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(names)) != NULL)
        if (is_staged_name(brv_str_from_cstr(entry->d_name)))
            unlinkat(staging->folder, entry->d_name, 0);
    closedir(names);
}

static void staging_remove(void *ptr)
{
    const struct staging *staging = ptr;
    staging_empty(staging);
    rmdir(brv_arena_cstr(staging->batch->arena, staging->batch->staging));
    close(staging->folder); // and the lock with it
}

// ---- the lock

// Whether the open folder is still the one of that name: the batch before may have removed it
// between our opening and our locking it.
static bool is_still_there(int folder, const char *path)
{
    struct stat ours;
    struct stat there;
    return fstat(folder, &ours) == 0 && lstat(path, &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

// One batch at a time writes a ledger. The lock is the kernel's, on the folder of temporary files,
// and goes with the process; that folder is removed before it is released.
static enum brv_status staging_lock(struct brv_batch *batch)
{
    enum { ATTEMPTS = 100 };
    char *path = brv_arena_cstr(batch->arena, batch->staging);
    int error = EWOULDBLOCK;
    for (int i = 0; i < ATTEMPTS; i++) {
        if (folder_make(batch, batch->staging))
            return BRV_FAILED;
        // A link there is not ours: what it leads to holds other people's files.
        int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) == 0 && is_still_there(folder, path)) {
            struct staging *staging = BRV_NEW(batch->arena, struct staging);
            *staging = (struct staging){ batch, folder };
            brv_arena_on_free(batch->arena, staging_remove, staging);
            staging_empty(staging);
            return BRV_OK;
        }
        error = errno;
        if (folder >= 0)
            close(folder);
        if (error == EWOULDBLOCK || (folder < 0 && error != ENOENT))
            break;
    }
    if (error == EWOULDBLOCK)
        brv_report(batch->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "another batch is writing to \"%" BRV_STR_F "\"",
                   BRV_STR_ARG(batch->out));
    else
        brv_report(batch->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot use \"%" BRV_STR_F "\" as the folder of temporary files: %s",
                   BRV_STR_ARG(batch->staging),
                   error == ENOTDIR || error == ELOOP ? "it is no folder"
                                                      : brv_system_error(error));
    return BRV_FAILED;
}

// ---- exported

void brv_batch_streams_settle(void)
{
    // A file that got the number of a closed stream would be taken for it. What is opened here
    // fails when it is used, as a closed stream does.
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
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
    batch->staging = brv_arena_printf(
        batch->arena, "%" BRV_STR_F "/.%" BRV_STR_F, BRV_STR_ARG(out), BRV_STR_ARG(name));
    batch->ledger_path = brv_arena_printf(
        batch->arena, "%" BRV_STR_F "/%" BRV_STR_F ".sqlite", BRV_STR_ARG(out), BRV_STR_ARG(name));
    if (folder_make(batch, out) || sources_check(batch) || staging_lock(batch))
        return BRV_FAILED;
    batch->ledger =
        brv_ledger_open(batch->arena, batch->ledger_path, BRV_LEDGER_WRITE, batch->sink);
    batch->shards = brv_shards_new(batch->arena, out, options->shard, options->shard_count);
    return batch->ledger ? BRV_OK : BRV_FAILED;
}
