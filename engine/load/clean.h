// Brevier — text that did not pass the sanitiser of a source: escapes and character references can
// make characters that the bytes of the file did not hold.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_CLEAN_H
#define BRV_LOAD_CLEAN_H

#include "model/node.h"

// The code point itself, or U+FFFD for one that no text may hold (controls but tab and line feed,
// surrogates, noncharacters, beyond Unicode), with a warning at `span`.
uint32_t brv_clean_codepoint(uint32_t codepoint, struct brv_span span, struct brv_sink *sink);

// `text` with such characters replaced; itself when there are none. One warning at `span`.
brv_str brv_clean_text(struct brv_arena *arena, brv_str text, struct brv_span span,
                       struct brv_sink *sink);

// `text` with the bidirectional embeddings, overrides and isolates it leaves open closed at its
// end, so that they cannot reorder what follows; itself when all are closed. Warns.
brv_str brv_bidi_close(struct brv_arena *arena, brv_str text, struct brv_span span,
                       struct brv_sink *sink);

// The last pass over a loaded tree: closes bidirectional controls at the end of each run of inline
// content, shows them as "⟨U+202E⟩" in code, and joins neighbouring text nodes, so that equal
// content makes equal trees whatever form it was loaded from.
void brv_tree_settle(struct brv_arena *arena, struct brv_node *root, struct brv_sink *sink);

#endif
