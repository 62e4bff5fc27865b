// Brevier — page numbers for an output that has no pages of its own.
// A Word document shows the page numbers of a table of contents before Word has counted anything:
// those of our own pages. They cost a second cascade and a layout, so only a document that refers
// to pages pays for them.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_PAGE_NUMBERS_H
#define BRV_APP_PAGE_NUMBERS_H

#include "app/job.h"

// The pages that the PDF output would have, for a styled tree that refers to page numbers; they
// live as long as the job. NULL when the tree refers to none, or the pages cannot be had: what PDF
// would have to say of it is not this output's business.
struct brv_pages *brv_page_numbers(struct brv_job *job);

#endif
