// Brevier — numbers of captions as SEQ fields, which Word's lists of figures and tables look for.
//
// Word calls a sequence by the label before its numbers: who inserts a caption in a German document
// gets the next "Abbildung", and the list of these. So the words that the sheet puts before the
// number are the name, where they are one word.
// SPDX-License-Identifier: MIT
#include "output/docx_inline.h"

#include "output/docx_build.h"

#include "base/utf8.h"

enum { NAME_CHARACTERS = 40 };

static bool is_number(const struct brv_styled *text, size_t *value)
{
    return text->kind == BRV_STYLED_TEXT && !text->node && brv_str_to_size(text->text, value) &&
           *value <= INT16_MAX;
}

// The word before the number of a label; empty where there is no one word.
static brv_str word_of(const struct docx *docx, const struct brv_styled *label)
{
    struct brv_buf words = { 0 };
    size_t value = 0;
    const struct brv_styled *child = label->first;
    for (; child && !is_number(child, &value); child = child->next) {
        brv_buf_add_str(&words, child->text);
    }
    brv_str word = brv_str_trim(brv_buf_str(&words));
    bool is_word = child && word.len > 0 && !brv_is_digit(word.ptr[0]) &&
                   brv_utf8_length(word) <= NAME_CHARACTERS;
    for (size_t at = 0; at < word.len && is_word;) {
        is_word = brv_is_word(brv_utf8_next(word, &at));
    }
    brv_str result = brv_arena_str(docx->arena, is_word ? word : (brv_str){ 0 });
    brv_buf_deinit(&words);
    return result;
}

brv_str brv_docx_sequence_name(struct docx *docx, bool is_table)
{
    brv_str *name = &docx->sequences[is_table].name;
    enum brv_kind kind = is_table ? BRV_KIND_CAPTION : BRV_KIND_FIGCAPTION;
    const struct brv_styled *root = name->len == 0 ? docx->job->root : NULL;
    for (const struct brv_styled *at = root; at && name->len == 0;
         at = brv_styled_walk_next(root, at)) {
        if (at->kind == BRV_STYLED_BEFORE && at->node && at->node->kind == kind) {
            *name = word_of(docx, at);
        }
    }
    if (name->len == 0) {
        *name = is_table ? BRV_S("Table") : BRV_S("Figure");
    }
    return *name;
}

bool brv_docx_add_sequence(struct docx_inline_state *state, const struct docx_run_context *context,
                           const struct brv_styled *text)
{
    const struct brv_styled *label = text->parent;
    bool is_label =
        label && label->kind == BRV_STYLED_BEFORE && label->node &&
        (label->node->kind == BRV_KIND_CAPTION || label->node->kind == BRV_KIND_FIGCAPTION);
    size_t value = 0;
    if (!is_label || !is_number(text, &value)) {
        return false;
    }
    bool is_table = label->node->kind == BRV_KIND_CAPTION;
    brv_str name = brv_docx_sequence_name(state->docx, is_table);
    int *count = &state->docx->sequences[is_table].count;
    bool is_next = ++*count == (int)value;
    *count = (int)value;
    struct docx_inline *field = brv_docx_add_item(state, context, text->style, DOCX_SEQUENCE);
    field->field =
        is_next ? name
                : brv_arena_printf(
                      state->docx->arena, "%" BRV_STR_F " \\r %zu", BRV_STR_ARG(name), value);
    field->text = text->text;
    state->has_space = false;
    return true;
}
