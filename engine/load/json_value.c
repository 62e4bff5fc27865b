// Brevier — walking JSON values and their places side by side.
// jansson keeps members in the order of the text and refuses duplicates, so the n-th value of its
// tree is the n-th value of the scan.
// SPDX-License-Identifier: MIT
#include "load/json_value.h"

#include "load/clean.h"

struct brv_json_walk brv_json_walk(const struct brv_json_reader *reader,
                                   struct brv_json_value parent)
{
    (void)reader;
    return (struct brv_json_walk){ .parent = parent,
                                   .next = parent.place + 1,
                                   .iterator = json_object_iter(parent.json) };
}

bool brv_json_walk_next(const struct brv_json_reader *reader, struct brv_json_walk *walk)
{
    json_t *json = NULL;
    if (json_is_array(walk->parent.json)) {
        json = json_array_get(walk->parent.json, walk->index++);
    } else if (walk->iterator) {
        json = json_object_iter_value(walk->iterator);
        walk->key = brv_str_from_cstr(json_object_iter_key(walk->iterator));
        walk->iterator = json_object_iter_next(walk->parent.json, walk->iterator);
    }
    if (!json || walk->next >= reader->places.count) {
        return false;
    }
    walk->value = (struct brv_json_value){ .json = json, .place = walk->next };
    walk->next = reader->places.items[walk->next].after;
    return true;
}

struct brv_span brv_json_span(const struct brv_json_reader *reader, struct brv_json_value value)
{
    return brv_span_of(reader->markdown->source, reader->places.items[value.place].text);
}

struct brv_span brv_json_key_span(const struct brv_json_reader *reader, struct brv_json_value value)
{
    return brv_span_of(reader->markdown->source, reader->places.items[value.place].key);
}

void brv_json_fail(struct brv_json_reader *reader, struct brv_json_value value, const char *message)
{
    brv_report(reader->markdown->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_json_span(reader, value),
               "%s",
               message);
    reader->failed = true;
}

void brv_json_fail_unknown(struct brv_json_reader *reader, const struct brv_json_walk *member,
                           const char *what, const char *const *names, size_t count)
{
    struct brv_sink *sink = reader->markdown->sink;
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_INPUT,
                                       brv_json_key_span(reader, member->value),
                                       "unknown member \"%" BRV_STR_F "\" of %s",
                                       BRV_STR_ARG(member->key),
                                       what);
    brv_diag_hint_nearest(sink, diag, member->key, names, count);
    reader->failed = true;
}

brv_str brv_json_string(struct brv_json_reader *reader, struct brv_json_value value)
{
    brv_str written = reader->places.items[value.place].text;
    brv_str text = { json_string_value(value.json), json_string_length(value.json) };
    struct brv_span span = brv_json_span(reader, value);
    if (written.len == text.len + 2 && memcmp(written.ptr + 1, text.ptr, text.len) == 0) {
        return brv_str_slice(written, 1, written.len - 1);
    }
    struct brv_arena *arena = reader->markdown->arena;
    return brv_clean_text(arena, brv_arena_str(arena, text), span, reader->markdown->sink);
}
