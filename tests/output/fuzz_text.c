// Brevier — fuzz target: text from any tree of elements, under a sheet that asks for all that text
// can do. The first bytes are the options; the others, the elements and their words. What comes out
// is valid, the same each time, and keeps to its width but for the lines that it reports.
// SPDX-License-Identifier: MIT
#include "base/macros.h"
#include "base/utf8.h"
#include "base/width.h"
#include "output/output.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sheet[] =
    "article { font-size: 10pt; line-height: 1 } section { page: inner }"
    "p, ul, ol, dl, table, blockquote, pre, figure { margin: 10pt 0 }"
    "h2 { break-after: avoid; string-set: heading content() }"
    "@page { @top-left { content: string(heading) } @bottom-right { content: counter(page) } }"
    "@page inner { @top-right { content: counter(pages) } }"
    "p { text-indent: -15pt } div { padding: 0 10pt; border-left: 1pt solid }"
    "li { text-indent: 10pt } td { padding: 0 15pt } aside { max-width: 60pt; break-before: page }"
    "div > p { text-align: right } section > p { -brv-text-links: inline }"
    "strong { -brv-text-emphasis: uppercase } em { -brv-text-emphasis: stars }"
    "a::after { content: leader('.') target-counter(attr(href), page) } code { white-space: pre }";

// ---- the bytes

struct input {
    const uint8_t *at;
    size_t left;
};

static unsigned take(struct input *in)
{
    if (in->left == 0)
        return 0;
    in->left--;
    return *in->at++;
}

static brv_str take_words(struct input *in, struct brv_arena *arena)
{
    static const char *const words[] = {
        "a",
        "word ",
        " ",
        "long-word-with-joints ",
        "\u4E2D\u6587\u3002",
        "\u05E9\u05DC\u05D5\u05DD ",
        "\u0645\u0631\u062D\u0628\u0627",
        "e\u0301",
        "\U0001F469\u200D\U0001F4BB",
        "\U0001F1EB\U0001F1F7",
        "\u2764\uFE0F ",
        "https://example.org/a/b?c=d ",
        "\n",
        "> ",
        "From ",
        "\u00AD",
        "\u200B",
        "\u00A0",
        "\u00A0 ",
        " \u00A0",
        "\t",
        "\t\n",
        "a\tb\n",
        "\u200D",
        "\uFE0F",
        "\u0301",
        "\u2060",
        "\u3000",
        "\u00ADx\u00AD ",
        "1\uFE0F\u20E3",
        "\U0001F44D\U0001F3FD",
        "\U0001F3F4\U000E0067\U000E0062\U000E007F",
        "\U0001F1EB",
        "\u0E01\u0E33 ",
        "\u1100\u1161\u11A8",
        "\u0915\u094D\u200D\u0937 ",
        "-- ",
        "0123456789abcdef0123456789abcdef",
        "\xFF",
    };
    struct brv_buf *out = brv_buf_new_in(arena);
    for (unsigned n = take(in) % 12; n > 0; n--)
        brv_buf_add_cstr(out, words[take(in) % BRV_COUNT(words)]);
    return brv_arena_str(arena, brv_buf_str(out));
}

// ---- the tree

static void grow(struct input *in, struct brv_arena *arena, struct brv_node *parent, int depth)
{
    while (in->left > 0) {
        unsigned what = take(in);
        if (what < 64 || depth > 40)
            return;
        enum brv_kind kind = (enum brv_kind)(what % BRV_KIND_COUNT);
        if (!brv_kind_may_contain(parent->kind, kind))
            kind = BRV_KIND_TEXT;
        if (!brv_kind_may_contain(parent->kind, kind)) {
            for (kind = 0; kind < BRV_KIND_COUNT && !brv_kind_may_contain(parent->kind, kind);)
                kind++;
            if (kind == BRV_KIND_COUNT)
                return;
        }
        if (kind == BRV_KIND_TEXT) {
            brv_node_append(parent,
                            brv_node_new_text(arena, take_words(in, arena), brv_span_none()));
            continue;
        }
        struct brv_node *node = brv_node_new(arena, kind, brv_span_none());
        static const char *const links[] = { "#x", "https://x.example/\u4E2D", "javascript:x" };
        if (kind == BRV_KIND_A)
            brv_node_set(arena, node, BRV_ATTR_HREF, brv_str_from_cstr(links[what % 3]));
        if (brv_kind_is_inline(kind) && what % 13 < 3)
            brv_node_set(arena, node, BRV_ATTR_TITLE, take_words(in, arena));
        if (kind == BRV_KIND_TD && what % 5 == 0)
            brv_node_set(arena, node, BRV_ATTR_COLSPAN, BRV_S("2"));
        if (kind == BRV_KIND_TD && what % 7 == 0)
            brv_node_set(arena, node, BRV_ATTR_ROWSPAN, BRV_S("3"));
        if (what % 11 == 0)
            brv_node_set(arena, node, BRV_ATTR_ID, BRV_S("x"));
        brv_node_append(parent, node);
        grow(in, arena, node, depth + 1);
    }
}

// ---- what must hold

static void fail(const char *what, brv_str text)
{
    fprintf(stderr, "%s:\n%.*s\n", what, BRV_STR_ARG(text));
    abort();
}

static size_t reported(const struct brv_sink *sink)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next) {
        brv_str message = diag->message;
        size_t digits = 0;
        while (digits < message.len && brv_is_digit(message.ptr[digits]))
            digits++;
        size_t count = 0;
        if (brv_str_find(message, 0, BRV_S(" wider than ")) < message.len &&
            brv_str_to_size(brv_str_slice(message, 0, digits), &count))
            return count;
    }
    return 0;
}

// Only code, in a line or in lines of its own, keeps the spaces at the ends of its lines.
static bool has_code(const struct brv_node *root)
{
    const struct brv_node *at = root;
    while (at && at->kind != BRV_KIND_CODE && at->kind != BRV_KIND_PRE)
        at = brv_node_walk_next(root, at);
    return at != NULL;
}

// Isolates that open in a line less those that close; mail has one for the lines that it joins.
static int open_isolates(brv_str line)
{
    int open = 0;
    for (size_t at = 0; at < line.len;) {
        uint32_t codepoint = brv_utf8_next(line, &at);
        open += codepoint >= 0x2066 && codepoint <= 0x2068 ? 1 : 0;
        open -= codepoint == 0x2069 ? 1 : 0;
    }
    return open;
}

static void check(brv_str text, const struct brv_output_options *options, bool keeps_spaces,
                  const struct brv_sink *sink)
{
    if (!brv_utf8_is_valid(text))
        fail("malformed", text);
    size_t wide = 0;
    int open = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = brv_str_find_byte(text, at, '\n');
        if (end == text.len)
            fail("no line feed at the end", text);
        brv_str line = brv_str_slice(text, at, end);
        at = end + 1;
        bool is_soft = line.len > 0 && line.ptr[line.len - 1] == ' ';
        open += open_isolates(line);
        if (open < 0 || (open > 0 && !(is_soft && options->flowed)))
            fail("an isolate that does not end where it should", text);
        if (is_soft && !options->flowed && !keeps_spaces)
            fail("a space at the end of a line", text);
        if (options->ascii)
            for (size_t i = 0; i < line.len; i++)
                if ((unsigned char)line.ptr[i] >= 0x80)
                    fail("not ASCII", text);
        size_t signs = options->flowed ? 2 : 0; // that format=flowed may add
        wide += brv_str_width(line) > options->text_width + signs ? 1 : 0;
    }
    if (wide > reported(sink))
        fail("lines that are wider than they may be", text);
}

// How often a letter stands in a text, whichever its case.
static size_t count_of(brv_str text, char letter)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += brv_to_lower(text.ptr[i]) == letter ? 1 : 0;
    return count;
}

// Nothing is lost: a letter that neither the sheet nor we write by ourselves stands as often as the
// elements have it, or more often where a page repeats it.
static void check_complete(brv_str text, const struct brv_node *root)
{
    size_t least = 0;
    for (const struct brv_node *at = root; at; at = brv_node_walk_next(root, at))
        if (at->kind == BRV_KIND_TEXT)
            least += count_of(at->text, 'j');
    if (count_of(text, 'j') < least)
        fail("something is lost", text);
}

// The same for all inputs, so it is read once.
static const struct brv_stylesheets *sheets_of_all(void)
{
    static struct brv_stylesheets *sheets;
    if (sheets)
        return sheets;
    struct brv_arena *arena = brv_arena_new(); // as long as the program
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_stylesheet_text text = { BRV_S("fuzz.css"), brv_str_from_cstr(sheet) };
    struct brv_stylesheets_options options = { .texts = &text, .text_count = 1 };
    sheets = brv_stylesheets_new(arena, &options, &sink);
    if (!sheets || sink.counts[BRV_WARNING] > 0)
        fail("the sheet is not understood", sink.first ? sink.first->message : (brv_str){ 0 });
    return sheets;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { data, size };
    struct brv_arena *arena = brv_arena_new();
    struct brv_output_options options = { .text_width = 20 + take(&in) % 80, .date = -1 };
    unsigned bits = take(&in);
    options.ascii = (bits & 1) != 0;
    options.flowed = (bits & 2) != 0;
    options.delsp = (bits & 8) != 0;
    options.page_length = (bits & 4) != 0 ? 10 + take(&in) % 30 : 0;

    struct brv_node *root = brv_node_new(arena, BRV_KIND_ARTICLE, brv_span_none());
    while (in.left > 0)
        grow(&in, arena, root, 0);
    const struct brv_stylesheets *sheets = sheets_of_all();
    brv_str first = { 0 };
    for (int round = 0; round < 2; round++) {
        struct brv_sink told = brv_sink_init(arena);
        struct brv_document document = { 0 };
        struct brv_output_job job = {
            .document = &document,
            .sheets = sheets,
            .root = brv_style_tree(arena, sheets, BRV_MEDIA_TEXT, root, &told),
            .options = options,
            .arena = arena,
        };
        struct brv_buf *out = brv_buf_new_in(arena);
        if (brv_text_render(&job, out, &told))
            fail("no text", (brv_str){ 0 });
        brv_str got = brv_buf_str(out);
        check(got, &options, has_code(root), &told);
        check_complete(got, root);
        if (round > 0 && !brv_str_equal(first, got))
            fail("not the same again", got);
        first = got;
    }
    brv_arena_free(arena);
    return 0;
}
