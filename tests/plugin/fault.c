// Brevier — what goes wrong in a plugin is told with both places, once, and has an end.
// SPDX-License-Identifier: MIT
#include "rig.h"

#define HEAD "return { api = 1, name = \"x\", version = \"1.0.0\", summary = \"s\", "
#define RENDER "render = function() end"

static void test_fault__long_titles_are_cut(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_plugin(&rig, "x", HEAD "match = function() return true end, render = error }");
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
        rig_plugin(&rig, "x", cases[i].plugin);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fault__long_titles_are_cut),
        cmocka_unit_test(test_fault__excesses_end_the_calls),
        cmocka_unit_test(test_log__has_both_places),
        cmocka_unit_test(test_error__blames_the_line_that_made_the_element),
        cmocka_unit_test(test_error__names_what_render_returned),
        cmocka_unit_test(test_error__says_what_was_meant),
        cmocka_unit_test(test_error__keeps_positions_of_passed_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
