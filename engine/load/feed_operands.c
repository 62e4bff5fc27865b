// Brevier — feeds: operands before they are opened: whether they can be, and how much is in them.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/file.h"

#include <sys/stat.h>

bool brv_feed_operand_check(struct brv_arena *arena, brv_str path, bool takes_folders,
                            uint64_t *bytes, struct brv_sink *sink)
{
    struct stat status;
    bool is_there = stat(brv_arena_cstr(arena, path), &status) == 0;
    *bytes = is_there && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
    if (is_there && (S_ISREG(status.st_mode) || (takes_folders && S_ISDIR(status.st_mode))))
        return true;
    const char *expected = takes_folders ? "file or folder" : "file";
    if (is_there)
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "\"%" BRV_STR_F "\" is %s, expected a %s",
                   BRV_STR_ARG(path),
                   S_ISDIR(status.st_mode)    ? "a folder"
                   : S_ISFIFO(status.st_mode) ? "a pipe"
                                              : "a device or socket",
                   expected);
    else
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "no %s \"%" BRV_STR_F "\"",
                   expected,
                   BRV_STR_ARG(path));
    return false;
}

bool brv_feed_query_check(const struct brv_feed_options *options, struct brv_sink *sink)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink own = brv_sink_init(arena);
    struct brv_feed_source source = { .arena = arena };
    struct brv_feed_entry entry;
    enum brv_status status =
        options->open_through
            ? options->open_through(
                  options->user, brv_feed_check_table, &source, options->database, options, &own)
            : brv_feed_check_table(&source, options->database, options, &own);
    if (status == BRV_OK)
        (void)source.next(&source, arena, &entry, &own);
    bool is_good = true;
    for (const struct brv_diag *diag = own.first; diag; diag = diag->next) {
        if (diag->code != BRV_CODE_USAGE)
            continue; // it is an item that failed, when its turn comes
        is_good = false;
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "%" BRV_STR_F,
                   BRV_STR_ARG(diag->message));
    }
    brv_arena_free(arena);
    return is_good;
}

uint64_t brv_feed_count(const struct brv_feed_options *options)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_limits limits = brv_limits_default();
    struct brv_feed_options settled = *options;
    settled.limits = &limits;
    uint64_t count = 0;
    bool is_known = options->database.len == 0;
    for (size_t i = 0; i < options->operand_count && is_known; i++) {
        brv_str path = options->operands[i];
        is_known = !brv_str_is(path, "-") && !brv_feed_container(path);
        struct brv_arena *own = brv_arena_new();
        struct brv_sink quiet = brv_sink_init(own);
        struct brv_feed_source source = { .arena = own };
        if (!is_known || !brv_is_directory(path)) {
            count += brv_feed_is_chosen(&source, options, own, brv_path_file_name(path));
            brv_arena_free(own);
            continue;
        }
        struct brv_feed_entry entry;
        if (brv_feed_open_folder(&source, path, &settled, &quiet) == BRV_OK) {
            struct brv_arena_mark mark = brv_arena_mark(arena);
            while (is_known && source.next(&source, arena, &entry, &quiet)) {
                is_known = !entry.is_file || !brv_feed_container(entry.path);
                count += brv_feed_is_chosen(&source, options, arena, entry.name);
                brv_arena_rewind(arena, mark);
            }
        }
        brv_arena_free(own);
    }
    brv_arena_free(arena);
    return is_known ? count : 0;
}
