// Brevier — reading JSON: a text as a tree of values, each of which knows its place.
// Values lie in the order of the text, and every text in the tree is a view of it where that has no
// escapes: the text must outlive the tree. It is RFC 8259 but for two things: a text may begin with
// any value, and an object has no two members of one name. Bytes beyond ASCII are taken as they
// are; a source's sanitiser has seen them (utf8.h).
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_JSON_H
#define BRV_BASE_JSON_H

#include "base/str.h"

struct brv_arena;

enum brv_json_type {
    BRV_JSON_NULL,
    BRV_JSON_FALSE,
    BRV_JSON_TRUE,
    BRV_JSON_NUMBER,
    BRV_JSON_STRING,
    BRV_JSON_ARRAY,
    BRV_JSON_OBJECT,
};

struct brv_json {
    enum brv_json_type type;
    brv_str written;              // all of it, a string with its quotes
    brv_str text;                 // of a string, without quotes and escapes
    brv_str key_written;          // of a member, with its quotes; empty for what is no member
    brv_str key;                  // the same without them
    const struct brv_json *first; // of the items of an array or the members of an object
    const struct brv_json *next;
    size_t count; // of items or members
};

struct brv_json_limits {
    size_t depth; // of arrays and objects
    size_t values;
};

enum brv_json_fault_kind {
    BRV_JSON_MALFORMED,
    BRV_JSON_TOO_DEEP,
    BRV_JSON_TOO_MANY,
};

// Why a text was refused.
struct brv_json_fault {
    enum brv_json_fault_kind kind;
    size_t at;           // its offset in the text
    const char *message; // of what is malformed
};

// The tree in the arena; NULL after a fault, which `fault` (may be NULL) tells.
const struct brv_json *brv_json_parse(struct brv_arena *arena, brv_str text,
                                      struct brv_json_limits limits, struct brv_json_fault *fault);

#endif
