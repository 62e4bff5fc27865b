// Brevier — selectors: what they match, how specific they are, what is refused.
// SPDX-License-Identifier: MIT
#include "tree.h"

static const char tree[] =
    "article#root[kind=industry-news][lang=en] {"
    "  header#head.title { h1#h1 { span#kicker.kicker 'News:' 'Title' } p#meta.meta 'x' }"
    "  section#s1.summary.lead { h2#h2a 'A' p#p1 'one' p#p2.note { strong#b1 'b' em#i1 'i' } p#p3 }"
    "  section#s2.key-details[lang=de-AT] {"
    "    h2#h2b 'B' ul#ul { li#l1 'a' li#l2[data-task=done] 'b' li#l3 'c' li#l4 'd' li#l5 'e' }"
    "    table#t.facts { tbody#tb { tr#r1 { th#th1 'k' td#td1[data-align=right] 'v' }"
    "                               tr#r2 { th#th2 'k' td#td2 'v' } } } }"
    "  aside#as { p#p4 { a#a1[href=https://example.org/x.pdf][title=AbC] 'l' } } }";

// What each selector matches in the tree, in document order.
static const struct {
    const char *selector;
    const char *matches;
    int ids, classes, types;
} rows[] = {
    { "h2", "h2a h2b", 0, 0, 1 },
    { "H2", "h2a h2b", 0, 0, 1 },
    { "*",
      "root head h1 kicker meta s1 h2a p1 p2 b1 i1 p3 s2 h2b ul l1 l2 l3 l4 l5 t tb r1 th1 td1 "
      "r2 th2 td2 as p4 a1",
      0,
      0,
      0 },
    { ".title", "head", 0, 1, 0 },
    { ".summary.lead", "s1", 0, 2, 0 },
    { ".lead.summary", "s1", 0, 2, 0 },
    { ".Summary", "", 0, 1, 0 },
    { "#p1", "p1", 1, 0, 0 },
    { "p#p1", "p1", 1, 0, 1 },
    { "h2#p1", "", 1, 0, 1 },
    { "*#p1", "p1", 1, 0, 0 },
    { "*.note", "p2", 0, 1, 0 },
    { "section.summary", "s1", 0, 1, 1 },
    // combinators
    { "section p", "p1 p2 p3", 0, 0, 2 },
    { "section > p", "p1 p2 p3", 0, 0, 2 },
    { "article > p", "", 0, 0, 2 },
    { "article p", "meta p1 p2 p3 p4", 0, 0, 2 },
    { "section>p.note", "p2", 0, 1, 2 },
    { "h2 + p", "p1", 0, 0, 2 },
    { "h2+p", "p1", 0, 0, 2 },
    { "h2 ~ p", "p1 p2 p3", 0, 0, 2 },
    { "p ~ p", "p2 p3", 0, 0, 2 },
    { "p + p + p", "p3", 0, 0, 3 },
    { "section + section", "s2", 0, 0, 2 },
    { "header ~ aside", "as", 0, 0, 2 },
    { "article > section > p > strong", "b1", 0, 0, 4 },
    { "article section strong", "b1", 0, 0, 3 },
    { "article > section li", "l1 l2 l3 l4 l5", 0, 0, 3 },
    { "section > ul > li + li", "l2 l3 l4 l5", 0, 0, 4 },
    { "section * em", "i1", 0, 0, 2 },
    { "section > * > em", "i1", 0, 0, 2 },
    { "tr td ~ td", "", 0, 0, 3 },
    { "#s2 tr > th + td", "td1 td2", 1, 0, 3 },
    { ".summary ~ .key-details td", "td1 td2", 0, 2, 1 },
    { "h2\n\t>\nspan", "", 0, 0, 2 },
    { "h1/**/ > /**/span", "kicker", 0, 0, 2 },
    { "header section", "", 0, 0, 2 },
    { "ul > li ~ li ~ li", "l3 l4 l5", 0, 0, 4 },
    { "li + li + li + li + li", "l5", 0, 0, 5 },
    // attributes
    { "[kind]", "root", 0, 1, 0 },
    { "[kind=industry-news]", "root", 0, 1, 0 },
    { "[kind=\"industry-news\"]", "root", 0, 1, 0 },
    { "[kind='industry']", "", 0, 1, 0 },
    { "[kind|=industry]", "root", 0, 1, 0 },
    { "[kind^=indus]", "root", 0, 1, 0 },
    { "[kind$=news]", "root", 0, 1, 0 },
    { "[kind*=stry-n]", "root", 0, 1, 0 },
    { "[class~=lead]", "s1", 0, 1, 0 },
    { "[class=\"summary lead\"]", "s1", 0, 1, 0 },
    { "[class~=\"\"]", "", 0, 1, 0 },
    { "[class^=\"\"]", "", 0, 1, 0 },
    { "[class*=\"\"]", "", 0, 1, 0 },
    { "[title=abc]", "", 0, 1, 0 },
    { "[title=abc i]", "a1", 0, 1, 0 },
    { "[title=\"aBC\"I]", "a1", 0, 1, 0 },
    { "[title=AbC s]", "a1", 0, 1, 0 },
    { "a[href$=\".pdf\"]", "a1", 0, 1, 1 },
    { "a[href^=\"https:\"][title]", "a1", 0, 2, 1 },
    { "[data-align=right]", "td1", 0, 1, 0 },
    { "li[data-task]", "l2", 0, 1, 1 },
    { "[ data-task = done ]", "l2", 0, 1, 0 },
    { "[href*=EXAMPLE i]", "a1", 0, 1, 0 },
    { "[lang|=de]", "s2", 0, 1, 0 },
    // places
    { "li:first-child", "l1", 0, 1, 1 },
    { "li:last-child", "l5", 0, 1, 1 },
    { "p:first-child", "p4", 0, 1, 1 },
    { "p:last-child", "meta p3 p4", 0, 1, 1 },
    { ":only-child", "root kicker tb p4 a1", 0, 1, 0 },
    { "li:nth-child(odd)", "l1 l3 l5", 0, 1, 1 },
    { "li:nth-child(even)", "l2 l4", 0, 1, 1 },
    { "li:nth-child(2n+1)", "l1 l3 l5", 0, 1, 1 },
    { "li:nth-child(3)", "l3", 0, 1, 1 },
    { "li:nth-child(n+4)", "l4 l5", 0, 1, 1 },
    { "li:nth-child(-n+2)", "l1 l2", 0, 1, 1 },
    { "li:nth-child(n+2):nth-child(-n+4)", "l2 l3 l4", 0, 2, 1 },
    { "li:nth-child(0)", "", 0, 1, 1 },
    { "li:nth-child(-2)", "", 0, 1, 1 },
    { "li:nth-child(10n-6)", "l4", 0, 1, 1 },
    { "li:nth-last-child(2)", "l4", 0, 1, 1 },
    { "li:nth-last-child(-n+2)", "l4 l5", 0, 1, 1 },
    { "p:first-of-type", "meta p1 p4", 0, 1, 1 },
    { "p:last-of-type", "meta p3 p4", 0, 1, 1 },
    { "section:nth-of-type(2)", "s2", 0, 1, 1 },
    { "p:nth-of-type(2)", "p2", 0, 1, 1 },
    { "p:nth-last-of-type(3)", "p1", 0, 1, 1 },
    { "h2:only-of-type", "h2a h2b", 0, 1, 1 },
    { "tr:nth-child(even) td", "td2", 0, 1, 2 },
    { "tr:first-child > :last-child", "td1", 0, 2, 1 },
    { ":root", "root", 0, 1, 0 },
    { ":root > aside", "as", 0, 1, 1 },
    { "p:empty", "meta p1 p3", 0, 1, 1 },
    // lists inside
    { "section:not(.summary)", "s2", 0, 1, 1 },
    { "li:not(:first-child)", "l2 l3 l4 l5", 0, 1, 1 },
    { "p:not(.note, :empty)", "p4", 0, 1, 1 },
    { "p:not(section p)", "meta p4", 0, 0, 3 },
    { ":not(*)", "", 0, 0, 0 },
    { ":is(h1, h2)", "h1 h2a h2b", 0, 0, 1 },
    { "section :is(strong, em)", "b1 i1", 0, 0, 2 },
    { ":is(#p1, p.note)", "p1 p2", 1, 0, 0 },
    { ":where(#p1, .note)", "p1 p2", 0, 0, 0 },
    { ":where(section) > h2", "h2a h2b", 0, 0, 1 },
    { ":is(section, aside) > :is(p, h2):first-child", "h2a h2b p4", 0, 1, 2 },
    { ":is(h1, :unheard-of)", "h1", 0, 0, 1 },
    { ":is()", "", 0, 0, 0 },
    { "p:not(:is(section > p))", "meta p4", 0, 0, 3 },
    // languages
    { "h2:lang(en)", "h2a", 0, 1, 1 },
    { "h2:lang(de)", "h2b", 0, 1, 1 },
    { "h2:lang(de-at)", "h2b", 0, 1, 1 },
    { "h2:lang(de-a)", "", 0, 1, 1 },
    { "h2:lang(de, en)", "h2a h2b", 0, 1, 1 },
    { "td:lang(\"de\")", "td1 td2", 0, 1, 1 },
    // pseudo-elements count as types
    { "p.note::before", "p2", 0, 1, 2 },
    { "h2:after", "h2a h2b", 0, 0, 2 },
    { "li::marker", "l1 l2 l3 l4 l5", 0, 0, 2 },
    { "::before",
      "root head h1 kicker meta s1 h2a p1 p2 b1 i1 p3 s2 h2b ul l1 l2 l3 l4 l5 t tb r1 "
      "th1 td1 r2 th2 td2 as p4 a1",
      0,
      0,
      1 },
    // escapes
    { "\\68 2", "h2a h2b", 0, 0, 1 },
    { ".t\\69tle", "head", 0, 1, 0 },
    { "#\\73 1", "s1", 1, 0, 0 },
    // combinators again, deeper
    { "header h1 > span.kicker", "kicker", 0, 1, 3 },
    { "header > h1 span", "kicker", 0, 0, 3 },
    { "article > *", "head s1 s2 as", 0, 0, 1 },
    { "article > * > *", "h1 meta h2a p1 p2 p3 h2b ul t p4", 0, 0, 1 },
    { "section ~ aside > p a", "a1", 0, 0, 4 },
    { "#root > #s1 > #p2 > #b1", "b1", 4, 0, 0 },
    { "#s1 ~ #as", "as", 2, 0, 0 },
    { "#as ~ #s1", "", 2, 0, 0 },
    { "ul + table", "t", 0, 0, 2 },
    { "ul ~ table tr:last-child th", "th2", 0, 1, 4 },
    { "tr + tr", "r2", 0, 0, 2 },
    { "strong + em", "i1", 0, 0, 2 },
    { "em + strong", "", 0, 0, 2 },
    { "header + section + section + aside", "as", 0, 0, 4 },
    { "header + section ~ aside", "as", 0, 0, 3 },
    { "header + aside", "", 0, 0, 2 },
    // places again
    { "li:nth-child(2) ~ li:nth-last-child(2)", "l4", 0, 2, 2 },
    { "li:nth-child(3n)", "l3", 0, 1, 1 },
    { "li:nth-child(3n+1)", "l1 l4", 0, 1, 1 },
    { "li:nth-child(-3n+4)", "l1 l4", 0, 1, 1 },
    { "li:nth-child( 2n + 1 )", "l1 l3 l5", 0, 1, 1 },
    { "li:nth-child(ODD)", "l1 l3 l5", 0, 1, 1 },
    { "li:nth-child(+4)", "l4", 0, 1, 1 },
    { "li:nth-child(n)", "l1 l2 l3 l4 l5", 0, 1, 1 },
    { "li:nth-child(0n+2)", "l2", 0, 1, 1 },
    { "li:nth-last-child(odd)", "l1 l3 l5", 0, 1, 1 },
    { "section > :nth-child(2)", "p1 ul", 0, 1, 1 },
    { "section > :nth-last-child(2)", "p2 ul", 0, 1, 1 },
    { ":nth-of-type(2)", "p2 s2 l2 r2", 0, 1, 0 },
    { "p:nth-of-type(n+2)", "p2 p3", 0, 1, 1 },
    { "section:first-of-type", "s1", 0, 1, 1 },
    { "section:last-of-type", "s2", 0, 1, 1 },
    { "th:only-of-type", "th1 th2", 0, 1, 1 },
    { "aside > p:only-child > a:only-child", "a1", 0, 2, 3 },
    { "article:root", "root", 0, 1, 1 },
    { "section:root", "", 0, 1, 1 },
    { "section:empty", "", 0, 1, 1 },
    // attributes again
    { "[lang]", "root s2", 0, 1, 0 },
    { "[lang]:not(:root)", "s2", 0, 2, 0 },
    { ":root:not([lang|=de])", "root", 0, 2, 0 },
    { "[kind][lang]", "root", 0, 2, 0 },
    { "[kind=INDUSTRY-NEWS]", "", 0, 1, 0 },
    { "[kind=INDUSTRY-NEWS i]", "root", 0, 1, 0 },
    { "[kind|=industry-news]", "root", 0, 1, 0 },
    { "[kind|=indus]", "", 0, 1, 0 },
    { "[class$=lead]", "s1", 0, 1, 0 },
    { "[class^=key]", "s2", 0, 1, 0 },
    { "[class*=e]", "head kicker meta s1 p2 s2", 0, 1, 0 },
    { "[class~=note]", "p2", 0, 1, 0 },
    { "[id=p1]", "p1", 0, 1, 0 },
    { "[id^=td]", "td1 td2", 0, 1, 0 },
    { "a[href^=http][href$=pdf][title=AbC]", "a1", 0, 3, 1 },
    // lists inside, again
    { "td:not([data-align])", "td2", 0, 1, 1 },
    { "tr:not(:last-child) > td", "td1", 0, 1, 2 },
    { "li:not(:nth-child(2n)):not(:first-child)", "l3 l5", 0, 2, 1 },
    { "section > *:not(p):not(ul)", "h2a h2b t", 0, 0, 3 },
    { ":not(section) > p", "meta p4", 0, 0, 2 },
    { ":is(.summary, #s2) > :is(h2, ul)", "h2a h2b ul", 1, 0, 1 },
    { ":where(.summary, #s2) > h2", "h2a h2b", 0, 0, 1 },
    { ":is(:is(h1, h2), p):first-child", "h1 h2a h2b p4", 0, 1, 1 },
    { ":not(:is(section, header, aside, article)) > em", "i1", 0, 0, 2 },
    { "p:is(.note, .meta)", "meta p2", 0, 1, 1 },
    { ":lang(de) > li", "l1 l2 l3 l4 l5", 0, 1, 1 },
    { ":lang(en) > h2", "h2a", 0, 1, 1 },
    { "section:lang(fr)", "", 0, 1, 1 },
    // what is counted how often
    { "SECTION.summary", "s1", 0, 1, 1 },
    { "section.SUMMARY", "", 0, 1, 1 },
    { ".summary.summary", "s1", 0, 2, 0 },
    { "#p1#p1", "p1", 2, 0, 0 },
    { "#p1#p2", "", 2, 0, 0 },
    { "section.summary > p:first-of-type::after", "p1", 0, 2, 3 },
    { "#l2::marker", "l2", 1, 0, 1 },
};

// Selectors that are none, and the message that says so.
static const struct {
    const char *selector;
    const char *message;
} faults[] = {
    { "", "expected a selector, so the rule has no effect" },
    { "p >", "expected a selector, so the rule has no effect" },
    { "> p", "expected a selector, so the rule has no effect" },
    { "p,", "expected a selector, so the rule has no effect" },
    { "p, , h2", "expected a selector, so the rule has no effect" },
    { "p + + p", "expected a selector, so the rule has no effect" },
    { ".", "expected a selector, so the rule has no effect" },
    { "#1a", "expected a selector, so the rule has no effect" },
    { "p:", "expected a selector, so the rule has no effect" },
    { "p[", "expected a selector, so the rule has no effect" },
    { "[kind=]", "expected a selector, so the rule has no effect" },
    { "[kind==x]", "expected a selector, so the rule has no effect" },
    { "[kind=a b]", "expected a selector, so the rule has no effect" },
    { "p::before em", "expected a selector, so the rule has no effect" },
    { "p::before.x", "expected a selector, so the rule has no effect" },
    { "p::first-line",
      "unknown pseudo-class or pseudo-element \"first-line\", so the rule has no effect" },
    { "a:hover", "unknown pseudo-class or pseudo-element \"hover\", so the rule has no effect" },
    { "p:marker", "unknown pseudo-class or pseudo-element \"marker\", so the rule has no effect" },
    { "p:has(em)", "unknown pseudo-class or pseudo-element \"has\", so the rule has no effect" },
    { "li:nth-child(two)", "expected odd, even or a form like 2n+1, so the rule has no effect" },
    { "li:nth-child()", "expected odd, even or a form like 2n+1, so the rule has no effect" },
    { ":not(p::before)",
      "a pseudo-element cannot stand inside another selector, so the rule has no effect" },
    { ":not()", "expected a selector, so the rule has no effect" },
    { "p & em", "expected a selector, so the rule has no effect" },
    { "p 12px", "expected a selector, so the rule has no effect" },
};

static struct brv_css_selectors parse(struct fixture *fixture, const char *text, bool *is_ok)
{
    struct brv_css_selectors list = { 0 };
    brv_str css = brv_str_from_cstr(text);
    const struct brv_source *source = brv_source_new(fixture->arena, BRV_S("test.css"), css);
    *is_ok = brv_css_parse_selectors(fixture->arena,
                                     source,
                                     brv_css_trim(brv_css_tokenize(fixture->arena, css)),
                                     &list,
                                     &fixture->sink);
    return list;
}

static void matches(void **state)
{
    struct fixture *fixture = *state;
    size_t count = 0;
    const struct brv_css_element *elements =
        brv_css_elements_new(fixture->arena, tree_from(fixture->arena, tree), &count);
    assert_int_equal(count, 31);
    assert_true(BRV_COUNT(rows) >= 150);
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        bool is_ok = false;
        struct brv_css_selectors list = parse(fixture, rows[i].selector, &is_ok);
        struct brv_buf got = { 0 };
        struct brv_css_matcher matcher = { .limit = 1000000 };
        assert_true(is_ok);
        assert_int_equal(list.count, 1);
        for (size_t k = 0; k < count; k++) {
            bool may_match = !(list.items[0].ancestors & ~elements[k].ancestors);
            bool is_match = brv_css_selector_matches(&matcher, &list.items[0], &elements[k]);
            assert_true(may_match || !is_match); // the filter only rules out
            if (is_match)
                brv_buf_printf(
                    &got, "%s%" BRV_STR_F, got.len ? " " : "", BRV_STR_ARG(elements[k].node->id));
        }
        brv_buf_add_byte(&got, 0);
        if (strcmp(got.ptr, rows[i].matches) != 0)
            print_error("selector %s\n", rows[i].selector);
        assert_string_equal(got.ptr, rows[i].matches);
        brv_buf_deinit(&got);
        uint32_t specificity = list.items[0].specificity;
        if (specificity != ((uint32_t)rows[i].ids << 20 | (uint32_t)rows[i].classes << 10 |
                            (uint32_t)rows[i].types))
            print_error("specificity of %s: %u %u %u\n",
                        rows[i].selector,
                        specificity >> 20,
                        specificity >> 10 & 1023,
                        specificity & 1023);
        assert_int_equal(specificity >> 20, rows[i].ids);
        assert_int_equal(specificity >> 10 & 1023, rows[i].classes);
        assert_int_equal(specificity & 1023, rows[i].types);
        assert_str(list.items[0].text, rows[i].selector);
    }
}

static void faults_are_reported(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < BRV_COUNT(faults); i++) {
        size_t before = fixture->sink.kept;
        bool is_ok = true;
        (void)parse(fixture, faults[i].selector, &is_ok);
        if (is_ok || fixture->sink.kept != before + 1)
            print_error("selector \"%s\"\n", faults[i].selector);
        assert_false(is_ok);
        assert_int_equal(fixture->sink.kept, before + 1);
        assert_str(sink_message(&fixture->sink, before), faults[i].message);
    }
}

static void unknown_names_are_warnings(void **state)
{
    struct fixture *fixture = *state;
    bool is_ok = false;
    (void)parse(fixture, "secton[clas=x]", &is_ok);
    assert_true(is_ok);
    assert_str(sink_message(&fixture->sink, 0), "no element is called \"secton\"");
    assert_str(fixture->sink.first->hint, "did you mean \"section\"?");
    assert_str(sink_message(&fixture->sink, 1), "no element has the attribute \"clas\"");
    assert_str(fixture->sink.first->next->hint, "did you mean \"class\"?");
}

static void forgiving_lists_lose_one_selector(void **state)
{
    struct fixture *fixture = *state;
    bool is_ok = false;
    (void)parse(fixture, "p, :is(h1:hover, h2)", &is_ok);
    assert_true(is_ok);
    assert_str(sink_message(&fixture->sink, 0),
               "unknown pseudo-class or pseudo-element \"hover\", so it matches nothing");
    assert_int_equal(fixture->sink.first->span.offset, 10);
}

// Long chains over deep trees: each combinator is tried once per candidate, not once per path.
static void backtracking_is_bounded(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *node = root;
    for (int i = 0; i < 90; i++) {
        struct brv_node *child = brv_node_new(fixture->arena, BRV_KIND_DIV, brv_span_none());
        brv_node_append(node, child);
        node = child;
    }
    struct brv_buf text = { 0 };
    brv_buf_add_cstr(&text, "span");
    for (int i = 0; i < 20; i++)
        brv_buf_add_cstr(&text, " > div div");
    brv_buf_add_byte(&text, 0);
    bool is_ok = false;
    struct brv_css_selectors list = parse(fixture, text.ptr, &is_ok);
    brv_buf_deinit(&text);
    assert_true(is_ok);
    size_t count = 0;
    const struct brv_css_element *elements = brv_css_elements_new(fixture->arena, root, &count);
    struct brv_css_matcher matcher = { .limit = UINT64_MAX };
    for (size_t k = 0; k < count; k++)
        assert_false(brv_css_selector_matches(&matcher, &list.items[0], &elements[k]));
    assert_true(matcher.steps < 91 * 91 * 41);
}

static void nesting_and_length_are_bounded(void **state)
{
    struct fixture *fixture = *state;
    struct brv_buf text = { 0 };
    bool is_ok = true;
    for (int i = 0; i < 5000; i++)
        brv_buf_add_cstr(&text, ":not(");
    brv_buf_add_byte(&text, 0);
    (void)parse(fixture, text.ptr, &is_ok);
    assert_false(is_ok);
    assert_str(sink_message(&fixture->sink, 0),
               "selectors are nested too deeply, so the rule has no effect");
    brv_buf_clear(&text);
    for (int i = 0; i < 100; i++)
        brv_buf_add_cstr(&text, "div ");
    brv_buf_add_byte(&text, 0);
    (void)parse(fixture, text.ptr, &is_ok);
    assert_false(is_ok);
    assert_str(sink_message(&fixture->sink, 1),
               "the selector is too long, so the rule has no effect");
    brv_buf_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(matches),
        TEST(faults_are_reported),
        TEST(unknown_names_are_warnings),
        TEST(forgiving_lists_lose_one_selector),
        TEST(backtracking_is_bounded),
        TEST(nesting_and_length_are_bounded),
    };
    return cmocka_run_group_tests_name("style selectors", tests, NULL, NULL);
}
