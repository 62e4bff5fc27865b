// Brevier — tests of elements that nobody looked into: no script can tell them from plain tables.
// SPDX-License-Identifier: MIT
#include "rig.h"

#define PLUGIN(body)                                                                               \
    "local e = require \"brevier.element\"\nlocal text = require \"brevier.text\"\n" body          \
    "return { api = 1, name = \"default\", version = \"1.0.0\", summary = \"A test\",\n"           \
    "  render = render }\n"

// A rig in which this plugin, which defines a function render, has all sections of a document.
static void start(struct rig *rig, const char *plugin, const char *document)
{
    rig_clear("asleep");
    rig_write("asleep", "default.lua", plugin);
    rig_host(rig, rig_folder(rig, "asleep"));
    rig_document(rig, document);
    rig_render(rig);
}

// ---- one by one

// What can be done to a table, as a function from a fresh element to a text. Each is done to an
// element of the document and to a table that is written out, and must give the same.
static const struct {
    const char *name;
    const char *body; // of function(t)
} deeds[] = {
    { "index", "return t[2].tag .. t[3]" },
    { "attribute", "return tostring(t.class) .. t.tag" },
    { "length", "return #t" },
    { "ipairs", "local n = 0 for _ in ipairs(t) do n = n + 1 end return n" },
    { "pairs", "local s = '' for k in pairs(t) do s = s .. tostring(k) .. ' ' end return s" },
    { "next", "return tostring(next(t)) .. tostring(next(t, 4)) .. tostring(next(t, 'tag'))" },
    { "rawget", "return rawget(t, 'tag') .. rawget(t, 1)" },
    { "rawlen", "return rawlen(t)" },
    { "rawset", "rawset(t, 1, 'X') return t[1] .. t[2].tag .. #t" },
    { "write", "t.class = 'x' return t.class .. t.tag .. #t .. rawget(t, 'class')" },
    { "dressed",
      "t.class = 'x' t.id = 'y' return t.class .. t.id .. tostring(t.title) .. t.tag .. #t" },
    { "dressed and undressed", "t.class = 'x' t.class = nil return tostring(t.class) .. t[1]" },
    { "dressed and changed", "t.class = 'x' t.class = 'y' t[1] = 'z' return t.class .. t[1]" },
    { "dressed, then pairs",
      "t.class = 'x' local s = '' for k in pairs(t) do s = s .. tostring(k) .. ' ' end return s" },
    { "dressed, then next", "t['data-a'] = 'x' return tostring(next(t, 4)) .. #t" },
    { "dressed, then plain", "t.class = 'x' return text.plain(t) .. text.plain { t[2], t }" },
    { "dressed child",
      "local a = t[4] a.class = 'x' a.href = 'y' return a.class .. a.href .. a[1] .. t[4].class" },
    { "dressed in an element",
      "t.class = 'x' local d = e.div(t) t.class = 'y' return #d .. d[1].class .. d[1][1]" },
    { "dressed with false", "t.class = false return tostring(t.class) .. tostring(rawlen(t))" },
    { "append", "t[#t + 1] = 'more' return t[5] .. t[1]" },
    { "erase", "t.tag = nil t[1] = nil return tostring(t.tag) .. tostring(t[1]) .. t[3]" },
    { "insert", "table.insert(t, 1, 'first') return t[1] .. t[2] .. #t" },
    { "remove", "return text.plain(table.remove(t)) .. #t" },
    { "unpack", "return select('#', table.unpack(t))" },
    { "move", "return #table.move(t, 1, 3, 2) .. t[2]" },
    { "concat", "return table.concat({ t[1], t[3] }) .. tostring(pcall(table.concat, t))" },
    { "sort", "return tostring(pcall(table.sort, t))" },
    { "getmetatable", "return tostring(getmetatable(t))" },
    { "setmetatable",
      "setmetatable(t, { __index = function(_, k) return 'no ' .. tostring(k) end })"
      " return t.foo .. t.tag .. t[9] .. #t" },
    { "as metatable", "return setmetatable({}, t).tag or 'none'" },
    { "as index", "local u = setmetatable({}, { __index = t }) return u.tag .. u[1] .. #u" },
    { "as newindex",
      "local u = setmetatable({}, { __newindex = t }) u.id = 'x' return t.id .. t[1]" },
    { "type", "return type(t) .. tostring(t)" },
    { "plain", "return text.plain(t)" },
    { "equal", "return tostring(t == t) .. tostring(t[2] == t[2]) .. tostring(t == {})" },
    { "call", "return (select(2, pcall(function() return t() end)))" },
    { "add", "return (select(2, pcall(function() return t + 1 end)))" },
    { "join", "return (select(2, pcall(function() return t .. 'x' end)))" },
    { "less", "return (select(2, pcall(function() return t < t end)))" },
    { "nil key", "return tostring(pcall(function() t[nil] = 1 end))" },
    { "no field", "return tostring(t.nosuch) .. tostring(t[1.5]) .. tostring(t[-1])" },
    { "child", "local a = t[4] a.href = nil return text.plain(t) .. tostring(t[4].href)" },
    { "gsub", "return (('tag'):gsub('%w+', t))" },
    { "in a list", "return text.plain { t, { t } }" },
    { "constructed", "return text.plain(e.div { class = 'y', t, t }) .. #e.div(t)" },
};

static void test_asleep__looks_like_a_table(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    struct brv_buf *plugin = brv_buf_new_in(rig.arena);
    struct brv_buf *document = brv_buf_new_in(rig.arena);
    brv_buf_printf(document, "# Title\n");
    brv_buf_printf(plugin, "local deeds = {}\n");
    for (size_t i = 0; i < BRV_COUNT(deeds); i++) {
        brv_buf_printf(
            plugin, "deeds[\"%s\"] = function(t) %s end\n", deeds[i].name, deeds[i].body);
        brv_buf_printf(
            document, "\n## %s\n\nOne *two* three [four](https://four.example)\n", deeds[i].name);
    }
    brv_buf_printf(plugin,
                   "local function render(section)\n"
                   "  local deed = deeds[section.title]\n"
                   "  if not deed then return nil end\n"
                   "  local plain = { tag = 'p', 'One ', { tag = 'em', 'two' }, ' three ',\n"
                   "    { tag = 'a', href = 'https://four.example', 'four' } }\n"
                   "  local expected, found = tostring(deed(plain)),\n"
                   "    tostring(deed(section.blocks[1]))\n"
                   "  if found ~= expected then\n"
                   "    error(section.title .. ': ' .. found .. ', expected ' .. expected)\n"
                   "  end\n"
                   "  return e.p(expected)\n"
                   "end\n%c",
                   0);
    struct brv_buf *source = brv_buf_new_in(rig.arena);
    brv_buf_printf(source,
                   "local e = require \"brevier.element\"\n"
                   "local text = require \"brevier.text\"\n%s"
                   "return { api = 1, name = \"default\", version = \"1.0.0\",\n"
                   "  summary = \"A test\", render = render }\n%c",
                   plugin->ptr,
                   0);
    brv_buf_add_byte(document, 0);
    start(&rig, source->ptr, document->ptr);
    if (rig.failures > 0)
        fail_msg("%s", rig_diagnostics(&rig));
    assert_non_null(strstr(rig_plain(&rig), "One two three four"));
    rig_end(&rig);
}

// ---- as a whole

static const char whole[] =
    "# Title\n\n## One\n\nWords *and **more*** `code` [link](https://a.example).[^1]\n\n"
    "- Date: today\n- Place: *here*\n  - below\n- no fact\n\n3. three\n4. four\n\n"
    "> a quote\n\n```sh\nls\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n### Part\n\nA part.\n\n"
    "[^1]: A note.\n\n## Two\n\n- Key: value\n\n"
    "[with a note[^2]](https://b.example)\n\n[^2]: See [there](https://c.example).\n";

// All of it awake, part of it, none of it: the same elements come back.
static const char *const passing[] = {
    PLUGIN("local function render(section, context)\n"
           "  local parts = { section.heading, section.blocks }\n"
           "  for _, part in ipairs(section.subsections) do\n"
           "    parts[#parts + 1] = context.render(part)\n"
           "  end\n"
           "  return e.section(parts)\n"
           "end\n"),
    PLUGIN("local function wake(t)\n"
           "  if type(t) == 'table' then for _, v in pairs(t) do wake(v) end end\n"
           "  return t\n"
           "end\n"
           "local function render(section, context)\n"
           "  local parts = { wake(section.heading), wake(section.blocks) }\n"
           "  for _, part in ipairs(section.subsections) do\n"
           "    parts[#parts + 1] = wake(context.render(part))\n"
           "  end\n"
           "  return e.section(parts)\n"
           "end\n"),
    PLUGIN("local function render(section, context)\n"
           "  for _, fact in ipairs(section.facts) do\n"
           "    assert(fact.item.tag == 'li' and text.plain(fact.content) == fact.value)\n"
           "  end\n"
           "  local parts = { section.heading }\n"
           "  for _, block in ipairs(section.blocks) do\n"
           "    parts[#parts + 1] = { tag = block.tag, start = block.start, table.unpack(block) }\n"
           "  end\n"
           "  for _, part in ipairs(section.subsections) do\n"
           "    local again = context.render(part)\n"
           "    parts[#parts + 1] = #again > 0 and context.render(part)\n"
           "  end\n"
           "  return e.section(parts)\n"
           "end\n"),
};

static void test_asleep__passes_through(void **state)
{
    (void)state;
    struct rig first;
    for (size_t i = 0; i < BRV_COUNT(passing); i++) {
        struct rig rig;
        rig_start(&rig);
        start(&rig, passing[i], whole);
        if (rig.failures > 0)
            fail_msg("%s", rig_diagnostics(&rig));
        if (i > 0) {
            assert_string_equal(rig_dump(&rig, rig.article), rig_dump(&first, first.article));
            rig_end(&rig);
        } else {
            assert_non_null(strstr(rig_plain(&rig), "A part."));
            first = rig;
        }
    }
    rig_end(&first);
}

// What is given attributes in its sleep comes back as what is awake when it gets them.
static void test_asleep__is_dressed(void **state)
{
    (void)state;
    static const char *const dressing[] = {
        PLUGIN("local function render(section, context)\n"
               "  for i, block in ipairs(section.blocks) do\n"
               "    block['data-n'], block.class = i, 'a b'\n"
               "    if block.tag == 'ul' then block[1].class, block[1].lang = 'c', 'de' end\n"
               "  end\n"
               "  return e.section { section.blocks }\n"
               "end\n"),
        PLUGIN("local function render(section, context)\n"
               "  for i, block in ipairs(section.blocks) do\n"
               "    next(block)\n"
               "    block['data-n'], block.class = i, 'a b'\n"
               "    if block.tag == 'ul' then\n"
               "      next(block[1])\n"
               "      block[1].class, block[1].lang = 'c', 'de'\n"
               "    end\n"
               "  end\n"
               "  return e.section { section.blocks }\n"
               "end\n"),
    };
    struct rig rigs[BRV_COUNT(dressing)];
    for (size_t i = 0; i < BRV_COUNT(dressing); i++) {
        rig_start(&rigs[i]);
        start(&rigs[i], dressing[i], whole);
        if (rigs[i].failures > 0)
            fail_msg("%s", rig_diagnostics(&rigs[i]));
    }
    const char *dump = rig_dump(&rigs[0], rigs[0].article);
    assert_non_null(strstr(dump, "ol class=\"a b\" start=\"3\" data-n=\"3\""));
    assert_non_null(strstr(dump, "li class=\"c\" lang=\"de\""));
    assert_string_equal(dump, rig_dump(&rigs[1], rigs[1].article));
    for (size_t i = 0; i < BRV_COUNT(dressing); i++)
        rig_end(&rigs[i]);
}

// The items of facts are those of the blocks, whatever was done to these before facts were asked
// for.
static void test_asleep__facts_know_their_items(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    start(&rig,
          PLUGIN("local function render(section)\n"
                 "  local list = section.blocks[1]\n"
                 "  local second = list[2]\n"
                 "  table.remove(list, 1)\n"
                 "  table.remove(section.blocks, 1)\n"
                 "  assert(#section.facts == 2 and section.facts[2].item == second)\n"
                 "  assert(section.facts.date.item.tag == 'li')\n"
                 "  section.facts.date.item.class = 'first'\n"
                 "  return e.ul { section.facts[1].item, second }\n"
                 "end\n"),
          "- Date: today\n- Place: here\n");
    if (rig.failures > 0)
        fail_msg("%s", rig_diagnostics(&rig));
    assert_string_equal(rig_plain(&rig), "Date: today Place: here");
    assert_non_null(strstr(rig_dump(&rig, rig.article), "li class=\"first\""));
    rig_end(&rig);
}

// A table may be kept for a later section, and is then what it was, whatever became of the first.
static void test_asleep__keeps(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    start(&rig,
          PLUGIN("local kept\n"
                 "local function render(section, context)\n"
                 "  if section.title == 'One' then kept = section.blocks return kept end\n"
                 "  kept[1][1] = 'Again'\n"
                 "  return kept\n"
                 "end\n"),
          "## One\n\nOnce *more*\n\n## Two\n\nNever\n");
    if (rig.failures > 0)
        fail_msg("%s", rig_diagnostics(&rig));
    assert_string_equal(rig_plain(&rig), "Once more Againmore");
    rig_end(&rig);
}

// ---- what it costs

static const char *long_document(struct rig *rig, size_t items)
{
    struct brv_buf *document = brv_buf_new_in(rig->arena);
    brv_buf_printf(document, "## One\n\n");
    for (size_t i = 0; i < items; i++)
        brv_buf_printf(document, "- item *%zu* of many\n", i);
    brv_buf_add_byte(document, 0);
    return document->ptr;
}

// A document is not the plugin's spending, asleep or awake.
static void test_asleep__is_a_gift(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_memory_bytes = 256 << 10;
        start(&rig, passing[i], long_document(&rig, 4000));
        if (rig.failures > 0)
            fail_msg("%s", rig_diagnostics(&rig));
        assert_non_null(strstr(rig_plain(&rig), "item 3999 of many"));
        rig_end(&rig);
    }
}

// Each use of it is counted: a script cannot make a long document of a short one.
static void test_asleep__each_use_counts(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    start(&rig,
          PLUGIN("local function render(section)\n"
                 "  local list, all = section.blocks[1], {}\n"
                 "  for i = 1, 1000 do all[i] = list end\n"
                 "  return e.div { list, all }\n"
                 "end\n"),
          long_document(&rig, 100));
    assert_int_equal(rig.failures, 1);
    assert_non_null(strstr(rig_diagnostics(&rig), "elements and shapes"));
    rig_end(&rig);
}

// What is around it may be wrong for it.
static void test_asleep__is_checked_where_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *plugin;
        const char *message;
    } cases[] = {
        { PLUGIN("local function render(s) return e.p { s.blocks[1] } end\n"),
          "may not stand in \"p\"" },
        { PLUGIN("local function render(s) return e.p { e.a { href = '#x', s.blocks[1][1] } }"
                 " end\n"),
          "a link may not stand in a link" },
        { PLUGIN("local function render(s) s.blocks[1][1][2].class = 'x'\n"
                 "  return e.p { e.a { href = '#x', s.blocks[1][1] } } end\n"),
          "a link may not stand in a link" },
        { PLUGIN("local function render(s) s.blocks[1].clas = 'x' return s.blocks end\n"),
          "an element has no attribute \"clas\" (did you mean \"class\"?)" },
        { PLUGIN("local function render(s) s.blocks[1].class = true return s.blocks end\n"),
          "attribute \"class\" is a boolean, expected a text or a number" },
        { PLUGIN("local function render(s) return e.p { e.footnote { e.p(s.blocks[1][3]) } }"
                 " end\n"),
          "a footnote may not stand in a footnote" },
        { PLUGIN("local function render(s)\n"
                 "  local deep = s.blocks\n"
                 "  for _ = 1, 99 do deep = e.div { deep } end\n"
                 "  return deep\n"
                 "end\n"),
          "elements are nested more than 100 deep" },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct rig rig;
        rig_start(&rig);
        start(&rig, cases[i].plugin, "## One\n\n*a [b](https://b.example)* and[^1]\n\n[^1]: c\n");
        if (!strstr(rig_diagnostics(&rig), cases[i].message))
            fail_msg(
                "%s: %s%s", cases[i].message, rig_diagnostics(&rig), rig_dump(&rig, rig.article));
        assert_int_equal(rig.failures, 1);
        rig_end(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asleep__looks_like_a_table),
        cmocka_unit_test(test_asleep__passes_through),
        cmocka_unit_test(test_asleep__is_dressed),
        cmocka_unit_test(test_asleep__facts_know_their_items),
        cmocka_unit_test(test_asleep__keeps),
        cmocka_unit_test(test_asleep__is_a_gift),
        cmocka_unit_test(test_asleep__each_use_counts),
        cmocka_unit_test(test_asleep__is_checked_where_it_stands),
    };
    return cmocka_run_group_tests_name("plugin_asleep", tests, NULL, NULL);
}
