// Brevier — a manifest read from a plugin's text, without running it.
// Most documents need few of the plugins that are shipped, and compiling all of them costs more
// than the document. Where a manifest stands in plain words — `return {` on a line of its own,
// texts in quotes, lists of them, render or transform last — it is read as text, and the plugin is
// compiled when it is first called. Then the manifest is read again, from the run, and that one
// counts.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_PEEK_H
#define BRV_PLUGIN_PEEK_H

#include "plugin/manifest.h"

// NULL when the text does not tell it all: then the plugin has to be run.
struct brv_manifest *brv_manifest_peek(struct brv_arena *arena, const struct brv_program *program);

#endif
