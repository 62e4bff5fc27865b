// Brevier — feeds: JSON Lines.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/file.h"
#include "base/system.h"

#include <errno.h>
#include <stdio.h>

struct lines {
    FILE *file;
    brv_str path;
    brv_str stem;
    size_t number;
    size_t limit_bytes;
};

static void lines_close(void *state)
{
    struct lines *lines = state;
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
    return BRV_OK;
}
