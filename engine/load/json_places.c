// Brevier — scanning a JSON text for places.
// SPDX-License-Identifier: MIT
#include "load/json_places.h"

enum { VALUES_MAX = 2000000 };

struct level {
    size_t place;
    bool is_object;
    bool wants_key;
};

struct scan {
    struct brv_json_places *places;
    struct brv_arena *arena;
    const struct brv_source *source;
    struct brv_sink *sink;
    struct level *levels;
    size_t depth;
    size_t max_depth;
    brv_str key; // of the member whose value comes next
};

// The offset after the string that begins at `at`.
static size_t string_end(brv_str text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++) {
        at += text.ptr[at] == '\\';
    }
    return at < text.len ? at + 1 : text.len;
}

static size_t scalar_end(brv_str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && !brv_is_space(text.ptr[end]) && !strchr(",:[]{}\"", text.ptr[end])) {
        end++;
    }
    return end;
}

static bool add(struct scan *scan, brv_str value)
{
    struct brv_json_places *places = scan->places;
    if (places->count >= VALUES_MAX) {
        brv_report(scan->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_span_of(scan->source, value),
                   "JSON holds more than %d values",
                   VALUES_MAX);
        return false;
    }
    uint32_t after = (uint32_t)places->count + 1;
    BRV_PUSH(scan->arena, places->items, places->count, places->capacity) =
        (struct brv_json_place){ .text = value, .key = scan->key, .after = after };
    scan->key = (brv_str){ 0 };
    return true;
}

static bool open(struct scan *scan, brv_str bracket)
{
    if (scan->depth >= scan->max_depth) {
        brv_report(scan->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_span_of(scan->source, bracket),
                   "JSON is nested deeper than %zu",
                   scan->max_depth);
        return false;
    }
    bool is_object = bracket.ptr[0] == '{';
    scan->levels[scan->depth++] = (struct level){ .place = scan->places->count,
                                                  .is_object = is_object,
                                                  .wants_key = is_object };
    return add(scan, bracket);
}

static void close(struct scan *scan, const char *end)
{
    if (scan->depth > 0) {
        struct brv_json_place *place = &scan->places->items[scan->levels[--scan->depth].place];
        place->text.len = (size_t)(end - place->text.ptr);
        place->after = (uint32_t)scan->places->count;
    }
}

// Takes one token at `at`; the offset after it, 0 for a limit.
static size_t step(struct scan *scan, brv_str text, size_t at)
{
    char c = text.ptr[at];
    struct level *level = scan->depth > 0 ? &scan->levels[scan->depth - 1] : NULL;
    if (brv_is_space(c)) {
        return at + 1;
    }
    if (c == ',' || c == ':') {
        if (level) {
            level->wants_key = level->is_object && c == ',';
        }
        return at + 1;
    }
    if (c == '{' || c == '[') {
        return open(scan, brv_str_slice(text, at, at + 1)) ? at + 1 : 0;
    }
    if (c == '}' || c == ']') {
        close(scan, text.ptr + at + 1);
        return at + 1;
    }
    size_t end = c == '"' ? string_end(text, at) : scalar_end(text, at);
    brv_str token = brv_str_slice(text, at, end);
    if (level && level->wants_key) {
        scan->key = token;
        return end;
    }
    return add(scan, token) ? end : 0;
}

enum brv_status brv_json_places_scan(struct brv_json_places *places, struct brv_arena *arena,
                                     const struct brv_source *source, size_t max_depth,
                                     struct brv_sink *sink)
{
    struct scan scan = { .places = places,
                         .arena = arena,
                         .source = source,
                         .sink = sink,
                         .max_depth = max_depth,
                         .levels = BRV_NEW_ARRAY(arena, struct level, max_depth) };
    for (size_t at = 0; at < source->text.len;) {
        at = step(&scan, source->text, at);
        if (at == 0) {
            return BRV_FAILED;
        }
    }
    return BRV_OK;
}
