// Brevier — layout: from a styled tree to pages.
// One pass sets the tree into a vertical list, cuts it into pages and adds margin boxes. Text in
// the body that names a page (a table of contents) is a guess in the first pass; further passes use
// the pages of the one before until nothing moves, three at most.
// SPDX-License-Identifier: MIT
#include "layout/block.h"
#include "layout/font_face.h"
#include "layout/page.h"
#include "layout/tag.h"
#include "layout/warm.h"

#include <linebreak.h>
#include <stdlib.h>

enum { MAX_PASSES = 3 };

static int compare_destinations(const void *left, const void *right)
{
    const struct brv_destination *a = left;
    const struct brv_destination *b = right;
    int order = brv_str_compare(a->id, b->id);
    if (order != 0) {
        return order;
    }
    if (a->page != b->page) {
        return a->page < b->page ? -1 : 1;
    }
    return (a->y_pt > b->y_pt) - (a->y_pt < b->y_pt);
}

// Sorted by id; of equal ids the first place stays.
static void sort_destinations(struct brv_book *book)
{
    if (book->destination_count == 0) {
        return;
    }
    qsort(book->destinations,
          book->destination_count,
          sizeof *book->destinations,
          compare_destinations);
    size_t kept = 1;
    for (size_t i = 1; i < book->destination_count; i++) {
        if (!brv_str_equal(book->destinations[i].id, book->destinations[kept - 1].id)) {
            book->destinations[kept++] = book->destinations[i];
        }
    }
    book->destination_count = kept;
}

// Notes where everything stands now; true when something stood elsewhere before. What it notes
// outlives the pages of this pass.
static bool update_page_of(struct brv_layout *layout, const struct brv_book *book)
{
    bool changed = false;
    struct brv_arena *arena = layout->lasting;
    for (size_t i = 0; i < book->destination_count; i++) {
        const struct brv_destination *destination = &book->destinations[i];
        brv_str label = book->pages[destination->page].label;
        brv_str *known = brv_map_find(&layout->page_of.pages, destination->id);
        if (!known) {
            known = BRV_NEW(arena, brv_str);
            *brv_map_at(&layout->page_of.pages, brv_arena_str(arena, destination->id)) = known;
        }
        if (!brv_str_equal(*known, label)) {
            *known = brv_arena_str(arena, label);
            changed = true;
        }
    }
    brv_str count = brv_arena_printf(arena, "%zu", book->page_count);
    changed |= !brv_str_equal(count, layout->page_of.count);
    layout->page_of.count = count;
    return changed;
}

static struct brv_pages *run_pass(struct brv_layout *layout, struct brv_styled *root,
                                  bool *is_settled)
{
    struct brv_arena *arena = layout->arena;
    layout->footnote_count = 0;
    layout->page_reference_count = 0;
    layout->wants_page_of = false;
    layout->depth = 0;
    struct brv_book book = { .layout = layout };
    const struct brv_geometry *geometry = brv_book_geometry(&book, root->style->page, 0, false);
    layout->page_width_pt = geometry->width_pt;
    layout->page_height_pt = geometry->height_pt;
    float right = geometry->page.width_pt - geometry->x_pt - geometry->width_pt;
    layout->bleed_pt = geometry->x_pt < right ? geometry->x_pt : right;

    struct brv_tag *document = brv_tag_new(arena, NULL, "Document", root->node);
    if (root->node) {
        document->lang = brv_node_lang(root->node);
    }
    struct brv_flow flow = { .arena = layout->flows };
    struct brv_column column = {
        .flow = &flow,
        .width_pt = geometry->width_pt,
        .tag = document,
        .is_rtl = brv_styled_is_rtl(root, false),
    };
    brv_block_flow(layout, root, column);
    brv_book_fill(&book, &flow);
    brv_book_set_margins(&book);
    sort_destinations(&book);
    *is_settled = !layout->wants_page_of || !update_page_of(layout, &book);

    struct brv_pages *pages = BRV_NEW(arena, struct brv_pages);
    *pages = (struct brv_pages){
        .pages = book.pages,
        .page_count = book.page_count,
        .root = document,
        .tag_count = brv_tag_number(document),
        .destinations = book.destinations,
        .destination_count = book.destination_count,
        .outline = book.outline,
        .outline_count = book.outline_count,
        .faces = layout->faces,
        .face_count = layout->face_count,
    };
    return pages;
}

static void free_pages(void *arena)
{
    brv_arena_free(arena);
}

static struct brv_pages *lay_out(struct brv_arena *arena, struct brv_fonts *fonts,
                                 const struct brv_stylesheets *sheets, struct brv_styled *root,
                                 bool is_counting, struct brv_sink *sink)
{
    struct brv_layout layout = {
        .is_counting = is_counting,
        .lasting = arena,
        .scratch = brv_arena_new(),
        .fonts = fonts,
        .shaper = brv_fonts_shaper(fonts),
        .sheets = sheets,
        .sink = sink,
        .root_style = root->style,
        .declared = brv_fonts_declare(fonts, sheets, sink),
        .fonts_by_style = { .arena = arena },
        .drawing_styles = { .arena = arena },
        .told = { .arena = arena },
        .page_of = { .pages = { .arena = arena }, .count = BRV_S_INIT("0") },
    };
    init_linebreak();
    brv_shaper_trim(layout.shaper);
    struct brv_warming *warming = brv_warming_begin(&layout, root);
    struct brv_pages *pages = NULL;
    bool is_settled = false;
    for (int pass = 0; pass < MAX_PASSES && !is_settled; pass++) {
        brv_arena_free(layout.arena); // the pages of the pass before
        layout.arena = brv_arena_new();
        layout.flows = brv_arena_new();
        pages = run_pass(&layout, root, &is_settled);
        brv_arena_free(layout.flows);
    }
    brv_warming_end(warming);
    brv_arena_on_free(arena, free_pages, layout.arena);
    brv_arena_free(layout.scratch);
    return pages;
}

struct brv_pages *brv_layout(struct brv_arena *arena, struct brv_fonts *fonts,
                             const struct brv_stylesheets *sheets, struct brv_styled *root,
                             struct brv_sink *sink)
{
    return lay_out(arena, fonts, sheets, root, false, sink);
}

struct brv_pages *brv_layout_count(struct brv_arena *arena, struct brv_fonts *fonts,
                                   const struct brv_stylesheets *sheets, struct brv_styled *root,
                                   struct brv_sink *sink)
{
    return lay_out(arena, fonts, sheets, root, true, sink);
}
