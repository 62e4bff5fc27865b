// Brevier — reading @page and @font-face.
// SPDX-License-Identifier: MIT
#include "style/sheet.h"

static const char *const box_names[BRV_BOX_COUNT] = {
    [BRV_BOX_TOP_LEFT_CORNER] = "top-left-corner",
    [BRV_BOX_TOP_LEFT] = "top-left",
    [BRV_BOX_TOP_CENTER] = "top-center",
    [BRV_BOX_TOP_RIGHT] = "top-right",
    [BRV_BOX_TOP_RIGHT_CORNER] = "top-right-corner",
    [BRV_BOX_RIGHT_TOP] = "right-top",
    [BRV_BOX_RIGHT_MIDDLE] = "right-middle",
    [BRV_BOX_RIGHT_BOTTOM] = "right-bottom",
    [BRV_BOX_BOTTOM_RIGHT_CORNER] = "bottom-right-corner",
    [BRV_BOX_BOTTOM_RIGHT] = "bottom-right",
    [BRV_BOX_BOTTOM_CENTER] = "bottom-center",
    [BRV_BOX_BOTTOM_LEFT] = "bottom-left",
    [BRV_BOX_BOTTOM_LEFT_CORNER] = "bottom-left-corner",
    [BRV_BOX_LEFT_BOTTOM] = "left-bottom",
    [BRV_BOX_LEFT_MIDDLE] = "left-middle",
    [BRV_BOX_LEFT_TOP] = "left-top",
};

static const struct {
    const char *name;
    unsigned condition;
    uint32_t specificity; // :first and :blank before :left and :right
} conditions[] = {
    { "first", BRV_PAGE_IS_FIRST, 1u << 10 },
    { "blank", BRV_PAGE_IS_BLANK, 1u << 10 },
    { "left", BRV_PAGE_IS_LEFT, 1 },
    { "right", BRV_PAGE_IS_RIGHT, 1 },
};

static const struct {
    const char *name;
    double width_mm;
    double height_mm;
} sizes[] = {
    { "a3", 297, 420 },        { "a4", 210, 297 },         { "a5", 148, 210 },
    { "b4", 250, 353 },        { "b5", 176, 250 },         { "letter", 215.9, 279.4 },
    { "legal", 215.9, 355.6 }, { "ledger", 279.4, 431.8 },
};

struct page_builder {
    const struct brv_css_reading *reading;
    struct brv_css_page_rule *rule;
    struct brv_css_block *tails[BRV_BOX_COUNT];
};

// ---- the selector of @page

static bool read_condition(const struct brv_css_reading *reading, struct brv_css_page_rule *rule,
                           const struct brv_css_token *token)
{
    const char *names[BRV_COUNT(conditions)];
    for (size_t i = 0; i < BRV_COUNT(conditions); i++) {
        names[i] = conditions[i].name;
        if (token->kind == BRV_CSS_IDENT && brv_css_is_ident(token, names[i])) {
            rule->conditions |= conditions[i].condition;
            rule->specificity += conditions[i].specificity;
            return true;
        }
    }
    struct brv_diag *diag =
        brv_report(reading->sink,
                   BRV_WARNING,
                   BRV_CODE_STYLE,
                   brv_css_span(reading->source, token),
                   "unknown page selector \":%" BRV_STR_F "\", expected :first, :left, :right or "
                   ":blank",
                   BRV_STR_ARG(token->text));
    brv_diag_hint_nearest(reading->sink, diag, token->text, names, BRV_COUNT(names));
    return false;
}

static bool read_page_selector(const struct brv_css_reading *reading, struct brv_css_range range,
                               struct brv_css_page_rule *rule)
{
    *rule = (struct brv_css_page_rule){ 0 };
    if (brv_css_at(range, BRV_CSS_IDENT)) {
        rule->name = range.at->text;
        rule->specificity = 1u << 20;
        range.at++;
    }
    while (range.at < range.end) {
        if (!brv_css_at(range, BRV_CSS_COLON) || range.at + 1 >= range.end) {
            (void)brv_report(reading->sink,
                             BRV_WARNING,
                             BRV_CODE_STYLE,
                             brv_css_span(reading->source, range.at),
                             "expected a page selector like \"name:first\"");
            return false;
        }
        if (!read_condition(reading, rule, range.at + 1))
            return false;
        range.at += 2;
    }
    return true;
}

// ---- size

static bool read_size(struct brv_css_range range, struct brv_css_page_rule *rule)
{
    double lengths[2] = { 0, 0 };
    size_t length_count = 0;
    bool has_name = false;
    bool has_orientation = false;
    bool is_landscape = false;
    struct brv_css_context context = { 0 };
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        struct brv_css_linear linear;
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (!has_orientation &&
            (brv_css_is_ident(t, "portrait") || brv_css_is_ident(t, "landscape"))) {
            has_orientation = true;
            is_landscape = brv_css_is_ident(t, "landscape");
            continue;
        }
        bool is_size = false;
        for (size_t i = 0; i < BRV_COUNT(sizes) && !has_name && !length_count; i++) {
            if (brv_css_is_ident(t, sizes[i].name)) {
                lengths[0] = sizes[i].width_mm * 72 / 25.4;
                lengths[1] = sizes[i].height_mm * 72 / 25.4;
                is_size = has_name = true;
            }
        }
        if (is_size)
            continue;
        if (has_name || length_count == 2 || !brv_css_parse_linear(&context, t, &linear) ||
            linear.is_number || linear.percent != 0 || linear.em != 0 || linear.rem != 0 ||
            linear.pt < 36 || linear.pt > 14400)
            return false;
        lengths[length_count++] = linear.pt;
    }
    if (has_orientation && length_count > 0)
        return false;
    if (length_count == 1)
        lengths[1] = lengths[0];
    if (has_orientation && !has_name) {
        lengths[0] = 210 * 72 / 25.4;
        lengths[1] = 297 * 72 / 25.4;
    }
    if (lengths[0] <= 0)
        return false;
    rule->has_size = true;
    rule->width_pt = (float)lengths[is_landscape ? 1 : 0];
    rule->height_pt = (float)lengths[is_landscape ? 0 : 1];
    return true;
}

static bool on_page_declaration(void *user, const struct brv_css_item *item)
{
    struct page_builder *builder = user;
    if (!brv_css_is_ident(item->name, "size"))
        return false;
    if (brv_css_only(item->prelude) && brv_css_is_ident(brv_css_trim(item->prelude).at, "auto"))
        return true;
    if (read_size(item->prelude, builder->rule))
        builder->rule->size_is_important = item->is_important;
    else
        (void)brv_report(builder->reading->sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_span_of(builder->reading->source, brv_css_trim(item->all)),
                         "expected a page size: A3, A4, A5, B4, B5, letter, legal or ledger with "
                         "portrait or landscape, or one or two lengths from 36pt to 14400pt");
    return true;
}

static void on_margin_box(void *user, const struct brv_css_item *item)
{
    struct page_builder *builder = user;
    const struct brv_css_reading *reading = builder->reading;
    for (size_t i = 0; i < BRV_BOX_COUNT; i++) {
        if (item->block && brv_str_is_nocase(item->name->text, box_names[i])) {
            struct brv_css_reading inside = *reading;
            inside.in_margin_box = true;
            struct brv_css_block *block =
                brv_css_parse_block(&inside, brv_css_inside(item->block), NULL);
            // The same box twice in one rule: the blocks follow each other.
            if (builder->tails[i])
                builder->tails[i]->next = block;
            else
                builder->rule->boxes[i] = block;
            builder->tails[i] = block;
            return;
        }
    }
    struct brv_diag *diag = brv_report(reading->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_css_span(reading->source, item->name),
                                       "unknown margin box \"@%" BRV_STR_F "\"",
                                       BRV_STR_ARG(item->name->text));
    brv_diag_hint_nearest(reading->sink, diag, item->name->text, box_names, BRV_BOX_COUNT);
}

size_t brv_css_parse_page(const struct brv_css_reading *reading, const struct brv_css_item *item,
                          struct brv_css_page_rule rules[], size_t limit)
{
    struct brv_css_page_rule body = { 0 };
    struct page_builder builder = { .reading = reading, .rule = &body };
    const struct brv_css_block_hooks hooks = { on_margin_box, on_page_declaration, &builder };
    body.block = brv_css_parse_block(reading, brv_css_inside(item->block), &hooks);
    struct brv_css_range prelude = brv_css_trim(item->prelude);
    struct brv_css_range selector;
    size_t count = 0;
    while (count < limit && brv_css_next_item(&prelude, &selector)) {
        struct brv_css_page_rule head;
        if (!read_page_selector(reading, selector, &head))
            return 0;
        rules[count] = body;
        rules[count].span = brv_css_span(reading->source, item->name);
        rules[count].name = head.name;
        rules[count].conditions = head.conditions;
        rules[count].specificity = head.specificity;
        count++;
    }
    return count;
}

// ---- @font-face

static bool read_sources(struct brv_arena *arena, struct brv_css_range range,
                         struct brv_font_face *face)
{
    struct brv_font_source *sources = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct brv_css_range item;
    while (brv_css_next_item(&range, &item)) {
        if (item.at >= item.end)
            return false;
        struct brv_font_source source = { 0 };
        const struct brv_css_token *token = item.at;
        if (token->kind == BRV_CSS_URL) {
            source.value = token->text;
        } else if (brv_css_is_function(token, "local") || brv_css_is_function(token, "url")) {
            const struct brv_css_token *name = brv_css_only(brv_css_inside(token));
            if (!name || (name->kind != BRV_CSS_STRING && name->kind != BRV_CSS_IDENT))
                return false;
            source.is_local = brv_css_is_function(token, "local");
            source.value = name->text;
        } else {
            return false;
        }
        // format(…) after a url says nothing that the file does not say itself.
        BRV_PUSH(arena, sources, count, capacity) = source;
    }
    face->sources = sources;
    face->source_count = count;
    return count > 0;
}

bool brv_css_parse_font_face(const struct brv_css_reading *reading, const struct brv_css_item *item,
                             struct brv_font_face *face)
{
    struct brv_arena *arena = reading->sheets->arena;
    struct brv_css_range range = brv_css_inside(item->block);
    struct brv_css_item descriptor;
    *face = (struct brv_font_face){
        .weight = 400,
        .stretch_percent = 100,
        .span = brv_css_span(reading->source, item->name),
    };
    while (brv_css_next_declaration(&range, &descriptor)) {
        struct brv_css_range value = brv_css_trim(descriptor.prelude);
        struct brv_css_context context = { 0 };
        struct brv_css_value parsed;
        bool is_ok = false;
        if (descriptor.kind != BRV_CSS_DECLARATION)
            is_ok = false;
        else if (brv_css_is_ident(descriptor.name, "font-family"))
            is_ok = brv_css_parse_property(
                        arena, brv_css_property(BRV_PROP_font_family), value, &parsed, &context) &&
                    parsed.strings.count == 1 && (face->family = parsed.strings.items[0]).len > 0;
        else if (brv_css_is_ident(descriptor.name, "src"))
            is_ok = read_sources(arena, value, face);
        else if (brv_css_is_ident(descriptor.name, "font-weight"))
            is_ok = brv_css_parse_property(
                        arena, brv_css_property(BRV_PROP_font_weight), value, &parsed, &context) &&
                    parsed.word > 0 && (face->weight = parsed.word) > 0;
        else if (brv_css_is_ident(descriptor.name, "font-style"))
            is_ok = brv_css_parse_property(
                        arena, brv_css_property(BRV_PROP_font_style), value, &parsed, &context) &&
                    (face->style = (enum brv_font_style)parsed.word) <= BRV_FONT_ITALIC;
        else if (brv_css_is_ident(descriptor.name, "font-stretch"))
            is_ok = brv_css_parse_property(
                        arena, brv_css_property(BRV_PROP_font_stretch), value, &parsed, &context) &&
                    (face->stretch_percent = parsed.length.percent) >= 0;
        if (!is_ok)
            (void)brv_report(
                reading->sink,
                BRV_WARNING,
                BRV_CODE_STYLE,
                brv_css_span_of(reading->source, brv_css_trim(descriptor.all)),
                "expected font-family, src, font-weight, font-style or font-stretch with a value "
                "of @font-face");
    }
    if (face->family.len > 0 && face->source_count > 0)
        return true;
    (void)brv_report(reading->sink,
                     BRV_WARNING,
                     BRV_CODE_STYLE,
                     face->span,
                     "\"@font-face\" needs a font-family and a src, so it has no effect");
    return false;
}

const char *brv_css_box_name(enum brv_margin_box box)
{
    return box_names[box];
}
