// Brevier — what plugin tests share: plugins and a document in, elements and diagnostics out.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_PLUGIN_RIG_H
#define BRV_TESTS_PLUGIN_RIG_H

#include "base/buf.h"
#include "base/file.h"
#include "load/load.h"
#include "plugin/host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct rig {
    struct brv_arena *arena;
    struct brv_sink sink;
    struct brv_limits limits;
    const struct brv_plugin_grant *grants;
    size_t grant_count;
    struct brv_host *host;
    struct brv_document *document;
    struct brv_render_options options;
    struct brv_node *article;
    size_t failures; // sections that fell back
};

// An empty rig with default limits.
void rig_start(struct rig *rig);
void rig_end(struct rig *rig);

// Writes a plugin file into the folder "<scratch>/<folder>", made anew by rig_clear().
void rig_clear(const char *folder);
void rig_write(const char *folder, const char *file_name, const char *content);
brv_str rig_folder(struct rig *rig, const char *folder);

// Makes the host from one folder of plugins.
void rig_host(struct rig *rig, brv_str folder);
// The same from a folder of its own that holds nothing but this plugin, NAME.lua.
void rig_plugin(struct rig *rig, const char *name, const char *source);
void rig_document(struct rig *rig, const char *markdown);
// Renders every top section below rig->article with the plugin that fits.
void rig_render(struct rig *rig);

// NUL-terminated, in the arena.
const char *rig_dump(struct rig *rig, const struct brv_node *node);
const char *rig_diagnostics(struct rig *rig);
const char *rig_plain(struct rig *rig);

// One call: a plugin for the section "probe" whose render has this body, between two sections that
// the default renders. Fills the rig.
void rig_probe(struct rig *rig, const char *render_body);

#endif
