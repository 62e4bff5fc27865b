// Brevier — colours.
// Hexadecimal with 3, 4, 6 or 8 digits, names, and rgb(), rgba(), hsl(), hsla(): with commas
// exactly as in CSS Color 3, with spaces and a slash as in CSS Color 4.
// SPDX-License-Identifier: MIT
#include "style/value.h"

#include <math.h>

static const char *const color_names[] = {
#define NAMED_COLOR(name, rgb) #name,
#include "style/colors.def"
#undef NAMED_COLOR
    "currentcolor",
    "transparent",
};

static const uint32_t color_values[] = {
#define NAMED_COLOR(name, rgb) rgb,
#include "style/colors.def"
#undef NAMED_COLOR
};

static uint8_t channel(double unit)
{
    return (uint8_t)(unit <= 0 ? 0 : unit >= 1 ? 255 : floor(unit * 255 + 0.5));
}

static bool color_from_name(brv_str name, struct brv_css_color *color)
{
    if (brv_str_is_nocase(name, "currentcolor")) {
        *color = (struct brv_css_color){ .is_current = true };
        return true;
    }
    if (brv_str_is_nocase(name, "transparent")) {
        *color = (struct brv_css_color){ 0 };
        return true;
    }
    for (size_t i = 0; i < BRV_COUNT(color_values); i++) {
        if (brv_str_is_nocase(name, color_names[i])) {
            uint32_t rgb = color_values[i];
            *color = (struct brv_css_color){
                .color = { (uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb, 255 },
            };
            return true;
        }
    }
    return false;
}

static int hex_digit(char c)
{
    c = brv_to_lower(c);
    return brv_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool color_from_hash(brv_str digits, struct brv_css_color *color)
{
    if (digits.len != 3 && digits.len != 4 && digits.len != 6 && digits.len != 8)
        return false;
    size_t width = digits.len <= 4 ? 1 : 2;
    uint8_t channels[4] = { 0, 0, 0, 255 };
    for (size_t i = 0; i < digits.len / width; i++) {
        int high = hex_digit(digits.ptr[i * width]);
        int low = hex_digit(digits.ptr[i * width + width - 1]);
        if (high < 0 || low < 0)
            return false;
        channels[i] = (uint8_t)(high * 16 + low);
    }
    *color = (struct brv_css_color){
        .color = { channels[0], channels[1], channels[2], channels[3] },
    };
    return true;
}

// Collects the three or four arguments of a colour function; *is_legacy tells commas from spaces.
static bool read_arguments(struct brv_css_range range, const struct brv_css_token *arguments[4],
                           size_t *count, bool *is_legacy)
{
    bool may_follow = true; // a separator came last
    bool has_slash = false;
    *count = 0;
    *is_legacy = false;
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind == BRV_CSS_SPACE)
            continue;
        if (t->kind == BRV_CSS_COMMA) {
            if (may_follow || has_slash || (*count > 1 && !*is_legacy))
                return false;
            *is_legacy = may_follow = true;
        } else if (t->kind == BRV_CSS_DELIM && brv_str_is(t->text, "/")) {
            if (*is_legacy || has_slash || *count != 3)
                return false;
            has_slash = may_follow = true;
        } else {
            if (*count == 4 || (*is_legacy && !may_follow) ||
                (!*is_legacy && *count == 3 && !has_slash))
                return false;
            arguments[(*count)++] = t;
            may_follow = false;
        }
    }
    return !may_follow && *count >= 3;
}

static bool read_rgb(const struct brv_css_token *const arguments[4], double rgb[3])
{
    for (size_t i = 0; i < 3; i++) {
        if (arguments[i]->kind != arguments[0]->kind)
            return false;
        if (arguments[i]->kind == BRV_CSS_NUMBER)
            rgb[i] = arguments[i]->number / 255;
        else if (arguments[i]->kind == BRV_CSS_PERCENTAGE)
            rgb[i] = arguments[i]->number / 100;
        else
            return false;
    }
    return true;
}

static double hue_to_channel(double low, double high, double hue)
{
    hue -= floor(hue);
    if (hue * 6 < 1)
        return low + (high - low) * hue * 6;
    if (hue * 2 < 1)
        return high;
    if (hue * 3 < 2)
        return low + (high - low) * (2.0 / 3 - hue) * 6;
    return low;
}

static bool read_hue(const struct brv_css_token *token, bool is_legacy, double *turns)
{
    if (token->kind == BRV_CSS_NUMBER) {
        *turns = token->number / 360;
        return true;
    }
    if (is_legacy || token->kind != BRV_CSS_DIMENSION)
        return false;
    static const struct {
        const char *name;
        double per_turn;
    } angles[] = { { "deg", 360 }, { "grad", 400 }, { "rad", 6.283185307179586 }, { "turn", 1 } };
    for (size_t i = 0; i < BRV_COUNT(angles); i++) {
        if (brv_str_is_nocase(token->text, angles[i].name)) {
            *turns = token->number / angles[i].per_turn;
            return true;
        }
    }
    return false;
}

static bool read_hsl(const struct brv_css_token *const arguments[4], bool is_legacy, double rgb[3])
{
    double hue = 0;
    if (!read_hue(arguments[0], is_legacy, &hue) || arguments[1]->kind != BRV_CSS_PERCENTAGE ||
        arguments[2]->kind != BRV_CSS_PERCENTAGE)
        return false;
    double saturation = fmin(fmax(arguments[1]->number / 100, 0), 1);
    double lightness = fmin(fmax(arguments[2]->number / 100, 0), 1);
    double high = lightness <= 0.5 ? lightness * (saturation + 1)
                                   : lightness + saturation - lightness * saturation;
    double low = lightness * 2 - high;
    rgb[0] = hue_to_channel(low, high, hue + 1.0 / 3);
    rgb[1] = hue_to_channel(low, high, hue);
    rgb[2] = hue_to_channel(low, high, hue - 1.0 / 3);
    return true;
}

static bool color_from_function(const struct brv_css_token *token, struct brv_css_color *color)
{
    bool is_hsl = brv_str_is_nocase(token->text, "hsl") || brv_str_is_nocase(token->text, "hsla");
    bool is_alpha_name =
        brv_str_is_nocase(token->text, "rgba") || brv_str_is_nocase(token->text, "hsla");
    if (!is_hsl && !is_alpha_name && !brv_str_is_nocase(token->text, "rgb"))
        return false;
    const struct brv_css_token *arguments[4];
    size_t count = 0;
    bool is_legacy = false;
    if (!read_arguments(brv_css_inside(token), arguments, &count, &is_legacy) ||
        (is_legacy && count != (is_alpha_name ? 4 : 3)))
        return false;
    double rgb[3];
    if (is_hsl ? !read_hsl(arguments, is_legacy, rgb) : !read_rgb(arguments, rgb))
        return false;
    double alpha = 1;
    if (count == 4 && arguments[3]->kind == BRV_CSS_NUMBER)
        alpha = arguments[3]->number;
    else if (count == 4 && arguments[3]->kind == BRV_CSS_PERCENTAGE && !is_legacy)
        alpha = arguments[3]->number / 100;
    else if (count == 4)
        return false;
    *color = (struct brv_css_color){
        .color = { channel(rgb[0]), channel(rgb[1]), channel(rgb[2]), channel(alpha) },
    };
    return true;
}

bool brv_css_color_from_token(const struct brv_css_token *token, struct brv_css_color *color)
{
    switch ((enum brv_css_kind)token->kind) {
    case BRV_CSS_IDENT:
        return color_from_name(token->text, color);
    case BRV_CSS_HASH:
        return color_from_hash(token->text, color);
    case BRV_CSS_FUNCTION:
        return color_from_function(token, color);
    default: // every other token is no colour
        return false;
    }
}

const char *const *brv_css_color_names(size_t *count)
{
    *count = BRV_COUNT(color_names);
    return color_names;
}
