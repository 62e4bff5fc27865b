// Brevier — tests of names, globs and content of feeds.
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "load/feed_extent.h"
#include "load/feed_source.h"
#include "load/feed_taken.h"

#include <stdio.h>

static void test_names_are_safe_to_write(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *clean;
    } cases[] = {
        { "a.md", "a.md" },
        { "2025/11/a.md", "2025/11/a.md" },
        { "../../etc/passwd", "etc/passwd" },
        { "/absolute/a.md", "absolute/a.md" },
        { "a/./b/../c.md", "a/b/c.md" },
        { "C:\\temp\\a.md", "C_/temp/a.md" },
        { "con.md", "_con.md" },
        { "COM1", "_COM1" },
        { "com10.md", "com10.md" },
        { "lpt9.txt", "_lpt9.txt" },
        { "aux/nul", "_aux/_nul" },
        { "CONIN$", "_CONIN$" },
        { "conout$.md", "_conout$.md" },
        { "conin.md", "conin.md" },
        { "COM¹.md", "_COM¹.md" },
        { "lpt².md", "_lpt².md" },
        { "Com³", "_Com³" },
        { "com⁴.md", "com⁴.md" },
        { "com¹¹.md", "com¹¹.md" },
        { "com.md", "com.md" },
        { "aux .md", "_aux .md" },
        { "com1  .tar.md", "_com1  .tar.md" },
        { "aux a.md", "aux a.md" },
        { "a\nb.md", "a_b.md" },
        { "what?.md", "what_.md" },
        { ".hidden", "hidden" },
        { "trailing. ", "trailing" },
        { "..", "unnamed" },
        { "", "unnamed" },
        { "///", "unnamed" },
        { "Grüße/Ελλάδα.md", "Grüße/Ελλάδα.md" },
        { "gr\xf6\xdf"
          "er.md",
          "gr__er.md" },
        { "fdp\u202eslx.md", "fdp_slx.md" },
        { "a.txt/b.md", "a.txt_/b.md" },
        { "a.PDF/b.docx/c.txt", "a.PDF_/b.docx_/c.txt" },
        { "quarantine/a.md", "_quarantine/a.md" },
        { "Ledger.sqlite/a.md", "_Ledger.sqlite/a.md" },
        { "ledger.sqlite-journal/a.md", "_ledger.sqlite-journal/a.md" },
        { "ledger-1-of-2.sqlite-wal/a.md", "_ledger-1-of-2.sqlite-wal/a.md" },
        { "ledger/a.md", "ledger/a.md" },
        { "ledger.sqlite", "ledger.sqlite" },
        { "../Quarantine", "_Quarantine" },
        { "a/quarantine/b.md", "a/quarantine/b.md" },
    };
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        assert_str(brv_feed_name_clean(arena, brv_str_from_cstr(cases[i].raw)), cases[i].clean);
    brv_arena_free(arena);
}

// Two paths of one file give one name, as far as paths tell.
static void test_names_of_paths(void **state)
{
    (void)state;
    static const struct {
        const char *path, *name;
    } cases[] = {
        { "a.md", "a.md" },
        { "./a//./b.md", "a/b.md" },
        { "/srv/in/a.md", "srv/in/a.md" },
        { "sub/../3.md", "3.md" },
        { "in/sub/../3.md", "in/3.md" },
        { "in/a/b/../../3.md", "in/3.md" },
        { "../in/3.md", "in/3.md" },
        { "a/../../../b/3.md", "b/3.md" },
        { "..a/b../.c", "..a/b../.c" },
        { "in/", "in" },
        { "..", "" },
    };
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        assert_str(brv_feed_name_of_path(arena, brv_str_from_cstr(cases[i].path)), cases[i].name);
    brv_arena_free(arena);
}

// Where a name comes from makes no difference to what is said of it.
static void test_names_that_warn(void **state)
{
    (void)state;
    static const struct {
        const char *raw;
        bool warns;
    } cases[] = {
        { "a.md", false },   { "./a.md", false },   { "./a//./b.md", false },
        { "a/", false },     { "/a.md", true },     { "//srv/a.md", true },
        { "../a.md", true }, { "a/../b.md", true }, { "C:\\temp\\a.md", true },
        { "con.md", true },  { "a\nb.md", true },   { "./con.md", true },
    };
    static const char *const prefixes[] = { "", "pack/", "2025/pack/" };
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < BRV_COUNT(cases) * BRV_COUNT(prefixes); i++) {
        brv_str raw = brv_str_from_cstr(cases[i / BRV_COUNT(prefixes)].raw);
        brv_str prefix = brv_str_from_cstr(prefixes[i % BRV_COUNT(prefixes)]);
        brv_str clean = brv_feed_name_clean(arena, brv_feed_joined(arena, prefix, raw));
        brv_str warning = brv_feed_name_warning(arena, prefix, raw, clean, clean);
        if ((warning.len > 0) != cases[i / BRV_COUNT(prefixes)].warns)
            fail_msg("\"%.*s\" after \"%.*s\": %.*s",
                     BRV_STR_ARG(raw),
                     BRV_STR_ARG(prefix),
                     BRV_STR_ARG(warning));
    }
    // It quotes the name as the source has it, but for what stands before it.
    assert_str(
        brv_feed_name_warning(
            arena, BRV_S("pack/"), BRV_S("../a.md"), BRV_S("pack/a.md"), BRV_S("pack/a.md-2")),
        "its name \"../a.md\" is not safe to write, it is called \"pack/a.md-2\"");
    assert_str(brv_feed_name_warning(
                   arena, BRV_S("a:b/"), BRV_S("1.md"), BRV_S("a_b/1.md"), BRV_S("a_b/1.md")),
               "its name \"a:b/1.md\" is not safe to write, it is called \"a_b/1.md\"");
    brv_arena_free(arena);
}

static void test_long_names_keep_their_suffix(void **state)
{
    (void)state;
    struct brv_arena *arena = brv_arena_new();
    struct brv_buf *raw = brv_buf_new_in(arena);
    for (size_t i = 0; i < 200; i++)
        brv_buf_add_cstr(raw, "é");
    brv_buf_add_cstr(raw, ".md");
    brv_str clean = brv_feed_name_clean(arena, brv_buf_str(raw));
    assert_true(clean.len <= 120);
    assert_true(brv_str_ends_with(clean, BRV_S("é.md")));
    brv_arena_free(arena);
}

// Four kilobytes of folders leave a path that a system call takes.
static void test_deep_names_are_cut(void **state)
{
    (void)state;
    struct brv_arena *arena = brv_arena_new();
    struct brv_buf *raw = brv_buf_new_in(arena);
    for (size_t i = 0; i < 38; i++) {
        brv_buf_add_repeated(raw, 'd', 119);
        brv_buf_add_byte(raw, '/');
    }
    brv_buf_add_cstr(raw, "end.md");
    brv_str clean = brv_feed_name_clean(arena, brv_buf_str(raw));
    assert_true(clean.len <= 1000);
    assert_true(brv_str_ends_with(clean, BRV_S("/end.md")));
    brv_arena_free(arena);
}

static void test_globs(void **state)
{
    (void)state;
    static const struct {
        const char *glob, *path;
        bool is_folder, matches;
    } cases[] = {
        { "*.md", "a.md", false, true },
        { "*.md", "x/y/a.md", false, true },
        { "*.md", "a.txt", false, false },
        { "drafts", "drafts/a.md", false, true },
        { "drafts", "x/drafts/a.md", false, true },
        { "drafts/", "drafts/a.md", false, true },
        { "drafts/", "drafts", false, false },
        { "drafts/", "drafts", true, true },
        { "/a.md", "a.md", false, true },
        { "/a.md", "x/a.md", false, false },
        { "x/*.md", "x/a.md", false, true },
        { "x/*.md", "x/y/a.md", false, false },
        { "x/**/a.md", "x/a.md", false, true },
        { "x/**/a.md", "x/y/z/a.md", false, true },
        { "x/**/a.md", "y/x/a.md", false, false },
        { "**/z/*.md", "a/b/z/c.md", false, true },
        { "**/z/*.md", "z/c.md", false, true },
        { "x/**", "x/y/z", false, true },
        { "x/**", "x", false, false },
        { "x/y", "x/y/z.md", false, true },
        { "a/**/b/**/c", "a/1/b/2/b/3/c", false, true },
        { "a/**/b/**/c", "a/1/2/3/c", false, false },
        { "[ab]?.md", "a1.md", false, true },
        { "[ab]?.md", "c1.md", false, false },
        { "", "a", false, false },
        { "/", "a", true, false },
        { "a/[b/c]d", "a/cd", false, true },
        { "a[b/c]d", "a/d", false, false },
        { "a\\*b", "a*b", false, true },
        { "a\\*b", "axb", false, false },
        { "[[:digit:][:upper:]_-]x", "-x", false, true },
        { "[[:digit:][:upper:]_-]x", "ax", false, false },
        { "[[:nothing:]a]", "a", false, false },
        { "[]a]", "]", false, true },
        { "[!a-c]", "b", false, false },
        { "[a", "[a", false, false },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        if (brv_glob_matches(brv_str_from_cstr(cases[i].glob),
                             brv_str_from_cstr(cases[i].path),
                             cases[i].is_folder) != cases[i].matches)
            fail_msg("\"%s\" against \"%s\"", cases[i].glob, cases[i].path);
}

// Stars that never fit cost their product, not their power.
static void test_globs_end(void **state)
{
    (void)state;
    struct brv_arena *arena = brv_arena_new();
    struct brv_buf *glob = brv_buf_new_in(arena);
    struct brv_buf *path = brv_buf_new_in(arena);
    for (size_t i = 0; i < 200; i++) {
        brv_buf_add_cstr(glob, "**/a/");
        brv_buf_add_cstr(path, "a/");
    }
    brv_buf_add_cstr(glob, "b");
    brv_buf_add_cstr(path, "c");
    assert_false(brv_glob_matches(brv_buf_str(glob), brv_buf_str(path), false));
    brv_arena_free(arena);
}

// What a verdict is held against: part of it; NULL: there is none.
struct verdict_case {
    brv_str bytes;
    const char *fault;
};

static void verdicts_check(const char *verdict_of(brv_str bytes), const struct verdict_case *cases,
                           size_t count, const char *before)
{
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < count; i++) {
        struct brv_buf *text = brv_buf_new_in(arena);
        brv_buf_add_cstr(text, before);
        brv_buf_add_str(text, cases[i].bytes);
        const char *fault = verdict_of(brv_buf_str(text));
        if (!fault != !cases[i].fault || (fault && !strstr(fault, cases[i].fault)))
            fail_msg("case %zu: %s", i, fault ? fault : "no fault");
    }
    brv_arena_free(arena);
}

static void test_content(void **state)
{
    (void)state;
    static const struct verdict_case cases[] = {
        { BRV_S_INIT("# A title\n\nText.\n"), NULL },
        { BRV_S_INIT("Größe, Ελλάδα, 日本\n"), NULL },
        { BRV_S_INIT("One \xff bad byte in a line of text"), NULL },
        { BRV_S_INIT("Two NULs \0\0 in a line of text"), NULL },
        { BRV_S_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd marks"), NULL },
        { BRV_S_INIT(" \n\t\n"), "empty" },
        { BRV_S_INIT("\xef\xbb\xbf"), "empty" },
        { BRV_S_INIT("\xef\xbb\xbf \r\n"), "empty" },
        { BRV_S_INIT("\xef\xbb\xbf# A title\n"), NULL },
        { BRV_S_INIT("\xff\xfe#\0 \0T\0"), "UTF-16" },
        { BRV_S_INIT("#\0 \0T\0i\0t\0l\0e\0"), "UTF-16" },
        { BRV_S_INIT("\x7f"
                     "ELF\1\1\1\2\3\4\5\6\7\10\2\3"),
          "binary" },
        { BRV_S_INIT("Gr\xf6\xdf"
                     "e, \xfc"
                     "ber, sch\xf6n, fr\xfch, k\xfchl"),
          "UTF-8" },
    };
    verdicts_check(brv_feed_content_fault, cases, BRV_COUNT(cases), "");
}

static const char *packed_binary(brv_str bytes)
{
    return brv_feed_packed_fault(bytes, false);
}

static const char *packed_text(brv_str bytes)
{
    return brv_feed_packed_fault(bytes, true);
}

#define AR_HEADER "a.md/           0           0     0     644     4         "

static void test_packed(void **state)
{
    (void)state;
    static const struct verdict_case binary[] = {
        { BRV_S_INIT("# A title\n\nText.\n"), NULL },
        { BRV_S_INIT("7z is a format\n"), NULL },
        { BRV_S_INIT(""), NULL },
        { BRV_S_INIT("7z\xbc\xaf\x27\x1c\0\4"), "(7z), expected .zip, .tar, .tar.gz, .tar.bz2," },
        { BRV_S_INIT("\x1f\x8b\x08\0\0"), "gzip" },
        { BRV_S_INIT("\x1f\x9d\x90\0\0"), "compress" },
        { BRV_S_INIT("\x89LZO\0\r\n\x1a\n\x10"), "lzop" },
        { BRV_S_INIT("SQLite format 3\0\x10"), "--from" },
    };
    verdicts_check(packed_binary, binary, BRV_COUNT(binary), "");
    // Whatever else is in it; and what only begins alike.
    static const struct verdict_case any[] = {
        { BRV_S_INIT("BZh is how it begins\n"), NULL },
        { BRV_S_INIT("070701 is a number\n"), NULL },
        { BRV_S_INIT("PK\3\4\24\0\0\0\10\0\0\0\0\0\0\0\0\0\4\0\0\0\4\0\0\0\4\0\0\0a.mdText"),
          "zip, expected a name that ends in .zip" },
        { BRV_S_INIT("PK\3\4\24\0\0\0\10\0\0\0\0\0\0\0\0\0\4\0\0\0\4\0\0\0\10\0\0\0mimetypeTe"),
          NULL },
        { BRV_S_INIT("PK is short\n"), NULL },
        { BRV_S_INIT("!<arch>\n" AR_HEADER "`\nText"), "ar" },
        { BRV_S_INIT("!<arch>\n"), "ar" },
        { BRV_S_INIT("!<arch>\n" AR_HEADER "'\nText"), NULL },
        { BRV_S_INIT("\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0\1"), "lzma" },
        { BRV_S_INIT("\x5d\0\0\x18\0\7\0\0\0\0\0\0\0\0\1"), "lzma" },
        { BRV_S_INIT("\x5d\0\0\x81\0\7\0\0\0\0\0\0\0\0\1"), NULL },
        { BRV_S_INIT("\x5d\0\0\x80\0\7\0\0\0\0\0\0\1\0\1"), NULL },
        { BRV_S_INIT("\x5d\0\0\x80\0\7\0\0\0\0\0\0\0\1\1"), NULL },
        { BRV_S_INIT("\x5d\0\0\x80"), NULL },
        // The checksum of "123456789" is known to all.
        { BRV_S_INIT("\x60\xea\x09\0"
                     "123456789"
                     "\x26\x39\xf4\xcb\0\0"),
          "arj" },
        { BRV_S_INIT("\x60\xea\x09\0"
                     "123456789"
                     "\x26\x39\xf4\xcc\0\0"),
          NULL },
        { BRV_S_INIT("\x60\xea\xff\0"), NULL },
        { BRV_S_INIT("\x60\xea"), NULL },
    };
    verdicts_check(packed_text, any, BRV_COUNT(any), "");
}

// A tar of long texts in other letters than ASCII is no text.
static void test_packed_tar(void **state)
{
    (void)state;
    char header[512] = "a.md";
    memcpy(header + 257, "ustar", 6);
    assert_null(packed_text((brv_str){ header, sizeof header }));
    assert_string_equal(packed_binary((brv_str){ header, sizeof header }),
                        "it is a tar, expected a name that ends in .tar");
    memset(header + 148, ' ', 8);
    unsigned sum = 0;
    for (size_t i = 0; i < sizeof header; i++)
        sum += (unsigned char)header[i];
    (void)snprintf(header + 148, 8, "%06o", sum);
    assert_non_null(packed_text((brv_str){ header, sizeof header }));
    assert_null(packed_text((brv_str){ header, sizeof header - 1 }));
}

// The verdict is the same wherever in a text the wrong encoding begins.
static void test_content_far_behind(void **state)
{
    (void)state;
    static const struct verdict_case cases[] = {
        { BRV_S_INIT("Z\xfcrich"), NULL },
        { BRV_S_INIT("Gr\xfc\xdf"
                     "e aus Z\xfcrich, K\xf6ln und N\xfcrnberg"),
          "UTF-8" },
        { BRV_S_INIT("N\0o\0t\0e\0s\0 \0"), "UTF-16" },
    };
    struct brv_buf lines = { 0 };
    brv_buf_add_repeated(&lines, 'x', 58000);
    for (size_t at = 0; at < lines.len; at += 29)
        lines.ptr[at] = '\n';
    brv_buf_add_byte(&lines, '\0');
    verdicts_check(brv_feed_content_fault, cases, BRV_COUNT(cases), lines.ptr);
    brv_buf_deinit(&lines);
}

static void test_ids(void **state)
{
    (void)state;
    static const struct {
        const char *line, *id; // NULL: none
    } cases[] = {
        { "{\"meta\":{\"id\":\"A-1\"}}", "A-1" },
        { "\xef\xbb\xbf { \"schema\" : \"x\", \"meta\" : { \"title\" : \"id\", \"id\" : \"B\" } }",
          "B" },
        { "{\"sections\":[{\"meta\":{\"id\":\"no\"}},[1,{}],\"}]\\\"\"],\"n\":-1.5e3,\"meta\":{"
          "\"id\":\"C\"}}",
          "C" },
        { "{\"meta\":{\"authors\":[\"id\",\"x\"],\"id\":\"Z\\u00fcrich \\ud83d\\ude00/\\\"\"}}",
          "Zürich 😀/\"" },
        { "{\"meta\":{\"id\":\"cut\"", "cut" },
        { "{\"meta\":{\"id\":\"cu", NULL },
        { "{\"meta\":{\"id\":17}}", NULL },
        { "{\"meta\":{\"id\":[\"x\"]}}", NULL },
        { "{\"meta\":{\"id\":\"\\ud800\"}}", NULL },
        { "{\"id\":\"x\",\"meta\":{}}", NULL },
        { "{\"id\":{\"meta\":{\"id\":\"x\"}}}", NULL },
        { "{\"meta\":\"id\"}", NULL },
        { "[{\"meta\":{\"id\":\"x\"}}]", NULL },
        { "{\"a\":]]]]],\"meta\":{\"id\":\"x\"}}", NULL },
        { "{", NULL },
        { "", NULL },
        { "# A title", NULL },
    };
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        brv_str id = brv_feed_json_id(arena, brv_str_from_cstr(cases[i].line));
        if (!brv_str_is(id, cases[i].id ? cases[i].id : ""))
            fail_msg("case %zu: \"%" BRV_STR_F "\"", i, BRV_STR_ARG(id));
    }
    brv_arena_free(arena);
}

static void test_totals(void **state)
{
    (void)state;
    static const struct {
        struct brv_feed_extent extent;
        struct brv_feed_source source; // without weight: a folder
        uint64_t total;
    } cases[] = {
        { { .files = 10 }, { 0 }, 0 }, // of a list, say
        { { .is_known = true, .files = 10 }, { 0 }, 10 },
        // Archives are judged by the files beside them, then by what came out of them.
        { { .is_known = true, .files = 100, .packed_bytes = 1000 }, { 0 }, 0 },
        { { .is_known = true,
            .files = 100,
            .packed_bytes = 1000,
            .files_given = 50,
            .file_bytes = 500 },
          { 0 },
          200 },
        { { .is_known = true,
            .files = 100,
            .packed_bytes = 1000,
            .files_given = 50,
            .file_bytes = 500,
            .packed_given = 30 },
          { .weight = 500, .gone = 1, .size = 2 },
          220 },
        { { .is_known = true,
            .files = 1,
            .packed_bytes = 1000,
            .packed_given = 7,
            .packed_gone = 1000 },
          { 0 },
          8 },
        // One that is being opened, one that cannot tell how much is to come.
        { { .is_known = true, .packed_bytes = 1000, .packed_given = 7, .packed_gone = 500 },
          { .weight = 500 },
          14 },
        { { .is_known = true, .packed_bytes = 1000, .packed_given = 7, .packed_gone = 500 },
          { .weight = 500, .gone = 3 },
          0 },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++)
        assert_int_equal(brv_feed_extent_total(&cases[i].extent, &cases[i].source), cases[i].total);
}

// Each name is given out once, whatever numbers it takes, and who came first is known.
static void test_names_are_given_out_once(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    struct brv_arena *arena = brv_arena_new();
    struct brv_feed_taken taken = { .folds = true };
    uint64_t owner = 0;
    assert_false(brv_feed_taken_find(&taken, BRV_S("a"), &owner));
    static const struct {
        const char *name, *given;
        uint64_t owner, other; // 0: nobody had it
    } cases[] = {
        { "a", "a", 1, 0 },
        { "A", "A-2", 2, 1 },
        { "a-2", "a-2-2", 3, 2 },
        { "a", "a-3", 4, 1 },
        { "b", "b", 5, 0 },
        { "", "", 6, 0 },
        { "", "-2", 7, 6 },
        { "é", "é", 8, 0 },
        { "É", "É-2", 9, 8 },
        // "é" in two pieces; what swells when it is folded; Cyrillic; Hangul in pieces.
        { "e\xcc\x81", "e\xcc\x81-3", 10, 8 },
        { "straße", "straße", 11, 0 },
        { "STRASSE", "STRASSE-2", 12, 11 },
        { "Ёлка", "Ёлка", 13, 0 },
        { "\xd0\xb5\xcc\x88лка", "\xd0\xb5\xcc\x88лка-2", 14, 13 },
        { "각", "각", 15, 0 },
        { "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8",
          "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8-2",
          16,
          15 },
        // Compatible is not the same; nor is a letter without its accent.
        { "ﬁn²", "ﬁn²", 17, 0 },
        { "fin2", "fin2", 18, 0 },
        { "e", "e", 19, 0 },
        // Nobody sees the joiner.
        { "c\xe2\x80\x8d", "c\xe2\x80\x8d", 20, 0 },
        { "c", "c-2", 21, 20 },
    };
    for (size_t i = 0; i < BRV_COUNT(cases); i++) {
        uint64_t other = 0;
        brv_str given = brv_feed_taken_add(
            &taken, arena, brv_str_from_cstr(cases[i].name), cases[i].owner, &other);
        assert_str(given, cases[i].given);
        assert_int_equal(other, cases[i].other);
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        uint64_t other = 0;
        brv_str name = brv_arena_printf(arena, "folder/%u.md", (unsigned)i);
        assert_true(brv_str_equal(brv_feed_taken_add(&taken, arena, name, i, &other), name));
        assert_int_equal(other, 0);
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        brv_str name = brv_arena_printf(arena, "FOLDER/%u.md", (unsigned)i);
        assert_true(brv_feed_taken_find(&taken, name, &owner));
        assert_int_equal(owner, i);
    }
    assert_false(brv_feed_taken_find(&taken, BRV_S("folder/3000.md"), &owner));
    brv_feed_taken_deinit(&taken);
    brv_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals),
        cmocka_unit_test(test_names_are_given_out_once),
        cmocka_unit_test(test_names_are_safe_to_write),
        cmocka_unit_test(test_long_names_keep_their_suffix),
        cmocka_unit_test(test_deep_names_are_cut),
        cmocka_unit_test(test_globs),
        cmocka_unit_test(test_globs_end),
        cmocka_unit_test(test_content),
        cmocka_unit_test(test_content_far_behind),
        cmocka_unit_test(test_packed),
        cmocka_unit_test(test_packed_tar),
        cmocka_unit_test(test_names_of_paths),
        cmocka_unit_test(test_names_that_warn),
        cmocka_unit_test(test_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
