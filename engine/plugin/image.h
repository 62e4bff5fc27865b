// Brevier — images of states: a plugin's state is born once, and each document has it as it was
// then.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_IMAGE_H
#define BRV_PLUGIN_IMAGE_H

#include "plugin/sandbox.h"

struct brv_image; // opaque

// Keeps a state that no document has seen; the sandbox goes on with it, as the first of the image's
// borrowers. NULL when there is too much of it.
struct brv_image *brv_image_keep(struct brv_sandbox *box);

// A sandbox with the state as it was kept, in `arena` and closed with it. NULL while another has
// the state.
struct brv_sandbox *brv_image_borrow(struct brv_image *image, struct brv_arena *arena);

// For a sandbox that is closed: the state is free again for the next.
void brv_image_give_back(struct brv_image *image);

// Closes the sandbox that has the state, if there is one. Accepts NULL.
void brv_image_free(struct brv_image *image);

#endif
