// Brevier — the way into a plugin's own code.
// SPDX-License-Identifier: MIT
#include "plugin/entry.h"

#include "plugin/sandbox.h"

#include <lauxlib.h>

const char *const brv_entry_names[BRV_ENTRY_COUNT] = {
    "render", "match", "transform", "cover", "appendix",
};

// Keys of the registry. A compiled file lies there too, under the address of its module.
static const char keys[BRV_ENTRY_COUNT];

int brv_entry_compile(lua_State *L)
{
    const struct brv_program *program = brv_sandbox_of(L)->program;
    for (size_t i = 0; i < program->module_count; i++) {
        const struct brv_module *module = &program->modules[i];
        brv_str text = module->source->text;
        if (luaL_loadbufferx(L, text.ptr, text.len, module->chunk_name, "t") != LUA_OK)
            return lua_error(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, module);
    }
    return 0;
}

void brv_entry_run(lua_State *L, const struct brv_module *module)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, module); // [chunk]
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, module);
    lua_call(L, 0, 1); // [value]
}

void brv_entry_keep(lua_State *L, int index)
{
    bool has_home = false;
    for (int i = 0; i < BRV_ENTRY_COUNT; i++) {
        lua_pushstring(L, brv_entry_names[i]);
        lua_rawget(L, index); // [… function?]
        if (lua_isfunction(L, -1) && !has_home) {
            lua_Debug ar;
            lua_pushvalue(L, -1);
            lua_getinfo(L, ">S", &ar); // pops the function
            has_home = ar.linedefined > 0;
            if (has_home)
                brv_sandbox_of(L)->home.line = ar.linedefined;
        }
        lua_rawsetp(L, LUA_REGISTRYINDEX, &keys[i]);
    }
}

int brv_entry_open(lua_State *L)
{
    lua_settop(L, 0);
    brv_entry_run(L, &brv_sandbox_of(L)->program->modules[0]); // [manifest]
    brv_entry_keep(L, 1);
    return 0;
}

void brv_entry_push(lua_State *L, enum brv_entry entry)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &keys[entry]);
}
