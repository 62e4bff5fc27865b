// Brevier — the canvas that a drawing's `draw` is given.
// A canvas adds to a recording through its own transform and clips. A group has a canvas of its
// own, so nothing needs to be put back when its function ends, however it ends.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_CANVAS_H
#define BRV_PLUGIN_CANVAS_H

#include "plugin/drawing.h"

struct brv_canvas {
    struct brv_recording *recording;
    struct brv_matrix matrix;
    const struct brv_path *clip;
    const struct brv_path *outer_clip; // around that one
};

// [-0, +1] A canvas without transform or clip.
struct brv_canvas *brv_canvas_push(lua_State *L, struct brv_recording *recording);
// The canvas at index 1, where methods find it; raises when it is none, or none any more.
struct brv_canvas *brv_canvas_check(lua_State *L);

struct brv_path_maker brv_canvas_new_path(lua_State *L, struct brv_canvas *canvas);
// The list of commands at `index`.
void brv_canvas_read_path(lua_State *L, int index, struct brv_path_maker *path);

// (canvas table function) The method group.
int brv_canvas_group(lua_State *L);

#endif
