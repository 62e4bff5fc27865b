// Brevier — the press: streams of a PDF on their way to the file.
// SPDX-License-Identifier: MIT
//
// Compression is half of what a PDF costs to write, and what comes out depends on the stream alone.
// So streams lie in a ring, each with a copy of its bytes:
//
//     taken ◄── [done] [done] [at work] [waiting] [waiting] ◄── put
//
// One that is put into a full ring waits for the oldest. A large stream (a picture, an attachment)
// is not copied: the ring is emptied, and it is compressed by the caller.
#include "output/pdf_press.h"

#include "base/memory.h"
#include "output/deflate.h"

#include <stdlib.h>
#include <string.h>

enum {
    PRESS_SLOTS = 32, // as many as the fonts of a document have streams: they come last, at once
    PRESS_COPIED_BYTES = 1 << 20,
};

struct press_slot {
    struct brv_task task;
    struct brv_deflater *deflater;
    uint32_t id;
    struct brv_buf entries, bytes, packed;
};

struct brv_pdf_press {
    struct brv_worker *worker;
    brv_pdf_pressed_fn *take;
    void *user;
    struct brv_deflater *deflater; // the worker's while there is something in the ring
    struct press_slot slots[PRESS_SLOTS];
    size_t first, count;
};

static void press_compress(void *user)
{
    struct press_slot *slot = user;
    brv_deflate(slot->deflater, brv_buf_str(&slot->bytes), &slot->packed);
}

static void press_take_first(struct brv_pdf_press *press)
{
    struct press_slot *slot = &press->slots[press->first];
    brv_worker_finish(press->worker, &slot->task);
    const struct brv_pdf_pressed stream = {
        .id = slot->id,
        .entries = brv_buf_str(&slot->entries),
        .bytes = brv_buf_str(&slot->packed),
    };
    press->first = (press->first + 1) % PRESS_SLOTS;
    press->count--;
    press->take(press->user, &stream);
}

static void press_put_copy(struct brv_pdf_press *press, uint32_t id, brv_str entries, brv_str bytes)
{
    if (press->count == PRESS_SLOTS)
        press_take_first(press);
    struct press_slot *slot = &press->slots[(press->first + press->count++) % PRESS_SLOTS];
    slot->deflater = press->deflater;
    slot->id = id;
    brv_buf_clear(&slot->entries);
    brv_buf_add_str(&slot->entries, entries);
    brv_buf_clear(&slot->bytes);
    brv_buf_add_str(&slot->bytes, bytes);
    brv_buf_clear(&slot->packed);
    brv_worker_start(press->worker, &slot->task, press_compress, slot);
}

// ---- exported

struct brv_pdf_press *brv_pdf_press_new(struct brv_worker *worker, brv_pdf_pressed_fn *take,
                                        void *user)
{
    struct brv_pdf_press *press = brv_heap_alloc(sizeof *press);
    memset(press, 0, sizeof *press);
    press->worker = worker;
    press->take = take;
    press->user = user;
    press->deflater = brv_deflater_new(BRV_DEFLATE_ZLIB);
    return press;
}

void brv_pdf_press_free(struct brv_pdf_press *press)
{
    for (size_t i = 0; i < PRESS_SLOTS; i++) {
        struct press_slot *slot = &press->slots[i];
        brv_worker_finish(press->worker, &slot->task);
        brv_buf_deinit(&slot->entries);
        brv_buf_deinit(&slot->bytes);
        brv_buf_deinit(&slot->packed);
    }
    brv_deflater_free(press->deflater);
    free(press);
}

void brv_pdf_press_put(struct brv_pdf_press *press, uint32_t id, brv_str entries, brv_str bytes)
{
    if (press->worker && bytes.len <= PRESS_COPIED_BYTES) {
        press_put_copy(press, id, entries, bytes);
        return;
    }
    brv_pdf_press_empty(press);
    struct brv_buf *packed = &press->slots[press->first].packed;
    brv_buf_clear(packed);
    brv_deflate(press->deflater, bytes, packed);
    const struct brv_pdf_pressed stream = { id, entries, brv_buf_str(packed) };
    press->take(press->user, &stream);
}

void brv_pdf_press_empty(struct brv_pdf_press *press)
{
    while (press->count > 0)
        press_take_first(press);
}
