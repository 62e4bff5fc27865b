// Brevier — `brevier plugin`: what the authors of plugins need, shared by the files of this folder.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_PLUGIN_PLUGIN_H
#define BRV_APP_PLUGIN_PLUGIN_H

#include "app/cli.h"

// A plugin that the command line names by its file or folder, with all that renders with it.
struct brv_plugin_subject {
    struct brv_cli *cli;
    struct brv_tools *tools; // its folder comes first on the search path
    size_t index;            // in the host
    const struct brv_plugin_info *info;
    brv_str path;  // of the file, or of the folder without a "/" at its end
    brv_str tests; // NAME/tests, or NAME.tests beside NAME.lua
};

// Loads the plugin at `path`. BRV_FAILED with an error reported.
enum brv_status brv_plugin_open(struct brv_cli *cli, brv_str path,
                                struct brv_plugin_subject *subject) BRV_WARN_UNUSED;

// A document of a test on its way, for one output.
struct brv_job brv_plugin_job(const struct brv_plugin_subject *subject, struct brv_arena *arena,
                              const struct brv_output *output);

// Texts of sections that renderers are seldom written for.
struct brv_awkward_section {
    const char *name; // "an empty section"
    const char *text; // what follows the heading
    size_t repeat;    // how many times; 0 is once
};
extern const struct brv_awkward_section brv_awkward_sections[];
extern const size_t brv_awkward_section_count;

// The subcommands, each for the operands from the second on.
enum brv_exit brv_plugin_list(struct brv_cli *cli);
enum brv_exit brv_plugin_new(struct brv_cli *cli);
enum brv_exit brv_plugin_check(struct brv_cli *cli);
enum brv_exit brv_plugin_test(struct brv_cli *cli);
enum brv_exit brv_plugin_stubs_show(struct brv_cli *cli);
// "index FOLDER -o FILE": what a start asks of the plugins of a folder; those with faults are told
// and left out.
enum brv_exit brv_plugin_index_write(struct brv_cli *cli);

// Renders the tests of a plugin and compares, or writes, what is expected of them.
enum brv_exit brv_plugin_run_tests(struct brv_plugin_subject *subject, bool is_update,
                                   struct brv_buf *out);

#endif
