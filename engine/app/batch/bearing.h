// Brevier — what of the stylesheets and the plugins bears on an item.
// A closure has all of them, and a digest of it tells that something changed. Whether that is of
// any matter to an item is told by what its rendering asked for: its look is which kinds and
// classes of elements it had, with the rules that may match these; its choice is the sections it
// has, with the plugins that manifests choose for them. Many items share either, so each is worked
// out once.
//
// This holds for what went well. Of an item that failed, or had something said of a sheet or a
// plugin, it is not known what else would have mattered: for it any change is one.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_BEARING_H
#define BRV_APP_BATCH_BEARING_H

#include "app/batch/batch.h"

struct brv_bearings; // those of one run
struct brv_bearings *brv_bearings_new(struct brv_batch *batch);

// The names of a document's sections, in order, a line each.
brv_str brv_sections_of(struct brv_arena *arena, const struct brv_document *document);

// The id of what bears on an output, or on an item, rendered now; the ledger has the row then.
// Within a group; an id lives as long as the arena.
enum brv_status brv_look_record(struct brv_bearings *bearings, struct brv_arena *arena,
                                brv_str elements, brv_str *id, struct brv_sink *sink)
    BRV_WARN_UNUSED;
enum brv_status brv_choice_record(struct brv_bearings *bearings, struct brv_arena *arena,
                                  brv_str kind, brv_str sections, brv_str *id,
                                  struct brv_sink *sink) BRV_WARN_UNUSED;

// Why an item that was rendered under the closure `before`, with all that is said of it, is to be
// rendered afresh in every format; empty: what changed bears on it in some of them at most, which
// brv_output_recast() tells. *is_fine: it does.
brv_str brv_item_recast(struct brv_bearings *bearings, struct brv_arena *arena,
                        const struct brv_closure *before, const struct brv_item_row *row,
                        bool *is_fine);
// The same for one of its outputs.
brv_str brv_output_recast(struct brv_bearings *bearings, struct brv_arena *arena,
                          const struct brv_closure *before, const struct brv_output_row *row);

#endif
