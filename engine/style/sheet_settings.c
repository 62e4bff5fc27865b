// Brevier — variables that are set from outside: --set on the command line.
// SPDX-License-Identifier: MIT
#include "style/sheet_read.h"

// A value that leaves its declaration would bring rules of its own.
static bool is_one_value(struct brv_css_range range)
{
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        bool is_open = t->kind >= BRV_CSS_FUNCTION && t->kind <= BRV_CSS_PAREN &&
                       !(t->flags & BRV_CSS_IS_CLOSED);
        if (t->kind == BRV_CSS_SEMICOLON || t->kind > BRV_CSS_PAREN || is_open ||
            t->kind == BRV_CSS_BAD_STRING || t->kind == BRV_CSS_BAD_URL ||
            (t->flags & BRV_CSS_AT_END))
            return false;
    }
    return true;
}

// A variable that no sheet sets or asks for changes nothing: most likely its name is mistyped.
static void check_variable(struct brv_sheet_loader *loader, brv_str name)
{
    const struct brv_stylesheets *sheets = loader->sheets;
    uint32_t id;
    if (brv_css_custom_find(sheets, name, &id))
        return;
    const char **names = BRV_NEW_ARRAY(sheets->arena, const char *, sheets->custom_count);
    for (size_t i = 0; i < sheets->custom_count; i++)
        names[i] = brv_arena_cstr(sheets->arena, sheets->custom_names[i]);
    struct brv_diag *diag = brv_report(loader->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_span_none(),
                                       "no stylesheet has a variable \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    brv_diag_hint_nearest(loader->sink, diag, name, names, sheets->custom_count);
}

void brv_sheet_load_settings(struct brv_sheet_loader *loader)
{
    struct brv_arena *arena = loader->sheets->arena;
    const struct brv_stylesheets_options *options = loader->options;
    if (options->variable_count == 0)
        return;
    struct brv_css_setting *settings =
        BRV_NEW_ARRAY(arena, struct brv_css_setting, options->variable_count);
    size_t *starts = BRV_NEW_ARRAY(arena, size_t, options->variable_count); // of values
    size_t count = 0;
    struct brv_buf *text = brv_buf_new_in(arena);
    brv_buf_add_cstr(text, ":root {\n");
    for (size_t i = 0; i < options->variable_count; i++) {
        brv_str name = options->variables[i][0];
        brv_str value = options->variables[i][1];
        const struct brv_css_token *token = brv_css_only(brv_css_tokenize(arena, name));
        if (!token || token->kind != BRV_CSS_IDENT || token->text.len < 3 ||
            !brv_str_starts_with(token->text, BRV_S("--")))
            (void)brv_report(loader->sink,
                             BRV_ERROR,
                             BRV_CODE_USAGE,
                             brv_span_none(),
                             "\"%" BRV_STR_F "\" is no name of a variable, expected \"--name\"",
                             BRV_STR_ARG(name));
        else if (!is_one_value(brv_css_tokenize(arena, value)))
            (void)brv_report(loader->sink,
                             BRV_ERROR,
                             BRV_CODE_USAGE,
                             brv_span_none(),
                             "\"%" BRV_STR_F "\" is no value of a variable",
                             BRV_STR_ARG(value));
        else {
            check_variable(loader, token->text);
            brv_buf_printf(text, "%" BRV_STR_F ": ", BRV_STR_ARG(name));
            settings[count] = (struct brv_css_setting){ token->text, value };
            starts[count++] = text->len;
            brv_buf_printf(text, "%" BRV_STR_F " !important;\n", BRV_STR_ARG(value));
        }
    }
    brv_buf_add_cstr(text, "}\n");
    brv_sheet_load_memory(loader, BRV_ORIGIN_OVERRIDE, BRV_S("<--set>"), brv_buf_str(text));
    for (size_t i = 0; i < count; i++)
        settings[i].value.ptr = text->ptr + starts[i];
    loader->sheets->settings = settings;
    loader->sheets->setting_count = count;
}
