// Brevier — elements across the border: nodes of the model as plain tables of Lua and back.
// An element is { tag = "p", class = "lead", "text", { tag = "em", "more" } }: string keys are
// attributes, positional values are children. Text is a string. One vocabulary for what a plugin
// receives and what it returns.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_ELEMENTS_H
#define BRV_PLUGIN_ELEMENTS_H

#include "model/node.h"

#include <lua.h>

enum { BRV_OUTPUT_TEXT_BYTES = 4 << 20 };

// [-0, +1] Pushes a node: a text as a string, anything else as an element table with its place
// noted invisibly.
typedef void brv_element_push_fn(lua_State *L, const struct brv_node *node);

// With all that is below it.
brv_element_push_fn brv_element_push;
// Filled when a script looks into it (elements_asleep.c). The node must never change, and last as
// long as the state.
brv_element_push_fn brv_element_push_asleep;

// What elements that are asleep have in common, ahead of the first of them.
void brv_elements_prepare(lua_State *L);

// [-0, +1] A node and those after it as a list.
void brv_elements_push_list(lua_State *L, const struct brv_node *first);
void brv_elements_push_list_asleep(lua_State *L, const struct brv_node *first);

// The node that the table at `index` stands for as long as it is asleep; else NULL.
bool brv_element_is_asleep(lua_State *L, int index);
const struct brv_node *brv_element_asleep(lua_State *L, int index);
// Whether it has got attributes in its sleep, which the table holds.
bool brv_element_is_dressed(lua_State *L, int index);
// Fills the table at `index` if it is asleep.
void brv_element_wake(lua_State *L, int index);

// The parts of pushing. [-0, +1] A table with room for all of the node, and its place.
void brv_element_create(lua_State *L, const struct brv_node *node);
// [-0, +0] Adds tag, attributes and children to the table at the absolute index.
void brv_element_fill(lua_State *L, int index, const struct brv_node *node,
                      brv_element_push_fn *push);
// [-0, +1]
void brv_elements_push_each(lua_State *L, const struct brv_node *first, brv_element_push_fn *push);

// [-0, +1] A new element of a kind from the arguments 1 … top: strings, numbers, elements, lists of
// these, nil and false (passed over), and tables of attributes and children. Raises at the caller's
// line for an unknown attribute or a value that is no content.
int brv_element_construct(lua_State *L, enum brv_kind kind);

// How what a script made is read.
struct brv_elements_reading {
    const char *what;              // "render returned", as messages begin
    struct brv_span span;          // of the nodes that were not passed through
    size_t budget;                 // the number of nodes that may be made
    const struct brv_node *around; // in the document, where it will stand; NULL: a section's place
};

// Reads what stands at `index` — an element or a list of them — and appends the nodes to `parent`,
// which is of the kind of what will be around. Nodes that were passed through keep their spans.
// Raises with the path of what is wrong.
void brv_elements_read(lua_State *L, int index, struct brv_node *parent,
                       const struct brv_elements_reading *reading);

// A copy of text as every later stage may rely on it: what cannot be shown becomes U+FFFD.
brv_str brv_elements_clean_text(struct brv_arena *arena, brv_str text);

// Adds the plain text of an element, text or list at `index` to a text under construction.
void brv_elements_add_text(lua_State *L, int index, size_t start, int depth);

#endif
