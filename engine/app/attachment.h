// Brevier — files that travel in a PDF: how they are called and what they are to it.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_ATTACHMENT_H
#define BRV_APP_ATTACHMENT_H

#include "base/arena.h"

// The name of a file that readers can show and save under: nothing in it is invisible or turns the
// direction of text, nothing leaves the folder it is saved to.
brv_str brv_attachment_name(struct brv_arena *arena, brv_str path);

// A relationship as PDF writes it, from how a person may: "source" is "Source", "" is
// "Unspecified". Empty for one that PDF does not know.
brv_str brv_attachment_relationship(brv_str word);

#endif
