// Brevier — hostile plugins: whatever one does costs its own section and nothing else.
// The section falls back to its own content behind a notice, the error says what is expected, and
// the sections around it are what they are without the plugin. What it costs is measured in a
// process of its own. What the whole program makes of them is in hostile_document.c.
// SPDX-License-Identifier: MIT
#include "hostile.h"
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// ---- what the corpus has to cover

// What is known to break sandboxes of Lua, each with the attacks that try it here.
static const struct {
    const char *weakness;
    const char *attacks[4];
} rows[] = {
    { "rep, with and without memory",
      { "rep of a billion", "rep of nothing, for ever", "rep in pcall" } },
    { "patterns: polynomial", { "five lazy items", "quadratic lazy", "quadratic any" } },
    { "patterns: exponential", { "exponential pattern", "back references" } },
    { "plain find", { "plain find", "splitting by a prefix of itself" } },
    { "balance", { "quadratic balance" } },
    { "a class of many characters", { "long sets", "pattern of many items", "deep pattern" } },
    { "move", { "move of a billion nils", "move into another", "move beyond all numbers" } },
    { "remove and insert with __len", { "remove with a false length", "insert with __len" } },
    { "concat", { "concat of much", "concat with __len", "concat with __index" } },
    { "sort",
      { "sort of many",
        "sort comparator loop",
        "a sort by a liar",
        "a sort that empties its table" } },
    { "format",
      { "format in a loop",
        "format width",
        "format of a long precision",
        "format by a text of formats" } },
    { "work linear in a text", { "upper of much", "utf8 of much", "tonumber of much" } },
    { "code from text", { "load", "dofile", "string.dump" } },
    { "finalizers, weak tables, closing",
      { "__gc", "__mode", "__close", "__gc in a later metatable" } },
    { "emergency collections",
      { "a table in pcall", "keeping render's tables", "concatenations kept" } },
    { "the compiler",
      { "a chain of and", "a chain of elseif", "a file of jumps", "a file of brackets" } },
    { "tables of which nothing is left",
      { "elements of hollow tables",
        "a group of hollow tables",
        "lists of a hollow table",
        "next over a hollow table" } },
    { "memory that no state holds",
      { "styles of long texts", "attributes of numbers, each caught", "everything at once" } },
    { "manifests",
      { "a manifest behind __index",
        "a manifest of itself",
        "a manifest of a million keys",
        "an option whose default is a liar" } },
    { "modules in circles", { "a module that requires itself", "modules in a circle" } },
    { "one instruction on a long text",
      { "long texts as keys", "long texts as numbers", "concatenation in one step" } },
    { "next over an emptied table",
      { "next over much", "pairs over much", "pairs over long keys" } },
    { "errors of the hook in pcall", { "pcall around a loop", "nested pcall", "pcall of pcall" } },
    { "message handlers",
      { "xpcall with a looping handler",
        "xpcall handler after the budget",
        "xpcall handler that raises for ever" } },
    { "coroutines", { "coroutine" } },
    { "out of memory in pcall", { "a table in pcall", "doubling in pcall" } },
    { "the string metatable", { "the metatable of strings", "setmetatable on a string" } },
    { "shared tables", { "changing e", "setmetatable on globals", "rawset on globals" } },
    { "results with metatables",
      { "a metatable on the result",
        "an element with __index",
        "a constructor's argument with __pairs" } },
    { "amplification by results",
      { "amplification by sharing", "amplification of text", "a cycle", "depth" } },
    { "addresses", { "a table's address", "a function's address", "format of an address" } },
    { "unpack, byte, select", { "unpack of much", "byte of much", "select of much" } },
    { "C levels and the stack", { "C stack overflow", "stack overflow", "varargs without end" } },
    { "drawings",
      { "a million shapes",
        "a coordinate that is no number",
        "groups without end",
        "a path without end" } },
    { "the log", { "log for ever", "a flood of the log", "a log of control characters" } },
    { "attributes and ids",
      { "a million attributes", "long attributes", "an attribute with a forged name" } },
};

static const struct attack *find_attack(const char *name)
{
    for (size_t c = 0; c < attack_chapter_count; c++)
        for (size_t i = 0; i < attack_chapters[c]->count; i++)
            if (strcmp(attack_chapters[c]->attacks[i].name, name) == 0)
                return &attack_chapters[c]->attacks[i];
    return NULL;
}

static void test_hostile__corpus_covers_what_is_known(void **state)
{
    (void)state;
    size_t missing = 0;
    for (size_t r = 0; r < BRV_COUNT(rows); r++)
        for (size_t i = 0; i < BRV_COUNT(rows[r].attacks) && rows[r].attacks[i]; i++)
            if (!find_attack(rows[r].attacks[i])) {
                print_error(
                    "%s: there is no attack \"%s\"\n", rows[r].weakness, rows[r].attacks[i]);
                missing++;
            }
    assert_int_equal(missing, 0);
}

// ---- one attack

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// A document before a plugin; of no chapter, without one.
static void run(struct rig *rig, const struct attack_chapter *chapter, const char *body)
{
    if (chapter)
        attack_write("hostile", chapter, body);
    rig_host(rig, chapter ? rig_folder(rig, "hostile") : (brv_str){ 0 });
    rig_document(rig,
                 "# Incident: A title\n\n## Before\n\nOne.\n\n## Probe\n\nTwo *words*.\n\n"
                 "- Date: today\n- no fact\n\n## After\n\nThree.\n");
    rig_render(rig);
}

static void remove_notice(struct rig *rig)
{
    for (struct brv_node *node = rig->article->first; node; node = node->next)
        if (brv_node_has_class(node, BRV_S("notice"))) {
            brv_node_remove(node);
            return;
        }
}

// Both places, and the section's own content behind a notice.
static bool is_told(struct rig *rig, const struct attack_chapter *chapter)
{
    const char *diagnostics = rig_diagnostics(rig);
    if (!strstr(diagnostics, ".lua:"))
        return false;
    switch (chapter->cost) {
    case COSTS_ITS_SECTION:
        return rig->failures == 1 && strstr(diagnostics, "while rendering section \"Probe\"") &&
               strstr(rig_dump(rig, rig->article), "aside class=\"notice\"");
    case COSTS_ITS_PAGES:
        return rig->failures == 1;
    case COSTS_THE_PLUGIN:
        return rig->failures == 0 && rig->sink.counts[BRV_ERROR] > 0;
    }
    return false;
}

// Whether the attack was contained; says so when not. `whole` is the article without the plugin.
static bool check_attack(const struct attack_chapter *chapter, const struct attack *attack,
                         const char *whole)
{
    struct rig rig;
    rig_start(&rig);
    // Gas alone must do: the clock would make the verdict depend on the machine.
    rig.limits.plugin_cpu_ms = 10000;
    double start = cpu_seconds();
    run(&rig, chapter, attack->body);
    double seconds = cpu_seconds() - start;
    const char *diagnostics = rig_diagnostics(&rig);
    bool is_contained =
        is_told(&rig, chapter) && strstr(diagnostics, attack->message) && seconds < 10;
    remove_notice(&rig);
    is_contained = is_contained && strcmp(rig_dump(&rig, rig.article), whole) == 0;
    if (!is_contained)
        print_error("%s: %zu failures in %.1f s, expected \"%s\":\n%s\n",
                    attack->name,
                    rig.failures,
                    seconds,
                    attack->message,
                    diagnostics);
    rig_end(&rig);
    return is_contained;
}

static void test_hostile__costs_its_own_section_only(void **state)
{
    (void)state;
    struct rig harmless;
    rig_start(&harmless);
    run(&harmless, NULL, NULL);
    assert_int_equal(harmless.failures, 0);
    const char *whole = rig_dump(&harmless, harmless.article);
    size_t contained = 0;
    size_t count = 0;
    for (size_t c = 0; c < attack_chapter_count; c++) {
        if (attack_is_on_the_clock(attack_chapters[c]))
            continue;
        for (size_t i = 0; i < attack_chapters[c]->count; i++)
            contained += check_attack(attack_chapters[c], &attack_chapters[c]->attacks[i], whole);
        count += attack_chapters[c]->count;
    }
    rig_end(&harmless);
    print_message("%zu of %zu attacks contained\n", contained, count);
    assert_int_equal(contained, count);
    assert_true(count >= 400);
}

// ---- what an attack costs

#if !defined(BRV_ARENA_DEBUG) && !defined(BRV_TINY)

enum { SECTION_MS = 500, BEYOND_CAP_KIB = 16 << 10, TRIES = 5 };

struct cost {
    long milliseconds;
    long peak_kib; // of the process
    bool is_contained;
};

// In a process of its own, under the limits that users have.
static struct cost measure(const struct attack_chapter *chapter, const char *body)
{
    struct cost cost = { 0 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        const struct rlimit seconds = { 5, 5 }; // what is not contained ends here
        setrlimit(RLIMIT_CPU, &seconds);
        struct rig rig;
        rig_start(&rig);
        double start = cpu_seconds();
        run(&rig, chapter, body);
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        cost = (struct cost){
            .milliseconds = (long)((cpu_seconds() - start) * 1000),
            .peak_kib = usage.ru_maxrss,
            .is_contained = !chapter || is_told(&rig, chapter),
        };
        bool is_told = write(ends[1], &cost, sizeof cost) == sizeof cost;
        _exit(is_told ? 0 : 1);
    }
    close(ends[1]);
    bool is_told = read(ends[0], &cost, sizeof cost) == sizeof cost;
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    cost.is_contained = cost.is_contained && is_told && status == 0;
    return cost;
}

// What it costs when no neighbour has the caches.
static struct cost measure_calmly(const struct attack_chapter *chapter, const char *body)
{
    struct cost cost = measure(chapter, body);
    for (int k = 1; k < TRIES && cost.milliseconds > SECTION_MS; k++)
        cost = measure(chapter, body);
    return cost;
}

static void test_hostile__costs_no_more_than_the_limits(void **state)
{
    (void)state;
    struct brv_limits limits = brv_limits_default();
    long base_kib = measure(NULL, NULL).peak_kib;
    long most_kib = base_kib + (long)(limits.plugin_memory_bytes >> 10) + BEYOND_CAP_KIB;
    struct cost most = { 0 };
    const char *slowest = "";
    size_t faults = 0;
    for (size_t c = 0; c < attack_chapter_count; c++) {
        const struct attack_chapter *chapter = attack_chapters[c];
        for (size_t i = 0; i < chapter->count; i++) {
            const struct attack *attack = &chapter->attacks[i];
            struct cost cost = measure_calmly(chapter, attack->body);
            if (!cost.is_contained || cost.milliseconds > SECTION_MS || cost.peak_kib > most_kib) {
                print_error(
                    "%s: %ld ms, %ld KiB\n", attack->name, cost.milliseconds, cost.peak_kib);
                faults++;
            }
            if (cost.milliseconds > most.milliseconds) {
                most.milliseconds = cost.milliseconds;
                slowest = attack->name;
            }
            if (cost.peak_kib > most.peak_kib)
                most.peak_kib = cost.peak_kib;
        }
    }
    print_message(
        "dearest: %ld ms (%s), %ld KiB\n", most.milliseconds, slowest, most.peak_kib - base_kib);
    assert_int_equal(faults, 0);
}

// The body of a render that fills its state with so many tables before it goes on.
static void fill(int tables, const char *rest, char body[300])
{
    snprintf(body, 300, "local t = false for i = 1, %d do t = { t } end\n%s", tables, rest);
}

static bool can_fill(int tables)
{
    char body[300];
    fill(tables, "error 'filled'", body);
    struct rig rig;
    rig_start(&rig);
    rig.limits.plugin_cpu_ms = 10000;
    run(&rig, &attacks_on_lua, body);
    bool is_filled = strstr(rig_diagnostics(&rig), "filled") != NULL;
    rig_end(&rig);
    return is_filled;
}

// In a state that is full to the brim every other instruction asks for a whole collection.
static void test_hostile__full_states_are_in_time(void **state)
{
    (void)state;
    static const char *const rests[] = {
        "while true do local x = {} end",
        "while true do local x = { 1, 2, 3 } end",
        "while true do pcall(error, {}) end",
    };
    char body[300];
    int fits = 1000;
    int too_many = 1000000;
    while (too_many - fits > 1) {
        int middle = fits + (too_many - fits) / 2;
        *(can_fill(middle) ? &fits : &too_many) = middle;
    }
    assert_in_range(fits, 100000, 900000);
    for (int less = 0; less < 8; less++)
        for (size_t i = 0; i < BRV_COUNT(rests); i++) {
            fill(fits - less, rests[i], body);
            struct cost cost = measure_calmly(&attacks_on_lua, body);
            assert_true(cost.is_contained);
            assert_in_range(cost.milliseconds, 0, SECTION_MS);
        }
}

#endif

// The same gas verdict, at the same line, every time.
static void test_hostile__gas_verdict_is_reproducible(void **state)
{
    (void)state;
    const char *body =
        "local n = 0\nwhile true do\n  n = n + 1\n  pcall(string.find, 'abc', n)\nend";
    char first[2000] = "";
    for (int i = 0; i < 3; i++) {
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_cpu_ms = 60000;
        run(&rig, &attacks_on_lua, body);
        const char *diagnostics = rig_diagnostics(&rig);
        if (i == 0)
            snprintf(first, sizeof first, "%s", diagnostics);
        assert_string_equal(diagnostics, first);
        rig_end(&rig);
    }
}

// Work that gas prices low is stopped by the clock, with the rest of the document intact.
static void test_hostile__clock_stops_what_gas_does_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < attacks_on_the_clock.count; i++) {
        struct rig rig;
        rig_start(&rig);
        rig.limits.plugin_gas = UINT64_MAX / 2;
        rig.limits.plugin_cpu_ms = 50;
        double start = cpu_seconds();
        run(&rig, &attacks_on_the_clock, attacks_on_the_clock.attacks[i].body);
        assert_true(cpu_seconds() - start < 10);
        assert_int_equal(rig.failures, 1);
        assert_non_null(strstr(rig_diagnostics(&rig), "took more than 50 ms of processor time"));
        rig_end(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#if !defined(BRV_ARENA_DEBUG) && !defined(BRV_TINY)
        // First, while the process is small.
        cmocka_unit_test(test_hostile__costs_no_more_than_the_limits),
        cmocka_unit_test(test_hostile__full_states_are_in_time),
#endif
        cmocka_unit_test(test_hostile__corpus_covers_what_is_known),
        cmocka_unit_test(test_hostile__costs_its_own_section_only),
        cmocka_unit_test(test_hostile__gas_verdict_is_reproducible),
        cmocka_unit_test(test_hostile__clock_stops_what_gas_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
