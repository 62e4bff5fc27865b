// Brevier — what our own styles have to state beside those of a template.
//
// A style says what sets it apart from the one that it is based on. Where that is a template's, its
// text may be indented, justified and spaced as nobody thought of who wrote our sheet: right for
// body text, which is to look as the house's does, and wrong for cells, code, headers and contents.
// So body text leaves all this to the template, and everything else states its own.
// SPDX-License-Identifier: MIT
#include "output/docx_template.h"

#include "output/docx_naming.h"

// A line height in lines, which no format of ours has.
enum { IN_LINES = 1, LINE_AUTO = 240 };

static void read_length(const struct docx_dom *dom, const char *name, int32_t sign, int32_t *value)
{
    brv_str text = brv_docx_dom_value(dom, name);
    bool is_negative = text.len > 0 && text.ptr[0] == '-';
    size_t number = 0;
    if (brv_str_to_size(brv_str_from(text, is_negative), &number) && number <= INT16_MAX) {
        *value = (int32_t)number * (is_negative ? -sign : sign);
    }
}

static void read_spacing(const struct docx_dom *spacing, struct docx_paragraph_format *format)
{
    int32_t line = 0;
    read_length(spacing, "w:before", 1, &format->before);
    read_length(spacing, "w:after", 1, &format->after);
    read_length(spacing, "w:line", 1, &line);
    brv_str rule = brv_docx_dom_value(spacing, "w:lineRule");
    bool is_exact = brv_str_is(rule, "exact");
    if (line > 0) {
        format->line = is_exact                      ? -line
                       : brv_str_is(rule, "atLeast") ? line
                       : line == LINE_AUTO           ? 0
                                                     : IN_LINES;
    }
}

// `otherwise` where nothing is said. Word has several ways to justify.
static uint8_t align_of(brv_str value, uint8_t otherwise)
{
    static const struct {
        const char *name;
        uint8_t align;
    } rows[] = {
        { "left", BRV_ALIGN_START }, { "start", BRV_ALIGN_START },   { "right", BRV_ALIGN_END },
        { "end", BRV_ALIGN_END },    { "center", BRV_ALIGN_CENTER },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (brv_str_is(value, rows[i].name)) {
            return rows[i].align;
        }
    }
    return value.len > 0 ? BRV_ALIGN_JUSTIFY : otherwise;
}

static void read_properties(const struct docx_dom *properties, struct docx_paragraph_format *format)
{
    const struct docx_dom *indent = brv_docx_dom_child(properties, "w:ind");
    read_length(indent, "w:start", 1, &format->left);
    read_length(indent, "w:left", 1, &format->left);
    read_length(indent, "w:end", 1, &format->right);
    read_length(indent, "w:right", 1, &format->right);
    read_length(indent, "w:firstLine", 1, &format->first);
    read_length(indent, "w:hanging", -1, &format->first);
    read_spacing(brv_docx_dom_child(properties, "w:spacing"), format);
    format->align = align_of(brv_docx_dom_value(brv_docx_dom_child(properties, "w:jc"), "w:val"),
                             format->align);
    format->keep_next = brv_docx_dom_is_on(properties, "w:keepNext", format->keep_next);
    format->keep_lines = brv_docx_dom_is_on(properties, "w:keepLines", format->keep_lines);
    format->page_break = brv_docx_dom_is_on(properties, "w:pageBreakBefore", format->page_break);
    format->widow_control = brv_docx_dom_is_on(properties, "w:widowControl", format->widow_control);
}

static void read_style(const struct docx_template *template, brv_str id, int depth,
                       struct docx_paragraph_format *format)
{
    const struct docx_dom *style = brv_docx_template_find(template, id);
    brv_str base = brv_docx_dom_value(brv_docx_dom_child(style, "w:basedOn"), "w:val");
    if (base.len > 0 && depth < DOCX_DEPTH_LIMIT) {
        read_style(template, base, depth + 1, format);
    }
    read_properties(brv_docx_dom_child(style, "w:pPr"), format);
}

// What paragraphs of a template's style have, of what `format` may say otherwise; the rest of it
// stays.
static void read_format(const struct docx_template *template, brv_str id,
                        struct docx_paragraph_format *format)
{
    const struct docx_dom *defaults = brv_docx_dom_child(template->styles, "w:docDefaults");
    defaults = brv_docx_dom_child(brv_docx_dom_child(defaults, "w:pPrDefault"), "w:pPr");
    format->left = format->right = format->first = 0;
    format->before = format->after = format->line = 0;
    format->align = BRV_ALIGN_START;
    format->keep_next = format->keep_lines = format->page_break = 0;
    format->widow_control = 1;
    read_properties(defaults, format);
    read_style(template, id, 0, format);
}

static void read_size(const struct docx_dom *holder, size_t *half_points)
{
    const struct docx_dom *size = brv_docx_dom_child(brv_docx_dom_child(holder, "w:rPr"), "w:sz");
    size_t number = 0;
    if (brv_str_to_size(brv_docx_dom_value(size, "w:val"), &number) && number > 0) {
        *half_points = number;
    }
}

static void read_style_size(const struct docx_template *template, brv_str id, int depth,
                            size_t *half_points)
{
    const struct docx_dom *style = brv_docx_template_find(template, id);
    brv_str base = brv_docx_dom_value(brv_docx_dom_child(style, "w:basedOn"), "w:val");
    if (base.len > 0 && depth < DOCX_DEPTH_LIMIT) {
        read_style_size(template, base, depth + 1, half_points);
    }
    read_size(style, half_points);
}

float brv_docx_template_size_pt(const struct docx_template *template)
{
    size_t half_points = 20; // Word's own
    const struct docx_dom *defaults = brv_docx_dom_child(template->styles, "w:docDefaults");
    brv_str body = brv_docx_template_style(
        template, DOCX_PARAGRAPH_STYLE, brv_str_from_cstr(brv_docx_role_name(DOCX_ROLE_BODY)));
    read_size(brv_docx_dom_child(defaults, "w:rPrDefault"), &half_points);
    read_style_size(template, body.len > 0 ? body : template->normal_id, 0, &half_points);
    return (float)half_points / 2;
}

static bool is_plain_text(enum docx_role role)
{
    return role == DOCX_ROLE_BODY || brv_docx_is_cell_role(role);
}

// Body text itself, and what differs from it in nothing but the space around.
static bool is_body_text(const struct docx_style *style)
{
    if (style->role != DOCX_ROLE_BODY || style->wanted.len > 0) {
        return false;
    }
    if (!style->base) {
        return brv_str_is(style->name, brv_docx_role_name(DOCX_ROLE_BODY));
    }
    struct docx_paragraph_format spaced = style->base->paragraph;
    spaced.before = style->paragraph.before;
    spaced.after = style->paragraph.after;
    return memcmp(&spaced, &style->paragraph, sizeof spaced) == 0;
}

// Body text that is a style of ours, on the template's Normal.
static void read_body_text(const struct docx *docx, const struct docx_style *body,
                           struct docx_paragraph_format *format)
{
    const struct docx_paragraph_format *normal = &docx->normal->paragraph;
    const struct docx_paragraph_format *own = &body->paragraph;
    read_format(docx->template, docx->normal->id, format);
#define STATED(member) format->member = own->member != normal->member ? own->member : format->member
    STATED(left);
    STATED(right);
    STATED(first);
    STATED(before);
    STATED(after);
    STATED(line);
    STATED(align);
    STATED(keep_next);
    STATED(keep_lines);
    STATED(page_break);
    STATED(widow_control);
#undef STATED
}

struct docx_paragraph_format brv_docx_template_base(const struct docx *docx,
                                                    const struct docx_style *style)
{
    const struct docx_style *base = style->base ? style->base : docx->normal;
    struct docx_paragraph_format format = base->paragraph;
    if (is_body_text(style)) {
        return format;
    }
    if (!style->base) {
        read_format(docx->template, docx->normal->id, &format);
    } else if (base->is_adopted && is_plain_text(base->role)) {
        read_format(docx->template, base->id, &format);
    } else if (is_body_text(base)) {
        read_body_text(docx, base, &format);
    } else if (base->is_adopted) { // looks as the template has it, but stays with what it is above
        struct docx_paragraph_format known = format;
        read_format(docx->template, base->id, &known);
        format.keep_next = known.keep_next;
    }
    return format;
}
