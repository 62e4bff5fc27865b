// Brevier — tests: a whole PDF as other programs see it.
// SPDX-License-Identifier: MIT
#include "pdf_tools.h"

#include "harness.h"

// Fills a document with most of what pages can hold.
static void build_briefing(struct pdf_fixture *f, const struct brv_face *face)
{
    struct brv_tag *root = f->pages.root;
    struct brv_tag *heading = pdf_tag(f, root, "H1");
    struct brv_tag *paragraph = pdf_tag(f, root, "P");
    struct brv_tag *link = pdf_tag(f, paragraph, "Link");
    struct brv_tag *figure = pdf_tag(f, root, "Figure");
    figure->alt = BRV_S("A grey box");
    struct brv_item *back = pdf_item(f, 0, NULL, BRV_ITEM_BOX);
    back->artifact = BRV_ARTIFACT_BACKGROUND;
    back->box = (struct brv_box_item){ 40, 40, 500, 300, 8, { 230, 240, 250, 255 } };
    pdf_text(f, 0, heading, face, 20, 60, 80, "An office in Wafer\u00adton");
    float x = 60;
    x += pdf_text(f, 0, paragraph, face, 11, x, 120, "Efficient staff; see ");
    float start = x;
    x += pdf_text(f, 0, link, face, 11, x, 120, "the report");
    pdf_link(f, 0, link, start, 110, x - start, "https://example.org/a?b=(c)&d=\\e");
    pdf_text(f, 0, paragraph, face, 11, x, 120, " for more ");
    pdf_text(f, 0, paragraph, face, 11, 60, 136, "on a second line.");
    struct brv_item *rule = pdf_item(f, 0, NULL, BRV_ITEM_LINE);
    rule->line =
        (struct brv_line_item){ 60, 150, 300, 150, 3, { 200, 0, 0, 128 }, BRV_BORDER_DOUBLE };
    struct brv_item *dots = pdf_item(f, 0, NULL, BRV_ITEM_LINE);
    dots->line =
        (struct brv_line_item){ 60, 160, 300, 160, 1, { 0, 0, 0, 255 }, BRV_BORDER_DOTTED };
    struct brv_item *box = pdf_item(f, 0, figure, BRV_ITEM_BOX);
    box->box = (struct brv_box_item){ 60, 180, 100, 60, 0, { 128, 128, 128, 255 } };
    pdf_text(f, 0, NULL, face, 9, 60, 800, "Page 1 of 1");
    f->pages.pages[0].last->artifact = BRV_ARTIFACT_FOOTER;
    struct brv_outline_entry *entry = BRV_NEW(f->arena, struct brv_outline_entry);
    *entry = (struct brv_outline_entry){ 1, BRV_S("An office"), 0, 60, heading };
    f->pages.outline = entry;
    f->pages.outline_count = 1;
}

static void test_pdf__is_valid(void **state)
{
    (void)state;
    struct pdf_fixture f;
    const struct brv_face *face = pdf_begin(&f, 1);
    build_briefing(&f, face);
    f.date = 1918000000;
    const char *path = pdf_save(&f, "briefing.pdf");
    int status;
    brv_str said = pdf_run_tool(&f, "qpdf --check %s 2>&1", path, &status);
    assert_int_equal(status, 0);
    said = pdf_run_tool(&f, "pdftotext %s -", path, &status);
    assert_int_equal(text_count(said, BRV_S("Efficient staff; see the report for more on")) +
                         text_count(said, BRV_S("Efficient staff; see the report for more\non")),
                     1);
    said = pdf_run_tool(&f, "pdfinfo -isodates %s", path, &status);
    assert_int_equal(text_count(said, BRV_S("2030-10-12T01:46:40Z")), 2);
    assert_int_equal(text_count(said, BRV_S("Tagged:          yes")), 1);
    pdf_deinit(&f);
}

static void test_pdf__same_pages_same_bytes(void **state)
{
    (void)state;
    brv_str bytes[2];
    struct pdf_fixture f[2];
    for (int i = 0; i < 2; i++) {
        pdf_init(&f[i], 1);
        const struct brv_face *face = pdf_face(&f[i], "NotoSans-Regular.ttf", 0);
        if (!face)
            skip();
        build_briefing(&f[i], face);
        assert_int_equal(pdf_render(&f[i]), BRV_OK);
        bytes[i] = brv_buf_str(&f[i].out);
    }
    assert_true(brv_str_equal(bytes[0], bytes[1]));
    // Another document has another ID.
    f[1].document.title = BRV_S("Something else");
    brv_str id = brv_str_slice(bytes[0], brv_str_find(bytes[0], 0, BRV_S("/ID[")), bytes[0].len);
    id.len = 40;
    assert_int_equal(pdf_render(&f[1]), BRV_OK);
    assert_int_equal(text_count(brv_buf_str(&f[0].out), id), 1);
    assert_int_equal(text_count(brv_buf_str(&f[1].out), id), 0);
    pdf_deinit(&f[0]);
    pdf_deinit(&f[1]);
}

// What a document says can be anything; it must stay a string.
static void test_pdf__hostile_strings_stay_strings(void **state)
{
    (void)state;
    struct pdf_fixture f;
    const struct brv_face *face = pdf_begin(&f, 1);
    build_briefing(&f, face);
    const char *evil =
        ") >> /OpenAction << /S /JavaScript /JS (app.alert(1)) >> \\ \r\n %PDF <xml/>&";
    f.document.title = brv_str_from_cstr(evil);
    f.document.lang = brv_str_from_cstr("en) /AA (");
    f.pages.pages[0].label = brv_str_from_cstr(evil);
    struct brv_outline_entry entries[2] = {
        { 1, brv_str_from_cstr(evil), 0, 10, f.pages.root->first },
        { 4, brv_str_from_cstr("\u202E\U0001F600 \\) x"), 99, -5, NULL },
    };
    f.pages.outline = entries;
    f.pages.outline_count = 2;
    struct brv_destination place = { brv_str_from_cstr("a)(\\b"), 0, 5 };
    f.pages.destinations = &place;
    f.pages.destination_count = 1;
    struct brv_tag *paragraph = pdf_tag(&f, f.pages.root, "P");
    static const char *const urls[] = {
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\tjava\nscript:x",
        "#nowhere",
        "#a)(\\b",
        "https://example.org/a)/S/Launch(b\\ \xC3\xA9",
        "mailto:a@example.org",
    };
    for (size_t i = 0; i < BRV_COUNT(urls); i++) {
        struct brv_tag *link = pdf_tag(&f, paragraph, "Link");
        pdf_text(&f, 0, link, face, 10, 60, 300 + 20 * (float)i, "link");
        pdf_link(&f, 0, link, 60, 290 + 20 * (float)i, 40, urls[i]);
    }
    const char *path = pdf_save(&f, "hostile.pdf");
    int status;
    (void)pdf_run_tool(&f, "qpdf --check %s 2>&1", path, &status);
    assert_int_equal(status, 0);
    brv_str json = pdf_run_tool(&f, "qpdf --json --json-key=qpdf %s", path, &status);
    assert_int_equal(status, 0);
    assert_int_equal(text_count(json, BRV_S("\"/Subtype\": \"/Link\"")),
                     4); // and the briefing's own
    assert_int_equal(text_count(json, BRV_S("\"/S\": \"/URI\"")), 3);
    assert_int_equal(text_count(json, BRV_S("\"/S\": \"/GoTo\"")), 1);
    static const char *const keys[] = { "/OpenAction", "/JavaScript", "/JS",           "/AA",
                                        "/Launch",     "/SubmitForm", "/EmbeddedFile", "/GoToR" };
    for (size_t i = 0; i < BRV_COUNT(keys); i++) {
        brv_str as_key = brv_arena_printf(f.arena, "\"%s\":", keys[i]);
        brv_str as_name = brv_arena_printf(f.arena, ": \"%s\"", keys[i]);
        assert_int_equal(text_count(json, as_key) + text_count(json, as_name), 0);
    }
    assert_int_equal(text_count(json, BRV_S("https://example.org/a%29/S/Launch%28b%5C%20%C3%A9")),
                     1);
    // A document that names no language promises its text, but not its structure.
    assert_int_equal(text_count(brv_buf_str(&f.out), BRV_S("<pdfaid:conformance>U<")), 1);
    assert_int_equal(text_count(brv_buf_str(&f.out), BRV_S("<pdfuaid:part>")), 0);
    assert_int_equal(f.sink.counts[BRV_NOTE], 1);
    assert_str(f.sink.first->message,
               "the PDF claims PDF/A-2u instead of PDF/A-2a and PDF/UA-1: the document's language "
               "is no language tag");
    pdf_deinit(&f);
}

// Elements from what they are written as: L(LI(Lbl LBody(P))).
static void build_tags(struct pdf_fixture *f, const char *text)
{
    struct brv_tag *parent = f->pages.root;
    struct brv_tag *tag = NULL;
    while (*text) {
        size_t len = strcspn(text, "() ");
        if (len > 0) {
            brv_str type = { text, len };
            tag = pdf_tag(f, parent, brv_arena_cstr(f->arena, type));
            text += len;
        } else {
            parent = *text == '(' ? tag : *text == ')' ? parent->parent : parent;
            text++;
        }
    }
}

static void test_pdf__nesting(void **state)
{
    (void)state;
    static const struct {
        const char *tags;
        const char *fault; // NULL: none
    } rows[] = {
        { "Table(Caption THead(TR(TH TH)) TBody(TR(TH TD(P L(LI(LBody))))))", NULL },
        { "Table(TR(TD) Caption)", NULL },
        { "L(Caption LI(Lbl LBody(P L(LI(LBody)))) L(LI(LBody)))", NULL },
        { "TOC(TOCI(Lbl Reference(Link) TOC(TOCI(P))))", NULL },
        { "Table(TR(TD) Caption TR(TD))", "a Caption stands within Table" },
        { "L(LI(LBody) Caption)", "a Caption stands within L" },
        { "L(P)", "L holds P" },
        { "L(LI(LBody L))", "LI holds L" },
        { "LI(LBody)", "LI stands in Document" },
        { "TOC(TOCI(Div))", "TOCI holds Div" },
        { "Table(TD)", "Table holds TD" },
        { "Note(TBody)", "TBody stands in Note" },
        { "Table(THead(TR(TH)))", "Table holds no TBody" },
        { "Table(THead THead TBody)", "Table holds several THead or TFoot" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        struct pdf_fixture f;
        pdf_init(&f, 1);
        build_tags(&f, rows[i].tags);
        (void)pdf_save(&f, "nesting.pdf");
        assert_int_equal(f.sink.counts[BRV_NOTE], rows[i].fault ? 1 : 0);
        if (rows[i].fault)
            assert_str(f.sink.first->message,
                       brv_arena_printf(f.arena,
                                        "the PDF claims PDF/A-2u instead of PDF/A-2a and PDF/UA-1: "
                                        "elements stand where they may not (%s)",
                                        rows[i].fault)
                           .ptr);
        pdf_deinit(&f);
    }
}

// Flat arrays end at 32,767 items in libharu, and readers want trees long before.
static void test_pdf__many_pages(void **state)
{
    (void)state;
    enum { PAGES = 2000 };
    struct pdf_fixture f;
    const struct brv_face *face = pdf_begin(&f, PAGES);
    struct brv_destination *places = BRV_NEW_ARRAY(f.arena, struct brv_destination, PAGES);
    struct brv_outline_entry *entries = BRV_NEW_ARRAY(f.arena, struct brv_outline_entry, PAGES);
    for (size_t i = 0; i < PAGES; i++) {
        struct brv_tag *heading = pdf_tag(&f, f.pages.root, i % 10 ? "H2" : "H1");
        brv_str text = brv_arena_printf(f.arena, "Chapter %zu", i);
        pdf_text(&f, i, heading, face, 16, 60, 90, brv_arena_cstr(f.arena, text));
        places[i] = (struct brv_destination){ brv_arena_printf(f.arena, "c%04zu", i), i, 70 };
        entries[i] = (struct brv_outline_entry){ i % 10 ? 2 : 1, text, i, 70, heading };
    }
    f.pages.destinations = places;
    f.pages.destination_count = PAGES;
    f.pages.outline = entries;
    f.pages.outline_count = PAGES;
    const char *path = pdf_save(&f, "many.pdf");
    int status;
    (void)pdf_run_tool(&f, "qpdf --check %s 2>&1", path, &status);
    assert_int_equal(status, 0);
    brv_str said = pdf_run_tool(&f, "qpdf --show-npages %s", path, &status);
    assert_true(brv_str_is(brv_str_trim(said), "2000"));
    said = pdf_run_tool(&f, "pdftotext -f 1999 -l 2000 %s -", path, &status);
    assert_int_equal(text_count(said, BRV_S("Chapter 199")), 2);
    said = pdf_run_tool(&f, "qpdf --qdf %s -", path, &status);
    assert_int_equal(text_count(said, BRV_S("/Limits")), 2 * (63 + 2));
    pdf_deinit(&f);
}

static void test_pdf__page_labels(void **state)
{
    (void)state;
    static const char *const labels[] = { "i",   "ii",    "iii", "1",  "2",   "A-1",
                                          "A-2", "cover", "",    "IV", "007", "iiii" };
    struct pdf_fixture f;
    pdf_init(&f, BRV_COUNT(labels));
    for (size_t i = 0; i < BRV_COUNT(labels); i++)
        f.pages.pages[i].label = brv_str_from_cstr(labels[i]);
    int status;
    brv_str json = pdf_run_tool(&f,
                                "qpdf --json=1 --json-key=pagelabels %s | tr -d ' \\n'",
                                pdf_save(&f, "labels.pdf"),
                                &status);
    static const char *const wanted[] = {
        "{\"index\":0,\"label\":{\"/S\":\"/r\",\"/St\":1}}",
        "{\"index\":3,\"label\":{\"/S\":\"/D\",\"/St\":1}}",
        "{\"index\":5,\"label\":{\"/P\":\"A-\",\"/S\":\"/D\",\"/St\":1}}",
        "{\"index\":7,\"label\":{\"/P\":\"cover\",\"/St\":1}}",
        "{\"index\":8,\"label\":{\"/St\":1}}",
        "{\"index\":9,\"label\":{\"/S\":\"/R\",\"/St\":4}}",
        "{\"index\":10,\"label\":{\"/P\":\"00\",\"/S\":\"/D\",\"/St\":7}}",
        "{\"index\":11,\"label\":{\"/P\":\"iiii\",\"/St\":1}}",
    };
    for (size_t i = 0; i < BRV_COUNT(wanted); i++)
        if (text_count(json, brv_str_from_cstr(wanted[i])) != 1)
            fail_msg("%s is not in %.*s", wanted[i], BRV_STR_ARG(json));
    pdf_deinit(&f);
}

// Content that stands between elements is told in its place, and elements without content in
// theirs.
static void test_pdf__structure_is_in_reading_order(void **state)
{
    (void)state;
    struct pdf_fixture f;
    const struct brv_face *face = pdf_begin(&f, 2);
    struct brv_tag *paragraph = pdf_tag(&f, f.pages.root, "P");
    struct brv_tag *strong = pdf_tag(&f, paragraph, "Span");
    struct brv_tag *table = pdf_tag(&f, f.pages.root, "Table");
    struct brv_tag *row = pdf_tag(&f, table, "TR");
    struct brv_tag *cells[3];
    for (size_t i = 0; i < 3; i++)
        cells[i] = pdf_tag(&f, row, i ? "TD" : "TH");
    cells[2]->col_span = 2;
    float x = 60;
    x += pdf_text(&f, 0, paragraph, face, 10, x, 100, "one ");
    x += pdf_text(&f, 0, strong, face, 10, x, 100, "two ");
    pdf_text(&f, 0, paragraph, face, 10, x, 100, "three ");
    pdf_text(&f, 1, paragraph, face, 10, 60, 100, "four");
    pdf_text(&f, 1, cells[2], face, 10, 200, 130, "last");
    pdf_text(&f, 1, cells[0], face, 10, 60, 130, "head");
    int status;
    brv_str said = pdf_run_tool(
        &f, "pdfinfo -struct-text %s | tr -s ' \\n' ' '", pdf_save(&f, "order.pdf"), &status);
    static const char wanted[] =
        "Document P (block) \"one \" Span (inline) \"two \" \"three \" \"four\" "
        "Table (block) TR TH: /Scope /Row \"head\" TD TD: /ColSpan 2 \"last\"";
    if (!brv_str_is(brv_str_trim(said), wanted))
        fail_msg("expected %s, found %.*s", wanted, BRV_STR_ARG(said));
    pdf_deinit(&f);
}

static void test_pdf__refuses_what_is_no_page(void **state)
{
    (void)state;
    struct pdf_fixture f;
    pdf_init(&f, 1);
    f.pages.pages[0].width_pt = 20000;
    assert_int_equal(pdf_render(&f), BRV_FAILED);
    assert_int_equal(f.sink.counts[BRV_ERROR], 1);
    assert_int_equal(f.out.len, 0);
    pdf_deinit(&f);
}

static void test_pdf__refuses_a_face_that_may_not_be_embedded(void **state)
{
    (void)state;
    struct pdf_fixture f;
    pdf_init(&f, 1);
    struct brv_face *face = (struct brv_face *)pdf_face(&f, "NotoSans-Regular.ttf", 0);
    if (!face)
        skip();
    face->may_embed = false;
    pdf_text(&f, 0, pdf_tag(&f, f.pages.root, "P"), face, 10, 60, 100, "text");
    assert_int_equal(pdf_render(&f), BRV_FAILED);
    assert_int_equal(f.sink.counts[BRV_ERROR], 1);
    assert_int_equal(f.out.len, 0);
    pdf_deinit(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf__is_valid),
        cmocka_unit_test(test_pdf__same_pages_same_bytes),
        cmocka_unit_test(test_pdf__hostile_strings_stay_strings),
        cmocka_unit_test(test_pdf__nesting),
        cmocka_unit_test(test_pdf__many_pages),
        cmocka_unit_test(test_pdf__page_labels),
        cmocka_unit_test(test_pdf__structure_is_in_reading_order),
        cmocka_unit_test(test_pdf__refuses_what_is_no_page),
        cmocka_unit_test(test_pdf__refuses_a_face_that_may_not_be_embedded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
