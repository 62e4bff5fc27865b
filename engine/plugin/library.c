// Brevier — the allow-list: which libraries there are, how a state is furnished, what was left out.
// SPDX-License-Identifier: MIT
#include "plugin/library.h"

#include "plugin/entry.h"
#include "plugin/sandbox.h"

#include <string.h>

const struct brv_lua_library *const brv_lua_libraries[] = {
    &brv_lua_element, &brv_lua_canvas, &brv_lua_text, &brv_lua_brevier, &brv_lua_base,
    &brv_lua_string,  &brv_lua_table,  &brv_lua_math, &brv_lua_utf8,
};
const size_t brv_lua_library_count = BRV_COUNT(brv_lua_libraries);

const struct brv_lua_omission brv_lua_omissions[] = {
    { "io, os", "a plugin reads its section and nothing else, but for what it is granted" },
    { "debug", "it reaches into other functions and removes the hook that counts steps" },
    { "package", "require knows the modules of the plugin and of Brevier; there is no path" },
    { "load, loadfile, dofile, string.dump",
      "code comes from the plugin's files only; bytecode "
      "can break the interpreter" },
    { "coroutine", "a coroutine counts its steps on its own and can outlive its budget" },
    { "collectgarbage", "a collection is dear and its timing is nobody's business" },
    { "print, warn",
      "context.log says where a message belongs; standard output is the document's" },
    { "_G, _VERSION", "globals are fixed: use locals, and a module for what is shared" },
    { "string.pack, string.packsize, string.unpack", "binary records have no place in a briefing" },
    { "string.format: %p, %a, %q",
      "addresses differ from run to run; hexadecimal floats and "
      "quoted Lua have no reader here" },
    { "math.randomseed",
      "math.random is seeded by the document: the same analysis, the same bytes" },
    { "__gc, __mode, __close in metatables",
      "they run code, or drop values, at times no plugin "
      "can know" },
};
const size_t brv_lua_omission_count = BRV_COUNT(brv_lua_omissions);

const char brv_key_metatable_copy = 'm';
const char brv_key_origin = 'o';
static const char key_modules = 'r'; // registry: module name -> its value

// ---- errors

const char *brv_lua_type_name(lua_State *L, int index)
{
    if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
        return lua_tostring(L, -1);
    return lua_pushstring(L, luaL_typename(L, index));
}

void brv_lua_name_error(lua_State *L, const char *what, const char *word, const char *const *names,
                        size_t count)
{
    const char *nearest = brv_nearest(brv_str_from_cstr(word), names, count);
    if (nearest)
        luaL_error(L, "%s \"%s\" (did you mean \"%s\"?)", what, word, nearest);
    luaL_error(L, "%s \"%s\"", what, word);
    __builtin_unreachable();
}

uint32_t brv_lua_names_in(lua_State *L, int index, const char *what, const char *const *names,
                          size_t count)
{
    uint32_t found = 0;
    brv_str unknown = { 0 };
    brv_charge_walk(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) { // [… key value]
        brv_charge(L, 2);
        brv_str key = brv_str_from_cstr(luaL_typename(L, -2));
        if (lua_type(L, -2) == LUA_TSTRING)
            key.ptr = lua_tolstring(L, -2, &key.len);
        size_t i = 0;
        while (i < count && !brv_str_is(key, names[i]))
            i++;
        if (i < count)
            found |= UINT32_C(1) << i;
        else if (!unknown.ptr || brv_str_compare(key, unknown) < 0)
            unknown = key;
    }
    if (unknown.ptr)
        brv_lua_name_error(L, what, unknown.ptr, names, count);
    return found;
}

void brv_lua_keep_word(brv_str kept[BRV_LUA_WORDS_KEPT], size_t *count, brv_str word)
{
    size_t at = *count;
    while (at > 0 && brv_str_compare(kept[at - 1], word) > 0)
        at--;
    if (at == BRV_LUA_WORDS_KEPT)
        return;
    *count += *count < BRV_LUA_WORDS_KEPT;
    memmove(&kept[at + 1], &kept[at], (*count - 1 - at) * sizeof *kept);
    kept[at] = word;
}

// ---- globals

enum { GLOBAL_NAMES_MAX = 64, UNKNOWN_NAME_GAS = 500 };

// Why a name of stock Lua was left out; NULL when it is none.
static const char *omission_reason(brv_str name)
{
    for (size_t i = 0; i < brv_lua_omission_count; i++) {
        brv_str rest = brv_str_from_cstr(brv_lua_omissions[i].names);
        while (rest.len > 0) {
            if (brv_str_equal(brv_str_next_item(&rest, ','), name))
                return brv_lua_omissions[i].reason;
        }
    }
    return NULL;
}

// [-0, +1] A table of the library's functions.
static void push_library(lua_State *L, const struct brv_lua_library *library)
{
    lua_createtable(L, 0, (int)library->count + 4); // [table]
    for (size_t i = 0; i < library->count; i++) {
        lua_pushcfunction(L, library->functions[i].function); // [table function]
        lua_setfield(L, -2, library->functions[i].name);      // [table]
    }
    if (library->finish)
        library->finish(L);
}

// [-0, +(0|1)] What a global name stands for, made now.
static bool push_global(lua_State *L, brv_str name)
{
    for (size_t i = 0; i < brv_lua_base.count; i++) {
        if (brv_str_is(name, brv_lua_base.functions[i].name)) {
            lua_pushcfunction(L, brv_lua_base.functions[i].function); // [function]
            return true;
        }
    }
    for (size_t i = 0; i < brv_lua_library_count; i++) {
        const struct brv_lua_library *library = brv_lua_libraries[i];
        if (library->where == BRV_LUA_GLOBAL_TABLE && brv_str_is(name, library->name)) {
            brv_charge(L, library->count);
            push_library(L, library); // [table]
            return true;
        }
    }
    return false;
}

// [globals name] Reading a name that is no global yet. It becomes one when it is first named: few
// plugins name more than a handful, and every state would pay for them all.
static int read_new_global(lua_State *L)
{
    bool is_name = lua_type(L, 2) == LUA_TSTRING;
    const char *name = is_name ? lua_tostring(L, 2) : luaL_typename(L, 2);
    if (is_name && push_global(L, (brv_str){ name, lua_rawlen(L, 2) })) { // [globals name value]
        lua_pushvalue(L, 2);
        lua_pushvalue(L, 3);
        lua_rawset(L, 1); // globals[name] = value
        return 1;
    }
    brv_charge(L, UNKNOWN_NAME_GAS);
    const char *reason = omission_reason(brv_str_from_cstr(name));
    if (reason)
        return luaL_error(L, "there is no global \"%s\": %s", name, reason);
    const char *names[GLOBAL_NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < brv_lua_base.count; i++)
        names[count++] = brv_lua_base.functions[i].name;
    for (size_t i = 0; i < brv_lua_library_count; i++)
        if (brv_lua_libraries[i]->where == BRV_LUA_GLOBAL_TABLE)
            names[count++] = brv_lua_libraries[i]->name;
    brv_lua_name_error(L, "there is no global", name, names, count);
}

static int write_global(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    return luaL_error(L, "cannot set the global \"%s\": make it local", name);
}

// [string name] The first method of a string: from now on Lua finds them in the library itself.
// Upvalue 1 is the globals.
static int find_method(lua_State *L)
{
    lua_getfield(L, lua_upvalueindex(1), "string"); // [string name library]
    lua_getmetatable(L, 1);                         // [string name library meta]
    lua_pushvalue(L, 3);
    lua_setfield(L, 4, "__index");
    lua_pushvalue(L, 2);
    lua_gettable(L, 3);
    return 1;
}

// The globals a chunk sees are an empty table before the real ones, so that a write always meets
// __newindex and a read of a known name is one hop of the VM.
static void open_globals(lua_State *L)
{
    lua_createtable(L, 0, 8);              // [globals]
    lua_createtable(L, 0, 1);              // [globals meta]
    lua_pushcfunction(L, read_new_global); // [globals meta function]
    lua_setfield(L, -2, "__index");        // [globals meta]
    lua_setmetatable(L, -2);               // [globals]

    lua_createtable(L, 0, 0);                            // [globals front]
    lua_createtable(L, 0, 3);                            // [globals front meta]
    lua_pushvalue(L, -3);                                // [globals front meta globals]
    lua_setfield(L, -2, "__index");                      // [globals front meta]
    lua_pushcfunction(L, write_global);                  // [globals front meta function]
    lua_setfield(L, -2, "__newindex");                   // [globals front meta]
    lua_pushboolean(L, 0);                               // [globals front meta false]
    lua_setfield(L, -2, "__metatable");                  // [globals front meta]
    lua_setmetatable(L, -2);                             // [globals front]
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS); // [globals]

    // Strings have methods; their metatable cannot be had.
    lua_pushliteral(L, "");              // [globals ""]
    lua_createtable(L, 0, 2);            // [globals "" meta]
    lua_pushvalue(L, -3);                // [globals "" meta globals]
    lua_pushcclosure(L, find_method, 1); // [globals "" meta function]
    lua_setfield(L, -2, "__index");      // [globals "" meta]
    lua_pushboolean(L, 0);               // [globals "" meta false]
    lua_setfield(L, -2, "__metatable");  // [globals "" meta]
    lua_setmetatable(L, -2);             // [globals ""]
    lua_pop(L, 2);                       // []
}

int brv_libraries_open(lua_State *L)
{
    luaL_checkversion(L);
    open_globals(L);
    lua_createtable(L, 0, 4);                                     // [modules]
    lua_rawsetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_modules)); // []
    return 0;
}

// ---- modules

static _Noreturn void unknown_module(lua_State *L, const struct brv_program *program,
                                     const char *name)
{
    const char *names[BRV_PLUGIN_MODULES + 64];
    size_t count = 0;
    brv_charge(L, UNKNOWN_NAME_GAS);
    for (size_t i = 0; i < brv_lua_script_count && i < 48; i++)
        names[count++] = brv_lua_scripts[i].name;
    for (size_t i = 0; i < brv_lua_library_count; i++)
        if (brv_lua_libraries[i]->where == BRV_LUA_REQUIRED)
            names[count++] = brv_lua_libraries[i]->name;
    for (size_t i = 1; program && i < program->module_count; i++)
        names[count++] = program->modules[i].name.ptr; // NUL-terminated, see program.c
    brv_lua_name_error(L, "there is no module", name, names, count);
}

// [module key (value)] The script in the upvalue adds its functions to the module, which from now
// on is a plain table; then the field is read or written as it was meant.
static int complete_module(lua_State *L)
{
    const struct brv_lua_script *script = lua_touserdata(L, lua_upvalueindex(1));
    lua_pushnil(L);
    lua_setmetatable(L, 1);
    lua_pushvalue(L, 1);
    brv_lua_script_run(L, script);
    lua_pop(L, 1); // [module key (value)]
    if (lua_gettop(L) == 3) {
        lua_settable(L, 1);
        return 0;
    }
    lua_gettable(L, 1);
    return 1;
}

// [module] The same for pairs(module).
static int complete_for_pairs(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushcclosure(L, complete_module, 1);
    lua_pushvalue(L, 1);
    lua_pushliteral(L, "");
    lua_call(L, 2, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_getfield(L, -1, "pairs");
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
}

// [module] A module of Lua is compiled when something of it is first asked for. Every plugin
// requires its modules as it is loaded, but most documents need few plugins: compiling all modules
// for all of them took thirty of forty-seven million instructions of a run.
static void defer_script(lua_State *L, const struct brv_lua_script *script)
{
    static const struct {
        const char *event;
        lua_CFunction function;
    } handlers[] = {
        { "__index", complete_module },
        { "__newindex", complete_module },
        { "__pairs", complete_for_pairs },
    };
    lua_createtable(L, 0, BRV_COUNT(handlers) + 1); // [module meta]
    for (size_t i = 0; i < BRV_COUNT(handlers); i++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)script);
        lua_pushcclosure(L, handlers[i].function, 1); // [module meta function]
        lua_setfield(L, -2, handlers[i].event);       // [module meta]
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2); // [module]
}

// [-0, +(0|1)] A module of Brevier: of C, of Lua, or of both. Its memory is the host's gift, so
// that it does not matter when it is made.
static bool push_shipped(lua_State *L, const char *name)
{
    struct brv_host_gift gift = brv_host_gift_begin(brv_sandbox_of(L));
    const struct brv_lua_library *library = NULL;
    for (size_t i = 0; i < brv_lua_library_count; i++)
        if (brv_lua_libraries[i]->where == BRV_LUA_REQUIRED &&
            strcmp(brv_lua_libraries[i]->name, name) == 0)
            library = brv_lua_libraries[i];
    const struct brv_lua_script *script = brv_lua_script_find(name);
    if (library)
        push_library(L, library);
    else if (script)
        lua_createtable(L, 0, 0);
    if (script)
        defer_script(L, script);
    brv_host_gift_end(brv_sandbox_of(L), gift);
    return library || script;
}

// [modules] -> [modules module?] The module that a plugin would be given now.
static bool push_known_module(lua_State *L, const char *name)
{
    lua_pushstring(L, name);
    return lua_rawget(L, 1) == LUA_TTABLE;
}

// [modules] The modules of C, which are what scripts require.
static void make_libraries(lua_State *L)
{
    for (size_t i = 0; i < brv_lua_library_count; i++) {
        const char *name = brv_lua_libraries[i]->name;
        if (brv_lua_libraries[i]->where == BRV_LUA_REQUIRED && !push_known_module(L, name) &&
            push_shipped(L, name))
            lua_setfield(L, 1, name);
        lua_settop(L, 1);
    }
}

int brv_libraries_load(lua_State *L)
{
    bool is_any = false;
    lua_settop(L, 0);
    lua_rawgetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_modules)); // [modules]
    for (size_t i = 0; i < brv_lua_script_count; i++) {
        if (push_known_module(L, brv_lua_scripts[i].name)) { // [modules module]
            brv_lua_script_load(L, &brv_lua_scripts[i]);
            is_any = true;
        }
        lua_settop(L, 1);
    }
    if (is_any)
        make_libraries(L);
    return 0;
}

int brv_lua_require(lua_State *L)
{
    const struct brv_program *program = brv_sandbox_of(L)->program;
    const char *name = luaL_checkstring(L, 1);
    brv_charge(L, 20);
    lua_settop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_modules)); // [name modules]
    lua_pushvalue(L, 1);
    lua_rawget(L, 2); // [name modules value?]
    if (lua_islightuserdata(L, 3))
        return luaL_error(L, "module \"%s\" requires itself", name);
    if (!lua_isnil(L, 3))
        return 1;
    lua_settop(L, 2);

    if (push_shipped(L, name)) { // [name modules module]
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 3);
        lua_rawset(L, 2); // modules[name] = module
        return 1;
    }
    for (size_t i = 1; program && i < program->module_count; i++) {
        if (!brv_str_is(program->modules[i].name, name))
            continue;
        lua_pushvalue(L, 1);
        lua_pushlightuserdata(L, brv_lua_key(&key_modules));
        lua_rawset(L, 2);                       // modules[name] = being loaded
        brv_entry_run(L, &program->modules[i]); // [name modules value]
        if (lua_isnil(L, 3)) {
            lua_pushboolean(L, 1);
            lua_replace(L, 3);
        }
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 3);
        lua_rawset(L, 2); // modules[name] = value
        return 1;
    }
    unknown_module(L, program, name);
}
