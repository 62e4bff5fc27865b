// Brevier — a cascade for each medium, kept from one document to the next.
// What is in it follows from the sheets alone, but for two things. What there was to report is
// reported in each document: so a cascade that met a fault is dropped. And it grows: so it is
// dropped as well when it has become large, which no tree in use may see.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"
#include "style/counter_style.h"

enum { CACHE_BYTES = 1 << 20 };

struct kept {
    struct brv_arena *arena; // of the cascade; NULL: none
    struct brv_cascade *cascade;
    bool is_in_use; // by the tree that was made last
};

struct brv_style_cache {
    const struct brv_stylesheets *sheets;
    struct kept kept[BRV_MEDIA_COUNT];
};

static void drop(struct kept *kept)
{
    brv_arena_free(kept->arena);
    *kept = (struct kept){ 0 };
}

static void drop_all(void *user)
{
    struct brv_style_cache *cache = user;
    for (size_t i = 0; i < BRV_MEDIA_COUNT; i++)
        drop(&cache->kept[i]);
}

static void leave(void *user)
{
    struct kept *kept = user;
    kept->is_in_use = false;
    if (!brv_cascade_is_faultless(kept->cascade) || brv_arena_used_bytes(kept->arena) > CACHE_BYTES)
        drop(kept);
}

struct brv_style_cache *brv_style_cache_new(struct brv_arena *arena,
                                            const struct brv_stylesheets *sheets)
{
    struct brv_style_cache *cache = BRV_NEW(arena, struct brv_style_cache);
    cache->sheets = sheets;
    brv_arena_on_free(arena, drop_all, cache);
    return cache;
}

struct brv_styled *brv_style_tree_cached(struct brv_arena *arena, struct brv_style_cache *cache,
                                         enum brv_media media, const struct brv_node *root,
                                         struct brv_sink *sink)
{
    struct kept *kept = &cache->kept[media];
    if (kept->is_in_use) // by another tree, whose pages are still to be styled
        return brv_style_tree(arena, cache->sheets, media, root, sink);
    if (!kept->cascade) {
        kept->arena = brv_arena_new();
        kept->cascade = brv_cascade_new(kept->arena, cache->sheets, media, sink);
    }
    brv_cascade_turn(kept->cascade, sink);
    kept->is_in_use = true;
    brv_arena_on_free(arena, leave, kept);
    return brv_styled_build(arena, kept->cascade, media, root, false);
}
