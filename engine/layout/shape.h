// Brevier — shaping words, with a cache for the process. Private to the room.
// What is shaped is a piece of text of one face, script, direction and set of features, between two
// places where a line may break. Results are in font units, so one entry serves every size.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_SHAPE_H
#define BRV_LAYOUT_SHAPE_H

#include "base/worker.h"
#include "layout/font.h"

#include <hb.h>

struct brv_shaper;

struct brv_shaped_glyph {
    uint32_t glyph;
    uint32_t cluster; // byte offset in the text
    int32_t x_advance, x_offset, y_offset;
};

struct brv_shaped {
    const struct brv_shaped_glyph *glyphs; // visual order
    uint32_t count;
    int32_t advance; // the sum
    bool has_notdef; // a character that the face lacks after all
};

struct brv_shape_request {
    const struct brv_face *face;
    brv_str text; // valid UTF-8
    hb_script_t script;
    brv_str lang;
    bool is_rtl;
    bool is_missing;    // draw one U+FFFD (or box) in place of the text
    bool is_upper;      // draw capitals for small letters (synthetic small caps)
    bool no_ligatures;  // letter-spacing is on
    enum brv_caps caps; // features of the face
    unsigned numeric;
    struct brv_features features;
};

struct brv_shaper *brv_shaper_new(struct brv_arena *arena);
// Forgets what was not asked for lately when the cache is full; only between documents.
void brv_shaper_trim(struct brv_shaper *shaper);
// What the cache holds.
size_t brv_shaper_bytes(const struct brv_shaper *shaper);

// Long texts are not cached but made in `arena`.
const struct brv_shaped *brv_shape(struct brv_shaper *shaper, struct brv_arena *arena,
                                   const struct brv_shape_request *request);

// Has the worker shape the words of `texts` (requests for their whole text), the last first, while
// layout begins with the first ones. NULL when there are words in the cache already: most of what
// documents after the first one need is there. The texts stay where they are until the end.
struct brv_shape_ahead *brv_shaper_begin_ahead(struct brv_shaper *shaper, struct brv_worker *worker,
                                               const struct brv_shape_request *texts, size_t count);
// Stops the worker and waits for it; accepts NULL. What it has made stays.
void brv_shape_ahead_end(struct brv_shape_ahead *ahead);

// The frame of a key, U+20E3. Most faces that have it place it beside its character.
enum { BRV_KEYCAP = 0x20E3 };
// Whether the face sets a key of the character: in one glyph, or framed as it should be.
bool brv_face_frames_key(const struct brv_face *face, uint32_t base);

// Whether the face has a GSUB feature ("smcp").
bool brv_face_has_feature(const struct brv_face *face, hb_tag_t feature);

#endif
