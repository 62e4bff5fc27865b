// Brevier — what an element's table holds besides its children.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_ELEMENT_SHAPE_H
#define BRV_PLUGIN_ELEMENT_SHAPE_H

#include "model/node.h"

#include <lua.h>

enum { BRV_DATA_ATTRS_MAX = 16, BRV_NAMED_ATTRS = BRV_ATTR_DATA };

// The entries of a table besides its children, as slices that live as long as the table. What is
// not said to be there is not filled.
struct brv_element_shape {
    brv_str tag;
    bool has_tag;
    lua_Integer length; // the greatest position; holes are nil
    brv_str attrs[BRV_NAMED_ATTRS];
    bool has_attr[BRV_NAMED_ATTRS];
    struct brv_attr data[BRV_DATA_ATTRS_MAX]; // sorted by name
    size_t data_count;
};

// Reads all entries of the table at `index` but the children. Raises for an unknown attribute, a
// value of a wrong type, a key that is no name and for too many holes; `element` names it in
// messages.
void brv_element_shape_read(lua_State *L, int index, struct brv_element_shape *shape,
                            const char *element);
// Adds the tag and the attributes of a node, none of which the shape has.
void brv_element_shape_add_node(lua_State *L, struct brv_element_shape *shape,
                                const struct brv_node *node);
bool brv_element_shape_has_attrs(const struct brv_element_shape *shape);

#endif
