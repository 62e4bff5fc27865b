// Brevier — fuzz target: any text as a stylesheet, parsed and applied to a small tree.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "base/utf8.h"
#include "style/styled.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// One element of every kind, each inside the one before where that may be.
static struct brv_node *tree_of_all_kinds(struct brv_arena *arena)
{
    struct brv_node *root = brv_node_new(arena, BRV_KIND_ARTICLE, brv_span_none());
    struct brv_node *parent = root;
    for (int kind = BRV_KIND_ARTICLE + 1; kind < BRV_KIND_COUNT; kind++) {
        struct brv_node *node = brv_node_new(arena, (enum brv_kind)kind, brv_span_none());
        brv_node_set(arena, node, BRV_ATTR_ID, brv_arena_printf(arena, "n%d", kind));
        brv_node_set(arena, node, BRV_ATTR_CLASS, BRV_S("a b"));
        while (!brv_kind_may_contain(parent->kind, node->kind) && parent->parent)
            parent = parent->parent;
        brv_node_append(parent, node);
        brv_node_append(node, brv_node_new_text(arena, BRV_S("x"), brv_span_none()));
        parent = node;
    }
    return root;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    const enum brv_media media = (enum brv_media)(data[0] % 3);
    struct brv_source *source = brv_source_new(arena, BRV_S("fuzz.css"), (brv_str){ 0 });
    brv_source_set_text(
        source, (brv_str){ (const char *)data + 1, size - 1 }, arena, BRV_WARNING, &sink);
    const struct brv_stylesheet_text text = { source->name, source->text };
    struct brv_limits limits = brv_limits_default();
    limits.import_depth = 0; // the input must not read files
    const struct brv_stylesheets_options options = {
        .texts = &text,
        .text_count = 1,
        .limits = &limits,
    };
    const struct brv_stylesheets *sheets = brv_stylesheets_new(arena, &options, &sink);
    if (sheets) {
        struct brv_node *root = tree_of_all_kinds(arena);
        const struct brv_styled *styled = brv_style_tree_traced(arena, sheets, media, root, &sink);
        struct brv_coverage *coverage = brv_coverage_new(arena, sheets);
        brv_coverage_add(coverage, media, root);
        brv_coverage_report(coverage, &sink);
        brv_style_report_loss(styled, sheets, media, media == BRV_MEDIA_TEXT, &sink);
        struct brv_page_style page = brv_style_page(
            arena, sheets, media, styled->style, BRV_S("wide"), true, BRV_PAGE_LEFT, false);
        for (size_t i = 0; i < BRV_BOX_COUNT; i++)
            (void)brv_style_margin_box(arena, page.boxes[i]);
        (void)brv_stylesheets_renderer(sheets, media, root->first);
        struct brv_buf out = { 0 };
        brv_styled_dump(styled, &out);
        brv_styled_explain(styled, &out);
        for (const struct brv_diag *diag = sink.first; diag; diag = diag->next)
            brv_diag_print(diag, &out);
        brv_buf_deinit(&out);
    }
    brv_arena_free(arena);
    return 0;
}
