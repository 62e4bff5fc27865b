// Brevier — the libraries a plugin finds in its state: the allow-list.
// Every function that a script can call is a row of one of these tables, with its signature and a
// line of help; brv_plugin_reference() prints them. What Lua has and a plugin does not is listed in
// library.c with the reason.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_LIBRARY_H
#define BRV_PLUGIN_LIBRARY_H

#include "base/str.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct brv_lua_function {
    const char *name;
    lua_CFunction function;
    const char *signature; // "(s, pattern [, init])"
    const char *help;      // one sentence
};

// Where a script finds a library. METHODS are those of an object that is handed to it.
enum brv_lua_place_of {
    BRV_LUA_GLOBALS,
    BRV_LUA_GLOBAL_TABLE,
    BRV_LUA_REQUIRED,
    BRV_LUA_METHODS,
};

struct brv_lua_library {
    const char *name; // "string", "brevier.text"
    enum brv_lua_place_of where;
    const char *summary;
    const struct brv_lua_function *functions;
    size_t count;
    // Adds what is no function (math.pi): [table] on top, left there. May be NULL.
    void (*finish)(lua_State *L);
};

extern const struct brv_lua_library brv_lua_base;
extern const struct brv_lua_library brv_lua_string;
extern const struct brv_lua_library brv_lua_table;
extern const struct brv_lua_library brv_lua_math;
extern const struct brv_lua_library brv_lua_utf8;
extern const struct brv_lua_library brv_lua_brevier;
extern const struct brv_lua_library brv_lua_element;
extern const struct brv_lua_library brv_lua_text;
extern const struct brv_lua_library brv_lua_canvas;

// A module written in Lua, embedded by the build. Where a library of C has the same name its table
// is what the script adds to, as its "…"; else an empty one.
struct brv_lua_script {
    const char *name; // "brevier.date"
    const char *text;
    size_t length;
};
extern const struct brv_lua_script brv_lua_scripts[];
extern const size_t brv_lua_script_count;
// NULL when there is none.
const struct brv_lua_script *brv_lua_script_find(const char *name);
// [module] -> [value] Runs a script, which returns the module.
void brv_lua_script_run(lua_State *L, const struct brv_lua_script *script);
// Loads a script ahead of its running, which is none the cheaper for the plugin.
void brv_lua_script_load(lua_State *L, const struct brv_lua_script *script);

// A documented function of a script; the module itself has no name.
struct brv_lua_doc {
    brv_str comment; // the "---" lines
    brv_str owner;   // "M", or the class whose method it is
    brv_str name;
    brv_str parameters;
    bool is_method;
};
// Finds the next one from *at on, which begins at 0; false at the end.
bool brv_lua_doc_next(const struct brv_lua_script *script, size_t *at, struct brv_lua_doc *doc);
// Cuts the first line off a comment, without its dashes; false at the end.
bool brv_lua_doc_line(brv_str *comment, brv_str *line);

// All of them, in the order of the reference.
extern const struct brv_lua_library *const brv_lua_libraries[];
extern const size_t brv_lua_library_count;

// What stock Lua offers and a plugin does not, and why.
struct brv_lua_omission {
    const char *names;
    const char *reason;
};
extern const struct brv_lua_omission brv_lua_omissions[];
extern const size_t brv_lua_omission_count;

// A body for the gate: makes the globals and the metatable of strings.
int brv_libraries_open(lua_State *L);
// A body for the gate: loads the scripts of all modules that were required, and makes those of C
// that scripts require.
int brv_libraries_load(lua_State *L);
// require(name)
int brv_lua_require(lua_State *L);

// ---- shared by the libraries

// [-0, +1] Pushes a text, which may have no bytes at all.
static inline void brv_lua_push_str(lua_State *L, brv_str text)
{
    lua_pushlstring(L, text.len ? text.ptr : "", text.len);
}
// [-0, +1] Text of any value without addresses: honours __tostring and __name.
const char *brv_lua_text_of(lua_State *L, int index, size_t *len);
// [-0, +1] What a script's author calls the type: a view is a "section", not userdata.
const char *brv_lua_type_name(lua_State *L, int index);
// Raises "…" with the position of the caller and, when there is one, the nearest of `names`.
_Noreturn void brv_lua_name_error(lua_State *L, const char *what, const char *word,
                                  const char *const *names, size_t count);
// Which of the names, up to 32, are keys of the table, as bits. Raises for a key that is none of
// them: of several the first by its bytes, since Lua's own order differs from run to run.
uint32_t brv_lua_names_in(lua_State *L, int index, const char *what, const char *const *names,
                          size_t count);
// Raises unless the argument is a table; wakes it if it is an element that is asleep, so that it
// can be read and written without its metamethods.
void brv_lua_check_table(lua_State *L, int index);
// Converts a relative position of a string or list (negative: from the end) to 0 … len + 1.
size_t brv_lua_from_position(lua_Integer position, size_t len);
size_t brv_lua_to_position(lua_Integer position, size_t len);

// Own pairs() and next() (pairs.c).
int brv_lua_pairs(lua_State *L);
int brv_lua_next(lua_State *L);
// brevier.markdown and context.style (lua_services.c)
int brv_lua_markdown(lua_State *L);
int brv_lua_look(lua_State *L);
// brevier.text.width (lua_canvas.c)
int brv_lua_text_width(lua_State *L);
// string.format (string_format.c)
int brv_lua_format(lua_State *L);
// brevier.check_options (lua_options.c)
int brv_lua_check_options(lua_State *L);

// Keeps the first words in the order of their bytes: what Lua walks in an order that differs from
// run to run is told in this.
enum { BRV_LUA_WORDS_KEPT = 20 };
void brv_lua_keep_word(brv_str kept[BRV_LUA_WORDS_KEPT], size_t *count, brv_str word);

// Keys of tables that scripts cannot see: light userdata of these addresses.
extern const char brv_key_metatable_copy; // script's metatable -> the copy that Lua uses, and back
extern const char brv_key_origin;         // element -> node of the document, or line of its maker
static inline void *brv_lua_key(const char *address)
{
    return (void *)(size_t)address;
}

#endif
