// Brevier — which plugin renders a section.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <stdio.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choice__most_specific_plugin_wins),
        cmocka_unit_test(test_choice__match_that_fails_costs_the_section),
        cmocka_unit_test(test_choice__stylesheet_names_a_plugin),
        cmocka_unit_test(test_host__two_of_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
