// Brevier — cutting pieces. Private to the room.
// A cut piece keeps its glyphs, so nothing is seen of the places that no line uses.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_CUT_H
#define BRV_LAYOUT_CUT_H

#include "layout/paragraph.h"

// Pieces as they are cut.
struct brv_cutter {
    struct brv_layout *layout;
    const struct brv_paragraph *paragraph;
    float measure_pt; // of the lines
    struct brv_piece *out;
    size_t count, capacity;
    struct brv_piece rest; // of the piece at hand
    uint32_t glyph;        // of the rest, from where on the next place is looked for
};

// What stands between two spaces.
struct brv_token {
    size_t from, to; // pieces
    uint32_t text_from, text_to;
};

void brv_cutter_put(struct brv_cutter *cutter, const struct brv_piece *piece);
// Takes up a piece; puts what is left of it.
void brv_cutter_begin(struct brv_cutter *cutter, const struct brv_piece *piece);
void brv_cutter_end(struct brv_cutter *cutter);
// Cuts the rest before a place of the text, unless that would cut a glyph. Places ascend.
bool brv_cutter_cut(struct brv_cutter *cutter, uint32_t at, enum brv_break_kind kind);

// Makes the pieces cut so far, and those from `copied` on, those of the paragraph.
void brv_cutter_take(struct brv_cutter *cutter, struct brv_paragraph *paragraph, size_t copied);

// The marks that indicators are made of (part.c): whether a line may end between two characters,
// and how well it ends there.
bool brv_is_mark_place(uint32_t before, uint32_t after);
enum brv_break_kind brv_kind_of_mark(brv_str text, size_t at);

// Puts the pieces of a token, its word cut where it may be hyphenated (hyphenate.c). *is_word says
// whether it is one; true when there is a new place.
bool brv_cutter_hyphenate(struct brv_cutter *cutter, const struct brv_token *token, bool *is_word);

// The same for a long phrase in Thai or Lao (thai.c); puts nothing and is false for any other.
bool brv_cutter_part_thai(struct brv_cutter *cutter, const struct brv_token *token);
// Whether two letters, whatever cuts their word, stay together for what those scripts are.
bool brv_thai_keeps(uint32_t before, uint32_t after);

#endif
