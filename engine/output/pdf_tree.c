// Brevier — balanced trees: of pages, of names, of numbers.
// SPDX-License-Identifier: MIT
//
// Trees grow from the leaves up, a level at a time, until one node holds everything:
//
//     leaves     pages, or the nodes that hold entries
//     level 1    a node for each 32 of them …
//     root       at most 32 kids
#include "output/pdf_tree.h"

#include "output/pdf_write.h"

enum { TREE_LEVELS_MAX = 8 }; // 32 to the eighth is beyond any count

static size_t tree_nodes_above(size_t count)
{
    return (count + BRV_PDF_FAN_OUT - 1) / BRV_PDF_FAN_OUT;
}

static uint32_t *tree_reserve(struct brv_pdf *pdf, size_t count)
{
    uint32_t *ids = BRV_NEW_ARRAY(pdf->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = brv_pdf_file_reserve(pdf->file);
    return ids;
}

// "/Kids[…]" with node `index`'s share of `kids`.
static void tree_add_kids(struct brv_buf *out, const uint32_t *kids, size_t count, size_t index)
{
    brv_buf_add_cstr(out, "/Kids[");
    size_t end = (index + 1) * BRV_PDF_FAN_OUT;
    for (size_t i = index * BRV_PDF_FAN_OUT; i < end && i < count; i++)
        brv_pdf_add_ref(out, kids[i]);
    brv_buf_add_byte(out, ']');
}

const uint32_t *brv_pdf_page_tree_write(struct brv_pdf *pdf)
{
    const uint32_t *levels[TREE_LEVELS_MAX] = { pdf->page_ids };
    size_t counts[TREE_LEVELS_MAX] = { pdf->pages->page_count };
    size_t top = 0;
    do {
        size_t count = tree_nodes_above(counts[top]);
        uint32_t *nodes;
        if (count > 1) {
            nodes = tree_reserve(pdf, count);
        } else { // libharu has made the root
            nodes = BRV_NEW(pdf->arena, uint32_t);
            *nodes = brv_pdf_file_page_root(pdf->file);
        }
        levels[++top] = nodes;
        counts[top] = count;
    } while (counts[top] > 1);

    size_t pages_a_node = 1;
    for (size_t level = 1; level <= top; level++) {
        pages_a_node *= BRV_PDF_FAN_OUT;
        for (size_t i = 0; i < counts[level]; i++) {
            size_t left = counts[0] - i * pages_a_node;
            struct brv_buf *out = &pdf->scratch;
            if (level < top) { // the root has its type from libharu
                brv_buf_add_cstr(out, "/Type/Pages/Parent");
                brv_pdf_add_ref(out, levels[level + 1][i / BRV_PDF_FAN_OUT]);
            }
            brv_buf_add_cstr(out, "/Count ");
            brv_buf_add_int(out, (long long)(left < pages_a_node ? left : pages_a_node));
            tree_add_kids(out, levels[level - 1], counts[level - 1], i);
            brv_pdf_file_put(pdf->file, levels[level][i], brv_buf_str(out));
            brv_buf_clear(out);
        }
    }
    return levels[1];
}

// "/Names[key value …]" with leaf `index`'s share of the entries.
static void tree_add_leaf(struct brv_buf *out, const char *leaf,
                          const struct brv_pdf_tree_entry *entries, size_t count, size_t index)
{
    brv_buf_printf(out, "/%s[", leaf);
    size_t end = (index + 1) * BRV_PDF_FAN_OUT;
    for (size_t i = index * BRV_PDF_FAN_OUT; i < end && i < count; i++) {
        brv_buf_add_str(out, entries[i].key);
        brv_buf_add_byte(out, ' ');
        brv_buf_add_str(out, entries[i].value);
        brv_buf_add_byte(out, '\n');
    }
    brv_buf_add_byte(out, ']');
}

brv_str brv_pdf_tree_write(struct brv_pdf *pdf, const char *leaf,
                           const struct brv_pdf_tree_entry *entries, size_t count)
{
    struct brv_buf *out = &pdf->scratch;
    const uint32_t *kids = NULL;
    size_t kid_count = 0;
    size_t entries_a_node = BRV_PDF_FAN_OUT;
    size_t node_count = tree_nodes_above(count);
    while (node_count > 1) {
        uint32_t *nodes = tree_reserve(pdf, node_count);
        for (size_t i = 0; i < node_count; i++) {
            size_t end = (i + 1) * entries_a_node;
            brv_str first = entries[i * entries_a_node].key;
            brv_str last = entries[(end < count ? end : count) - 1].key;
            brv_buf_add_cstr(out, "/Limits[");
            brv_buf_add_str(out, first);
            brv_buf_add_byte(out, ' ');
            brv_buf_add_str(out, last);
            brv_buf_add_byte(out, ']');
            if (kids)
                tree_add_kids(out, kids, kid_count, i);
            else
                tree_add_leaf(out, leaf, entries, count, i);
            brv_pdf_file_put(pdf->file, nodes[i], brv_buf_str(out));
            brv_buf_clear(out);
        }
        kids = nodes;
        kid_count = node_count;
        node_count = tree_nodes_above(node_count);
        entries_a_node *= BRV_PDF_FAN_OUT;
    }
    if (kids)
        tree_add_kids(out, kids, kid_count, 0);
    else
        tree_add_leaf(out, leaf, entries, count, 0);
    brv_str root = brv_arena_str(pdf->arena, brv_buf_str(out));
    brv_buf_clear(out);
    return root;
}
