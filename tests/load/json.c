// Brevier — tests of the JSON form: what is refused and where, and that every document survives
// the way to JSON and back.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "harness.h"
#include "outline.h"

#define HEAD "{\"schema\":\"brevier/analysis-1\",\n"

struct refusal {
    const char *text;
    size_t line;
    size_t column;
    const char *message;
};

static void test_refusals(void **state)
{
    struct fixture *fixture = *state;
    static const struct refusal rows[] = {
        { "{\"schema\":\"x\",\"sections\":[]}", 1, 1, "\"schema\" must be \"brevier/analysis-1\"" },
        { HEAD "\"section\":[]}", 2, 1, "unknown member \"section\" of a document" },
        { HEAD "\"sections\":{}}", 2, 12, "\"sections\" must be an array" },
        { HEAD "\"sections\":[1]}", 2, 13, "a section must be an object" },
        { HEAD "\"sections\":[{}]}", 2, 13, "a section needs a \"heading\"" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"role\":\"main\"}]}",
          2,
          35,
          "\"role\" must be \"title\", \"excerpt\" or \"preamble\"" },
        { HEAD "\"sections\":[{\"role\":\"title\",\"heading\":\"a\"},\n"
               "{\"role\":\"title\",\"heading\":\"b\"}]}",
          3,
          9,
          "only one top section can have this role" },
        { HEAD "\"sections\":[{\"role\":\"title\",\"level\":2,\"heading\":\"a\"}]}",
          2,
          13,
          "the title's \"level\" must be 1" },
        { HEAD "\"sections\":[{\"role\":\"title\",\"heading\":\"a\",\n\"sections\":[]}]}",
          3,
          12,
          "a section with a role holds no others" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"level\":7}]}",
          2,
          36,
          "\"level\" must be a whole number from 1 to 6" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"text\":1}]}",
          2,
          28,
          "unknown member \"text\" of a section" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":1}]}",
          2,
          37,
          "content must be a string or an array" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[1]}]}",
          2,
          38,
          "content holds strings and elements only" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[{\"content\":[]}]}]}",
          2,
          38,
          "an element needs a \"type\"" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[{\"type\":\"para\"}]}]}",
          2,
          46,
          "\"para\" is no element" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[{\"type\":1}]}]}",
          2,
          46,
          "\"type\" must be the name of an element" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[{\"type\":\"p\",\"hfer\":\"\"}]}]}",
          2,
          50,
          "unknown member \"hfer\" of an element" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[{\"type\":\"p\",\"id\":1}]}]}",
          2,
          55,
          "the value of an attribute must be a string" },
        { HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[{\"type\":\"li\"}]}]}",
          2,
          38,
          "\"li\" may not stand in \"div\"" },
        { HEAD "\"meta\":[]}", 2, 8, "\"meta\" must be an object" },
        { HEAD "\"meta\":{\"a\":1}}", 2, 13, "metadata must be a string or a list of strings" },
        { HEAD "\"meta\":{\"a\":[1]}}", 2, 14, "a list of metadata holds strings only" },
        { HEAD "\"meta\":{\"id\":[\"x\"]}}", 2, 9, "\"id\" must be one value, not a list" },
        { HEAD "\"kind_title\":1}", 2, 14, "\"kind_title\" is a string" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_sink sink = brv_sink_init(fixture->arena);
        assert_null(brv_document_load(
            fixture->arena, BRV_S("a.json"), brv_str_from_cstr(rows[i].text), NULL, &sink));
        assert_str(sink_message(&sink, 0), rows[i].message);
        struct brv_location place = brv_span_locate(sink.first->span);
        assert_int_equal(place.line, rows[i].line);
        assert_int_equal(place.column, rows[i].column);
    }
}

#define SECTION(blocks) HEAD "\"sections\":[{\"heading\":\"a\",\"blocks\":[" blocks "]}]}"

static brv_str repeated(struct fixture *fixture, const char *before, const char *text, size_t count,
                        const char *after)
{
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    brv_buf_add_cstr(buf, before);
    for (size_t i = 0; i < count; i++) {
        brv_buf_add_cstr(buf, text);
    }
    brv_buf_add_cstr(buf, after);
    return brv_buf_str(buf);
}

static void assert_message(struct fixture *fixture, brv_str bytes, const char *message)
{
    struct brv_sink sink = brv_sink_init(fixture->arena);
    struct brv_load_options options = { .form = BRV_FORM_JSON };
    assert_null(brv_document_load(fixture->arena, BRV_S("a"), bytes, &options, &sink));
    assert_str(sink_message(&sink, 0), message);
}

static void test_limits(void **state)
{
    struct fixture *fixture = *state;
    assert_message(fixture, BRV_S("[]"), "a document must be a JSON object");
    assert_message(
        fixture, repeated(fixture, "{\"a\":", "[", 300, ""), "JSON is nested deeper than 216");
    assert_message(fixture,
                   repeated(fixture, "[1", ",1", 2000000, "]"),
                   "JSON holds more than 2000000 values");
    brv_str open = repeated(fixture, "", "{\"type\":\"div\",\"content\":[", 90, "");
    brv_str close = repeated(fixture, "", "]}", 90, "");
    assert_message(fixture,
                   brv_arena_printf(fixture->arena,
                                    SECTION("%" BRV_STR_F "%" BRV_STR_F),
                                    BRV_STR_ARG(open),
                                    BRV_STR_ARG(close)),
                   "elements are nested deeper than 84");
    open = repeated(fixture, "", "{\"heading\":\"a\",\"sections\":[", 7, "");
    close = repeated(fixture, "", "]}", 7, "");
    assert_message(fixture,
                   brv_arena_printf(fixture->arena,
                                    HEAD "\"sections\":[%" BRV_STR_F "%" BRV_STR_F "]}",
                                    BRV_STR_ARG(open),
                                    BRV_STR_ARG(close)),
                   "sections are nested deeper than 6");
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    for (int i = 0; i < 64; i++) {
        brv_buf_printf(buf, ",\"data-%d\":\"\"", i);
    }
    assert_message(fixture,
                   brv_arena_printf(fixture->arena,
                                    SECTION("{\"type\":\"p\"%" BRV_STR_F "}"),
                                    BRV_STR_ARG(brv_buf_str(buf))),
                   "an element has more than 64 members");
}

static void test_malformed(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = { "{",  "{\"a\":}",          "{\"a\":1,\"a\":2}",
                                         "{]", "{\"a\":\"\\u12\"}", "{\"a\":[}" };
    for (size_t i = 0; i < BRV_COUNT(texts); i++) {
        struct brv_sink sink = brv_sink_init(fixture->arena);
        assert_null(brv_document_load(
            fixture->arena, BRV_S("a.json"), brv_str_from_cstr(texts[i]), NULL, &sink));
        assert_true(brv_str_starts_with(sink_message(&sink, 0), BRV_S("malformed JSON: ")));
    }
}

static struct brv_document *load(struct fixture *fixture, brv_str bytes)
{
    struct brv_document *document =
        brv_document_load(fixture->arena, BRV_S("a"), bytes, NULL, &fixture->sink);
    assert_non_null(document);
    return document;
}

static brv_str to_json(struct fixture *fixture, const struct brv_document *document)
{
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    brv_document_to_json(document, buf);
    return brv_buf_str(buf);
}

static brv_str outline(struct fixture *fixture, const struct brv_document *document)
{
    struct brv_buf *buf = brv_buf_new_in(fixture->arena);
    outline_document(document, false, buf);
    return brv_buf_str(buf);
}

// Text to document to JSON to document to JSON: the documents and the JSON are equal, and what was
// repaired once needs no repair again.
static void check_round_trip(struct fixture *fixture, brv_str bytes)
{
    struct brv_document *first = load(fixture, bytes);
    brv_str json = to_json(fixture, first);
    struct brv_sink sink = brv_sink_init(fixture->arena);
    struct brv_document *second = brv_document_load(fixture->arena, BRV_S("a"), json, NULL, &sink);
    for (const struct brv_diag *diag = sink.first; diag; diag = diag->next) {
        if (diag->severity == BRV_ERROR) {
            print_message(
                "%" BRV_STR_F "\n%" BRV_STR_F "\n", BRV_STR_ARG(diag->message), BRV_STR_ARG(bytes));
        }
    }
    assert_false(brv_sink_has_errors(&sink));
    assert_non_null(second);
    brv_str want = outline(fixture, first);
    brv_str got = outline(fixture, second);
    if (!brv_str_equal(want, got)) {
        print_message(
            "want:\n%" BRV_STR_F "\ngot:\n%" BRV_STR_F "\n", BRV_STR_ARG(want), BRV_STR_ARG(got));
    }
    assert_true(brv_str_equal(want, got));
    assert_true(brv_str_equal(to_json(fixture, second), json));
}

static void check_folder(struct fixture *fixture, const char *name)
{
    brv_str folder = brv_path_join(fixture->arena, BRV_S(BRV_SOURCE_DIR), brv_str_from_cstr(name));
    size_t count;
    size_t checked = 0;
    brv_str *names = brv_directory_list(fixture->arena, folder, &count);
    for (size_t i = 0; i < count; i++) {
        brv_str extension = brv_path_extension(names[i]);
        if (!brv_str_is(extension, "md") && !brv_str_is(extension, "txt")) {
            continue;
        }
        brv_str bytes;
        assert_int_equal(brv_file_read(fixture->arena,
                                       brv_path_join(fixture->arena, folder, names[i]),
                                       1 << 20,
                                       BRV_CODE_INPUT,
                                       &bytes,
                                       &fixture->sink),
                         BRV_OK);
        check_round_trip(fixture, bytes);
        checked++;
    }
    assert_true(checked > 0);
}

static void test_round_trip_of_files(void **state)
{
    check_folder(*state, "tests/golden/load");
    check_folder(*state, "samples");
}

// Documents put together at random from pieces that Markdown gives a meaning.
static void test_round_trip_of_random_text(void **state)
{
    struct fixture *fixture = *state;
    static const char *const pieces[] = {
        "# ",
        "## ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "[",
        "]",
        "(http://a.b)",
        "[^1]",
        "[^1]: ",
        "^[",
        "|a|b|\n|---|---|\n",
        "|a|b|\n|-|:-|\n",
        "|",
        "<b>",
        "&amp;",
        "&#x202e;",
        "\u202a",
        "\u2069",
        "Key: ",
        "text ",
        "\\",
        "![",
        "~~",
        "https://a.b/c ",
        "---\n",
        "[x] ",
        "\t",
        "Full Report\n",
        "Analysis Summary\n",
        "Incident: ",
        "é",
        "\x80",
    };
    for (uint64_t round = 1; round <= 1500; round++) {
        uint64_t seed = round * UINT64_C(0x9E3779B97F4A7C15);
        struct brv_arena_mark mark = brv_arena_mark(fixture->arena);
        struct brv_sink saved = fixture->sink;
        struct brv_buf *text = brv_buf_new_in(fixture->arena);
        for (uint64_t i = random_next(&seed) % 60 + 1; i > 0; i--) {
            brv_buf_add_cstr(text, pieces[random_next(&seed) % BRV_COUNT(pieces)]);
        }
        brv_str bytes = brv_buf_str(text);
        if (!brv_str_starts_with(bytes, BRV_S("---"))) { // that could be broken front matter
            check_round_trip(fixture, bytes);
        }
        fixture->sink = saved;
        brv_arena_rewind(fixture->arena, mark);
    }
}

static void test_hand_written(void **state)
{
    struct fixture *fixture = *state;
    struct brv_document *document =
        load(fixture,
             BRV_S(HEAD "\"meta\":{\"kind\":\"zero-day\",\"tags\":[\"a\",\"b\"]},\n"
                        "\"sections\":[{\"role\":\"title\",\"heading\":\"T\"},\n"
                        "{\"heading\":[\"Key \",{\"type\":\"em\",\"content\":\"x\"}],"
                        "\"blocks\":[{\"type\":\"p\",\"content\":[\"a\",\"b\\u0000\","
                        "{\"type\":\"a\",\"href\":\"javascript:x\",\"content\":\"go\"}]}],"
                        "\"sections\":[{\"heading\":\"Sub\"}]}]}"));
    assert_str(outline(fixture, document),
               "title: T\nkind: zero-day\nkind title: Zero Day\nlang: en\n"
               "meta kind = [zero-day]\nmeta tags = [a] [b]\n"
               "\n== title · class title · level 1\nh1 id=\"title\"\n  \"T\"\n"
               "\n== key-x · class key-x · level 2\nh2 id=\"key-x\"\n  \"Key \"\n  em\n    \"x\"\n"
               "p\n  \"ab\uFFFD\"\n  span\n    \"go (javascript:x)\"\n"
               "\n== key-x/sub · class sub · level 3\nh3 id=\"sub\"\n  \"Sub\"\n");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 2);
    assert_int_equal(brv_span_locate(document->last->blocks->first->span).line, 4);
}

// The published schema names every element and attribute that there is.
static void test_schema_is_complete(void **state)
{
    struct fixture *fixture = *state;
    brv_str path = brv_path_join(
        fixture->arena, BRV_S(BRV_SOURCE_DIR), BRV_S("engine/load/analysis-1.schema.json"));
    brv_str schema;
    assert_int_equal(
        brv_file_read(fixture->arena, path, 1 << 20, BRV_CODE_INPUT, &schema, &fixture->sink),
        BRV_OK);
    size_t count;
    const char *const *attributes = brv_attr_names(&count);
    for (size_t i = 0; i < count + BRV_KIND_COUNT - 1; i++) {
        const char *name = i < count ? attributes[i] : brv_kind_names()[i - count];
        brv_str quoted = brv_arena_printf(fixture->arena, "\"%s\"", name);
        assert_true(brv_str_find(schema, 0, quoted) < schema.len);
    }
}

static void test_lines(void **state)
{
    (void)state;
    brv_str rest = BRV_S("{\"a\":1}\r\n\n  \n{\"b\":2}");
    brv_str line;
    size_t number = 0;
    assert_true(brv_json_lines_next(&rest, &line, &number));
    assert_str(line, "{\"a\":1}");
    assert_int_equal(number, 1);
    assert_true(brv_json_lines_next(&rest, &line, &number));
    assert_str(line, "{\"b\":2}");
    assert_int_equal(number, 4);
    assert_false(brv_json_lines_next(&rest, &line, &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_refusals),
        TEST(test_limits),
        TEST(test_malformed),
        TEST(test_round_trip_of_files),
        TEST(test_round_trip_of_random_text),
        TEST(test_hand_written),
        TEST(test_lines),
        TEST(test_schema_is_complete),
    };
    return cmocka_run_group_tests_name("load_json", tests, NULL, NULL);
}
