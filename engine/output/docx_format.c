// Brevier — CSS values as Word formats.
// SPDX-License-Identifier: MIT
#include "output/docx_tree.h"

#include <math.h>

// Lines closer than this are set by the face itself.
#define SOLID_LINE 1.2f

// ---- colours

static uint32_t over_white(uint8_t channel, uint8_t alpha)
{
    return (uint32_t)(channel * alpha + 255 * (255 - alpha) + 127) / 255;
}

uint32_t brv_docx_rgb(struct brv_color color)
{
    if (color.alpha == 0) {
        return DOCX_NO_COLOR;
    }
    return over_white(color.red, color.alpha) << 16 | over_white(color.green, color.alpha) << 8 |
           over_white(color.blue, color.alpha);
}

// ---- fonts

// What the generic families are called on the machines that Word runs on.
static brv_str family_name(brv_str name)
{
    static const struct {
        const char *generic;
        const char *name;
    } rows[] = {
        { "serif", "Times New Roman" },    { "sans-serif", "Arial" },
        { "monospace", "Courier New" },    { "system-ui", "Arial" },
        { "ui-sans-serif", "Arial" },      { "ui-serif", "Times New Roman" },
        { "ui-monospace", "Courier New" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (brv_str_is_nocase(name, rows[i].generic)) {
            return brv_str_from_cstr(rows[i].name);
        }
    }
    return name;
}

static bool contains(brv_str text, brv_str part)
{
    return brv_str_find(text, 0, part) < text.len;
}

// The first family of the list that one of `scripts` names, else `usual`: Word wants one font for
// each script, CSS lists them in order of preference.
static brv_str family_for(struct brv_strings families, const brv_str *scripts, size_t count,
                          brv_str usual)
{
    for (uint32_t i = 0; i < families.count; i++) {
        for (size_t k = 0; k < count; k++) {
            if (contains(families.items[i], scripts[k])) {
                return families.items[i];
            }
        }
    }
    return usual;
}

// What Word on a common machine has for East Asian text in the language of the document.
static brv_str east_asian_family(brv_str lang, bool is_serif)
{
    brv_str primary = brv_str_slice(lang, 0, brv_str_find_byte(lang, 0, '-'));
    if (brv_str_is_nocase(primary, "ja")) {
        return is_serif ? BRV_S("MS Mincho") : BRV_S("MS Gothic");
    }
    if (brv_str_is_nocase(primary, "ko")) {
        return is_serif ? BRV_S("Batang") : BRV_S("Malgun Gothic");
    }
    bool is_traditional =
        brv_str_starts_with(lang, BRV_S("zh-TW")) || brv_str_starts_with(lang, BRV_S("zh-HK")) ||
        brv_str_starts_with(lang, BRV_S("zh-MO")) || brv_str_starts_with(lang, BRV_S("zh-Hant"));
    if (is_traditional) {
        return is_serif ? BRV_S("PMingLiU") : BRV_S("Microsoft JhengHei");
    }
    return is_serif ? BRV_S("SimSun") : BRV_S("Microsoft YaHei");
}

static void fill_font(struct docx_font *font, struct brv_strings families, brv_str lang)
{
    static const brv_str east_asian[] = {
        BRV_S_INIT("CJK"), BRV_S_INIT("Han Sans"), BRV_S_INIT("Gothic"), BRV_S_INIT("Ming")
    };
    static const brv_str complex[] = {
        BRV_S_INIT("Arab"), BRV_S_INIT("Naskh"), BRV_S_INIT("Hebrew"), BRV_S_INIT("Devanagari")
    };
    font->families = families;
    font->family = DOCX_FONT_SWISS;
    if (families.count == 0) {
        font->name = font->complex = BRV_S("Times New Roman");
        font->east_asian = east_asian_family(lang, true);
        font->family = DOCX_FONT_ROMAN;
        return;
    }
    font->name = family_name(families.items[0]);
    if (families.count > 1 &&
        brv_str_equal(family_name(families.items[1]), families.items[1])) { // no generic one
        font->second = families.items[1];
    }
    brv_str last = families.items[families.count - 1];
    if (brv_str_is_nocase(last, "monospace") || contains(font->name, BRV_S("Mono"))) {
        font->family = DOCX_FONT_MODERN;
    } else if (brv_str_is_nocase(last, "serif") || contains(font->name, BRV_S("Serif"))) {
        font->family = DOCX_FONT_ROMAN;
    }
    bool is_serif = font->family == DOCX_FONT_ROMAN;
    font->east_asian =
        family_for(families, east_asian, BRV_COUNT(east_asian), east_asian_family(lang, is_serif));
    font->complex = family_for(families,
                               complex,
                               BRV_COUNT(complex),
                               is_serif                           ? BRV_S("Times New Roman")
                               : font->family == DOCX_FONT_MODERN ? BRV_S("Courier New")
                                                                  : BRV_S("Arial"));
}

static bool same_families(struct brv_strings a, struct brv_strings b)
{
    bool is_same = a.count == b.count;
    for (uint32_t i = 0; is_same && a.items != b.items && i < a.count; i++) {
        is_same = brv_str_equal(a.items[i], b.items[i]);
    }
    return is_same;
}

// The place of the font of a list of families: of that very list, which is looked at first because
// to choose from a list takes long, or of another list that comes to the same. UINT16_MAX: none,
// and `font` is it.
static uint16_t find_font(const struct docx *docx, struct brv_strings families,
                          struct docx_font *font)
{
    for (size_t i = 0; i < docx->font_count; i++) {
        if (same_families(docx->fonts[i].families, families)) {
            return (uint16_t)i;
        }
    }
    memset(font, 0, sizeof *font);
    fill_font(font, families, docx->lang);
    for (size_t i = 0; i < docx->font_count; i++) {
        const struct docx_font *known = &docx->fonts[i];
        if (brv_str_equal(known->name, font->name) &&
            brv_str_equal(known->east_asian, font->east_asian) &&
            brv_str_equal(known->complex, font->complex)) {
            return (uint16_t)i;
        }
    }
    return UINT16_MAX;
}

uint16_t brv_docx_font(const struct docx *docx, struct brv_strings families)
{
    struct docx_font font;
    return find_font(docx, families, &font);
}

uint16_t brv_docx_take_font(struct docx *docx, struct brv_strings families)
{
    struct docx_font font;
    uint16_t known = find_font(docx, families, &font);
    if (known != UINT16_MAX) {
        return known;
    }
    BRV_PUSH(docx->arena, docx->fonts, docx->font_count, docx->font_capacity) = font;
    return (uint16_t)(docx->font_count - 1);
}

// ---- runs

static struct docx_run_format compute_run_format(struct docx *docx, const struct brv_style *style)
{
    struct docx_run_format format;
    memset(&format, 0, sizeof format);
    format.color = brv_docx_rgb(style->color);
    format.shade = DOCX_NO_COLOR;
    format.font = brv_docx_take_font(docx, style->font_family);
    // In the middle between two sizes the smaller one: lines and cells hold what ours hold.
    float half_points = style->font_size * 2.0f + 0.49f;
    format.half_points = half_points < 2.0f      ? 2
                         : half_points > 3276.0f ? 3276
                                                 : (uint16_t)half_points;
    format.spacing = (int16_t)docx_twips(brv_length_resolve(style->letter_spacing, 0));
    format.bold = style->font_weight >= 600;
    format.italic = style->font_style == BRV_FONT_ITALIC;
    format.caps = style->text_transform == BRV_TRANSFORM_UPPERCASE;
    format.small_caps = style->font_variant_caps != BRV_CAPS_NORMAL && !format.caps;
    return format;
}

struct docx_run_format brv_docx_run_format(struct docx *docx, const struct brv_style *style)
{
    size_t at = style->serial;
    docx->run_cache = brv_arena_grow(
        docx->arena, docx->run_cache, &docx->run_cache_capacity, at + 1, sizeof *docx->run_cache);
    if (docx->run_cache[at].half_points == 0) {
        docx->run_cache[at] = compute_run_format(docx, style);
    }
    struct docx_run_format format = docx->run_cache[at];
    if (docx->scale != 1) {
        format.half_points = (uint16_t)((float)format.half_points * docx->scale + 0.5f);
    }
    return format;
}

void brv_docx_undo_raised_size(struct docx_run_format *format, const struct docx_run_format *around)
{
    if (format->raise != BRV_VERTICAL_BASELINE && format->half_points < around->half_points) {
        format->half_points = around->half_points;
    }
}

#define RUN_MEMBERS(MEMBER)                                                                        \
    MEMBER(color, DOCX_RUN_COLOR)                                                                  \
    MEMBER(shade, DOCX_RUN_SHADE)                                                                  \
    MEMBER(font, DOCX_RUN_FONT)                                                                    \
    MEMBER(half_points, DOCX_RUN_SIZE)                                                             \
    MEMBER(spacing, DOCX_RUN_SPACING)                                                              \
    MEMBER(bold, DOCX_RUN_BOLD)                                                                    \
    MEMBER(italic, DOCX_RUN_ITALIC)                                                                \
    MEMBER(caps, DOCX_RUN_CAPS)                                                                    \
    MEMBER(small_caps, DOCX_RUN_SMALL_CAPS)                                                        \
    MEMBER(underline, DOCX_RUN_UNDERLINE)                                                          \
    MEMBER(strike, DOCX_RUN_STRIKE)                                                                \
    MEMBER(raise, DOCX_RUN_RAISE)                                                                  \
    MEMBER(border, DOCX_RUN_BORDER)

struct docx_run_delta brv_docx_run_delta(const struct docx_run_format *from,
                                         const struct docx_run_format *to)
{
    struct docx_run_delta delta;
    memset(&delta, 0, sizeof delta);
#define COMPARE(field, member)                                                                     \
    if (memcmp(&from->field, &to->field, sizeof from->field) != 0) {                               \
        delta.members |= member;                                                                   \
        delta.format.field = to->field;                                                            \
    }
    RUN_MEMBERS(COMPARE)
#undef COMPARE
    return delta;
}

void brv_docx_run_take(struct docx_run_format *to, const struct docx_run_format *from,
                       uint32_t members)
{
#define TAKE(field, member)                                                                        \
    if (members & (member)) {                                                                      \
        to->field = from->field;                                                                   \
    }
    RUN_MEMBERS(TAKE)
#undef TAKE
}

// ---- boxes

float brv_docx_margin_pt(const struct brv_style *style, enum docx_side side, int32_t width)
{
    float reference = (float)width / 20.0f;
    switch (side) {
    case DOCX_TOP:
        return brv_length_resolve(style->margin_top, reference);
    case DOCX_LEFT:
        return brv_length_resolve(style->margin_left, reference);
    case DOCX_BOTTOM:
        return brv_length_resolve(style->margin_bottom, reference);
    case DOCX_RIGHT:
        return brv_length_resolve(style->margin_right, reference);
    case DOCX_BETWEEN:
    case DOCX_SIDES:
        break;
    }
    return 0;
}

float brv_docx_padding_pt(const struct brv_style *style, enum docx_side side, int32_t width)
{
    float reference = (float)width / 20.0f;
    switch (side) {
    case DOCX_TOP:
        return brv_length_resolve(style->padding_top, reference);
    case DOCX_LEFT:
        return brv_length_resolve(style->padding_left, reference);
    case DOCX_BOTTOM:
        return brv_length_resolve(style->padding_bottom, reference);
    case DOCX_RIGHT:
        return brv_length_resolve(style->padding_right, reference);
    case DOCX_BETWEEN:
    case DOCX_SIDES:
        break;
    }
    return 0;
}

struct docx_border brv_docx_border(const struct brv_style *style, enum docx_side side)
{
    static const struct docx_border none = { 0 };
    enum brv_border_style line = BRV_BORDER_NONE;
    float width = 0;
    struct brv_color color = { 0 };
    switch (side) {
#define SIDE(SIDE_NAME, name)                                                                      \
    case SIDE_NAME:                                                                                \
        line = style->border_##name##_style;                                                       \
        width = style->border_##name##_width;                                                      \
        color = style->border_##name##_color;                                                      \
        break;
        SIDE(DOCX_TOP, top)
        SIDE(DOCX_LEFT, left)
        SIDE(DOCX_BOTTOM, bottom)
        SIDE(DOCX_RIGHT, right)
#undef SIDE
    case DOCX_BETWEEN:
    case DOCX_SIDES:
        break;
    }
    uint32_t rgb = brv_docx_rgb(color);
    if (line == BRV_BORDER_NONE || width <= 0 || rgb == DOCX_NO_COLOR) {
        return none;
    }
    float eighths = width * 8.0f + 0.5f; // Word draws 2 to 96
    return (struct docx_border){
        .style = (uint8_t)line,
        .eighths = eighths < 2.0f    ? 2
                   : eighths > 96.0f ? 96
                                     : (uint16_t)eighths,
        .rgb = rgb,
    };
}

struct docx_border brv_docx_inline_border(const struct brv_style *style)
{
    struct docx_border border = { 0 };
    for (int side = DOCX_TOP; side <= DOCX_RIGHT && border.style == BRV_BORDER_NONE; side++) {
        border = brv_docx_border(style, (enum docx_side)side);
    }
    return border;
}

bool brv_docx_has_frame(const struct brv_style *style)
{
    if (brv_docx_rgb(style->background_color) != DOCX_NO_COLOR) {
        return true;
    }
    for (int side = DOCX_TOP; side <= DOCX_RIGHT; side++) {
        if (brv_docx_border(style, (enum docx_side)side).style != BRV_BORDER_NONE) {
            return true;
        }
    }
    return false;
}

void brv_docx_frame(const struct brv_style *style, int32_t width, struct docx_border borders[4])
{
    uint32_t background = brv_docx_rgb(style->background_color);
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        enum docx_side side = (enum docx_side)i;
        float padding = brv_docx_padding_pt(style, side, width);
        borders[i] = brv_docx_border(style, side);
        if (borders[i].style == BRV_BORDER_NONE) {
            if (background == DOCX_NO_COLOR || padding < 0.5f) {
                continue;
            }
            // Padding without a border: a hairline in the colour of the background carries it.
            borders[i] =
                (struct docx_border){ .style = BRV_BORDER_SOLID, .eighths = 2, .rgb = background };
        }
        borders[i].space_pt =
            padding > DOCX_BORDER_SPACE_PT ? DOCX_BORDER_SPACE_PT : (uint8_t)lroundf(padding);
    }
}

// ---- paragraphs

static uint8_t text_align(enum brv_text_align align)
{
    switch (align) {
    case BRV_ALIGN_END:
    case BRV_ALIGN_RIGHT:
        return BRV_ALIGN_END;
    case BRV_ALIGN_CENTER:
        return BRV_ALIGN_CENTER;
    case BRV_ALIGN_JUSTIFY:
        return BRV_ALIGN_JUSTIFY;
    case BRV_ALIGN_START:
    case BRV_ALIGN_LEFT:
        break;
    }
    return BRV_ALIGN_START;
}

struct docx_paragraph_format brv_docx_text_format(struct docx *docx, const struct brv_style *style)
{
    struct docx_paragraph_format format;
    memset(&format, 0, sizeof format);
    format.run = brv_docx_run_format(docx, style);
    format.shade = DOCX_NO_COLOR;
    // Faces ask for 1.15 to 1.4 themselves: a least height below that would hold nothing but small
    // lines apart, as that of a kicker over its headline.
    float line_pt = brv_style_line_height_pt(style);
    bool is_solid =
        style->line_height.kind == BRV_LINE_NORMAL || line_pt < style->font_size * SOLID_LINE;
    format.line = is_solid ? 0 : docx_twips(line_pt * docx->scale);
    format.first = docx_twips(brv_length_resolve(style->text_indent, (float)docx->text_width / 20));
    format.align = text_align(style->text_align);
    format.widow_control = style->orphans > 1 || style->widows > 1;
    docx->has_hyphens |= style->hyphens == BRV_HYPHENS_AUTO;
    format.no_hyphens = style->hyphens == BRV_HYPHENS_NONE     ? DOCX_NEVER_HYPHENS
                        : style->hyphens == BRV_HYPHENS_MANUAL ? DOCX_OWN_HYPHENS
                                                               : DOCX_AUTO_HYPHENS;
    return format;
}
