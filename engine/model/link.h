// Brevier — links: which addresses may be one, and what becomes of the others.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_LINK_H
#define BRV_MODEL_LINK_H

#include "model/node.h"

// The policy shared by all inputs and outputs: http and https with a host, mailto, tel and "#id"
// may become links. Control characters and white space in a scheme never hide it.
bool brv_url_is_allowed(brv_str url);

// Where the authority ends in what follows a scheme's ":", which is "//", an authority, then path,
// query or fragment; 0 when there is none.
size_t brv_url_authority_end(brv_str rest);

// True when the target may be a link; else warns at `span`.
bool brv_link_check(struct brv_sink *sink, brv_str target, enum brv_code code,
                    struct brv_span span);

// Shows the target of a refused link in parentheses at the end of `holder`, the span that took the
// link's place, unless its text is the target.
void brv_link_refuse(struct brv_arena *arena, struct brv_node *holder, brv_str target);

// Checks all links of a tree that is complete but for its contents: those that plugins made against
// the policy, and those within the document, each of which must lead to an element of it. One that
// fails becomes a span that shows its target, with a warning. One without words gets those of the
// heading that it leads to, or its target.
void brv_links_check(struct brv_arena *arena, struct brv_node *root, struct brv_sink *sink);

#endif
