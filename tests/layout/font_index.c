// Brevier — tests of the index of installed faces.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/file.h"
#include "layout/catalog_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char index_path[] = BRV_SCRATCH_DIR "/fonts.index";

static void write_file(struct fixture *fixture, brv_str bytes)
{
    assert_int_equal(brv_file_write(brv_str_from_cstr(index_path), bytes, &fixture->sink), BRV_OK);
}

// A copy that can be written into.
static brv_str write_index(struct fixture *fixture)
{
    struct brv_buf *bytes = brv_buf_new_in(fixture->arena);
    brv_catalog_write_index(fixture->arena, bytes);
    write_file(fixture, brv_buf_str(bytes));
    return brv_buf_str(bytes);
}

static bool is_believed(struct fixture *fixture, struct brv_catalog *catalog)
{
    return brv_catalog_read_index(fixture->arena, brv_str_from_cstr(index_path), catalog);
}

static void test_it_says_what_fontconfig_says(void **state)
{
    struct fixture *fixture = *state;
    (void)write_index(fixture);
    struct brv_catalog indexed;
    assert_true(is_believed(fixture, &indexed));
    struct brv_catalog asked = brv_catalog_read(fixture->arena, (brv_str){ 0 });
    assert_true(asked.count > 10);
    assert_int_equal(indexed.count, asked.count);
    for (size_t i = 0; i < asked.count; i++) {
        const struct brv_candidate *a = &indexed.items[i];
        const struct brv_candidate *b = &asked.items[i];
        assert_int_equal(a->family_count, b->family_count);
        for (size_t n = 0; n < a->family_count; n++) {
            assert_true(brv_str_equal(a->families[n], b->families[n]));
        }
        assert_true(brv_str_equal(a->style, b->style));
        assert_true(brv_str_equal(a->file, b->file));
        assert_int_equal(a->index, b->index);
        assert_int_equal(a->weight, b->weight);
        assert_int_equal(a->stretch, b->stretch);
        assert_int_equal(a->is_italic, b->is_italic);
        assert_int_equal(a->is_fixed_pitch, b->is_fixed_pitch);
        for (uint32_t c = (uint32_t)i % 7; c < 0x110000; c += c < 0x3000 ? 1 : 61) {
            assert_int_equal(brv_candidate_has(a, c), brv_candidate_has(b, c));
        }
    }
}

static void test_it_is_not_believed_when_a_folder_has_changed(void **state)
{
    struct fixture *fixture = *state;
    brv_str bytes = write_index(fixture);
    const struct brv_index_head *head = (const void *)bytes.ptr;
    struct brv_catalog catalog;
    for (uint32_t i = 0; i < head->folders.count; i++) {
        char *copy = brv_arena_cstr(fixture->arena, bytes);
        struct brv_index_folder *folders = (void *)(copy + head->folders.at);
        folders[i].nanoseconds ^= 1;
        folders[i].seconds ^= folders[i].seconds < 0 ? -1 : 0; // is there now
        write_file(fixture, (brv_str){ copy, bytes.len });
        assert_false(is_believed(fixture, &catalog));
    }
    assert_true(head->folders.count > 1);
}

static void test_it_is_not_believed_where_somebody_has_added(void **state)
{
    struct fixture *fixture = *state;
    (void)write_index(fixture);
    (void)mkdir(BRV_SCRATCH_DIR "/added", 0755); // there from an earlier run, or made now
    (void)mkdir(BRV_SCRATCH_DIR "/added/fonts", 0755);
    struct brv_catalog catalog;
    assert_true(is_believed(fixture, &catalog));
    assert_int_equal(setenv("XDG_DATA_HOME", BRV_SCRATCH_DIR "/added", 1), 0);
    assert_false(is_believed(fixture, &catalog));
    assert_int_equal(setenv("XDG_DATA_HOME", BRV_SCRATCH_DIR "/none", 1), 0);
    assert_true(is_believed(fixture, &catalog));
    assert_int_equal(setenv("FONTCONFIG_SYSROOT", "/none", 1), 0);
    assert_false(is_believed(fixture, &catalog));
    assert_int_equal(unsetenv("FONTCONFIG_SYSROOT"), 0);
}

// Nothing in it is trusted: it is not believed, or the faces have names that can be read.
static void test_damage_does_no_harm(void **state)
{
    struct fixture *fixture = *state;
    brv_str bytes = write_index(fixture);
    uint32_t seed = 1;
    size_t believed = 0;
    for (unsigned round = 0; round < 400; round++) {
        struct brv_arena *arena = brv_arena_new();
        char *copy = brv_arena_cstr(arena, bytes);
        size_t length = round % 4 == 0 ? bytes.len * round / 400 : bytes.len;
        for (unsigned n = 0; n < round % 4 && length > 0; n++) {
            seed = seed * 1664525 + 1013904223;
            size_t most = round % 3 == 0 ? sizeof(struct brv_index_head) : length;
            copy[(seed >> 8) % most] = (char)(seed >> 3);
        }
        write_file(fixture, (brv_str){ copy, length });
        struct brv_catalog catalog;
        if (brv_catalog_read_index(arena, brv_str_from_cstr(index_path), &catalog)) {
            believed++;
            size_t sum = 0;
            for (size_t i = 0; i < catalog.count; i++) {
                const struct brv_candidate *candidate = &catalog.items[i];
                sum += brv_str_compare(candidate->families[0], candidate->file) < 0;
                sum += candidate->style.len + brv_candidate_has(candidate, 'a');
                sum += brv_candidate_has(candidate, 0xFFFFFFFF);
            }
            assert_true(sum < 1 << 30);
        }
        brv_arena_free(arena);
    }
    assert_true(believed > 0 && believed < 300);
}

int main(void)
{
    // A user who has added nothing.
    setenv("HOME", BRV_SCRATCH_DIR "/home", 1);
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
    const struct CMUnitTest tests[] = {
        TEST(test_it_says_what_fontconfig_says),
        TEST(test_it_is_not_believed_when_a_folder_has_changed),
        TEST(test_it_is_not_believed_where_somebody_has_added),
        TEST(test_damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
