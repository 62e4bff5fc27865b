// Brevier — opening modules.
// SPDX-License-Identifier: MIT
//
// To bind what layout needs takes 1.2 ms, what writes PDF or Word half of one, and none of it
// depends on the document. Where there are two processors the worker does it while sheets, plugins
// and the document are read, first what is needed first. It touches nothing of the caller's: the
// fonts have an arena of their own, nothing is reported, and each module is waited for before its
// first use. What it did the caller finds done; where it failed, the caller fails in the same way
// and says so.
//
// Who opens or asks for a symbol waits for any other thread that opens a library. So what the
// worker opened is taken as it found it: the caller builds a Word document while the worker is
// still at libzip.
//
// libzip is linked with libcrypto, for archives that are encrypted, as ours never are. To bind that
// would take another 1.4 ms, so a stand-in is opened before it, which the loader takes for
// libcrypto. That is only for a process that is all ours and ends soon: a program that uses us as a
// library may well want the real one later.
#include "app/modules.h"

#include "app/paths.h"
#include "base/file.h"

#include <dlfcn.h>

static const struct brv_module *module_fault(const char *name, brv_str path, const char *why,
                                             struct brv_sink *sink)
{
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_OUTPUT,
                                       brv_span_none(),
                                       "cannot open the module for %s: %s",
                                       name,
                                       why);
    brv_diag_hint(sink, diag, "it is expected at \"%" BRV_STR_F "\"", BRV_STR_ARG(path));
    return NULL;
}

static brv_str module_path(struct brv_arena *arena, const char *name)
{
    brv_str file = brv_arena_printf(arena, "%s.so", name);
    return brv_path_join(arena, brv_paths_modules(arena), file);
}

static void *module_load(const char *path)
{
    return dlopen(path, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
}

// NULL when it is none, or of another build.
static const struct brv_module *module_in(void *handle)
{
    const struct brv_module *module = dlsym(handle, BRV_MODULE_SYMBOL);
    return module && strcmp(module->build, BRV_MODULE_BUILD) == 0 ? module : NULL;
}

const struct brv_module *brv_module_open(struct brv_arena *arena, const char *name,
                                         struct brv_sink *sink)
{
    brv_str path = module_path(arena, name);
    if (!brv_file_exists(path))
        return module_fault(name, path, "there is no such file", sink);
    void *handle = module_load(brv_arena_cstr(arena, path));
    if (!handle)
        return module_fault(name, path, dlerror(), sink);
    const struct brv_module *module = module_in(handle);
    if (!module)
        return module_fault(name, path, "it is of another build than the program", sink);
    return module;
}

// ---- ahead of its use

struct brv_module_ahead {
    struct brv_module_ahead *before;
    struct brv_worker *worker;
    struct brv_task task;
    const char *name;
    const char *path;
    const char *stand_in; // opened before it; NULL: nothing is
    brv_str font_index;
    const struct brv_module *module; // NULL: it could not be opened
    struct brv_arena *arena;         // of the fonts; NULL: there are none
    struct brv_fonts *fonts;
};

static void open_ahead(void *user)
{
    struct brv_module_ahead *ahead = user;
    // Without it, and where libzip is newer than it and asks for more, the real one is found.
    void *stand_in = ahead->stand_in ? dlopen(ahead->stand_in, RTLD_LAZY | RTLD_LOCAL) : NULL;
    void *handle = module_load(ahead->path);
    if (stand_in && !handle)
        dlclose(stand_in);
    const struct brv_module *module = ahead->module = handle ? module_in(handle) : NULL;
    if (module && module->fonts_new) {
        ahead->arena = brv_arena_new();
        ahead->fonts = module->fonts_new(ahead->arena, ahead->font_index);
        module->fonts_help(ahead->fonts, ahead->worker);
    }
}

static void drop_ahead(void *ptr)
{
    struct brv_module_ahead *ahead = ptr;
    brv_worker_finish(ahead->worker, &ahead->task);
    brv_arena_free(ahead->arena);
}

struct brv_module_ahead *brv_module_open_ahead(struct brv_arena *arena, struct brv_worker *worker,
                                               const char *name, struct brv_module_ahead *before)
{
    if (!worker)
        return NULL;
    struct brv_module_ahead *ahead = BRV_NEW(arena, struct brv_module_ahead);
    ahead->before = before;
    ahead->worker = worker;
    ahead->name = name;
    ahead->path = brv_arena_cstr(arena, module_path(arena, name));
    if (strcmp(name, BRV_MODULE_ZIP) == 0)
        ahead->stand_in = brv_arena_cstr(arena, module_path(arena, BRV_MODULE_CRYPTO));
    ahead->font_index = brv_paths_font_index(arena);
    brv_arena_on_free(arena, drop_ahead, ahead);
    brv_worker_start(worker, &ahead->task, open_ahead, ahead);
    return ahead;
}

const struct brv_module *brv_module_join(struct brv_module_ahead *ahead, const char *name)
{
    while (ahead && strcmp(ahead->name, name) != 0)
        ahead = ahead->before;
    if (!ahead)
        return NULL;
    if (brv_worker_take_back(ahead->worker, &ahead->task))
        open_ahead(ahead);
    brv_worker_finish(ahead->worker, &ahead->task);
    return ahead->module;
}

struct brv_fonts *brv_module_join_fonts(struct brv_module_ahead *ahead)
{
    (void)brv_module_join(ahead, BRV_MODULE_LAYOUT);
    while (ahead && !ahead->fonts)
        ahead = ahead->before;
    return ahead ? ahead->fonts : NULL;
}
