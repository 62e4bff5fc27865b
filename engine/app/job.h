// Brevier — one document through the pipeline.
// The one file that sees all rooms. A brv_tools holds what the documents of a process share; a
// brv_job takes one document through load, plugins, cascade, layout and output, stage by stage, so
// that `inspect` can stop anywhere. Each stage needs the one before it.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_JOB_H
#define BRV_APP_JOB_H

#include "app/contents.h"
#include "output/module.h"
#include "plugin/host.h"

struct brv_tools_options {
    const brv_str *sheets; // names or paths in cascade order; none: "briefing"
    size_t sheet_count;
    const brv_str *plugin_path; // folders searched before the standard ones
    size_t plugin_path_count;
    const brv_str *settings; // "KEY=VALUE": custom properties and plugin options
    size_t setting_count;
    const brv_str *grants; // "PLUGIN:CAPABILITY"
    size_t grant_count;
    bool is_strict; // what the stylesheet or a plugin got wrong fails the document
};

// What a plugin learnt by a grant while the article was built.
struct brv_job_read {
    const struct brv_job_read *next;
    brv_str plugin;
    brv_str path;    // empty: the clock
    brv_str content; // of the file, in the job's arena
    bool is_missing; // it could not be had
};

enum { BRV_MODULE_LIMIT = 8 };

struct brv_tools {
    struct brv_arena *arena;
    struct brv_limits limits;
    struct brv_stylesheets *sheets;
    struct brv_host *host;
    // Opened when first needed: text needs no module, and only pages need layout and fonts.
    const struct brv_module *modules[BRV_MODULE_LIMIT]; // by the output's place in brv_outputs
    const struct brv_module *layout;
    const struct brv_zip *zip;
    struct brv_fonts *fonts;
    struct brv_worker *worker;      // NULL: none (base/worker.h)
    struct brv_memo *memo;          // NULL: none, as for a process that renders once (base/memo.h)
    struct brv_style_cache *styles; // the same
    struct brv_module_ahead *ahead; // what it opens meanwhile; NULL: nothing (app/modules.h)
    const struct brv_plugin_setting *settings;
    size_t setting_count;
    bool is_strict;
    bool is_degraded; // a plugin could not be loaded, nor a sheet that one imports
};

// Reads stylesheets and plugins. NULL, with an error reported, when no stylesheet can be had, a
// setting makes no sense or, in strict mode, anything was wrong with a sheet or a plugin.
struct brv_tools *brv_tools_new(struct brv_arena *arena, const struct brv_tools_options *options,
                                struct brv_sink *sink);
// From now on, what documents have in common is made once: for a process that renders many.
void brv_tools_keep_common(struct brv_tools *tools);
// The module that renders an output; NULL, with an error reported, when it cannot be opened. Only
// for outputs that have one.
const struct brv_module *brv_tools_module(struct brv_tools *tools, const struct brv_output *output,
                                          struct brv_sink *sink);
// The module that lays out, in the same way.
const struct brv_module *brv_tools_layout(struct brv_tools *tools, struct brv_sink *sink);
// It with the fonts of the process in tools->fonts.
const struct brv_module *brv_tools_fonts(struct brv_tools *tools, struct brv_sink *sink);
// Archives for outputs that are packages, as struct brv_zip_source asks for them; `user` is the
// tools.
const struct brv_zip *brv_tools_zip(void *user, struct brv_sink *sink);

struct brv_job {
    struct brv_arena *arena; // lives until the bytes are written
    struct brv_tools *tools;
    const struct brv_output *output;
    struct brv_output_options options;   // `date` is set by the load stage
    brv_str date;                        // as given by --date; empty for the document's own
    brv_str asset_root;                  // folder of its pictures; empty: it has none
    brv_str word_template;               // as given by --word-template; empty for the sheet's own
    struct brv_contents_wishes contents; // lists that the user asks for
    bool is_traced;                      // the styled tree knows where its values come from
    bool times_plugins;                  // brv_run_use() tells what each took
    bool reports_loss;                   // notes say what the output cannot honour of the sheets

    struct brv_document *document; // load
    struct brv_run *run;           // build: the plugins at work
    struct brv_node *article;      // build
    struct brv_styled *styled;     // style; NULL once it is laid out in pages to be drawn
    struct brv_arena **styled_arena;
    struct brv_pages *pages; // lay out, for outputs that want or quote pages; or NULL
    bool is_degraded;        // a section fell back
    // What plugins learnt by grants while the article was built, each once.
    const struct brv_job_read *reads;
};

// Each returns BRV_FAILED with an error reported when there is nothing to go on with. A plugin that
// fails does not stop the job: it sets is_degraded.
enum brv_status brv_job_load(struct brv_job *job, brv_str name, brv_str bytes,
                             struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_job_build(struct brv_job *job, struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_job_style(struct brv_job *job, struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_job_lay_out(struct brv_job *job, struct brv_sink *sink) BRV_WARN_UNUSED;
enum brv_status brv_job_write(struct brv_job *job, struct brv_buf *out, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// The stages after load, whose document several jobs may share: none of them changes it.
enum brv_status brv_job_render(struct brv_job *job, struct brv_buf *out, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// All stages. In strict mode a degraded document, or one with a fault of style, fails at the end.
enum brv_status brv_job_run(struct brv_job *job, brv_str name, brv_str bytes, struct brv_buf *out,
                            struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
