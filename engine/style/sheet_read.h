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
    struct brv_stylesheets *sheets;
    const struct brv_stylesheets_options *options;
    struct brv_limits limits;
    struct brv_sink *sink;
    struct brv_arena *scratch; // tokens
    size_t file_count;
    size_t byte_count; // of all files
    size_t rule_count;
    size_t layer_count;
    bool is_full; // the rule limit was met and reported
    uint32_t order;
};

// Where rules are being read: one of these a sheet, @media or @layer block.
struct brv_sheet_scope {
    const struct brv_sheet_file *file;
    const struct brv_source *source;
    enum brv_css_origin origin;
    struct brv_css_layer *layer;
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

// One rule of a sheet (sheet_rules.c). `may_import` becomes false with the first that ends the
// imports.
void brv_sheet_read_rule(struct brv_sheet_loader *loader, const struct brv_sheet_scope *scope,
                         const struct brv_css_item *item, bool *may_import);

// The variables set from outside, as a sheet of their own (sheet_settings.c).
void brv_sheet_load_settings(struct brv_sheet_loader *loader);

#endif
