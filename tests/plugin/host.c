// Brevier — the plugin host: manifests, choice, options, modules, diagnostics, isolation.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <stdio.h>

// ---- manifests

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
        rig_clear("manifest");
        rig_write("manifest", "x.lua", test->source);
        rig_host(&rig, rig_folder(&rig, "manifest"));
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
    rig_clear("manifest");
    rig_write("manifest",
              "x.lua",
              "local m = (function() " HEAD RENDER
              " } end)() for i = 99, 10, -1 do m['k' .. i * 37 % 90] = 1 end\n"
              "m[1], m[true] = 1, 1 return m\n");
    rig_host(&rig, rig_folder(&rig, "manifest"));
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

static void test_fault__long_titles_are_cut(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_clear("titles");
    rig_write("titles", "x.lua", HEAD "match = function() return true end, render = error }");
    rig_host(&rig, rig_folder(&rig, "titles"));
    static char markdown[6000] = "# T\n\n## ";
    for (int i = 0; i < 1500; i++)
        strcat(markdown, "ä");
    rig_document(&rig, strcat(markdown, "\n\nText.\n"));
    rig_render(&rig);
    assert_non_null(strstr(rig_diagnostics(&rig), "ääää…\""));
    assert_true(strlen(rig_diagnostics(&rig)) < 3000);
    rig_end(&rig);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text++)
        count++;
    return count;
}

// Many sections, or many elements, must not take many times what one may take.
static void test_fault__excesses_end_the_calls(void **state)
{
    (void)state;
    static const struct {
        const char *plugin;
        size_t excesses; // that are told
        size_t refusals;
    } cases[] = {
        { HEAD "match = function() return true end, render = function() while true do end end }",
          3,
          1 }, // its match is not asked again
        { HEAD "elements = { \"p\" }, transform = function() while true do end end }", 3, 1 },
        { HEAD "match = function() while true do end end, " RENDER " }", 1, 0 },
        // What fails within its limits is called for each section.
        { HEAD "match = function() return true end, "
               "render = function() error \"ran for more than it should\" end }",
          6,
          0 },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_cpu_ms = 60000;
        rig_clear("excesses");
        rig_write("excesses", "x.lua", cases[i].plugin);
        rig_host(&rig, rig_folder(&rig, "excesses"));
        rig_document(&rig,
                     "# T\n\n## A\n\nx\n\n## B\n\nx\n\n## C\n\nx\n\n## D\n\nx\n\n## E\n\nx\n");
        rig_render(&rig);
        const char *diagnostics = rig_diagnostics(&rig);
        assert_int_equal(count_of(diagnostics, "ran for more than"), cases[i].excesses);
        assert_int_equal(count_of(diagnostics, "is called no more: it went beyond its limits 3"),
                         cases[i].refusals);
        rig_end(&rig);
    }
}

static void test_manifest__fault_has_the_line_of_its_key(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_clear("manifest");
    rig_write("manifest",
              "x.lua",
              "local version = \"1\"\n\nreturn {\n  api = 1, name = \"x\",\n  version = version,\n"
              "  sumary = \"s\", summary = \"s\",\n  render = print_it,\n}\n");
    rig_host(&rig, rig_folder(&rig, "manifest"));
    assert_non_null(
        strstr(rig_diagnostics(&rig), "x.lua:7:3: error: there is no global \"print_it\""));
    rig_write("manifest",
              "x.lua",
              "local version = \"1\"\n\nreturn {\n  api = 1, name = \"x\",\n  version = version,\n"
              "  sumary = \"s\", summary = \"s\",\n  render = function() end,\n}\n");
    rig_host(&rig, rig_folder(&rig, "manifest"));
    const char *diagnostics = rig_diagnostics(&rig);
    assert_non_null(strstr(diagnostics, "x.lua:5:3: error: \"version\" is \"1\""));
    assert_non_null(strstr(diagnostics, "x.lua:6:3: error: the manifest has an unknown key"));
    assert_non_null(strstr(diagnostics, "did you mean \"summary\"?"));
    rig_end(&rig);
}

// ---- choice

static void write_marker(const char *name, const char *rest)
{
    char source[1000];
    char file_name[64];
    snprintf(source,
             sizeof source,
             "local e = require \"brevier.element\"\n"
             "return { api = 1, name = \"%s\", version = \"1.0.0\", summary = \"s\", %s"
             " render = function() return e.p \"by %s\" end }\n",
             name,
             rest,
             name);
    snprintf(file_name, sizeof file_name, "%s.lua", name);
    rig_write("choice", file_name, source);
}

static const char *render_choice(const char *document)
{
    static char text[2000];
    struct rig rig;
    rig_start(&rig);
    rig_host(&rig, rig_folder(&rig, "choice"));
    rig_document(&rig, document);
    rig_render(&rig);
    snprintf(text, sizeof text, "%s%s", rig_dump(&rig, rig.article), rig_diagnostics(&rig));
    rig_end(&rig);
    return text;
}

static void test_choice__most_specific_plugin_wins(void **state)
{
    (void)state;
    const char *document = "## Alpha\n\nText.\n";
    rig_clear("choice");
    assert_non_null(strstr(render_choice(document), "h2 id=\"alpha\""));
    write_marker("default", "");
    assert_non_null(strstr(render_choice(document), "by default"));
    write_marker("k", "kinds = { \"analysis\" },");
    assert_non_null(strstr(render_choice(document), "by k"));
    write_marker("m", "match = function(section) return section.class == \"alpha\" end,");
    assert_non_null(strstr(render_choice(document), "by m"));
    write_marker("s", "sections = { \"alpha\" },");
    assert_non_null(strstr(render_choice(document), "by s"));
    write_marker("sk", "sections = { \"alpha\" }, kinds = { \"analysis\" },");
    assert_non_null(strstr(render_choice(document), "by sk"));
    write_marker("a-sk", "sections = { \"alpha\" }, kinds = { \"analysis\" },");
    assert_non_null(strstr(render_choice(document), "by a-sk"));
    write_marker("other-kind", "sections = { \"alpha\" }, kinds = { \"incident\" },");
    assert_non_null(strstr(render_choice(document), "by a-sk"));
    write_marker("never", "");
    assert_null(strstr(render_choice(document), "by never"));
}

static void test_choice__match_that_fails_costs_the_section(void **state)
{
    (void)state;
    rig_clear("choice");
    write_marker("m", "match = function(section) return section.blocks[9].tag end,");
    const char *text = render_choice("## Alpha\n\nText.\n");
    assert_non_null(strstr(text, "aside class=\"notice\""));
    assert_non_null(strstr(text, "attempt to index a nil value"));
}

static void test_choice__stylesheet_names_a_plugin(void **state)
{
    (void)state;
    rig_clear("choice");
    write_marker("s", "sections = { \"alpha\" },");
    write_marker("other", "");
    struct rig rig;
    rig_start(&rig);
    rig_host(&rig, rig_folder(&rig, "choice"));
    rig_document(&rig, "## Alpha\n\nText.\n");
    struct brv_run *run = brv_run_new(rig.arena, rig.host, rig.document, &rig.options);
    struct brv_node *parent = brv_node_new(rig.arena, BRV_KIND_ARTICLE, brv_span_none());
    const struct brv_section *section = rig.document->first;
    assert_int_equal(brv_run_section(run, section, BRV_S("other"), parent, &rig.sink), BRV_OK);
    assert_non_null(strstr(rig_dump(&rig, parent), "by other"));
    assert_int_equal(brv_run_section(run, section, BRV_S("default"), parent, &rig.sink), BRV_OK);
    assert_non_null(strstr(rig_dump(&rig, parent), "h2 id=\"alpha\""));
    assert_int_equal(brv_run_section(run, section, BRV_S("othr"), parent, &rig.sink), BRV_FAILED);
    const char *diagnostics = rig_diagnostics(&rig);
    assert_non_null(strstr(diagnostics, "asks for plugin \"othr\", which was not found"));
    assert_non_null(strstr(diagnostics, "did you mean \"other\"?"));
    // The same heading again: the second goes without its id.
    assert_non_null(strstr(diagnostics, "id \"alpha\" is used twice"));
    rig_end(&rig);
}

// ---- options and the log

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

static void test_log__has_both_places(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_probe(&rig, "context.log.warn('mind the gap')\ncontext.log.note('by the way')");
    const char *diagnostics = rig_diagnostics(&rig);
    assert_int_equal(rig.failures, 0);
    assert_non_null(strstr(diagnostics, "analysis.md:7:1: warning: mind the gap"));
    assert_non_null(strstr(diagnostics, "probe.lua:4:1: note: said by plugin \"probe\""));
    assert_non_null(strstr(diagnostics, "note: by the way"));
    rig_end(&rig);
    rig_start(&rig);
    rig_probe(&rig, "for i = 1, 200 do context.log.warn('again') end");
    assert_int_equal(rig.sink.counts[BRV_WARNING], 101);
    assert_non_null(strstr(rig_diagnostics(&rig), "logged 200 messages, the first 100 are shown"));
    rig_end(&rig);
}

// ---- errors and places

static void test_error__blames_the_line_that_made_the_element(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_probe(&rig, "local cell = e.td 'x'\nlocal fine = e.p 'y'\nreturn e.div { fine, cell }");
    const char *diagnostics = rig_diagnostics(&rig);
    assert_non_null(strstr(diagnostics,
                           "probe.lua:4:1: error: plugin \"probe\": render returned [2]: \"td\" "
                           "may not stand in \"div\""));
    assert_non_null(strstr(diagnostics, "4 | local cell = e.td 'x'"));
    rig_end(&rig);
}

struct result_case {
    const char *body;
    const char *message; // NULL: a right result
};

static const struct result_case result_cases[] = {
    { "return nil", NULL },
    { "return {}", NULL },
    { "return e.p 'x'", NULL },
    { "return { e.p 'x', { e.p 'y', nil }, false }", NULL },
    { "return 42", "render returned 42, expected an element, a list of elements or nil" },
    { "return 1.5", "render returned 1.5, expected an element" },
    { "return true", "render returned true, expected an element" },
    { "return false", "render returned false, expected an element" },
    { "return render", "render" },
    { "return function() end", "render returned a function, expected an element" },
    { "return section", "render returned a section, expected an element" },
    { "return ''", "render returned a text; wrap it: e.p(\"…\")" },
    { "return section.title", "render returned a text; wrap it: e.p(\"…\")" },
    { "return { e.p 'x', 'y' }", "render returned [2]: a text in no element; wrap it: e.p(\"…\")" },
    { "return { e.p 'x', { 7 } }",
      "render returned [2][1]: a text in no element; wrap it: e.p(\"…\")" },
    { "return { e.p 'x', true }", "render returned [2]: true is no element" },
    { "return { e.p 'x', section }", "render returned [2]: a section is no element" },
    { "return { e.p 'x', e.p }", "render returned [2]: a function is no element" },
};

static void test_error__names_what_render_returned(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(result_cases); i++) {
        const struct result_case *test = &result_cases[i];
        struct rig rig;
        rig_start(&rig);
        rig_probe(&rig, test->body);
        const char *diagnostics = rig_diagnostics(&rig);
        bool is_right = rig.failures == (test->message ? 1 : 0) &&
                        (!test->message ||
                         (strstr(diagnostics, test->message) && strstr(diagnostics, "probe.lua:") &&
                          strstr(diagnostics, "analysis.md:7:1: note: while")));
        if (!is_right)
            fail_msg("%s gives:\n%s", test->body, diagnostics);
        rig_end(&rig);
    }
}

static void test_error__says_what_was_meant(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "print('x')", "there is no global \"print\": context.log says where a message belongs" },
        { "return e.p(os.time())", "there is no global \"os\": a plugin reads its section" },
        { "return e.p(section.facts.date.valeu)",
          "a fact has no field \"valeu\" (did you mean \"value\"?)" },
        { "return e.div { section }",
          "div cannot hold a section, expected text or elements like section.blocks" },
        { "local mark = e.p { id = 'a b', 'x' }\nlocal other = e.p 'y'\nreturn { other, mark }",
          "probe.lua:4:1: error: plugin \"probe\": render returned [2]: attribute \"id\" must be a "
          "name without white space" },
        { "return e.table { e.tr { e.td { colspan = 'two', 'x' } } }",
          "probe.lua:4:1: error: plugin \"probe\": render returned [1][1]: attribute \"colspan\" "
          "must be a whole number" },
        { "return e.p { lang = 'not a tag', 'x' }", "attribute \"lang\" must be a language tag" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct rig rig;
        rig_start(&rig);
        rig_probe(&rig, cases[i][0]);
        const char *diagnostics = rig_diagnostics(&rig);
        if (rig.failures != 1 || !strstr(diagnostics, cases[i][1]))
            fail_msg("%s gives:\n%s", cases[i][0], diagnostics);
        rig_end(&rig);
    }
}

static void test_host__two_of_a_name(void **state)
{
    (void)state;
    static const char source[] = "return { api = 1, version = \"1.0.0\", summary = \"s\",\n"
                                 "  name = \"same\", render = function() end }\n";
    struct rig rig;
    rig_start(&rig);
    rig_clear("namesakes");
    rig_write("namesakes", "a.lua", source);
    rig_write("namesakes", "b.lua", source);
    rig_host(&rig, rig_folder(&rig, "namesakes"));
    assert_int_equal(brv_host_plugin_count(rig.host), 1);
    const char *diagnostics = rig_diagnostics(&rig);
    assert_non_null(
        strstr(diagnostics, "b.lua:2:3: error: a second plugin \"same\" in one folder"));
    assert_non_null(strstr(diagnostics, "a.lua:2:3: note: the first one is here"));
    // In two folders it is how a shipped plugin is replaced.
    rig_end(&rig);
    rig_start(&rig);
    rig_clear("namesakes");
    rig_clear("replaced");
    rig_write("namesakes", "a.lua", source);
    rig_write("replaced", "a.lua", source);
    brv_str folders[] = { rig_folder(&rig, "namesakes"), rig_folder(&rig, "replaced") };
    struct brv_host_options options = { .path = folders, .path_count = BRV_COUNT(folders) };
    rig.host = brv_host_new(rig.arena, &options, &rig.sink);
    assert_int_equal(brv_host_plugin_count(rig.host), 1);
    assert_null(rig.sink.first);
    rig_end(&rig);
}

static void test_error__keeps_positions_of_passed_elements(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_probe(&rig, "return e.div { section.blocks, e.p 'mine' }");
    const struct brv_node *div = rig.article->first;
    while (div && div->kind != BRV_KIND_DIV)
        div = div->next;
    if (!div) {
        fail_msg("no div in %s", rig_dump(&rig, rig.article));
        return;
    }
    assert_int_equal(brv_span_locate(div->first->span).line, 9);
    assert_int_equal(brv_span_locate(div->first->first->span).line, 9);
    assert_int_equal(brv_span_locate(div->last->span).line, 7); // the section's
    rig_end(&rig);
}

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
    rig_clear("probe");
    rig_write("probe",
              "probe.lua",
              "local seen = 0\n"
              "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
              "  match = function() return true end,\n"
              "  render = function(section)\n"
              "    seen = seen + 1\n"
              "    if section.class == \"two\" then error(\"stop\") end\n"
              "    return { tag = \"p\", \"seen \" .. seen .. \" \" }\n"
              "  end }\n");
    rig_host(&rig, rig_folder(&rig, "probe"));
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
    rig_clear("probe");
    rig_write("probe",
              "probe.lua",
              "local seen = 0\n"
              "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
              "  match = function() seen = seen + 1 return true end,\n"
              "  render = function(section) return { tag = \"p\", \"seen \" .. seen } end }\n");
    rig_host(&rig, rig_folder(&rig, "probe"));
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
    rig_clear("probe");
    rig_write("probe",
              "probe.lua",
              "local kept\n"
              "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
              "  sections = { \"one\", \"two\" },\n"
              "  render = function(section)\n"
              "    if kept then return kept.title end\n"
              "    kept = section\n"
              "  end }\n");
    rig_host(&rig, rig_folder(&rig, "probe"));
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
        rig_clear("probe");
        rig_write(
            "probe",
            "probe.lua",
            "local e = require \"brevier.element\"\nlocal text = require \"brevier.text\"\n"
            "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"s\",\n"
            "  sections = { \"probe\" }, render = function(section, context)\n"
            "    local t = {}\n"
            "    for i = 1, 20 do t[i] = e.p { class = \"n\" .. i, (\"x\"):rep(i) } end\n"
            "    pcall(error, {})\n"
            "    table.sort(t, function(a, b) return a.class < b.class end)\n"
            "    return { section.heading, t, section.blocks, e.p { text.slug(section.title),\n"
            "      (string.gsub(\"a b c\", \"%a\", \"%0%0\")), context.output } }\n"
            "  end }\n");
        rig_host(&rig, rig_folder(&rig, "probe")); // with room: the plugin must be known
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
        cmocka_unit_test(test_manifest__each_fault_is_told),
        cmocka_unit_test(test_options__unknown_ones_are_told),
        cmocka_unit_test(test_options__are_told_once),
        cmocka_unit_test(test_manifest__faults_have_one_order),
        cmocka_unit_test(test_fault__long_titles_are_cut),
        cmocka_unit_test(test_fault__excesses_end_the_calls),
        cmocka_unit_test(test_manifest__fault_has_the_line_of_its_key),
        cmocka_unit_test(test_choice__most_specific_plugin_wins),
        cmocka_unit_test(test_choice__match_that_fails_costs_the_section),
        cmocka_unit_test(test_choice__stylesheet_names_a_plugin),
        cmocka_unit_test(test_options__settings_are_checked),
        cmocka_unit_test(test_log__has_both_places),
        cmocka_unit_test(test_error__blames_the_line_that_made_the_element),
        cmocka_unit_test(test_error__names_what_render_returned),
        cmocka_unit_test(test_error__says_what_was_meant),
        cmocka_unit_test(test_host__two_of_a_name),
        cmocka_unit_test(test_error__keeps_positions_of_passed_elements),
        cmocka_unit_test(test_text__is_cleaned),
        cmocka_unit_test(test_isolation__failed_state_is_thrown_away),
        cmocka_unit_test(test_isolation__documents_do_not_meet),
        cmocka_unit_test(test_views__die_with_their_call),
        cmocka_unit_test(test_modules__come_from_the_plugins_folder),
        cmocka_unit_test(test_memory__every_budget_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
