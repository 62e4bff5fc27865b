// Brevier — texts under construction.
// SPDX-License-Identifier: MIT
#include "plugin/sandbox.h"

enum { TEXT_STACK = 16 }; // texts of full length that may be under construction at once

size_t brv_text_begin(lua_State *L)
{
    return brv_sandbox_of(L)->text.len;
}

struct brv_buf *brv_text_reserve(lua_State *L, size_t start, size_t len)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    brv_charge_bytes(L, len);
    brv_check_string_length(L, len);
    brv_check_string_length(L, box->text.len - start + len);
    if (box->text.len + len > TEXT_STACK * box->limits.plugin_string_bytes)
        brv_raise_verdict(L, BRV_VERDICT_MEMORY);
    brv_buf_reserve(&box->text, len);
    return &box->text;
}

void brv_text_add(lua_State *L, size_t start, const char *bytes, size_t len)
{
    brv_buf_add(brv_text_reserve(L, start, len), bytes, len);
}

void brv_text_push(lua_State *L, size_t start)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    size_t len = box->text.len - start;
    lua_pushlstring(L, len ? box->text.ptr + start : "", len); // [text]
    box->text.len = start;
}
