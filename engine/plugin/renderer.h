// Brevier — the value of -brv-renderer: a plugin's name, and options for this section.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_RENDERER_H
#define BRV_PLUGIN_RENDERER_H

#include "plugin/run.h"

// Takes "timeline(columns: 3, compact: true)" apart: *renderer becomes the name, the options go to
// the task. A plain name is one without options. BRV_FAILED after an error.
enum brv_status brv_renderer_read(struct brv_arena *arena, brv_str *renderer,
                                  struct brv_run_task *task, struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
