// Brevier — YAML front matter.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FRONT_H
#define BRV_LOAD_FRONT_H

#include "load/meta.h"

// Cuts front matter off a source's text: a first line "---", then lines up to "---" or "...".
// *yaml is what stands between, *body what follows; false when the text has none (a first line
// "---" that nothing closes is a rule of the Markdown).
bool brv_front_split(brv_str text, brv_str *yaml, brv_str *body);

// Reads the keys of front matter. A strict subset of YAML: one document, keys with a scalar, a list
// of scalars or further keys (they get dotted names); scalars are strings; no aliases, anchors,
// tags or merge keys.
enum brv_status brv_front_read(const struct brv_source *source, brv_str yaml,
                               struct brv_metadata *metadata) BRV_WARN_UNUSED;

#endif
