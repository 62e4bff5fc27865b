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

// A place in the memory of a pointer: of every name in the archive one is kept.
enum { KIND_BITS = 2 };

static void *place_pack(struct brv_tar_place place)
{
    return (void *)(uintptr_t)(place.number << KIND_BITS | place.kind); // NOLINT: a number
}

// ---- exported

void brv_tar_links_note(struct brv_tar_links *links, brv_str name, struct brv_tar_place place)
{
    *brv_map_at(&links->places, brv_arena_str(links->arena, name_bare(name))) = place_pack(place);
}

struct brv_tar_place brv_tar_links_find(const struct brv_tar_links *links, brv_str name)
{
    const uintptr_t packed = (uintptr_t)brv_map_find(&links->places, name_bare(name));
    return (struct brv_tar_place){
        .kind = (enum brv_tar_kind)(packed & ((1U << KIND_BITS) - 1)),
        .number = packed >> KIND_BITS,
    };
}

void brv_tar_links_add(struct brv_tar_links *links, brv_str name, uint64_t content, brv_str target)
{
    BRV_PUSH(links->arena, links->links, links->count, links->capacity) = (struct brv_tar_link){
        .name = brv_arena_str(links->arena, name),
        .content = content,
        .order = links->count,
        .target = brv_arena_str(links->arena, target),
    };
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

brv_str brv_tar_link_fault(const struct brv_tar_links *links, struct brv_arena *arena,
                           const struct brv_tar_link *link)
{
    if (brv_str_equal(name_bare(link->name), name_bare(link->target)))
        return BRV_S("it is a link to itself, no content comes before it");
    const bool comes_late = brv_tar_links_find(links, link->target).kind != BRV_TAR_NOTHING;
    return brv_arena_printf(arena,
                            "it is another name of \"%" BRV_STR_F "\", %s",
                            BRV_STR_ARG(link->target),
                            comes_late ? "which comes after it, where no tar finds it"
                                       : "whose content is not there");
}
