// Brevier — hostile plugins: whatever one does costs its own section and nothing else.
// Each row is the body of a render function. The section falls back to its own content behind a
// notice, the error says what is expected, and the sections around it are what they are without the
// plugin.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <stdio.h>
#include <time.h>

struct attack {
    const char *name;
    const char *body;
    const char *message; // part of the error
};

static const struct attack attacks[] = {
    // Errors of every kind.
    { "error", "error('no luck')", "no luck" },
    { "error with a table", "error({})", "an error value that is no text was raised (a table)" },
    { "error with nil", "error()", "no text was raised (a nil)" },
    { "error with __tostring",
      "error(setmetatable({}, { __tostring = function() while true do end end }))",
      "(a table)" },
    { "nil call", "local x; x()", "attempt to call a nil value" },
    { "nil index", "local x; return x.y.z", "attempt to index a nil value" },
    { "assert", "assert(false, 'broken')", "broken" },
    { "assert without message", "assert(nil)", "assertion failed" },
    { "stack overflow", "local function f() return 1 + f() end return f()", "of memory" },
    { "C stack overflow",
      "local t = setmetatable({}, {}) local function f() return string.gsub('a', 'a', f) end f()",
      "C stack overflow" },
    { "string arithmetic", "return '10' + 1", "attempt to perform arithmetic on a string value" },

    // Loops, and loops that catch.
    { "endless loop", "while true do end", "ran for more than" },
    { "endless goto", "::top:: goto top", "ran for more than" },
    { "endless recursion by tail calls", "local function f() return f() end f()", "ran for more" },
    { "pcall around a loop",
      "while true do pcall(function() while true do end end) end",
      "ran for more than" },
    { "pcall of pcall", "while true do pcall(pcall, pcall, error) end", "ran for more than" },
    { "nested pcall",
      "local function f() return pcall(function() while true do end end) and f() or f() end f()",
      "ran for more than" },
    { "xpcall with a looping handler",
      "xpcall(function() error('x') end, function() while true do end end)",
      "ran for more than" },
    { "xpcall handler after the budget",
      "xpcall(function() while true do end end, function() while true do end end)",
      "ran for more than" },
    { "xpcall handler that raises for ever",
      "while true do xpcall(error, function(m) error(m) end, 'x') end",
      "ran for more than" },
    { "__index loop",
      "local t = setmetatable({}, { __index = function() while true do end end }) return t.x",
      "ran for more than" },
    { "__index chain that calls itself",
      "local t = {} setmetatable(t, { __index = function(s, k) return s[k] end }) return t.x",
      "stack overflow" },
    { "__eq loop",
      "local m = { __eq = function() while true do end end } "
      "return setmetatable({}, m) == setmetatable({}, m)",
      "ran for more than" },
    { "__lt loop",
      "local m = { __lt = function() while true do end end } "
      "return setmetatable({}, m) < setmetatable({}, m)",
      "ran for more than" },
    { "__concat loop",
      "return setmetatable({}, { __concat = function() while true do end end }) .. 'x'",
      "ran for more than" },
    { "__len loop",
      "return #setmetatable({}, { __len = function() while true do end end })",
      "ran for more than" },
    { "__call loop",
      "setmetatable({}, { __call = function() while true do end end })()",
      "ran for more than" },
    { "__tostring loop",
      "return tostring(setmetatable({}, { __tostring = function() while true do end end }))",
      "ran for more than" },
    { "__pairs loop",
      "for _ in pairs(setmetatable({}, { __pairs = function() while true do end end })) do end",
      "ran for more than" },
    { "sort comparator loop",
      "table.sort({ 3, 2, 1 }, function() while true do end end)",
      "ran for more than" },
    { "gsub callback loop",
      "string.gsub('abc', '.', function() while true do end end)",
      "ran for more than" },
    { "pcall in a gsub callback",
      "string.gsub(('a'):rep(1000), '.', function() pcall(function() while true do end end) end)",
      "ran for more than" },
    { "iterator without end", "for _ in function() return 1 end do end", "ran for more than" },
    { "numeric loop", "for i = 1, math.maxinteger do end", "ran for more than" },
    { "float loop", "for i = 1, math.huge do end", "ran for more than" },

    // Library calls in which no hook fires.
    { "rep of a billion", "return string.rep('a', 1e9)", "made a string longer than" },
    { "rep of nothing, for ever",
      "for i = 1, 1e9 do string.rep('', 1 << 62) end",
      "ran for more than" },
    { "rep with overflow", "return string.rep('abc', math.maxinteger)", "made a string longer" },
    { "rep by separator", "return string.rep('', 1e9, 'xx')", "made a string longer than" },
    { "five lazy items", "return ('a'):rep(400):find('.-.-.-.-.-b')", "ran for more than" },
    { "exponential pattern",
      "return ('a'):rep(30):find(('a-'):rep(16) .. 'b')",
      "ran for more than" },
    { "quadratic lazy", "return ('a'):rep(100000):find('a-b')", "ran for more than" },
    { "quadratic any", "return ('a'):rep(200000):find('.-b')", "ran for more than" },
    { "quadratic balance", "return ('('):rep(200000):find('%b()')", "ran for more than" },
    { "pathological match in pcall",
      "while true do pcall(string.match, ('a'):rep(400), '.-.-.-.-b') end",
      "ran for more than" },
    { "pathological gmatch",
      "for _ in ('a'):rep(100000):gmatch('a*a*a*b') do end",
      "ran for more than" },
    { "pathological gsub", "return ('a'):rep(100000):gsub('a-b', '')", "ran for more than" },
    { "back references", "return ('a'):rep(4000):find('(a*)(a*)%1%2b')", "ran for more than" },
    { "long sets",
      "local set = '[' .. ('a-b'):rep(300) .. ']-z' "
      "for i = 1, 1e6 do ('a'):rep(5000):find(set) end",
      "ran for more than" },
    { "pattern of many items", "return ('a'):find(('a?'):rep(5000))", "more than 2000 items" },
    { "deep pattern", "return ('a'):rep(500):find(('a?'):rep(500))", "pattern too complex" },
    { "plain find",
      "local h = ('a'):rep(250000) local n = ('a'):rep(100000) .. 'b' "
      "for i = 1, 1e9 do h:find(n, 1, true) end",
      "ran for more than" },
    { "move of a billion nils", "table.move({}, 1, 1e9, 2)", "ran for more than" },
    { "move into another", "table.move({}, 1, 1e9, 1, {})", "ran for more than" },
    { "remove with a false length",
      "table.remove(setmetatable({}, { __len = function() return 1e8 end }), 1) while true do end",
      "ran for more than" },
    { "insert at the front",
      "local t = {} while true do table.insert(t, 1, 0) end",
      "ran for more than" },
    { "concat with __len",
      "return table.concat(setmetatable({}, { __len = function() return 1 << 40 end }), 'x', 1, 1 "
      "<< 40)",
      "cannot be put into a text" },
    { "concat of much",
      "local t = {} for i = 1, 100 do t[i] = ('x'):rep(10000) end "
      "return table.concat(t)",
      "made a string longer than" },
    { "sort of many",
      "local t = {} for i = 1, 300000 do t[i] = -i end table.sort(t)",
      "too many elements to sort" },
    { "sort again and again",
      "local t = {} for i = 1, 100000 do t[i] = -i end "
      "while true do table.sort(t) end",
      "ran for more than" },
    { "unpack of much", "return table.unpack({}, 1, 1e8)", "too many results to unpack" },
    { "unpack with overflow",
      "return table.unpack({}, math.mininteger, math.maxinteger)",
      "too many results to unpack" },
    { "byte of much", "return ('x'):rep(200000):byte(1, -1)", "too many results" },
    { "format of wide floats",
      "while true do string.format(('%99.99f'):rep(200), table.unpack(setmetatable({}, {}), 1, "
      "200)) "
      "end",
      "number expected" },
    { "format in a loop",
      "local t = {} for i = 1, 200 do t[i] = 1e308 end "
      "while true do string.format(('%99.99f'):rep(200), table.unpack(t)) end",
      "ran for more than" },
    { "format width", "return ('%100d'):format(1)", "invalid conversion" },
    { "upper of much",
      "local s = ('x'):rep(250000) while true do s:upper() end",
      "ran for more than" },
    { "utf8 of much",
      "local s = ('x'):rep(250000) while true do utf8.len(s) end",
      "ran for more than" },
    { "utf8.codes without end",
      "while true do for _ in utf8.codes('abc') do end end",
      "ran for more than" },
    { "tonumber of much",
      "local s = ('1'):rep(250000) while true do tonumber(s) end",
      "ran for more than" },
    { "pairs over much",
      "local t = {} for i = 1, 50000 do t['k' .. i] = i end "
      "while true do for _ in pairs(t) do end end",
      "ran for more than" },
    { "next over much",
      "local t = {} for i = 1, 20000 do t['k' .. i] = i end "
      "for k in next, t do end",
      "ran for more than" },

    // Memory.
    { "a table that grows", "local t = {} while true do t[#t + 1] = {} end", "of memory" },
    { "a table in pcall",
      "local t = {} while true do pcall(function() "
      "for i = 1, 1e5 do t[#t + 1] = { i } end end) end",
      "of memory" },
    { "a string that doubles",
      "local s = 'x' while true do s = s .. s end",
      "made a string longer than" },
    { "doubling in pcall",
      "local s = 'x' while true do pcall(function() s = s .. s end) end",
      "made a string longer than" },
    { "rep in pcall",
      "while true do pcall(string.rep, 'x', 1e7) end",
      "made a string longer than" },
    { "many strings",
      "local t = {} local s = ('x'):rep(100) for i = 1, 1e6 do t[i] = s:rep(2000) .. i end",
      "of memory" },
    { "closures",
      "local t = {} while true do t[#t + 1] = function() return t end end",
      "of memory" },
    { "wide table",
      "local t = table.pack(table.unpack({}, 1, 9000)) local all = {} "
      "while true do all[#all + 1] = table.pack(table.unpack(t, 1, 9000)) end",
      "of memory" },

    // Metatables.
    { "__gc",
      "setmetatable({}, { __gc = function() while true do end end })",
      "a metatable may not have \"__gc\"" },
    { "__mode", "setmetatable({}, { __mode = 'k' })", "a metatable may not have \"__mode\"" },
    { "__close",
      "setmetatable({}, { __close = function() end })",
      "a metatable may not have \"__close\"" },
    { "__close added later",
      "local m = {} local t = setmetatable({}, m) m.__close = function() while true do end end "
      "local x <close> = t",
      "got a non-closable value" },
    { "the metatable of strings", "getmetatable('').__index = nil", "attempt to index a boolean" },
    { "setmetatable on a string", "setmetatable('', {})", "table expected" },
    { "setmetatable on globals", "setmetatable(_ENV, {})", "protected metatable" },
    { "setmetatable on the section", "setmetatable(section, {})", "table expected" },
    { "rawset on globals", "rawset(_ENV, 'x', 1)", "protected table" },
    { "changing e", "e.p = nil while true do end", "is read-only" },

    // What is not there.
    { "io", "io.open('/etc/passwd')", "there is no global \"io\"" },
    { "os", "os.exit(0)", "there is no global \"os\"" },
    { "debug", "debug.sethook()", "there is no global \"debug\"" },
    { "load", "load('while true do end')()", "there is no global \"load\"" },
    { "dofile", "dofile('x')", "there is no global \"dofile\"" },
    { "coroutine", "coroutine.wrap(function() end)()", "there is no global \"coroutine\"" },
    { "collectgarbage", "collectgarbage()", "there is no global \"collectgarbage\"" },
    { "package", "package.loadlib('libc.so.6', 'system')", "there is no global \"package\"" },
    { "print", "print('x')", "there is no global \"print\"" },
    { "string.dump", "string.dump(function() end)", "attempt to call a nil value" },
    { "math.random", "math.random()", "attempt to call a nil value" },
    { "_G", "return _G", "there is no global \"_G\"" },
    { "a misspelt global", "return tostrnig(1)", "did you mean \"tostring\"?" },
    { "setting a global", "answer = 42", "cannot set the global \"answer\"" },
    { "replacing a global", "string = nil", "cannot set the global \"string\"" },
    { "require of a file", "require '../../etc/passwd'", "there is no module" },
    { "require of a library", "require 'string'", "there is no module \"string\"" },

    // What render must not return.
    { "a number of elements too many",
      "local t = {} for i = 1, 60000 do t[i] = { tag = 'p', 'x' } end return t",
      "more than 100000 elements" },
    { "amplification by sharing",
      "local p = e.p 'x' for i = 1, 40 do p = { p, p } end return p",
      "more than 100000 elements" },
    { "amplification of text",
      "local s = ('x'):rep(200000) local t = {} "
      "for i = 1, 1000 do t[i] = e.p(s) end return t",
      "more than 100000 elements" },
    { "a cycle", "local t = { tag = 'div' } t[1] = t return t", "nested more than 100 deep" },
    { "a cycle of lists", "local t = {} t[1] = t return t", "nested too deeply" },
    { "depth",
      "local t = e.div 'x' for i = 1, 200 do t = e.div { t } end return t",
      "nested more than 100 deep" },
    { "a function", "return { function() end }", "a function is no element" },
    { "true", "return { true }", "true is no element" },
    { "a view", "return { section }", "[1]: a section is no element" },
    { "an unknown tag",
      "return { tag = 'pp' }",
      "there is no element \"pp\" (did you mean \"p\"?)" },
    { "a wrong tag", "return { tag = 5 }", "\"tag\" is a number" },
    { "an unknown attribute",
      "return { tag = 'p', clas = 'x' }",
      "has no attribute \"clas\" (did you mean \"class\"?)" },
    { "an unknown attribute in a constructor",
      "return e.p { clas = 'x' }",
      "p has no attribute \"clas\" (did you mean \"class\"?)" },
    { "an attribute of a wrong type",
      "return e.p { class = {} }",
      "attribute \"class\" is a table" },
    { "an unknown element", "return e.para 'x'", "there is no element \"para\"" },
    { "a block in an inline",
      "return e.p { e.em { e.div 'x' } }",
      "[1][1]: \"div\" may not stand in \"em\"" },
    { "a cell alone", "return { e.p 'fine', e.td 'x' }", "[2]: \"td\" may not stand in \"div\"" },
    { "text in a table", "return e.table { 'x' }", "[1]: \"text\" may not stand in \"table\"" },
    { "a link in a link",
      "return e.p { e.a { href = '#a', e.a { href = '#b', 'x' } } }",
      "a link may not stand in a link" },
    { "a colspan that is none",
      "return e.table { e.tr { e.td { colspan = 'many', 'x' } } }",
      "attribute \"colspan\"" },
    { "a table without tag", "return { class = 'x', 'y' }", "attributes but no \"tag\"" },
    { "a metatable on the result",
      "return setmetatable({}, { __index = function() while true do end end, "
      "__len = function() while true do end end }), error('raw access only')",
      "raw access only" },
    { "holes without end", "return { [1] = 'x', [1 << 40] = 'y' }", "too many holes" },
    { "a position below one", "return { tag = 'p', [0] = 'x' }", "a child at position 0" },
    { "keys that are tables", "return { tag = 'p', [{}] = 'x' }", "a table as a key" },

    // Views and the log.
    { "writing to the section", "section.title = 'x'", "a section is read-only" },
    { "writing to the context", "context.output = 'x'", "a context is read-only" },
    { "a misspelt field",
      "return section.titel",
      "a section has no field \"titel\" (did you mean \"title\"?)" },
    { "log for ever", "while true do context.log.warn('again') end", "ran for more than" },
    { "render for ever", "while true do context.render(section) end", "ran for more than" },
    { "keeping render's tables",
      "local t = {} while true do t[#t + 1] = context.render(section) end",
      "of memory" },
    { "render of something else", "context.render({})", "section expected" },
    { "tables as keys of pairs", "for _ in pairs({ [{}] = 1 }) do end", "no fixed order" },
};

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// The children of the article whose class is a word, as a dump.
static const char *dump_section(struct rig *rig, const char *word)
{
    for (const struct brv_node *node = rig->article->first; node; node = node->next)
        if (brv_node_has_class(node, brv_str_from_cstr(word)))
            return rig_dump(rig, node);
    return "";
}

// Whether the attack was contained; says so when not.
static bool check_attack(const struct attack *attack, const struct rig *harmless)
{
    struct rig rig;
    rig_start(&rig);
    // Gas alone must do: the clock would make the verdict depend on the machine.
    rig.limits.plugin_cpu_ms = 60000;
    double start = cpu_seconds();
    rig_probe(&rig, attack->body);
    double seconds = cpu_seconds() - start;
    const char *diagnostics = rig_diagnostics(&rig);
    bool is_contained = rig.failures == 1 && strstr(diagnostics, attack->message) && seconds < 10;
    if (!is_contained)
        print_error("%s: %zu failures in %.1f s, expected \"%s\":\n%s\n",
                    attack->name,
                    rig.failures,
                    seconds,
                    attack->message,
                    diagnostics);
    // Both places, and the section's own content behind the notice.
    is_contained = is_contained && strstr(diagnostics, "probe.lua:") &&
                   strstr(diagnostics, "while rendering section \"Probe\"") &&
                   strstr(rig_dump(&rig, rig.article), "aside class=\"notice\"");
    struct rig *other = (struct rig *)(uintptr_t)harmless;
    static const char *const others[] = { "title", "before", "probe", "after" };
    for (size_t i = 0; i < BRV_COUNT(others); i++)
        assert_string_equal(dump_section(&rig, others[i]), dump_section(other, others[i]));
    rig_end(&rig);
    return is_contained;
}

static void test_hostile__costs_its_own_section_only(void **state)
{
    (void)state;
    struct rig harmless;
    rig_start(&harmless);
    rig_probe(&harmless, "return nil");
    assert_int_equal(harmless.failures, 0);
    size_t contained = 0;
    for (size_t i = 0; i < BRV_COUNT(attacks); i++)
        contained += check_attack(&attacks[i], &harmless);
    rig_end(&harmless);
    assert_int_equal(contained, BRV_COUNT(attacks));
    print_message("%zu attacks contained\n", BRV_COUNT(attacks));
}

// The same gas verdict, at the same line, every time.
static void test_hostile__gas_verdict_is_reproducible(void **state)
{
    (void)state;
    const char *body =
        "local n = 0\nwhile true do\n  n = n + 1\n  pcall(string.find, 'abc', n)\nend";
    char first[2000] = "";
    for (int i = 0; i < 3; i++) {
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_cpu_ms = 60000;
        rig_probe(&rig, body);
        const char *diagnostics = rig_diagnostics(&rig);
        if (i == 0)
            snprintf(first, sizeof first, "%s", diagnostics);
        assert_string_equal(diagnostics, first);
        rig_end(&rig);
    }
}

// Work that gas prices low is stopped by the clock, with the rest of the document intact.
static void test_hostile__clock_stops_what_gas_does_not(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "while true do pcall(function() while true do end end) end",
        // Each call copies all arguments in one instruction.
        "local function f(...) return f(1, ...) end f()",
        // The string comparison of the C library stops at each NUL.
        "local s = ('\\0'):rep(200000) local t = s .. 'x' while true do local _ = s < t end",
    };
    for (size_t i = 0; i < BRV_COUNT(bodies); i++) {
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_gas = UINT64_MAX / 2;
        rig.limits.plugin_cpu_ms = 50;
        double start = cpu_seconds();
        rig_probe(&rig, bodies[i]);
        assert_true(cpu_seconds() - start < 10);
        assert_int_equal(rig.failures, 1);
        assert_non_null(strstr(rig_diagnostics(&rig), "took more than 50 ms of processor time"));
        rig_end(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile__costs_its_own_section_only),
        cmocka_unit_test(test_hostile__gas_verdict_is_reproducible),
        cmocka_unit_test(test_hostile__clock_stops_what_gas_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
