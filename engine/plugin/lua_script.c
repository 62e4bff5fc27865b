// Brevier — the modules written in Lua: running them, and reading their documentation.
// SPDX-License-Identifier: MIT
//
// A module's text documents itself as LuaLS wants it: lines that begin with "---" stand before the
// module and before each of its functions. The guide's reference and the stubs are made of these
// lines, so that they cannot say anything else.
#include "plugin/code.h"
#include "plugin/sandbox.h"

#include <string.h>

enum { COMPILE_BYTES_PER_UNIT = 4 };

const struct brv_lua_script *brv_lua_script_find(const char *name)
{
    for (size_t i = 0; i < brv_lua_script_count; i++)
        if (strcmp(brv_lua_scripts[i].name, name) == 0)
            return &brv_lua_scripts[i];
    return NULL;
}

// [-0, +1] The script as a function. Its memory is the host's gift, so that it does not matter when
// it is loaded.
static void push_function(lua_State *L, const struct brv_lua_script *script)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, script) == LUA_TFUNCTION) // [function]
        return;
    lua_pop(L, 1);
    struct brv_sandbox *box = brv_sandbox_of(L);
    struct brv_codes *codes = box->program ? box->program->codes : brv_codes_new(box->arena, NULL);
    brv_str code = brv_codes_of_script(codes, script);
    if (code.len == 0)
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
    struct brv_host_gift gift = brv_host_gift_begin(box);
    brv_code_push(L, code, script->name); // [function]
    brv_host_gift_end(box, gift);
}

void brv_lua_script_run(lua_State *L, const struct brv_lua_script *script)
{
    brv_charge(L, 50 + script->length / COMPILE_BYTES_PER_UNIT);
    push_function(L, script); // [… module function]
    lua_insert(L, -2);        // [… function module]
    lua_call(L, 1, 1);        // [… value]
}

void brv_lua_script_load(lua_State *L, const struct brv_lua_script *script)
{
    push_function(L, script); // [function]
    lua_rawsetp(L, LUA_REGISTRYINDEX, script);
}

// ---- documentation

// The line that begins at *at, without its line feed; *at moves to the next.
static brv_str next_line(brv_str text, size_t *at)
{
    size_t end = brv_str_find_byte(text, *at, '\n');
    brv_str line = brv_str_slice(text, *at, end);
    *at = end < text.len ? end + 1 : text.len;
    return line;
}

// "function OWNER.name(parameters)" or "function OWNER:name(parameters)".
static bool parse_function(brv_str line, struct brv_lua_doc *doc)
{
    static const brv_str keyword = BRV_S_INIT("function ");
    if (!brv_str_starts_with(line, keyword))
        return false;
    line = brv_str_slice(line, keyword.len, line.len);
    size_t open = brv_str_find_byte(line, 0, '(');
    size_t close = brv_str_find_byte(line, open, ')');
    brv_str path = brv_str_slice(line, 0, open);
    size_t dot = brv_str_find_byte(path, 0, '.');
    size_t colon = brv_str_find_byte(path, 0, ':');
    size_t separator = dot < colon ? dot : colon;
    if (separator == path.len || close == line.len)
        return false;
    doc->owner = brv_str_slice(path, 0, separator);
    doc->name = brv_str_slice(path, separator + 1, path.len);
    doc->is_method = colon < dot;
    doc->parameters = brv_str_slice(line, open + 1, close);
    return true;
}

bool brv_lua_doc_next(const struct brv_lua_script *script, size_t *at, struct brv_lua_doc *doc)
{
    brv_str text = { script->text, script->length };
    size_t begin = text.len;
    while (*at < text.len) {
        size_t start = *at;
        brv_str line = next_line(text, at);
        if (brv_str_starts_with(line, BRV_S("---"))) {
            if (begin == text.len)
                begin = start;
            continue;
        }
        if (begin == text.len)
            continue;
        *doc = (struct brv_lua_doc){ .comment = brv_str_slice(text, begin, start) };
        begin = text.len;
        if (parse_function(line, doc) || brv_str_starts_with(line, BRV_S("local M = ...")))
            return true;
    }
    return false;
}

bool brv_lua_doc_line(brv_str *comment, brv_str *line)
{
    if (comment->len == 0)
        return false;
    size_t at = 0;
    *line = next_line(*comment, &at);
    *comment = brv_str_slice(*comment, at, comment->len);
    *line = brv_str_trim(brv_str_slice(*line, strlen("---"), line->len));
    return true;
}
