// Brevier — values: what a declaration computes to, on one paragraph in an article.
// SPDX-License-Identifier: MIT
#include "tree.h"

// The declarations stand in `p { … }`; the article has font: 20pt/1.5 serif and color #123456.
static const struct {
    const char *declarations;
    const char *property;
    const char *value;
} rows[] = {
    // lengths and units
    { "width: 10pt", "width", "10pt" },
    { "width: 4px", "width", "3pt" },
    { "width: 1pc", "width", "12pt" },
    { "width: 1in", "width", "72pt" },
    { "width: 2.54cm", "width", "72pt" },
    { "width: 25.4mm", "width", "72pt" },
    { "width: 40q", "width", "28.346pt" },
    { "width: 2em", "width", "40pt" },
    { "width: 2rem", "width", "40pt" },
    { "font-size: 10pt; width: 2em", "width", "20pt" },
    { "width: 2em; font-size: 10pt", "width", "20pt" },
    { "font-size: 10pt; width: 2rem", "width", "40pt" },
    { "width: 2ex", "width", "20pt" },
    { "width: 2ch", "width", "20pt" },
    { "WIDTH: 2EM", "width", "40pt" },
    { "width: 50%", "width", "50%" },
    { "width: auto", "width", "auto" },
    { "max-width: none", "max-width", "none" },
    { "margin-left: -3pt", "margin-left", "-3pt" },
    { "width: 0", "width", "0pt" },
    { "width: +1.5e1pt", "width", "15pt" },
    { "letter-spacing: normal", "letter-spacing", "0pt" },
    { "letter-spacing: 0.1em", "letter-spacing", "2pt" },
    { "width: 1e300pt", "width", "1000000pt" },
    // calc
    { "width: calc(1pt + 2pt)", "width", "3pt" },
    { "width: calc(100% - 2em)", "width", "calc(-40pt + 100%)" },
    { "width: calc(2 * 3pt + 4pt / 2)", "width", "8pt" },
    { "width: calc((1em + 50%) * 2)", "width", "calc(40pt + 100%)" },
    { "width: calc(calc(1pt) + calc(1pc))", "width", "13pt" },
    { "width: calc(1in - 1cm - 1mm)", "width", "40.819pt" },
    { "width: calc(10pt*2)", "width", "20pt" },
    { "orphans: calc(1 + 2)", "orphans", "3" },
    { "line-height: calc(1 + 0.25)", "line-height", "1.25" },
    { "padding-top: calc(1pt - 5pt)", "padding-top", "0pt" },
    { "margin-top: calc(1em - 25pt)", "margin-top", "-5pt" },
    // comparisons; ems are those of the element, which here are 20pt
    { "width: min(3pt, 2pt, 4pt)", "width", "2pt" },
    { "width: max(3pt, 1cm)", "width", "28.346pt" },
    { "width: min(2em, 45pt)", "width", "40pt" },
    { "font-size: 5pt; width: max(2em, 45pt)", "width", "45pt" },
    { "font-size: 30pt; width: max(2em, 45pt)", "width", "60pt" },
    { "width: max(1rem, 1em, 3pt)", "width", "20pt" },
    { "width: min(30%, 20%)", "width", "20%" },
    { "width: clamp(1pt, 5pt, 3pt)", "width", "3pt" },
    { "width: clamp(1pt, 2pt, 3pt)", "width", "2pt" },
    { "width: clamp(4pt, 2pt, 3pt)", "width", "4pt" },
    { "width: calc(1pt + min(2pt, 1em) * 2)", "width", "5pt" },
    { "width: max(1pt + 2pt, (1em - 1pt))", "width", "19pt" },
    { "width: min(calc(50% + 2pt), 50%)", "width", "50%" },
    { "font-size: clamp(8pt, 120%, 20pt)", "font-size", "20pt" },
    { "font-size: max(0.5em, 9pt)", "font-size", "10pt" },
    { "line-height: min(150%, 25pt)", "line-height", "25pt" },
    { "font: min(1em, 12pt)/max(1.5em, 1pt) X", "line-height", "18pt" },
    { "font: min(1em, 12pt)/max(1.5em, 1pt) X", "font-size", "12pt" },
    { "margin: min(1em, 5pt) max(1pt, 1em)", "margin-left", "20pt" },
    { "--w: 2em; width: min(var(--w), 100pt)", "width", "40pt" },
    { "orphans: max(2, 3)", "orphans", "3" },
    // fonts
    { "font-size: 12pt", "font-size", "12pt" },
    { "font-size: 50%", "font-size", "10pt" },
    { "font-size: 1.5em", "font-size", "30pt" },
    { "font-size: 2rem", "font-size", "40pt" },
    { "font-size: small", "font-size", "8.9pt" },
    { "font-size: larger", "font-size", "24pt" },
    { "font-size: smaller", "font-size", "16.6pt" },
    { "font-size: 0", "font-size", "20pt" },
    { "font-size: calc(1em + 2pt)", "font-size", "22pt" },
    { "font-weight: bold", "font-weight", "700" },
    { "font-weight: bolder", "font-weight", "700" },
    { "font-weight: lighter", "font-weight", "100" },
    { "font-weight: 350", "font-weight", "350" },
    { "font-style: oblique", "font-style", "italic" },
    { "font-stretch: condensed", "font-stretch", "75%" },
    { "font-stretch: 110%", "font-stretch", "110%" },
    { "font-family: Noto Sans, \"A B\", serif",
      "font-family",
      "\"Noto Sans\", \"A B\", \"serif\"" },
    { "font-variant-numeric: tabular-nums lining-nums",
      "font-variant-numeric",
      "lining-nums tabular-nums" },
    { "font-feature-settings: \"ss01\", \"kern\" off, \"salt\" 3",
      "font-feature-settings",
      "\"ss01\" 1, \"kern\" 0, \"salt\" 3" },
    { "line-height: normal", "line-height", "normal" },
    { "line-height: 1.2", "line-height", "1.2" },
    { "line-height: 150%", "line-height", "30pt" },
    { "line-height: 2em", "line-height", "40pt" },
    { "font: italic bold 10pt/1.4 \"X Y\", serif", "font-family", "\"X Y\", \"serif\"" },
    { "font: italic bold 10pt/1.4 \"X Y\", serif", "line-height", "1.4" },
    { "font: italic bold 10pt/1.4 X", "font-weight", "700" },
    { "font: bold italic 10pt X", "font-style", "italic" },
    { "font: small-caps 120% X", "font-size", "24pt" },
    { "font: small-caps 120% X", "font-variant-caps", "small-caps" },
    { "font: normal 10pt X", "font-weight", "400" },
    { "font: 10pt/ 2 X", "line-height", "2" },
    { "font: 10pt X", "line-height", "normal" },
    // colours
    { "color: red", "color", "#ff0000" },
    { "color: RebeccaPurple", "color", "#663399" },
    { "color: #abc", "color", "#aabbcc" },
    { "color: #abcd", "color", "#aabbccdd" },
    { "color: #11223344", "color", "#11223344" },
    { "color: rgb(1, 2, 3)", "color", "#010203" },
    { "color: rgb(1 2 3 / 50%)", "color", "#01020380" },
    { "color: rgba(1, 2, 3, 0.5)", "color", "#01020380" },
    { "color: rgb(100% 0% 50%)", "color", "#ff0080" },
    { "color: hsl(120, 100%, 25%)", "color", "#008000" },
    { "color: hsl(0.5turn 100% 50%)", "color", "#00ffff" },
    { "color: hsla(240, 100%, 50%, 0)", "color", "#0000ff00" },
    { "color: transparent", "color", "#00000000" },
    { "color: currentcolor", "color", "#123456" },
    { "color: red; border-top: 1pt solid", "border-top-color", "#ff0000" },
    { "color: red; background: currentColor", "background-color", "#ff0000" },
    // boxes
    { "margin: 1pt 2pt 3pt 4pt", "margin-left", "4pt" },
    { "margin: 1pt 2pt 3pt", "margin-left", "2pt" },
    { "margin: 1pt 2pt", "margin-bottom", "1pt" },
    { "margin: 1pt", "margin-right", "1pt" },
    { "margin: auto", "margin-top", "auto" },
    { "padding: 1em 2%", "padding-right", "2%" },
    { "border: solid", "border-left-width", "2.25pt" },
    { "border: 2pt", "border-left-width", "0pt" },
    { "border: thin dashed green", "border-bottom-color", "#008000" },
    { "border: thin dashed green", "border-bottom-style", "dashed" },
    { "border: 1pt solid; border-left: none", "border-left-width", "0pt" },
    { "border-style: solid dotted; border-width: 1pt 2pt", "border-left-width", "2pt" },
    { "border-color: red blue", "border-left-color", "#0000ff" },
    { "border: 1pt solid red; border: 2pt dashed", "border-top-color", "#123456" },
    // keywords and lists
    { "display: none", "display", "block" }, // not shown at all: see below
    { "page-break-before: always", "break-before", "page" },
    { "break-inside: avoid-page", "break-inside", "avoid" },
    { "text-decoration: underline line-through", "text-decoration-line", "underline line-through" },
    { "list-style: square inside", "list-style-type", "square" },
    { "list-style: square inside", "list-style-position", "inside" },
    { "list-style: \"–\"", "list-style-type", "\"–\"" },
    { "list-style: none", "list-style-position", "outside" },
    { "quotes: \"«\" \"»\"", "quotes", "\"«\" \"»\"" },
    { "page: wide", "page", "wide" },
    { "text-align: right; text-align-last: center", "text-align-last", "center" },
    { "text-align-last: auto", "text-align-last", "auto" },
    { "height: 50%; max-height: 3cm", "max-height", "85.039pt" },
    { "height: 50%", "height", "50%" },
    { "hyphenate-limit-chars: 8", "hyphenate-limit-chars", "8 2 2" },
    { "hyphenate-limit-chars: 8 3", "hyphenate-limit-chars", "8 3 3" },
    { "hyphenate-limit-chars: auto 3", "hyphenate-limit-chars", "5 3 3" },
    { "hyphenate-limit-chars: auto 3 auto", "hyphenate-limit-chars", "5 3 2" },
    { "-brv-hyphenate-limit-lines: none", "-brv-hyphenate-limit-lines", "0" },
    { "hanging-punctuation: first allow-end", "hanging-punctuation", "first allow-end" },
    { "hanging-punctuation: first; hanging-punctuation: none", "hanging-punctuation", "none" },
    { "counter-reset: a b 3 c -1", "counter-reset", "a 0 b 3 c -1" },
    { "counter-increment: a b 3", "counter-increment", "a 1 b 3" },
    { "content: \"a\" attr(id) counter(x, upper-roman) counters(x, \".\")",
      "content",
      "\"a\" attr(id) counter(x, upper-roman) counters(x, \".\")" },
    { "content: leader(dotted) target-counter(attr(href url), page)",
      "content",
      "leader(\".\") target-counter(attr(href), page)" },
    { "content: \"a\" url(x.png) url('a b.png') / \"a mark\"",
      "content",
      "\"a\" url(\"x.png\") url(\"a b.png\") / \"a mark\"" },
    { "--i: url(x.png) / \"a mark\"; content: var(--i)", "content", "url(\"x.png\") / \"a mark\"" },
    { "string-set: a content(), b \"x\" attr(id)", "string-set", "a content(), b \"x\" attr(id)" },
    { "-brv-text-marker: \"<\" \">\"", "-brv-text-marker", "\"<\" \">\"" },
    { "-brv-text-emphasis: slashes", "-brv-text-emphasis", "slashes" },
    { "-brv-text-links: inline", "-brv-text-links", "inline" },
    { "-brv-word-template: url(our.dotx)", "-brv-word-template", "url(\"our.dotx\")" },
    { "-brv-word-template: url('a b.dotx')", "-brv-word-template", "url(\"a b.dotx\")" },
    { "--t: url(x.dotx); -brv-word-template: var(--t)", "-brv-word-template", "url(\"x.dotx\")" },
    { "-brv-bookmark-level: none", "-brv-bookmark-level", "0" },
    { "-brv-tag: none", "-brv-tag", "\"none\"" },
    { "-brv-renderer: \"facts\"", "-brv-renderer", "\"facts\"" },
    { "-brv-word-style: auto", "-brv-word-style", "auto" },
    // variables
    { "--a: 3pt; width: var(--a)", "width", "3pt" },
    { "width: var(--a); --a: 3pt", "width", "3pt" },
    { "width: var(--none, 4pt)", "width", "4pt" },
    { "width: var(--none, var(--none, 5pt))", "width", "5pt" },
    { "--a: 1pt; --b: calc(var(--a) * 2); width: calc(var(--b) + 1pt)", "width", "3pt" },
    { "--a: 1pt 2pt; margin: var(--a) 3pt", "margin-bottom", "3pt" },
    { "--c: red; border: 1pt solid var(--c)", "border-left-color", "#ff0000" },
    { "--f: 10pt/2; font: bold var(--f) X", "line-height", "2" },
    { "--g: 3pt; --g: initial; width: var(--g, 7pt)", "width", "7pt" },
    { "--x: ; width: var(--x) 2pt", "width", "2pt" },
    { "--p: 20; --q: var(--p)pt; width: 1pt; width: var(--q)", "width", "auto" },
    { "--i: inherit-me; --i: inherit; width: var(--i, 9pt)", "width", "9pt" },
    { "width: 8pt; width: var(--kw); --kw: initial", "width", "auto" },
    { "--kw: inherit; color: var(--kw, red)", "color", "#ff0000" },
    { "width: var(--a-b_c); --a-b_c: 6pt", "width", "6pt" },
    { "--Case: 1pt; --case: 2pt; width: var(--Case)", "width", "1pt" },
};

// Values that are refused, with the message; the property keeps what it had.
static const struct {
    const char *declarations;
    const char *message;
} faults[] = {
    { "width: 3", "\"3\" is no value of \"width\", expected auto | <length-percentage [0,∞]>" },
    { "width: 3pxx", "unknown unit \"pxx\"" },
    { "width: -1pt",
      "\"-1pt\" is no value of \"width\", expected auto | <length-percentage [0,∞]>" },
    { "width: none",
      "\"none\" is no value of \"width\", expected auto | <length-percentage [0,∞]>" },
    { "width: calc(1pt + 2)",
      "\"calc(1pt + 2)\" is no value of \"width\", expected auto | "
      "<length-percentage [0,∞]>" },
    { "width: calc(1pt +2pt)",
      "\"calc(1pt +2pt)\" is no value of \"width\", expected auto | "
      "<length-percentage [0,∞]>" },
    { "width: calc(1pt / 0)",
      "\"calc(1pt / 0)\" is no value of \"width\", expected auto | "
      "<length-percentage [0,∞]>" },
    { "width: calc(2pt * 2pt)",
      "\"calc(2pt * 2pt)\" is no value of \"width\", expected auto | "
      "<length-percentage [0,∞]>" },
    { "content: \"a\" string(title)", "\"string()\" has a value in margin boxes of pages only" },
    { "width: min(50%, 20pt)", "percentages cannot be compared with other lengths" },
    { "margin: max(50%, 20pt)", "percentages cannot be compared with other lengths" },
    { "width: min()",
      "\"min()\" is no value of \"width\", expected auto | <length-percentage [0,∞]>" },
    { "width: clamp(1pt, 2pt)",
      "\"clamp(1pt, 2pt)\" is no value of \"width\", expected auto | "
      "<length-percentage [0,∞]>" },
    { "orphans: max(1, 2pt)",
      "\"max(1, 2pt)\" is no value of \"orphans\", expected <integer [1,∞]>" },
    { "padding: auto", "\"auto\" is no value of \"padding\", expected <padding-top>{1,4}" },
    { "letter-spacing: 10%",
      "\"10%\" is no value of \"letter-spacing\", expected normal | <length>" },
    { "color: bleu", "\"bleu\" is no value of \"color\", expected <color>" },
    { "color: #12345", "\"#12345\" is no value of \"color\", expected <color>" },
    { "colour: red", "unknown property \"colour\"" },
    { "display: flex",
      "\"flex\" is no value of \"display\", expected none | inline | block | "
      "list-item | table | table-caption | table-header-group | table-row-group | "
      "table-row | table-cell | contents" },
    { "color: red blue", "\"red blue\" is no value of \"color\", expected <color>" },
    { "color:", "\"color\" has no value, expected <color>" },
    { "orphans: 0", "\"0\" is no value of \"orphans\", expected <integer [1,∞]>" },
    { "orphans: 1.5", "\"1.5\" is no value of \"orphans\", expected <integer [1,∞]>" },
    { "font-weight: 1001",
      "\"1001\" is no value of \"font-weight\", expected normal | bold | bolder "
      "| lighter | 1 to 1000" },
    { "font: bold",
      "\"bold\" is no value of \"font\", expected [<font-style> || <font-variant-caps> "
      "|| <font-weight> || <font-stretch>]? <font-size> [/ <line-height>]? "
      "<font-family>" },
    { "border: 1pt solid red green",
      "\"1pt solid red green\" is no value of \"border\", expected "
      "<border-top-width> || <border-top-style> || "
      "<border-top-color>" },
    { "margin: 1pt 2pt 3pt 4pt 5pt",
      "\"1pt 2pt 3pt 4pt 5pt\" is no value of \"margin\", expected "
      "<margin-top>{1,4}" },
    { "hyphenate-limit-chars: 5 2 2 2",
      "\"2\" is no value of \"hyphenate-limit-chars\", expected [auto | <integer [1,∞]>]{1,3}" },
    { "hanging-punctuation: first none",
      "\"first none\" is no value of \"hanging-punctuation\", expected none | first || last || "
      "allow-end" },
    { "-brv-word-template: \"x.dotx\"",
      "\"\"x.dotx\"\" is no value of \"-brv-word-template\", expected none | <url>" },
    { "content: \"a\" / \"b\"",
      "\"/\" is no value of \"content\", expected normal | none | [<string> | <url> | attr() | "
      "counter() | counters() | string() | content() | leader() | target-counter() | "
      "target-text() | open-quote | close-quote]+ [/ <string>]?" },
    { "quotes: \"a\"",
      "\"\"a\"\" is no value of \"quotes\", expected auto | none | [<string> "
      "<string>]+" },
    { "color red", "expected a declaration like \"name: value;\"" },
    { "@media pdf { }", "\"@media\" cannot stand inside a rule" },
    { "width: var(x)", "expected var(--name) or var(--name, fallback)" },
    { "width: var(--nowhere)", "\"--nowhere\" is not set here" },
    { "--a: red; width: var(--a)",
      "with its variables filled in this is no value of \"width\", "
      "expected auto | <length-percentage [0,∞]>" },
    { "--a: var(--a); width: 1pt", "\"--a\" depends on itself" },
};

static const struct brv_styled *style_p(struct fixture *fixture, const char *declarations)
{
    struct brv_buf css = { 0 };
    brv_buf_printf(&css,
                   "article { font: 20pt/1.5 serif; color: #123456 } p { margin: 0; %s }\n",
                   declarations);
    brv_buf_add_byte(&css, 0);
    struct brv_stylesheets *sheets = sheets_from(fixture, css.ptr);
    brv_buf_deinit(&css);
    assert_non_null(sheets);
    const struct brv_node *root = tree_from(fixture->arena, "article { p#p { strong { 'x' } } }");
    const struct brv_styled *styled =
        brv_style_tree(fixture->arena, sheets, BRV_MEDIA_PDF, root, &fixture->sink);
    return styled_by_id(styled, "p");
}

static void values(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        const struct brv_styled *p = style_p(fixture, rows[i].declarations);
        if (strcmp(rows[i].declarations, "display: none") == 0) {
            assert_null(p);
            continue;
        }
        brv_str got = value_text(fixture, p->style, rows[i].property);
        if (!brv_str_is(got, rows[i].value))
            print_error("%s\n", rows[i].declarations);
        assert_str(got, rows[i].value);
    }
}

static void faults_are_reported(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(faults); i++) {
        size_t before = fixture->sink.kept;
        (void)style_p(fixture, faults[i].declarations);
        if (fixture->sink.kept != before + 1)
            print_error("%s\n", faults[i].declarations);
        assert_int_equal(fixture->sink.kept, before + 1);
        assert_str(sink_message(&fixture->sink, before), faults[i].message);
        assert_int_equal(fixture->sink.last->severity, BRV_WARNING);
    }
}

// Every initial value of the table is one that its own parser takes, and prints.
static void initial_values_parse(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        struct brv_css_context context = { 0 };
        struct brv_css_value value;
        assert_true(brv_css_parse_property(
            fixture->arena,
            property,
            brv_css_tokenize(fixture->arena, brv_str_from_cstr(property->initial)),
            &value,
            &context));
        assert_ptr_equal(brv_css_property_find(property->name), property);
        assert_true(property->outputs[0] != 0 && property->syntax[0] != 0);
    }
}

// What a property prints is read back as the same value.
static void printed_values_read_back(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        const struct brv_css_property *property =
            brv_css_property_find(brv_str_from_cstr(rows[i].property));
        struct brv_css_context context = { 0 };
        struct brv_css_value value;
        brv_str text = brv_str_from_cstr(rows[i].value);
        bool is_empty_string = brv_str_is(text, "\"none\""); // a word that a string holds
        if (!is_empty_string && !brv_css_parse_property(fixture->arena,
                                                        property,
                                                        brv_css_tokenize(fixture->arena, text),
                                                        &value,
                                                        &context)) {
            print_error("%s: %s\n", rows[i].property, rows[i].value);
            fail();
        }
    }
}

static void equal_styles_are_one(void **state)
{
    struct fixture *fixture = *state;
    struct brv_stylesheets *sheets =
        sheets_from(fixture,
                    "p { color: red } .a { color: #f00; quotes: \"<\" \">\" } "
                    ".b { color: rgb(255, 0, 0); quotes: \"<\" \">\" }");
    const struct brv_node *root =
        tree_from(fixture->arena, "article { p#x.a p#y.b p#z p#w { em } }");
    const struct brv_styled *styled =
        brv_style_tree(fixture->arena, sheets, BRV_MEDIA_PDF, root, &fixture->sink);
    const struct brv_style *a = styled_by_id(styled, "x")->style;
    assert_ptr_equal(a, styled_by_id(styled, "y")->style);
    assert_ptr_not_equal(a, styled_by_id(styled, "z")->style);
    assert_ptr_equal(styled_by_id(styled, "w")->style, styled_by_id(styled, "z")->style);
    assert_true(brv_style_equal(a, styled_by_id(styled, "y")->style));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values),
        TEST(faults_are_reported),
        TEST(initial_values_parse),
        TEST(printed_values_read_back),
        TEST(equal_styles_are_one),
    };
    return cmocka_run_group_tests_name("style values", tests, NULL, NULL);
}
