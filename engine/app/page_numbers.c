// Brevier — page numbers for an output that has no pages of its own.
// SPDX-License-Identifier: MIT
#include "app/page_numbers.h"

#include "app/paths.h"
#include "base/memory.h"

static bool refers_to_pages(const struct brv_styled *root)
{
    for (const struct brv_styled *styled = root; styled;
         styled = brv_styled_walk_next(root, styled))
        if (styled->kind == BRV_STYLED_TARGET_PAGE)
            return true;
    return false;
}

// What a document that flows may quote: how many pages there are, their labels, and which of them
// has which place.
static struct brv_pages *copy_numbers(struct brv_arena *arena, const struct brv_pages *pages)
{
    struct brv_pages *copy = BRV_NEW(arena, struct brv_pages);
    copy->page_count = pages->page_count;
    copy->pages = BRV_NEW_ARRAY(arena, struct brv_page, pages->page_count);
    for (size_t i = 0; i < pages->page_count; i++)
        copy->pages[i].label = brv_arena_str(arena, pages->pages[i].label);
    struct brv_destination *places =
        BRV_NEW_ARRAY(arena, struct brv_destination, pages->destination_count);
    for (size_t i = 0; i < pages->destination_count; i++) {
        places[i] = pages->destinations[i];
        places[i].id = brv_arena_str(arena, places[i].id);
    }
    copy->destinations = places;
    copy->destination_count = pages->destination_count;
    return copy;
}

bool brv_page_numbers_wanted(const struct brv_job *job)
{
    return job->output->quotes_pages && refers_to_pages(job->styled);
}

struct brv_pages *brv_page_numbers(struct brv_job *job, bool makes_room)
{
    struct brv_tools *tools = job->tools;
    const struct brv_output *pdf = brv_output_find(BRV_S("pdf"));
    if (!pdf)
        return NULL;
    // An arena of its own, gone before the document is written: pages are as large as it is. So
    // are the styles in it, which are those of the last tree in their arena.
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink silent = brv_sink_init(arena);
    const struct brv_module *module = brv_tools_layout(tools, &silent);
    struct brv_styled *styled =
        module ? brv_style_tree(arena, tools->sheets, pdf->media, job->article, &silent) : NULL;
    struct brv_pages *pages = NULL;
    if (styled) {
        struct brv_fonts *fonts = tools->fonts;
        if (!fonts)
            fonts =
                module->fonts_new(makes_room ? arena : tools->arena, brv_paths_font_index(arena));
        if (!makes_room)
            tools->fonts = fonts;
        pages = module->count_pages(arena, fonts, tools->sheets, styled, &silent);
    }
    pages = pages ? copy_numbers(job->arena, pages) : NULL;
    brv_arena_free(arena);
    if (makes_room)
        brv_heap_trim();
    return pages;
}
