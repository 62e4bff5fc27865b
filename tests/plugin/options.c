// Brevier — options of plugins, and of what they require.
// SPDX-License-Identifier: MIT
#include "rig.h"

static void test_options__settings_are_checked(void **state)
{
    (void)state;
    rig_clear("probe");
    rig_write("probe",
              "probe.lua",
              "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
              "  sections = { \"probe\" }, options = {\n"
              "    columns = { type = \"integer\", default = 2, min = 1, max = 4, help = \"h\" },\n"
              "    ratio = { type = \"number\", default = 0.5, help = \"h\" },\n"
              "    title = { type = \"string\", default = \"T\", help = \"h\" },\n"
              "    open = { type = \"boolean\", default = false, help = \"h\" },\n"
              "    tone = { type = \"enum\", default = \"calm\", choices = { \"calm\", \"loud\" }, "
              "help = \"h\" },\n"
              "  },\n"
              "  render = function(_, context)\n"
              "    local o = context.options\n"
              "    return { tag = \"p\", string.format(\"%d %.2f %s %s %s\", o.columns, o.ratio, "
              "o.title, tostring(o.open), o.tone) }\n"
              "  end }\n");
    static const struct brv_plugin_setting settings[] = {
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("columns"),
          .value = BRV_S_INIT("3") },
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("ratio"),
          .value = BRV_S_INIT("0.25") },
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("title"),
          .value = BRV_S_INIT("Über") },
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("open"),
          .value = BRV_S_INIT("true") },
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("tone"),
          .value = BRV_S_INIT("loud") },
        { .plugin = BRV_S_INIT("other"), .option = BRV_S_INIT("tone"), .value = BRV_S_INIT("x") },
    };
    static const struct brv_plugin_setting bad[] = {
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("columns"),
          .value = BRV_S_INIT("9") },
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("ratio"),
          .value = BRV_S_INIT("wide") },
        { .plugin = BRV_S_INIT("probe"), .option = BRV_S_INIT("open"), .value = BRV_S_INIT("yes") },
        { .plugin = BRV_S_INIT("probe"),
          .option = BRV_S_INIT("tone"),
          .value = BRV_S_INIT("shrill") },
        { .plugin = BRV_S_INIT("probe"), .option = BRV_S_INIT("colums"), .value = BRV_S_INIT("3") },
    };
    for (int round = 0; round < 2; round++) {
        struct rig rig;
        rig_start(&rig);
        rig.options.settings = round == 0 ? settings : bad;
        rig.options.setting_count = round == 0 ? BRV_COUNT(settings) : BRV_COUNT(bad);
        rig_host(&rig, rig_folder(&rig, "probe"));
        rig_document(&rig, "## Probe\n\nText.\n");
        rig_render(&rig);
        assert_string_equal(rig_plain(&rig),
                            round == 0 ? "3 0.25 Über true loud" : "2 0.50 T false calm");
        const char *diagnostics = rig_diagnostics(&rig);
        assert_int_equal(rig.sink.counts[BRV_WARNING], round == 0 ? 0 : BRV_COUNT(bad));
        if (round == 1) {
            assert_non_null(
                strstr(diagnostics, "\"9\", expected an integer in the option's range"));
            assert_non_null(strstr(diagnostics, "\"wide\", expected a number"));
            assert_non_null(strstr(diagnostics, "\"yes\", expected true or false"));
            assert_non_null(strstr(diagnostics, "expected one of the option's choices"));
            assert_non_null(strstr(diagnostics, "has no option \"colums\""));
        }
        rig_end(&rig);
    }
}

// A misspelt option would change nothing, without a word.
static void test_options__unknown_ones_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *message; // NULL: none
    } cases[] = {
        { "return require 'brevier.facts'.table(section.facts, { colums = { 'A', 'B' } })",
          "facts.table has no option \"colums\" (did you mean \"columns\"?)" },
        { "return require 'brevier.facts'.table(section.facts, { class = 'x' })", NULL },
        { "return require 'brevier.facts'.table(section.facts, { 'x' })",
          "facts.table has no option \"1\"" },
        { "return require 'brevier.table'.element({ columns = {}, rows = {} }, { rowhead = true })",
          "tables.element has no option \"rowhead\" (did you mean \"row_head\"?)" },
        { "return require 'brevier.chart'.bar { labels = { 'A' }, values = { 1 }, staked = true }",
          "chart.bar has no option \"staked\" (did you mean \"stacked\"?)" },
        { "return require 'brevier.chart'.bar { labels = { 'A' }, values = { 1 }, unit = 'm',"
          " context = context }",
          NULL },
        { "return require 'brevier.chart'.flow { steps = { 'a', 'b' }, edges = {}, node = {} }",
          "chart.flow has no option \"node\" (did you mean \"nodes\"?)" },
        { "return require 'brevier.chart'.sparkline { values = { 1, 2 }, sorted = true }",
          "chart.sparkline has no option \"sorted\"" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct rig rig;
        rig_start(&rig);
        rig_probe(&rig, cases[i].body);
        const char *told = rig_diagnostics(&rig);
        assert_int_equal(rig.failures, 0);
        assert_int_equal(rig.sink.counts[BRV_WARNING], cases[i].message ? 1 : 0);
        if (cases[i].message && (!strstr(told, cases[i].message) || !strstr(told, "probe.lua:")))
            fail_msg("no %s in\n%s", cases[i].message, told);
        rig_end(&rig);
    }
}

// A line that runs often warns once.
static void test_options__are_told_once(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_probe(&rig,
              "local facts = require 'brevier.facts'\n"
              "for i = 1, 50 do facts.table(section.facts, { z = 1, a = 1 }) end\n"
              "return facts.table(section.facts, { z = 1 })");
    assert_int_equal(rig.sink.counts[BRV_WARNING], 3);

    const char *told = rig_diagnostics(&rig);
    assert_true(strstr(told, "\"a\"") < strstr(told, "\"z\""));
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options__settings_are_checked),
        cmocka_unit_test(test_options__unknown_ones_are_told),
        cmocka_unit_test(test_options__are_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
