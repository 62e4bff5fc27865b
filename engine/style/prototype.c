// Brevier — what the sheets say of one element that stands alone, before there is a tree.
// SPDX-License-Identifier: MIT
#include "style/styled.h"

#include "style/cascade.h"
#include "style/selector.h"

// The cascade from the root down to the element. A prototype is the only child of its kind for all
// that the sheets can see.
static struct brv_css_computed compute(struct brv_arena *arena,
                                       const struct brv_stylesheets *sheets, enum brv_media media,
                                       const struct brv_node *element)
{
    enum { MAX_DEPTH = 128 };
    const struct brv_node *chain[MAX_DEPTH];
    size_t depth = 0;
    for (const struct brv_node *n = element; n && depth < MAX_DEPTH; n = n->parent)
        chain[depth++] = n;
    struct brv_cascade *cascade = brv_cascade_new(arena, sheets, media, NULL);
    struct brv_css_element *above = NULL;
    struct brv_css_computed parent = { 0 };
    struct brv_css_computed computed[BRV_PSEUDO_COUNT];
    for (size_t i = depth; i > 0; i--) {
        struct brv_css_element *own = BRV_NEW(arena, struct brv_css_element);
        *own = (struct brv_css_element){
            .node = chain[i - 1],
            .parent = above,
            .index = 1,
            .index_from_end = 1,
            .type_index = 1,
            .type_index_from_end = 1,
            .ancestors = above ? above->ancestors | brv_css_bits(above->node) : 0,
        };
        brv_cascade_element(cascade, own, above ? &parent : NULL, computed);
        parent = computed[BRV_PSEUDO_NONE];
        above = own;
    }
    return parent;
}

brv_str brv_stylesheets_renderer(const struct brv_stylesheets *sheets, enum brv_media media,
                                 const struct brv_node *element)
{
    if (!sheets->has_renderers) // most sheets: styling every section for it took a 20th of a run
        return sheets->initial.brv_renderer;
    struct brv_arena *arena = brv_arena_new();
    struct brv_css_computed computed = compute(arena, sheets, media, element);
    // The text of a string value lives with the sheets, not with this cascade.
    brv_str renderer = computed.style ? computed.style->brv_renderer : (brv_str){ 0 };
    brv_arena_free(arena);
    return renderer;
}

// ---- custom properties

static void add_token(struct brv_buf *out, const struct brv_css_token *token)
{
    switch ((enum brv_css_kind)token->kind) {
    case BRV_CSS_SPACE:
        brv_buf_add_byte(out, ' ');
        break;
    case BRV_CSS_NUMBER:
    case BRV_CSS_PERCENTAGE:
    case BRV_CSS_DIMENSION:
        brv_buf_add_number(out, token->number, 6);
        brv_buf_add_str(out, token->text);
        if (token->kind == BRV_CSS_PERCENTAGE)
            brv_buf_add_byte(out, '%');
        break;
    case BRV_CSS_HASH:
        brv_buf_add_byte(out, '#');
        brv_buf_add_str(out, token->text);
        break;
    case BRV_CSS_FUNCTION:
        brv_buf_add_str(out, token->text);
        brv_buf_add_byte(out, '(');
        break;
    case BRV_CSS_PAREN:
        brv_buf_add_byte(out, '(');
        break;
    case BRV_CSS_CLOSE_PAREN:
        brv_buf_add_byte(out, ')');
        break;
    case BRV_CSS_COMMA:
        brv_buf_add_byte(out, ',');
        break;
    default: // words, texts without their quotes, signs
        brv_buf_add_str(out, token->text);
    }
}

bool brv_stylesheets_custom(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                            enum brv_media media, const struct brv_node *element, brv_str name,
                            brv_str *value)
{
    uint32_t id = 0;
    if (sheets->use)
        brv_style_use_variable(sheets->use, name);
    if (!brv_css_custom_find(sheets, name, &id))
        return false;
    struct brv_arena *scratch = brv_arena_new();
    struct brv_css_computed computed = compute(scratch, sheets, media, element);
    struct brv_css_range range = { 0 };
    if (computed.variables)
        range = computed.variables->values[id];
    struct brv_buf text = { 0 };
    for (const struct brv_css_token *token = range.at; token && token < range.end; token++)
        add_token(&text, token);
    *value = brv_arena_str(arena, brv_str_trim(brv_buf_str(&text)));
    brv_buf_deinit(&text);
    brv_arena_free(scratch);
    return range.at != NULL;
}
