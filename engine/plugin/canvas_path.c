// Brevier — free paths of a canvas: { "M", 0, 0, "L", 10, 10, "Z" }.
// SPDX-License-Identifier: MIT
#include "plugin/canvas.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

struct command {
    const char *name;
    int numbers;
    const char *meaning;
};
static const struct command commands[] = {
    { "M", 2, "x, y" },
    { "L", 2, "x, y" },
    { "C", 6, "x1, y1, x2, y2, x, y" },
    { "Q", 4, "x1, y1, x, y" },
    { "A", 5, "x, y, radius, from, to" },
    { "Z", 0, "nothing" },
};

static void run_command(struct brv_path_maker *path, char name, const double n[6])
{
    if (path->count == 0 && name != 'M' && name != 'A')
        luaL_error(path->L, "a path begins with \"%c\", expected \"M\"", name);
    switch (name) {
    case 'M':
        brv_path_move(path, n[0], n[1]);
        return;
    case 'L':
        brv_path_line(path, n[0], n[1]);
        return;
    case 'C':
        brv_path_curve(path, n);
        return;
    case 'Q': // one control point: two thirds of the way to it from either end
        brv_path_curve(path,
                       (const double[6]){
                           path->x + (n[0] - path->x) * 2 / 3,
                           path->y + (n[1] - path->y) * 2 / 3,
                           n[2] + (n[0] - n[2]) * 2 / 3,
                           n[3] + (n[1] - n[3]) * 2 / 3,
                           n[2],
                           n[3],
                       });
        return;
    case 'A':
        brv_path_arc(path, n[0], n[1], fabs(n[2]), fabs(n[2]), n[3], n[4]);
        return;
    default:
        brv_path_close(path);
        return;
    }
}

void brv_canvas_read_path(lua_State *L, int index, struct brv_path_maker *path)
{
    brv_lua_check_table(L, index);
    lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    bool is_done = false; // a closed subpath: only M may follow
    for (lua_Integer i = 1; i <= count;) {
        brv_charge(L, 4);
        lua_rawgeti(L, index, i);
        const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
        size_t which = 0;
        while (which < BRV_COUNT(commands) && strcmp(commands[which].name, name) != 0)
            which++;
        if (which == BRV_COUNT(commands))
            luaL_error(L,
                       "item %I of a path is no command, expected \"M\", \"L\", \"C\", \"Q\", "
                       "\"A\" or \"Z\"",
                       (LUAI_UACINT)i);
        const struct command *command = &commands[which];
        lua_pop(L, 1);
        double numbers[6] = { 0 };
        for (int n = 0; n < command->numbers; n++) {
            lua_rawgeti(L, index, i + 1 + n);
            if (lua_type(L, -1) != LUA_TNUMBER)
                luaL_error(L,
                           "\"%s\" at item %I of a path needs %d numbers: %s",
                           command->name,
                           (LUAI_UACINT)i,
                           command->numbers,
                           command->meaning);
            numbers[n] = brv_coordinate_check(L, -1, "path");
            lua_pop(L, 1);
        }
        if (is_done && *command->name != 'M')
            luaL_error(L, "item %I of a path follows \"Z\", expected \"M\"", (LUAI_UACINT)i);
        run_command(path, *command->name, numbers);
        is_done = *command->name == 'Z';
        i += 1 + command->numbers;
    }
}
