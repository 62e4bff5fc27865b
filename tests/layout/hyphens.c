// Brevier — tests of hyphenation: patterns, the words that may part, what copies out.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/utf8.h"
#include "layout/patterns.h"

// A word with "-" wherever it may part.
static brv_str parted(struct fixture *fixture, const struct brv_patterns *patterns,
                      const char *word)
{
    uint32_t letters[BRV_WORD_LETTERS];
    size_t n = 0;
    brv_str text = brv_str_from_cstr(word);
    for (size_t at = 0; at < text.len;) {
        assert_true(n < BRV_WORD_LETTERS);
        letters[n++] = brv_utf8_next(text, &at);
    }
    bool parts[BRV_WORD_LETTERS + 1];
    bool any = brv_patterns_apply(patterns, letters, n, parts);
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    bool found = false;
    for (size_t k = 0; k < n; k++) {
        char bytes[4];
        if (k > 0 && parts[k]) {
            brv_buf_add_byte(out, '-');
            found = true;
        }
        brv_buf_add(out, bytes, brv_utf8_encode(letters[k], bytes));
    }
    assert_int_equal(any, found);
    return brv_buf_str(out);
}

static void test_patterns_of_a_file(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_patterns *patterns = brv_patterns_read(fixture->arena,
                                                            BRV_S("UTF-8\n"
                                                                  "LEFTHYPHENMIN 2\n"
                                                                  "RIGHTHYPHENMIN 3\n"
                                                                  "% a remark\n"
                                                                  "1na\n"
                                                                  "a1b\n"
                                                                  "2bc\n"
                                                                  ".qa2b\n"
                                                                  "é1t\n"
                                                                  "x1y/xx=y,1,2\n"));
    assert_non_null(patterns);
    assert_str(parted(fixture, patterns, "banana"), "ba-nana"); // three letters stay at the end
    assert_str(parted(fixture, patterns, "bananas"), "ba-na-nas");
    assert_str(parted(fixture, patterns, "kabud"), "ka-bud");
    assert_str(parted(fixture, patterns, "kabcd"), "kabcd"); // 2 is more than 1
    assert_str(parted(fixture, patterns, "qabud"), "qabud"); // only at the beginning
    assert_str(parted(fixture, patterns, "kqabud"), "kqa-bud");
    assert_str(parted(fixture, patterns, "côtéter"), "côté-ter");
    assert_str(parted(fixture, patterns, "maxyyy"), "maxyyy"); // would be spelled anew
}

static void test_patterns_for_parts_of_compounds(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_patterns *patterns =
        brv_patterns_read(fixture->arena, BRV_S("UTF-8\nm1t\nNEXTLEVEL\n.t1e\ni1r\n"));
    assert_non_null(patterns);
    // ".te" is the beginning of a part only where the first level found one.
    assert_str(parted(fixture, patterns, "firmteam"), "fi-rm-team");
    assert_str(parted(fixture, patterns, "firsteam"), "fi-rsteam");
}

static void test_patterns_of_other_character_sets(void **state)
{
    struct fixture *fixture = *state;
    const struct brv_patterns *latin = brv_patterns_read(fixture->arena,
                                                         BRV_S("ISO8859-1\n\xFC"
                                                               "1b\n"));
    assert_non_null(latin);
    assert_str(parted(fixture, latin, "drüben"), "drü-ben");
    assert_str(parted(fixture, latin, "рубка"), "рубка");
    const struct brv_patterns *cyrillic = brv_patterns_read(fixture->arena,
                                                            BRV_S("KOI8-R\n\xD5"
                                                                  "1\xC2\n"));
    assert_non_null(cyrillic);
    assert_str(parted(fixture, cyrillic, "рубка"), "ру-бка");
}

static void test_a_broken_file_has_no_patterns(void **state)
{
    struct fixture *fixture = *state;
    assert_null(brv_patterns_read(fixture->arena, BRV_S("")));
    assert_null(brv_patterns_read(fixture->arena, BRV_S("\n")));
    assert_null(brv_patterns_read(fixture->arena, BRV_S("NO-SUCH-SET\n1na\n")));
    assert_null(brv_patterns_read(fixture->arena, BRV_S("UTF-8\n1na"))); // cut off
    const struct brv_patterns *empty = brv_patterns_read(fixture->arena, BRV_S("UTF-8\n"));
    assert_non_null(empty);
    assert_str(parted(fixture, empty, "banana"), "banana");
}

struct language_case {
    const char *lang, *word, *parts;
};

static const struct language_case language_cases[] = {
    { "en", "vulnerability", "vul-ner-a-bil-ity" },
    { "en-US", "infrastructure", "in-fra-struc-ture" },
    { "en-GB", "infrastructure", "in-fra-struc-ture" },
    { "en-NZ", "government", "gov-ern-ment" },
    { "de", "sicherheitslücke", "si-cher-heits-lü-cke" },
    { "fr-FR", "vulnérabilité", "vul-né-ra-bi-li-té" },
    { "es-MX", "seguridad", "se-gu-ri-dad" },
    { "it", "sicurezza", "si-cu-rez-za" },
    { "ru", "безопасность", "без-опас-ность" },
};

static void test_installed_languages(void **state)
{
    struct fixture *fixture = *state;
    struct brv_pattern_table *table = brv_pattern_table_new(fixture->arena);
    for (size_t i = 0; i < BRV_COUNT(language_cases); i++) {
        const struct language_case *c = &language_cases[i];
        const struct brv_patterns *patterns = brv_patterns_find(table, brv_str_from_cstr(c->lang));
        if (!patterns) {
            fail_msg("no patterns for \"%s\"", c->lang);
            return;
        }
        assert_str(parted(fixture, patterns, c->word), c->parts);
    }
    assert_null(brv_patterns_find(table, BRV_S("xx")));
    assert_null(brv_patterns_find(table, BRV_S("../../etc")));
    assert_null(brv_patterns_find(table, BRV_S("")));
}

// ---- in paragraphs

static const char narrow_css[] = "p { width: 60pt; hyphens: auto }";

static brv_str lines_of(struct fixture *fixture, const char *markdown, const char *css)
{
    struct brv_node *article = rig_article(fixture, brv_str_from_cstr(markdown));
    brv_node_set_attr(fixture->arena, article, BRV_S("lang"), BRV_S("en"));
    struct brv_pages *pages = rig_layout(fixture, article, css);
    rig_check(fixture, pages, article);
    return rig_text(fixture, pages, true);
}

static void test_words_part_at_syllables(void **state)
{
    struct fixture *fixture = *state;
    brv_str lines = lines_of(fixture, "The infrastructure", narrow_css);
    assert_str(lines, "The infra\u00AD|structure");
    assert_str(lines_of(fixture, "The infrastructure", "p { width: 60pt }"),
               "The infra\u00AD|structure"); // would be cut anyway
    assert_str(lines_of(fixture, "The structure", "p { width: 60pt }"), "The |structure");
    assert_str(lines_of(fixture, "The infrastructure", "p { width: 60pt; hyphens: none }"),
               "The infrastr|ucture");
}

struct whole_case {
    const char *word, *why;
};

static const struct whole_case whole_cases[] = {
    { "INFRASTRUCTURE", "an abbreviation, it may be" },
    { "PowerShellEmpire", "a name" },
    { "infrastructure2", "has a digit" },
    { "infra_structures", "has a mark within" },
    { "infra.structures", "a domain" },
    { "deadbeefcafedeca", "a number to the base of 16" },
};

static void test_indicators_get_no_hyphen(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(whole_cases); i++) {
        brv_str lines = lines_of(fixture, whole_cases[i].word, narrow_css);
        if (brv_str_find(lines, 0, BRV_S("\u00AD")) < lines.len) {
            fail_msg("%s (%s): %" BRV_STR_F,
                     whole_cases[i].word,
                     whole_cases[i].why,
                     BRV_STR_ARG(lines));
        }
    }
}

static void test_punctuation_around_a_word(void **state)
{
    struct fixture *fixture = *state;
    assert_str(lines_of(fixture, "(infrastructure),", narrow_css), "(infrastruc\u00AD|ture),");
    assert_str(lines_of(fixture, "a **infrastructure**:", narrow_css), "a infra\u00AD|structure:");
    assert_str(lines_of(fixture, "infrastructure\u2019s", narrow_css),
               "infrastruc\u00AD|ture\u2019s");
}

static void test_words_joined_by_dashes_and_apostrophes(void **state)
{
    struct fixture *fixture = *state;
    assert_str(lines_of(fixture, "infrastructure\u2014infrastructure", narrow_css),
               "infrastruc\u00AD|ture\u2014infra\u00AD|structure");
    assert_str(lines_of(fixture, "infrastructure-infrastructure", narrow_css),
               "infrastruc\u00AD|ture-infra\u00AD|structure");
    assert_str(lines_of(fixture, "l\u2019infrastructure", narrow_css),
               "l\u2019infrastruc\u00AD|ture");
    assert_str(lines_of(fixture, "d'infrastructure", narrow_css), "d'infrastruc\u00AD|ture");
}

static void test_limits(void **state)
{
    struct fixture *fixture = *state;
    assert_str(lines_of(fixture,
                        "The infrastructure",
                        "p { width: 60pt; hyphens: auto; hyphenate-limit-chars: 5 2 12 }"),
               "The in\u00AD|frastructure");
    brv_str lines = lines_of(fixture,
                             "The infrastructure",
                             "p { width: 60pt; hyphens: auto; hyphenate-limit-chars: 20 }");
    assert_true(brv_str_find(lines, 0, BRV_S("\u00AD")) == lines.len);
}

static void test_missing_patterns_are_told_once(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article =
        rig_article(fixture, BRV_S("Mae diogelwch gwybodaeth yn bwysig iawn i bawb heddiw."));
    brv_node_set_attr(fixture->arena, article, BRV_S("lang"), BRV_S("xx"));
    rig_layout(fixture, article, "p { width: 60pt; hyphens: auto; text-align: justify }");
    assert_int_equal(fixture->sink.counts[BRV_NOTE], 1);
    brv_str message = sink_message(&fixture->sink, 0);
    assert_true(brv_str_find(message, 0, BRV_S("\"xx\"")) < message.len);
}

static void test_a_word_cut_anywhere_is_told(void **state)
{
    struct fixture *fixture = *state;
    // In any script, however long; with hyphens where the script has them. Thai has places of its
    // own.
    assert_str(lines_of(fixture, "Щщщщщщщщщщщщщщ", "p { width: 60pt }"),
               "Щщщщщ\u00AD|щщщщщщ\u00AD|щщщ");
    lines_of(fixture, "ភាសាខ្មែរមានអក្សរច្រើន", "p { width: 60pt }");
    lines_of(fixture, "one\u00A0two\u00A0three\u00A0four", "p { width: 60pt }");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 3);
    fixture->sink = brv_sink_init(fixture->arena);
    lines_of(fixture, "Unbelievable", "p { width: 30pt; hyphens: none }");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 1);
    brv_str message = sink_message(&fixture->sink, 0);
    assert_true(brv_str_find(message, 0, BRV_S("\"Unbelievable\"")) < message.len);
    lines_of(fixture, "9f86d081884c7d659a2feaa0c55ad015", "p { width: 30pt }");
    assert_int_equal(fixture->sink.counts[BRV_WARNING], 1); // a hash may part
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_patterns_of_a_file),
        TEST(test_patterns_for_parts_of_compounds),
        TEST(test_patterns_of_other_character_sets),
        TEST(test_a_broken_file_has_no_patterns),
        TEST(test_installed_languages),
        TEST(test_words_part_at_syllables),
        TEST(test_indicators_get_no_hyphen),
        TEST(test_punctuation_around_a_word),
        TEST(test_words_joined_by_dashes_and_apostrophes),
        TEST(test_limits),
        TEST(test_missing_patterns_are_told_once),
        TEST(test_a_word_cut_anywhere_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
