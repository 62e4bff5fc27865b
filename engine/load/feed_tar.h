// Brevier — feeds: a tar archive as it is read, and the files in it that have several names.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_TAR_H
#define BRV_LOAD_FEED_TAR_H

#include "base/hash.h"
#include "load/feed_source.h"

// Of a file with several names a tar has the content once, at the first of them; the others are
// links to it. Since the content is gone by when a link comes, links are kept until the end, and
// the archive is read once more for their content. Links to one content come one after the other.
struct brv_tar_link {
    brv_str name;
    uint64_t content; // number of the entry that has it
    uint64_t order;   // of the links as they were found
};

struct brv_tar_links {
    struct brv_arena *arena;
    struct brv_map contents; // names of files, with the numbers of the last entries that have them
    struct brv_tar_link *links;
    size_t count;
    size_t capacity;
    size_t at; // the next to be given out
};

// Notes the content of a file, or of another name of it; numbers are from 1.
void brv_tar_links_note(struct brv_tar_links *links, brv_str name, uint64_t number);
// The content of the file that a link leads to; 0 when there is none of that name.
uint64_t brv_tar_links_find(const struct brv_tar_links *links, brv_str target);
// Keeps a link.
void brv_tar_links_add(struct brv_tar_links *links, brv_str name, uint64_t content);
// At the end of the archive: puts them into the order of their content.
void brv_tar_links_sort(struct brv_tar_links *links);
// The next link, when its content is this entry's; NULL when it is another's or there is none.
const struct brv_tar_link *brv_tar_links_take(struct brv_tar_links *links, uint64_t number);

#endif
