// Brevier — the value of -brv-renderer.
// SPDX-License-Identifier: MIT
#include "plugin/renderer.h"

enum { RENDERER_OPTIONS_MAX = 50 };

static enum brv_status fault(const struct brv_run_task *task, brv_str renderer,
                             struct brv_sink *sink)
{
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_STYLE,
               task->place,
               "the stylesheet asks for \"%" BRV_STR_F
               "\" here, expected a plugin as in \"timeline(columns: 3, compact: true)\"",
               BRV_STR_ARG(renderer));
    return BRV_FAILED;
}

enum brv_status brv_renderer_read(struct brv_arena *arena, brv_str *renderer,
                                  struct brv_run_task *task, struct brv_sink *sink)
{
    brv_str whole = *renderer;
    size_t open = brv_str_find_byte(whole, 0, '(');
    if (open == whole.len)
        return BRV_OK;
    brv_str name = brv_str_trim(brv_str_slice(whole, 0, open));
    brv_str rest = brv_str_trim(brv_str_slice(whole, open + 1, whole.len));
    if (name.len == 0 || !brv_str_ends_with(rest, BRV_S(")")))
        return fault(task, whole, sink);
    rest = brv_str_slice(rest, 0, rest.len - 1);
    struct brv_plugin_setting *settings =
        BRV_NEW_ARRAY(arena, struct brv_plugin_setting, RENDERER_OPTIONS_MAX);
    while (rest.len > 0) {
        brv_str option = brv_str_next_item(&rest, ',');
        size_t colon = brv_str_find_byte(option, 0, ':');
        if (colon == option.len || task->setting_count == RENDERER_OPTIONS_MAX)
            return fault(task, whole, sink);
        settings[task->setting_count++] = (struct brv_plugin_setting){
            .plugin = name,
            .option = brv_str_trim(brv_str_slice(option, 0, colon)),
            .value = brv_str_trim(brv_str_slice(option, colon + 1, option.len)),
            .span = task->place,
        };
    }
    task->settings = settings;
    *renderer = name;
    return BRV_OK;
}
