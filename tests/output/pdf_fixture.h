// Brevier — pages built by hand, for the tests of the PDF output.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_OUTPUT_PDF_FIXTURE_H
#define BRV_TESTS_OUTPUT_PDF_FIXTURE_H

#include "output/output.h"

struct fixture {
    struct brv_arena *arena;
    struct brv_sink sink;
    struct brv_document document;
    struct brv_pages pages;
    struct brv_face *faces[16];
    size_t face_count;
    long long date;
    struct brv_buf out;
};

void fixture_init(struct fixture *fixture, size_t page_count); // A4
void fixture_deinit(struct fixture *fixture);

// A face by file name under the system's font folders; NULL when it is not installed.
const struct brv_face *fixture_face(struct fixture *fixture, const char *name, unsigned index);

struct brv_tag *fixture_tag(struct fixture *fixture, struct brv_tag *parent, const char *type);

// A shaped run, left to right or right to left as its script goes, on a page. Returns its width.
float fixture_text(struct fixture *fixture, size_t page, struct brv_tag *tag,
                   const struct brv_face *face, float size_pt, float x_pt, float baseline_pt,
                   const char *text);
struct brv_item *fixture_item(struct fixture *fixture, size_t page, struct brv_tag *tag,
                              enum brv_item_kind kind);
void fixture_link(struct fixture *fixture, size_t page, struct brv_tag *tag, float x_pt, float y_pt,
                  float width_pt, const char *url);

// Renders into fixture->out.
enum brv_status fixture_render(struct fixture *fixture);
// Renders, and puts the file under the scratch folder; its path is static.
const char *fixture_save(struct fixture *fixture, const char *name);

// What a command says, "" when it fails; %s in it becomes `path`. Skips the test when the program
// (the first word) is not installed.
brv_str fixture_run(struct fixture *fixture, const char *command, const char *path, int *status);

// How often `needle` occurs in a text.
size_t fixture_count(brv_str text, brv_str needle);

#endif
