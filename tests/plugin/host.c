// Brevier — the plugin host: clean text, isolation, modules, memory.
// SPDX-License-Identifier: MIT
#include "rig.h"

static void test_text__is_cleaned(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_probe(&rig, "return e.p { 'a\\0b\\xFFc\\27', 12, 1.5, title = 'x\\1' }");
    assert_int_equal(rig.failures, 0);
    assert_non_null(strstr(rig_dump(&rig, rig.article),
                           "a\xEF\xBF\xBD"
                           "b\xEF\xBF\xBD"
                           "c\xEF\xBF\xBD"));
    rig_end(&rig);
}

// ---- isolation

// What one section left in its state after an error is not there in the next.
static void test_isolation__failed_state_is_thrown_away(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_plugin(&rig,
               "probe",
               "local seen = 0\n"
               "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
               "  match = function() return true end,\n"
               "  render = function(section)\n"
               "    seen = seen + 1\n"
               "    if section.class == \"two\" then error(\"stop\") end\n"
               "    return { tag = \"p\", \"seen \" .. seen .. \" \" }\n"
               "  end }\n");
    rig_document(&rig, "## One\n\n## Two\n\n## Three\n\n## Four\n");
    rig_render(&rig);
    assert_int_equal(rig.failures, 1);
    const char *plain = rig_plain(&rig);
    assert_non_null(strstr(plain, "seen 1 "));
    assert_null(strstr(plain, "seen 3"));
    assert_non_null(strstr(strstr(plain, "failed here"), "seen 1 seen 2"));
    rig_end(&rig);
}

// The first document is rendered in the state that gave the manifest, the next in a new one:
// neither can tell which it is.
static void test_isolation__documents_do_not_meet(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_plugin(&rig,
               "probe",
               "local seen = 0\n"
               "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
               "  match = function() seen = seen + 1 return true end,\n"
               "  render = function(section) return { tag = \"p\", \"seen \" .. seen } end }\n");
    rig_document(&rig, "## One\n");
    for (int round = 0; round < 3; round++) {
        rig_render(&rig);
        assert_string_equal(rig_plain(&rig), "seen 1");
    }
    assert_int_equal(rig.failures, 0);
    rig_end(&rig);
}

static void test_views__die_with_their_call(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_plugin(&rig,
               "probe",
               "local kept\n"
               "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
               "  sections = { \"one\", \"two\" },\n"
               "  render = function(section)\n"
               "    if kept then return kept.title end\n"
               "    kept = section\n"
               "  end }\n");
    rig_document(&rig, "## One\n\n## Two\n");
    rig_render(&rig);
    assert_int_equal(rig.failures, 1);
    assert_non_null(strstr(rig_diagnostics(&rig),
                           "a section was used after its call to the plugin had returned"));
    rig_end(&rig);
}

static void test_modules__come_from_the_plugins_folder(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_clear("folder");
    rig_clear("folder/cards");
    rig_write("folder/cards",
              "init.lua",
              "local words = require \"words\"\nrequire \"words\"\n"
              "return { api = 1, name = \"cards\", version = \"1.0.0\", summary = \"s\",\n"
              "  sections = { \"one\" }, render = function(section)\n"
              "    return { tag = \"p\", words.shout(section.title) }\n  end }\n");
    rig_write("folder/cards",
              "words.lua",
              "return { shout = function(s)\n  if s == \"No\" then error(\"no\") end\n"
              "  return s:upper()\nend }\n");
    rig_host(&rig, rig_folder(&rig, "folder"));
    rig_document(&rig, "## One\n");
    rig_render(&rig);
    assert_string_equal(rig_plain(&rig), "ONE");
    rig_write("folder/cards", "words.lua", "return { shout = function(s)\n  return s.a.b\nend }\n");
    rig_host(&rig, rig_folder(&rig, "folder"));
    rig_render(&rig);
    assert_non_null(strstr(rig_diagnostics(&rig), "cards/words.lua:2:3: error: plugin \"cards\""));
    rig_write("folder/cards", "words.lua", "return require \"words\"\n");
    rig_host(&rig, rig_folder(&rig, "folder"));
    assert_non_null(strstr(rig_diagnostics(&rig), "module \"words\" requires itself"));
    rig_end(&rig);
}

// ---- memory

// The memory limit is raised step by step until rendering succeeds; every failure before is clean.
static void test_memory__every_budget_fails_cleanly(void **state)
{
    (void)state;
    size_t failures = 0;
    for (size_t bytes = 512;; bytes += 64 + bytes / 64) {
        struct rig rig;
        rig_start(&rig);
        rig_plugin(
            &rig,
            "probe",
            "local e = require \"brevier.element\"\nlocal text = require \"brevier.text\"\n"
            "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
            "  sections = { \"probe\" }, render = function(section, context)\n"
            "    local t = {}\n"
            "    for i = 1, 20 do t[i] = e.p { class = \"n\" .. i, (\"x\"):rep(i) } end\n"
            "    pcall(error, {})\n"
            "    table.sort(t, function(a, b) return a.class < b.class end)\n"
            "    return { section.heading, t, section.blocks, e.p { text.slug(section.title),\n"
            "      (string.gsub(\"a b c\", \"%a\", \"%0%0\")), context.output } }\n"
            "  end }\n"); // with room: the plugin must be known
        rig_document(&rig, "## Probe\n\nText with *emphasis*.\n\n- Date: today\n");
        struct brv_limits *limits = &rig.limits;
        limits->plugin_memory_bytes = bytes;
        struct brv_sink before = rig.sink;
        rig_host(&rig, rig_folder(&rig, "probe"));
        if (brv_host_plugin_count(rig.host) == 0) {
            assert_true(rig.sink.counts[BRV_ERROR] > before.counts[BRV_ERROR]);
            failures++;
            rig_end(&rig);
            continue;
        }
        rig_render(&rig);
        if (rig.failures == 0) {
            rig_end(&rig);
            break;
        }
        assert_non_null(strstr(rig_diagnostics(&rig), "KiB of memory"));
        failures++;
        rig_end(&rig);
        assert_true(bytes < 1 << 20);
    }
    print_message("%zu budgets too small\n", failures);
    assert_true(failures > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__is_cleaned),
        cmocka_unit_test(test_isolation__failed_state_is_thrown_away),
        cmocka_unit_test(test_isolation__documents_do_not_meet),
        cmocka_unit_test(test_views__die_with_their_call),
        cmocka_unit_test(test_modules__come_from_the_plugins_folder),
        cmocka_unit_test(test_memory__every_budget_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
