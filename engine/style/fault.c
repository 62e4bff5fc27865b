// Brevier — faults that only show when a value is computed. Each declaration reports once.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

// Hints cost more than the rest of a message, so only the first messages have them.
enum { MAX_HINTS = 100, MAX_HINT_NAMES = 500 };

static bool may_report(struct brv_css_faults *faults, const struct brv_css_declaration *declaration)
{
    if (faults->has_reported[declaration->serial] || !faults->sink)
        return false;
    faults->has_reported[declaration->serial] = 1;
    return true;
}

// The nearest name of a variable. The names are gathered once, NUL-terminated as hints need them.
static void hint_variable(struct brv_css_faults *faults, struct brv_diag *diag, brv_str name)
{
    const struct brv_stylesheets *sheets = faults->sheets;
    size_t count = sheets->custom_count < MAX_HINT_NAMES ? sheets->custom_count : MAX_HINT_NAMES;
    if (!faults->custom_names) {
        faults->custom_names = BRV_NEW_ARRAY(faults->arena, const char *, count);
        for (size_t i = 0; i < count; i++)
            faults->custom_names[i] = brv_arena_cstr(faults->arena, sheets->custom_names[i]);
    }
    const char *others[MAX_HINT_NAMES]; // the name itself is among them, as var() mentions it
    size_t other_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!brv_str_is(name, faults->custom_names[i]))
            others[other_count++] = faults->custom_names[i];
    }
    brv_diag_hint_nearest(faults->sink, diag, name, others, other_count);
}

void brv_css_report_unresolved(void *user, const struct brv_css_declaration *declaration,
                               const struct brv_css_substitution *substitution)
{
    struct brv_css_faults *faults = user;
    faults->has_any = true;
    if (!may_report(faults, declaration))
        return;
    struct brv_sink *sink = faults->sink;
    struct brv_diag *diag = NULL;
    switch (substitution->fault) {
    case BRV_VAR_OK:
        return;
    case BRV_VAR_SYNTAX:
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_declaration_span(faults->sheets, declaration),
                         "expected var(--name) or var(--name, fallback)");
        return;
    case BRV_VAR_TOO_LONG:
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_LIMIT,
                         brv_css_declaration_span(faults->sheets, declaration),
                         "the value becomes too long once its variables are filled in");
        return;
    case BRV_VAR_CYCLE:
        (void)brv_report(sink,
                         BRV_WARNING,
                         BRV_CODE_STYLE,
                         brv_css_declaration_span(faults->sheets, declaration),
                         "\"%" BRV_STR_F "\" depends on itself",
                         BRV_STR_ARG(faults->sheets->custom_names[declaration->custom]));
        return;
    case BRV_VAR_UNSET:
        diag = brv_report(sink,
                          BRV_WARNING,
                          BRV_CODE_STYLE,
                          brv_css_declaration_span(faults->sheets, declaration),
                          "\"%" BRV_STR_F "\" is not set here",
                          BRV_STR_ARG(substitution->culprit));
        break;
    }
    if (sink->kept < MAX_HINTS)
        hint_variable(faults, diag, substitution->culprit);
}

// The setting from outside that a value was made with: one that the declaration asks for, or one
// whose words came through other variables. NULL when there is none.
static const struct brv_css_setting *setting_of(const struct brv_stylesheets *sheets,
                                                struct brv_css_range declared,
                                                struct brv_css_range value)
{
    for (size_t i = 0; i < sheets->setting_count; i++) {
        const struct brv_css_setting *setting = &sheets->settings[i];
        for (const struct brv_css_token *t = declared.at; t < declared.end; t++) {
            if (t->kind == BRV_CSS_IDENT && brv_str_equal(t->text, setting->name))
                return setting;
        }
        const char *end = setting->value.ptr + setting->value.len;
        for (const struct brv_css_token *t = value.at; t < value.end; t++) {
            if (t->text.ptr >= setting->value.ptr && t->text.ptr < end)
                return setting;
        }
    }
    return NULL;
}

// A setting is at fault once, however many declarations it reaches.
static void report_setting(struct brv_css_faults *faults, const struct brv_css_setting *setting,
                           const struct brv_css_declaration *declaration, brv_str name,
                           const char *syntax)
{
    size_t index = (size_t)(setting - faults->sheets->settings);
    if (!faults->has_reported_setting)
        faults->has_reported_setting =
            BRV_NEW_ARRAY(faults->arena, bool, faults->sheets->setting_count);
    if (faults->has_reported_setting[index])
        return;
    faults->has_reported_setting[index] = true;
    struct brv_diag *diag = brv_report(faults->sink,
                                       BRV_WARNING,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "\"%" BRV_STR_F "\", set for \"%" BRV_STR_F
                                       "\", is no value of \"%" BRV_STR_F "\", expected %s",
                                       BRV_STR_ARG(setting->value),
                                       BRV_STR_ARG(setting->name),
                                       BRV_STR_ARG(name),
                                       syntax);
    brv_diag_note(
        faults->sink, diag, brv_css_declaration_span(faults->sheets, declaration), "used here");
    if (brv_css_property_of(declaration)->type->id == BRV_CSS_TYPE_COLOR) {
        size_t count = 0;
        const char *const *names = brv_css_color_names(&count);
        brv_diag_hint_nearest(faults->sink, diag, setting->value, names, count);
    }
}

void brv_css_report_invalid(struct brv_css_faults *faults,
                            const struct brv_css_declaration *declaration,
                            struct brv_css_range value)
{
    faults->has_any = true;
    if (!may_report(faults, declaration))
        return;
    const struct brv_css_property *property = brv_css_property_of(declaration);
    const struct brv_css_shorthand *shorthand = brv_css_shorthand_of(declaration);
    brv_str name = shorthand ? shorthand->name : property->name;
    const char *syntax = shorthand ? shorthand->syntax : property->syntax;
    const struct brv_css_setting *setting =
        setting_of(faults->sheets, declaration->value.pending, value);
    if (setting) {
        report_setting(faults, setting, declaration, name, syntax);
        return;
    }
    (void)brv_report(faults->sink,
                     BRV_WARNING,
                     BRV_CODE_STYLE,
                     brv_css_declaration_span(faults->sheets, declaration),
                     "with its variables filled in this is no value of \"%" BRV_STR_F
                     "\", expected %s",
                     BRV_STR_ARG(name),
                     syntax);
}
