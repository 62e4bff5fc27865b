// Brevier — asking pages, for those who know no layout.
// SPDX-License-Identifier: MIT
#include "layout/pages.h"

size_t brv_pages_find(const struct brv_pages *pages, brv_str id, float *y_pt)
{
    if (brv_str_starts_with(id, BRV_S("#"))) {
        id = brv_str_slice(id, 1, id.len);
    }
    size_t from = 0;
    size_t to = pages->destination_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = brv_str_compare(pages->destinations[middle].id, id);
        if (order == 0) {
            if (y_pt) {
                *y_pt = pages->destinations[middle].y_pt;
            }
            return pages->destinations[middle].page;
        }
        if (order < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return pages->page_count;
}
