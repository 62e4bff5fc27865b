// Brevier — feeds: the list of files on standard input.
// Who writes it may take a while between two lines, so it is read as it comes, without a stream.
// Where the first name ends with NUL, all do, as `find -print0` has it: then any other byte is one
// of a name, a line end too. So it is settled by what was read when the first of either came, of
// which a program writes more than a path at once.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/buf.h"
#include "base/system.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, CHUNK_BYTES = 16 << 10 };

struct list {
    struct brv_buf text; // read and not given out
    char end;            // of a name: '\n', or NUL
    bool has_end;        // … which is known: one was come to
    size_t at;           // what was given out of it
    size_t number;       // of lines given out
    bool is_cut;         // the line at the end of `text` is longer than a path
    bool is_over;        // nothing more comes
    int error;           // … because of this
};

static void list_close(void *state)
{
    struct list *list = state;
    brv_buf_deinit(&list->text);
}

static brv_str list_rest(const struct list *list)
{
    return brv_str_from(brv_buf_str(&list->text), list->at);
}

// Reads what has come, of which there is something, or waits for it.
static void list_read(struct list *list)
{
    struct brv_buf *text = &list->text;
    brv_str rest = list_rest(list);
    if (list->at > 0)
        memmove(text->ptr, rest.ptr, rest.len);
    text->len = rest.len;
    list->at = 0;
    if (rest.len > PATH_BYTES) { // there is no end of the line in it
        list->is_cut = true;
        text->len = PATH_BYTES;
    }
    brv_buf_reserve(text, CHUNK_BYTES);
    ssize_t got = read(STDIN_FILENO, text->ptr + text->len, CHUNK_BYTES);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got > 0)
        text->len += (size_t)got;
    list->is_over = got <= 0;
    list->error = got < 0 ? errno : 0;
}

static bool is_there(brv_str path)
{
    char bytes[PATH_BYTES];
    struct stat status;
    if (path.len >= sizeof bytes)
        return false;
    memcpy(bytes, path.ptr, path.len);
    bytes[path.len] = '\0';
    return lstat(bytes, &status) == 0;
}

// What ends the names of a list whose first line and first NUL are this far; either may not be in
// it. A line end before the NUL is one of a name, unless only the line is there: then the NUL
// stands in a text by mistake.
static char names_end(brv_str text, size_t line, size_t name)
{
    bool is_name = name < line;
    if (line < name && name < text.len && name < PATH_BYTES)
        is_name = is_there(brv_str_slice(text, 0, name)) || !is_there(brv_str_slice(text, 0, line));
    return is_name ? '\0' : '\n';
}

// How long the next line is; all of the rest when its end has not come.
static size_t line_length(struct list *list)
{
    brv_str rest = list_rest(list);
    size_t line = brv_str_find_byte(rest, 0, '\n');
    if (!list->has_end) {
        size_t name = brv_str_find_byte(rest, 0, '\0');
        list->has_end = line < rest.len || name < rest.len;
        list->end = names_end(rest, line, name);
    }
    return list->end == '\n' ? line : brv_str_find_byte(rest, 0, list->end);
}

static bool has_line(struct list *list)
{
    return list->is_over || line_length(list) < list_rest(list).len;
}

// What a line names. Those of a text may be of a system that ends them otherwise, and the first
// behind a mark of its encoding.
static brv_str line_path(const struct list *list, brv_str line)
{
    if (list->end != '\n')
        return line;
    bool has_mark = list->number == 1 && brv_str_starts_with(line, BRV_S("\xef\xbb\xbf"));
    line.len -= brv_str_ends_with(line, BRV_S("\r"));
    return brv_str_from(line, has_mark ? 3 : 0);
}

static bool list_is_ready(struct brv_feed_source *source, int *descriptor)
{
    struct list *list = source->state;
    struct pollfd ready = { .fd = *descriptor = STDIN_FILENO, .events = POLLIN };
    while (!has_line(list)) {
        if (poll(&ready, 1, 0) <= 0)
            return false;
        list_read(list);
    }
    return true;
}

// The next line that is not blank, without its end. False at the end or, with an error reported,
// where no more can be read.
static bool line_take(struct list *list, brv_str *line, bool *is_cut, struct brv_sink *sink)
{
    struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };
    for (;;) {
        while (!has_line(list)) {
            (void)poll(&ready, 1, -1);
            list_read(list);
        }
        brv_str rest = list_rest(list);
        size_t end = line_length(list);
        if (list->error != 0 && end == rest.len) { // a line that is cut is none
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_INPUT,
                       brv_span_none(),
                       "\"standard input\" breaks off after line %zu: %s",
                       list->number,
                       brv_system_error(list->error));
            return false;
        }
        if (rest.len == 0)
            return false;
        *is_cut = list->is_cut || end > PATH_BYTES;
        list->is_cut = false;
        list->at += end < rest.len ? end + 1 : end;
        list->number++;
        *line = line_path(list, brv_str_slice(rest, 0, end < PATH_BYTES ? end : PATH_BYTES));
        bool is_blank = list->end == '\n' ? brv_str_trim(*line).len == 0 : line->len == 0;
        if (!is_blank)
            return true;
    }
}

static void entry_look(struct brv_arena *arena, struct brv_feed_entry *entry,
                       const struct stat *status)
{
    if (S_ISDIR(status->st_mode))
        brv_feed_entry_fail(arena, entry, "it is a folder");
    else if (!S_ISREG(status->st_mode))
        brv_feed_entry_fail(arena, entry, "it is no file"); // nobody may ever write to a FIFO
    else
        entry->is_file = true;
}

static bool list_next(struct brv_feed_source *source, struct brv_arena *arena,
                      struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct list *list = source->state;
    brv_str line;
    bool is_cut = false;
    if (!line_take(list, &line, &is_cut, sink))
        return false;
    brv_str path = brv_arena_str(arena, line);
    *entry = (struct brv_feed_entry){ .name = brv_feed_name_of_path(arena, path), .path = path };
    struct stat status;
    if (is_cut)
        brv_feed_entry_miss(arena, entry, ENAMETOOLONG);
    else if (memchr(path.ptr, 0, path.len))
        brv_feed_entry_fail(arena, entry, "there is a NUL in it, as no file has in its name");
    else if (stat(brv_arena_cstr(arena, path), &status) == 0)
        entry_look(arena, entry, &status);
    else if (brv_feed_container(path))
        entry->is_file = true; // who opens it says why it cannot be: its entries are not gone
    else
        brv_feed_entry_miss(arena, entry, errno);
    return true;
}

enum brv_status brv_feed_open_list(struct brv_feed_source *source,
                                   const struct brv_feed_options *options, struct brv_sink *sink)
{
    (void)options;
    (void)sink;
    struct list *list = BRV_NEW(source->arena, struct list);
    source->state = list;
    source->next = list_next;
    source->is_ready = list_is_ready;
    source->name = BRV_S("standard-input");
    source->path = BRV_S("standard input");
    brv_arena_on_free(source->arena, list_close, list);
    return BRV_OK;
}
