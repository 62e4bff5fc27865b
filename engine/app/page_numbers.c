// Brevier — page numbers for an output that has no pages of its own.
// SPDX-License-Identifier: MIT
#include "app/page_numbers.h"

static const struct brv_styled *walk_next(const struct brv_styled *root,
                                          const struct brv_styled *styled)
{
    if (styled->first)
        return styled->first;
    while (styled != root && !styled->next)
        styled = styled->parent;
    return styled == root ? NULL : styled->next;
}

static bool refers_to_pages(const struct brv_styled *root)
{
    for (const struct brv_styled *styled = root; styled; styled = walk_next(root, styled))
        if (styled->kind == BRV_STYLED_TARGET_PAGE)
            return true;
    return false;
}

static void arena_free(void *arena)
{
    brv_arena_free(arena);
}

struct brv_pages *brv_page_numbers(struct brv_job *job)
{
    struct brv_tools *tools = job->tools;
    const struct brv_output *pdf = brv_output_find(BRV_S("pdf"));
    if (!job->output->quotes_pages || !pdf || !refers_to_pages(job->styled))
        return NULL;
    // An arena of its own: the styles interned last in an arena are those of its one tree.
    struct brv_arena *arena = brv_arena_new();
    brv_arena_on_free(job->arena, arena_free, arena);
    struct brv_sink silent = brv_sink_init(arena);
    const struct brv_module *module = brv_tools_module(tools, pdf, &silent);
    if (!module)
        return NULL;
    struct brv_styled *styled =
        brv_style_tree(arena, tools->sheets, pdf->media, job->article, &silent);
    if (!styled)
        return NULL;
    if (!tools->fonts)
        tools->fonts = module->fonts_new(tools->arena);
    return module->lay_out(arena, tools->fonts, tools->sheets, styled, &silent);
}
