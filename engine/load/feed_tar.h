// Brevier — feeds: a tar archive as it is read, and the files in it that have several names.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_TAR_H
#define BRV_LOAD_FEED_TAR_H

#include "base/hash.h"
#include "load/feed_source.h"

// What a name in a tar stands for.
enum brv_tar_kind {
    BRV_TAR_NOTHING, // it has not come so far
    BRV_TAR_FILE,
    BRV_TAR_SYMLINK,
    BRV_TAR_OTHER, // a pipe, a device
};
struct brv_tar_place {
    enum brv_tar_kind kind;
    uint64_t number; // of the entry that has the content, from 1
};

// Of a file with several names a tar has the content once, at the first of them; the others are
// links to it. Since the content is gone by when a link comes, links are kept until the end, and
// the archive is read once more for their content. Links to one content come one after the other;
// before all of them those that lead nowhere.
struct brv_tar_link {
    brv_str name;
    uint64_t content; // number of the entry that has it; 0: none that came before the link
    uint64_t order;   // of the links as they were found
    brv_str target;   // the name that it is another of
};

struct brv_tar_links {
    struct brv_arena *arena;
    struct brv_map places; // by name, what it stands for since the last entry of that name
    struct brv_tar_link *links;
    size_t count;
    size_t capacity;
    size_t at; // the next to be given out
};

// Notes what a name stands for from now on.
void brv_tar_links_note(struct brv_tar_links *links, brv_str name, struct brv_tar_place place);
// What a name stands for.
struct brv_tar_place brv_tar_links_find(const struct brv_tar_links *links, brv_str name);
// Keeps a link: to the content of an entry; with 0 to a target that has not come so far.
void brv_tar_links_add(struct brv_tar_links *links, brv_str name, uint64_t content, brv_str target);
// At the end of the archive: puts them into the order of their content.
void brv_tar_links_sort(struct brv_tar_links *links);
// The next link, when its content is this entry's; NULL when it is another's or there is none.
const struct brv_tar_link *brv_tar_links_take(struct brv_tar_links *links, uint64_t number);
// At the end as well: why a link leads nowhere; lives in the arena.
brv_str brv_tar_link_fault(const struct brv_tar_links *links, struct brv_arena *arena,
                           const struct brv_tar_link *link);

#endif
