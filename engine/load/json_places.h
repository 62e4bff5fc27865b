// Brevier — where the values of a JSON text stand.
// jansson says where a syntax error is but not where a value was. This scan of the same text lists
// every value in reading order; who walks jansson's tree in that order has each value's place.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_JSON_PLACES_H
#define BRV_LOAD_JSON_PLACES_H

#include "base/diag.h"

#include <stdint.h>

struct brv_json_place {
    brv_str text;   // of the value
    brv_str key;    // of the member, with its quotes; empty in an array
    uint32_t after; // index of the first value that is not within this one
};

struct brv_json_places {
    struct brv_json_place *items;
    size_t count;
    size_t capacity;
};

// Lists the values of source->text. Of malformed JSON it lists something: jansson is the judge.
// Fails, reported, when arrays and objects are nested deeper than `max_depth` or there are more
// values than a document may have: so jansson is never shown such a text.
enum brv_status brv_json_places_scan(struct brv_json_places *places, struct brv_arena *arena,
                                     const struct brv_source *source, size_t max_depth,
                                     struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
