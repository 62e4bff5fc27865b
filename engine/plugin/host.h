// Brevier — the plugin host: the one gate into Lua.
// The host finds plugin files, reads their manifests, decides which plugin renders a section and
// runs it in a budgeted sandbox. Whatever a plugin does costs no more than its own section.
// Each (document, plugin) pair has a Lua state of its own; nothing a plugin did is seen by another
// document. The essay in plugin/sandbox.c says how the budgets hold.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_HOST_H
#define BRV_PLUGIN_HOST_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/document.h"
#include "model/limits.h"

struct brv_host; // opaque: the plugins of a process, and the states they were born in

// Leave to do what a plugin's manifest asks for.
struct brv_plugin_grant {
    brv_str plugin;
    brv_str capability; // "clock" or "read"
    brv_str folder;     // that "read" is for
};
// "PLUGIN:clock" or "PLUGIN:read=FOLDER"; BRV_FAILED, without a message, when it is neither.
enum brv_status brv_plugin_grant_parse(brv_str text, struct brv_plugin_grant *grant)
    BRV_WARN_UNUSED;

struct brv_host_options {
    // Folders searched in order for *.lua and NAME/init.lua; the first plugin of a name wins.
    const brv_str *path;
    size_t path_count;
    // A file that brv_host_print_index() made of the last folder, by the build of this program:
    // what it tells of plugins that are still as they were needs no reading of them, and what it
    // compiled no compiling. Nobody else may write it: it holds bytecode. Empty, or no such file:
    // all are read and compiled.
    brv_str index;
    const struct brv_limits *limits;       // NULL: the defaults
    const struct brv_plugin_grant *grants; // must outlive the host
    size_t grant_count;
};

// Finds and loads every plugin of the path (their chunks run once, in the sandbox, for the
// manifest). A bad plugin is a located error in the sink and is left out. Never NULL.
struct brv_host *brv_host_new(struct brv_arena *arena, const struct brv_host_options *options,
                              struct brv_sink *sink);

// From now on a plugin's state is born once, and each document has a copy: for a process that
// renders many.
void brv_host_keep_states(struct brv_host *host);

// The index of a host made from one folder. What was reported of, or does not go into lines, is
// left out.
void brv_host_print_index(const struct brv_host *host, struct brv_buf *out);

// What is known of one plugin; owned by the host. The index tells all of it (plugin/index.c).
struct brv_plugin_info {
    brv_str name;
    brv_str version;
    brv_str summary;
    brv_str path;
    const brv_str *sections;
    size_t section_count;
    const brv_str *kinds;
    size_t kind_count;
    // What a transform works on, as "element", ".class" or "element.class": documents without any
    // of these do without it. None: all documents have it.
    const brv_str *elements;
    size_t element_count;
    bool has_match; // a function of its own chooses sections
    bool has_render;
    bool has_transform;
    bool has_cover;
    bool has_appendix;
};
size_t brv_host_plugin_count(const struct brv_host *host);
const struct brv_plugin_info *brv_host_plugin(const struct brv_host *host, size_t index);
const struct brv_plugin_info *brv_host_find(const struct brv_host *host, brv_str name);

// The files of a plugin: main file first, then the modules of its folder; their texts are the whole
// of the plugin. None when they were removed since the host was made.
size_t brv_host_file_count(const struct brv_host *host, size_t plugin);
const struct brv_source *brv_host_file(const struct brv_host *host, size_t plugin, size_t index);

// Whether the plugin's manifest asks for a capability.
bool brv_host_asks_for(const struct brv_host *host, size_t plugin, brv_str capability);
// What a plugin would be given for a path by its grants: the first of their folders that has it.
enum brv_status brv_host_read(const struct brv_host *host, struct brv_arena *arena, brv_str plugin,
                              brv_str path, brv_str *content, struct brv_sink *sink)
    BRV_WARN_UNUSED;
// The place of the plugin of a name; brv_host_plugin_count() when there is none.
size_t brv_host_index(const struct brv_host *host, brv_str name);

// The option of a plugin at a place in the order of names; false beyond the last.
struct brv_plugin_option {
    brv_str name;
    const char *type; // "integer", "enum", …
    brv_str help;
};
bool brv_host_option(const struct brv_host *host, size_t plugin, size_t index,
                     struct brv_plugin_option *option);

// Which plugin manifests choose for a section, and whose match functions are asked first, as a
// line: two hosts of which it is the same give the section to the same plugin, as far as its code
// says no more. What a stylesheet asks for is another matter.
void brv_host_print_choice(const struct brv_host *host, brv_str kind, brv_str slug,
                           struct brv_buf *out);
// The same of covers, appendices and transforms for a kind of analysis.
void brv_host_print_whole(const struct brv_host *host, brv_str kind, struct brv_buf *out);

// Warns of names in a plugin's files that do not exist: globals, options, fields of Brevier's
// modules and of what is called section and context.
void brv_host_lint(const struct brv_host *host, size_t plugin, struct brv_sink *sink);

// "plugin.option" = value settings from front matter or the command line, checked against the
// manifest when the plugin runs; of two for one option the later counts. What a stylesheet sets
// comes with its -brv-renderer and counts less.
struct brv_plugin_setting {
    brv_str plugin;
    brv_str option;
    brv_str value;
    struct brv_span span; // where it was written; no place for the command line
};

// How an element would look where a plugin's result will stand.
struct brv_plugin_look {
    uint32_t color;      // 0xRRGGBBAA
    uint32_t background; // behind its text, be it that of an element around it
    float font_size_pt;
    int font_weight;
    bool is_italic;
};

// What other rooms lend to plugins. A function that is NULL is not there, and a script that asks
// for it is told so. Each is given `user`.
struct brv_plugin_services {
    void *user;
    // Markdown to nodes below a new div in the arena; what it finds wrong goes to the sink.
    struct brv_node *(*markdown)(void *user, struct brv_arena *arena, brv_str text,
                                 struct brv_sink *sink);
    // The look of `element` in a section, which is NULL for the whole document.
    struct brv_plugin_look (*look)(void *user, const struct brv_section *section,
                                   struct brv_node *element);
    // The value of a custom property there; false when it has none.
    bool (*variable)(void *user, const struct brv_section *section, brv_str name, brv_str *value);
    // Told of what a plugin learnt by a grant: the content of a file, NULL when it could not be
    // had; or, with an empty path, the time. The outcome depends on it.
    void (*has_read)(void *user, brv_str plugin, brv_str path, const brv_str *content);
};

struct brv_render_options {
    brv_str output; // "pdf", "docx", "text"
    size_t text_width;
    const struct brv_plugin_setting *settings;
    size_t setting_count;
    const struct brv_plugin_services *services; // may be NULL
    bool is_timed; // brv_run_use() tells of time and elements too, which costs a little
};

// One document being rendered: the plugin states it has opened so far. Closed with its arena.
struct brv_run;
struct brv_run *brv_run_new(struct brv_arena *arena, struct brv_host *host,
                            const struct brv_document *document,
                            const struct brv_render_options *options);

// Renders one section (subsections included, unless a plugin leaves them to the host) and appends
// the elements to `parent`. `plugin` names the plugin the stylesheet asks for, or is empty: then
// the most specific match wins (section and kind, section, match function, kind, default). A name
// may be followed by options for this section: "timeline(columns: 3)".
// When the plugin fails, the default renderer shows the section's own content behind a
// `aside class="notice"`, the failure is an error of code plugin (or limit) with both places, and
// BRV_FAILED is returned; `parent` has the fallback. Never leaves a half-built tree.
enum brv_status brv_run_section(struct brv_run *run, const struct brv_section *section,
                                brv_str plugin, struct brv_node *parent, struct brv_sink *sink)
    BRV_WARN_UNUSED;

// When all sections are rendered: adds the covers and appendices of plugins that suit the
// document's kind, each in a `div class="cover"` or `div class="appendix"`, and lets their
// transforms change the article when it holds what they are for, in the order of the plugins.
// BRV_FAILED after an error; what failed is left out, the rest is there.
enum brv_status brv_run_document(struct brv_run *run, struct brv_node *article,
                                 struct brv_sink *sink) BRV_WARN_UNUSED;

// The document's last section is rendered: the plugins' states are given up with their memory. What
// they made stays.
void brv_run_end(struct brv_run *run);

// Whether a plugin's code has run for the document so far, be it only to ask its match function:
// then the outcome depends on it.
bool brv_run_has_used(const struct brv_run *run, size_t plugin);

// What a plugin's calls for the document have cost so far.
struct brv_plugin_use {
    size_t calls;
    uint64_t gas;        // of all calls
    uint64_t gas_most;   // of the dearest
    size_t memory_bytes; // the most that was held at any time
    size_t elements;     // that its calls returned or passed on; 0 unless the run is timed
    int64_t cpu_ns;      // 0 unless the run is timed
};
struct brv_plugin_use brv_run_use(const struct brv_run *run, size_t plugin);

// The Lua reference of the functions that C offers, as Markdown; printed from the binding tables.
void brv_plugin_reference(struct brv_buf *out);
// The same as type stubs for lua-language-server.
void brv_plugin_stubs(struct brv_buf *out);

#endif
