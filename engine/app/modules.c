// Brevier — opening modules.
// SPDX-License-Identifier: MIT
#include "app/modules.h"

#include "app/paths.h"
#include "base/file.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

struct brv_module_opening {
    const char *name;
    const char *path;
    pthread_t thread;
    bool is_running; // the thread is to be waited for
    void *handle;    // written by the thread
    char *fault;     // what dlopen() says; the message belongs to the thread that asked
};

static void *opening_run(void *ptr)
{
    struct brv_module_opening *opening = ptr;
    opening->handle = dlopen(opening->path, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (!opening->handle)
        opening->fault = strdup(dlerror());
    return NULL;
}

static void opening_wait(struct brv_module_opening *opening)
{
    if (opening->is_running)
        pthread_join(opening->thread, NULL);
    opening->is_running = false;
}

static void opening_end(void *ptr)
{
    struct brv_module_opening *opening = ptr;
    opening_wait(opening);
    free(opening->fault);
}

struct brv_module_opening *brv_module_begin(struct brv_arena *arena, const char *name)
{
    struct brv_module_opening *opening = BRV_NEW(arena, struct brv_module_opening);
    brv_str file = brv_arena_printf(arena, "%s.so", name);
    opening->name = name;
    opening->path = brv_arena_cstr(arena, brv_path_join(arena, brv_paths_modules(arena), file));
    brv_arena_on_free(arena, opening_end, opening);
    if (!brv_file_exists(brv_str_from_cstr(opening->path)))
        return opening;
    opening->is_running = pthread_create(&opening->thread, NULL, opening_run, opening) == 0;
    if (!opening->is_running) // no thread to be had: now is as good
        opening_run(opening);
    return opening;
}

const struct brv_module *brv_module_finish(struct brv_module_opening *opening,
                                           struct brv_sink *sink)
{
    opening_wait(opening);
    const struct brv_module *module =
        opening->handle ? dlsym(opening->handle, BRV_MODULE_SYMBOL) : NULL;
    const char *fault = opening->fault ? opening->fault : "there is no such file";
    if (opening->handle)
        fault = "it is of another build than the program";
    if (module && strcmp(module->build, BRV_MODULE_BUILD) == 0)
        return module;
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_OUTPUT,
                                       brv_span_none(),
                                       "cannot open the module for %s: %s",
                                       opening->name,
                                       fault);
    brv_diag_hint(sink, diag, "it is expected at \"%s\"", opening->path);
    return NULL;
}
