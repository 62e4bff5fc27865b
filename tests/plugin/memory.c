// Brevier — memory that runs out: each allocation of a state's life is refused, once and from there
// on. Whatever is refused, the document comes out: as ever, or without what the plugin would have
// made of its section, and then that is told.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "plugin/pool.h"

#include <stdbool.h>

static size_t asked;   // allocations so far
static size_t refused; // the first that is refused; 0: none
static bool is_refused_on;

// The linker puts this in the place of brv_pool_resize().
void *__real_brv_pool_resize(struct brv_pool *pool, void *block, size_t old_size, size_t new_size);
void *__wrap_brv_pool_resize(struct brv_pool *pool, void *block, size_t old_size, size_t new_size);

void *__wrap_brv_pool_resize(struct brv_pool *pool, void *block, size_t old_size, size_t new_size)
{
    if (new_size > old_size) {
        asked++;
        if (refused && (asked == refused || (is_refused_on && asked > refused)))
            return NULL;
    }
    return __real_brv_pool_resize(pool, block, old_size, new_size);
}

static const char section_plugin[] =
    "local e = require \"brevier.element\"\n"
    "local list, number = require \"brevier.list\", require \"brevier.number\"\n"
    "local function row(name, value)\n"
    "  return e.tr { e.td(name), e.td { class = \"n\", number.format(value) } }\n"
    "end\n"
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
    "  sections = { \"probe\" },\n"
    "  options = { most = { type = \"integer\", default = 9, help = \"rows\" } },\n"
    "  render = function(section, context)\n"
    "    local words, rows = {}, {}\n"
    "    for word in (\"one two three four five six\"):gmatch(\"%a+\") do\n"
    "      words[#words + 1] = word:upper() .. #words\n"
    "    end\n"
    "    table.sort(words, function(a, b) return a > b end)\n"
    "    for i, word in ipairs(words) do\n"
    "      if i <= context.options.most then rows[i] = row(word, i * 1234.5) end\n"
    "    end\n"
    "    for _, fact in ipairs(section.facts) do rows[#rows + 1] = row(fact.key, 1) end\n"
    "    assert(not pcall(error, { \"caught\" }))\n"
    "    context.log.info(string.format(\"%d rows, %s\", #rows, list.enumerated(words)))\n"
    "    return e.section { section.heading, e.table { e.tbody(rows) }, section.blocks }\n"
    "  end }\n";

// A cover, an appendix and a transform of the whole.
static const char document_plugin[] =
    "local e, brevier = require \"brevier.element\", require \"brevier\"\n"
    "local text = require \"brevier.text\"\n"
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
    "  cover = function(context)\n"
    "    return e.div { class = \"front\", e.p(text.capitalized(context.document.title)) }\n"
    "  end,\n"
    "  appendix = function(context)\n"
    "    return { e.h2 \"Notes\", brevier.markdown(\"One *note* and\\n\\n- a list\") }\n"
    "  end,\n"
    "  transform = function(article, context)\n"
    "    local count = 0\n"
    "    local function walk(element)\n"
    "      for _, child in ipairs(element) do\n"
    "        if type(child) == \"table\" then count = count + 1 walk(child) end\n"
    "      end\n"
    "    end\n"
    "    walk(article)\n"
    "    article[#article + 1] = e.p { class = \"count\", count, \" elements\" }\n"
    "    return article\n"
    "  end }\n";

// A transform of elements, which draws.
static const char drawing_plugin[] =
    "local e = require \"brevier.element\"\n"
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
    "  elements = { \"ul\" }, transform = function(list, context)\n"
    "    local look = context.style(e.p \"x\")\n"
    "    return e.figure { e.drawing { width = 90, height = 40, alt = \"bars\",\n"
    "      text = (\"#\"):rep(#list), draw = function(g)\n"
    "        for i = 1, #list do\n"
    "          g:rect(9 * i, 5, 7, 30, { fill = look.color, stroke = \"navy\", dash = { 2, 1 } })\n"
    "        end\n"
    "        g:group({ translate = { 1, 2 }, rotate = 9 }, function(h)\n"
    "          h:polyline({ 0, 0, 5, 5, 9, 1 })\n"
    "          h:path({ \"M\", 0, 0, \"C\", 1, 2, 3, 4, 5, 6, \"Z\" }, { fill = {\n"
    "            linear = { 0, 0, 9, 9 }, stops = { { 0, \"white\" }, { 1, \"#123456\" } } } })\n"
    "          h:text(1, 9, \"label\", { size = 7, anchor = \"middle\" })\n"
    "        end)\n"
    "      end }, e.figcaption \"Bars\" }\n"
    "  end }\n";

static void render(struct rig *rig, bool keeps_states)
{
    rig_start(rig);
    asked = 0;
    rig_host(rig, rig_folder(rig, "memory"));
    if (keeps_states)
        brv_host_keep_states(rig->host);
    rig_document(rig, "# A title\n\n## Before\n\nOne.\n\n## Probe\n\nTwo.\n\n- Date: today\n");
    rig_render(rig);
}

// Refuses each allocation of a plugin's life.
static void sweep(const char *plugin, bool keeps_states)
{
    rig_clear("memory");
    rig_write("memory", "probe.lua", plugin);
    struct rig whole;
    render(&whole, keeps_states);
    assert_int_equal(whole.failures, 0);
    const char *expected = rig_dump(&whole, whole.article);
    size_t count = asked;
    assert_true(count > 500);
    size_t survived = 0;
    for (size_t k = 1; k <= count; k++) {
        for (int mode = 0; mode < 2; mode++) {
            struct rig rig;
            refused = k;
            is_refused_on = mode == 1;
            render(&rig, keeps_states);
            refused = 0;
            bool is_whole = strcmp(rig_dump(&rig, rig.article), expected) == 0;
            bool is_told = strstr(rig_diagnostics(&rig), "of memory") != NULL;
            if (is_whole == is_told)
                fail_msg("allocation %zu: %s", k, rig_diagnostics(&rig));
            // The last of all may be a stack that shrinks, which Lua can do without.
            if (is_refused_on && k < count && !is_told)
                fail_msg("allocation %zu of %zu, and all after it, are not missed", k, count);
            survived += is_whole;
            rig_end(&rig);
        }
    }
    print_message("%zu allocations, %zu refusals survived\n", count, survived);
    rig_end(&whole);
}

static void test_memory__each_refusal_is_clean(void **state)
{
    (void)state;
    sweep(section_plugin, false);
    sweep(section_plugin, true);
    sweep(document_plugin, false);
    sweep(drawing_plugin, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_memory__each_refusal_is_clean) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
