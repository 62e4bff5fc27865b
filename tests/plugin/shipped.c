// Brevier — the shipped plugins, and what plugins/README.md promises.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>

static const char document[] =
    "Full Report\nFirst words of a long report…\nAnalysis Summary\n"
    "# Industry News: Ferry Line Sells Its *Booking* System\n"
    "## Summary\nA ferry line sold its [booking system](https://example.org/x).\n\nMore follows.\n"
    "## Key Details\nIntro line.\n\n- Date: 3 March\n- **Seller:** Blue Ferries\n- plain bullet\n"
    "- **Price**: unknown\n- Terms:\n  - cash\n  - shares\n\nOutro line.\n\n1. Rank: first\n2. "
    "nothing\n"
    "\n### Part\nPart text.\n"
    "## The Story\nIt began *early*.\n\n> A quote.\n\n```sh\nls -l\n```\n"
    "## Business Impact\nLead.\n\n### For Buyers\n- **Gain:** speed\n- no label\n\n### For "
    "Sellers\n"
    "Text[^1].\n\n[^1]: A note.\n"
    "## Strategic Analysis\n- **Position:** strong\n- plain\n\n### Deeper\nDeep text.\n"
    "## Technical Implications\nA paragraph.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"
    "## Industry Reactions\n- **Analysts:** calm\n"
    "## Future Outlook\n- **Watch:** the sea\n"
    "## For Security Professionals\nCheck the **keys**.\n\n### Then\nCheck again.\n"
    "## Something Else\nUnknown heading.\n\n- [x] done\n\n#### Deep\nVery deep.\n";

static brv_str shipped_folder(void)
{
    return BRV_S(BRV_SOURCE_DIR "/plugins");
}

static void start(struct rig *rig, brv_str folder)
{
    rig_start(rig);
    rig_host(rig, folder);
    rig_document(rig, document);
    rig_render(rig);
    if (rig->failures > 0 || rig->sink.counts[BRV_WARNING] > 0)
        fail_msg("%s", rig_diagnostics(rig));
}

// The text of all nodes in order, without white space: elements may part words by blocks only.
static const char *letters(struct rig *rig)
{
    struct brv_buf *buf = brv_buf_new_in(rig->arena);
    for (const struct brv_node *node = rig->article; node;
         node = brv_node_walk_next(rig->article, node))
        for (size_t i = 0; node->kind == BRV_KIND_TEXT && i < node->text.len; i++)
            if (!brv_is_space(node->text.ptr[i]))
                brv_buf_add_byte(buf, node->text.ptr[i]);
    brv_buf_add_byte(buf, '\0');
    return buf->ptr;
}

static size_t count_kind(const struct rig *rig, enum brv_kind kind)
{
    size_t count = 0;
    for (const struct brv_node *node = rig->article; node;
         node = brv_node_walk_next(rig->article, node))
        count += node->kind == kind;
    return count;
}

// With plugins or without: the same words in the same order, the same headings, links, emphasis.
static void test_shipped__lose_nothing(void **state)
{
    (void)state;
    struct rig with;
    struct rig without;
    start(&with, shipped_folder());
    start(&without, BRV_S(""));
    assert_true(brv_host_plugin_count(with.host) >= 9);
    assert_int_equal(brv_host_plugin_count(without.host), 0);
    assert_string_equal(letters(&with), letters(&without));
    static const enum brv_kind kinds[] = {
        BRV_KIND_H1,         BRV_KIND_H2,  BRV_KIND_H3,       BRV_KIND_H4,
        BRV_KIND_A,          BRV_KIND_EM,  BRV_KIND_P,        BRV_KIND_STRONG,
        BRV_KIND_BLOCKQUOTE, BRV_KIND_PRE, BRV_KIND_FOOTNOTE,
    };
    for (size_t i = 0; i < BRV_COUNT(kinds); i++)
        assert_int_equal(count_kind(&with, kinds[i]), count_kind(&without, kinds[i]));
    rig_end(&with);
    rig_end(&without);
}

static void test_shipped__give_sections_their_form(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, shipped_folder());
    const char *dump = rig_dump(&rig, rig.article);
    static const char *const parts[] = {
        "header class=\"title\"",
        "span class=\"kicker\"",
        "p class=\"label\"\n      \"Full Report\"",
        "section class=\"excerpt\"",
        "p class=\"lead\"",
        "table class=\"facts\"",
        "th data-scope=\"row\"",
        "p class=\"opening\"",
        "div class=\"cards\"",
        "section class=\"card for-buyers\"",
        "ul class=\"points\"",
        "strong class=\"label\"",
        "aside class=\"callout\"",
        "section class=\"something-else\"",
    };
    for (size_t i = 0; i < BRV_COUNT(parts); i++)
        if (!strstr(dump, parts[i]))
            fail_msg("no %s in\n%s", parts[i], dump);
    rig_end(&rig);
}

// A sheet that names a section by its heading finds it, whichever plugin made it and whatever class
// that plugin gave it.
static void test_shipped__sections_keep_their_slug_first(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "Background", "section class=\"background story\"" },
        { "The Story", "section class=\"the-story story\"" },
        { "Executive Summary", "section class=\"executive-summary summary\"" },
        { "Summary", "section class=\"summary\"" },
        { "At a Glance", "section class=\"at-a-glance key-details\"" },
        { "Key Details", "section class=\"key-details\"" },
        { "Impact", "section class=\"impact\"" },
        { "Analyst Note", "section class=\"analyst-note\"" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct rig rig;
        rig_start(&rig);
        rig_host(&rig, shipped_folder());
        brv_str text = brv_arena_printf(
            rig.arena, "# A Title\n\n## %s\n\nWords.\n\n- Date: today\n%c", cases[i][0], '\0');
        rig_document(&rig, text.ptr);
        rig_render(&rig);
        assert_int_equal(rig.failures, 0);
        const char *dump = rig_dump(&rig, rig.article);
        if (!strstr(dump, cases[i][1]))
            fail_msg("no %s in\n%s", cases[i][1], dump);
        rig_end(&rig);
    }
}

// The title with everything that front matter can say of it.
static void test_shipped__title_shows_the_metadata(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_host(&rig, shipped_folder());
    rig_document(&rig,
                 "---\ntitle: A Title\nid: BR-7\ndate: 2025-03-04\ntlp: AMBER\n"
                 "authors: [Ada, Grace]\n---\n\n# A Title\n\n## Summary\n\nText.\n");
    rig_render(&rig);
    assert_int_equal(rig.failures, 0);
    const char *plain = rig_plain(&rig);
    if (!strstr(plain, "2025-03-04 · BR-7 · TLP:AMBER · Ada, Grace"))
        fail_msg("%s", plain);
    assert_non_null(strstr(rig_dump(&rig, rig.article), "data-tlp=\"AMBER\""));
    rig_end(&rig);
}

// A table near the loader's limit needs more nodes and memory than a plugin may spend: what the
// host puts into the state, and what is passed through, does not count.
static void test_shipped__pass_large_tables_through(void **state)
{
    (void)state;
    enum { ROWS = 9000, COLUMNS = 15 };
    struct rig rig;
    rig_start(&rig);
    rig.limits.plugin_cpu_ms = 60000;
    struct brv_buf *text = brv_buf_new_in(rig.arena);
    brv_buf_add_cstr(text, "# Title\n\n## Data\n\n");
    for (int row = -2; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++)
            brv_buf_add_cstr(text, row == -1 ? "|---" : "|x");
        brv_buf_add_cstr(text, "|\n");
    }
    brv_buf_add_byte(text, '\0');
    rig_host(&rig, shipped_folder());
    rig_document(&rig, text->ptr);
    rig_render(&rig);
    if (rig.failures > 0)
        fail_msg("%s", rig_diagnostics(&rig));
    assert_int_equal(count_kind(&rig, BRV_KIND_TD), ROWS * COLUMNS);
    rig_end(&rig);
}

// ---- the guide

static const char *read_guide(struct rig *rig)
{
    brv_str content;
    assert_int_equal(brv_file_read(rig->arena,
                                   BRV_S(BRV_SOURCE_DIR "/plugins/README.md"),
                                   1 << 20,
                                   BRV_CODE_INTERNAL,
                                   &content,
                                   &rig->sink),
                     BRV_OK);
    return brv_arena_cstr(rig->arena, content);
}

static const char *between(struct rig *rig, const char *text, const char *from, const char *to)
{
    const char *start_at = strstr(text, from);
    assert_non_null(start_at);
    start_at += strlen(from);
    const char *end = strstr(start_at, to);
    assert_non_null(end);
    return brv_arena_cstr(rig->arena, (brv_str){ start_at, (size_t)(end - start_at) });
}

static void test_guide__example_works(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_plugin(
        &rig, "timeline", between(&rig, read_guide(&rig), "```lua house/timeline.lua\n", "```"));
    rig_document(&rig, "## Timeline\n\n- 09:14 UTC: first alert\n- Noon: all clear\n");
    rig_render(&rig);
    assert_string_equal(rig_dump(&rig, rig.article->last),
                        "section class=\"timeline\"\n"
                        "  h2 id=\"timeline\"\n"
                        "    \"Timeline\"\n"
                        "  ol\n"
                        "    li\n"
                        "      strong\n"
                        "        \"09:14 UTC:\"\n"
                        "      \" \"\n"
                        "      \"first alert\"\n"
                        "    li\n"
                        "      strong\n"
                        "        \"Noon:\"\n"
                        "      \" \"\n"
                        "      \"all clear\"\n");
    rig_end(&rig);
}

// The checker of names finds nothing in plugins that work.
static void test_lint__shipped_plugins_are_clean(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_host(&rig, shipped_folder());
    for (size_t i = 0; i < brv_host_plugin_count(rig.host); i++)
        brv_host_lint(rig.host, i, &rig.sink);
    if (rig.sink.kept > 0)
        fail_msg("%s", rig_diagnostics(&rig));
    rig_end(&rig);
}

struct lint_case {
    const char *text;
    const char *message; // "" when there is nothing to say
};

static const struct lint_case lint_cases[] = {
    { "local t = { print = 1, [print_me] = 2 }", "there is no global \"print_me\"" },
    { "local t = { f = function() x = 1 end }", "there is no global \"x\"" },
    { "local function f(a, b, ...) return a, b end f(c)", "there is no global \"c\"" },
    { "for i, v in ipairs {} do f = i + v end", "there is no global \"f\"" },
    { "local a <const>, b = 1, 2 return a + b", "" },
    { "local t = {} function t.f(x) return x end function t:g() return self end", "" },
    { "goto done ::done::", "" },
    { "local s = 'a\\'b' .. \"--[[\" .. [==[ x ]] y ]==] --[[ z ]] -- w", "" },
    { "local n = 0x1F + 1e5 .. 3 .. ''", "" },
    { "return stirng.rep('x', 3)", "did you mean \"string\"?" },
    { "local d = require('brevier.date') return d.prase ''", "did you mean \"parse\"?" },
    { "local d = require 'brevier.date' return d.parse ''", "" },
    { "local e = require 'brevier.element' return e.drawing, e.h7", "has no field \"h7\"" },
    { "local context = {} return context.documnet", "did you mean \"document\"?" },
    { "local context = {} context.log.wran 'x'", "did you mean \"warn\"?" },
    { "local context = {} context.log.warn 'x'", "" },
    { "local context = {} return context.options.colums", "the plugin has no option \"colums\"" },
    { "local context = {} return context.options.colums", "did you mean \"columns\"?" },
    { "local context = {} return context.options.columns, context.options", "" },
    { "local context, o = {}, 'a' return context.options[o], context.option.x",
      "did you mean \"options\"?" },
    { "local a = {} return a.b.c.d, a['x'], a:m()", "" },
};

static void test_lint__finds_names_that_do_not_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < BRV_COUNT(lint_cases); i++) {
        struct rig rig;
        rig_start(&rig);
        brv_str plugin = brv_arena_printf(
            rig.arena,
            "local function lint()\n%s\nend\nreturn { api = 1, name = \"lint\", version = "
            "\"1.0.0\", summary = \"x\",\nsections = { \"x\" }, render = lint, options = {\n"
            "columns = { type = \"integer\", default = 1, help = \"x\" } } }%c",
            lint_cases[i].text,
            '\0');
        rig_plugin(&rig, "lint", plugin.ptr);
        if (brv_host_plugin_count(rig.host) == 1)
            brv_host_lint(rig.host, 0, &rig.sink);
        const char *told = rig_diagnostics(&rig);
        bool is_right = lint_cases[i].message[0] ? strstr(told, lint_cases[i].message) != NULL
                                                 : rig.sink.kept == 0;
        if (!is_right)
            fail_msg("%s\nwant %s\ngot %s", lint_cases[i].text, lint_cases[i].message, told);
        rig_end(&rig);
    }
}

// The stubs are those that the tables print, and every type in them is known. BRV_UPDATE=1 writes
// them.
static void test_guide__stubs_are_current(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    brv_str path = BRV_S(BRV_SOURCE_DIR "/plugins/luals/brevier.lua");
    struct brv_buf *stubs = brv_buf_new_in(rig.arena);
    brv_plugin_stubs(stubs);
    assert_int_equal(brv_str_find(brv_buf_str(stubs), 0, BRV_S("unknown")), stubs->len);
    if (getenv("BRV_UPDATE"))
        assert_int_equal(brv_file_write(path, brv_buf_str(stubs), &rig.sink), BRV_OK);
    brv_str text;
    assert_int_equal(brv_file_read(rig.arena, path, 1 << 20, BRV_CODE_INTERNAL, &text, &rig.sink),
                     BRV_OK);
    assert_true(brv_str_equal(text, brv_buf_str(stubs)));
    rig_end(&rig);
}

// What stands in the guide between two marks is the text; BRV_UPDATE=1 writes it there.
static void check_guide(struct rig *rig, const char *from, const char *to, struct brv_buf *text)
{
    brv_buf_add_byte(text, '\0');
    const char *guide = read_guide(rig);
    if (getenv("BRV_UPDATE")) {
        const char *head = strstr(guide, from);
        FILE *file = fopen(BRV_SOURCE_DIR "/plugins/README.md", "wb");
        assert_non_null(head);
        assert_non_null(file);
        head += strlen(from);
        fprintf(file, "%.*s%s%s", (int)(head - guide), guide, text->ptr, strstr(guide, to));
        assert_int_equal(fclose(file), 0);
        guide = read_guide(rig);
    }
    assert_string_equal(between(rig, guide, from, to), text->ptr);
}

// The reference in the guide is the one that the tables print.
static void test_guide__reference_is_current(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    struct brv_buf *reference = brv_buf_new_in(rig.arena);
    brv_plugin_reference(reference);
    check_guide(&rig, "<!-- reference -->\n", "<!-- /reference -->", reference);
    rig_end(&rig);
}

// Each class that the guide calls known has a rule in the default sheet.
static void test_guide__classes_have_a_look(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    brv_str sheet;
    brv_str path = BRV_S(BRV_SOURCE_DIR "/stylesheets/briefing.css");
    assert_int_equal(brv_file_read(rig.arena, path, 1 << 20, BRV_CODE_STYLE, &sheet, &rig.sink),
                     BRV_OK);
    brv_str table = brv_str_from_cstr(
        between(&rig, read_guide(&rig), "<!-- classes -->\n", "<!-- /classes -->"));
    size_t count = 0;
    for (size_t at = brv_str_find_byte(table, 0, '`'); at < table.len;) {
        size_t end = brv_str_find_byte(table, at + 1, '`');
        brv_str selector = brv_str_slice(table, at + 1, end);
        if (brv_str_find(sheet, 0, selector) == sheet.len)
            fail_msg("briefing.css does not know \"%.*s\"", BRV_STR_ARG(selector));
        count++;
        at = brv_str_find_byte(table, end + 1, '`');
    }
    assert_true(count > 10);
    rig_end(&rig);
}

static void add_slugs(struct brv_buf *out, const brv_str *slugs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, "%s`%" BRV_STR_F "`", i ? ", " : "", BRV_STR_ARG(slugs[i]));
}

static void assert_same_words(const brv_str *a, size_t a_count, const brv_str *b, size_t b_count)
{
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++)
        assert_true(brv_str_equal(a[i], b[i]));
}

// A plugin that the index tells of says what it says when it is run, and renders the same.
static void test_shipped__plugins_that_sleep_are_the_same(void **state)
{
    (void)state;
    struct rig awake;
    struct rig asleep;
    start(&awake, shipped_folder());
    rig_start(&asleep);
    brv_str folder = shipped_folder();
    struct brv_host_options options = {
        .path = &folder,
        .path_count = 1,
        .index = BRV_S(BRV_SCRATCH_DIR "/plugins.index"),
        .limits = &asleep.limits,
    };
    struct brv_buf *index = brv_buf_new_in(awake.arena);
    brv_host_print_index(awake.host, index);
    assert_int_equal(brv_file_write(options.index, brv_buf_str(index), &asleep.sink), BRV_OK);
    asleep.host = brv_host_new(asleep.arena, &options, &asleep.sink);
    size_t count = brv_host_plugin_count(awake.host);
    assert_int_equal(brv_host_plugin_count(asleep.host), count);
    for (size_t i = 0; i < count; i++) {
        const struct brv_plugin_info *a = brv_host_plugin(awake.host, i);
        const struct brv_plugin_info *b = brv_host_plugin(asleep.host, i);
        assert_true(brv_str_equal(a->name, b->name));
        assert_true(brv_str_equal(a->version, b->version));
        assert_true(brv_str_equal(a->summary, b->summary));
        assert_same_words(a->sections, a->section_count, b->sections, b->section_count);
        assert_same_words(a->elements, a->element_count, b->elements, b->element_count);
        assert_int_equal(a->has_render, b->has_render);
        assert_int_equal(a->has_transform, b->has_transform);
    }
    rig_document(&asleep, document);
    rig_render(&asleep);
    assert_int_equal(asleep.failures, 0);
    assert_string_equal(rig_dump(&awake, awake.article), rig_dump(&asleep, asleep.article));
    rig_end(&awake);
    rig_end(&asleep);
}

// The catalogue is what the manifests say.
static void test_guide__catalogue_is_current(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    rig_host(&rig, shipped_folder());
    struct brv_buf *out = brv_buf_new_in(rig.arena);
    brv_buf_add_cstr(out, "| plugin | what it makes | of |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < brv_host_plugin_count(rig.host); i++) {
        const struct brv_plugin_info *info = brv_host_plugin(rig.host, i);
        brv_buf_printf(out,
                       "| [%" BRV_STR_F "](%" BRV_STR_F ".lua) | %" BRV_STR_F " | ",
                       BRV_STR_ARG(info->name),
                       BRV_STR_ARG(info->name),
                       BRV_STR_ARG(info->summary));
        add_slugs(out, info->sections, info->section_count);
        add_slugs(out, info->elements, info->element_count);
        brv_buf_add_cstr(out, " |\n");
    }
    check_guide(&rig, "<!-- plugins -->\n", "<!-- /plugins -->", out);
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped__lose_nothing),
        cmocka_unit_test(test_shipped__give_sections_their_form),
        cmocka_unit_test(test_shipped__sections_keep_their_slug_first),
        cmocka_unit_test(test_shipped__title_shows_the_metadata),
        cmocka_unit_test(test_shipped__pass_large_tables_through),
        cmocka_unit_test(test_guide__example_works),
        cmocka_unit_test(test_lint__shipped_plugins_are_clean),
        cmocka_unit_test(test_lint__finds_names_that_do_not_exist),
        cmocka_unit_test(test_guide__stubs_are_current),
        cmocka_unit_test(test_guide__reference_is_current),
        cmocka_unit_test(test_guide__classes_have_a_look),
        cmocka_unit_test(test_guide__catalogue_is_current),
        cmocka_unit_test(test_shipped__plugins_that_sleep_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
