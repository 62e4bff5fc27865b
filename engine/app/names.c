// Brevier — names that exist, for "did you mean".
// SPDX-License-Identifier: MIT
#include "app/names.h"

#include "base/file.h"
#include "output/output.h"
#include "plugin/host.h"

struct names {
    struct brv_arena *arena;
    const char **items;
    size_t count;
    size_t capacity;
};

static void names_add(struct names *names, brv_str name)
{
    BRV_PUSH(names->arena, names->items, names->count, names->capacity) =
        brv_arena_cstr(names->arena, name);
}

const char *const *brv_names_of_plugins(struct brv_arena *arena, const struct brv_host *host,
                                        size_t *count)
{
    struct names names = { .arena = arena };
    for (size_t i = 0; i < brv_host_plugin_count(host); i++)
        names_add(&names, brv_host_plugin(host, i)->name);
    *count = names.count;
    return names.items;
}

const char *const *brv_names_of_outputs(struct brv_arena *arena, size_t *count)
{
    struct names names = { .arena = arena };
    for (size_t i = 0; brv_outputs[i]; i++)
        names_add(&names, brv_str_from_cstr(brv_outputs[i]->name));
    *count = names.count;
    return names.items;
}

const char *const *brv_names_of_files(struct brv_arena *arena, const brv_str *folders,
                                      size_t folder_count, const char *extension, size_t *count)
{
    struct names names = { .arena = arena };
    for (size_t i = 0; i < folder_count; i++) {
        size_t file_count = 0;
        const brv_str *files = brv_directory_list(arena, folders[i], &file_count);
        for (size_t k = 0; k < file_count; k++) {
            brv_str suffix = brv_path_extension(files[k]);
            if (brv_str_is(suffix, extension))
                names_add(&names, brv_str_slice(files[k], 0, files[k].len - suffix.len - 1));
        }
    }
    *count = names.count;
    return names.items;
}

void brv_names_hint_file(struct brv_arena *arena, brv_str path, struct brv_diag *diag,
                         struct brv_sink *sink)
{
    brv_str folder = brv_path_directory(path);
    size_t file_count = 0;
    const brv_str *files =
        brv_directory_list(arena, folder.len > 0 ? folder : BRV_S("."), &file_count);
    struct names names = { .arena = arena };
    for (size_t i = 0; i < file_count; i++)
        names_add(&names, files[i]);
    const char *nearest = brv_nearest(brv_path_file_name(path), names.items, names.count);
    if (nearest)
        brv_diag_hint(sink,
                      diag,
                      "did you mean \"%" BRV_STR_F "\"?",
                      BRV_STR_ARG(brv_path_join(arena, folder, brv_str_from_cstr(nearest))));
}
