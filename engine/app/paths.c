// Brevier — where plugins and stylesheets are found.
// SPDX-License-Identifier: MIT
#include "app/paths.h"

#include "base/file.h"

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdlib.h>
#include <unistd.h>

struct list {
    struct brv_arena *arena;
    brv_str *items;
    size_t count;
    size_t capacity;
};

static void list_add(struct list *list, brv_str path)
{
    if (path.len > 0)
        BRV_PUSH(list->arena, list->items, list->count, list->capacity) = path;
}

static void list_add_parted(struct list *list, const char *paths)
{
    brv_str all = brv_str_from_cstr(paths);
    for (size_t at = 0; at < all.len;) {
        size_t end = brv_str_find_byte(all, at, ':');
        list_add(list, brv_arena_str(list->arena, brv_str_slice(all, at, end)));
        at = end + 1;
    }
}

// Folders that a user need not have are searched only when they are there.
static void list_add_present(struct list *list, brv_str folder, const char *name)
{
    brv_str path = brv_path_join(list->arena, folder, brv_str_from_cstr(name));
    if (brv_is_directory(path))
        list_add(list, path);
}

static brv_str user_data(struct brv_arena *arena)
{
    const char *data = getenv("XDG_DATA_HOME");
    if (data && data[0] == '/')
        return brv_path_join(arena, brv_str_from_cstr(data), BRV_S("brevier"));
    const char *home = getenv("HOME");
    if (home && home[0] == '/')
        return brv_path_join(arena, brv_str_from_cstr(home), BRV_S(".local/share/brevier"));
    return (brv_str){ 0 };
}

static void list_add_standard(struct list *list, const char *name)
{
    brv_str user = user_data(list->arena);
    if (user.len > 0)
        list_add_present(list, user, name);
    list_add_present(list, brv_paths_data(list->arena), name);
}

// Where this code lies: the shared library, or the program, which has no name, when it is linked
// into that. dladdr() tells it too, but waits for any thread that is opening a module.
static brv_str own_binary(struct brv_arena *arena)
{
    char buffer[PATH_MAX];
    struct dl_find_object library;
    static char anchor;
    if (_dl_find_object(&anchor, &library) == 0 && library.dlfo_link_map->l_name[0] &&
        realpath(library.dlfo_link_map->l_name, buffer)) {
        brv_str file = brv_arena_str(arena, brv_str_from_cstr(buffer));
        brv_str folder = brv_path_directory(file);
        // A module lies one folder deeper than the library.
        return brv_str_is(brv_path_file_name(folder), "brevier") ? folder : file;
    }
    ssize_t length = readlink("/proc/self/exe", buffer, sizeof buffer);
    if (length > 0 && (size_t)length < sizeof buffer)
        return brv_arena_str(arena, (brv_str){ buffer, (size_t)length });
    return (brv_str){ 0 };
}

// What is installed somewhere beneath the build folder is not of the build tree.
static bool is_of_build_tree(brv_str binary)
{
    brv_str folder = brv_path_directory(binary);
    return brv_str_is(folder, BRV_BUILD_DIR "/bin") || brv_str_is(folder, BRV_BUILD_DIR "/lib");
}

brv_str brv_paths_data(struct brv_arena *arena)
{
    brv_str binary = own_binary(arena);
    if (is_of_build_tree(binary))
        return BRV_S(BRV_DATA_DIR_BUILD);
    enum { LEVELS = 2 }; // lib may have a folder per architecture
    brv_str folder = brv_path_directory(binary);
    for (int level = 0; level < LEVELS && folder.len > 1; level++) {
        folder = brv_path_directory(folder);
        brv_str beside = brv_path_join(arena, folder, BRV_S("share/brevier"));
        if (brv_is_directory(beside))
            return beside;
    }
    return BRV_S(BRV_DATA_DIR_INSTALLED);
}

brv_str brv_paths_modules(struct brv_arena *arena)
{
    brv_str binary = own_binary(arena);
    if (is_of_build_tree(binary))
        return BRV_S(BRV_BUILD_DIR "/lib/brevier");
    brv_str folder = brv_path_directory(binary);
    static const char *const relative[] = { BRV_MODULE_DIR_FROM_BIN, "brevier" };
    for (size_t i = 0; i < BRV_COUNT(relative) && folder.len > 0; i++) {
        brv_str beside = brv_path_join(arena, folder, brv_str_from_cstr(relative[i]));
        if (brv_is_directory(beside))
            return beside;
    }
    return BRV_S(BRV_MODULE_DIR_INSTALLED);
}

brv_str brv_paths_plugin_index(struct brv_arena *arena)
{
    return brv_path_join(arena, brv_paths_modules(arena), BRV_S("plugins.index"));
}

brv_str brv_paths_font_index(struct brv_arena *arena)
{
    return brv_path_join(arena, brv_paths_modules(arena), BRV_S("fonts.index"));
}

brv_str brv_paths_font_digests(struct brv_arena *arena)
{
    return brv_path_join(arena, brv_paths_modules(arena), BRV_S("fonts.digests"));
}

struct brv_paths brv_paths_plugins(struct brv_arena *arena, const brv_str *first, size_t count)
{
    struct list list = { .arena = arena };
    for (size_t i = 0; i < count; i++)
        list_add(&list, first[i]);
    const char *more = getenv("BREVIER_PLUGIN_PATH");
    if (more)
        list_add_parted(&list, more);
    list_add_standard(&list, "plugins");
    return (struct brv_paths){ list.items, list.count };
}

struct brv_paths brv_paths_stylesheets(struct brv_arena *arena)
{
    struct list list = { .arena = arena };
    list_add_standard(&list, "stylesheets");
    return (struct brv_paths){ list.items, list.count };
}
