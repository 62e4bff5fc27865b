// Brevier — numbers of headings as Word counts them.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

#define NUMBERING "word/numbering.xml"
#define STYLES "word/styles.xml"

static const char chapters[] = "article { counter-reset: part }"
                               "h2 { counter-increment: part; counter-reset: point }"
                               "h2::before { content: counter(part, upper-roman) \". \" }"
                               "h3 { counter-increment: point }";

static struct docx_file render(struct fixture *fixture, const char *markdown, const char *base,
                               const char *css)
{
    brv_str sheet = brv_arena_printf(fixture->arena, "%s%s", base, css);
    return docx_from_markdown(fixture, brv_str_from_cstr(markdown), sheet.ptr);
}

// One list of nine levels, which the styles of headings carry: no paragraph says anything of it.
static void test_docx_heading__levels_of_one_list(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        render(fixture,
               "# Title\n\n## One\n\n### A\n\n### B\n\n## Two\n\n### C\n",
               chapters,
               "h3::before { content: counter(part) \".\" counter(point); color: #ff0000 }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading1: Title\nHeading2: One\nHeading3: A\nHeading3: B\nHeading2: Two\n"
               "Heading3: C\n");
    brv_str numbering = docx_part(&file, NUMBERING);
    docx_assert_has(numbering, "<w:multiLevelType w:val=\"multilevel\"/>");
    docx_assert_has(numbering,
                    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"none\"/>"
                    "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"\"/>");
    docx_assert_has(numbering,
                    "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/>"
                    "<w:pStyle w:val=\"Heading2\"/><w:suff w:val=\"space\"/>"
                    "<w:lvlText w:val=\"%2.\"/>");
    // Its own counter is decimal, and so is the other in it.
    docx_assert_has(numbering,
                    "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
                    "<w:pStyle w:val=\"Heading3\"/><w:isLgl/><w:suff w:val=\"nothing\"/>"
                    "<w:lvlText w:val=\"%2.%3\"/>");
    docx_assert_has(numbering, "<w:rPr><w:color w:val=\"FF0000\"");
    assert_int_equal(docx_count(numbering, "<w:lvlRestart"), 0);
    brv_str styles = docx_part(&file, STYLES);
    docx_assert_has(styles, "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>");
    docx_assert_has(styles, "<w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"1\"/></w:numPr>");
    assert_int_equal(docx_count(docx_part(&file, DOCX_DOCUMENT), "<w:numPr>"), 0);
}

// counters() names the levels above by their depth; words stand around numbers.
static void test_docx_heading__nested_counters(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        render(fixture,
               "## One\n\n### A\n\n#### x\n\n### B\n\n#### y\n\n## Two\n\n### C\n",
               "section { counter-increment: at } section:first-of-type { counter-reset: at }",
               "h2::before, h3::before, h4::before { content: \"§ \" counters(at, \".\") \":\" }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading2: One\nHeading3: A\nHeading4: x\nHeading3: B\nHeading4: y\nHeading2: Two\n"
               "Heading3: C\n");
    brv_str numbering = docx_part(&file, NUMBERING);
    docx_assert_has(numbering, "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"§ %2:\"/>");
    docx_assert_has(numbering, "<w:lvlText w:val=\"§ %2.%3:\"/>");
    docx_assert_has(numbering, "<w:lvlText w:val=\"§ %2.%3.%4:\"/>");
}

// Whatever Word would count otherwise stays in the text.
static void test_docx_heading__as_the_sheet_counts(void **state)
{
    static const struct {
        const char *markdown, *css, *outline;
    } rows[] = {
        { "## One\n\n## Two\n",
          "h2 { counter-increment: part 2 }",
          "Heading2: II. One\nHeading2: IV. Two\n" },
        { "### A\n\n## One\n\n### B\n",
          "h3::before { content: counter(part) \".\" counter(point) \" \" }",
          "Heading3Unnumbered: 0.1 A\nHeading2: One\nHeading3: B\n" },
        { "## One\n\n### A\n",
          "h3::before { content: counter(point) \"% \" }",
          "Heading2: One\nHeading3: 1% A\n" },
        { "## One\n", "h2::before { display: block }", "Heading2: I. ↵One\n" },
        { "## One\n", "h2::before { background: #eee }", "Heading2: I. One\n" },
        { "## One\n\n- ## Two\n\n## Three\n",
          "",
          "Heading2: I. One\nHeading2ListBullet: II. Two\nHeading2: III. Three\n" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct docx_file file = render(fixture, rows[i].markdown, chapters, rows[i].css);
        assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)), rows[i].outline);
    }
}

// Numbers that begin elsewhere or go on past the headings above.
static void test_docx_heading__starts_and_restarts(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        render(fixture,
               "## One\n\n### A\n\n## Two\n\n### B\n",
               "article { counter-reset: part 4 point }"
               "h2 { counter-increment: part } h3 { counter-increment: point }",
               "h2::before { content: counter(part) \" \" }"
               "h3::before { content: \"(\" counter(point, lower-alpha) \") \" }");
    brv_str numbering = docx_part(&file, NUMBERING);
    docx_assert_has(numbering, "<w:lvl w:ilvl=\"1\"><w:start w:val=\"5\"/>");
    docx_assert_has(numbering,
                    "<w:numFmt w:val=\"lowerLetter\"/><w:lvlRestart w:val=\"0\"/>"
                    "<w:pStyle w:val=\"Heading3\"/><w:suff w:val=\"space\"/>"
                    "<w:lvlText w:val=\"(%3)\"/>");
}

// Headings that the document has not come numbered, too; what has no number says so.
static void test_docx_heading__headings_to_come(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file =
        render(fixture,
               "## One\n\n## Two\n\n## Thanks\n",
               chapters,
               "h3::before { content: counter(part, upper-roman) \".\" counter(point) \" \" }"
               "section.thanks h2 { counter-increment: none }"
               "section.thanks h2::before { content: none }");
    assert_str(docx_outline(fixture, docx_part(&file, DOCX_DOCUMENT)),
               "Heading2: One\nHeading2: Two\nThanksHeading2: Thanks\n");
    brv_str styles = docx_part(&file, STYLES);
    docx_assert_has(styles,
                    "<w:basedOn w:val=\"Heading2\"/><w:next w:val=\"BodyText\"/>"
                    "<w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:numPr><w:numId w:val=\"0\"/>"
                    "</w:numPr></w:pPr>");
    docx_assert_has(docx_part(&file, NUMBERING),
                    "<w:pStyle w:val=\"Heading3\"/><w:suff w:val=\"space\"/>"
                    "<w:lvlText w:val=\"%2.%3\"/>");
}

// Appendices are a list of their own.
static void test_docx_heading__several_lists(void **state)
{
    struct fixture *fixture = *state;
    struct docx_file file = render(
        fixture,
        "## One\n\n### A\n\n## More\n\n### B\n\n### C\n",
        chapters,
        "h3::before { content: counter(part, upper-roman) \".\" counter(point) \" \" }"
        "section.more > h2 { counter-increment: extra }"
        "section.more > h2::before { content: \"Appendix \" counter(extra, upper-alpha) \": \" }"
        "section.more h3::before { content: counter(extra, upper-alpha) counter(point) \" \" }");
    brv_str numbering = docx_part(&file, NUMBERING);
    assert_int_equal(docx_count(numbering, "\"multilevel\""), 2);
    docx_assert_has(numbering, "<w:lvlText w:val=\"Appendix %2:\"/>");
    docx_assert_has(numbering, "<w:lvlText w:val=\"%2%3\"/>");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_docx_heading__levels_of_one_list),  TEST(test_docx_heading__nested_counters),
        TEST(test_docx_heading__as_the_sheet_counts), TEST(test_docx_heading__starts_and_restarts),
        TEST(test_docx_heading__headings_to_come),    TEST(test_docx_heading__several_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
