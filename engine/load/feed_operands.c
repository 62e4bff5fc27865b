// Brevier — feeds: operands before they are opened: whether they can be.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/file.h"

#include <sys/stat.h>

bool brv_feed_operand_check(struct brv_arena *arena, brv_str path, bool takes_folders,
                            struct brv_sink *sink)
{
    struct stat status;
    bool is_there = stat(brv_arena_cstr(arena, path), &status) == 0;
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
