// Brevier — pages: which @page rules hold for a page, and the styles of its margin boxes.
// SPDX-License-Identifier: MIT
#include "style/cascade_inside.h"

static bool applies(const struct brv_css_page_rule *rule, unsigned medium, brv_str name,
                    unsigned conditions)
{
    return (rule->media & medium) && (rule->conditions & ~conditions) == 0 &&
           (rule->name.len == 0 || brv_str_equal(rule->name, name));
}

static bool has_content(const struct brv_css_block *block)
{
    for (; block; block = block->next)
        for (size_t i = 0; i < block->count; i++)
            if (block->items[i].id == BRV_PROP_content)
                return true;
    return false;
}

bool brv_style_has_sides(const struct brv_stylesheets *sheets, enum brv_media media, brv_str name)
{
    const unsigned sides = BRV_PAGE_IS_LEFT | BRV_PAGE_IS_RIGHT;
    for (size_t i = 0; i < sheets->page_count; i++) {
        const struct brv_css_page_rule *rule = &sheets->pages[i];
        if ((rule->conditions & sides) && applies(rule, 1u << media, name, rule->conditions))
            return true;
    }
    return false;
}

static struct brv_page_style compute_page(struct brv_arena *arena,
                                          const struct brv_stylesheets *sheets, unsigned medium,
                                          const struct brv_style *root, brv_str name,
                                          unsigned conditions)
{
    struct brv_cascade *cascade = brv_cascade_of(root);
    const struct brv_css_page_rule **rules =
        BRV_NEW_ARRAY(arena, const struct brv_css_page_rule *, sheets->page_count);
    const struct brv_css_block **blocks =
        BRV_NEW_ARRAY(arena, const struct brv_css_block *, sheets->page_count);
    size_t count = 0;
    struct brv_page_style page = { .width_pt = 595.2756f, .height_pt = 841.8898f }; // A4
    bool is_important = false;
    for (size_t i = 0; i < sheets->page_count; i++) {
        const struct brv_css_page_rule *rule = &sheets->pages[i];
        if (!applies(rule, medium, name, conditions))
            continue;
        rules[count] = rule;
        blocks[count++] = rule->block;
        if (rule->has_size && (rule->size_is_important || !is_important)) {
            page.width_pt = rule->width_pt;
            page.height_pt = rule->height_pt;
            is_important = rule->size_is_important;
        }
    }
    page.style = brv_cascade_blocks(cascade, blocks, count, root);
    const struct brv_style *empty = NULL; // of every box that no rule gives any content
    for (size_t box = 0; box < BRV_BOX_COUNT; box++) {
        size_t block_count = 0;
        bool is_filled = false;
        for (size_t i = 0; i < count; i++) {
            if (rules[i]->boxes[box]) {
                blocks[block_count++] = rules[i]->boxes[box];
                is_filled |= has_content(rules[i]->boxes[box]);
            }
        }
        if (is_filled)
            page.boxes[box] = brv_cascade_blocks(cascade, blocks, block_count, page.style);
        else if (!empty)
            empty = brv_cascade_blocks(cascade, blocks, 0, page.style);
        if (!is_filled)
            page.boxes[box] = empty;
    }
    return page;
}

// ---- pages that were met before

// What a page's style depends on; its name follows.
struct page_key {
    const struct brv_stylesheets *sheets;
    const struct brv_style *root;
    const struct brv_css_variables *variables;
    float root_font_size;
    uint16_t medium, conditions;
};

struct known_page {
    struct brv_css_spent spent;
    struct brv_page_style page;
};

static brv_str page_key(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                        unsigned medium, const struct brv_style *root, brv_str name,
                        unsigned conditions)
{
    const struct brv_cascade *cascade = brv_cascade_of(root);
    const struct page_key key = {
        .sheets = sheets,
        .root = root,
        .variables = cascade->root_variables,
        .root_font_size = cascade->root_font_size,
        .medium = (uint16_t)medium,
        .conditions = (uint16_t)conditions,
    };
    char *bytes = brv_arena_alloc(arena, sizeof key + name.len);
    memcpy(bytes, &key, sizeof key);
    if (name.len > 0)
        memcpy(bytes + sizeof key, name.ptr, name.len);
    return (brv_str){ bytes, sizeof key + name.len };
}

struct brv_page_style brv_style_page(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                     enum brv_media media, const struct brv_style *root,
                                     brv_str name, bool is_first, enum brv_page_side side,
                                     bool is_blank)
{
    const unsigned conditions =
        (is_first ? (unsigned)BRV_PAGE_IS_FIRST : 0) |
        (is_blank ? (unsigned)BRV_PAGE_IS_BLANK : 0) |
        (unsigned)(side == BRV_PAGE_LEFT ? BRV_PAGE_IS_LEFT : BRV_PAGE_IS_RIGHT);
    struct brv_cascade *cascade = brv_cascade_of(root);
    brv_str key = page_key(arena, sheets, 1u << media, root, name, conditions);
    struct known_page *known = brv_map_find(&cascade->pages, key);
    if (known && brv_cascade_pay(cascade, &known->spent))
        return known->page;
    if (!known) {
        known = BRV_NEW(cascade->arena, struct known_page);
        *brv_map_at(&cascade->pages, brv_arena_str(cascade->arena, key)) = known;
    }
    const size_t tokens_before = cascade->expanded_tokens;
    known->page = compute_page(arena, sheets, 1u << media, root, name, conditions);
    known->spent =
        (struct brv_css_spent){ cascade->tree, cascade->expanded_tokens - tokens_before };
    return known->page;
}

void brv_style_report_margins(struct brv_sink *sink, bool is_across, float before_pt,
                              float after_pt, float length_pt)
{
    brv_report(sink,
               BRV_WARNING,
               BRV_CODE_STYLE,
               brv_span_none(),
               "margins of %.0f and %.0f pt leave no room in a page %s of %.0f pt; they are made "
               "smaller",
               (double)before_pt,
               (double)after_pt,
               is_across ? "width" : "height",
               (double)length_pt);
}
