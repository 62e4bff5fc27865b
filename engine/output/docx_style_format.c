// Brevier — the formats of runs and paragraphs as XML.
// SPDX-License-Identifier: MIT
#include "output/docx_styles.h"

#include "output/docx_template.h"
#include "output/docx_theme.h"
#include "output/docx_xml.h"

// ---- runs

static void write_toggle(struct brv_buf *out, const char *name, bool on, enum docx_run_place place)
{
    brv_xml_switch(out, name, on || place == DOCX_RUN_OF_CHARACTERS);
}

// The theme's font by name, when it is one, and what it is called beside.
static void write_fonts(const struct docx *docx, struct brv_buf *out, uint16_t number,
                        enum docx_run_place place)
{
    const struct docx_font *font = &docx->fonts[number];
    const struct docx_theme *theme = docx->theme;
    bool is_minor = theme && theme->minor == number;
    bool is_major = theme && theme->major == number && (place == DOCX_RUN_OF_HEADING || !is_minor);
    brv_buf_add_cstr(out, "<w:rFonts");
    if (is_major) {
        brv_buf_add_cstr(out,
                         " w:asciiTheme=\"majorHAnsi\" w:hAnsiTheme=\"majorHAnsi\" "
                         "w:eastAsiaTheme=\"majorEastAsia\" w:cstheme=\"majorBidi\"");
    } else if (is_minor) {
        brv_buf_add_cstr(out,
                         " w:asciiTheme=\"minorHAnsi\" w:hAnsiTheme=\"minorHAnsi\" "
                         "w:eastAsiaTheme=\"minorEastAsia\" w:cstheme=\"minorBidi\"");
    }
    brv_xml_attr(out, "w:ascii", font->name);
    brv_xml_attr(out, "w:hAnsi", font->name);
    brv_xml_attr(out, "w:eastAsia", font->east_asian);
    brv_xml_attr(out, "w:cs", font->complex);
    brv_buf_add_cstr(out, "/>");
}

void brv_docx_write_shade(const struct docx *docx, struct brv_buf *out, uint32_t rgb)
{
    brv_buf_add_cstr(out, "<w:shd w:val=\"clear\" w:color=\"auto\"");
    if (rgb == DOCX_NO_COLOR) {
        brv_xml_attr(out, "w:fill", BRV_S("auto"));
    } else {
        brv_xml_attr_rgb(out, "w:fill", brv_docx_theme_value(docx, rgb));
        brv_docx_write_theme_color(docx, out, "w:themeFill", rgb);
    }
    brv_buf_add_cstr(out, "/>");
}

void brv_docx_write_run_members(const struct docx *docx, struct brv_buf *out,
                                const struct docx_run_format *format, uint32_t members,
                                enum docx_run_place place)
{
    if (members & DOCX_RUN_FONT) {
        write_fonts(docx, out, format->font, place);
    }
    if (members & DOCX_RUN_BOLD) {
        write_toggle(out, "w:b", format->bold, place);
        write_toggle(out, "w:bCs", format->bold, place);
    }
    if (members & DOCX_RUN_ITALIC) {
        write_toggle(out, "w:i", format->italic, place);
        write_toggle(out, "w:iCs", format->italic, place);
    }
    if (members & DOCX_RUN_CAPS) {
        write_toggle(out, "w:caps", format->caps, place);
    }
    if (members & DOCX_RUN_SMALL_CAPS) {
        write_toggle(out, "w:smallCaps", format->small_caps, place);
    }
    if (members & DOCX_RUN_STRIKE) {
        write_toggle(out, "w:strike", format->strike, place);
    }
    bool is_code = docx->fonts[format->font].family == DOCX_FONT_MODERN &&
                   format->font != docx->normal->paragraph.run.font;
    if ((members & DOCX_RUN_FONT) && is_code) { // nobody wants its spelling checked
        brv_buf_add_cstr(out, "<w:noProof/>");
    }
    if (members & DOCX_RUN_COLOR) {
        brv_buf_add_cstr(out, "<w:color");
        if (format->color == DOCX_NO_COLOR) {
            brv_xml_attr(out, "w:val", BRV_S("auto"));
        } else {
            brv_xml_attr_rgb(out, "w:val", brv_docx_theme_value(docx, format->color));
            brv_docx_write_theme_color(docx, out, "w:themeColor", format->color);
        }
        brv_buf_add_cstr(out, "/>");
    }
    if (members & DOCX_RUN_SPACING) {
        brv_xml_val_int(out, "w:spacing", format->spacing);
    }
    if (members & DOCX_RUN_SIZE) {
        brv_xml_val_int(out, "w:sz", format->half_points);
        brv_xml_val_int(out, "w:szCs", format->half_points);
    }
    if (members & DOCX_RUN_UNDERLINE) {
        brv_xml_val(out, "w:u", format->underline ? "single" : "none");
    }
    if (members & DOCX_RUN_BORDER) {
        brv_docx_write_border(docx, out, "w:bdr", &format->border);
    }
    if (members & DOCX_RUN_SHADE) {
        brv_docx_write_shade(docx, out, format->shade);
    }
    if (members & DOCX_RUN_RAISE) {
        brv_xml_val(out,
                    "w:vertAlign",
                    format->raise == BRV_VERTICAL_SUPER ? "superscript"
                    : format->raise == BRV_VERTICAL_SUB ? "subscript"
                                                        : "baseline");
    }
}

// ---- paragraphs

static const char *border_value(uint8_t style)
{
    switch ((enum brv_border_style)style) {
    case BRV_BORDER_SOLID:
        return "single";
    case BRV_BORDER_DASHED:
        return "dashed";
    case BRV_BORDER_DOTTED:
        return "dotted";
    case BRV_BORDER_DOUBLE:
        return "double";
    case BRV_BORDER_NONE:
        break;
    }
    return "nil";
}

// Of a double border Word takes the width of one of its lines, as wide as what is between them.
static int line_eighths(const struct docx_border *border)
{
    int third = (border->eighths + 1) / 3;
    return border->style != BRV_BORDER_DOUBLE ? border->eighths : third < 2 ? 2 : third;
}

void brv_docx_write_border(const struct docx *docx, struct brv_buf *out, const char *name,
                           const struct docx_border *border)
{
    brv_buf_add_byte(out, '<');
    brv_buf_add_cstr(out, name);
    brv_xml_attr(out, "w:val", brv_str_from_cstr(border_value(border->style)));
    if (border->style != BRV_BORDER_NONE) {
        brv_xml_attr_int(out, "w:sz", line_eighths(border));
        brv_xml_attr_int(out, "w:space", border->space_pt);
        brv_xml_attr_rgb(out, "w:color", brv_docx_theme_value(docx, border->rgb));
        brv_docx_write_theme_color(docx, out, "w:themeColor", border->rgb);
    }
    brv_buf_add_cstr(out, "/>");
}

static void write_paragraph_borders(const struct docx *docx, struct brv_buf *out,
                                    const struct docx_paragraph_format *format,
                                    const struct docx_paragraph_format *base)
{
    static const char *const names[] = { "w:top", "w:left", "w:bottom", "w:right", "w:between" };
    brv_buf_add_cstr(out, "<w:pBdr>");
    for (int i = 0; i < DOCX_SIDES; i++) {
        if (memcmp(&format->borders[i], &base->borders[i], sizeof format->borders[i]) != 0) {
            brv_docx_write_border(docx, out, names[i], &format->borders[i]);
        }
    }
    brv_buf_add_cstr(out, "</w:pBdr>");
}

enum { STEPS = 10 }; // columns of code that tabs lead to

static int32_t step_stop(const struct docx_paragraph_format *format, int step)
{
    return format->tab_step > 0 ? format->left + step * format->tab_step : 0;
}

static bool has_stop(const struct docx_paragraph_format *format, int32_t position)
{
    bool has_any = position == format->tab_center || position == format->tab_right;
    for (int step = 1; step <= STEPS; step++) {
        has_any |= position == step_stop(format, step);
    }
    return has_any;
}

// A tab stop of the base style that this one has not.
static void write_cleared_tab(struct brv_buf *out, int32_t position,
                              const struct docx_paragraph_format *format)
{
    if (position > 0 && !has_stop(format, position)) {
        brv_buf_printf(out, "<w:tab w:val=\"clear\" w:pos=\"%d\"/>", (int)position);
    }
}

// The same of a base that is a template's.
static void write_cleared_stops(const struct docx *docx, struct brv_buf *out,
                                const struct docx_style *style,
                                const struct docx_paragraph_format *base)
{
    struct docx_stop stops[DOCX_STOPS_MAX];
    bool is_based = style->base && style->base->is_adopted;
    size_t count = is_based ? brv_docx_template_stops(docx->template, style->base->id, stops) : 0;
    for (size_t i = 0; i < count; i++) {
        if (!has_stop(base, stops[i].position)) {
            write_cleared_tab(out, stops[i].position, &style->paragraph);
        }
    }
}

static void write_tabs(const struct docx *docx, struct brv_buf *out, const struct docx_style *style,
                       const struct docx_paragraph_format *base)
{
    const struct docx_paragraph_format *format = &style->paragraph;
    const char *leader = format->leader == 0     ? NULL
                         : format->leader == '-' ? "hyphen"
                         : format->leader == '_' ? "underscore"
                                                 : "dot";
    brv_buf_add_cstr(out, "<w:tabs>");
    write_cleared_tab(out, base->tab_center, format);
    write_cleared_tab(out, base->tab_right, format);
    for (int step = 1; step <= STEPS; step++) {
        write_cleared_tab(out, step_stop(base, step), format);
    }
    write_cleared_stops(docx, out, style, base);
    for (int step = 1; step <= STEPS && format->tab_step > 0; step++) {
        brv_buf_printf(out, "<w:tab w:val=\"left\" w:pos=\"%d\"/>", (int)step_stop(format, step));
    }
    if (format->tab_center > 0) {
        brv_buf_printf(out, "<w:tab w:val=\"center\" w:pos=\"%d\"/>", (int)format->tab_center);
    }
    if (format->tab_right > 0) {
        brv_buf_add_cstr(out, "<w:tab w:val=\"right\"");
        if (leader) {
            brv_xml_attr(out, "w:leader", brv_str_from_cstr(leader));
        }
        brv_xml_attr_int(out, "w:pos", format->tab_right);
        brv_buf_add_cstr(out, "/>");
    }
    brv_buf_add_cstr(out, "</w:tabs>");
}

static void write_spacing(struct brv_buf *out, const struct docx_paragraph_format *format,
                          const struct docx_paragraph_format *base)
{
    if (format->before == base->before && format->after == base->after &&
        format->line == base->line) {
        return;
    }
    brv_buf_add_cstr(out, "<w:spacing");
    if (format->before != base->before) {
        brv_xml_attr_int(out, "w:before", format->before);
    }
    if (format->after != base->after) {
        brv_xml_attr_int(out, "w:after", format->after);
    }
    if (format->line != base->line) {
        int32_t line = format->line < 0 ? -format->line : format->line;
        brv_xml_attr_int(out, "w:line", line == 0 ? 240 : line);
        brv_xml_attr(out,
                     "w:lineRule",
                     format->line == 0  ? BRV_S("auto")
                     : format->line < 0 ? BRV_S("exact")
                                        : BRV_S("atLeast"));
    }
    brv_buf_add_cstr(out, "/>");
}

static void write_indents(struct brv_buf *out, const struct docx_paragraph_format *format,
                          const struct docx_paragraph_format *base, bool is_numbered)
{
    if (format->left == base->left && format->right == base->right &&
        format->first == base->first && !is_numbered) { // a numbering has indents of its own
        return;
    }
    brv_buf_add_cstr(out, "<w:ind");
    brv_xml_attr_int(out, "w:left", format->left);
    brv_xml_attr_int(out, "w:right", format->right);
    if (format->first < 0) {
        brv_xml_attr_int(out, "w:hanging", -format->first);
    } else {
        brv_xml_attr_int(out, "w:firstLine", format->first);
    }
    brv_buf_add_cstr(out, "/>");
}

static const char *justification(uint8_t align)
{
    switch ((enum brv_text_align)align) {
    case BRV_ALIGN_END:
    case BRV_ALIGN_RIGHT:
        return "right";
    case BRV_ALIGN_CENTER:
        return "center";
    case BRV_ALIGN_JUSTIFY:
        return "both";
    case BRV_ALIGN_START:
    case BRV_ALIGN_LEFT:
        break;
    }
    return "left"; // Word reads it as the side where lines begin
}

void brv_docx_write_paragraph_members(const struct docx *docx, struct brv_buf *out,
                                      const struct docx_style *style,
                                      const struct docx_paragraph_format *base, bool is_rtl)
{
    const struct docx_paragraph_format *format = &style->paragraph;
    if (format->keep_next != base->keep_next) {
        brv_xml_switch(out, "w:keepNext", format->keep_next);
    }
    if (format->keep_lines != base->keep_lines) {
        brv_xml_switch(out, "w:keepLines", format->keep_lines);
    }
    if (format->page_break != base->page_break) {
        brv_xml_switch(out, "w:pageBreakBefore", format->page_break);
    }
    if (format->widow_control != base->widow_control) {
        brv_xml_switch(out, "w:widowControl", format->widow_control);
    }
    if (style->is_unnumbered) {
        brv_buf_add_cstr(out, "<w:numPr><w:numId w:val=\"0\"/></w:numPr>");
    } else if (style->num) {
        brv_buf_add_cstr(out, "<w:numPr>");
        if (style->num_level > 0) {
            brv_xml_val_int(out, "w:ilvl", style->num_level);
        }
        brv_xml_val_int(out, "w:numId", style->num->id);
        brv_buf_add_cstr(out, "</w:numPr>");
    }
    if (memcmp(format->borders, base->borders, sizeof format->borders) != 0) {
        write_paragraph_borders(docx, out, format, base);
    }
    if (format->shade != base->shade) {
        brv_docx_write_shade(docx, out, format->shade);
    }
    if (format->tab_center != base->tab_center || format->tab_right != base->tab_right ||
        format->leader != base->leader || step_stop(format, 1) != step_stop(base, 1) ||
        format->tab_step != base->tab_step) {
        write_tabs(docx, out, style, base);
    }
    if (format->no_hyphens != base->no_hyphens) {
        brv_xml_switch(out, "w:suppressAutoHyphens", format->no_hyphens);
    }
    brv_buf_add_cstr(out, is_rtl ? "<w:bidi/>" : "");
    write_spacing(out, format, base);
    write_indents(out, format, base, style->num != NULL);
    if (format->align != base->align) {
        brv_xml_val(out, "w:jc", justification(format->align));
    }
    if (format->outline != base->outline) {
        brv_xml_val_int(out, "w:outlineLvl", format->outline > 0 ? format->outline - 1 : 9);
    }
}

void brv_docx_write_paragraph_format(const struct docx *docx, struct brv_buf *out,
                                     const struct docx_style *style,
                                     const struct docx_paragraph_format *base)
{
    size_t start = out->len;
    brv_buf_add_cstr(out, "<w:pPr>");
    size_t open = out->len;
    brv_docx_write_paragraph_members(docx, out, style, base, false);
    if (out->len == open) {
        out->len = start;
    } else {
        brv_buf_add_cstr(out, "</w:pPr>");
    }
}

void brv_docx_write_run_format(const struct docx *docx, struct brv_buf *out,
                               const struct docx_run_format *format, uint32_t members,
                               enum docx_run_place place)
{
    if (members != 0) {
        brv_buf_add_cstr(out, "<w:rPr>");
        brv_docx_write_run_members(docx, out, format, members, place);
        brv_buf_add_cstr(out, "</w:rPr>");
    }
}
