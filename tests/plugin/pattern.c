// Brevier — the string library against stock Lua's.
// The same calls are made in a sandbox and in a plain state with Lua's own library, over generated
// patterns, subjects and formats; every result must agree. The generator is seeded, so a failure
// comes back.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "plugin/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>

enum { ROUNDS = 100000, TEXT_BYTES = 96 };

struct question {
    const char *function; // of the string library
    char a[TEXT_BYTES];
    char b[TEXT_BYTES];
    char c[TEXT_BYTES];
    lua_Number number;
    int arguments; // how many of a, b, c; the number comes last when has_number
    bool has_number;
};

struct answer {
    char text[4000];
};

// ---- asking

// [question answer] Calls the function of the global "string" and writes all results down.
static int ask(lua_State *L)
{
    const struct question *q = lua_touserdata(L, 1);
    struct answer *answer = lua_touserdata(L, 2);
    lua_settop(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_getfield(L, 1, "string");
    bool is_gmatch = strcmp(q->function, "gmatch") == 0;
    lua_getfield(L, 2, q->function); // [globals string f]
    lua_replace(L, 1);
    lua_settop(L, 1); // [f]
    const char *texts[] = { q->a, q->b, q->c };
    for (int i = 0; i < q->arguments && i < 3; i++)
        lua_pushstring(L, texts[i]);
    if (q->has_number)
        lua_pushnumber(L, q->number);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET); // [results…]
    size_t len = 0;
    answer->text[0] = '\0';
    for (int round = 0; round < (is_gmatch ? 40 : 1); round++) {
        if (is_gmatch) {
            lua_settop(L, 1);
            lua_pushvalue(L, 1);
            lua_call(L, 0, LUA_MULTRET); // [iterator results…]
            if (lua_isnoneornil(L, 2))
                break;
        }
        for (int i = is_gmatch ? 2 : 1; i <= lua_gettop(L); i++) {
            const char *text = lua_tostring(L, i);
            int n = snprintf(answer->text + len,
                             sizeof answer->text - len,
                             "%s<%s>",
                             luaL_typename(L, i),
                             text ? text : "");
            len += (size_t)n < sizeof answer->text - len ? (size_t)n : 0;
        }
    }
    return 0;
}

struct both {
    const struct question *question;
    struct answer *answer;
};

// [both]
static int ask_in_sandbox(lua_State *L)
{
    struct both *both = lua_touserdata(L, 1);
    lua_settop(L, 0);
    lua_pushcfunction(L, ask);
    lua_pushlightuserdata(L, (void *)(uintptr_t)both->question);
    lua_pushlightuserdata(L, both->answer);
    lua_call(L, 2, 0);
    return 0;
}

static void ask_stock(lua_State *L, const struct question *q, struct answer *answer)
{
    lua_settop(L, 0);
    lua_pushcfunction(L, ask);
    lua_pushlightuserdata(L, (void *)(uintptr_t)q);
    lua_pushlightuserdata(L, answer);
    if (lua_pcall(L, 2, 0, 0) != LUA_OK)
        snprintf(answer->text, sizeof answer->text, "error");
}

// ---- generating

static size_t pick(uint64_t *seed, size_t count)
{
    return (size_t)(random_next(seed) % count);
}

static void add(char *out, const char *piece)
{
    size_t len = strlen(out);
    snprintf(out + len, TEXT_BYTES - len, "%s", piece);
}

static void make_subject(uint64_t *seed, char out[TEXT_BYTES])
{
    static const char *const pieces[] = { "a", "b", "ab", "aa", "(", ")", "1", "23", " ", "x.y",
                                          "A", "%", "-",  "é",  "[", "]", "_", "^",  "$" };
    out[0] = '\0';
    for (size_t n = pick(seed, 14); n > 0; n--)
        add(out, pieces[pick(seed, BRV_COUNT(pieces))]);
}

static void make_pattern(uint64_t *seed, char out[TEXT_BYTES])
{
    static const char *const singles[] = { "a",    "b",     ".",    "%a",    "%d", "%s",    "%w",
                                           "[ab]", "[^a]",  "%p",   "[%w_]", "%.", "x",     "[a-z]",
                                           "%u",   "[]a]",  "[^]]", "[a-]",  "%A", "[%a-]", "%%",
                                           "%l",   "%x",    "%g",   "[%]x]", "^",  "$",     "%W",
                                           "%c",   "[1-9]", "é",    "[-a]" };
    static const char *const repeats[] = { "", "", "", "*", "+", "-", "?" };
    static const char *const others[] = { "%b()", "%f[%w]", "%f[%W]", "%bab", "()", "%f[a]" };
    out[0] = '\0';
    if (pick(seed, 6) == 0)
        add(out, "^");
    int open = 0;
    int made = 0;
    for (size_t n = 1 + pick(seed, 6); n > 0; n--) {
        if (pick(seed, 5) == 0 && made < 6) {
            add(out, "(");
            open++;
            made++;
        }
        if (pick(seed, 8) == 0) {
            const char *other = others[pick(seed, BRV_COUNT(others))];
            made += strcmp(other, "()") == 0;
            add(out, other);
        } else {
            add(out, singles[pick(seed, BRV_COUNT(singles))]);
            add(out, repeats[pick(seed, BRV_COUNT(repeats))]);
        }
        if (open > 0 && pick(seed, 3) == 0) {
            add(out, ")");
            open--;
        }
    }
    for (; open > 0; open--)
        add(out, ")");
    if (made > 0 && pick(seed, 8) == 0)
        add(out, "%1");
    if (pick(seed, 6) == 0)
        add(out, "$");
}

static void make_format(uint64_t *seed, char out[TEXT_BYTES])
{
    static const char *const flags[] = { "", "", "-", "+", " ", "0", "#", "-+", "+0", "# " };
    static const char *const widths[] = { "", "", "5", "12", "30" };
    static const char *const precisions[] = { "", "", ".0", ".3", ".12", "." };
    // Flags that a conversion does not take are errors in stock Lua; only those it takes are made.
    static const char *const kinds = "dixXofeEgGFsc";
    char kind[2] = { kinds[pick(seed, strlen(kinds))], '\0' };
    const char *flag = flags[pick(seed, BRV_COUNT(flags))];
    const char *precision = precisions[pick(seed, BRV_COUNT(precisions))];
    if (strchr("di", *kind) && strchr(flag, '#'))
        flag = "";
    if (strchr("xXo", *kind) && (strchr(flag, '+') || strchr(flag, ' ')))
        flag = "#";
    if (strchr("sc", *kind))
        flag = strcmp(flag, "-") == 0 ? flag : "";
    if (*kind == 'c')
        precision = "";
    if (*kind == 'F') // stock Lua has no %F
        *kind = 'f';
    snprintf(out,
             TEXT_BYTES,
             "<%%%s%s%s%s>",
             flag,
             widths[pick(seed, BRV_COUNT(widths))],
             precision,
             kind);
}

static void make_question(uint64_t *seed, struct question *q)
{
    static const char *const functions[] = { "find", "match", "gmatch", "gsub",  "format", "rep",
                                             "sub",  "byte",  "upper",  "lower", "reverse" };
    *q = (struct question){ .function = functions[pick(seed, BRV_COUNT(functions))] };
    make_subject(seed, q->a);
    q->arguments = 1;
    lua_Integer small = (lua_Integer)pick(seed, 24) - 8;
    if (strcmp(q->function, "format") == 0) {
        static const lua_Number numbers[] = { 0,   1,    -1,     42,   65,      1e15,
                                              255, -255, 123456, 9e15, 1048576, 7 };
        make_format(seed, q->a);
        q->has_number = true;
        q->number = numbers[pick(seed, BRV_COUNT(numbers))];
        if (strpbrk(q->a, "feEgG") && pick(seed, 2))
            q->number = q->number / 7;
    } else if (strpbrk(q->function, "fm") || strcmp(q->function, "gsub") == 0) {
        static const char *const replacements[] = { "", "x", "<%0>", "%1", "%%", "[%1%1]" };
        make_pattern(seed, q->b);
        q->arguments = 2;
        if (strcmp(q->function, "gsub") == 0) {
            add(q->c, replacements[pick(seed, BRV_COUNT(replacements))]);
            q->arguments = 3;
        }
        q->has_number = pick(seed, 4) == 0;
        q->number = (lua_Number)small;
    } else if (strcmp(q->function, "rep") == 0 || strcmp(q->function, "sub") == 0 ||
               strcmp(q->function, "byte") == 0) {
        q->has_number = true;
        q->number = (lua_Number)small;
    }
}

// ---- comparing

static void test_string__agrees_with_stock_lua(void **state)
{
    struct fixture *fixture = *state;
    struct brv_limits limits = brv_limits_default();
    limits.plugin_cpu_ms = 60000;
    struct brv_sandbox *box = brv_sandbox_new(fixture->arena, NULL, &limits);
    lua_State *stock = luaL_newstate();
    assert_non_null(stock);
    luaL_openlibs(stock);
    uint64_t seed = 0x5EED;
    size_t errors = 0;
    for (int i = 0; i < ROUNDS; i++) {
        struct question q;
        struct answer ours = { "" };
        struct answer theirs = { "" };
        make_question(&seed, &q);
        struct both both = { &q, &ours };
        if (brv_sandbox_call(box, ask_in_sandbox, &both) != BRV_OK)
            snprintf(ours.text, sizeof ours.text, "error");
        ask_stock(stock, &q, &theirs);
        errors += strcmp(theirs.text, "error") == 0;
        if (strcmp(ours.text, theirs.text) != 0)
            fail_msg("string.%s(\"%s\", \"%s\", \"%s\", %g): ours %s, stock %s",
                     q.function,
                     q.a,
                     q.b,
                     q.c,
                     q.has_number ? q.number : 0.0,
                     ours.text,
                     theirs.text);
    }
    lua_close(stock);
    print_message("%d questions, %zu without an answer\n", ROUNDS, errors);
    assert_true(errors < ROUNDS / 4); // most questions have an answer
    brv_sandbox_close(box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_string__agrees_with_stock_lua),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
