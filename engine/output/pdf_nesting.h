// Brevier — how elements of a PDF's structure may nest.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_NESTING_H
#define BRV_OUTPUT_PDF_NESTING_H

#include "output/pdf_structure.h"

// What an element holds, or stands in, that it may not; empty when all is right. The pages have
// been written.
brv_str brv_pdf_nesting_fault(const struct brv_pdf *pdf, const struct brv_tag *tag);

#endif
