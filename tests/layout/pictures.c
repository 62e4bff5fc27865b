// Brevier — tests of pictures in the flow: sizes, places, lines, frames, drawings.
// SPDX-License-Identifier: MIT
#include "rig.h"

// The page's content box is 200 by 320 points from (50, 40); lines are 15 points high.
enum { LEFT = 50, TOP = 40, WIDTH = 200, HEIGHT = 320 };

static const char bare_css[] = "p, figure, figcaption, drawing { margin: 0 } ";

// Gives every img of a tree one image of a pixel a point.
static void bind(struct fixture *fixture, struct brv_node *root, uint32_t width, uint32_t height,
                 unsigned orientation)
{
    struct brv_image *image = BRV_NEW(fixture->arena, struct brv_image);
    *image = (struct brv_image){ .id = 1,
                                 .source = BRV_S("i.png"),
                                 .orientation = orientation,
                                 .width_px = width,
                                 .height_px = height,
                                 .dpi_x = 72,
                                 .dpi_y = 72 };
    for (struct brv_node *node = root; node; node = brv_node_walk_next(root, node)) {
        if (node->kind == BRV_KIND_IMG) {
            node->image = image;
        }
    }
}

static struct brv_pages *lay_out(struct fixture *fixture, struct brv_node *root, const char *css)
{
    return rig_layout(fixture, root, brv_arena_printf(fixture->arena, "%s%s", bare_css, css).ptr);
}

static const struct brv_item *find_item(const struct brv_page *page, enum brv_item_kind kind,
                                        size_t n)
{
    for (const struct brv_item *item = page->first; item; item = item->next) {
        if (item->kind == kind && n-- == 0) {
            return item;
        }
    }
    return NULL;
}

static void check_box(const struct brv_image_item *got, float x, float y, float width, float height)
{
    assert_float_equal(got->x_pt, x, 0.05F);
    assert_float_equal(got->y_pt, y, 0.05F);
    assert_float_equal(got->width_pt, width, 0.05F);
    assert_float_equal(got->height_pt, height, 0.05F);
}

static void test_sizes(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        uint32_t width_px, height_px;
        const char *css;
        float x, width, height;
    } rows[] = {
        { 100, 50, "", 0, 100, 50 },
        { 400, 100, "", 0, 200, 50 },  // as wide as the column
        { 100, 1000, "", 0, 32, 320 }, // as high as the page
        { 4000, 4000, "", 0, 200, 200 },
        { 100, 50, "img { width: 50% }", 0, 100, 50 },
        { 100, 50, "img { width: 40pt }", 0, 40, 20 },
        { 100, 50, "img { height: 25pt }", 0, 50, 25 },
        { 100, 50, "img { width: 30pt; height: 80pt }", 0, 30, 80 },
        { 100, 50, "img { width: 500pt }", 0, 200, 100 },
        { 100, 50, "img { max-width: 25% }", 0, 50, 25 },
        { 100, 50, "img { max-height: 10pt }", 0, 20, 10 },
        { 100, 50, "img { max-height: 25% }", 0, 100, 50 }, // of 320
        { 100, 50, "img { width: 100%; max-height: 40pt }", 0, 80, 40 },
        { 100, 50, "p { text-align: center }", 50, 100, 50 },
        { 100, 50, "p { text-align: right }", 100, 100, 50 },
        { 100, 50, "p { text-align: justify }", 0, 100, 50 },
        { 100, 50, "img { display: block; margin: 0 auto }", 50, 100, 50 },
        { 400, 100, "img { display: block; width: 50% }", 0, 100, 25 },
        { 100, 50, "img { display: block; padding: 10pt }", 10, 100, 50 },
        { 1, 1, "", 0, 1, 1 },
        { 40000, 1, "", 0, 200, 0.1F },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = rig_article(fixture, BRV_S("![alt](i.png)\n"));
        bind(fixture, root, rows[i].width_px, rows[i].height_px, 1);
        struct brv_pages *pages = lay_out(fixture, root, rows[i].css);
        const struct brv_item *item = find_item(&pages->pages[0], BRV_ITEM_IMAGE, 0);
        assert_non_null(item);
        float y = item->image.y_pt;
        check_box(&item->image, LEFT + rows[i].x, y, rows[i].width, rows[i].height);
        assert_true(y >= TOP && y + item->image.height_pt <= TOP + HEIGHT + 0.01F);
        assert_string_equal(item->tag->type, "Figure");
        assert_str(item->tag->alt, "alt");
        assert_int_equal(pages->page_count, 1);
    }
}

// A picture as high as a page makes room for the heading that stays with it.
static void test_a_tall_picture_stands_under_its_heading(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = rig_article(fixture, BRV_S("text\n\n## A\n\n![alt](i.png)\n"));
    bind(fixture, root, 100, 1000, 1);
    struct brv_pages *pages =
        lay_out(fixture, root, "h2 { margin: 0 0 5pt; font-size: 10pt; line-height: 20pt }");
    assert_int_equal(pages->page_count, 2);
    assert_str(rig_run(&pages->pages[1], 0)->text, "A");
    const struct brv_item *item = find_item(&pages->pages[1], BRV_ITEM_IMAGE, 0);
    assert_non_null(item);
    check_box(&item->image, LEFT, TOP + 25, 29.5F, HEIGHT - 25);
}

static void test_orientation_turns_the_place(void **state)
{
    struct fixture *fixture = *state;
    for (unsigned i = 1; i <= 8; i++) {
        struct brv_node *root = rig_article(fixture, BRV_S("![alt](i.png)\n"));
        bind(fixture, root, 100, 50, i);
        struct brv_pages *pages = lay_out(fixture, root, "");
        const struct brv_item *item = find_item(&pages->pages[0], BRV_ITEM_IMAGE, 0);
        check_box(&item->image, LEFT, TOP, i >= 5 ? 50 : 100, i >= 5 ? 100 : 50);
    }
}

static void test_a_picture_in_a_line(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *css;
        float below; // the lower edge under the baseline
    } rows[] = {
        { "", 0 },
        { "img { margin-bottom: 4pt }", -4 },
        { "img { vertical-align: super }", -3.4F },
        { "img { vertical-align: sub }", 1.6F },
        { "img { vertical-align: middle }", 17.32F }, // half of it, less half of an x
        { "img { vertical-align: bottom }", 2.93F },  // on the font's descent
        { "img { padding: 3pt; border: 1pt solid black }", -4 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = rig_article(fixture, BRV_S("before ![alt](i.png) after\\\nnext\n"));
        bind(fixture, root, 30, 40, 1);
        struct brv_pages *pages = lay_out(fixture, root, rows[i].css);
        const struct brv_item *item = find_item(&pages->pages[0], BRV_ITEM_IMAGE, 0);
        const struct brv_glyph_run *before = rig_run(&pages->pages[0], 0);
        const struct brv_glyph_run *after = rig_run(&pages->pages[0], 1);
        const struct brv_glyph_run *next = rig_run(&pages->pages[0], 2);
        assert_str(before->text, "before ");
        assert_true(brv_str_starts_with(after->text, BRV_S(" after")));
        assert_float_equal(item->image.width_pt, 30, 0.01F);
        assert_true(item->image.x_pt >= before->x_pt + rig_run_width(before) - 0.01F);
        assert_true(after->x_pt >= item->image.x_pt + 30 - 0.01F);
        float bottom = item->image.y_pt + item->image.height_pt;
        assert_float_equal(bottom, before->baseline_pt + rows[i].below, 0.05F);
        assert_true(item->image.y_pt >= TOP - 0.01F); // the line made room for it
        if (rows[i].below <= 0) {
            assert_float_equal(next->baseline_pt - before->baseline_pt, 15, 0.05F);
        } else {
            assert_true(next->baseline_pt > bottom + 7); // the next line stands below it
        }
    }
}

static void test_pictures_wrap(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = rig_article(
        fixture, BRV_S("![a](i.png) ![b](i.png) ![c](i.png)![d](i.png) [![e](i.png)](#x) end\n"));
    bind(fixture, root, 80, 20, 1);
    struct brv_pages *pages = lay_out(fixture, root, "");
    for (size_t i = 0; i < 5; i++) {
        const struct brv_item *item = find_item(&pages->pages[0], BRV_ITEM_IMAGE, i);
        assert_non_null(item);
        assert_true(item->image.x_pt >= LEFT - 0.01F);
        assert_true(item->image.x_pt + item->image.width_pt <= LEFT + WIDTH + 0.01F);
    }
    const struct brv_link_area *area = pages->pages[0].links;
    const struct brv_item *linked = find_item(&pages->pages[0], BRV_ITEM_IMAGE, 4);
    assert_float_equal(area->x_pt, linked->image.x_pt, 0.01F);
    assert_float_equal(area->height_pt, 20, 0.01F);
    assert_float_equal(area->width_pt, 80, 0.01F);
}

static void test_a_cell_holds_its_picture(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = rig_article(
        fixture, BRV_S("| A | B |\n|---|---|\n| ![a](i.png) | words and more words beside |\n"));
    bind(fixture, root, 500, 100, 1);
    struct brv_pages *pages = lay_out(fixture, root, "td { padding: 0 }");
    const struct brv_item *item = find_item(&pages->pages[0], BRV_ITEM_IMAGE, 0);
    const struct brv_glyph_run *words = rig_run(&pages->pages[0], 2);
    assert_true(item->image.x_pt + item->image.width_pt <= words->x_pt + 0.01F);
    assert_true(item->image.width_pt > 36);
    assert_float_equal(item->image.height_pt * 5, item->image.width_pt, 0.1F);
}

static void test_a_figure_stays_with_its_caption(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *figure = brv_node_new(fixture->arena, BRV_KIND_FIGURE, brv_span_none());
    struct brv_node *image = brv_node_new(fixture->arena, BRV_KIND_IMG, brv_span_none());
    struct brv_node *caption = brv_node_new(fixture->arena, BRV_KIND_FIGCAPTION, brv_span_none());
    brv_node_set(fixture->arena, image, BRV_ATTR_ALT, BRV_S("alt"));
    brv_node_append(article, figure);
    brv_node_append(figure, image);
    brv_node_append(figure, caption);
    brv_node_append(
        caption,
        brv_node_new_text(fixture->arena,
                          BRV_S("a caption that is long enough to go on for two lines at least"),
                          brv_span_none()));
    bind(fixture, article, 100, 1000, 1);
    struct brv_pages *pages = lay_out(fixture, article, "");
    assert_int_equal(pages->page_count, 1);
    const struct brv_item *item = find_item(&pages->pages[0], BRV_ITEM_IMAGE, 0);
    assert_true(item->image.height_pt > HEIGHT - 5 * 15);
}

static void test_what_is_missing_has_a_frame(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = { "![gone](i.png)\n", "see ![gone](i.png) here\n" };
    for (size_t i = 0; i < BRV_COUNT(texts); i++) {
        struct brv_pages *pages = rig_markdown(fixture, brv_str_from_cstr(texts[i]), bare_css);
        const struct brv_glyph_run *run = rig_run(&pages->pages[0], i);
        assert_true(brv_str_starts_with(run->text, BRV_S("gone")));
        const struct brv_item *edge = find_item(&pages->pages[0], BRV_ITEM_LINE, 3);
        assert_non_null(edge); // four sides
        assert_null(find_item(&pages->pages[0], BRV_ITEM_LINE, 4));
        assert_int_equal(rig_count_tags(pages, "Figure"), 1);
        const struct brv_tag *tag = pages->root;
        while (strcmp(tag->type, "Figure") != 0) {
            tag = rig_tag_next(tag);
        }
        assert_int_equal(tag->is_inline, i == 1); // the first stands alone
    }
}

// ---- drawings

static struct brv_node *drawing_article(struct fixture *fixture, const struct brv_drawing *drawing)
{
    struct brv_node *article = brv_node_new(fixture->arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *node = brv_node_new(fixture->arena, BRV_KIND_DRAWING, brv_span_none());
    brv_node_set(fixture->arena, node, BRV_ATTR_ALT, BRV_S("alt"));
    brv_node_append(article, node);
    node->drawing = drawing;
    return article;
}

static void test_drawing(void **state)
{
    struct fixture *fixture = *state;
    static const struct brv_segment line[] = { { BRV_SEGMENT_MOVE, { { 0, 0 } } },
                                               { BRV_SEGMENT_LINE, { { 400, 100 } } } };
    struct brv_shape turned = { .kind = BRV_SHAPE_TEXT,
                                .text = { .text = BRV_S("middle"),
                                          .matrix = { 0, 1, -1, 0, 200, 50 },
                                          .size = 20,
                                          .anchor = BRV_ANCHOR_MIDDLE,
                                          .weight = 700,
                                          .rgba = 0x112233FF } };
    struct brv_shape upright = { .next = &turned,
                                 .kind = BRV_SHAPE_TEXT,
                                 .text = { .text = BRV_S("end"),
                                           .matrix = { 1, 0, 0, 1, 400, 100 },
                                           .size = 20,
                                           .anchor = BRV_ANCHOR_END,
                                           .weight = 400,
                                           .rgba = 0x112233FF } };
    struct brv_shape path = { .next = &upright,
                              .kind = BRV_SHAPE_PATH,
                              .path = { .path = { line, BRV_COUNT(line), false } } };
    struct brv_drawing drawing = {
        .width_pt = 400, .height_pt = 100, .first = &path, .shape_count = 3
    };
    struct brv_pages *pages = lay_out(fixture, drawing_article(fixture, &drawing), "");
    const struct brv_item *item = find_item(&pages->pages[0], BRV_ITEM_PATH, 0);
    assert_non_null(item);
    assert_ptr_equal(item->path.shape, &path);
    assert_float_equal(item->path.scale, 0.5F, 0.001F); // 400 in a column of 200
    assert_float_equal(item->path.x_pt, LEFT, 0.01F);
    assert_float_equal(item->path.y_pt, TOP, 0.01F);
    assert_string_equal(item->tag->type, "Figure");

    const struct brv_glyph_run *end = rig_run(&pages->pages[0], 0);
    assert_str(end->text, "end");
    assert_false(end->is_turned);
    assert_float_equal(end->size_pt, 10, 0.01F);
    assert_float_equal(end->x_pt + rig_run_width(end), LEFT + 200, 0.05F);
    assert_float_equal(end->baseline_pt, TOP + 50, 0.01F);
    assert_int_equal(end->color.green, 0x22);

    const struct brv_glyph_run *middle = rig_run(&pages->pages[0], 1);
    assert_str(middle->text, "middle");
    assert_true(middle->is_turned);
    assert_float_equal(middle->turn[1], 1, 0.001F); // downwards
    assert_float_equal(middle->x_pt, LEFT + 100, 0.01F);
    assert_float_equal(middle->baseline_pt, TOP + 25 - rig_run_width(middle) / 2, 0.05F);
    assert_true(middle->face->weight >= 600);
}

static void test_drawing_without_sense(void **state)
{
    struct fixture *fixture = *state;
    struct brv_shape flat = { .kind = BRV_SHAPE_TEXT,
                              .text = { .text = BRV_S("x"), .size = 20, .weight = 400 } };
    struct brv_shape huge = { .next = &flat,
                              .kind = BRV_SHAPE_TEXT,
                              .text = { .text = BRV_S("y"),
                                        .matrix = { 1e9F, 0, 0, 1e9F, 0, 0 },
                                        .size = 1e9F,
                                        .weight = 400 } };
    struct brv_drawing drawing = { .first = &huge, .shape_count = 2 };
    struct brv_pages *pages = lay_out(fixture, drawing_article(fixture, &drawing), "");
    assert_null(rig_run(&pages->pages[0], 0));
    pages = lay_out(fixture, drawing_article(fixture, NULL), "");
    assert_str(rig_run(&pages->pages[0], 0)->text, "alt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sizes),
        TEST(test_a_tall_picture_stands_under_its_heading),
        TEST(test_orientation_turns_the_place),
        TEST(test_a_picture_in_a_line),
        TEST(test_pictures_wrap),
        TEST(test_a_cell_holds_its_picture),
        TEST(test_a_figure_stays_with_its_caption),
        TEST(test_what_is_missing_has_a_frame),
        TEST(test_drawing),
        TEST(test_drawing_without_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
