// Brevier — counter styles of the sheet's own, and texts of link targets.
// SPDX-License-Identifier: MIT
#include "tree.h"

// What stands in the pseudo-elements and markers of the tree, parted by "|".
static brv_str generated(struct fixture *fixture, const char *css, const char *tree)
{
    const struct brv_styled *root = brv_style_tree(fixture->arena,
                                                   sheets_from(fixture, css),
                                                   BRV_MEDIA_PDF,
                                                   tree_from(fixture->arena, tree),
                                                   &fixture->sink);
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    const struct brv_styled *s = root;
    while (s) {
        bool is_generated =
            s->kind == BRV_STYLED_MARKER || (s->kind == BRV_STYLED_TEXT && s->node == NULL);
        if (is_generated)
            brv_buf_printf(out, "%s%" BRV_STR_F, out->len ? "|" : "", BRV_STR_ARG(s->text));
        if (s->first) {
            s = s->first;
            continue;
        }
        while (s != root && !s->next)
            s = s->parent;
        s = s == root ? NULL : s->next;
    }
    return brv_buf_str(out);
}

static void markers(void **state)
{
    static const struct {
        const char *css;
        const char *want;
    } rows[] = {
        { "ol { list-style-type: symbols('*' '†' '‡') }", "*|†|‡|**|††" },
        { "ol { list-style-type: symbols(symbolic 'x') }", "x|xx|xxx|xxxx|xxxxx" },
        { "ol { list-style-type: symbols(cyclic '–' '·') }", "–|·|–|·|–" },
        { "ol { list-style-type: symbols(numeric '0' '1') }", "1|10|11|100|101" },
        { "ol { list-style-type: symbols(alphabetic 'A' 'B') }", "A|B|AA|AB|BA" },
        { "ol { list-style-type: symbols(fixed '①' '②') }", "①|②|3|4|5" },
        { "ol { list-style: inside symbols(cyclic 'x') }", "x|x|x|x|x" },
        { ":root { --m: symbols(cyclic 'v') } ol { list-style: var(--m) }", "v|v|v|v|v" },
        { "@counter-style s { system: cyclic; symbols: '>' } ol { list-style: s }",
          ">.|>.|>.|>.|>." },
        { "@counter-style s { system: cyclic; symbols: '>'; suffix: '' } ol { list-style: s }",
          ">|>|>|>|>" },
        { "@counter-style s { system: alphabetic; symbols: a b c; prefix: '('; suffix: ')' }"
          "ol { list-style-type: s }",
          "(a)|(b)|(c)|(aa)|(ab)" },
        { "@counter-style s { system: fixed 3; symbols: x y; suffix: '' } ol { list-style: s }",
          "1|2|x|y|5" },
        { "@counter-style s { system: numeric; symbols: '٠' '١' '٢' '٣'; suffix: '' }"
          "ol { list-style: s } li:first-child { counter-set: list-item -2 }",
          "-٢|-١|٠|١|٢" },
        { "@counter-style s { symbols: '*'; suffix: '' }"
          "ol { list-style: s } li:first-child { counter-set: list-item -1 }",
          "-1|0|*|**|***" },
        // what a style is for, and who says the rest
        { "@counter-style s { system: numeric; symbols: '0' '1'; pad: 4 '0'; suffix: '' }"
          "ol { list-style: s }",
          "0001|0010|0011|0100|0101" },
        { "@counter-style s { system: extends decimal; pad: '_' 3; negative: '(' ')'; suffix: '' }"
          "ol { list-style: s } li:first-child { counter-set: list-item -2 }",
          "(2)|(1)|__0|__1|__2" },
        { "@counter-style s { system: extends lower-roman; suffix: ')' }"
          "ol { list-style: s } li:first-child { counter-set: list-item -1 }",
          "-1)|0)|i)|ii)|iii)" },
        { "@counter-style s { system: extends upper-alpha; range: 2 3, 5 infinite; suffix: '' }"
          "ol { list-style: s }",
          "1|B|C|4|E" },
        { "@counter-style s { system: cyclic; symbols: x; range: infinite 2; fallback: t; "
          "suffix: '' } @counter-style t { system: fixed 3; symbols: c; fallback: lower-alpha }"
          "ol { list-style: s }",
          "x|x|c|d|e" },
        { "@counter-style a { fallback: b; range: 9 9; symbols: a; suffix: '' }"
          "@counter-style b { fallback: a; range: 9 9; symbols: b } ol { list-style: a }",
          "1|2|3|4|5" },
        { "@counter-style a { system: extends b } @counter-style b { system: extends a }"
          "ol { list-style: a }",
          "1.|2.|3.|4.|5." },
        { "@counter-style s { system: additive; additive-symbols: 5 v, 4 iv, 1 i; suffix: '' }"
          "ol { list-style: s }",
          "i|ii|iii|iv|v" },
        { "@counter-style s { system: additive; additive-symbols: 3 'c', 0 'n'; suffix: '' }"
          "ol { list-style: s } li:first-child { counter-set: list-item -1 }",
          "-1|n|1|2|c" },
        { "@counter-style s { system: alphabetic; symbols: a b; range: infinite infinite; "
          "suffix: '' } ol { list-style: s } li:first-child { counter-set: list-item -2 }",
          "-b|-a|0|a|b" },
        { "@counter-style s { symbols: a } @media docx { @counter-style s { symbols: b } }"
          "ol { list-style: s }",
          "a.|aa.|aaa.|aaaa.|aaaaa." },
        { "@counter-style s { symbols: a } @media print { @counter-style s { symbols: b } }"
          "ol { list-style: s }",
          "b.|bb.|bbb.|bbbb.|bbbbb." },
        { "@media text { @counter-style s { symbols: a } } ol { list-style: s }",
          "1.|2.|3.|4.|5." },
        // used before it is defined; the last definition wins
        { "ol { list-style: s } @counter-style s { symbols: a } @counter-style s { symbols: b }",
          "b.|bb.|bbb.|bbbb.|bbbbb." },
        { ":root { --m: s } ol { list-style: var(--m) } @counter-style s { system: cyclic;"
          "symbols: z }",
          "z.|z.|z.|z.|z." },
        { "ol { list-style: none } li::before { content: counter(list-item, s) }"
          "@counter-style s { system: alphabetic; symbols: x y; prefix: '<' }",
          "x|y|xx|xy|yx" },
        { "ol { list-style: none } li::before { content: counters(list-item, '.', "
          "symbols(cyclic 'p' 'q')) }",
          "p|q|p|q|p" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++)
        assert_str(generated(fixture, rows[i].css, "article { ol { li li li li li } }"),
                   rows[i].want);
    assert_int_equal(fixture->sink.kept, 0);
}

// A number that would repeat a symbol without end is written in decimal instead.
static void large_numbers(void **state)
{
    static const struct {
        const char *css;
        const char *want;
    } rows[] = {
        { "symbols('*')", "1000000" },
        { "symbols(cyclic 'a' 'b' 'c')", "a" },
        { "symbols(numeric '0' '1' '2' '3' '4' '5' '6' '7' '8' '9')", "1000000" },
        { "symbols(alphabetic 'a' 'b')", "bbbabaaaabaabaaaaab" },
        { "symbols(fixed 'a')", "1000000" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        brv_str css =
            brv_arena_printf(fixture->arena,
                             "ol { list-style: %s } li { counter-set: list-item 1000000 }",
                             rows[i].css);
        assert_str(generated(fixture, brv_arena_cstr(fixture->arena, css), "article { ol { li } }"),
                   rows[i].want);
    }
}

static void faults(void **state)
{
    static const struct {
        const char *css;
        const char *want; // line:column message
    } rows[] = {
        { "ol { list-style-type: decimel }",
          "1:23 unknown counter style \"decimel\", it counts in decimal (did you mean "
          "\"decimal\"?)" },
        { "@counter-style steps { symbols: a }\nol { list-style: step }",
          "2:18 unknown counter style \"step\", it counts in decimal (did you mean \"steps\"?)" },
        { "@counter-style { symbols: a }",
          "1:1 expected a name for the counter style that is not built in" },
        { "@counter-style decimal { symbols: a }",
          "1:16 expected a name for the counter style that is not built in" },
        { "@counter-style s { system: cyclic }",
          "1:16 \"s\" needs symbols, so it counts in decimal" },
        { "@counter-style s { system: alphabetic; symbols: a }",
          "1:16 \"s\" needs two symbols or more, so it counts in decimal" },
        { "@counter-style s { symbols: a; paid: 3 '0' }",
          "1:32 unknown descriptor \"paid\" of a counter style (did you mean \"pad\"?)" },
        { "@counter-style s { symbols: a; pad: '0' }",
          "1:32 \"pad\" of a counter style needs a length up to 100 and a string or word" },
        { "@counter-style s { symbols: a; range: 3 2 }",
          "1:32 \"range\" of a counter style needs auto or pairs of numbers, the smaller first" },
        { "@counter-style s { symbols: a; fallback: nn }",
          "1:42 unknown counter style \"nn\", it counts in decimal" },
        { "@counter-style s { system: extends lower-roam }",
          "1:36 unknown counter style \"lower-roam\", it counts in decimal (did you mean "
          "\"lower-roman\"?)" },
        { "@counter-style s { system: additive; symbols: a }",
          "1:16 \"s\" needs additive-symbols, so it counts in decimal" },
        { "@counter-style s { symbols: a; negative: 3 }",
          "1:32 \"negative\" of a counter style needs one or two strings or words" },
        { "@counter-style s;", "1:1 \"@counter-style\" needs a block in braces" },
        { "p::before { content: target-text('#a') }", "1:22 \"target-text('#a'\"…" },
        { "@page { @top-left { content: counter(page, symbols('a')) } }", "1:30 …" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct fixture own = { fixture->arena, brv_sink_init(fixture->arena) };
        (void)sheets_from(&own, rows[i].css);
        assert_int_equal(own.sink.kept, 1);
        const struct brv_diag *diag = own.sink.first;
        struct brv_location at = brv_span_locate(diag->span);
        brv_str got = brv_arena_printf(fixture->arena,
                                       "%zu:%zu %" BRV_STR_F "%s%" BRV_STR_F "%s",
                                       at.line,
                                       at.column,
                                       BRV_STR_ARG(diag->message),
                                       diag->hint.len ? " (" : "",
                                       BRV_STR_ARG(diag->hint),
                                       diag->hint.len ? ")" : "");
        brv_str want = brv_str_from_cstr(rows[i].want);
        size_t cut = brv_str_find(want, 0, BRV_S("…"));
        if (cut < want.len) // only the place matters
            got = brv_str_slice(got, 0, brv_str_find_byte(got, 0, ' ') + 1),
            want = brv_str_slice(want, 0, brv_str_find_byte(want, 0, ' ') + 1);
        assert_str(got, brv_arena_cstr(fixture->arena, want));
    }
}

static void targets(void **state)
{
    static const char tree[] =
        "article { h2#one { em { 'First' } ' and  more' } h2#two { 'Second' } "
        "p { a[href=#two] a[href=#one] a[href=#none] "
        "a[href=two] a } h3#one { 'Again' } }";
    struct fixture *fixture = *state;
    assert_str(generated(fixture, "a::after { content: '<' target-text(attr(href)) '>' }", tree),
               "<|Second|>|<|First and more|>|<|>|<|>|<|>");
    assert_str(
        generated(fixture, "a::after { content: target-text(attr(href url), content) }", tree),
        "Second|First and more");
    assert_str(generated(fixture, "a::after { content: target-text(attr(data-x)) }", tree), "");
    assert_int_equal(fixture->sink.kept, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(markers),
        TEST(large_numbers),
        TEST(faults),
        TEST(targets),
    };
    return cmocka_run_group_tests_name("style counter styles", tests, NULL, NULL);
}
