// Brevier — capabilities: what a plugin may do beyond reading its section.
// A manifest names the capabilities that a plugin asks for; the operator grants them, one by one
// and by the plugin's name. What was not asked for is not granted, and what was not granted is not
// there: the field of the context that would be it is nil.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_CAPABILITY_H
#define BRV_PLUGIN_CAPABILITY_H

#include "plugin/host.h"

#include <lua.h>

enum brv_capability {
    BRV_CAPABILITY_CLOCK,
    BRV_CAPABILITY_READ,
    BRV_CAPABILITY_COUNT,
};

// By their numbers: "clock", "read".
extern const char *const brv_capability_names[BRV_CAPABILITY_COUNT];
// BRV_CAPABILITY_COUNT when there is none of that name.
enum brv_capability brv_capability_find(brv_str name);

struct brv_call;

// Whether the plugin at work has asked for it, and was granted it.
bool brv_capability_is_granted(const struct brv_call *call, enum brv_capability capability);
// "probe:read=FOLDER": what to say after --grant.
const char *brv_capability_grant_text(struct brv_arena *arena, brv_str plugin,
                                      enum brv_capability capability);
// [-0, +1] The function that does it; nil when it is not granted.
void brv_capability_push(lua_State *L, const struct brv_call *call, enum brv_capability capability);

#endif
