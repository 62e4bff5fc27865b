// Brevier — page numbers for an output that has no pages of its own.
// A Word document shows the page numbers of a table of contents before Word has counted anything:
// those of our own pages. They cost a second cascade and a layout, so only a document that refers
// to pages pays for them.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_PAGE_NUMBERS_H
#define BRV_APP_PAGE_NUMBERS_H

#include "app/job.h"

// Whether the output may quote pages, and the styled tree refers to any.
bool brv_page_numbers_wanted(const struct brv_job *job);
// The pages that the PDF output would have of the article: their labels and places, which live as
// long as the job. NULL when they cannot be had: what PDF would have to say of it is not this
// output's business. `makes_room`: fonts that nobody has used yet are given back, too.
struct brv_pages *brv_page_numbers(struct brv_job *job, bool makes_room);

#endif
