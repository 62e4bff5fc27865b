// Brevier — the index of installed faces: how it lies in its file. Private to the room.
//
// Fontconfig answers from a cache for each folder of fonts, fifty of them on a usual system, and to
// open and check these takes as long as setting a page. The index is one file that holds what the
// catalogue takes from them, mapped as it is and believed while every folder is as it was:
//
//     head │ folders │ faces │ families │ pages │ leaves │ strings
//
// A face's characters are pages of 256, each with a leaf of bits; faces with the same characters
// share their pages, and pages with the same bits their leaf. Numbers are those of the machine: the
// file belongs to one build, as a module does.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_CATALOG_INDEX_H
#define BRV_LAYOUT_CATALOG_INDEX_H

#include "layout/catalog.h"

#define BRV_INDEX_MAGIC "brevier fonts " BRV_VERSION

enum { BRV_INDEX_LEAF_WORDS = 4 };

struct brv_index_part {
    uint32_t at; // bytes from the beginning of the file
    uint32_t count;
};

struct brv_index_head {
    char magic[32];
    uint64_t bytes; // of the whole file
    struct brv_index_part folders, faces, families, pages, leaves, strings;
};

// In the strings, with a NUL after it.
struct brv_index_text {
    uint32_t at;
    uint32_t len;
};

struct brv_index_folder {
    int64_t seconds; // of its last change; -1: there is none of that name
    int64_t nanoseconds;
    struct brv_index_text path;
};

struct brv_index_face {
    struct brv_index_text style, file;
    uint32_t first_family, family_count;
    uint32_t first_page, page_count;
    uint32_t index;
    int32_t weight, stretch;
    uint32_t flags;
};
enum { BRV_INDEX_ITALIC = 1, BRV_INDEX_FIXED_PITCH = 2 };

struct brv_index_page {
    uint16_t number; // the first of its characters / 256
    uint16_t leaf;
};

struct brv_index_leaf {
    uint64_t bits[BRV_INDEX_LEAF_WORDS];
};

// The catalogue of the index at `path`, true when it is to be believed. The catalogue points into
// the file, which stays mapped until the arena ends.
bool brv_catalog_read_index(struct brv_arena *arena, brv_str path, struct brv_catalog *catalog);

// For the writer: what fontconfig says of the system alone, and the folders that it looked into.
struct brv_catalog brv_catalog_of_system(struct brv_arena *arena, struct brv_strings *folders);
// The next page of characters of such a face, *next being 0 for the first; false after the last.
bool brv_candidate_page(const struct brv_candidate *candidate, uint32_t *next, uint16_t *number,
                        struct brv_index_leaf *leaf);

#endif
