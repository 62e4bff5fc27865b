// Brevier — what a PDF promises: the parts of PDF/A and PDF/UA, and the files attached to it.
// Seen by the command line, which reads what the user asks for, and by the PDF output.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_STANDARD_H
#define BRV_OUTPUT_PDF_STANDARD_H

#include "base/arena.h"

#include <stddef.h>

struct brv_pdf_standard {
    bool is_named; // the user asks for it: a document that falls short is not written
    int part;      // of PDF/A: 2 or 3; 0: not claimed
    char level;    // of PDF/A: 'A' tagged, 'U' with Unicode, 'B' basic
    bool is_ua;    // PDF/UA-1
};

// What a document is meant to be when nobody asks: PDF/A-2a and PDF/UA-1, PDF/A-3a with
// attachments.
struct brv_pdf_standard brv_pdf_standard_usual(bool has_attachments);

// Reads "a-2a", "ua-1", "a-3u,ua-1", "none". False for an unknown name, which is then in `unknown`,
// and for two parts of PDF/A.
bool brv_pdf_standard_parse(brv_str text, struct brv_pdf_standard *standard, brv_str *unknown);

// All names, for hints.
extern const char *const brv_pdf_standard_names[];
extern const size_t brv_pdf_standard_count;

// "PDF/A-2a and PDF/UA-1".
brv_str brv_pdf_standard_text(struct brv_arena *arena, const struct brv_pdf_standard *standard);

// A file that travels in a PDF (an associated file of PDF/A-3).
struct brv_attachment {
    brv_str name;         // as readers show it: no folders, no control characters
    brv_str type;         // "application/json"
    brv_str relationship; // "Source", "Data", "Alternative", "Supplement", "Unspecified"
    brv_str bytes;
};

extern const char *const brv_attachment_relationships[];
extern const size_t brv_attachment_relationship_count;

// The media type that the suffix of a file name tells; "application/octet-stream" for others.
const char *brv_attachment_type(brv_str name);

#endif
