// Brevier — the reference of properties, printed from their tables.
// SPDX-License-Identifier: MIT
#include "style/sheet.h"

// Table cells must not hold the character that parts them.
static void add_cell(struct brv_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            brv_buf_add_byte(out, '\\');
        brv_buf_add_byte(out, *text);
    }
}

static void add_output(struct brv_buf *out, const char *outputs, char letter)
{
    const char lower = (char)(letter - 'A' + 'a');
    brv_buf_add_cstr(out,
                     strchr(outputs, letter)  ? " yes |"
                     : strchr(outputs, lower) ? " near |"
                                              : " – |");
}

static void add_longhands(struct brv_buf *out, const struct brv_css_shorthand *shorthand)
{
    for (size_t i = 0; i < shorthand->longhand_count; i++) {
        brv_buf_add_cstr(out, i > 0 ? " " : "");
        brv_buf_add_str(out,
                        brv_css_property((enum brv_css_property_id)shorthand->longhands[i])->name);
    }
}

void brv_style_reference(struct brv_buf *out)
{
    brv_buf_add_cstr(out,
                     "| Property | Values | Initial | Inherited | PDF | Word | Text | Note |\n"
                     "|---|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        brv_buf_printf(out, "| `%" BRV_STR_F "` | `", BRV_STR_ARG(property->name));
        add_cell(out, property->syntax);
        brv_buf_printf(
            out, "` | `%s` | %s |", property->initial, property->inherits ? "yes" : "no");
        add_output(out, property->outputs, 'P');
        add_output(out, property->outputs, 'W');
        add_output(out, property->outputs, 'T');
        brv_buf_add_byte(out, ' ');
        add_cell(out, property->note);
        brv_buf_add_cstr(out, property->note[0] ? " |\n" : "|\n");
    }
    brv_buf_add_cstr(out, "\n| Shorthand | Values | Sets |\n|---|---|---|\n");
    for (size_t i = 0; i < brv_css_shorthand_count(); i++) {
        const struct brv_css_shorthand *shorthand = brv_css_shorthand(i);
        brv_buf_printf(out, "| `%" BRV_STR_F "` | `", BRV_STR_ARG(shorthand->name));
        add_cell(out, shorthand->syntax);
        brv_buf_add_cstr(out, "` | ");
        add_longhands(out, shorthand);
        brv_buf_add_cstr(out, " |\n");
    }
}

// ---- for terminals

static const char *extent_name(const char *outputs, char letter)
{
    return strchr(outputs, letter) ? "yes" : strchr(outputs, letter - 'A' + 'a') ? "near" : "no";
}

static void add_property(struct brv_buf *out, const struct brv_css_property *property)
{
    brv_buf_printf(out,
                   "%" BRV_STR_F ": %s\n    initial %s; %s; PDF %s, Word %s, text %s\n",
                   BRV_STR_ARG(property->name),
                   property->syntax,
                   property->initial,
                   property->inherits ? "inherited" : "not inherited",
                   extent_name(property->outputs, 'P'),
                   extent_name(property->outputs, 'W'),
                   extent_name(property->outputs, 'T'));
    if (property->note[0])
        brv_buf_printf(out, "    %s\n", property->note);
}

static void add_shorthand(struct brv_buf *out, const struct brv_css_shorthand *shorthand)
{
    brv_buf_printf(
        out, "%" BRV_STR_F ": %s\n    sets ", BRV_STR_ARG(shorthand->name), shorthand->syntax);
    add_longhands(out, shorthand);
    brv_buf_add_byte(out, '\n');
}

bool brv_style_property_help(brv_str name, struct brv_buf *out)
{
    const struct brv_css_property *property = brv_css_property_find(name);
    const struct brv_css_shorthand *shorthand = brv_css_shorthand_find(name);
    if (property)
        add_property(out, property);
    else if (shorthand) {
        struct brv_css_expansion longhands;
        add_shorthand(out, shorthand);
        brv_css_shorthand_longhands(shorthand, &longhands);
        for (size_t i = 0; i < longhands.count; i++)
            add_property(out, longhands.properties[i]);
    }
    return property || shorthand;
}

void brv_style_properties_help(struct brv_buf *out)
{
    for (int i = 0; i < BRV_PROP_COUNT; i++)
        add_property(out, brv_css_property((enum brv_css_property_id)i));
    brv_buf_add_cstr(out, "\nThese set others:\n\n");
    for (size_t i = 0; i < brv_css_shorthand_count(); i++)
        add_shorthand(out, brv_css_shorthand(i));
}

const char *const *brv_style_property_names(size_t *count)
{
    return brv_css_property_names(count);
}
