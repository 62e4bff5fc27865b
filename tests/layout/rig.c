// Brevier — laying out a small document in a test, and looking at its pages.
// SPDX-License-Identifier: MIT
#include "rig.h"

#include "base/file.h"
#include "load/load.h"

static const char page_css[] = "@page { size: 300pt 400pt; margin: 40pt 50pt }\n"
                               "article { font: 10pt/15pt \"Noto Serif\"; text-align: start }\n";

static const struct brv_stylesheets *read_sheet(struct fixture *fixture, brv_str path)
{
    const brv_str shipped = BRV_S(BRV_SOURCE_DIR "/stylesheets");
    struct brv_stylesheets_options options = {
        .sheets = &path,
        .sheet_count = 1,
        .search_path = &shipped,
        .search_path_count = 1,
    };
    struct brv_stylesheets *sheets = brv_stylesheets_new(fixture->arena, &options, &fixture->sink);
    assert_non_null(sheets);
    assert_int_equal(fixture->sink.counts[BRV_ERROR], 0);
    return sheets;
}

struct brv_pages *rig_layout(struct fixture *fixture, const struct brv_node *root, const char *css)
{
    brv_str path = brv_path_join(fixture->arena, BRV_S(BRV_SCRATCH_DIR), BRV_S("test.css"));
    brv_str text = brv_arena_printf(fixture->arena, "%s%s", page_css, css);
    assert_int_equal(brv_file_write(path, text, &fixture->sink), BRV_OK);
    return rig_layout_sheet(fixture, root, path);
}

struct brv_pages *rig_layout_sheet(struct fixture *fixture, const struct brv_node *root,
                                   brv_str path)
{
    const struct brv_stylesheets *sheets = read_sheet(fixture, path);
    struct brv_styled *styled =
        brv_style_tree(fixture->arena, sheets, BRV_MEDIA_PDF, root, &fixture->sink);
    assert_non_null(styled);
    struct brv_fonts *fonts = brv_fonts_new(fixture->arena, (brv_str){ 0 });
    struct brv_pages *pages = brv_layout(fixture->arena, fonts, sheets, styled, &fixture->sink);
    assert_non_null(pages);
    assert_true(pages->page_count > 0);
    return pages;
}

brv_str rig_sample_source(struct fixture *fixture, const char *name)
{
    brv_str path = brv_arena_printf(fixture->arena, "%s/samples/%s", BRV_SOURCE_DIR, name);
    brv_str text;
    assert_int_equal(
        brv_file_read(fixture->arena, path, 1 << 20, BRV_CODE_INPUT, &text, &fixture->sink),
        BRV_OK);
    return text;
}

brv_str rig_short_paragraphs(struct fixture *fixture, size_t count)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 1; i <= count; i++) {
        brv_buf_printf(out, "p%zu\n\n", i);
    }
    return brv_buf_str(out);
}

const char *rig_line_css(struct fixture *fixture, const char *more)
{
    return brv_arena_printf(fixture->arena, "%s%s", RIG_LINE_CSS, more).ptr;
}

brv_str rig_table(struct fixture *fixture, size_t columns, size_t rows)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t row = 0; row < rows + 2; row++) {
        for (size_t column = 0; column < columns; column++) {
            brv_buf_printf(out, row == 0 ? "|h%zu" : row == 1 ? "|---" : "|c%zu", column);
            if (row > 1) {
                brv_buf_printf(out, "r%zu", row - 1);
            }
        }
        brv_buf_add_cstr(out, "|\n");
    }
    return brv_buf_str(out);
}

brv_str rig_sample(struct fixture *fixture, const char *name)
{
    brv_str text = rig_sample_source(fixture, name);
    size_t end = brv_str_starts_with(text, BRV_S("---\n")) ? brv_str_find(text, 3, BRV_S("\n---\n"))
                                                           : text.len;
    return end < text.len ? brv_str_slice(text, end + 5, text.len) : text;
}

static void append_section(struct fixture *fixture, struct brv_node *parent,
                           const struct brv_section *section)
{
    bool is_title = brv_str_is(section->slug, "title");
    struct brv_node *own =
        brv_node_new(fixture->arena, is_title ? BRV_KIND_HEADER : BRV_KIND_SECTION, section->span);
    brv_node_set(fixture->arena, own, BRV_ATTR_CLASS, section->slug);
    brv_node_append(parent, own);
    if (section->heading) {
        brv_node_append(own, section->heading);
    }
    if (section->blocks) {
        brv_node_append(own, section->blocks);
    }
    for (const struct brv_section *part = section->first; part; part = part->next) {
        append_section(fixture, own, part);
    }
}

struct brv_node *rig_document(struct fixture *fixture, brv_str text)
{
    struct brv_document *document = brv_document_load(
        fixture->arena, BRV_S("test.md"), text, &(struct brv_load_options){ 0 }, &fixture->sink);
    assert_non_null(document);
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    brv_node_set(fixture->arena, article, BRV_ATTR_LANG, document->lang);
    for (const struct brv_section *top = document->first; top; top = top->next) {
        append_section(fixture, article, top);
    }
    return article;
}

struct brv_node *rig_article(struct fixture *fixture, brv_str markdown)
{
    struct brv_source *source = brv_source_new(fixture->arena, BRV_S("test.md"), markdown);
    struct brv_limits limits = brv_limits_default();
    struct brv_node *div =
        brv_markdown_parse(fixture->arena, source, markdown, &limits, &fixture->sink);
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    brv_node_append(article, div);
    return article;
}

struct brv_pages *rig_markdown(struct fixture *fixture, brv_str markdown, const char *css)
{
    return rig_layout(fixture, rig_article(fixture, markdown), css);
}

brv_str rig_text(struct fixture *fixture, const struct brv_pages *pages, bool with_lines)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < pages->page_count; i++) {
        float baseline = -1;
        if (i > 0 && with_lines) {
            brv_buf_add_cstr(out, "‖");
        }
        for (const struct brv_item *item = pages->pages[i].first; item; item = item->next) {
            if (item->kind != BRV_ITEM_GLYPHS || !item->tag) {
                continue;
            }
            if (with_lines && baseline >= 0 &&
                (item->glyphs.baseline_pt > baseline + 6 ||
                 item->glyphs.baseline_pt < baseline - 6)) {
                brv_buf_add_byte(out, '|');
            }
            baseline = item->glyphs.baseline_pt;
            brv_buf_add_str(out, item->glyphs.text);
        }
    }
    return brv_buf_str(out);
}

brv_str rig_artifact_text(struct fixture *fixture, const struct brv_page *page, int artifact)
{
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_GLYPHS && !item->tag && (int)item->artifact == artifact) {
            brv_buf_add_str(out, item->glyphs.text);
        }
    }
    return brv_buf_str(out);
}

static void add_letters(struct brv_buf *out, brv_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_soft_hyphen = text.len - i >= 2 && memcmp(text.ptr + i, "\xC2\xAD", 2) == 0;
        i += is_soft_hyphen;
        if (!brv_is_space(text.ptr[i]) && !is_soft_hyphen) {
            brv_buf_add_byte(out, text.ptr[i]);
        }
    }
}

float rig_run_width(const struct brv_glyph_run *run)
{
    float width = 0;
    for (size_t i = 0; i < run->glyph_count; i++) {
        width += run->glyphs[i].x_advance_pt;
    }
    return width;
}

// Markers and the numbers of footnotes are not in the tree.
static bool is_generated(const struct brv_tag *tag)
{
    for (; tag; tag = tag->parent) {
        if ((strcmp(tag->type, "Lbl") == 0 && !tag->node) || strcmp(tag->type, "Reference") == 0) {
            return true;
        }
    }
    return false;
}

void rig_check(struct fixture *fixture, const struct brv_pages *pages, const struct brv_node *root)
{
    struct brv_buf *got = brv_buf_new_in(fixture->arena);
    struct brv_buf *want = brv_buf_new_in(fixture->arena);
    for (size_t i = 0; i < pages->page_count; i++) {
        const struct brv_page *page = &pages->pages[i];
        for (const struct brv_item *item = page->first; item; item = item->next) {
            if (item->kind != BRV_ITEM_GLYPHS || !item->tag) {
                continue;
            }
            const struct brv_glyph_run *run = &item->glyphs;
            assert_true(run->x_pt >= 0);
            if (run->x_pt + rig_run_width(run) > page->width_pt - 50 + 0.6f) {
                print_message("beyond the page: \"%" BRV_STR_F "\"\n", BRV_STR_ARG(run->text));
                fail();
            }
            assert_true(run->baseline_pt >= 0 && run->baseline_pt <= page->height_pt);
            for (size_t k = 0; k < run->glyph_count; k++) {
                assert_true(run->glyphs[k].cluster < run->text.len);
            }
            if (!is_generated(item->tag)) {
                add_letters(got, run->text);
            }
        }
    }
    const struct brv_node *node = root;
    for (; node; node = brv_node_walk_next(root, node)) {
        if (node->kind == BRV_KIND_TEXT) {
            add_letters(want, node->text);
        }
    }
    if (!brv_str_equal(brv_buf_str(got), brv_buf_str(want))) {
        print_message("got:  %" BRV_STR_F "\nwant: %" BRV_STR_F "\n",
                      BRV_STR_ARG(brv_buf_str(got)),
                      BRV_STR_ARG(brv_buf_str(want)));
    }
    assert_true(brv_str_equal(brv_buf_str(got), brv_buf_str(want)));
}

const struct brv_tag *rig_tag_next(const struct brv_tag *tag)
{
    if (tag->first) {
        return tag->first;
    }
    while (tag && !tag->next) {
        tag = tag->parent;
    }
    return tag ? tag->next : NULL;
}

size_t rig_count_tags(const struct brv_pages *pages, const char *type)
{
    size_t count = 0;
    for (const struct brv_tag *tag = pages->root; tag; tag = rig_tag_next(tag)) {
        count += strcmp(tag->type, type) == 0;
    }
    return count;
}

const struct brv_glyph_run *rig_run(const struct brv_page *page, size_t n)
{
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == BRV_ITEM_GLYPHS && item->tag && n-- == 0) {
            return &item->glyphs;
        }
    }
    return NULL;
}
