// Brevier — compiled Lua.
// SPDX-License-Identifier: MIT
#include "plugin/code.h"

#include "base/hash.h"
#include "plugin/compile.h"
#include "plugin/index.h"

struct brv_codes {
    struct brv_arena *arena;
    struct brv_plugin_index *index; // NULL: none
    brv_str *scripts;               // by the order of brv_lua_scripts; empty: not made yet
};

struct brv_codes *brv_codes_new(struct brv_arena *arena, struct brv_plugin_index *index)
{
    struct brv_codes *codes = BRV_NEW(arena, struct brv_codes);
    codes->arena = arena;
    codes->index = index;
    codes->scripts = BRV_NEW_ARRAY(arena, brv_str, brv_lua_script_count);
    return codes;
}

uint64_t brv_code_key(const char *chunk_name, brv_str text)
{
    return brv_hash_long(text, brv_hash_str(brv_str_from_cstr(chunk_name)));
}

// ---- making it

struct compiling {
    const char *chunk_name;
    brv_str text;
    struct brv_buf code;
};

static int write_code(lua_State *L, const void *bytes, size_t len, void *user)
{
    (void)L;
    brv_buf_add(user, bytes, len);
    return 0;
}

// [compiling] A body for the gate. The code keeps its lines and names: messages tell of them.
static int compile(lua_State *L)
{
    struct compiling *compiling = lua_touserdata(L, 1);
    brv_compile(L, compiling->text, compiling->chunk_name);
    return lua_dump(L, write_code, &compiling->code, 0);
}

// The code of a text, from the index when it has it. Empty with *fault when it cannot be made.
static brv_str code_of(struct brv_codes *codes, const struct brv_program *program,
                       const char *chunk_name, brv_str text, const struct brv_limits *limits,
                       struct brv_fault *fault)
{
    brv_str code = { 0 };
    if (codes->index &&
        brv_plugin_index_code(codes->index, codes->arena, brv_code_key(chunk_name, text), &code))
        return code;
    struct compiling compiling = { .chunk_name = chunk_name, .text = text };
    struct brv_sandbox *box = brv_sandbox_new(codes->arena, program, limits);
    if (brv_sandbox_load(box, compile, &compiling) == BRV_OK)
        code = brv_arena_str(codes->arena, brv_buf_str(&compiling.code));
    else
        *fault = box->fault;
    brv_buf_deinit(&compiling.code);
    brv_sandbox_close(box);
    return code;
}

enum brv_status brv_program_compile(const struct brv_program *program,
                                    const struct brv_limits *limits, struct brv_fault *fault)
{
    for (size_t i = 0; i < program->module_count; i++) {
        struct brv_module *module = &program->modules[i];
        if (module->code.len == 0)
            module->code = code_of(
                program->codes, program, module->chunk_name, module->source->text, limits, fault);
        if (module->code.len == 0)
            return BRV_FAILED;
    }
    return BRV_OK;
}

const char *brv_code_script_name(struct brv_arena *arena, const struct brv_lua_script *script)
{
    return brv_arena_printf(arena, "=%s%c", script->name, '\0').ptr;
}

brv_str brv_codes_of_script(struct brv_codes *codes, const struct brv_lua_script *script)
{
    brv_str *code = &codes->scripts[script - brv_lua_scripts];
    if (code->len > 0)
        return *code;
    // The compiler's work on what is shipped is the host's, whatever a plugin is allowed.
    const struct brv_limits limits = brv_limits_default();
    brv_str text = { script->text, script->length };
    const char *name = brv_code_script_name(codes->arena, script);
    struct brv_fault ignored;
    *code = code_of(codes, NULL, name, text, &limits, &ignored);
    return *code;
}

// ---- using it

static const char *read_code(lua_State *L, void *user, size_t *len)
{
    (void)L;
    brv_str *rest = user;
    const char *bytes = rest->len > 0 ? rest->ptr : NULL;
    *len = rest->len;
    rest->len = 0;
    return bytes;
}

void brv_code_push(lua_State *L, brv_str code, const char *name)
{
    if (lua_load(L, read_code, &code, name, "b") != LUA_OK) // [function]
        lua_error(L);
}
