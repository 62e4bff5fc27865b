// Brevier — a JSON value together with its place, and what the two JSON readers share.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_JSON_VALUE_H
#define BRV_LOAD_JSON_VALUE_H

#include "load/json_places.h"
#include "load/markdown.h"

#include <jansson.h>

struct brv_json_reader {
    struct brv_markdown *markdown;
    struct brv_json_places places;
    bool failed; // an error was reported
};

struct brv_json_value {
    json_t *json;
    size_t place; // index into the reader's places
};

// A walk over the members of an object or the items of an array; start with brv_json_walk().
struct brv_json_walk {
    struct brv_json_value parent;
    struct brv_json_value value; // the current one
    brv_str key;                 // of a member
    size_t next;                 // place of the next value
    size_t index;                // of the next item
    void *iterator;              // of the next member
};

struct brv_json_walk brv_json_walk(const struct brv_json_reader *reader,
                                   struct brv_json_value parent);
bool brv_json_walk_next(const struct brv_json_reader *reader, struct brv_json_walk *walk);

struct brv_span brv_json_span(const struct brv_json_reader *reader, struct brv_json_value value);
// The place of a member's key.
struct brv_span brv_json_key_span(const struct brv_json_reader *reader,
                                  struct brv_json_value value);
// Reports an error at the value and remembers that there was one.
void brv_json_fail(struct brv_json_reader *reader, struct brv_json_value value,
                   const char *message);
// The same for a member that is none of `names`.
void brv_json_fail_unknown(struct brv_json_reader *reader, const struct brv_json_walk *member,
                           const char *what, const char *const *names, size_t count);
// A string's text, cleaned: a view into the source when it has no escapes.
brv_str brv_json_string(struct brv_json_reader *reader, struct brv_json_value value);

// Reads "content" (a string, or an array of strings and elements) into nodes below `parent`, which
// stands `depth` levels below the root of its tree.
void brv_json_read_content(struct brv_json_reader *reader, struct brv_json_value content,
                           struct brv_node *parent, int depth);

#endif
