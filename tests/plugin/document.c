// Brevier — what plugins do to whole documents, and options from where they can be set.
// SPDX-License-Identifier: MIT
#include "rig.h"

#define MANIFEST(name) "api = 1, name = \"" name "\", version = \"1.0.0\", summary = \"A test\", "
#define ELEMENT "local e = require \"brevier.element\"\n"

static void start(struct rig *rig, const char *plugin)
{
    rig_start(rig);
    rig_clear("document");
    rig_write("document", "probe.lua", plugin);
    rig_host(rig, rig_folder(rig, "document"));
    rig_document(rig, "# A title\n\n## One\n\nFirst *words*.\n\n## Two\n\nSecond words.\n");
    rig_render(rig);
}

static void expect(struct rig *rig, const char *part)
{
    const char *dump = rig_dump(rig, rig->article);
    if (!strstr(dump, part))
        fail_msg("no %s in\n%s%s", part, dump, rig_diagnostics(rig));
}

static void expect_message(struct rig *rig, const char *part)
{
    const char *told = rig_diagnostics(rig);
    if (!strstr(told, part))
        fail_msg("no %s in\n%s", part, told);
}

// ---- pages

static void test_document__cover_and_appendix_stand_around_the_sections(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig,
          ELEMENT "return { " MANIFEST(
              "pages") "cover = function(context) return e.h1(context.document.title) end,\n"
                       "appendix = function() return { e.h2 \"Terms\", e.p \"None.\" } end }");
    assert_int_equal(rig.failures, 0);
    const struct brv_node *first = rig.article->first;
    const struct brv_node *last = rig.article->last;
    assert_true(brv_node_has_class(first, BRV_S("cover")));
    assert_int_equal(first->first->kind, BRV_KIND_H1);
    assert_true(brv_node_has_class(last, BRV_S("appendix")));
    assert_int_equal(last->first->kind, BRV_KIND_H2);
    rig_end(&rig);
}

static void test_document__pages_are_for_the_kinds_named_and_may_be_none(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig,
          ELEMENT "return { " MANIFEST("pages") "kinds = { \"incident\" },\n"
                                                "cover = function() return e.h1 \"Never\" end }");
    assert_null(strstr(rig_plain(&rig), "Never"));
    rig_end(&rig);
    start(&rig, ELEMENT "return { " MANIFEST("pages") "cover = function() end }");
    assert_int_equal(rig.failures, 0);
    assert_false(brv_node_has_class(rig.article->first, BRV_S("cover")));
    rig_end(&rig);
}

static void test_document__failed_page_is_left_out(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "return { " MANIFEST("pages") "cover = function() error(\"no ink\") end }");
    assert_int_equal(rig.failures, 1);
    expect_message(&rig, "plugin \"pages\": no ink");
    expect_message(&rig, "while making a cover");
    expect(&rig, "Second words.");
    rig_end(&rig);
}

// ---- transforms

static void test_document__transform_changes_the_article(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig,
          ELEMENT "return { " MANIFEST("shout") "transform = function(article)\n"
                                                "  article.class = \"loud\"\n"
                                                "  table.insert(article, 1, e.p \"Before all\")\n"
                                                "  return article end }");
    assert_int_equal(rig.failures, 0);
    assert_true(brv_node_has_class(rig.article, BRV_S("loud")));
    assert_int_equal(rig.article->first->kind, BRV_KIND_P);
    // What was passed on has kept its place in the source.
    const struct brv_node *em = rig.article;
    while (em && em->kind != BRV_KIND_EM)
        em = brv_node_walk_next(rig.article, em);
    assert_non_null(em);
    assert_int_equal(brv_span_locate(em->span).line, 5);
    rig_end(&rig);
}

static void test_document__transform_runs_where_its_elements_are(void **state)
{
    (void)state;
    static const char *const present[] = { "em", "section.one", ".two", "pre\", \".one" };
    static const char *const absent[] = { "pre", "section.three", "em.one" };
    for (size_t i = 0; i < BRV_COUNT(present) + BRV_COUNT(absent); i++) {
        bool is_present = i < BRV_COUNT(present);
        struct rig rig;
        rig_start(&rig);
        struct brv_arena *arena = brv_arena_new();
        brv_str plugin = brv_arena_printf(
            arena,
            "return { " MANIFEST("mark") "elements = { \"%s\" }, transform = function(a)\n"
                                         "  a.class = \"seen\" return a end }%c",
            is_present ? present[i] : absent[i - BRV_COUNT(present)],
            '\0');
        rig_end(&rig);
        start(&rig, plugin.ptr);
        assert_int_equal(rig.failures, 0);
        bool is_seen = false;
        for (const struct brv_node *node = rig.article; node;
             node = brv_node_walk_next(rig.article, node))
            is_seen |= brv_node_has_class(node, BRV_S("seen"));
        assert_int_equal(is_seen, is_present);
        assert_false(brv_node_has_class(rig.article, BRV_S("seen")));
        rig_end(&rig);
        brv_arena_free(arena);
    }
}

static void test_document__transformed_element_gives_way(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig,
          "return { " MANIFEST("twice") "elements = { \"em\" }, transform = function(a)\n"
                                        "  return { { tag = \"b\", \"x\" } } end }");
    assert_int_equal(rig.failures, 1); // there is no "b"
    rig_end(&rig);
    start(&rig,
          "return { " MANIFEST("twice") "elements = { \"em\" }, transform = function(a)\n"
                                        "  return { { tag = \"strong\", \"one\" }, { tag = "
                                        "\"span\", \"two\" } } end }");
    assert_int_equal(rig.failures, 0);
    for (const struct brv_node *node = rig.article; node;
         node = brv_node_walk_next(rig.article, node))
        assert_int_not_equal(node->kind, BRV_KIND_EM);
    rig_end(&rig);
    start(&rig,
          "return { " MANIFEST("twice") "elements = { \"em\" }, transform = function(a)\n"
                                        "  return { { tag = \"p\", \"x\" } } end }");
    assert_int_equal(rig.failures, 1);
    expect_message(&rig, "transform returned [1]: \"p\" may not stand in \"p\"");
    rig_end(&rig);
}

// What stands in the place of an element is as right there as the element was.
static void test_document__transformed_element_knows_its_place(void **state)
{
    (void)state;
    static const char document[] =
        "# T\n\n## S\n\n- one\n- [two *2*](https://two.example)[^1] and *3*\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: See [there](https://there.example) *or* here.\n";
    static const struct {
        const char *wanted;
        const char *made;    // of `x`
        const char *message; // NULL: it is right
        int failures;
    } rows[] = {
        { "li", "e.li { class = 'new', x }", "\"li\" may not stand in \"li\"", 1 },
        { "li", "{ e.li 'before', x }", NULL, 0 },
        { "tr", "x", NULL, 0 },
        { "td", "{ x, e.td '!' }", NULL, 0 },
        { "td", "e.p 'x'", "transform returned something wrong: \"p\" may not stand in \"tr\"", 1 },
        { "em", "e.a { href = 'https://x.example', x }", "a link may not stand in a link", 1 },
        { "em", "e.span { e.footnote { 'x' } }", "a footnote may not stand in a footnote", 1 },
        { "em", "'x'", "transform returned a text; wrap it", 1 },
        { "em", "{ 'x' }", "transform returned [1]: a text in no element", 1 },
        { "em",
          "(function() for _ = 1, 96 do x = e.strong(x) end return x end)()",
          "elements are nested more than 100 deep",
          1 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct rig rig;
        rig_start(&rig);
        rig_clear("document");
        brv_str plugin = brv_arena_printf(
            rig.arena,
            ELEMENT "return { " MANIFEST("place") "elements = { \"%s\" },\n"
                                                  "transform = function(x) return %s end }%c",
            rows[i].wanted,
            rows[i].made,
            '\0');
        rig_write("document", "place.lua", plugin.ptr);
        rig_host(&rig, rig_folder(&rig, "document"));
        rig_document(&rig, document);
        rig_render(&rig);
        struct brv_sink sink = brv_sink_init(rig.arena);
        assert_int_equal(brv_tree_check(rig.article, 120, BRV_CODE_PLUGIN, &sink), BRV_OK);
        if (rows[i].message)
            expect_message(&rig, rows[i].message);
        assert_int_equal(rig.failures, rows[i].failures);
        rig_end(&rig);
    }
}

struct fault_case {
    const char *plugin;
    const char *message;
};

static const struct fault_case transform_faults[] = {
    { "return { " MANIFEST("bad") "transform = function() return { tag = \"p\", \"x\" } end }",
      "transform did not return the article" },
    { "return { " MANIFEST("bad") "transform = function() return {} end }",
      "transform did not return the article" },
    { "return { " MANIFEST("bad") "transform = function() return 7 end }", "transform returned 7" },
    { "return { " MANIFEST("bad") "transform = function(a) a[1] = { tag = \"li\" } return a end }",
      "\"li\" may not stand in \"article\"" },
    { "return { " MANIFEST("bad") "transform = function() while true do end end }",
      "ran for more than" },
    { "return { " MANIFEST("bad") "transform = 7 }", "\"transform\" is a number" },
    { "return { " MANIFEST("bad") "cover = \"x\" }", "\"cover\" is a string" },
    { "return { " MANIFEST("bad") "transform = type, elements = {} }", "\"elements\" is no list" },
    { "return { " MANIFEST("bad") "transform = type, elements = { \"x.y\" } }",
      "\"elements\" is no list" },
    { "return { " MANIFEST("bad") "transform = type, elements = { \"p.\" } }",
      "\"elements\" is no list" },
    { "return { " MANIFEST("bad") "render = type, elements = { \"p\" } }",
      "\"elements\" are for a \"transform\"" },
    { "return { " MANIFEST("bad") "sections = { \"x\" }, cover = function() end }",
      "has no \"render\"" },
    { "return { " MANIFEST("bad") "}", "has no \"render\"" },
};

static void test_document__failed_transform_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(transform_faults); i++) {
        struct rig rig;
        start(&rig, transform_faults[i].plugin);
        expect_message(&rig, transform_faults[i].message);
        expect(&rig, "First ");
        expect(&rig, "Second words.");
        rig_end(&rig);
    }
}

// ---- options

static const char options_plugin[] = ELEMENT "return { " MANIFEST(
    "probe") "sections = { \"one\", \"two\" },\n"
             "options = { columns = { type = \"integer\", default = 2, min = 1, max = 4, help = "
             "\"x\" },\n"
             "tone = { type = \"string\", default = \"calm\", help = \"x\" } },\n"
             "render = function(section, context) local o = context.options\n"
             "return e.section { e.p(o.columns .. \" \" .. o.tone) } end }";

struct option_case {
    const char *renderer;
    const char *setting; // of columns, or NULL
    const char *result;
    const char *message;
};

static const struct option_case option_cases[] = {
    { "", NULL, "2 calm", "" },
    { "probe", NULL, "2 calm", "" },
    { "probe(columns: 3)", NULL, "3 calm", "" },
    { "probe( columns : 3 , tone: very loud )", NULL, "3 very loud", "" },
    { "probe()", NULL, "2 calm", "" },
    { "probe(columns: 3)", "4", "4 calm", "" },
    { "probe(columns: 9)",
      NULL,
      "2 calm",
      "option \"probe.columns\" is \"9\", expected an integer" },
    { "probe(colums: 3)", NULL, "2 calm", "has no option \"colums\"" },
    { "probe(columns)",
      NULL,
      "First",
      "asks for \"probe(columns)\" here, expected a plugin as in" },
    { "probe(columns: 3", NULL, "First", "expected a plugin as in" },
    { "(columns: 3)", NULL, "First", "expected a plugin as in" },
    { "prob(columns: 3)", NULL, "First", "asks for plugin \"prob\", which was not found" },
};

static void test_options__come_with_the_renderer(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(option_cases); i++) {
        const struct option_case *c = &option_cases[i];
        struct rig rig;
        start(&rig, options_plugin);
        rig.sink = brv_sink_init(rig.arena);
        struct brv_plugin_setting setting = {
            .plugin = BRV_S_INIT("probe"),
            .option = BRV_S_INIT("columns"),
            .value = brv_str_from_cstr(c->setting ? c->setting : ""),
        };
        rig.options.settings = &setting;
        rig.options.setting_count = c->setting != NULL;
        struct brv_run *run = brv_run_new(rig.arena, rig.host, rig.document, &rig.options);
        rig.article = brv_node_new(rig.arena, BRV_KIND_ARTICLE, brv_span_none());
        const struct brv_section *one = rig.document->first->next;
        (void)!brv_run_section(run, one, brv_str_from_cstr(c->renderer), rig.article, &rig.sink);
        if (!strstr(rig_plain(&rig), c->result))
            fail_msg("%s\ngave %s\nwant %s", c->renderer, rig_plain(&rig), c->result);
        expect_message(&rig, c->message);
        assert_int_equal(rig.sink.kept, c->message[0] ? 1 : 0);
        rig_end(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document__cover_and_appendix_stand_around_the_sections),
        cmocka_unit_test(test_document__pages_are_for_the_kinds_named_and_may_be_none),
        cmocka_unit_test(test_document__failed_page_is_left_out),
        cmocka_unit_test(test_document__transform_changes_the_article),
        cmocka_unit_test(test_document__transform_runs_where_its_elements_are),
        cmocka_unit_test(test_document__transformed_element_gives_way),
        cmocka_unit_test(test_document__transformed_element_knows_its_place),
        cmocka_unit_test(test_document__failed_transform_changes_nothing),
        cmocka_unit_test(test_options__come_with_the_renderer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
