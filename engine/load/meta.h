// Brevier — metadata as it is collected from front matter or JSON.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_META_H
#define BRV_LOAD_META_H

#include "base/hash.h"
#include "model/document.h"

struct brv_metadata {
    struct brv_arena *arena;
    struct brv_sink *sink;
    struct brv_meta *first;
    struct brv_meta **end;
    struct brv_map by_key;
};

void brv_metadata_init(struct brv_metadata *metadata, struct brv_arena *arena,
                       struct brv_sink *sink);

// Where a key and its value were written.
struct brv_metadata_place {
    struct brv_span key;
    struct brv_span value;
};

// Adds one key. Values are cleaned. Fails for a key that is there already and for a list where a
// known key takes one value; a key much like a known one gets a note.
enum brv_status brv_metadata_add(struct brv_metadata *metadata, brv_str key, const brv_str *values,
                                 size_t count, bool is_list, struct brv_metadata_place place)
    BRV_WARN_UNUSED;

// Gives the document its metadata and the fields that follow from known keys.
void brv_metadata_apply(const struct brv_metadata *metadata, struct brv_document *document);

#endif
