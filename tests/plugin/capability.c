// Brevier — capabilities: asked for by the manifest, granted by the operator, otherwise refused;
// and chance, which the document decides.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void probe(struct rig *rig, const char *keys, const char *body, const char *analysis)
{
    brv_str source = brv_arena_printf(
        rig->arena,
        "local brevier, e = require \"brevier\", require \"brevier.element\"\n"
        "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
        "  sections = { \"probe\", \"other\" }, %s render = function(section, context)\n"
        "%s\nend }\n",
        keys,
        body);
    rig_clear("capability");
    rig_write("capability", "probe.lua", brv_arena_cstr(rig->arena, source));
    rig_host(rig, rig_folder(rig, "capability"));
    rig_document(rig, analysis);
    rig_render(rig);
}

static const char analysis[] = "# A title\n\n## Probe\n\nOne.\n";

// ---- manifests and grants

static void test_capability__is_asked_for_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        const char *message;
    } rows[] = {
        { "capabilities = { 'net' },", "unknown capability \"net\"" },
        { "capabilities = { 'raed' },", "did you mean \"read\"?" },
        { "capabilities = { 5 },", "unknown capability" },
        { "capabilities = 'clock',", "\"capabilities\" is no list of names" },
        { "capabilities = {},", "\"capabilities\" is no list of names" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct rig rig;
        rig_start(&rig);
        probe(&rig, rows[i].keys, "", analysis);
        const char *diagnostics = rig_diagnostics(&rig);
        if (!strstr(diagnostics, rows[i].message))
            fail_msg("want %s\ngot %s", rows[i].message, diagnostics);
        rig_end(&rig);
    }
}

// It is not there unless it was asked for and granted, to this plugin; a plugin that asks in vain
// does without, and its user is told once what to say.
static void test_capability__is_absent_unless_granted(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        const char *what; // is there
        size_t warnings;
        const char *hint;
    } rows[] = {
        { "", "", 0, "" },
        { "capabilities = { 'clock' },", "clock", 0, "" },
        { "capabilities = { 'read' },", "", 1, "it is given by --grant probe:read=FOLDER" },
        { "capabilities = { 'read', 'clock' },", "clock", 1, "\"read\", which is not granted" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct rig rig;
        rig_start(&rig);
        // Someone else's leave is no leave.
        struct brv_plugin_grant grants[] = {
            { BRV_S("other"), BRV_S("clock"), BRV_S("") },
            { BRV_S("other"), BRV_S("read"), BRV_S("/") },
            { BRV_S("probe"), BRV_S("clock"), BRV_S("") },
        };
        rig.grants = grants;
        rig.grant_count = BRV_COUNT(grants);
        probe(&rig,
              rows[i].keys,
              "  return e.p(context.clock and 'clock' or '', context.read and 'read' or '', '!')",
              "# A title\n\n## Probe\n\nOne.\n\n## Other\n\nTwo.\n");
        assert_int_equal(rig.failures, 0);
        assert_int_equal(rig.sink.counts[BRV_WARNING], rows[i].warnings);
        const char *diagnostics = rig_diagnostics(&rig);
        if (!strstr(diagnostics, rows[i].hint) ||
            (rows[i].warnings > 0 && !strstr(diagnostics, "probe.lua:3:")))
            fail_msg("want %s\ngot %s", rows[i].hint, diagnostics);
        brv_str want = brv_arena_printf(rig.arena, "%s!", rows[i].what);
        assert_non_null(strstr(rig_plain(&rig), brv_arena_cstr(rig.arena, want)));
        rig_end(&rig);
    }
}

static void test_capability__grants_are_read(void **state)
{
    (void)state;
    struct brv_plugin_grant grant;
    static const char *const wrong[] = {
        "", "clock", ":clock", "p:", "p:net", "p:clock=x", "p:read", "p:read=", "p=read:x",
    };
    for (size_t i = 0; i < BRV_COUNT(wrong); i++)
        assert_int_equal(brv_plugin_grant_parse(brv_str_from_cstr(wrong[i]), &grant), BRV_FAILED);
    assert_int_equal(brv_plugin_grant_parse(BRV_S("p:clock"), &grant), BRV_OK);
    assert_int_equal(brv_plugin_grant_parse(BRV_S("p:read=a=b:c"), &grant), BRV_OK);
    assert_true(brv_str_is(grant.plugin, "p") && brv_str_is(grant.folder, "a=b:c"));
}

// ---- what is granted

static void test_capability__clock_tells_that_it_was_read(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    struct brv_plugin_grant grant = { BRV_S("probe"), BRV_S("clock"), BRV_S("") };
    rig.grants = &grant;
    rig.grant_count = 1;
    probe(&rig,
          "capabilities = { 'clock' },",
          "local t = context.clock() context.clock() assert(t.year > 2000 and t.month <= 12) "
          "return e.p 'told'",
          analysis);
    assert_int_equal(rig.failures, 0);
    assert_int_equal(rig.sink.counts[BRV_NOTE], 1);
    assert_non_null(strstr(rig_diagnostics(&rig), "note: the clock was read"));
    assert_non_null(strstr(rig_plain(&rig), "told"));
    rig_end(&rig);
}

static void test_capability__read_stays_beneath_its_folder(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *message; // NULL: it is read
    } rows[] = {
        { "list.txt", NULL },
        { "../capability/probe.lua", "expected a path beneath" },
        { "/etc/passwd", "expected a path beneath" },
        { "", "expected a path beneath" },
        { "list.txt\\0", "expected a path beneath" },
        { "link.txt", "link.txt" },
        { "none.txt", "none.txt" },
        { "long.txt", "long.txt" },
    };
    rig_clear("granted");
    rig_write("granted", "list.txt", "one of the list");
    struct rig rig;
    rig_start(&rig);
    char *longer = brv_arena_alloc(rig.arena, rig.limits.plugin_string_bytes + 2);
    memset(longer, 'x', rig.limits.plugin_string_bytes + 1);
    longer[rig.limits.plugin_string_bytes + 1] = '\0';
    rig_write("granted", "long.txt", longer);
    brv_str link = brv_arena_printf(rig.arena, "%s/granted/link.txt", BRV_SCRATCH_DIR);
    assert_int_equal(symlink("list.txt", brv_arena_cstr(rig.arena, link)), 0);
    rig_end(&rig);
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        rig_start(&rig);
        struct brv_plugin_grant grant = {
            BRV_S("probe"),
            BRV_S("read"),
            rig_folder(&rig, "granted"),
        };
        rig.grants = &grant;
        rig.grant_count = 1;
        brv_str body =
            brv_arena_printf(rig.arena, "return e.p(context.read(\"%s\"))", rows[i].path);
        probe(&rig, "capabilities = { 'read' },", brv_arena_cstr(rig.arena, body), analysis);
        assert_int_equal(rig.failures, rows[i].message ? 1 : 0);
        const char *told = rows[i].message ? rig_diagnostics(&rig) : rig_plain(&rig);
        if (!strstr(told, rows[i].message ? rows[i].message : "one of the list"))
            fail_msg("%s: %s", rows[i].path, told);
        rig_end(&rig);
    }
}

// Reading again and again costs what it takes.
static void test_capability__reading_is_paid_for(void **state)
{
    (void)state;
    rig_clear("granted");
    rig_write("granted", "list.txt", "one of the list");
    struct rig rig;
    rig_start(&rig);
    struct brv_plugin_grant grant = { BRV_S("probe"), BRV_S("read"), rig_folder(&rig, "granted") };
    rig.grants = &grant;
    rig.grant_count = 1;
    probe(
        &rig, "capabilities = { 'read' },", "while true do context.read('list.txt') end", analysis);
    assert_int_equal(rig.failures, 1);
    rig_end(&rig);
}

// ---- chance

static const char *random_numbers(struct rig *rig, const char *text)
{
    rig_start(rig);
    probe(rig,
          "",
          "local t = {} for i = 1, 5 do t[i] = math.random(1, 1000) end "
          "return e.p(table.concat(t, ' ') .. ' ' .. math.random())",
          text);
    assert_int_equal(rig->failures, 0);
    return rig_plain(rig);
}

static void test_capability__chance_is_the_documents(void **state)
{
    (void)state;
    struct rig first, again, other, sections;
    const char *numbers = random_numbers(&first, analysis);
    assert_string_equal(random_numbers(&again, analysis), numbers);
    assert_string_not_equal(random_numbers(&other, "# B title\n\n## Probe\n\nTwo.\n"), numbers);
    // Sections do not share a sequence.
    random_numbers(&sections, "# A title\n\n## Probe\n\nOne.\n\n## Other\n\nTwo.\n");
    const struct brv_node *last = sections.article->last;
    brv_str one = brv_node_plain_text(sections.arena, last);
    brv_str two = brv_node_plain_text(sections.arena, last->previous);
    assert_false(brv_str_equal(one, two));
    rig_end(&first);
    rig_end(&again);
    rig_end(&other);
    rig_end(&sections);
}

static void test_capability__chance_is_even(void **state)
{
    (void)state;
    struct rig rig;
    rig_start(&rig);
    probe(&rig,
          "",
          "local n = { 0, 0, 0, 0, 0, 0 } "
          "for i = 1, 60000 do local k = math.random(6) n[k] = n[k] + 1 end "
          "for i = 1, 6 do assert(n[i] > 9600 and n[i] < 10400, n[i]) end "
          "for i = 1, 1000 do local x = math.random() assert(x >= 0 and x < 1) end "
          "assert(math.random(7, 7) == 7) "
          "assert(math.type(math.random(math.mininteger, math.maxinteger)) == 'integer') "
          "return e.p 'even'",
          analysis);
    if (rig.failures)
        fail_msg("%s", rig_diagnostics(&rig));
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_capability__is_asked_for_by_name),
        cmocka_unit_test(test_capability__is_absent_unless_granted),
        cmocka_unit_test(test_capability__grants_are_read),
        cmocka_unit_test(test_capability__clock_tells_that_it_was_read),
        cmocka_unit_test(test_capability__read_stays_beneath_its_folder),
        cmocka_unit_test(test_capability__reading_is_paid_for),
        cmocka_unit_test(test_capability__chance_is_the_documents),
        cmocka_unit_test(test_capability__chance_is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
