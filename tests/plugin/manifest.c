// Brevier — the manifests of plugins: what is wrong with one is told in its place.
// SPDX-License-Identifier: MIT
#include "rig.h"

#define HEAD "return { api = 1, name = \"x\", version = \"1.0.0\", summary = \"s\", "
#define RENDER "render = function() end"

struct manifest_case {
    const char *source;
    const char *message; // the first error
    size_t errors;
};

static const struct manifest_case manifest_cases[] = {
    { HEAD RENDER " }", "", 0 },
    { HEAD "sections = { \"a\", \"b-c\" }, kinds = { \"d\" }, " RENDER " }", "", 0 },
    { HEAD "match = function() end, " RENDER " }", "", 0 },
    { "return 5", "the file returns a number, expected a table", 1 },
    { "", "the file returns a nil, expected a table", 1 },
    { "return {}", "the manifest has no \"api\", expected api = 1", 5 },
    { "return { api = 2, name = \"x\", version = \"1.0.0\", summary = \"s\", " RENDER " }",
      "\"api\" is 2, this version of Brevier knows api 1",
      1 },
    { "return { api = \"1\", name = \"x\", version = \"1.0.0\", summary = \"s\", " RENDER " }",
      "\"api\" is a string, expected 1",
      1 },
    { "return { api = 1, name = \"Key Details\", version = \"1.0.0\", summary = \"s\", " RENDER
      " }",
      "\"name\" is \"Key Details\", expected a slug",
      1 },
    { "return { api = 1, name = {}, version = \"1.0.0\", summary = \"s\", " RENDER " }",
      "\"name\" is a table, expected a string",
      1 },
    { "return { api = 1, name = \"x\", version = \"1\", summary = \"s\", " RENDER " }",
      "\"version\" is \"1\", expected three numbers",
      1 },
    { "return { api = 1, name = \"x\", version = \"1.0.0\", " RENDER " }",
      "the manifest has no \"summary\"",
      1 },
    { HEAD "}", "the manifest has no \"render\"", 1 },
    { HEAD "render = 5 }", "\"render\" is a number, expected a function", 1 },
    { HEAD "match = 5, " RENDER " }", "\"match\" is a number, expected a function", 1 },
    { HEAD "sections = { \"a\" }, match = function() end, " RENDER " }",
      "\"sections\" and \"match\" are two answers",
      1 },
    { HEAD "sections = \"a\", " RENDER " }", "\"sections\" is a string, expected a list", 1 },
    { HEAD "sections = {}, " RENDER " }", "\"sections\" has 0 entries", 1 },
    { HEAD "sections = { \"A b\" }, " RENDER " }", "\"sections\" entry 1 is no slug", 1 },
    { HEAD "kinds = { 5 }, " RENDER " }", "\"kinds\" entry 1 is no slug", 1 },
    { HEAD "section = { \"a\" }, " RENDER " }", "the manifest has an unknown key \"section\"", 1 },
    { HEAD "transmogrify = function() end, " RENDER " }", "unknown key \"transmogrify\"", 1 },
    { HEAD "\"positional\", " RENDER " }", "the manifest has a number as a key", 1 },
    { HEAD "options = 5, " RENDER " }", "\"options\" is a number, expected a table", 1 },
    { HEAD "options = { 5 }, " RENDER " }", "\"options\" holds up to 50 tables by name", 1 },
    { HEAD "options = { o = 5 }, " RENDER " }", "option \"o\" is a number, expected a table", 1 },
    { HEAD "options = { o = { default = 1, help = \"h\" } }, " RENDER " }",
      "option \"o\" needs a \"type\"",
      1 },
    { HEAD "options = { o = { type = \"int\", default = 1, help = \"h\" } }, " RENDER " }",
      "option \"o\" needs a \"type\"",
      1 },
    { HEAD "options = { o = { type = \"integer\", default = 1 } }, " RENDER " }",
      "option \"o\" needs a \"help\" text",
      1 },
    { HEAD "options = { o = { type = \"integer\", default = 1.5, help = \"h\" } }, " RENDER " }",
      "the default is a number, expected integer",
      1 },
    { HEAD "options = { o = { type = \"integer\", default = 9, max = 3, help = \"h\" } }, " RENDER
           " }",
      "the default is not among its own values",
      1 },
    { HEAD "options = { o = { type = \"string\", default = \"\", max = 3, help = \"h\" } }, " RENDER
           " }",
      "\"max\" must be a number, of a number",
      1 },
    { HEAD "options = { o = { type = \"enum\", default = \"a\", help = \"h\" } }, " RENDER " }",
      "an enum, and only an enum, has \"choices\"",
      1 },
    { HEAD "options = { o = { type = \"enum\", default = \"c\", choices = { \"a\" }, help = \"h\" "
           "} }, " RENDER " }",
      "the default is not among its own values",
      1 },
    { HEAD
      "options = { o = { type = \"boolean\", default = true, help = \"h\", hlep = 1 } }, " RENDER
      " }",
      "an option has an unknown key \"hlep\"",
      1 },
    { HEAD "options = { o = { type = \"boolean\", default = true, help = \"h\" } }, " RENDER " }",
      "",
      0 },
    { "return {", "expected", 1 },
    { "local x = = 5", "unexpected symbol near", 1 },
    { "error('at load')", "at load", 1 },
    { "while true do end", "ran for more than", 1 },
    { "local t = {} while true do t[#t + 1] = ('x'):rep(10000) .. #t end", "KiB of memory", 1 },
    { "\x1bLua", "compiled Lua is not accepted", 1 },
    { "require 'other'", "there is no module \"other\"", 1 },
};

static void test_manifest__each_fault_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(manifest_cases); i++) {
        const struct manifest_case *test = &manifest_cases[i];
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_cpu_ms = 60000; // gas and memory decide, whatever the machine does
        rig_plugin(&rig, "x", test->source);
        const char *diagnostics = rig_diagnostics(&rig);
        bool is_right = rig.sink.counts[BRV_ERROR] == test->errors &&
                        brv_host_plugin_count(rig.host) == (test->errors == 0) &&
                        strstr(diagnostics, test->message) &&
                        (test->errors == 0 || strstr(diagnostics, "x.lua"));
        if (!is_right)
            fail_msg(
                "%s\nexpected %zu: %s\n%s", test->source, test->errors, test->message, diagnostics);
        rig_end(&rig);
    }
}

// The tables of Lua have another order in each run.
static void test_manifest__faults_have_one_order(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_plugin(&rig,
               "x",
               "local m = (function() " HEAD RENDER
               " } end)() for i = 99, 10, -1 do m['k' .. i * 37 % 90] = 1 end\n"
               "m[1], m[true] = 1, 1 return m\n");
    const char *at = rig_diagnostics(&rig);
    static const char *const order[] = {
        "a boolean as a key", "a number as a key", "\"k0\"", "\"k1\"", "\"k10\"", "\"k11\""
    };
    for (size_t i = 0; i < BRV_COUNT(order); i++) {
        at = strstr(at, order[i]);
        assert_non_null(at);
    }
    assert_int_equal(rig.sink.counts[BRV_ERROR], 22);
    rig_end(&rig);
}

static void test_manifest__fault_has_the_line_of_its_key(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_plugin(&rig,
               "x",
               "local version = \"1\"\n\nreturn {\n  api = 1, name = \"x\",\n  version = version,\n"
               "  sumary = \"s\", summary = \"s\",\n  render = print_it,\n}\n");
    assert_non_null(
        strstr(rig_diagnostics(&rig), "x.lua:7:3: error: there is no global \"print_it\""));
    rig_plugin(&rig,
               "x",
               "local version = \"1\"\n\nreturn {\n  api = 1, name = \"x\",\n  version = version,\n"
               "  sumary = \"s\", summary = \"s\",\n  render = function() end,\n}\n");
    const char *diagnostics = rig_diagnostics(&rig);
    assert_non_null(strstr(diagnostics, "x.lua:5:3: error: \"version\" is \"1\""));
    assert_non_null(strstr(diagnostics, "x.lua:6:3: error: the manifest has an unknown key"));
    assert_non_null(strstr(diagnostics, "did you mean \"summary\"?"));
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_manifest__each_fault_is_told),
        cmocka_unit_test(test_manifest__faults_have_one_order),
        cmocka_unit_test(test_manifest__fault_has_the_line_of_its_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
