// Brevier — tests of .brevierignore: what git ignores is ignored, nothing else.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "base/file.h"
#include "load/feed_source.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

// ---- what a tree gives

static void file_write(const char *folder, const char *name, brv_str text)
{
    char path[PATH_MAX];
    assert_true(snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path);
    for (char *slash = strchr(path + strlen(folder) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    if (text.len > 0)
        assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

// The files that a feed gives of a folder, one a line.
static brv_str names_fed(struct brv_arena *arena, const char *folder)
{
    const brv_str operand = brv_str_from_cstr(folder);
    const struct brv_feed_options options = { .operands = &operand, .operand_count = 1 };
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_arena *own = brv_arena_new();
    struct brv_feed *feed = brv_feed_new(own, &options, &sink);
    struct brv_buf *names = brv_buf_new_in(arena);
    struct brv_feed_item item;
    assert_non_null(feed);
    while (brv_feed_next(feed, own, &item, &sink))
        if (item.state != BRV_FEED_WHOLE)
            brv_buf_printf(names,
                           "%.*s\n",
                           (int)(item.path.len - operand.len - 1),
                           item.path.ptr + operand.len + 1);
    brv_arena_free(own);
    return brv_buf_str(names);
}

// ---- one rule at a time

static void test_rules(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
        bool is_folder;
        enum brv_ignored says;
    } cases[] = {
        { "*.md\n!keep/\n", "keep", true, BRV_IGNORED_NOT },
        { "*.md\n!keep/\n", "keep/a.md", false, BRV_IGNORED },
        { "a\\ \n", "a ", false, BRV_IGNORED },
        { "a \n", "a", false, BRV_IGNORED },
        { "a\\\\  \n", "a\\", false, BRV_IGNORED },
        { " a\n", "a", false, BRV_IGNORED_UNSAID },
        { "a\t\n", "a", false, BRV_IGNORED_UNSAID },
        { "\\#a\n", "#a", false, BRV_IGNORED },
        { "#a\n", "#a", false, BRV_IGNORED_UNSAID },
        { "\\!a\n", "!a", false, BRV_IGNORED },
        { "a\n!a\n", "a", false, BRV_IGNORED_NOT },
        { "\xef\xbb\xbf"
          "a\n",
          "a",
          false,
          BRV_IGNORED },
        { "a\r\nb\r\n", "a", false, BRV_IGNORED },
        { "a\r\nb\r", "b", false, BRV_IGNORED },
        { "a/**\n", "a", true, BRV_IGNORED_UNSAID },
        { "a/**\n", "a/b", true, BRV_IGNORED },
        { "**/a\n", "a", false, BRV_IGNORED },
        { "a/**/b\n", "a/b", false, BRV_IGNORED },
        { "a//\n", "a", true, BRV_IGNORED_UNSAID },
        { "\n\n/\n!\n", "a", true, BRV_IGNORED_UNSAID },
    };
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_ignore ignore = brv_ignore_parse(arena, brv_str_from_cstr(cases[i].text));
        if (brv_ignore_says(&ignore, brv_str_from_cstr(cases[i].path), cases[i].is_folder) !=
            cases[i].says)
            fail_msg("\"%s\" against \"%s\"", cases[i].text, cases[i].path);
    }
    brv_arena_free(arena);
}

// ---- against git

static const char *one_of(uint64_t *seed, const char *const *words, size_t count)
{
    return words[random_next(seed) % count];
}

// Few names, so that patterns meet them, with what patterns could take for their own.
static const char *const names[] = {
    "a",  "b",  "ab", "abc", "b.md", "a.md", "[a]",       "a b",
    "a ", "#a", "!a", "a*",  "\\a",  "-",    "z\xc3\xa4",
};
static const char *const folders[] = { "", "a/", "ab/", "a/x/", "b/a/ab/", "a /", "a/x.md/" };

static void pattern_add(struct brv_buf *text, uint64_t *seed)
{
    static const char *const pieces[] = {
        "a",  "b",   "ab",   "*",        "*",     "?",           "**",           "/",
        "/",  "**/", "/**",  "/**/",     "[a-b]", "[!a]",        "[^b]",         "[]a]",
        "\\", "\\ ", " ",    "#",        "!",     "[[:alpha:]]", "[[:punct:]b]", "[",
        "]",  ".md", "*.md", "[a/b]",    "\\a",   "[\\]a-]",     "***",          "[[:no:]]",
        "-",  "\\/", "[a-",  "\xc3\xa4", "abc",
    };
    if (random_next(seed) % 4 == 0)
        brv_buf_add_byte(text, '!');
    if (random_next(seed) % 4 == 0)
        brv_buf_add_byte(text, '/');
    for (uint64_t left = random_next(seed) % 4 + 1; left > 0; left--)
        brv_buf_add_cstr(text, one_of(seed, pieces, BRV_COUNT(pieces)));
    if (random_next(seed) % 4 == 0)
        brv_buf_add_byte(text, '/');
    static const char *const ends[] = { "\n", "\n", "\n", "\r\n", " \n", "\\ \n", "\t\n", "\n\n" };
    brv_buf_add_cstr(text, one_of(seed, ends, BRV_COUNT(ends)));
}

// What git says of all files: those that it does not ignore, one a line.
static brv_str names_of_git(struct brv_arena *arena, const char *folder)
{
    char command[PATH_MAX];
    (void)snprintf(
        command,
        sizeof command,
        "cd '%s' && GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null git -c "
        "core.quotePath=false -c core.ignoreCase=false ls-files -z --others "
        "--exclude-per-directory=.gitignore | tr '\\0' '\\n' | grep -v '[.][a-z]*ignore$' "
        "| LC_ALL=C sort",
        folder);
    FILE *pipe = popen(command, "r"); // NOLINT: a fixed command
    assert_non_null(pipe);
    struct brv_buf *found = brv_buf_new_in(arena);
    for (int byte; (byte = fgetc(pipe)) != EOF;)
        brv_buf_add_byte(found, (char)byte);
    pclose(pipe);
    return brv_buf_str(found);
}

static int line_compare(const void *a, const void *b)
{
    return brv_str_compare(*(const brv_str *)a, *(const brv_str *)b);
}

static brv_str lines_sorted(struct brv_arena *arena, brv_str text)
{
    size_t count = 0;
    size_t capacity = 0;
    brv_str *lines = NULL;
    while (text.len > 0) {
        size_t end = brv_str_find_byte(text, 0, '\n');
        BRV_PUSH(arena, lines, count, capacity) = brv_str_slice(text, 0, end);
        text = brv_str_from(text, end + 1);
    }
    if (count > 1)
        qsort(lines, count, sizeof *lines, line_compare);
    struct brv_buf *out = brv_buf_new_in(arena);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, "%" BRV_STR_F "\n", BRV_STR_ARG(lines[i]));
    return brv_buf_str(out);
}

static void test_as_git(void **state)
{
    (void)state;
    enum { ROUNDS = 400, PATTERNS = 4 };
    static const char folder[] = BRV_SCRATCH_DIR "/tree";
    char command[PATH_MAX];
    (void)snprintf(command,
                   sizeof command,
                   "rm -rf '%s' && mkdir -p '%s' && git init -q '%s' >/dev/null 2>&1",
                   folder,
                   folder,
                   folder);
    bool has_git = system(command) == 0; // NOLINT: a fixed command
    uint64_t seed = 7;
    for (size_t f = 0; f < BRV_COUNT(folders); f++)
        for (size_t n = 0; n < BRV_COUNT(names); n++) {
            char name[64];
            (void)snprintf(name, sizeof name, "%s%s%s", folders[f], names[n], f == 0 ? "1" : "");
            file_write(folder, name, BRV_S("# T\n"));
        }
    struct brv_buf failed = { 0 };
    for (size_t round = 0; has_git && round < ROUNDS && failed.len == 0; round++) {
        struct brv_arena *arena = brv_arena_new();
        struct brv_buf *told = brv_buf_new_in(arena);
        for (size_t f = 0; f < BRV_COUNT(folders); f++) {
            struct brv_buf *text = brv_buf_new_in(arena);
            char name[64];
            if (f == 0 && random_next(&seed) % 4 == 0)
                brv_buf_add_cstr(text, "\xef\xbb\xbf");
            for (size_t p = 0; p < PATTERNS && (f == 0 || random_next(&seed) % 8 == 0); p++)
                pattern_add(text, &seed);
            (void)snprintf(name, sizeof name, "%s.brevierignore", folders[f]);
            file_write(folder, name, brv_buf_str(text));
            (void)snprintf(name, sizeof name, "%s.gitignore", folders[f]);
            file_write(folder, name, brv_buf_str(text));
            brv_buf_printf(told, "-- %s\n%" BRV_STR_F, name, BRV_STR_ARG(brv_buf_str(text)));
        }
        brv_str ours = lines_sorted(arena, names_fed(arena, folder));
        brv_str theirs = lines_sorted(arena, names_of_git(arena, folder));
        if (!brv_str_equal(ours, theirs))
            brv_buf_printf(&failed,
                           "round %zu, patterns:\n%" BRV_STR_F "ours:\n%" BRV_STR_F
                           "git's:\n%" BRV_STR_F,
                           round,
                           BRV_STR_ARG(brv_buf_str(told)),
                           BRV_STR_ARG(ours),
                           BRV_STR_ARG(theirs));
        brv_arena_free(arena);
    }
    brv_buf_add_byte(&failed, '\0');
    if (failed.len > 1)
        fail_msg("%s", failed.ptr);
    brv_buf_deinit(&failed);
    if (!has_git)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_as_git),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
