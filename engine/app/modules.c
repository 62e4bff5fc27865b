// Brevier — opening modules.
// SPDX-License-Identifier: MIT
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

const struct brv_module *brv_module_open(struct brv_arena *arena, const char *name,
                                         struct brv_sink *sink)
{
    brv_str file = brv_arena_printf(arena, "%s.so", name);
    brv_str path = brv_path_join(arena, brv_paths_modules(arena), file);
    if (!brv_file_exists(path))
        return module_fault(name, path, "there is no such file", sink);
    void *handle = dlopen(brv_arena_cstr(arena, path), RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (!handle)
        return module_fault(name, path, dlerror(), sink);
    const struct brv_module *module = dlsym(handle, BRV_MODULE_SYMBOL);
    if (!module || strcmp(module->build, BRV_MODULE_BUILD) != 0)
        return module_fault(name, path, "it is of another build than the program", sink);
    return module;
}
