// Brevier — the theme of a Word document.
//
// A stylesheet has no word for a theme, so it is found in what the sheet made: the family of most
// headings and that of text; the colour of text and that of links; and of all other colours, in
// the order of the styles pane, the strong ones as accents, the first dark grey and the first pale
// background as Word's second pair. Other greys and tints stay what they are: a reader who chooses
// other accents does not want to see his hairlines in them.
//
// A template has a theme of its own. What the sheet adds to it is told apart in the same way, and
// has the template's fonts and colours.
// SPDX-License-Identifier: MIT
#include "output/docx_theme.h"

#include "output/docx_template.h"
#include "output/docx_xml.h"

enum { STRONG_CHROMA = 40, PALE_LUMA = 200, DARK_LUMA = 128 };

// ---- fonts

// A heading's own style, not one that is derived from it.
static bool is_heading(const struct docx_style *style)
{
    return brv_docx_is_heading_role(style->role) && !style->base;
}

// The family of most headings' own styles.
static uint16_t heading_font(const struct docx *docx)
{
    uint16_t found = docx->normal->paragraph.run.font;
    size_t most = 0;
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        if (!is_heading(style)) {
            continue;
        }
        size_t count = 0;
        for (const struct docx_style *other = style; other; other = other->next) {
            count += is_heading(other) && other->paragraph.run.font == style->paragraph.run.font;
        }
        if (count > most) {
            found = style->paragraph.run.font;
            most = count;
        }
    }
    return found;
}

// ---- colours

static uint32_t channel(uint32_t rgb, int shift)
{
    return rgb >> shift & 0xFF;
}

static uint32_t luma(uint32_t rgb)
{
    return (channel(rgb, 16) * 2 + channel(rgb, 8) * 5 + channel(rgb, 0)) / 8;
}

static uint32_t chroma(uint32_t rgb)
{
    uint32_t least = 0xFF;
    uint32_t most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        uint32_t value = channel(rgb, shift);
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    return most - least;
}

struct palette {
    struct docx_theme *theme;
    int accents; // found so far
    bool has_dark, has_light;
};

static void take_color(struct palette *palette, uint32_t rgb)
{
    uint32_t *colors = palette->theme->colors;
    if (rgb == DOCX_NO_COLOR || rgb == colors[DOCX_THEME_DARK_1] ||
        rgb == colors[DOCX_THEME_LIGHT_1] || rgb == colors[DOCX_THEME_LINK]) {
        return;
    }
    for (int i = 0; i < palette->accents; i++) {
        if (colors[DOCX_THEME_ACCENT_1 + i] == rgb) {
            return;
        }
    }
    bool is_pale = luma(rgb) >= PALE_LUMA;
    bool is_accent = chroma(rgb) >= STRONG_CHROMA && !is_pale;
    if (is_accent && DOCX_THEME_ACCENT_1 + palette->accents <= DOCX_THEME_ACCENT_6) {
        colors[DOCX_THEME_ACCENT_1 + palette->accents++] = rgb;
    } else if (!is_accent && luma(rgb) < DARK_LUMA && !palette->has_dark) {
        colors[DOCX_THEME_DARK_2] = rgb;
        palette->has_dark = true;
    }
}

static void take_shade(struct palette *palette, uint32_t rgb)
{
    bool is_new = rgb != DOCX_NO_COLOR && rgb != palette->theme->colors[DOCX_THEME_LIGHT_1];
    if (is_new && luma(rgb) >= PALE_LUMA && !palette->has_light) {
        palette->theme->colors[DOCX_THEME_LIGHT_2] = rgb;
        palette->has_light = true;
    } else {
        take_color(palette, rgb);
    }
}

static void take_borders(struct palette *palette, const struct docx_border *borders, int count)
{
    for (int i = 0; i < count; i++) {
        if (borders[i].style != BRV_BORDER_NONE) {
            take_color(palette, borders[i].rgb);
        }
    }
}

static void take_cell(struct palette *palette, const struct docx_cell_format *format)
{
    take_borders(palette, format->borders, 4);
    take_shade(palette, format->shade);
}

static void take_style(struct palette *palette, const struct docx_style *style)
{
    const struct docx_table_format *table = &style->table;
    switch (style->type) {
    case DOCX_PARAGRAPH_STYLE:
        take_color(palette, style->paragraph.run.color);
        take_borders(palette, style->paragraph.borders, DOCX_SIDES);
        take_shade(palette, style->paragraph.shade);
        break;
    case DOCX_CHARACTER_STYLE:
        if (style->run.members & DOCX_RUN_COLOR) {
            take_color(palette, style->run.format.color);
        }
        if (style->run.members & DOCX_RUN_SHADE) {
            take_shade(palette, style->run.format.shade);
        }
        break;
    case DOCX_TABLE_STYLE:
        take_cell(palette, &table->body);
        if (table->has_header) {
            take_cell(palette, &table->header);
        }
        if (table->has_bands) {
            take_cell(palette, &table->even);
        }
        for (int part = 0; part < DOCX_TABLE_PARTS; part++) {
            const struct docx_run_delta *text = &table->parts[part].text;
            if (text->members & DOCX_RUN_COLOR) {
                take_color(palette, text->format.color);
            }
        }
        take_borders(palette, table->outer, 4);
        break;
    }
}

static uint32_t link_color(const struct docx *docx, uint32_t usual)
{
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->role == DOCX_ROLE_HYPERLINK && style->run.members & DOCX_RUN_COLOR) {
            return style->run.format.color;
        }
    }
    return usual;
}

static void take_colors(struct docx *docx, struct docx_theme *theme)
{
    // What a sheet leaves free: quiet colours that go with most.
    static const uint32_t usual[DOCX_THEME_COLORS] = { 0x000000, 0xFFFFFF, 0x44546A, 0xEEF1F4,
                                                       0x2F5D7C, 0x4F6D7A, 0x7A8B99, 0xC08A3E,
                                                       0x5B7F5B, 0x8C4A4A, 0x0563C1, 0x0563C1 };
    struct palette palette = { .theme = theme };
    memcpy(theme->colors, usual, sizeof theme->colors);
    uint32_t text = docx->normal->paragraph.run.color;
    theme->colors[DOCX_THEME_DARK_1] = text == DOCX_NO_COLOR ? 0 : text;
    theme->colors[DOCX_THEME_LINK] = link_color(docx, usual[DOCX_THEME_LINK]);
    theme->colors[DOCX_THEME_VISITED] = theme->colors[DOCX_THEME_LINK];
    for (int role = 0; role < DOCX_ROLE_COUNT; role++) {
        for (const struct docx_style *style = docx->first_style; style; style = style->next) {
            if (style->role == (enum docx_role)role) {
                take_style(&palette, style);
            }
        }
    }
    for (const struct docx_abstract *list = docx->first_abstract; list; list = list->next) {
        for (int at = 0; at < DOCX_LIST_LEVELS; at++) {
            if (list->is_set[at] && list->levels[at].run.members & DOCX_RUN_COLOR) {
                take_color(&palette, list->levels[at].run.format.color);
            }
        }
    }
}

// ---- a template's own

static const char *const color_names[DOCX_THEME_COLORS] = {
    "a:dk1",     "a:lt1",     "a:dk2",     "a:lt2",     "a:accent1", "a:accent2",
    "a:accent3", "a:accent4", "a:accent5", "a:accent6", "a:hlink",   "a:folHlink",
};

// Of six digits, else DOCX_NO_COLOR.
static uint32_t rgb_from_hex(brv_str text)
{
    uint32_t rgb = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = brv_to_lower(text.ptr[i]);
        if (!brv_is_hex_digit(c)) {
            return DOCX_NO_COLOR;
        }
        rgb = rgb << 4 | (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return text.len == 6 ? rgb : DOCX_NO_COLOR;
}

static uint32_t template_color(const struct docx_dom *scheme, const char *name)
{
    const struct docx_dom *color = brv_docx_dom_child(scheme, name);
    brv_str own = brv_docx_dom_value(brv_docx_dom_child(color, "a:srgbClr"), "val");
    brv_str last = brv_docx_dom_value(brv_docx_dom_child(color, "a:sysClr"), "lastClr");
    return rgb_from_hex(own.len > 0 ? own : last);
}

// The sheet's font is for machines without the template's.
static void take_template_font(const struct docx_dom *scheme, const char *name,
                               struct docx_font *font)
{
    const struct docx_dom *latin = brv_docx_dom_child(brv_docx_dom_child(scheme, name), "a:latin");
    brv_str typeface = brv_docx_dom_value(latin, "typeface");
    if (typeface.len > 0 && !brv_str_equal(typeface, font->name)) {
        font->second = font->name;
        font->name = typeface;
    }
}

static void take_template(const struct docx *docx, struct docx_theme *theme)
{
    const struct docx_dom *elements = brv_docx_dom_child(docx->template->theme, "a:themeElements");
    const struct docx_dom *colors = brv_docx_dom_child(elements, "a:clrScheme");
    const struct docx_dom *fonts = brv_docx_dom_child(elements, "a:fontScheme");
    for (int i = 0; i < DOCX_THEME_COLORS; i++) {
        bool is_taken = i <= DOCX_THEME_ACCENT_1 || i == DOCX_THEME_LINK;
        theme->shown[i] = is_taken ? template_color(colors, color_names[i]) : DOCX_NO_COLOR;
        if (theme->shown[i] == DOCX_NO_COLOR) {
            theme->colors[i] = DOCX_NO_COLOR;
        }
    }
    take_template_font(fonts, "a:minorFont", &docx->fonts[theme->minor]);
    if (theme->major != theme->minor) {
        take_template_font(fonts, "a:majorFont", &docx->fonts[theme->major]);
    }
}

static bool has_template_theme(const struct docx *docx)
{
    return docx->template && docx->template->theme;
}

const struct docx_theme *brv_docx_theme(struct docx *docx)
{
    struct docx_theme *theme = BRV_NEW(docx->arena, struct docx_theme);
    theme->major = heading_font(docx);
    theme->minor = docx->normal->paragraph.run.font;
    take_colors(docx, theme);
    memcpy(theme->shown, theme->colors, sizeof theme->shown);
    if (has_template_theme(docx)) {
        take_template(docx, theme);
    }
    return theme;
}

// ---- references

// Which of the theme's a colour is; DOCX_THEME_COLORS for none.
static int find_color(const struct docx *docx, uint32_t rgb)
{
    int i = docx->theme && rgb != DOCX_NO_COLOR ? 0 : DOCX_THEME_COLORS;
    while (i < DOCX_THEME_COLORS && docx->theme->colors[i] != rgb) {
        i++;
    }
    return i;
}

uint32_t brv_docx_theme_value(const struct docx *docx, uint32_t rgb)
{
    int found = find_color(docx, rgb);
    return found < DOCX_THEME_COLORS ? docx->theme->shown[found] : rgb;
}

const char *brv_docx_theme_color(const struct docx *docx, uint32_t rgb)
{
    static const char *const names[DOCX_THEME_COLORS] = {
        "text1",   "background1", "text2",   "background2", "accent1",   "accent2",
        "accent3", "accent4",     "accent5", "accent6",     "hyperlink", "followedHyperlink",
    };
    int found = find_color(docx, rgb);
    return found < DOCX_THEME_COLORS ? names[found] : NULL;
}

void brv_docx_write_theme_color(const struct docx *docx, struct brv_buf *out, const char *name,
                                uint32_t rgb)
{
    const char *color = brv_docx_theme_color(docx, rgb);
    if (color) {
        brv_xml_attr(out, name, brv_str_from_cstr(color));
    }
}

// ---- the part

static void write_font(struct brv_buf *out, const char *name, const struct docx_font *font)
{
    brv_buf_printf(out, "<a:%s><a:latin", name);
    brv_xml_attr(out, "typeface", font->name);
    brv_buf_add_cstr(out, "/><a:ea");
    brv_xml_attr(out, "typeface", font->east_asian);
    brv_buf_add_cstr(out, "/><a:cs");
    brv_xml_attr(out, "typeface", font->complex);
    brv_buf_printf(out, "/></a:%s>", name);
}

static void write_colors(const struct docx_theme *theme, struct brv_buf *out)
{
    for (int i = 0; i < DOCX_THEME_COLORS; i++) {
        brv_buf_printf(out, "<%s><a:srgbClr", color_names[i]);
        brv_xml_attr_rgb(out, "val", theme->colors[i]);
        brv_buf_printf(out, "/></%s>", color_names[i]);
    }
}

// Fills, lines and effects are of no use to a document; a theme must have three of each.
#define FILL "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
#define EFFECT "<a:effectStyle><a:effectLst/></a:effectStyle>"

void brv_docx_write_theme(const struct docx *docx, struct brv_buf *out)
{
    const struct docx_theme *theme = docx->theme;
    if (has_template_theme(docx)) {
        brv_docx_template_write_theme(docx->template, out);
        return;
    }
    brv_buf_add_cstr(out,
                     BRV_XML_DECLARATION
                     "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                     "name=\"Brevier\"><a:themeElements><a:clrScheme name=\"Brevier\">");
    write_colors(theme, out);
    brv_buf_add_cstr(out, "</a:clrScheme>\n<a:fontScheme name=\"Brevier\">");
    write_font(out, "majorFont", &docx->fonts[theme->major]);
    write_font(out, "minorFont", &docx->fonts[theme->minor]);
    brv_buf_add_cstr(out,
                     "</a:fontScheme>\n<a:fmtScheme name=\"Brevier\">"
                     "<a:fillStyleLst>" FILL FILL FILL "</a:fillStyleLst>"
                     "<a:lnStyleLst><a:ln w=\"6350\">" FILL "</a:ln><a:ln w=\"12700\">" FILL
                     "</a:ln>"
                     "<a:ln w=\"19050\">" FILL "</a:ln></a:lnStyleLst>"
                     "<a:effectStyleLst>" EFFECT EFFECT EFFECT "</a:effectStyleLst>"
                     "<a:bgFillStyleLst>" FILL FILL FILL "</a:bgFillStyleLst></a:fmtScheme>"
                     "</a:themeElements></a:theme>\n");
}
