// Brevier — what other programs say about a PDF.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_OUTPUT_PDF_TOOLS_H
#define BRV_TESTS_OUTPUT_PDF_TOOLS_H

#include "pdf_fixture.h"

// Begins a document and takes the face of most tests; skips the test when it is not installed.
const struct brv_face *pdf_begin(struct pdf_fixture *fixture, size_t page_count);

// Renders, and puts the file under the scratch folder; its path is static.
const char *pdf_save(struct pdf_fixture *fixture, const char *name);

// What a command says, "" when it fails; %s in it becomes `path`. Skips the test when the program
// (the first word) is not installed, and gives the fixture up.
brv_str pdf_run_tool(struct pdf_fixture *fixture, const char *command, const char *path,
                     int *status);

// How often `needle` occurs in a text.
size_t text_count(brv_str text, brv_str needle);

#endif
