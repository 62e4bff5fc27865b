// Brevier — feeds: JSON Lines.
// A document is called after its id, which stays when lines are put in before it; one without,
// after the number of its line.
// SPDX-License-Identifier: MIT
#include "load/feed_limits.h"

#include "base/system.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

struct lines {
    FILE *file;
    brv_str path;
    size_t number;
    uint64_t gone; // bytes read
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
            lines->gone++;
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
        lines->gone += byte != EOF;
        lines->number++;
        if (brv_str_trim(brv_buf_str(line)).len > 0)
            return true;
    }
}

static brv_str document_name(const struct lines *lines, struct brv_arena *arena, brv_str line)
{
    brv_str id = brv_feed_name_cut(brv_feed_json_id(arena, line));
    struct brv_buf *name = brv_buf_new_in(arena);
    brv_buf_add_str(
        name,
        brv_str_trim(id).len > 0 ? id : brv_feed_name_numbered(arena, lines->path, lines->number));
    brv_buf_add_cstr(name, ".json");
    return brv_buf_str(name);
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
        .name = document_name(lines, arena, brv_buf_str(line)),
        .bytes = brv_buf_str(line),
    };
    source->gone = lines->gone;
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
    *lines = (struct lines){
        .file = file,
        .path = brv_arena_str(source->arena, path),
        .limit_bytes = options->limits->input_bytes,
    };
    struct stat status;
    source->size = fstat(fileno(file), &status) == 0 ? (uint64_t)status.st_size : 0;
    brv_arena_on_free(source->arena, lines_close, lines);
    source->state = lines;
    source->next = documents_next;
    return BRV_OK;
}
