// Brevier — footnotes. Private to the room.
// A footnote is met while its paragraph is collected; the page breaker lays it out when the line
// with its call comes to stand on a page, because it must stand on the same one.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_FOOTNOTE_H
#define BRV_LAYOUT_FOOTNOTE_H

#include "layout/context.h"
#include "layout/flow.h"

struct brv_note {
    struct brv_styled *styled;
    brv_str label;              // "1"
    brv_str target;             // "#brv-note-1"
    brv_str note_id;            // "brv-note-1"
    brv_str call_id;            // "brv-call-1"
    struct brv_tag *parent_tag; // what the call stands in
    struct brv_tag *call_tag;   // Reference
    struct brv_flow flow;       // its lines, once laid out
    bool is_rtl;                // the number stands to their right
};

struct brv_note *brv_note_new(struct brv_layout *layout, struct brv_styled *styled,
                              struct brv_tag *parent);
// Fills note->flow for a measure.
void brv_note_flow(struct brv_layout *layout, struct brv_note *note, float width_pt);

// The height of its lines from a slice on, and of all notes that a slice of the text calls.
float brv_note_height(const struct brv_note *note, size_t from);
float brv_slice_notes_height(struct brv_layout *layout, const struct brv_slice *slice,
                             float width_pt);
// What of them must stand on the same page when they are split: all above the first note that is
// higher than `long_pt`, and its first lines. No less than the height where none is so long.
float brv_slice_notes_least(const struct brv_slice *slice, float long_pt);

// What a link to the target of a note is called by those who cannot see it, in a language; empty
// for another target.
brv_str brv_note_name(struct brv_arena *arena, brv_str target, brv_str lang);

#endif
