// Brevier — shaping words ahead of layout.
// SPDX-License-Identifier: MIT
//
// Layout shapes the words of a document from its beginning; meanwhile the worker shapes those of
// its first pages from their end, until the two meet. What the worker takes for a word need not be
// one: it is put down under all that layout asks for, so a guess that is wrong is never found, and
// one that is right is what layout would have got itself.
//
// Only the worker puts words into the table, only layout looks for them, and a word is whole before
// it is put there. So there is no lock, and whatever layout does not find it makes itself.
#include "layout/shape_word.h"

enum {
    SLOTS = 4096,
    MOST_WORDS = SLOTS / 2, // of some ten pages
};

struct brv_shape_ahead {
    struct brv_worker *worker;
    struct brv_task task;
    atomic_bool is_over;
    const struct brv_shape_request *texts;
    size_t text_count;
    struct brv_arena *arena; // the worker's, until it is done
    hb_buffer_t *buffer;
    size_t word_count;
    brv_word_slot slots[SLOTS];
};

static void shape_word(struct brv_shape_ahead *ahead, const struct brv_shape_request *request)
{
    if (!brv_word_is_kept(request)) {
        return;
    }
    char bytes[BRV_WORD_KEY_BYTES];
    uint64_t hash;
    brv_str key = brv_word_key(bytes, request, &hash);
    brv_word_slot *slot = brv_word_find(ahead->slots, SLOTS, hash, request->face, key);
    if (!brv_word_at(slot)) {
        struct brv_word *word = brv_word_new(ahead->arena, hash, request->face, key);
        word->shaped = brv_shape_now(ahead->buffer, ahead->arena, request);
        brv_word_put(slot, word);
        ahead->word_count++;
    }
}

// Words of ASCII stand between spaces, and a line may end after a hyphen. The rest is left to
// layout, which knows where it may be parted, and what its script and face are.
static void shape_text(struct brv_shape_ahead *ahead, const struct brv_shape_request *whole)
{
    struct brv_shape_request request = *whole;
    brv_str text = whole->text;
    for (size_t at = 0; at < text.len && ahead->word_count < MOST_WORDS;) {
        size_t from = at;
        bool is_ascii = true;
        while (at < text.len && (uint8_t)text.ptr[at] > ' ' &&
               (at == from || text.ptr[at - 1] != '-')) {
            is_ascii &= (uint8_t)text.ptr[at++] < 0x80;
        }
        request.text = brv_str_slice(text, from, at);
        if (at == from) {
            at++;
        } else if (is_ascii) {
            shape_word(ahead, &request);
        }
    }
}

static void shape_texts(void *user)
{
    struct brv_shape_ahead *ahead = user;
    for (size_t i = ahead->text_count; i > 0; i--) {
        if (atomic_load_explicit(&ahead->is_over, memory_order_relaxed)) {
            return;
        }
        shape_text(ahead, &ahead->texts[i - 1]);
    }
}

struct brv_shape_ahead *brv_shape_ahead_begin(struct brv_arena *arena, struct brv_worker *worker,
                                              const struct brv_shape_request *texts, size_t count)
{
    struct brv_shape_ahead *ahead = BRV_NEW(arena, struct brv_shape_ahead);
    ahead->worker = worker;
    ahead->texts = texts;
    ahead->text_count = count;
    ahead->arena = brv_arena_new();
    ahead->buffer = hb_buffer_create();
    brv_worker_start(worker, &ahead->task, shape_texts, ahead);
    return ahead;
}

void brv_shape_ahead_end(struct brv_shape_ahead *ahead)
{
    if (!ahead || atomic_exchange(&ahead->is_over, true)) {
        return;
    }
    if (!brv_worker_take_back(ahead->worker, &ahead->task)) {
        brv_worker_finish(ahead->worker, &ahead->task);
    }
}

bool brv_shape_ahead_find(const struct brv_shape_ahead *ahead, uint64_t hash,
                          const struct brv_face *face, brv_str key, struct brv_shaped *shaped)
{
    brv_word_slot *slots = ((struct brv_shape_ahead *)(uintptr_t)ahead)->slots;
    const struct brv_word *word = brv_word_at(brv_word_find(slots, SLOTS, hash, face, key));
    if (word) {
        *shaped = word->shaped;
    }
    return word != NULL;
}

void brv_shape_ahead_free(struct brv_shape_ahead *ahead)
{
    if (ahead) {
        brv_shape_ahead_end(ahead);
        hb_buffer_destroy(ahead->buffer);
        brv_arena_free(ahead->arena);
    }
}
