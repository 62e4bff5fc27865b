// Brevier — `--trace`: what each plugin took.
// Times differ from run to run: they go to standard error and into no output.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_PLUGIN_TRACE_H
#define BRV_APP_PLUGIN_TRACE_H

#include "app/cli.h"

// Prints a line for each plugin that ran for a document, the dearest first; nothing without
// --trace. The job has been built; `name` is the document's in messages.
void brv_trace_job(const struct brv_cli *cli, const struct brv_job *job, brv_str name);

// The same of one plugin's use for documents that were made up.
void brv_trace_plugin(const struct brv_cli *cli, brv_str about, brv_str plugin,
                      const struct brv_plugin_use *use);

// Joins what was used for one document more.
void brv_trace_add(struct brv_plugin_use *sum, const struct brv_plugin_use *use);

#endif
