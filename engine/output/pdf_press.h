// Brevier — the press: streams of a PDF on their way to the file, compressed by the worker while
// the next ones are made, and put in the order in which they came.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_PRESS_H
#define BRV_OUTPUT_PDF_PRESS_H

#include "base/buf.h"
#include "base/worker.h"

struct brv_pdf_press; // opaque

struct brv_pdf_pressed {
    uint32_t id;
    brv_str entries; // of its dictionary
    brv_str bytes;   // compressed
};
// Takes a stream out of the press; the slices end with the call.
typedef void brv_pdf_pressed_fn(void *user, const struct brv_pdf_pressed *stream);

// Without a worker (NULL) a stream is compressed and taken as soon as it is put.
struct brv_pdf_press *brv_pdf_press_new(struct brv_worker *worker, brv_pdf_pressed_fn *take,
                                        void *user);
void brv_pdf_press_free(struct brv_pdf_press *press); // what is still in it is lost

// The slices are used up.
void brv_pdf_press_put(struct brv_pdf_press *press, uint32_t id, brv_str entries, brv_str bytes);

// Has all that was put taken.
void brv_pdf_press_empty(struct brv_pdf_press *press);

#endif
