// Brevier — pictures in Word documents: images as parts, drawings as shapes, sizes, descriptions.
// SPDX-License-Identifier: MIT
#include "docx_fixture.h"

static const struct brv_image *image_new(struct fixture *fixture, uint32_t id, unsigned orientation)
{
    struct brv_image *image = BRV_NEW(fixture->arena, struct brv_image);
    *image = (struct brv_image){
        .id = id,
        .bytes = BRV_S("not looked at by this output"),
        .format = BRV_IMAGE_JPEG,
        .orientation = orientation,
        .width_px = 200,
        .height_px = 100,
        .dpi_x = 72,
        .dpi_y = 72,
    };
    return image;
}

static struct brv_node *image_element(struct fixture *fixture, struct brv_node *parent,
                                      const struct brv_image *image, const char *alt)
{
    struct brv_node *img = docx_element(fixture, parent, BRV_KIND_IMG, NULL, NULL);
    brv_node_set(fixture->arena, img, BRV_ATTR_ALT, brv_str_from_cstr(alt));
    img->image = image;
    return img;
}

static void test_docx_picture__an_image_is_one_part(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    const struct brv_image *image = image_new(fixture, 1, 1);
    struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, "before ");
    image_element(fixture, p, image, "A \"weir\" <in> spring & flood");
    struct brv_node *note = docx_element(fixture, p, BRV_KIND_FOOTNOTE, NULL, NULL);
    image_element(fixture, note, image, "again");
    image_element(fixture, p, NULL, "a picture that is not there");
    struct docx_file file = docx_from_tree(fixture, root, NULL, "");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_true(docx_is_well_formed(xml));
    docx_assert_has(xml, "descr=\"A &quot;weir&quot; &lt;in&gt; spring &amp; flood\"");
    docx_assert_has(xml, "<wp:extent cx=\"2540000\" cy=\"1270000\"/>");
    docx_assert_has(xml, ">a picture that is not there<");
    assert_int_equal(docx_count(xml, "<w:drawing>"), 1);
    docx_assert_has(xml, "r:embed=\"rIdImage1\"");
    docx_assert_has(docx_part(&file, "word/_rels/document.xml.rels"),
                    "Target=\"media/image1.jpeg\"");
    docx_assert_has(docx_part(&file, "word/_rels/footnotes.xml.rels"),
                    "Target=\"media/image1.jpeg\"");
    assert_str(docx_part(&file, "word/media/image1.jpeg"), "not looked at by this output");
    docx_assert_has(docx_part(&file, "[Content_Types].xml"), "Extension=\"jpeg\"");
    size_t parts = 0;
    for (size_t i = 0; i < file.count; i++) {
        parts += docx_count(file.names[i], "media/");
    }
    assert_int_equal(parts, 1);
}

static void test_docx_picture__sizes(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *css;
        const char *extent;
    } rows[] = {
        { "", "cx=\"2540000\" cy=\"1270000\"" },
        { "img { width: 100pt }", "cx=\"1270000\" cy=\"635000\"" },
        { "img { height: 25pt }", "cx=\"635000\" cy=\"317500\"" },
        { "img { width: 50% }", "cx=\"1270000\" cy=\"635000\"" },
        { "img { width: 30pt; height: 40pt }", "cx=\"381000\" cy=\"508000\"" },
        { "img { max-width: 25% }", "cx=\"635000\" cy=\"317500\"" },
        { "img { max-height: 10pt }", "cx=\"254000\" cy=\"127000\"" },
        { "img { width: 900pt }", "cx=\"2540000\" cy=\"1270000\"" }, // no wider than the column
        { "img { display: block; width: 100pt }", "cx=\"1270000\" cy=\"635000\"" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *div = docx_element(fixture, root, BRV_KIND_DIV, NULL, NULL);
        image_element(fixture, div, image_new(fixture, 1, 1), "x");
        brv_str css = brv_arena_printf(
            fixture->arena, "@page { size: 240pt 400pt; margin: 20pt } %s", rows[i].css);
        struct docx_file file = docx_from_tree(fixture, root, NULL, css.ptr);
        docx_assert_has(docx_part(&file, DOCX_DOCUMENT), rows[i].extent);
    }
}

static void test_docx_picture__orientations(void **state)
{
    struct fixture *fixture = *state;
    static const char *const turns[] = {
        "<a:xfrm><a:off",
        "<a:xfrm flipH=\"1\">",
        "<a:xfrm rot=\"10800000\">",
        "<a:xfrm flipV=\"1\">",
        "<a:xfrm rot=\"5400000\" flipV=\"1\">",
        "<a:xfrm rot=\"5400000\">",
        "<a:xfrm rot=\"5400000\" flipH=\"1\">",
        "<a:xfrm rot=\"16200000\">",
    };
    for (unsigned i = 0; i < BRV_COUNT(turns); i++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *p = docx_element(fixture, root, BRV_KIND_P, NULL, NULL);
        image_element(fixture, p, image_new(fixture, 1, i + 1), "x");
        struct docx_file file = docx_from_tree(fixture, root, NULL, "img { width: 50pt }");
        brv_str xml = docx_part(&file, DOCX_DOCUMENT);
        docx_assert_has(xml, turns[i]);
        // On its side it is 50 points wide and 100 high; the extent is that before it is turned.
        docx_assert_has(xml,
                        i < 4 ? "<a:ext cx=\"635000\" cy=\"317500\"/>"
                              : "<a:ext cx=\"1270000\" cy=\"635000\"/>");
        docx_assert_has(xml,
                        i < 4 ? "l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>"
                              : "l=\"0\" t=\"317500\" r=\"0\" b=\"317500\"/>");
    }
}

static void test_docx_picture__drawings_are_shapes(void **state)
{
    struct fixture *fixture = *state;
    static const struct brv_segment bar[] = {
        { BRV_SEGMENT_MOVE, { { 10, 10 } } },
        { BRV_SEGMENT_LINE, { { 30, 10 } } },
        { BRV_SEGMENT_LINE, { { 30, 50 } } },
        { BRV_SEGMENT_CURVE, { { 25, 60 }, { 15, 60 }, { 10, 50 } } },
        { BRV_SEGMENT_CLOSE, { { 0, 0 } } },
    };
    static const struct brv_segment corner[] = {
        { BRV_SEGMENT_MOVE, { { 80, 80 } } },
        { BRV_SEGMENT_LINE, { { 99, 99 } } },
    };
    static const struct brv_path clip = { .segments = corner, .count = 2 };
    static const struct brv_stop stops[] = { { 0, 0xFFFFFFFF }, { 1, 0x00008080 } };
    static const float dashes[] = { 6, 3 };
    struct brv_shape text = {
        .kind = BRV_SHAPE_TEXT,
        .text = { .text = BRV_S_INIT("a < b & \x01"),
                  .matrix = { 0, -1, 1, 0, 5, 90 },
                  .size = 8,
                  .anchor = BRV_ANCHOR_END,
                  .weight = 700,
                  .rgba = 0x123456FF },
    };
    struct brv_shape hidden = {
        .next = &text,
        .kind = BRV_SHAPE_PATH,
        .clip = &clip,
        .path = { .path = { .segments = bar, .count = 5 },
                  .fill = { .kind = BRV_PAINT_SOLID, .rgba = 0xABCDEFFF } },
    };
    struct brv_shape shape = {
        .next = &hidden,
        .kind = BRV_SHAPE_PATH,
        .path = { .path = { .segments = bar, .count = 5 },
                  .fill = { .kind = BRV_PAINT_LINEAR,
                            .from = { 0, 10 },
                            .to = { 0, 50 },
                            .stops = stops,
                            .stop_count = 2 },
                  .stroke = { .paint = { .kind = BRV_PAINT_SOLID, .rgba = 0x112233FF },
                              .width = 3,
                              .cap = BRV_CAP_ROUND,
                              .join = BRV_JOIN_BEVEL,
                              .dashes = dashes,
                              .dash_count = 2 } },
    };
    struct brv_drawing drawing = {
        .width_pt = 100,
        .height_pt = 100,
        .first = &shape,
        .shape_count = 3,
        .text = BRV_S_INIT("Rain 20 mm\nSun 4 h"),
    };
    struct brv_node *root = docx_article(fixture);
    struct brv_node *element = docx_element(fixture, root, BRV_KIND_DRAWING, NULL, NULL);
    brv_node_set(fixture->arena, element, BRV_ATTR_ALT, BRV_S("Weather"));
    element->drawing = &drawing;
    struct docx_file file = docx_from_tree(fixture, root, NULL, "drawing { width: 50pt }");
    brv_str xml = docx_part(&file, DOCX_DOCUMENT);
    assert_true(docx_is_well_formed(xml));
    docx_assert_has(xml, "<wp:extent cx=\"635000\" cy=\"635000\"/>");
    docx_assert_has(xml, "descr=\"Weather\nRain 20 mm\nSun 4 h\"");
    // Half as large; the points are counted from the shape's own corner.
    docx_assert_has(xml, "<a:off x=\"63500\" y=\"63500\"/><a:ext cx=\"127000\" cy=\"317500\"/>");
    docx_assert_has(xml, "<a:moveTo><a:pt x=\"0\" y=\"0\"/></a:moveTo>");
    docx_assert_has(xml, "<a:cubicBezTo><a:pt x=\"95250\" y=\"317500\"/>");
    docx_assert_has(xml, "<a:gs pos=\"100000\"><a:srgbClr val=\"000080\"><a:alpha val=\"50196\"/>");
    docx_assert_has(xml, "<a:lin ang=\"5400000\" scaled=\"0\"/>");
    docx_assert_has(xml, "<a:ln w=\"19050\" cap=\"rnd\">");
    docx_assert_has(xml, "<a:ds d=\"200000\" sp=\"100000\"/>");
    assert_int_equal(docx_count(xml, "ABCDEF"), 0); // outside of its clip
    docx_assert_has(xml, "<a:xfrm rot=\"16200000\">");
    docx_assert_has(xml, "<a:pPr algn=\"r\"/>");
    docx_assert_has(xml, "<a:t>a &lt; b &amp; \xEF\xBF\xBD</a:t>");
    // What the description says already is not said again.
    brv_node_set(fixture->arena, element, BRV_ATTR_ALT, BRV_S("Rain 20 mm, Sun 4 h"));
    file = docx_from_tree(fixture, root, NULL, "");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "descr=\"Rain 20 mm, Sun 4 h\"");
}

// A column is as wide as the picture in it, where there is room.
static void test_docx_picture__columns_know_them(void **state)
{
    struct fixture *fixture = *state;
    struct brv_node *root = docx_article(fixture);
    struct brv_node *table = docx_element(fixture, root, BRV_KIND_TABLE, NULL, NULL);
    struct brv_node *tr = docx_element(fixture, table, BRV_KIND_TR, NULL, NULL);
    docx_element(fixture, tr, BRV_KIND_TD, NULL, "a");
    struct brv_node *td = docx_element(fixture, tr, BRV_KIND_TD, NULL, NULL);
    image_element(fixture, td, image_new(fixture, 1, 1), "wide");
    struct docx_file file = docx_from_tree(
        fixture,
        root,
        NULL,
        "@page { size: 280pt 400pt; margin: 20pt } table { width: 100% } img { max-width: 100% }");
    docx_assert_has(docx_part(&file, DOCX_DOCUMENT), "<wp:extent cx=\"2540000\"");
}

// A picture as high as the page leaves room for its caption.
static void test_docx_picture__caption_below(void **state)
{
    struct fixture *fixture = *state;
    struct brv_image *image = BRV_NEW(fixture->arena, struct brv_image);
    *image = *image_new(fixture, 1, 1);
    image->height_px = 2000;
    for (int has_caption = 0; has_caption < 2; has_caption++) {
        struct brv_node *root = docx_article(fixture);
        struct brv_node *figure = docx_element(fixture, root, BRV_KIND_FIGURE, NULL, NULL);
        image_element(fixture, figure, image, "a weir");
        if (has_caption) {
            docx_element(fixture, figure, BRV_KIND_FIGCAPTION, NULL, "The Weir");
        }
        struct docx_file file = docx_from_tree(
            fixture,
            root,
            NULL,
            "@page { size: 400pt 400pt; margin: 50pt } article { font: 10pt/1.2 serif }"
            "figcaption { margin: 6pt 0 } figure { margin: 0 }");
        // 300 points of which the line takes 5, two smaller ones and the margins of the
        // caption 33.6.
        docx_assert_has(docx_part(&file, DOCX_DOCUMENT),
                        has_caption ? " cy=\"3319780\"/>" : " cy=\"3746500\"/>");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_docx_picture__an_image_is_one_part), TEST(test_docx_picture__sizes),
        TEST(test_docx_picture__orientations),         TEST(test_docx_picture__drawings_are_shapes),
        TEST(test_docx_picture__columns_know_them),    TEST(test_docx_picture__caption_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
