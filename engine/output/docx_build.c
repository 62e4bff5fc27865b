// Brevier — blocks as paragraphs.
//
// Word has no nested boxes: a paragraph stands alone with its indents, its frame and its spacing.
// So the walk carries what the boxes around say (struct docx_place): indents add up, a frame is
// given to every paragraph within (Word joins equal neighbours into one), and the vertical margins
// of a container wait for its first and last paragraph, where brv_docx_settle() lets them collapse.
// A frame around lists or tables would be torn by their indents; it becomes a table of one cell.
// The headings that it begins with stand as framed paragraphs right above that table, because
// Word's navigation pane does not look into tables; a frame with more headings is left to its
// paragraphs.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

#include "output/docx_numbering.h"

// ---- adding to a flow

static struct docx_block *add_block(struct docx *docx, struct docx_flow *flow)
{
    struct docx_block *block = BRV_NEW(docx->arena, struct docx_block);
    if (flow->last) {
        flow->last->next = block;
    } else {
        flow->first = block;
    }
    flow->last = block;
    return block;
}

struct docx_paragraph *brv_docx_paragraph_new(struct docx *docx, const struct docx_place *place,
                                              const struct brv_styled *source,
                                              struct docx_paragraph_format format)
{
    struct docx_flow *flow = place->flow;
    struct docx_paragraph *paragraph = BRV_NEW(docx->arena, struct docx_paragraph);
    paragraph->source = source;
    paragraph->role = place->role;
    paragraph->level = place->list_level;
    paragraph->place = place->box;
    paragraph->format = format;
    paragraph->before_chain = flow->pending_before;
    paragraph->format.page_break |= flow->pending_break;
    flow->pending_before = 0;
    flow->pending_break = false;
    add_block(docx, flow)->paragraph = paragraph;
    return paragraph;
}

void brv_docx_add_table(struct docx *docx, struct docx_flow *flow, struct docx_table *table)
{
    table->before_chain = flow->pending_before;
    table->page_break |= flow->pending_break;
    flow->pending_before = 0;
    flow->pending_break = false;
    add_block(docx, flow)->table = table;
}

// ---- what an element is

bool brv_docx_is_block(const struct brv_styled *styled)
{
    switch (styled->kind) {
    case BRV_STYLED_ELEMENT:
        if (styled->node && styled->node->kind == BRV_KIND_FOOTNOTE) {
            return false;
        }
        return styled->style->display != BRV_DISPLAY_INLINE;
    case BRV_STYLED_BEFORE:
    case BRV_STYLED_AFTER:
        return styled->style->display != BRV_DISPLAY_INLINE;
    case BRV_STYLED_TEXT:
    case BRV_STYLED_MARKER:
    case BRV_STYLED_LEADER:
    case BRV_STYLED_PAGE_NUMBER:
    case BRV_STYLED_PAGE_COUNT:
    case BRV_STYLED_TARGET_PAGE:
    case BRV_STYLED_STRING:
        break;
    }
    return false;
}

// Whether an element holds paragraphs rather than being one. What may hold only inline elements is
// one paragraph, though the sheet may put a part of it on a line of its own.
static bool holds_blocks(const struct brv_styled *element)
{
    if (element->kind == BRV_STYLED_ELEMENT && element->node &&
        brv_kind_content(element->node->kind) == BRV_CONTENT_INLINE) {
        return false;
    }
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (brv_docx_is_block(child)) {
            return true;
        }
    }
    return false;
}

static enum brv_kind kind_of(const struct brv_styled *styled)
{
    return styled->kind == BRV_STYLED_ELEMENT && styled->node ? styled->node->kind : BRV_KIND_TEXT;
}

// The role that an element gives to the paragraphs within; `around` when it gives none.
static enum docx_role role_within(const struct brv_styled *element, enum docx_role around)
{
    enum brv_kind kind = kind_of(element);
    int heading = brv_kind_heading_level(kind);
    if (heading > 0) {
        return (enum docx_role)(DOCX_ROLE_HEADING_1 + heading - 1);
    }
    if (kind == BRV_KIND_BLOCKQUOTE) {
        return DOCX_ROLE_QUOTE;
    }
    if (kind == BRV_KIND_PRE) {
        return DOCX_ROLE_CODE;
    }
    if (kind == BRV_KIND_CAPTION || kind == BRV_KIND_FIGCAPTION) {
        return DOCX_ROLE_CAPTION;
    }
    if (kind == BRV_KIND_DT) {
        return DOCX_ROLE_TERM;
    }
    if (kind == BRV_KIND_DD) {
        return DOCX_ROLE_DEFINITION;
    }
    return kind == BRV_KIND_HR ? DOCX_ROLE_RULE : around;
}

static void build_from(struct docx *docx, const struct docx_place *place,
                       const struct brv_styled *container, const struct brv_styled *child);

// ---- frames

static void find_framed(const struct brv_styled *first, int depth, bool *has_heading,
                        bool *needs_table)
{
    for (const struct brv_styled *child = first; child; child = child->next) {
        enum brv_kind kind = kind_of(child);
        *has_heading |= brv_kind_is_heading(kind);
        *needs_table |= kind == BRV_KIND_UL || kind == BRV_KIND_OL || kind == BRV_KIND_PRE ||
                        child->style->display == BRV_DISPLAY_TABLE;
        if (depth < DOCX_DEPTH_LIMIT && brv_docx_is_block(child)) {
            find_framed(child->first, depth + 1, has_heading, needs_table);
        }
    }
}

// The first child that is no heading.
static const struct brv_styled *after_headings(const struct brv_styled *element)
{
    const struct brv_styled *child = element->first;
    while (child && brv_kind_is_heading(kind_of(child))) {
        child = child->next;
    }
    return child;
}

static bool is_table_frame(const struct brv_styled *element)
{
    bool has_heading = false;
    bool needs_table = false;
    find_framed(after_headings(element), 0, &has_heading, &needs_table);
    return needs_table && !has_heading;
}

static void build_leaf(struct docx *docx, const struct docx_place *place,
                       const struct brv_styled *element);

// The headings above a framed table, open to it below; gives the space that follows the last.
static int32_t build_framed_headings(struct docx *docx, const struct docx_place *place,
                                     const struct brv_styled *element,
                                     const struct docx_table *table, const struct brv_styled *end)
{
    const struct brv_style *style = element->style;
    struct docx_place here = *place;
    struct docx_flow *flow = place->flow;
    here.box = element;
    here.shade = brv_docx_rgb(style->background_color);
    here.depth++;
    brv_docx_frame(style, place->width, here.borders);
    memset(&here.borders[DOCX_BOTTOM], 0, sizeof here.borders[DOCX_BOTTOM]);
    const struct docx_cell_format *cell = &table->first->first->format;
    int32_t left = cell->padding[DOCX_LEFT] + (here.borders[DOCX_LEFT].eighths * 20 + 4) / 8;
    int32_t right = cell->padding[DOCX_RIGHT] + (here.borders[DOCX_RIGHT].eighths * 20 + 4) / 8;
    here.left = table->indent + left;
    here.right += docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width)) + right;
    here.width = table->width - left - right;
    flow->pending_before =
        flow->pending_before > table->before ? flow->pending_before : table->before;
    int32_t after = 0;
    for (const struct brv_styled *child = element->first; child != end; child = child->next) {
        build_leaf(docx, &here, child);
        struct docx_paragraph *paragraph = flow->last->paragraph;
        after = paragraph->format.after;
        paragraph->format.before = 0;
        paragraph->format.after = child->next == end ? 0 : after;
        paragraph->format.keep_next = 1;
    }
    return after;
}

static void build_framed(struct docx *docx, const struct docx_place *place,
                         const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_table *table = BRV_NEW(docx->arena, struct docx_table);
    struct docx_row *row = BRV_NEW(docx->arena, struct docx_row);
    struct docx_cell *cell = BRV_NEW(docx->arena, struct docx_cell);
    table->source = element;
    table->is_box = true;
    table->first = table->last = row;
    table->row_count = 1;
    table->column_count = 1;
    row->first = row->last = cell;
    row->keep = style->break_inside == BRV_BREAK_AVOID;
    cell->columns = 1;
    cell->format.shade = brv_docx_rgb(style->background_color);
    cell->format.valign = BRV_VERTICAL_TOP;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        cell->format.borders[i] = brv_docx_border(style, (enum docx_side)i);
        cell->format.padding[i] =
            (int16_t)docx_twips(brv_docx_padding_pt(style, (enum docx_side)i, place->width));
    }
    int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, place->width));
    int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width));
    table->indent = place->left + left;
    table->width = place->width - left - right;
    table->widths = BRV_NEW_ARRAY(docx->arena, int32_t, 1);
    table->widths[0] = table->width;
    table->before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, place->width));
    table->after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, place->width));
    const struct brv_styled *rest = after_headings(element);
    if (rest != element->first) {
        int32_t space = build_framed_headings(docx, place, element, table, rest);
        cell->format.padding[DOCX_TOP] = (int16_t)(space > INT16_MAX ? INT16_MAX : space);
        memset(&cell->format.borders[DOCX_TOP], 0, sizeof cell->format.borders[DOCX_TOP]);
        table->before = 0;
    }
    brv_docx_add_table(docx, place->flow, table);
    struct docx_flow *flow = BRV_NEW(docx->arena, struct docx_flow);
    cell->flow = flow;
    struct docx_place inner = {
        .flow = flow,
        .outer = place,
        .shade = DOCX_NO_COLOR,
        .width = table->width - cell->format.padding[DOCX_LEFT] - cell->format.padding[DOCX_RIGHT],
        .role = role_within(element, place->role),
        .depth = place->depth + 1,
        .in_note = place->in_note,
    };
    build_from(docx, &inner, element, rest);
}

// ---- paragraphs

void brv_docx_remember_strings(struct docx *docx, const struct brv_styled *element,
                               const struct docx_paragraph *paragraph,
                               const struct docx_style *style)
{
    for (size_t i = 0; i < element->string_count; i++) {
        void **slot = brv_map_at(&docx->strings, element->strings[i].name);
        struct docx_string *string = *slot;
        brv_str value = element->strings[i].value;
        // A STYLEREF field shows all text of one style, so only such values can be fields.
        bool is_whole = paragraph && element->node &&
                        brv_str_equal(brv_str_trim(brv_node_plain_text(docx->arena, element->node)),
                                      brv_str_trim(value));
        if (!string) {
            string = *slot = BRV_NEW(docx->arena, struct docx_string);
            string->value = value;
            string->home = paragraph;
            string->style = style;
            string->is_mixed = !is_whole;
        } else {
            string->is_mixed |= !is_whole || string->style != style || !string->home ||
                                string->home->role != paragraph->role;
        }
    }
}

static void add_bookmark(struct docx *docx, struct docx_paragraph *paragraph,
                         const struct brv_styled *element)
{
    if (element->kind == BRV_STYLED_ELEMENT && element->node && element->node->id.len > 0) {
        const struct docx_bookmark *bookmark = brv_docx_bookmark(docx, element->node->id);
        if (bookmark) {
            brv_docx_inline_new(docx, paragraph, DOCX_BOOKMARK)->bookmark = bookmark;
        }
    }
}

// Bookmarks of the containers that begin with this paragraph.
static void add_outer_bookmarks(struct docx *docx, struct docx_paragraph *paragraph,
                                const struct brv_styled *element)
{
    add_bookmark(docx, paragraph, element);
    for (const struct brv_styled *child = element; child->parent; child = child->parent) {
        const struct brv_styled *first = child->parent->first;
        while (first && first->kind == BRV_STYLED_MARKER) {
            first = first->next;
        }
        if (first != child) {
            break;
        }
        add_bookmark(docx, paragraph, child->parent);
    }
}

// Indents leave at least half an inch to write on, however deep the boxes go.
static int32_t clamp_indent(const struct docx *docx, int32_t indent)
{
    int32_t most = docx->text_width - 720;
    return indent > most ? most : indent < -docx->text_width ? -docx->text_width : indent;
}

static void apply_place(const struct docx *docx, const struct docx_place *place,
                        struct docx_paragraph_format *format)
{
    format->left = clamp_indent(docx, format->left + place->left);
    format->right = clamp_indent(docx, format->right + place->right);
    format->keep_next |= place->keep_next;
    format->keep_lines |= place->keep_lines;
    if (format->shade == DOCX_NO_COLOR) {
        format->shade = place->shade;
    }
    bool is_bare = true;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        is_bare &= format->borders[i].style == BRV_BORDER_NONE;
    }
    if (is_bare) {
        memcpy(format->borders, place->borders, sizeof place->borders);
    }
}

// Gives the first paragraph of a list item its number.
static void take_item(struct docx *docx, const struct docx_place *place,
                      struct docx_paragraph *paragraph)
{
    struct docx_item *item = place->item;
    if (!item || item->is_taken) {
        return;
    }
    item->is_taken = true;
    paragraph->role = item->role;
    paragraph->num = item->num;
    paragraph->num_level = item->level;
    paragraph->format.first = -item->hanging;
    if (item->literal.len > 0) {
        brv_docx_inline_new(docx, paragraph, DOCX_TEXT)->text = item->literal;
        brv_docx_inline_new(docx, paragraph, DOCX_TAB);
    }
}

// The children [first, end) of a container that stand directly in it.
static void build_anonymous(struct docx *docx, const struct docx_place *place,
                            const struct brv_styled *container, const struct brv_styled *first,
                            const struct brv_styled *end)
{
    bool has_content = false;
    for (const struct brv_styled *styled = first; styled != end; styled = styled->next) {
        has_content |= styled->kind != BRV_STYLED_MARKER &&
                       (styled->kind != BRV_STYLED_TEXT || brv_str_trim(styled->text).len > 0);
    }
    if (!has_content) {
        return;
    }
    struct docx_paragraph_format format = brv_docx_text_format(docx, container->style);
    format.before = place->item_before;
    format.after = place->item_after;
    apply_place(docx, place, &format);
    struct docx_paragraph *paragraph = brv_docx_paragraph_new(docx, place, container, format);
    add_outer_bookmarks(docx, paragraph, first);
    take_item(docx, place, paragraph);
    brv_docx_build_inlines(docx, paragraph, place, first, end);
}

static void build_leaf(struct docx *docx, const struct docx_place *place,
                       const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    int32_t width = place->width;
    struct docx_paragraph_format format = brv_docx_text_format(docx, style);
    if (style->white_space == BRV_SPACE_PRE && format.align == BRV_ALIGN_JUSTIFY) {
        format.align = BRV_ALIGN_START;
    }
    format.run.underline = (style->text_decoration_line & BRV_DECORATION_UNDERLINE) != 0;
    format.run.strike = (style->text_decoration_line & BRV_DECORATION_LINE_THROUGH) != 0;
    format.before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, width));
    format.after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, width));
    format.before = format.before < place->item_before ? place->item_before : format.before;
    format.after = format.after < place->item_after ? place->item_after : format.after;
    if (brv_docx_has_frame(style)) {
        format.shade = brv_docx_rgb(style->background_color);
        brv_docx_frame(style, width, format.borders);
        bool is_underline = format.borders[DOCX_BOTTOM].style != BRV_BORDER_NONE &&
                            format.borders[DOCX_TOP].style == BRV_BORDER_NONE &&
                            format.borders[DOCX_LEFT].style == BRV_BORDER_NONE;
        if (is_underline) { // neighbours must not be joined into one box
            format.borders[DOCX_BETWEEN] = format.borders[DOCX_BOTTOM];
        }
    } else {
        format.before += docx_twips(brv_docx_padding_pt(style, DOCX_TOP, width));
        format.after += docx_twips(brv_docx_padding_pt(style, DOCX_BOTTOM, width));
    }
    for (int i = DOCX_LEFT; i <= DOCX_RIGHT; i += DOCX_RIGHT - DOCX_LEFT) {
        enum docx_side side = (enum docx_side)i;
        int32_t edge = docx_twips(brv_docx_margin_pt(style, side, width) +
                                  brv_docx_padding_pt(style, side, width));
        edge += (brv_docx_border(style, side).eighths * 20 + 4) / 8;
        if (side == DOCX_LEFT) {
            format.left = edge;
        } else {
            format.right = edge;
        }
    }
    format.keep_next = style->break_after == BRV_BREAK_AVOID;
    format.keep_lines = style->break_inside == BRV_BREAK_AVOID;
    format.page_break = style->break_before >= BRV_BREAK_PAGE;
    struct docx_place here = *place;
    here.role = role_within(element, place->role);
    int heading = brv_kind_heading_level(kind_of(element));
    format.outline = (uint8_t)heading;
    apply_place(docx, place, &format);
    struct docx_paragraph *paragraph = brv_docx_paragraph_new(docx, &here, element, format);
    paragraph->wanted = style->brv_word_style;
    add_outer_bookmarks(docx, paragraph, element);
    take_item(docx, &here, paragraph);
    brv_docx_remember_strings(docx, element, paragraph, NULL);
    brv_docx_build_inlines(docx, paragraph, &here, element->first, NULL);
    place->flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
}

// ---- containers

static void close_container(struct docx_flow *flow, const struct docx_block *before, int32_t after)
{
    if (flow->last == before) { // empty: its margins collapse through
        flow->pending_before = flow->pending_before > after ? flow->pending_before : after;
    } else if (flow->last->paragraph) {
        struct docx_paragraph *last = flow->last->paragraph;
        last->after_chain = last->after_chain > after ? last->after_chain : after;
    } else {
        struct docx_table *last = flow->last->table;
        last->after_chain = last->after_chain > after ? last->after_chain : after;
    }
}

static void build_list(struct docx *docx, const struct docx_place *place,
                       const struct brv_styled *element)
{
    struct docx_list list = { .element = element, .outer = place->list };
    struct docx_place here = *place;
    here.list = &list;
    here.list_level = place->list_level + 1;
    for (const struct brv_styled *child = element->first; child; child = child->next) {
        if (!brv_docx_is_block(child)) {
            continue; // the tree checker lets only items in
        }
        const struct brv_style *style = child->style;
        struct docx_place within = here;
        int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, place->width) +
                                  brv_docx_padding_pt(style, DOCX_LEFT, place->width));
        int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, place->width) +
                                   brv_docx_padding_pt(style, DOCX_RIGHT, place->width));
        within.left += left;
        within.right += right;
        within.width -= left + right;
        within.item_before = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, place->width));
        within.item_after = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, place->width));
        within.role = DOCX_ROLE_LIST_CONTINUE;
        within.depth++;
        within.keep_lines |= style->break_inside == BRV_BREAK_AVOID;
        struct docx_item item = brv_docx_item(docx, &list, child, &within);
        within.item = &item;
        brv_docx_build_children(docx, &within, child);
        if (!item.is_taken) { // an empty item still has its number
            struct docx_paragraph_format format = brv_docx_text_format(docx, style);
            apply_place(docx, &within, &format);
            take_item(docx, &within, brv_docx_paragraph_new(docx, &within, child, format));
        }
    }
}

static void build_container(struct docx *docx, const struct docx_place *place,
                            const struct brv_styled *element)
{
    const struct brv_style *style = element->style;
    struct docx_flow *flow = place->flow;
    int32_t width = place->width;
    if (style->break_before >= BRV_BREAK_PAGE) {
        flow->pending_break = true;
    }
    if (brv_docx_has_frame(style) && place->depth > 0 && is_table_frame(element)) {
        build_framed(docx, place, element);
        flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
        return;
    }
    struct docx_place here = *place;
    here.outer = place;
    here.depth++;
    here.role = role_within(element, place->role);
    int32_t top = docx_twips(brv_docx_margin_pt(style, DOCX_TOP, width));
    int32_t bottom = docx_twips(brv_docx_margin_pt(style, DOCX_BOTTOM, width));
    int32_t left = docx_twips(brv_docx_margin_pt(style, DOCX_LEFT, width) +
                              brv_docx_padding_pt(style, DOCX_LEFT, width));
    int32_t right = docx_twips(brv_docx_margin_pt(style, DOCX_RIGHT, width) +
                               brv_docx_padding_pt(style, DOCX_RIGHT, width));
    if (brv_docx_has_frame(style)) {
        here.box = element;
        here.shade = brv_docx_rgb(style->background_color);
        brv_docx_frame(style, width, here.borders);
        left += (here.borders[DOCX_LEFT].eighths * 20 + 4) / 8;
        right += (here.borders[DOCX_RIGHT].eighths * 20 + 4) / 8;
    } else {
        top += docx_twips(brv_docx_padding_pt(style, DOCX_TOP, width));
        bottom += docx_twips(brv_docx_padding_pt(style, DOCX_BOTTOM, width));
    }
    here.left += left;
    here.right += right;
    here.width -= left + right;
    here.width = here.width < 720 ? 720 : here.width;
    here.keep_lines |= style->break_inside == BRV_BREAK_AVOID;
    flow->pending_before = flow->pending_before > top ? flow->pending_before : top;
    const struct docx_block *before = flow->last;
    brv_docx_remember_strings(docx, element, NULL, NULL);
    enum brv_kind kind = kind_of(element);
    if (kind == BRV_KIND_UL || kind == BRV_KIND_OL) {
        build_list(docx, &here, element);
    } else {
        brv_docx_build_children(docx, &here, element);
    }
    if (style->break_inside == BRV_BREAK_AVOID) { // all but the last paragraph keep with the next
        for (struct docx_block *block = before ? before->next : flow->first;
             block && block != flow->last;
             block = block->next) {
            if (block->paragraph) {
                block->paragraph->format.keep_next = 1;
            }
        }
    }
    close_container(flow, before, bottom);
    flow->pending_break |= style->break_after >= BRV_BREAK_PAGE;
}

void brv_docx_build_block(struct docx *docx, const struct docx_place *place,
                          const struct brv_styled *element)
{
    if (element->style->display == BRV_DISPLAY_TABLE && place->depth < DOCX_DEPTH_LIMIT) {
        brv_docx_build_table(docx, place, element);
        return;
    }
    enum brv_kind kind = kind_of(element);
    bool is_list = kind == BRV_KIND_UL || kind == BRV_KIND_OL;
    if (!is_list && (place->depth >= DOCX_DEPTH_LIMIT || !holds_blocks(element))) {
        bool is_empty =
            !element->first && kind != BRV_KIND_HR && !brv_docx_has_frame(element->style);
        if (!is_empty) {
            build_leaf(docx, place, element);
        }
        return;
    }
    build_container(docx, place, element);
}

// The children of a container from `child` on; neighbours that are no blocks share a paragraph.
static void build_from(struct docx *docx, const struct docx_place *place,
                       const struct brv_styled *container, const struct brv_styled *child)
{
    while (child) {
        if (brv_docx_is_block(child)) {
            brv_docx_build_block(docx, place, child);
            child = child->next;
            continue;
        }
        const struct brv_styled *end = child;
        while (end && !brv_docx_is_block(end)) {
            end = end->next;
        }
        build_anonymous(docx, place, container, child, end);
        child = end;
    }
}

void brv_docx_build_children(struct docx *docx, const struct docx_place *place,
                             const struct brv_styled *element)
{
    build_from(docx, place, element, element->first);
}

void brv_docx_build_body(struct docx *docx)
{
    const struct brv_styled *root = docx->job->root;
    struct docx_place place = {
        .flow = &docx->body,
        .shade = DOCX_NO_COLOR,
        .width = docx->text_width,
        .role = DOCX_ROLE_BODY,
    };
    // The root's own box is the page's text area.
    brv_docx_remember_strings(docx, root, NULL, NULL);
    place.depth = 1;
    brv_docx_build_children(docx, &place, root);
}
