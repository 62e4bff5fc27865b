// Brevier — pages built by hand, for the tests of the PDF output.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_OUTPUT_PDF_FIXTURE_H
#define BRV_TESTS_OUTPUT_PDF_FIXTURE_H

#include "output/output.h"

struct pdf_fixture {
    struct brv_arena *arena;
    struct brv_sink sink;
    struct brv_document document;
    struct brv_pages pages;
    struct brv_face *faces[16];
    size_t face_count;
    long long date;
    struct brv_buf out;
};

void pdf_init(struct pdf_fixture *fixture, size_t page_count); // A4
void pdf_deinit(struct pdf_fixture *fixture);

// A face by file name under the system's font folders; NULL when it is not installed.
const struct brv_face *pdf_face(struct pdf_fixture *fixture, const char *name, unsigned index);

struct brv_tag *pdf_tag(struct pdf_fixture *fixture, struct brv_tag *parent, const char *type);

// A shaped run, left to right or right to left as its script goes, on a page. Returns its width.
float pdf_text(struct pdf_fixture *fixture, size_t page, struct brv_tag *tag,
               const struct brv_face *face, float size_pt, float x_pt, float baseline_pt,
               const char *text);
struct brv_item *pdf_item(struct pdf_fixture *fixture, size_t page, struct brv_tag *tag,
                          enum brv_item_kind kind);
void pdf_link(struct pdf_fixture *fixture, size_t page, struct brv_tag *tag, float x_pt, float y_pt,
              float width_pt, const char *url);

// Renders into fixture->out.
enum brv_status pdf_render(struct pdf_fixture *fixture);

#endif
