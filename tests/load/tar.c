// Brevier — tests of tar archives that change while they are read.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "load/feed.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK_BYTES = 512 };

static const char archive[] = BRV_SCRATCH_DIR "/changing.tar";

// A file with the content "# A", or with a target another name of it.
static void entry_write(FILE *file, const char *name, const char *target)
{
    static const char content[BLOCK_BYTES] = "# A\n";
    char header[BLOCK_BYTES] = { 0 };
    enum {
        MODE = 100,
        SIZE = 124,
        TIME = 136,
        CHECKSUM = 148,
        TYPE = 156,
        LINK = 157,
        MAGIC = 257
    };
    unsigned sum = 0;
    strcpy(header, name);
    strcpy(header + MODE, "0000644");
    strcpy(header + SIZE, target ? "00000000000" : "00000000004");
    strcpy(header + TIME, "00000000000");
    memset(header + CHECKSUM, ' ', 8);
    header[TYPE] = target ? '1' : '0';
    strcpy(header + LINK, target ? target : "");
    memcpy(header + MAGIC, "ustar\00000", 8);
    for (size_t i = 0; i < sizeof header; i++)
        sum += (unsigned char)header[i];
    (void)snprintf(header + CHECKSUM, 8, "%06o", sum);
    assert_int_equal(fwrite(header, sizeof header, 1, file), 1);
    if (!target)
        assert_int_equal(fwrite(content, sizeof content, 1, file), 1);
}

// Entries are names, or "name=target".
static void archive_write(const char *const *entries, size_t count)
{
    static const char end[2 * BLOCK_BYTES];
    (void)mkdir(BRV_SCRATCH_DIR, 0777);
    (void)unlink(archive); // who reads the one before goes on with that
    FILE *file = fopen(archive, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < count; i++) {
        char name[32];
        assert_true(strlen(entries[i]) < sizeof name);
        strcpy(name, entries[i]);
        char *target = strchr(name, '=');
        if (target)
            *target++ = '\0';
        entry_write(file, name, target);
    }
    assert_int_equal(fwrite(end, sizeof end, 1, file), 1);
    assert_int_equal(fclose(file), 0);
}

static const char *const before[] = { "a.md", "b.md", "c.md=b.md" };

// What becomes of the archive when its first entry was read; the last item that comes then, and
// why.
static void changed_check(void change(void), enum brv_feed_state state, const char *name,
                          const char *reason)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    const brv_str operand = brv_str_from_cstr(archive);
    const struct brv_feed_options options = { .operands = &operand, .operand_count = 1 };
    struct brv_feed_item item = { 0 };
    struct brv_feed_item last = { 0 };
    archive_write(before, BRV_COUNT(before));
    struct brv_feed *feed = brv_feed_new(arena, &options, &sink);
    assert_non_null(feed);
    assert_true(brv_feed_next(feed, arena, &item, &sink));
    assert_str(item.name, "a.md");
    change();
    while (brv_feed_next(feed, arena, &item, &sink))
        if (item.state != BRV_FEED_WHOLE)
            last = item;
    if (last.state != state || !brv_str_is(last.name, name) ||
        brv_str_find(last.reason, 0, brv_str_from_cstr(reason)) == last.reason.len)
        fail_msg(
            "\"%" BRV_STR_F "\": %" BRV_STR_F, BRV_STR_ARG(last.name), BRV_STR_ARG(last.reason));
    brv_arena_free(arena);
}

static void archive_remove(void)
{
    assert_int_equal(unlink(archive), 0);
}

static void archive_shorten(void)
{
    archive_write(before, 1);
}

static void test_links_of_an_archive_that_goes(void **state)
{
    (void)state;
    changed_check(
        archive_remove, BRV_FEED_FAILED, "changing.tar", "cannot be read again for its links: ");
}

static void test_links_of_an_archive_that_shrinks(void **state)
{
    (void)state;
    changed_check(archive_shorten,
                  BRV_FEED_FAILED,
                  "changing.tar",
                  "changed: the content of its links is gone");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links_of_an_archive_that_goes),
        cmocka_unit_test(test_links_of_an_archive_that_shrinks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
