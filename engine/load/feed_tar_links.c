// Brevier — feeds: files of a tar archive that have several names.
// SPDX-License-Identifier: MIT
#include "load/feed_tar.h"

#include "base/arena.h"

#include <stdlib.h>

static int link_compare(const void *a, const void *b)
{
    const struct brv_tar_link *one = a;
    const struct brv_tar_link *other = b;
    if (one->content != other->content)
        return one->content < other->content ? -1 : 1;
    return one->order < other->order ? -1 : 1;
}

// ---- exported

void brv_tar_links_note(struct brv_tar_links *links, brv_str name, uint64_t number)
{
    void **slot = brv_map_at(&links->contents, brv_arena_str(links->arena, name));
    *slot = (void *)(uintptr_t)number; // NOLINT: a number, from 1
}

bool brv_tar_links_add(struct brv_tar_links *links, brv_str name, brv_str target)
{
    uint64_t content = (uintptr_t)brv_map_find(&links->contents, target);
    if (content > 0)
        BRV_PUSH(links->arena, links->links, links->count, links->capacity) =
            (struct brv_tar_link){ brv_arena_str(links->arena, name), content, links->count };
    return content > 0;
}

void brv_tar_links_sort(struct brv_tar_links *links)
{
    if (links->count > 1)
        qsort(links->links, links->count, sizeof *links->links, link_compare);
}

const struct brv_tar_link *brv_tar_links_take(struct brv_tar_links *links, uint64_t number)
{
    bool has_one = links->at < links->count && links->links[links->at].content == number;
    return has_one ? &links->links[links->at++] : NULL;
}
