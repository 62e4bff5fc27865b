// Brevier — capabilities: what a plugin may do beyond reading its section.
// A manifest names the capabilities that a plugin asks for; the operator grants them, one by one
// and by the plugin's name. What was not asked for is not granted, and what was not granted raises.
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

// brevier.clock and brevier.read
int brv_lua_clock(lua_State *L);
int brv_lua_read(lua_State *L);

#endif
