// Brevier — the math library, with chance that the document decides.
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "plugin/library.h"
#include "plugin/run.h"
#include "plugin/sandbox.h"

#include <math.h>

// A float that is integral becomes an integer when it fits.
static void push_rounded(lua_State *L, lua_Number number)
{
    lua_Integer integer;
    if (lua_numbertointeger(number, &integer))
        lua_pushinteger(L, integer);
    else
        lua_pushnumber(L, number);
}

static int l_abs(lua_State *L)
{
    brv_charge(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_Integer n = lua_tointeger(L, 1);
        lua_pushinteger(L, n < 0 ? (lua_Integer)(0u - (lua_Unsigned)n) : n);
    } else {
        lua_pushnumber(L, fabs(luaL_checknumber(L, 1)));
    }
    return 1;
}

static int round_up(lua_State *L)
{
    brv_charge(L, 1);
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_rounded(L, ceil(luaL_checknumber(L, 1)));
    return 1;
}

static int round_down(lua_State *L)
{
    brv_charge(L, 1);
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_rounded(L, floor(luaL_checknumber(L, 1)));
    return 1;
}

static int l_fmod(lua_State *L)
{
    brv_charge(L, 1);
    if (lua_isinteger(L, 1) && lua_isinteger(L, 2)) {
        lua_Integer divisor = lua_tointeger(L, 2);
        luaL_argcheck(L, divisor != 0, 2, "zero");
        lua_pushinteger(L, divisor == -1 ? 0 : lua_tointeger(L, 1) % divisor);
    } else {
        lua_pushnumber(L, fmod(luaL_checknumber(L, 1), luaL_checknumber(L, 2)));
    }
    return 1;
}

static int l_modf(lua_State *L)
{
    brv_charge(L, 1);
    lua_Number number = luaL_checknumber(L, 1);
    lua_Number whole = number < 0 ? ceil(number) : floor(number);
    lua_pushnumber(L, whole);
    lua_pushnumber(L, number == whole ? 0.0 : number - whole);
    return 2;
}

// math.max and math.min: [numbers…], `wants_less` tells which.
static int extreme(lua_State *L, bool wants_less)
{
    int count = lua_gettop(L);
    brv_charge(L, (uint64_t)count + 1);
    luaL_checknumber(L, 1);
    int best = 1;
    for (int i = 2; i <= count; i++) {
        luaL_checknumber(L, i);
        if (wants_less ? lua_compare(L, i, best, LUA_OPLT) : lua_compare(L, best, i, LUA_OPLT))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int l_max(lua_State *L)
{
    return extreme(L, false);
}

static int l_min(lua_State *L)
{
    return extreme(L, true);
}

static int l_tointeger(lua_State *L)
{
    brv_charge(L, 1);
    int is_integer = 0;
    lua_Integer value = lua_tointegerx(L, 1, &is_integer);
    luaL_checkany(L, 1);
    if (is_integer)
        lua_pushinteger(L, value);
    else
        lua_pushnil(L);
    return 1;
}

static int l_type(lua_State *L)
{
    brv_charge(L, 1);
    luaL_checkany(L, 1);
    if (lua_type(L, 1) != LUA_TNUMBER)
        lua_pushnil(L);
    else
        lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
    return 1;
}

static int l_ult(lua_State *L)
{
    brv_charge(L, 1);
    lua_Integer a = luaL_checkinteger(L, 1);
    lua_Integer b = luaL_checkinteger(L, 2);
    lua_pushboolean(L, (lua_Unsigned)a < (lua_Unsigned)b);
    return 1;
}

// ---- chance
// The numbers are the same whenever the same plugin meets the same section of the same document.

static uint64_t seed_of(const struct brv_call *call)
{
    if (*call->document_seed == 0) {
        brv_str text = call->document->source->text;
        *call->document_seed = brv_hash(text.ptr, text.len, 0) | 1;
    }
    brv_str plugin = call->manifest->info.name;
    brv_str id = call->task->section ? call->task->section->id : BRV_S("");
    uint64_t seed = brv_hash(plugin.ptr, plugin.len, *call->document_seed);
    return brv_hash(id.ptr, id.len, seed) | 1;
}

// splitmix64
static uint64_t draw(lua_State *L)
{
    struct brv_call *call = brv_call_of(L);
    if (!call) {
        luaL_error(L, "math.random is there while something is rendered, not before");
        return 0;
    }
    if (call->random == 0)
        call->random = seed_of(call);
    call->random += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = call->random;
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

// Of the numbers 0 … most each is as likely: what is beyond is drawn again.
static uint64_t draw_up_to(lua_State *L, uint64_t most)
{
    uint64_t mask = most;
    for (unsigned shift = 1; shift < 64; shift *= 2)
        mask |= mask >> shift;
    uint64_t drawn = draw(L) & mask;
    while (drawn > most) {
        brv_charge(L, 1);
        drawn = draw(L) & mask;
    }
    return drawn;
}

static int l_random(lua_State *L)
{
    brv_charge(L, 4);
    if (lua_gettop(L) == 0) {
        lua_pushnumber(L, (lua_Number)(draw(L) >> 11) * 0x1p-53);
        return 1;
    }
    bool has_low = !lua_isnoneornil(L, 2);
    lua_Integer low = has_low ? luaL_checkinteger(L, 1) : 1;
    lua_Integer high = luaL_checkinteger(L, has_low ? 2 : 1);
    luaL_argcheck(L, low <= high, has_low ? 2 : 1, "interval is empty");
    uint64_t drawn = draw_up_to(L, (uint64_t)high - (uint64_t)low);
    drawn += (uint64_t)low;
    lua_pushinteger(L, (lua_Integer)drawn);
    return 1;
}

// Functions of one float.
#define FLOAT_FUNCTION(name, function)                                                             \
    static int name(lua_State *L)                                                                  \
    {                                                                                              \
        brv_charge(L, 2);                                                                          \
        lua_pushnumber(L, function(luaL_checknumber(L, 1)));                                       \
        return 1;                                                                                  \
    }
FLOAT_FUNCTION(l_acos, acos)
FLOAT_FUNCTION(l_asin, asin)
FLOAT_FUNCTION(l_cos, cos)
FLOAT_FUNCTION(l_exp, exp)
FLOAT_FUNCTION(l_sin, sin)
FLOAT_FUNCTION(l_sqrt, sqrt)
FLOAT_FUNCTION(l_tan, tan)

static int l_atan(lua_State *L)
{
    brv_charge(L, 2);
    lua_pushnumber(L, atan2(luaL_checknumber(L, 1), luaL_optnumber(L, 2, 1)));
    return 1;
}

static int l_log(lua_State *L)
{
    brv_charge(L, 2);
    lua_Number number = luaL_checknumber(L, 1);
    lua_Number base = luaL_optnumber(L, 2, 0);
    if (lua_isnoneornil(L, 2))
        lua_pushnumber(L, log(number));
    else if (base == 2)
        lua_pushnumber(L, log2(number));
    else if (base == 10)
        lua_pushnumber(L, log10(number));
    else
        lua_pushnumber(L, log(number) / log(base));
    return 1;
}

static void add_constants(lua_State *L)
{
    lua_pushnumber(L, 3.141592653589793);
    lua_setfield(L, -2, "pi");
    lua_pushnumber(L, (lua_Number)HUGE_VAL);
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
}

static const struct brv_lua_function functions[] = {
    { "abs", l_abs, "(x)", "The absolute value." },
    { "acos", l_acos, "(x)", "The arc cosine in radians." },
    { "asin", l_asin, "(x)", "The arc sine in radians." },
    { "atan", l_atan, "(y [, x])", "The arc tangent of y/x in radians." },
    { "ceil", round_up, "(x)", "The smallest integer not below x." },
    { "cos", l_cos, "(x)", "The cosine of radians." },
    { "exp", l_exp, "(x)", "The exponential." },
    { "floor", round_down, "(x)", "The largest integer not above x." },
    { "fmod", l_fmod, "(x, y)", "The remainder that rounds the quotient towards zero." },
    { "log", l_log, "(x [, base])", "The logarithm, natural by default." },
    { "max", l_max, "(x, …)", "The greatest argument." },
    { "min", l_min, "(x, …)", "The least argument." },
    { "modf", l_modf, "(x)", "The whole part and the fraction." },
    { "random",
      l_random,
      "([m [, n]])",
      "A number from 0 to 1, an integer from 1 to m, or one from m to n. The same section of the "
      "same analysis gives the same numbers." },
    { "sin", l_sin, "(x)", "The sine of radians." },
    { "sqrt", l_sqrt, "(x)", "The square root." },
    { "tan", l_tan, "(x)", "The tangent of radians." },
    { "tointeger", l_tointeger, "(x)", "The integer equal to x, or nil." },
    { "type", l_type, "(x)", "\"integer\", \"float\" or nil." },
    { "ult", l_ult, "(a, b)", "Whether a is below b as unsigned integers." },
};

const struct brv_lua_library brv_lua_math = {
    .name = "math",
    .where = BRV_LUA_GLOBAL_TABLE,
    .summary = "As in Lua 5.4, with `pi`, `huge`, `maxinteger`, `mininteger`.",
    .functions = functions,
    .count = BRV_COUNT(functions),
    .finish = add_constants,
};
