// Brevier — what is said of a table to those who do not see it.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

enum { ENOUGH = 250 }; // bytes of a description

static void add_head(struct docx *docx, struct brv_buf *heads, const struct docx_cell *cell)
{
    const struct brv_node *node = cell->first ? cell->first->node : NULL;
    brv_str text = node ? brv_str_trim(brv_node_plain_text(docx->arena, node)) : (brv_str){ 0 };
    bool ends_in_colon = brv_str_ends_with(text, BRV_S(":"));
    if (text.len > 0) {
        brv_buf_add_cstr(heads, heads->len > 0 ? ", " : "");
        brv_buf_add_str(heads, brv_str_slice(text, 0, text.len - ends_in_colon));
    }
}

// The texts of the heads of its columns, one after the other; of its rows where columns have none.
static brv_str texts_of_heads(struct docx *docx, const struct docx_table *table)
{
    struct brv_buf heads = { 0 };
    const struct docx_row *row = table->first;
    bool has_columns = row && row->is_header;
    for (const struct docx_cell *cell = has_columns ? row->first : NULL; cell && heads.len < ENOUGH;
         cell = cell->next) {
        add_head(docx, &heads, cell);
    }
    for (; row && !has_columns && heads.len < ENOUGH; row = row->next) {
        if (row->first->is_header) {
            add_head(docx, &heads, row->first);
        }
    }
    brv_str result = brv_arena_str(docx->arena, brv_buf_str(&heads));
    brv_buf_deinit(&heads);
    return result;
}

void brv_docx_describe(struct docx *docx, struct docx_table *table)
{
    const struct brv_node *node = table->source->node;
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
        table->description = texts_of_heads(docx, table);
    }
}
