// Brevier — tests: a whole PDF as other programs see it.
// SPDX-License-Identifier: MIT
#include "pdf_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

// Fills a document with most of what pages can hold.
static void build_briefing(struct fixture *f, const struct brv_face *face)
{
    struct brv_tag *root = f->pages.root;
    struct brv_tag *heading = fixture_tag(f, root, "H1");
    struct brv_tag *paragraph = fixture_tag(f, root, "P");
    struct brv_tag *link = fixture_tag(f, paragraph, "Link");
    struct brv_tag *figure = fixture_tag(f, root, "Figure");
    figure->alt = BRV_S("A grey box");
    struct brv_item *back = fixture_item(f, 0, NULL, BRV_ITEM_BOX);
    back->artifact = BRV_ARTIFACT_BACKGROUND;
    back->box = (struct brv_box_item){ 40, 40, 500, 300, 8, { 230, 240, 250, 255 } };
    fixture_text(f, 0, heading, face, 20, 60, 80, "An office in Wafer\u00adton");
    float x = 60;
    x += fixture_text(f, 0, paragraph, face, 11, x, 120, "Efficient staff; see ");
    float start = x;
    x += fixture_text(f, 0, link, face, 11, x, 120, "the report");
    fixture_link(f, 0, link, start, 110, x - start, "https://example.org/a?b=(c)&d=\\e");
    fixture_text(f, 0, paragraph, face, 11, x, 120, " for more ");
    fixture_text(f, 0, paragraph, face, 11, 60, 136, "on a second line.");
    struct brv_item *rule = fixture_item(f, 0, NULL, BRV_ITEM_LINE);
    rule->line = (struct brv_line_item){ 60, 150, 300, 150, 3, { 200, 0, 0, 128 },
                                         BRV_BORDER_DOUBLE };
    struct brv_item *dots = fixture_item(f, 0, NULL, BRV_ITEM_LINE);
    dots->line = (struct brv_line_item){ 60, 160, 300, 160, 1, { 0, 0, 0, 255 },
                                         BRV_BORDER_DOTTED };
    struct brv_item *box = fixture_item(f, 0, figure, BRV_ITEM_BOX);
    box->box = (struct brv_box_item){ 60, 180, 100, 60, 0, { 128, 128, 128, 255 } };
    fixture_text(f, 0, NULL, face, 9, 60, 800, "Page 1 of 1");
    f->pages.pages[0].last->artifact = BRV_ARTIFACT_FOOTER;
    struct brv_outline_entry *entry = BRV_NEW(f->arena, struct brv_outline_entry);
    *entry = (struct brv_outline_entry){ 1, BRV_S("An office"), 0, 60, heading };
    f->pages.outline = entry;
    f->pages.outline_count = 1;
}

static void test_pdf__is_valid(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 1);
    const struct brv_face *face = fixture_face(&f, "NotoSans-Regular.ttf", 0);
    if (!face)
        skip();
    build_briefing(&f, face);
    f.date = 1918000000;
    const char *path = fixture_save(&f, "briefing.pdf");
    int status;
    brv_str said = fixture_run(&f, "qpdf --check %s 2>&1", path, &status);
    assert_int_equal(status, 0);
    said = fixture_run(&f, "pdftotext -layout %s -", path, &status);
    print_message("%.*s", BRV_STR_ARG(said));
    fixture_deinit(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf__is_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
