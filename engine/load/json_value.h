// Brevier — what the readers of the JSON form share.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_JSON_VALUE_H
#define BRV_LOAD_JSON_VALUE_H

#include "base/json.h"
#include "load/markdown.h"

struct brv_json_reader {
    struct brv_markdown *markdown;
    bool failed; // an error was reported
};

struct brv_span brv_json_span(const struct brv_json_reader *reader, const struct brv_json *value);
// The place of a member's key.
struct brv_span brv_json_key_span(const struct brv_json_reader *reader,
                                  const struct brv_json *member);
// Reports an error at the value and remembers that there was one.
void brv_json_fail(struct brv_json_reader *reader, const struct brv_json *value,
                   const char *message);
// The same for a member that is none of `names`.
void brv_json_fail_unknown(struct brv_json_reader *reader, const struct brv_json *member,
                           const char *what, const char *const *names, size_t count);
// A string's text, cleaned: a view into the source when it has no escapes.
brv_str brv_json_string(struct brv_json_reader *reader, const struct brv_json *value);

// Reads "content" (a string, or an array of strings and elements) into nodes below `parent`, which
// stands `depth` levels below the root of its tree.
void brv_json_read_content(struct brv_json_reader *reader, const struct brv_json *content,
                           struct brv_node *parent, int depth);

#endif
