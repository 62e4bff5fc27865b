// Brevier — hostile plugins before the whole program: the run is degraded, the section shows its
// own content, and all else, the next document included, is what it is without the plugin, byte by
// byte. Every attack is tried in the text output, every third in all three.
// SPDX-License-Identifier: MIT
#include "brevier.h"

#include "hostile.h"
#include "rig.h"

#include <stdio.h>

static const char attacked[] =
    "# Incident: Two ports\n\nDate: 2025-03-04\n\n"
    "## Executive Summary\n\nTwo ports stood still for *nine* hours.\n\n"
    "## Timeline\n\n- 2025-03-01: The first port\n- 2025-03-02: The second port\n\n"
    "## Probe\n\nThe section of the plugin.\n\n- Date: today\n\n"
    "## Recommendations\n\n1. Ask the pilots.\n2. Ask them again.\n";

// Of another kind, with sections whose plugins use modules of Lua.
static const char following[] =
    "# Industry News: A quay\n\nDate: 2025-03-05\n\n"
    "## Key Details\n\n- Date: 2025-03-05\n- Place: Emden\n\n"
    "## Timeline\n\n- 2025-03-01: A crane\n- 2025-03-09: A quay\n\n"
    "## The Story\n\nA quay is longer than it was.[^1] {{See|}}\n\n[^1]: By 40 m.\n\n"
    "```chart\ntype: bar\ntitle: Metres\nNorth: 12\nSouth: 30\n```\n";

static const char *const formats[] = { "text", "docx", "pdf" };

struct outputs {
    brv_str bytes[BRV_COUNT(formats)];
};

// What an engine makes of a document, in the arena.
static brv_str render(struct brv_arena *arena, struct brv_engine *engine, const char *text,
                      const char *format, enum brv_outcome expected)
{
    struct brv_request request = {
        .name = "analysis.md",
        .bytes = text,
        .length = strlen(text),
        .format = format,
    };
    struct brv_result *result = brv_engine_render(engine, &request);
    if (brv_result_outcome(result) != expected)
        fail_msg("outcome %d: %s", (int)brv_result_outcome(result), brv_result_messages(result));
    brv_str bytes =
        brv_arena_str(arena, (brv_str){ brv_result_bytes(result), brv_result_length(result) });
    brv_result_free(result);
    return bytes;
}

static struct brv_engine *new_engine(const char *plugin_folder)
{
    const char *const path[] = { plugin_folder, NULL };
    return brv_engine_new(
        &(struct brv_engine_options){ .plugin_path = plugin_folder ? path : NULL });
}

static struct outputs render_all(struct brv_arena *arena, const char *plugin_folder,
                                 const char *text, enum brv_outcome expected)
{
    struct outputs outputs;
    struct brv_engine *engine = new_engine(plugin_folder);
    for (size_t f = 0; f < BRV_COUNT(formats); f++)
        outputs.bytes[f] = render(arena, engine, text, formats[f], expected);
    brv_engine_free(engine);
    return outputs;
}

struct expected {
    struct outputs whole;    // the attacked document without the plugin
    struct outputs degraded; // with a plugin that does nothing but fail
    struct outputs next;     // the following document
};

#define FOLDER BRV_SCRATCH_DIR "/hostile"

static void find_expected(struct brv_arena *arena, struct expected *expected)
{
    expected->whole = render_all(arena, NULL, attacked, BRV_OUTCOME_DONE);
    expected->next = render_all(arena, NULL, following, BRV_OUTCOME_DONE);
    attack_write("hostile", &attacks_on_lua, "error 'no'");
    expected->degraded = render_all(arena, FOLDER, attacked, BRV_OUTCOME_DEGRADED);
}

// The sections around the one that fails are what they are without the plugin, and it is itself
// there, behind the notice.
static void test_documents__one_section_is_degraded(void **state)
{
    (void)state;
    struct brv_arena *arena = brv_arena_new();
    struct expected expected;
    find_expected(arena, &expected);
    brv_str whole = expected.whole.bytes[0];
    brv_str degraded = expected.degraded.bytes[0];
    assert_true(degraded.len > whole.len);
    size_t begin = 0; // of what is there in addition
    while (begin < whole.len && whole.ptr[begin] == degraded.ptr[begin])
        begin++;
    size_t more = degraded.len - whole.len;
    assert_memory_equal(whole.ptr + begin, degraded.ptr + begin + more, whole.len - begin);
    assert_true(
        brv_str_starts_with(brv_str_trim(brv_str_slice(whole, begin, whole.len)), BRV_S("Probe")));
    brv_str notice = brv_str_slice(degraded, begin, begin + more);
    assert_true(brv_str_find(notice, 0, BRV_S("“probe” failed here")) < notice.len);
    for (size_t f = 0; f < BRV_COUNT(formats); f++)
        assert_false(brv_str_equal(expected.whole.bytes[f], expected.degraded.bytes[f]));
    brv_arena_free(arena);
}

static size_t check_attack(const struct attack_chapter *chapter, const struct attack *attack,
                           const struct expected *expected, size_t format_count)
{
    struct brv_arena *arena = brv_arena_new();
    size_t faults = 0;
    attack_write("hostile", chapter, attack->body);
    struct brv_engine *engine = new_engine(FOLDER);
    bool is_refused = chapter->cost == COSTS_THE_PLUGIN;
    assert_int_equal(brv_engine_messages(engine)[0] != '\0', is_refused);
    const struct outputs *outputs =
        chapter->cost == COSTS_ITS_SECTION ? &expected->degraded : &expected->whole;
    for (size_t f = 0; f < format_count; f++) {
        brv_str now = render(arena, engine, attacked, formats[f], BRV_OUTCOME_DEGRADED);
        // An engine that had to do without a plugin says so of each document.
        brv_str next = render(arena,
                              engine,
                              following,
                              formats[f],
                              is_refused ? BRV_OUTCOME_DEGRADED : BRV_OUTCOME_DONE);
        if (!brv_str_equal(now, outputs->bytes[f])) {
            print_error("%s: the document differs as %s\n", attack->name, formats[f]);
            faults++;
        }
        if (!brv_str_equal(next, expected->next.bytes[f])) {
            print_error("%s: the next document differs as %s\n", attack->name, formats[f]);
            faults++;
        }
    }
    brv_engine_free(engine);
    brv_arena_free(arena);
    return faults;
}

static void test_documents__all_else_is_the_same(void **state)
{
    (void)state;
    struct brv_arena *arena = brv_arena_new();
    struct expected expected;
    find_expected(arena, &expected);
    size_t faults = 0;
    size_t count = 0;
    for (size_t c = 0; c < attack_chapter_count; c++)
        for (size_t i = 0; i < attack_chapters[c]->count; i++, count++)
            faults += check_attack(attack_chapters[c],
                                   &attack_chapters[c]->attacks[i],
                                   &expected,
                                   count % 3 == 0 ? BRV_COUNT(formats) : 1);
    print_message("%zu attacks, %zu faults\n", count, faults);
    assert_int_equal(faults, 0);
    brv_arena_free(arena);
}

// What one document's plugin did is not there for the next of the same kind either: the same state
// of affairs, the same bytes, in whatever order documents come.
static void test_documents__plugins_keep_nothing(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        // Counts its calls in all places that outlive a call.
        "local list = require 'brevier.list' list.n = (list.n or 0) + 1 "
        "string.n = (string.n or 0) + 1 math.n = (math.n or 0) + 1 "
        "return e.p(list.n .. string.n .. math.n)",
        "return e.p(tostring(math.random(1, 1 << 40)) .. ' ' .. math.random())",
        "return e.p(tostring({}) .. tostring(error) .. tostring(section) .. tostring(e))",
        "local t = {} for i = 1, 500 do t['k' .. i * 7919 % 500] = i end local words = {} "
        "for k, v in pairs(t) do words[#words + 1] = k .. v end "
        "return e.p(table.concat(words, ' '))",
        "local t = { [error] = 1, [print == nil or {}] = 2 } return e.p(#t)",
    };
    for (size_t i = 0; i < BRV_COUNT(bodies); i++) {
        struct brv_arena *arena = brv_arena_new();
        attack_write("hostile", &attacks_on_lua, bodies[i]);
        enum brv_outcome outcome =
            i + 1 < BRV_COUNT(bodies) ? BRV_OUTCOME_DONE : BRV_OUTCOME_DEGRADED;
        struct brv_engine *engine = new_engine(FOLDER);
        brv_str first = render(arena, engine, attacked, "text", outcome);
        (void)render(arena, engine, following, "text", BRV_OUTCOME_DONE);
        brv_str second = render(arena, engine, attacked, "text", outcome);
        brv_engine_free(engine);
        engine = new_engine(FOLDER);
        brv_str other = render(arena, engine, attacked, "text", outcome);
        brv_engine_free(engine);
        assert_true(brv_str_equal(first, second));
        assert_true(brv_str_equal(first, other));
        assert_true(brv_str_find(first, 0, BRV_S("0x")) == first.len);
        brv_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents__one_section_is_degraded),
        cmocka_unit_test(test_documents__all_else_is_the_same),
        cmocka_unit_test(test_documents__plugins_keep_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
