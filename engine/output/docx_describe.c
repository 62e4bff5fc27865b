// Brevier — what is said of a table to those who do not see it.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

// The texts of the columns' heads, one after the other.
static brv_str column_heads(struct docx *docx, const struct brv_styled *element)
{
    enum { ENOUGH = 250 };
    struct brv_buf heads = { 0 };
    const struct brv_styled *head = element->first;
    while (head && head->style->display != BRV_DISPLAY_TABLE_HEADER_GROUP) {
        head = head->next;
    }
    const struct brv_styled *row = head ? head->first : NULL;
    for (const struct brv_styled *cell = row ? row->first : NULL; cell && heads.len < ENOUGH;
         cell = cell->next) {
        brv_str text =
            cell->node ? brv_str_trim(brv_node_plain_text(docx->arena, cell->node)) : BRV_S("");
        if (text.len > 0) {
            brv_buf_add_cstr(&heads, heads.len > 0 ? ", " : "");
            brv_buf_add_str(&heads, text);
        }
    }
    brv_str result = brv_arena_str(docx->arena, brv_buf_str(&heads));
    brv_buf_deinit(&heads);
    return result;
}

void brv_docx_describe(struct docx *docx, struct docx_table *table,
                       const struct brv_styled *element)
{
    const struct brv_node *node = element->node;
    if (!node) {
        return;
    }
    table->title = brv_node_attr(node, BRV_ATTR_TITLE);
    for (const struct brv_node *child = node->first; child && table->title.len == 0;
         child = child->next) {
        if (child->kind == BRV_KIND_CAPTION) {
            table->title = brv_str_trim(brv_node_plain_text(docx->arena, child));
        }
    }
    table->description = brv_node_attr(node, BRV_ATTR_ALT);
    if (table->description.len == 0) {
        table->description = column_heads(docx, element);
    }
}
