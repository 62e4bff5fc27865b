// Brevier — what a plugin returned becomes part of the document.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_RESULT_H
#define BRV_PLUGIN_RESULT_H

#include "base/diag.h"
#include "base/hash.h"
#include "model/document.h"

// Where messages about a section point: its heading, else its beginning.
struct brv_span brv_section_place(const struct brv_section *section);

// Appends the notice that stands before a section whose plugin failed.
void brv_result_add_notice(struct brv_arena *arena, const struct brv_section *section,
                           brv_str plugin, struct brv_node *parent);

// An id leads to one place: a second element that claims it goes without, with a warning.
void brv_result_keep_ids_unique(struct brv_map *ids, struct brv_node *root, struct brv_sink *sink);

// Settles what all results have in common: section elements carry the section's slug as their first
// class, and an id that was given out before is taken away, with a warning.
void brv_result_settle(struct brv_arena *arena, struct brv_map *ids,
                       const struct brv_section *section, struct brv_node *result,
                       struct brv_sink *sink);

// Moves the children of one node to the end of another.
void brv_result_move(struct brv_node *from, struct brv_node *to);

#endif
