// Brevier — compiling the text of a plugin's file, which may be written to keep a compiler busy.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_COMPILE_H
#define BRV_PLUGIN_COMPILE_H

#include "base/str.h"

#include <lua.h>

enum { BRV_COMPILE_JUMPS = 4000 }; // goto and break in one file

// [-0, +1] The text as a function. Pays for its bytes, and raises for whatever is wrong with it;
// `chunk_name` as Lua has it, "=" and a name.
void brv_compile(lua_State *L, brv_str text, const char *chunk_name);

#endif
