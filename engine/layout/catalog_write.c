// Brevier — writing the index of installed faces.
// SPDX-License-Identifier: MIT
#include "layout/catalog_index.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"

// The parts as they grow, and what is in them by its bytes: what comes again is not written again.
struct writing {
    struct brv_arena *arena;
    struct brv_buf *folders, *faces, *families, *pages, *leaves, *strings;
    struct brv_map known_pages; // → uint32_t: the first row
    struct brv_map known_leaves;
    size_t leaf_count;
};

static struct brv_index_text add_text(struct writing *writing, brv_str text)
{
    struct brv_index_text place = { (uint32_t)writing->strings->len, (uint32_t)text.len };
    brv_buf_add_str(writing->strings, text);
    brv_buf_add_byte(writing->strings, '\0');
    return place;
}

static size_t add_leaf(struct writing *writing, const struct brv_index_leaf *leaf)
{
    brv_str bytes = { (const char *)leaf, sizeof *leaf };
    size_t *known = brv_map_find(&writing->known_leaves, bytes);
    if (!known) {
        known = BRV_NEW(writing->arena, size_t);
        *known = writing->leaf_count++;
        *brv_map_at(&writing->known_leaves, brv_arena_str(writing->arena, bytes)) = known;
        brv_buf_add_str(writing->leaves, bytes);
    }
    return *known;
}

static void add_pages(struct writing *writing, const struct brv_candidate *candidate,
                      struct brv_index_face *face)
{
    struct brv_buf pages = { 0 };
    struct brv_index_page page = { 0 };
    struct brv_index_leaf leaf;
    uint32_t next = 0;
    while (candidate->characters && brv_candidate_page(candidate, &next, &page.number, &leaf)) {
        page.leaf = (uint16_t)add_leaf(writing, &leaf);
        brv_buf_add(&pages, &page, sizeof page);
    }
    size_t *known = brv_map_find(&writing->known_pages, brv_buf_str(&pages));
    if (!known) {
        known = BRV_NEW(writing->arena, size_t);
        *known = writing->pages->len / sizeof page;
        *brv_map_at(&writing->known_pages, brv_arena_str(writing->arena, brv_buf_str(&pages))) =
            known;
        brv_buf_add_str(writing->pages, brv_buf_str(&pages));
    }
    face->first_page = (uint32_t)*known;
    face->page_count = (uint32_t)(pages.len / sizeof page);
    brv_buf_deinit(&pages);
}

static void add_face(struct writing *writing, const struct brv_candidate *candidate)
{
    struct brv_index_face face = {
        .style = add_text(writing, candidate->style),
        .file = add_text(writing, candidate->file),
        .first_family = (uint32_t)(writing->families->len / sizeof(struct brv_index_text)),
        .family_count = (uint32_t)candidate->family_count,
        .index = candidate->index,
        .weight = candidate->weight,
        .stretch = candidate->stretch,
        .flags = (candidate->is_italic ? BRV_INDEX_ITALIC : 0u) |
                 (candidate->is_fixed_pitch ? BRV_INDEX_FIXED_PITCH : 0u),
    };
    for (size_t i = 0; i < candidate->family_count; i++) {
        struct brv_index_text family = add_text(writing, candidate->families[i]);
        brv_buf_add(writing->families, &family, sizeof family);
    }
    add_pages(writing, candidate, &face);
    brv_buf_add(writing->faces, &face, sizeof face);
}

static void add_folder(struct writing *writing, brv_str path)
{
    struct brv_file_stamp stamp;
    bool is_there = brv_directory_stamp(path, &stamp);
    struct brv_index_folder folder = {
        .seconds = is_there ? stamp.seconds : -1,
        .nanoseconds = is_there ? stamp.nanoseconds : 0,
        .path = add_text(writing, path),
    };
    brv_buf_add(writing->folders, &folder, sizeof folder);
}

static struct brv_index_part add_part(struct brv_buf *file, const struct brv_buf *rows,
                                      size_t row_bytes)
{
    brv_buf_add_repeated(file, '\0', (8 - file->len % 8) % 8);
    struct brv_index_part part = { (uint32_t)file->len, (uint32_t)(rows->len / row_bytes) };
    brv_buf_add_str(file, brv_buf_str(rows));
    return part;
}

void brv_catalog_write_index(struct brv_arena *arena, struct brv_buf *out)
{
    struct brv_strings folders;
    struct brv_catalog catalog = brv_catalog_of_system(arena, &folders);
    struct writing writing = {
        .arena = arena,
        .folders = brv_buf_new_in(arena),
        .faces = brv_buf_new_in(arena),
        .families = brv_buf_new_in(arena),
        .pages = brv_buf_new_in(arena),
        .leaves = brv_buf_new_in(arena),
        .strings = brv_buf_new_in(arena),
        .known_pages = { .arena = arena },
        .known_leaves = { .arena = arena },
    };
    for (uint32_t i = 0; i < folders.count; i++) {
        add_folder(&writing, folders.items[i]);
    }
    for (size_t i = 0; i < catalog.count; i++) {
        add_face(&writing, &catalog.items[i]);
    }
    struct brv_buf *file = brv_buf_new_in(arena);
    struct brv_index_head head = { .magic = BRV_INDEX_MAGIC };
    brv_buf_add(file, &head, sizeof head);
    head.folders = add_part(file, writing.folders, sizeof(struct brv_index_folder));
    head.faces = add_part(file, writing.faces, sizeof(struct brv_index_face));
    head.families = add_part(file, writing.families, sizeof(struct brv_index_text));
    head.pages = add_part(file, writing.pages, sizeof(struct brv_index_page));
    head.leaves = add_part(file, writing.leaves, sizeof(struct brv_index_leaf));
    head.strings = add_part(file, writing.strings, 1);
    head.bytes = file->len;
    memcpy(file->ptr, &head, sizeof head);
    if (writing.leaf_count <= UINT16_MAX && file->len <= UINT32_MAX) {
        brv_buf_add_str(out, brv_buf_str(file));
    }
}
