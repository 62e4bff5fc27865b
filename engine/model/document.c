// Brevier — finding one's way in a document: names, paths and reading order of its sections.
// SPDX-License-Identifier: MIT
#include "model/document.h"

#include "base/buf.h"
#include "base/hash.h"
#include "model/fact.h"

struct naming {
    struct brv_map used;     // every id given out
    struct brv_map counters; // by slug: the last number tried, as size_t *
    struct brv_arena *arena;
};

// The slug itself for its first section, then slug-2, slug-3, … past those that are taken. The
// counter only grows, so many equal headings cost no more than as many different ones.
static brv_str unique_id(struct naming *naming, brv_str slug)
{
    size_t **counter = (size_t **)brv_map_at(&naming->counters, slug);
    if (!*counter) {
        *counter = BRV_NEW(naming->arena, size_t);
        **counter = 1;
    }
    size_t *number = *counter;
    brv_str id = slug;
    while (brv_map_find(&naming->used, id)) {
        id = brv_arena_printf(naming->arena, "%" BRV_STR_F "-%zu", BRV_STR_ARG(slug), ++*number);
    }
    *brv_map_at(&naming->used, id) = number;
    return id;
}

// The slugs of the implied sections are theirs alone: a section with the heading "Title" is no
// title block, and who renders that one need not expect it.
static brv_str slug_of_heading(struct brv_arena *arena, brv_str title)
{
    brv_str slug = brv_slug(arena, title);
    if (brv_str_is(slug, "title") || brv_str_is(slug, "excerpt") || brv_str_is(slug, "preamble")) {
        return brv_arena_printf(arena, "%" BRV_STR_F "-section", BRV_STR_ARG(slug));
    }
    return slug;
}

static void index_section(struct naming *naming, struct brv_section *section)
{
    if (section->heading) {
        section->title = brv_str_trim(brv_node_plain_text(naming->arena, section->heading));
    }
    if (section->slug.len == 0) {
        section->slug = slug_of_heading(naming->arena, section->title);
    }
    section->id = unique_id(naming, section->slug);
    section->path = section->id;
    if (section->parent) {
        section->path = brv_arena_printf(naming->arena,
                                         "%" BRV_STR_F "/%" BRV_STR_F,
                                         BRV_STR_ARG(section->parent->path),
                                         BRV_STR_ARG(section->id));
    }
    if (section->heading) {
        brv_node_set(naming->arena, section->heading, BRV_ATTR_ID, section->id);
    }
    section->facts = brv_facts_find(naming->arena, section->blocks);
}

const struct brv_meta *brv_document_meta(const struct brv_document *document, brv_str key)
{
    for (const struct brv_meta *meta = document->meta; meta; meta = meta->next) {
        if (brv_str_equal(meta->key, key)) {
            return meta;
        }
    }
    return NULL;
}

struct brv_section *brv_section_next(const struct brv_section *section)
{
    if (section->first) {
        return section->first;
    }
    while (section && !section->next) {
        section = section->parent;
    }
    return section ? section->next : NULL;
}

void brv_document_index(struct brv_document *document, struct brv_arena *arena)
{
    struct naming naming = { .used = { .arena = arena },
                             .counters = { .arena = arena },
                             .arena = arena };
    for (struct brv_section *at = document->first; at; at = brv_section_next(at)) {
        index_section(&naming, at);
    }
}
