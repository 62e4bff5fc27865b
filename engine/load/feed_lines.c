// Brevier — feeds: JSON Lines, and the list of files on standard input.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/file.h"
#include "base/system.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

struct lines {
    FILE *file;
    brv_str path;
    brv_str stem;
    size_t number;
    size_t limit_bytes;
    bool is_shared; // standard input
};

static void lines_close(void *state)
{
    struct lines *lines = state;
    if (!lines->is_shared)
        fclose(lines->file);
}

// The next line that is not blank, without its end. What is beyond the limit is read over. False at
// the end or, with an error reported, where no more can be read.
static bool line_read(struct lines *lines, struct brv_buf *line, bool *is_cut,
                      struct brv_sink *sink)
{
    for (;;) {
        brv_buf_clear(line);
        *is_cut = false;
        int byte;
        while ((byte = getc_unlocked(lines->file)) != EOF && byte != '\n') {
            if (line->len < lines->limit_bytes)
                brv_buf_add_byte(line, (char)byte);
            else
                *is_cut = true;
        }
        if (ferror_unlocked(lines->file)) {
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_INPUT,
                       brv_span_none(),
                       "\"%" BRV_STR_F "\" breaks off after line %zu: %s",
                       BRV_STR_ARG(lines->path),
                       lines->number,
                       brv_system_error(errno));
            return false; // a line that is cut is none
        }
        if (byte == EOF && line->len == 0)
            return false;
        lines->number++;
        if (brv_str_trim(brv_buf_str(line)).len > 0)
            return true;
    }
}

static bool documents_next(struct brv_feed_source *source, struct brv_arena *arena,
                           struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct lines *lines = source->state;
    struct brv_buf *line = brv_buf_new_in(arena);
    bool is_cut = false;
    if (!line_read(lines, line, &is_cut, sink))
        return false;
    *entry = (struct brv_feed_entry){
        .name = brv_arena_printf(
            arena, "%" BRV_STR_F "-%zu.json", BRV_STR_ARG(lines->stem), lines->number),
        .bytes = brv_buf_str(line),
    };
    if (is_cut)
        brv_feed_entry_fail(arena, entry, BRV_FEED_TOO_LONG, lines->limit_bytes);
    return true;
}

static bool files_next(struct brv_feed_source *source, struct brv_arena *arena,
                       struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct lines *lines = source->state;
    struct brv_buf *line = brv_buf_new_in(arena);
    bool is_cut = false;
    if (!line_read(lines, line, &is_cut, sink))
        return false;
    brv_str path = brv_buf_str(line);
    if (brv_str_ends_with(path, BRV_S("\r")))
        path.len--;
    *entry = (struct brv_feed_entry){ .name = path, .path = path, .is_file = true };
    struct stat status;
    const char *fault = NULL;
    if (is_cut)
        fault = "its path is too long";
    else if (memchr(path.ptr, 0, path.len) || stat(brv_arena_cstr(arena, path), &status) != 0)
        fault = "there is no such file";
    else if (S_ISDIR(status.st_mode))
        fault = "it is a folder";
    else if (!S_ISREG(status.st_mode))
        fault = "it is no file"; // nobody may ever write to a FIFO
    if (fault) {
        entry->is_file = false;
        brv_feed_entry_fail(arena, entry, "%s", fault);
    }
    return true;
}

enum brv_status brv_feed_open_lines(struct brv_feed_source *source, brv_str path,
                                    const struct brv_feed_options *options, struct brv_sink *sink)
{
    FILE *file = fopen(brv_arena_cstr(source->arena, path), "rbe");
    if (!file) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "cannot open \"%" BRV_STR_F "\": %s",
                   BRV_STR_ARG(path),
                   brv_system_error(errno));
        return BRV_FAILED;
    }
    struct lines *lines = BRV_NEW(source->arena, struct lines);
    brv_str name = brv_path_file_name(path);
    brv_str suffix = brv_path_extension(name);
    *lines = (struct lines){
        .file = file,
        .path = brv_arena_str(source->arena, path),
        .stem = brv_arena_str(source->arena, brv_str_slice(name, 0, name.len - suffix.len - 1)),
        .limit_bytes = options->limits->input_bytes,
    };
    brv_arena_on_free(source->arena, lines_close, lines);
    source->state = lines;
    source->next = documents_next;
    source->is_container = true;
    return BRV_OK;
}

enum brv_status brv_feed_open_list(struct brv_feed_source *source,
                                   const struct brv_feed_options *options, struct brv_sink *sink)
{
    enum { PATH_BYTES = 4096 };
    (void)options;
    (void)sink;
    struct lines *lines = BRV_NEW(source->arena, struct lines);
    *lines = (struct lines){
        .file = stdin, .path = BRV_S("standard input"), .limit_bytes = PATH_BYTES, .is_shared = true
    };
    source->state = lines;
    source->next = files_next;
    return BRV_OK;
}
