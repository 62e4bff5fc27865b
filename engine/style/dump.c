// Brevier — the styled tree as text.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

static void add_element_name(const struct brv_node *node, struct brv_buf *out)
{
    brv_buf_add_cstr(out, brv_kind_name(node->kind));
    if (node->id.len > 0)
        brv_buf_printf(out, "#%" BRV_STR_F, BRV_STR_ARG(node->id));
    for (size_t i = 0; i < node->class_count; i++)
        brv_buf_printf(out, ".%" BRV_STR_F, BRV_STR_ARG(node->classes[i]));
}

static void add_name(const struct brv_styled *styled, struct brv_buf *out)
{
    static const char *const names[] = {
        [BRV_STYLED_ELEMENT] = "",           [BRV_STYLED_TEXT] = "#text",
        [BRV_STYLED_BEFORE] = "::before",    [BRV_STYLED_AFTER] = "::after",
        [BRV_STYLED_MARKER] = "::marker",    [BRV_STYLED_LEADER] = "leader",
        [BRV_STYLED_PAGE_NUMBER] = "page",   [BRV_STYLED_PAGE_COUNT] = "pages",
        [BRV_STYLED_TARGET_PAGE] = "target", [BRV_STYLED_STRING] = "string",
    };
    brv_buf_add_cstr(out, names[styled->kind]);
    if (styled->kind == BRV_STYLED_ELEMENT) {
        add_element_name(styled->node, out);
    } else if (styled->kind == BRV_STYLED_PAGE_NUMBER || styled->kind == BRV_STYLED_PAGE_COUNT) {
        brv_buf_printf(out, " %s", brv_css_list_style_name(styled->format));
    } else if (styled->text.len > 0) {
        brv_buf_add_byte(out, ' ');
        brv_buf_add_json_string(out, styled->text);
    }
}

static bool is_told(const struct brv_css_property *property, const struct brv_style *style,
                    const struct brv_style *parent)
{
    const void *field = brv_css_field(style, property);
    const struct brv_style *other =
        property->inherits && parent ? parent : brv_style_initial(style);
    bool is_border_color = property->type->id == BRV_CSS_TYPE_COLOR && !property->inherits &&
                           property->initial[0] == 'c';
    return !property->type->equal(
        field, is_border_color ? (const void *)&style->color : brv_css_field(other, property));
}

static void add_style(const struct brv_styled *styled, struct brv_buf *out)
{
    const struct brv_style *parent = styled->parent ? styled->parent->style : NULL;
    const char *separator = " { ";
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        if (!is_told(property, styled->style, parent))
            continue;
        brv_buf_printf(out, "%s%" BRV_STR_F ": ", separator, BRV_STR_ARG(property->name));
        property->type->print(brv_css_field(styled->style, property), property->type, out);
        separator = "; ";
    }
    if (separator[0] == ';')
        brv_buf_add_cstr(out, " }");
}

// Where a value comes from: the declaration, and the trace of the element that it stands on.
static const struct brv_css_declaration *find_source(const struct brv_style_trace *trace,
                                                     const struct brv_css_property *property,
                                                     const struct brv_style_trace **from)
{
    for (*from = trace; *from; *from = (*from)->parent) {
        const struct brv_css_declaration *winner = (*from)->winners[property->id];
        bool is_inherited = !winner || winner->value.kind == BRV_CSS_UNSET
                                ? property->inherits
                                : winner->value.kind == BRV_CSS_INHERIT;
        if (!is_inherited)
            return winner;
    }
    return NULL;
}

static void add_sources(const struct brv_styled *styled, size_t indent, struct brv_buf *out)
{
    for (int i = 0; i < BRV_PROP_COUNT && styled->trace; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        const struct brv_style_trace *from = NULL;
        const struct brv_css_declaration *source = find_source(styled->trace, property, &from);
        if (!source)
            continue;
        brv_buf_add_repeated(out, ' ', indent);
        brv_buf_printf(out, "%" BRV_STR_F ": ", BRV_STR_ARG(property->name));
        property->type->print(brv_css_field(styled->style, property), property->type, out);
        const struct brv_span span =
            brv_css_declaration_span(brv_style_sheets(styled->style), source);
        brv_buf_printf(out,
                       "  <- %" BRV_STR_F ":%zu",
                       BRV_STR_ARG(span.source->name),
                       brv_span_locate(span).line);
        if (from != styled->trace) {
            brv_buf_add_cstr(out, " on ");
            add_element_name(from->node, out);
        }
        brv_buf_add_byte(out, '\n');
    }
}

static void add_strings(const struct brv_styled *styled, struct brv_buf *out)
{
    for (size_t i = 0; i < styled->string_count; i++) {
        brv_buf_printf(out,
                       " %s%" BRV_STR_F " = ",
                       i ? "" : "strings: ",
                       BRV_STR_ARG(styled->strings[i].name));
        brv_buf_add_json_string(out, styled->strings[i].value);
    }
}

// The next node in document order, NULL after the last; *depth follows.
static const struct brv_styled *next_node(const struct brv_styled *root,
                                          const struct brv_styled *at, size_t *depth)
{
    if (at->first) {
        ++*depth;
        return at->first;
    }
    while (at != root && !at->next) {
        at = at->parent;
        --*depth;
    }
    return at == root ? NULL : at->next;
}

void brv_styled_dump(const struct brv_styled *root, struct brv_buf *out)
{
    size_t depth = 0;
    for (const struct brv_styled *s = root; s; s = next_node(root, s, &depth)) {
        brv_buf_add_repeated(out, ' ', depth * 2);
        add_name(s, out);
        bool has_style = s->kind == BRV_STYLED_ELEMENT || s->kind == BRV_STYLED_BEFORE ||
                         s->kind == BRV_STYLED_AFTER || s->kind == BRV_STYLED_MARKER;
        if (has_style)
            add_style(s, out);
        add_strings(s, out);
        if (s->selector.len > 0)
            brv_buf_printf(out, " <- %" BRV_STR_F, BRV_STR_ARG(s->selector));
        brv_buf_add_byte(out, '\n');
    }
}

void brv_styled_explain(const struct brv_styled *root, struct brv_buf *out)
{
    size_t depth = 0;
    for (const struct brv_styled *s = root; s; s = next_node(root, s, &depth)) {
        brv_buf_add_repeated(out, ' ', depth * 2);
        add_name(s, out);
        add_strings(s, out);
        brv_buf_add_byte(out, '\n');
        add_sources(s, depth * 2 + 4, out);
    }
}
