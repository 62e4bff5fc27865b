// Brevier — feeds: operands before they are opened: whether they can be.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/file.h"
#include "load/feed_seen.h"

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

void brv_feed_operands_settle(struct brv_arena *arena, struct brv_feed_options *options)
{
    struct brv_arena *meanwhile = brv_arena_new();
    struct brv_feed_taken paths = { 0 };
    brv_str *operands = BRV_NEW_ARRAY(arena, brv_str, options->operand_count);
    size_t count = 0;
    bool has_list = false;
    for (size_t i = 0; i < options->operand_count; i++) {
        brv_str operand = options->operands[i];
        bool is_list = brv_str_is(operand, "-");
        if (is_list ? !has_list : brv_feed_path_note(&paths, meanwhile, operand))
            operands[count++] = operand;
        has_list |= is_list;
    }
    options->operands = operands;
    options->operand_count = count;
    brv_feed_taken_deinit(&paths);
    brv_arena_free(meanwhile);
}

bool brv_feed_query_check(const struct brv_feed_options *options, bool *is_unread,
                          struct brv_sink *sink)
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
        if (diag->code != BRV_CODE_USAGE) {
            *is_unread = true; // it is an item that failed, when its turn comes
            continue;
        }
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
