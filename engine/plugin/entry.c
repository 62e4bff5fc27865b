// Brevier — the way into a plugin's own code.
// SPDX-License-Identifier: MIT
#include "plugin/entry.h"

#include "plugin/elements.h"
#include "plugin/sandbox.h"
#include "plugin/view.h"

const char *const brv_entry_names[BRV_ENTRY_COUNT] = {
    "render", "match", "transform", "cover", "appendix",
};

// Keys of the registry. A loaded file lies there too, under the address of its module.
static const char keys[BRV_ENTRY_COUNT];

// [ignored] A body for the gate. What nearly every call needs is made here, too: it can be kept
// (image.c).
static int load(lua_State *L)
{
    const struct brv_program *program = brv_sandbox_of(L)->program;
    brv_view_prepare(L, &brv_view_section);
    brv_view_prepare(L, &brv_view_context);
    brv_elements_prepare(L);
    for (size_t i = 0; i < program->module_count; i++) {
        const struct brv_module *module = &program->modules[i];
        brv_code_push(L, module->code, module->chunk_name);
        lua_rawsetp(L, LUA_REGISTRYINDEX, module);
    }
    return 0;
}

enum brv_status brv_entry_load(struct brv_arena *arena, const struct brv_program *program,
                               const struct brv_limits *limits, struct brv_sandbox **box)
{
    struct brv_fault fault;
    enum brv_status status = brv_program_compile(program, limits, &fault);
    *box = brv_sandbox_new(arena, program, limits);
    if (status == BRV_OK)
        return brv_sandbox_load(*box, load, NULL);
    (*box)->fault = fault;
    return BRV_FAILED;
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
