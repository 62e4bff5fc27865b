// Brevier — assets: the pictures that a document names, opened and bound to its elements.
// The one place where a document's own words become a path. Files open beneath one folder and
// nowhere else; nothing is fetched from a network.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_ASSETS_H
#define BRV_APP_ASSETS_H

#include "model/limits.h"
#include "model/node.h"

struct brv_assets {
    struct brv_arena *arena; // images live here
    const struct brv_limits *limits;
    brv_str root; // the folder; empty: there is none, as for a document from standard input
};

// Binds each img of the tree to its image: a file beneath the root, or the bytes of a data: URL.
// One file is opened once. What cannot be had is reported at its element, which then has no image
// and is shown by its description; an element without a description is reported too.
void brv_assets_bind(const struct brv_assets *assets, struct brv_node *root, struct brv_sink *sink);

// The path beneath the root that an img's source names, in the arena: "my plan.png" for
// "./my%20plan.png". Empty for what is no file: a data: URL, an address.
brv_str brv_assets_path(struct brv_arena *arena, brv_str source);

// The folder that a document's pictures stand in, from the document's path; empty for "-".
brv_str brv_assets_root(brv_str document_path);

#endif
