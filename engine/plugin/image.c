// Brevier — images of states.
// SPDX-License-Identifier: MIT
//
// Every document has a state of its own from each plugin it needs: whatever a plugin does to its
// globals, to the tables of its modules or to itself, no other document sees it. To be born is
// dear, though. The interpreter sets itself up, the plugin's code is loaded, its main file runs,
// its manifest is read: half a million instructions, for a call that may take thirty thousand. And
// each birth comes to the same end, because loading knows no document.
//
// So a process that renders many documents lets each plugin be born once and keeps a copy of all
// that the state consists of, when no document has seen it yet:
//
//      born              document 1           document 2           …
//     [state]─────────►[state'] (dropped)  ┌►[state]──►[state"]    (dropped)
//         │                                │
//         └──keep──►[bytes]────put back────┘
//
// It is put back at the same addresses, so there is nothing in it to adjust, and nothing to know of
// how the interpreter lies in its memory. Two facts make that possible. A young state is one piece:
// until its pool is settled even its large blocks are cut from the region (pool.h), and what does
// not fit there is born anew for each document, as before. And nothing outside points in or is
// pointed at but what stays where it is: functions and constants of ours, the program of the
// plugin, and the sandbox, which is told in two places where it lives now.
//
// A document cannot leave a trace. It is not that its changes are undone, which would ask for a
// list of all that can be changed; whatever it wrote is overwritten, and what the heap gave it is
// freed. What C knows of the state — what it holds, what of that was granted, the number of its
// last call — is a part of the image. So the first document and the thousandth spend the same steps
// and the same bytes, and a verdict costs the next section no more than any other end.
//
// Before a state is kept, what documents may come to need is put there: the scripts of the modules
// that the plugin requires, loaded but not run. Their memory is the host's gift whenever that
// happens, and their steps are paid by who first uses them, so a plugin cannot tell.
//
// A state is at one place and has one borrower. Should a second be asked for, it is born.
#include "plugin/image.h"

#include "plugin/sandbox_parts.h"

#include <stdlib.h>

struct brv_image {
    struct brv_pool_image memory;
    struct brv_sandbox box;       // as it was; its arena is nobody's
    struct brv_sandbox *borrower; // NULL: the state is free
};

struct brv_image *brv_image_keep(struct brv_sandbox *box)
{
    struct brv_pool_image memory;
    brv_pool_settle(&box->pool);
    if (!box->state || !brv_pool_keep(&box->pool, &memory))
        return NULL;
    struct brv_image *image = malloc(sizeof *image);
    if (!image) {
        free(memory.bytes);
        return NULL;
    }
    box->image = image;
    *image = (struct brv_image){ .memory = memory, .box = *box, .borrower = box };
    image->box.text = (struct brv_buf){ 0 };
    return image;
}

struct brv_sandbox *brv_image_borrow(struct brv_image *image, struct brv_arena *arena)
{
    if (image->borrower)
        return NULL;
    struct brv_sandbox *box = BRV_NEW(arena, struct brv_sandbox);
    *box = image->box;
    brv_pool_put_back(&box->pool, &image->memory);
    brv_sandbox_settle_in(box, arena);
    image->borrower = box;
    return box;
}

void brv_image_give_back(struct brv_image *image)
{
    brv_pool_give_back(&image->borrower->pool);
    image->borrower = NULL;
}

void brv_image_free(struct brv_image *image)
{
    if (!image)
        return;
    if (image->borrower)
        brv_sandbox_close(image->borrower);
    brv_pool_image_drop(&image->memory);
    free(image);
}
