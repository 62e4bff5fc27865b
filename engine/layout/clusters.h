// Brevier — clusters: a text by graphemes, each with its face, script and level. Private to the
// room.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_CLUSTERS_H
#define BRV_LAYOUT_CLUSTERS_H

#include "layout/paragraph.h"

// What is known of one grapheme before shaping.
struct brv_cluster {
    uint32_t from, to;
    uint32_t last;               // its last code point, counted from the part's beginning
    uint32_t base;               // first code point
    const struct brv_face *face; // NULL: no font has it
    hb_script_t script;
    uint8_t level;
    uint8_t kind;
    bool is_small; // a small letter to be drawn as a capital
};

// Cuts the part at hand of a paragraph into clusters, in `arena`.
struct brv_cluster *brv_clusters_find(struct brv_layout *layout, struct brv_arena *arena,
                                      const struct brv_paragraph *p, size_t *count);

// The inline that holds an offset, looked for from one on; the one that holds the beginning of the
// part at hand.
size_t brv_inline_at(const struct brv_paragraph *p, size_t from, size_t offset);
size_t brv_inline_first(const struct brv_paragraph *p);

// Warns, once a character, that no font has it.
void brv_missing_report(struct brv_layout *layout, const struct brv_inline *stretch,
                        uint32_t codepoint);

#endif
