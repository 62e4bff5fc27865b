// Brevier — tests of the text sanitiser.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "harness.h"

#define FFFD "\xEF\xBF\xBD"

static const struct brv_source *text_set(struct fixture *t, brv_str raw)
{
    struct brv_source *source = brv_source_new(t->arena, BRV_S("x.md"), (brv_str){ 0 });
    brv_source_set_text(source, raw, t->arena, BRV_WARNING, &t->sink);
    return source;
}

static void test_clean_text_is_not_copied(void **state)
{
    struct fixture *t = *state;
    brv_str raw = BRV_S("tab\tline\nGr\xC3\xBC\xC3\x9F"
                        "e \xF0\x9F\x98\x80 " FFFD "\n");
    const struct brv_source *source = text_set(t, raw);
    assert_ptr_equal(source->text.ptr, raw.ptr);
    assert_int_equal(source->text.len, raw.len);
    assert_int_equal(source->line_count, 3);
    assert_null(t->sink.first);
}

static void test_line_ends_and_mark(void **state)
{
    struct fixture *t = *state;
    assert_str(text_set(t,
                        BRV_S("\xEF\xBB\xBF"
                              "a\r\nb\rc\n\r\n"))
                   ->text,
               "a\nb\nc\n\n");
    assert_str(text_set(t,
                        BRV_S("\xEF\xBB\xBF"
                              "a"))
                   ->text,
               "a");
    assert_str(text_set(t, (brv_str){ 0 })->text, "");
    assert_null(t->sink.first);
}

static void test_faults(void **state)
{
    static const struct {
        brv_str raw;
        const char *text;
        const char *message;
        unsigned offset;
    } cases[] = {
        { BRV_S_INIT("a\xFF"
                     "b"),
          "a" FFFD "b",
          "invalid UTF-8, shown as U+FFFD",
          1 },
        { BRV_S_INIT("\r\na\xE2\x82"), "\na" FFFD, "invalid UTF-8, shown as U+FFFD", 2 },
        { BRV_S_INIT("a\0b\0"),
          "a" FFFD "b" FFFD,
          "NUL character, shown as U+FFFD (the first of 2)",
          1 },
        { BRV_S_INIT("\x1B[31m"), FFFD "[31m", "control character U+001B, shown as U+FFFD", 0 },
        { BRV_S_INIT("\xC2\x85"), FFFD, "control character U+0085, shown as U+FFFD", 0 },
        { BRV_S_INIT("a\x7F"), "a" FFFD, "control character U+007F, shown as U+FFFD", 1 },
        { BRV_S_INIT("\xEF\xBF\xBE"), FFFD, "noncharacter U+FFFE, shown as U+FFFD", 0 },
        { BRV_S_INIT("a\xE2\x80\xAE"
                     "b"),
          "a\xE2\x80\xAE"
          "b",
          "bidirectional control U+202E can make text read in another order than it is stored",
          1 },
    };
    struct fixture *t = *state;
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        struct brv_sink sink = brv_sink_init(t->arena);
        struct brv_source *source = brv_source_new(t->arena, BRV_S("x.md"), (brv_str){ 0 });
        brv_source_set_text(source, cases[i].raw, t->arena, BRV_WARNING, &sink);
        assert_str(source->text, cases[i].text);
        assert_int_equal(sink.counts[BRV_WARNING], 1);
        assert_int_equal(sink.first->code, BRV_CODE_INPUT);
        assert_str(sink.first->message, cases[i].message);
        assert_int_equal(sink.first->span.offset, cases[i].offset);
        assert_int_equal(sink.first->span.length, 3);
        assert_ptr_equal(sink.first->span.source, source);
    }
}

static void test_utf16_is_recognised(void **state)
{
    struct fixture *t = *state;
    (void)text_set(t,
                   BRV_S("\xFF\xFE"
                         "a\0b\0"));
    assert_str(sink_message(&t->sink, 0), "invalid UTF-8, shown as U+FFFD (the first of 2)");
    assert_str(t->sink.first->hint, "this looks like UTF-16; save it as UTF-8");
}

// What every later stage relies on, whatever bytes come in.
static void test_any_bytes_become_clean(void **state)
{
    (void)state;
    static const unsigned char alphabet[] = {
        'a',  '\n', '\r', '\t', 0,    0x1B, 0x7F, 0x80, 0x85, 0xBF, 0xC2, 0xE2,
        0xEF, 0xBB, 0xB7, 0x90, 0xF0, 0x9F, 0xBE, 0xF4, 0x8F, 0xAE, 0xFF,
    };
    uint64_t seed = 20;
    for (int turn = 0; turn < 5000; turn++) {
        struct brv_arena *arena = brv_arena_new();
        struct brv_sink sink = brv_sink_init(arena);
        char bytes[64];
        size_t len = random_next(&seed) % sizeof bytes;
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)alphabet[random_next(&seed) % sizeof alphabet];
        struct brv_source *source = brv_source_new(arena, BRV_S("x"), (brv_str){ 0 });
        brv_source_set_text(source, (brv_str){ bytes, len }, arena, BRV_WARNING, &sink);
        brv_str text = source->text;
        assert_true(brv_utf8_is_valid(text));
        for (size_t at = 0; at < text.len;) {
            uint32_t codepoint = brv_utf8_next(text, &at);
            assert_false(brv_is_noncharacter(codepoint));
            assert_true(codepoint == '\n' || codepoint == '\t' || codepoint >= 0x20);
            assert_false(codepoint >= 0x7F && codepoint <= 0x9F);
        }
        for (const struct brv_diag *diag = sink.first; diag; diag = diag->next) {
            brv_str place = brv_span_text(diag->span);
            assert_true(diag->span.offset + diag->span.length <= text.len);
            size_t at = 0;
            uint32_t codepoint = brv_utf8_next(place, &at);
            assert_true(codepoint == BRV_REPLACEMENT || brv_is_bidi_control(codepoint));
            assert_int_equal(at, place.len);
        }
        // Clean text is a fixed point.
        struct brv_source *again = brv_source_new(arena, BRV_S("x"), (brv_str){ 0 });
        brv_source_set_text(again, text, arena, BRV_WARNING, &sink);
        if (!brv_str_starts_with(text, BRV_S("\xEF\xBB\xBF")))
            assert_ptr_equal(again->text.ptr, text.ptr);
        brv_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_clean_text_is_not_copied), TEST(test_line_ends_and_mark),     TEST(test_faults),
        TEST(test_utf16_is_recognised),      TEST(test_any_bytes_become_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
