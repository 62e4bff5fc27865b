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

uint64_t brv_module_key(const struct brv_module *module)
{
    return brv_code_key(module->chunk_name, brv_module_source(module)->text);
}

// ---- making it

// What is compiled in one go, within one budget: code that is there already is left alone.
struct compiling {
    struct brv_codes *codes;
    struct brv_module *modules;
    size_t count;
    struct brv_buf code; // of the module under way
    size_t bytes;        // of those before it
};

static int write_code(lua_State *L, const void *bytes, size_t len, void *user)
{
    struct compiling *compiling = user;
    if (compiling->bytes + compiling->code.len + len > BRV_PROGRAM_CODE_BYTES)
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
    brv_buf_add(&compiling->code, bytes, len);
    return 0;
}

// [compiling] A body for the gate. The code keeps its lines and names: messages tell of them.
static int compile(lua_State *L)
{
    struct compiling *compiling = lua_touserdata(L, 1);
    for (size_t i = 0; i < compiling->count; i++) {
        struct brv_module *module = &compiling->modules[i];
        if (module->code.len == 0) {
            brv_sandbox_of(L)->home = (struct brv_lua_place){ module, 1 };
            brv_compile(L, brv_module_source(module)->text, module->chunk_name);
            lua_dump(L, write_code, compiling, 0);
            lua_settop(L, 1);
            module->code = brv_arena_str(compiling->codes->arena, brv_buf_str(&compiling->code));
            brv_buf_clear(&compiling->code);
        }
        compiling->bytes += module->code.len;
    }
    return 0;
}

static bool is_indexed(struct brv_codes *codes, uint64_t key, brv_str *code)
{
    return codes->index && brv_plugin_index_code(codes->index, codes->arena, key, code);
}

bool brv_program_take_codes(struct brv_program *program, const uint64_t *keys)
{
    bool is_whole = true;
    for (size_t i = 0; i < program->module_count; i++)
        is_whole = is_indexed(program->codes, keys[i], &program->modules[i].code) && is_whole;
    return is_whole;
}

enum brv_status brv_program_compile(const struct brv_program *program,
                                    const struct brv_limits *limits, struct brv_fault *fault)
{
    struct brv_codes *codes = program->codes;
    bool is_whole = true;
    for (size_t i = 0; i < program->module_count; i++) {
        struct brv_module *module = &program->modules[i];
        if (module->code.len == 0) // as it rarely is: every state of a plugin comes by here
            is_whole = is_indexed(codes, brv_module_key(module), &module->code) && is_whole;
    }
    if (is_whole)
        return BRV_OK;
    struct compiling compiling = {
        .codes = codes,
        .modules = program->modules,
        .count = program->module_count,
    };
    struct brv_sandbox *box = brv_sandbox_new(codes->arena, program, limits);
    enum brv_status status = brv_sandbox_load(box, compile, &compiling);
    *fault = box->fault;
    brv_buf_deinit(&compiling.code);
    brv_sandbox_close(box);
    return status;
}

const char *brv_code_script_name(struct brv_arena *arena, const struct brv_lua_script *script)
{
    return brv_arena_printf(arena, "=%s%c", script->name, '\0').ptr;
}

brv_str brv_codes_of_script(struct brv_codes *codes, const struct brv_lua_script *script)
{
    brv_str *code = &codes->scripts[script - brv_lua_scripts];
    const brv_str text = { script->text, script->length };
    if (code->len > 0 ||
        is_indexed(codes, brv_code_key(brv_code_script_name(codes->arena, script), text), code))
        return *code;
    // The compiler's work on what is shipped is the host's, whatever a plugin is allowed.
    struct brv_limits limits = brv_limits_default();
    limits.plugin_cpu_ms = UINT16_MAX;
    struct brv_sink quiet = brv_sink_init(codes->arena);
    struct brv_program *program =
        brv_program_from_text(codes->arena, brv_str_from_cstr(script->name), text, &quiet);
    program->codes = codes;
    struct brv_fault ignored;
    if (brv_program_compile(program, &limits, &ignored) == BRV_OK)
        *code = program->modules[0].code;
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
