// Brevier — shaping a word, and words for those who keep them. Private to shape*.c.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_SHAPE_WORD_H
#define BRV_LAYOUT_SHAPE_WORD_H

#include "layout/shape.h"

#include <stdatomic.h>

enum {
    BRV_WORD_BYTES = 48,                      // longer texts are not kept
    BRV_WORD_KEY_BYTES = BRV_WORD_BYTES + 64, // settings, then the text
};

struct brv_word {
    uint64_t hash;
    const struct brv_face *face;
    brv_str key;
    struct brv_shaped shaped;
};

// A place in a table of open addresses. What is put there is whole: another thread may look.
typedef _Atomic(struct brv_word *) brv_word_slot;

// Whether its result is kept. Feature lists are rare and live in the document, so their words are
// not shared.
bool brv_word_is_kept(const struct brv_shape_request *request);
// Its key, in room for BRV_WORD_KEY_BYTES, and the hash of that.
brv_str brv_word_key(char *bytes, const struct brv_shape_request *request, uint64_t *hash);
// Where the word of a key is, or belongs. The capacity is a power of two, and one slot is free.
brv_word_slot *brv_word_find(brv_word_slot *slots, size_t capacity, uint64_t hash,
                             const struct brv_face *face, brv_str key);
// A word with a copy of its key.
struct brv_word *brv_word_new(struct brv_arena *arena, uint64_t hash, const struct brv_face *face,
                              brv_str key);

static inline struct brv_word *brv_word_at(const brv_word_slot *slot)
{
    return atomic_load_explicit(slot, memory_order_acquire);
}

static inline void brv_word_put(brv_word_slot *slot, struct brv_word *word)
{
    atomic_store_explicit(slot, word, memory_order_release);
}

// What a request asks of a face, as HarfBuzz takes it; features beyond these are left out.
enum { BRV_SHAPE_FEATURES = 24 };
struct brv_shape_features {
    hb_feature_t items[BRV_SHAPE_FEATURES];
    unsigned count;
};
struct brv_shape_features brv_shape_features_of(const struct brv_shape_request *request);

// Asks HarfBuzz; the glyphs come to lie in the arena.
struct brv_shaped brv_shape_now(hb_buffer_t *buffer, struct brv_arena *arena,
                                const struct brv_shape_request *request);

// Gives the worker the texts of brv_shaper_begin_ahead().
struct brv_shape_ahead *brv_shape_ahead_begin(struct brv_arena *arena, struct brv_worker *worker,
                                              const struct brv_shape_request *texts, size_t count);
// What the worker has made of a word, false when nothing yet.
bool brv_shape_ahead_find(const struct brv_shape_ahead *ahead, uint64_t hash,
                          const struct brv_face *face, brv_str key, struct brv_shaped *shaped);
void brv_shape_ahead_free(struct brv_shape_ahead *ahead); // accepts NULL

#endif
