// Brevier — compiling the text of a plugin's file.
// SPDX-License-Identifier: MIT
//
// No hook comes while Lua's compiler runs, and it is quadratic in places: each "and" of a chain,
// and each "elseif", walks over those before it, so that one file of 256 KiB takes two seconds. The
// text is handed over in small pieces, and each is an occasion to look at the clock. What is left
// are the jumps that the end of a block settles all at once: their number is limited.
#include "plugin/compile.h"

#include "plugin/sandbox.h"

#include <lauxlib.h>

enum { PIECE_BYTES = 256, COMPILE_BYTES_PER_UNIT = 4 };

static bool is_name_byte(char c)
{
    return brv_is_digit(c) || c == '_' || (brv_to_lower(c) >= 'a' && brv_to_lower(c) <= 'z');
}

// Words of comments and strings are counted as well: it is a limit that no prose comes near.
static void check_jumps(lua_State *L, brv_str text, const char *chunk_name)
{
    size_t jumps = 0;
    int line = 1;
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        while (at < text.len && is_name_byte(text.ptr[at]))
            at++;
        brv_str word = brv_str_slice(text, start, at);
        jumps += brv_str_is(word, "goto") || brv_str_is(word, "break");
        if (jumps > BRV_COMPILE_JUMPS)
            luaL_error(L,
                       "%s:%d: more than %d jumps (goto, break) in one file",
                       chunk_name + 1,
                       line,
                       BRV_COMPILE_JUMPS);
        if (at > start)
            continue;
        line += text.ptr[at] == '\n';
        at++;
    }
}

// A lua_Reader.
static const char *next_piece(lua_State *L, void *rest, size_t *size)
{
    brv_str *text = rest;
    *size = text->len < PIECE_BYTES ? text->len : PIECE_BYTES;
    brv_charge_watched(L, 1 + *size / COMPILE_BYTES_PER_UNIT);
    const char *piece = text->ptr;
    *text = brv_str_slice(*text, *size, text->len);
    return piece;
}

void brv_compile(lua_State *L, brv_str text, const char *chunk_name)
{
    check_jumps(L, text, chunk_name);
    if (lua_load(L, next_piece, &text, chunk_name, "t") != LUA_OK)
        lua_error(L);
}
