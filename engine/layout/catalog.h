// Brevier — the catalogue of installed faces. Private to the room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_CATALOG_H
#define BRV_LAYOUT_CATALOG_H

#include "layout/face.h"

// One installed face as fontconfig's caches describe it; the file is opened on first use.
struct brv_candidate {
    const brv_str *families; // the first is the English one
    size_t family_count;
    brv_str style;
    brv_str file;
    unsigned index;
    int weight;  // 100 … 900
    int stretch; // percent
    bool is_italic;
    bool is_fixed_pitch;
    bool is_broken;         // opening failed: reported once, never chosen again
    const void *characters; // for `has`, which NULL leaves without any
    bool (*has)(const void *characters, uint32_t codepoint);
    struct brv_face *face; // NULL until opened
};

struct brv_catalog {
    struct brv_candidate *items; // sorted by family, weight, slant, file, index
    size_t count;
};

// Lists every scalable, colourless TrueType or CFF face beneath the font folders of the system and
// the user, those of their fontconfig files included. Reads fontconfig's caches only; rules that
// match or substitute play no part. `index` is the path of an index that tells the same sooner
// where it can be believed; empty: there is none.
struct brv_catalog brv_catalog_read(struct brv_arena *arena, brv_str index);

// Writes the index: what there is without anything that an administrator or a user has added.
// Nothing is written when there is too much of it.
void brv_catalog_write_index(struct brv_arena *arena, struct brv_buf *out);

static inline bool brv_candidate_has(const struct brv_candidate *candidate, uint32_t codepoint)
{
    return candidate->has && candidate->has(candidate->characters, codepoint);
}

#endif
