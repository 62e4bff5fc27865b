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

// One file may be called "a.md" in one place and "./a.md" in another.
static brv_str name_bare(brv_str name)
{
    while (brv_str_starts_with(name, BRV_S("./")))
        name = brv_str_from(name, 2);
    return name;
}

// ---- exported

void brv_tar_links_note(struct brv_tar_links *links, brv_str name, uint64_t number)
{
    void **slot = brv_map_at(&links->contents, brv_arena_str(links->arena, name_bare(name)));
    *slot = (void *)(uintptr_t)number; // NOLINT: a number, from 1
}

uint64_t brv_tar_links_find(const struct brv_tar_links *links, brv_str target)
{
    return (uintptr_t)brv_map_find(&links->contents, name_bare(target));
}

void brv_tar_links_add(struct brv_tar_links *links, brv_str name, uint64_t content)
{
    BRV_PUSH(links->arena, links->links, links->count, links->capacity) =
        (struct brv_tar_link){ brv_arena_str(links->arena, name), content, links->count };
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
