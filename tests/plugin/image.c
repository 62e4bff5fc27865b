// Brevier — states that are kept: what a document did to a plugin's state, no other document sees.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "plugin/pool.h"

#include <stdio.h>

// Says what it finds, then spoils whatever it can reach, and ends as its option asks.
static const char spoiler[] =
    "local e = require \"brevier.element\"\n"
    "local text, date = require \"brevier.text\", require \"brevier.date\"\n"
    "local shared = require \"shared\"\n"
    "local calls, words = 0, setmetatable({}, { __index = { kind = \"word\" } })\n"
    "local function spoil_library(name, library)\n"
    "  pcall(function() for key in pairs(library) do rawset(library, key, error) end end)\n"
    "  pcall(function() rawset(library, \"spoiled_\" .. name, {}) end)\n"
    "end\n"
    "local function spoil()\n"
    "  calls = calls + 1\n"
    "  shared.list[#shared.list + 1] = calls\n"
    "  shared.read = function() return \"spoiled\" end\n"
    "  setmetatable(words, { __index = { kind = \"spoiled\" } })\n"
    "  local libraries = { string = string, table = table, math = math, utf8 = utf8,\n"
    "    text = text, date = date, e = e }\n"
    "  local kept = {}\n"
    "  for i = 1, 3000 do kept[i] = { (\"x\"):rep(i % 700) .. i } end\n"
    "  math.random()\n"
    "  for name, library in pairs(libraries) do spoil_library(name, library) end\n"
    "  pcall(rawset, getmetatable(words), \"spoiled\", true)\n"
    "  shared.kept = kept\n"
    "end\n"
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
    "  sections = { \"probe\" },\n"
    "  options = { ending = { type = \"string\", default = \"fine\", help = \"how\" } },\n"
    "  render = function(section, context)\n"
    "    local seen = { calls, #shared.list, shared.read(), words.kind, shared.kept and 1 or 0,\n"
    "      (\"a-b\"):upper(), string.format(\"%d\", 7), table.concat({ 1, 2 }, \"+\"),\n"
    "      math.max(1, 2), utf8.char(233), text.slug(\"A B\"), date.parse \"2025-01-02\".year,\n"
    "      rawget(string, \"spoiled_string\") and 1 or 0, (next(text)) }\n"
    "    local found = e.p(table.concat(seen, \" \"))\n"
    "    spoil()\n"
    "    local ending = context.options.ending\n"
    "    if ending == \"error\" then missing() end\n"
    "    while ending == \"loop\" do end\n"
    "    while ending == \"memory\" do shared.list = { shared.list, {}, {}, {}, {}, {}, {} } end\n"
    "    return { section.heading, found, section.blocks }\n"
    "  end }\n";

static const char shared[] = "local M = { list = {} }\n"
                             "function M.read() return \"whole\" end\n"
                             "return M\n";

struct outcome {
    const char *dump;
    struct brv_plugin_use use;
    size_t failures;
};

// A document of its own, in its own arena, through the host of the rig.
static struct outcome render(struct rig *rig, const char *ending)
{
    struct brv_plugin_setting setting = {
        .plugin = BRV_S("probe"),
        .option = BRV_S("ending"),
        .value = brv_str_from_cstr(ending),
    };
    struct brv_arena *arena = brv_arena_new();
    struct rig one = *rig;
    one.arena = arena;
    one.sink = brv_sink_init(arena);
    one.failures = 0;
    one.options.settings = &setting;
    one.options.setting_count = 1;
    rig_document(&one, "# A title\n\n## Probe\n\nText.\n\n- Date: today\n");
    struct brv_run *run = brv_run_new(arena, one.host, one.document, &one.options);
    one.article = brv_node_new(arena, BRV_KIND_ARTICLE, brv_span_none());
    for (const struct brv_section *s = one.document->first; s; s = s->next)
        one.failures += brv_run_section(run, s, BRV_S(""), one.article, &one.sink) != BRV_OK;
    struct outcome outcome = {
        .dump = brv_arena_cstr(rig->arena, brv_str_from_cstr(rig_dump(&one, one.article))),
        .use = brv_run_use(run, brv_host_index(one.host, BRV_S("probe"))),
        .failures = one.failures,
    };
    brv_run_end(run);
    brv_arena_free(arena);
    return outcome;
}

// A host of the plugin with a module, in a folder.
static void start(struct rig *rig, const char *source, bool keeps_states)
{
    char inner[512];
    rig_start(rig);
    rig->limits.plugin_gas = 1000000;
    rig->limits.plugin_memory_bytes = 4 << 20;
    rig_clear("image");
    rig_clear("image/probe");
    snprintf(inner, sizeof inner, "image/probe");
    rig_write(inner, "init.lua", source);
    rig_write(inner, "shared.lua", shared);
    rig_host(rig, rig_folder(rig, "image"));
    assert_int_equal(brv_host_plugin_count(rig->host), 1);
    if (keeps_states)
        brv_host_keep_states(rig->host);
}

static void assert_same(const struct outcome *a, const struct outcome *b)
{
    assert_string_equal(a->dump, b->dump);
    assert_int_equal(a->failures, b->failures);
    assert_int_equal(a->use.gas, b->use.gas);
    assert_int_equal(a->use.memory_bytes, b->use.memory_bytes);
}

static void test_image__no_document_leaves_a_trace(void **state)
{
    (void)state;
    static const char *const endings[] = {
        "fine", "error", "fine", "loop", "fine", "memory", "fine", "fine", "loop", "loop", "fine",
    };
    struct rig rig;
    start(&rig, spoiler, true);
    struct outcome first = render(&rig, "fine");
    assert_int_equal(first.failures, 0);
    assert_non_null(strstr(first.dump, "\"0 0 whole word 0 A-B 7 1+2 2 é a-b 2025 0 "));
    for (size_t i = 0; i < BRV_COUNT(endings); i++) {
        struct outcome next = render(&rig, endings[i]);
        bool is_fine = strcmp(endings[i], "fine") == 0;
        assert_int_equal(next.failures, !is_fine);
        if (is_fine)
            assert_same(&first, &next);
    }
    rig_end(&rig);
}

static void test_image__is_what_a_birth_would_give(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, spoiler, false);
    render(&rig, "fine"); // the state in which the manifest was read
    struct outcome born = render(&rig, "fine");
    struct rig keeping;
    start(&keeping, spoiler, true);
    render(&keeping, "fine");
    struct outcome kept = render(&keeping, "fine");
    assert_string_equal(born.dump, kept.dump);
    assert_int_equal(born.use.gas, kept.use.gas);
    rig_end(&keeping);
    rig_end(&rig);
}

static void test_image__a_failed_section_costs_the_next_nothing(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, spoiler, true);
    struct brv_plugin_setting setting = { BRV_S("probe"), BRV_S("ending"), BRV_S("error"), { 0 } };
    rig.options.settings = &setting;
    rig.options.setting_count = 1;
    rig_document(&rig, "# A title\n\n## Probe\n\nText.\n\n## Probe\n\nMore.\n");
    rig_render(&rig);
    assert_int_equal(rig.failures, 2);
    setting.value = BRV_S("fine");
    struct outcome after = render(&rig, "fine");
    assert_int_equal(after.failures, 0);
    assert_non_null(strstr(after.dump, "\"0 0 whole word 0 "));
    rig_end(&rig);
}

// A state is at one place: who comes second has one born.
static void test_image__two_documents_at_once(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, spoiler, true);
    render(&rig, "fine");
    rig_document(&rig, "# A title\n\n## Probe\n\nText.\n\n- Date: today\n");
    struct brv_run *run = brv_run_new(rig.arena, rig.host, rig.document, &rig.options);
    struct brv_node *parent = brv_node_new(rig.arena, BRV_KIND_ARTICLE, brv_span_none());
    const struct brv_section *section = rig.document->first->next;
    assert_int_equal(brv_run_section(run, section, BRV_S(""), parent, &rig.sink), BRV_OK);
    struct outcome meanwhile = render(&rig, "fine");
    assert_non_null(strstr(meanwhile.dump, "\"0 0 whole word 0 "));
    // The first is still as it left itself, which is spoiled.
    assert_int_equal(brv_run_section(run, section, BRV_S(""), parent, &rig.sink), BRV_FAILED);
    brv_run_end(run);
    struct outcome after = render(&rig, "fine");
    assert_non_null(strstr(after.dump, "\"0 0 whole word 0 "));
    rig_end(&rig);
}

// More than a region holds: born for each document.
static void test_image__too_large_to_be_kept(void **state)
{
    (void)state;
    static const char source[] =
        "local e, list = require \"brevier.element\", {}\n"
        "for i = 1, 20000 do list[i] = i end\n"
        "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
        "  sections = { \"probe\" },\n"
        "  options = { ending = { type = \"string\", default = \"fine\", help = \"how\" } },\n"
        "  render = function()\n"
        "    list[1] = list[1] + 1\n"
        "    return e.p(list[1] .. \" of \" .. #list)\n"
        "  end }\n";
    struct rig rig;
    start(&rig, source, true);
    for (int i = 0; i < 3; i++)
        assert_non_null(strstr(render(&rig, "fine").dump, "\"2 of 20000\""));
    rig_end(&rig);
}

// The host may go first: the document is left with what was made.
static void test_image__host_ends_before_the_document(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, spoiler, true);
    render(&rig, "fine");
    struct brv_arena *arena = brv_arena_new();
    struct rig one = rig;
    one.arena = arena;
    one.sink = brv_sink_init(arena);
    rig_document(&one, "# A title\n\n## Probe\n\nText.\n");
    rig_render(&one);
    assert_int_equal(one.failures, 0);
    rig_end(&rig);
    assert_non_null(strstr(rig_dump(&one, one.article), "\"0 0 whole word 0 "));
    brv_arena_free(arena);
}

// ---- the memory alone

// Blocks of many sizes, each full of its own number.
enum { BLOCKS = 60 };

static size_t size_of_block(size_t i)
{
    return 1 + i * i % 900;
}

static bool is_full(const unsigned char *block, size_t size, unsigned char number)
{
    for (size_t i = 0; i < size; i++)
        if (block[i] != number)
            return false;
    return true;
}

static void test_pool__is_put_back(void **state)
{
    (void)state;
    struct brv_pool pool = { 0 };
    struct brv_pool_image image;
    void *blocks[BLOCKS];
    for (size_t i = 0; i < BLOCKS; i++) {
        blocks[i] = brv_pool_resize(&pool, NULL, 0, size_of_block(i));
        memset(blocks[i], (int)i, size_of_block(i));
    }
    for (size_t i = 0; i < BLOCKS; i += 7) // holes
        brv_pool_resize(&pool, blocks[i], size_of_block(i), 0);
    brv_pool_settle(&pool);
#ifdef BRV_TINY
    assert_false(brv_pool_keep(&pool, &image)); // all of it is the heap's
    brv_pool_drop(&pool);
    return;
#endif
    assert_true(brv_pool_keep(&pool, &image));
    for (int turn = 0; turn < 3; turn++) {
        for (size_t i = 0; i < BLOCKS; i++) {
            if (i % 7 == 0)
                continue;
            assert_true(is_full(blocks[i], size_of_block(i), (unsigned char)i));
            memset(blocks[i], 0xFF, size_of_block(i));
            if (i % 3 == 0)
                brv_pool_resize(&pool, blocks[i], size_of_block(i), 0);
            else if (i % 3 == 1)
                assert_non_null(
                    brv_pool_resize(&pool, blocks[i], size_of_block(i), 2000 + (size_t)turn));
        }
        for (size_t i = 0; i < 5000; i++)
            assert_non_null(brv_pool_resize(&pool, NULL, 0, 1 + i % 700));
        brv_pool_give_back(&pool);
        brv_pool_put_back(&pool, &image);
    }
    brv_pool_give_back(&pool);
    brv_pool_image_drop(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_image__no_document_leaves_a_trace),
        cmocka_unit_test(test_image__is_what_a_birth_would_give),
        cmocka_unit_test(test_image__a_failed_section_costs_the_next_nothing),
        cmocka_unit_test(test_image__two_documents_at_once),
        cmocka_unit_test(test_image__too_large_to_be_kept),
        cmocka_unit_test(test_image__host_ends_before_the_document),
        cmocka_unit_test(test_pool__is_put_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
