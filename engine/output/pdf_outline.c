// Brevier — the outline (bookmarks) of a PDF.
// SPDX-License-Identifier: MIT
//
// Layout gives headings in reading order with their levels; an entry hangs on the nearest earlier
// one of a smaller level, so skipped levels do no harm. A reader opens the outline with as many
// levels unfolded as fit on a screen.
#include "output/pdf.h"
#include "output/pdf_structure.h"
#include "output/pdf_write.h"

enum { OUTLINE_VISIBLE_MAX = 40 };

struct outline_item {
    uint32_t id;
    size_t depth; // 1 beneath the root
    // Indices of items; 0 is the root, and for the links to others it means none.
    size_t parent, previous, next, first, last;
    size_t descendants; // all of them
    size_t visible;     // descendants shown when this one is open
};

static void outline_link(struct outline_item *items, const struct brv_outline_entry *entries,
                         size_t count)
{
    size_t last = 0; // the item before: its chain of parents is where the next one may hang
    for (size_t i = 1; i <= count; i++) {
        size_t parent = last;
        while (parent && entries[parent - 1].level >= entries[i - 1].level)
            parent = items[parent].parent;
        struct outline_item *item = &items[i];
        item->parent = parent;
        item->depth = items[parent].depth + 1;
        item->previous = items[parent].last;
        if (item->previous)
            items[item->previous].next = i;
        else
            items[parent].first = i;
        items[parent].last = i;
        last = i;
    }
}

// How many levels are shown when the document is opened: at least one.
static size_t outline_open_depth(struct brv_pdf *pdf, const struct outline_item *items,
                                 size_t count)
{
    size_t *at_depth = BRV_NEW_ARRAY(pdf->arena, size_t, count + 2);
    for (size_t i = 1; i <= count; i++)
        at_depth[items[i].depth]++;
    size_t shown = at_depth[1];
    size_t depth = 1;
    while (at_depth[depth + 1] && shown + at_depth[depth + 1] <= OUTLINE_VISIBLE_MAX)
        shown += at_depth[++depth];
    return depth;
}

static void outline_add_item(struct brv_buf *out, const char *key, const struct outline_item *items,
                             size_t index)
{
    if (index) {
        brv_buf_add_cstr(out, key);
        brv_pdf_add_ref(out, items[index].id);
    }
}

static void outline_write_item(struct brv_pdf *pdf, const struct outline_item *items, size_t index,
                               size_t open_depth)
{
    const struct brv_outline_entry *entry = &pdf->pages->outline[index - 1];
    const struct outline_item *item = &items[index];
    struct brv_buf *out = &pdf->scratch;
    brv_buf_add_cstr(out, "/Title");
    brv_pdf_add_text(out, entry->title.len ? entry->title : BRV_S("-"));
    brv_buf_add_cstr(out, "/Parent");
    brv_pdf_add_ref(out, items[item->parent].id);
    outline_add_item(out, "/Prev", items, item->previous);
    outline_add_item(out, "/Next", items, item->next);
    outline_add_item(out, "/First", items, item->first);
    outline_add_item(out, "/Last", items, item->last);
    if (item->descendants) { // negative: folded
        brv_buf_add_cstr(out, "/Count ");
        brv_buf_add_int(
            out, item->depth < open_depth ? (long long)item->visible : -(long long)item->visible);
    }
    brv_buf_add_cstr(out, "/Dest");
    brv_pdf_add_place(pdf, out, entry->page, entry->y_pt);
    if (entry->tag) {
        brv_buf_add_cstr(out, "/SE");
        brv_pdf_add_ref(out, brv_pdf_structure_id(pdf->structure, entry->tag));
    }
    brv_pdf_file_put(pdf->file, item->id, brv_buf_str(out));
    brv_buf_clear(out);
}

void brv_pdf_outline_write(struct brv_pdf *pdf, struct brv_buf *catalog)
{
    const size_t count = pdf->pages->outline_count;
    if (count == 0)
        return;
    struct outline_item *items = BRV_NEW_ARRAY(pdf->arena, struct outline_item, count + 1);
    for (size_t i = 0; i <= count; i++)
        items[i].id = brv_pdf_file_reserve(pdf->file);
    outline_link(items, pdf->pages->outline, count);
    size_t open_depth = outline_open_depth(pdf, items, count);
    for (size_t i = count; i > 0; i--) { // children before parents
        struct outline_item *parent = &items[items[i].parent];
        parent->descendants += 1 + items[i].descendants;
        parent->visible += 1 + (items[i].depth < open_depth ? items[i].visible : 0);
    }
    for (size_t i = 1; i <= count; i++)
        outline_write_item(pdf, items, i, open_depth);
    struct brv_buf *out = &pdf->scratch;
    brv_buf_printf(out, "/Type/Outlines/Count %zu", items[0].visible);
    outline_add_item(out, "/First", items, items[0].first);
    outline_add_item(out, "/Last", items, items[0].last);
    brv_pdf_file_put(pdf->file, items[0].id, brv_buf_str(out));
    brv_buf_clear(out);
    brv_buf_add_cstr(catalog, "/PageMode/UseOutlines/Outlines");
    brv_pdf_add_ref(catalog, items[0].id);
}
