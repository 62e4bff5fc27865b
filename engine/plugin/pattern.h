// Brevier — Lua patterns: compiled once, matched step by step at a price.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_PATTERN_H
#define BRV_PLUGIN_PATTERN_H

#include "base/str.h"

#include <lua.h>
#include <stdint.h>

enum { BRV_CAPTURES_MAX = 32, BRV_PATTERN_ITEMS_MAX = 2000 };

struct brv_pattern; // lives in a userdata of Lua

struct brv_capture {
    size_t from; // 0-based
    size_t len;
    bool is_position;
};

struct brv_match {
    size_t from; // 0-based, the whole match is [from, to)
    size_t to;
    struct brv_capture captures[BRV_CAPTURES_MAX];
    int capture_count;
};

// [-0, +1] Compiles and leaves the userdata that keeps the pattern alive on the stack. Raises for a
// malformed pattern, whatever the subject will be. In gmatch "^" is a character like any other.
const struct brv_pattern *brv_pattern_push(lua_State *L, brv_str text, bool may_be_anchored);
// The pattern in a userdata that brv_pattern_push() left.
const struct brv_pattern *brv_pattern_at(lua_State *L, int index);

// The first match at or after `from`. Pays a unit for each step.
bool brv_pattern_find(lua_State *L, const struct brv_pattern *pattern, brv_str subject, size_t from,
                      struct brv_match *match);
bool brv_pattern_is_anchored(const struct brv_pattern *pattern);
// True when no character of the text is special, so that a plain search does.
bool brv_pattern_is_plain(brv_str text);

#endif
