// Brevier — reading sheets: what sheet.c, sheet_rules.c and sheet_settings.c share.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_SHEET_READ_H
#define BRV_STYLE_SHEET_READ_H

#include "style/sheet.h"

// The chain of files being read, for relative paths and cycles.
struct brv_sheet_file {
    const struct brv_sheet_file *importer;
    brv_str path;
    brv_str key;
    int depth;
};

struct brv_sheet_loader {
    struct brv_arena *arena;
    struct brv_stylesheets *sheets; // NULL before brv_sheet_begin()
    const struct brv_stylesheets_options *options;
    struct brv_limits limits;
    struct brv_sink *sink;
    struct brv_arena *scratch; // tokens
    size_t file_count;
    size_t byte_count; // of all files
    bool is_full;      // the rule limit was met and reported
};

// Where rules are being read: one of these a sheet, @media or @layer block.
struct brv_sheet_scope {
    const struct brv_sheet_file *file;
    const struct brv_source *source;
    enum brv_css_origin origin;
    struct brv_css_layer *layer; // NULL: the root of the origin, before there is one
    unsigned media;
    int depth;
    uint32_t index;                    // of the source among the files
    const struct brv_css_group *group; // of its rules
};

// To be called when the rest of a scope is set.
static inline void brv_sheet_group_rules(struct brv_sheet_loader *loader,
                                         struct brv_sheet_scope *scope)
{
    struct brv_css_group *group = BRV_NEW(loader->sheets->arena, struct brv_css_group);
    *group = (struct brv_css_group){ scope->layer, scope->source, scope->origin, scope->media };
    scope->group = group;
}

static inline struct brv_diag *brv_sheet_warn(struct brv_sheet_loader *loader, struct brv_span span,
                                              const char *message)
{
    return brv_report(loader->sink, BRV_WARNING, BRV_CODE_STYLE, span, "%s", message);
}

// A file and all that it imports (sheet.c). `from` is where it is asked for, NULL for a sheet of
// the set; its rules stand in `into`.
bool brv_sheet_load_file(struct brv_sheet_loader *loader, const struct brv_sheet_scope *from,
                         brv_str path, struct brv_span span, const struct brv_sheet_scope *into);
void brv_sheet_load_memory(struct brv_sheet_loader *loader, enum brv_css_origin origin,
                           brv_str name, brv_str text);
// The imports at the head of the first sheet need no set; whatever adds to it calls this before.
// Makes a set with the built-in sheet where there is none, and gives the scope its layer.
void brv_sheet_begin(struct brv_sheet_loader *loader, struct brv_sheet_scope *scope);
// After the last text: reports what none of them defines, and brings the rules into their order.
void brv_sheet_complete(struct brv_sheet_loader *loader);
// Sets all that a set refers to outside itself. `arena` may be NULL.
void brv_sheet_attach(struct brv_stylesheets *sheets, struct brv_arena *arena,
                      const struct brv_stylesheets_options *options);

// Makes the set of the built-in sheet and the file of that name and text, or,
// without a text, with the built-in sheet alone (thaw.c). False when there is a set already, or the
// build did not freeze that.
bool brv_sheet_thaw(struct brv_sheet_loader *loader, brv_str name, brv_str text);

// One rule of a sheet (sheet_rules.c). `may_import` becomes false with the first that ends the
// imports.
void brv_sheet_read_rule(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                         const struct brv_css_item *item, bool *may_import);

// The variables set from outside, as a sheet of their own (sheet_settings.c).
void brv_sheet_load_settings(struct brv_sheet_loader *loader);

#endif
