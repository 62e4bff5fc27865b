// Brevier — reading the command line: its options, then its arguments.
// SPDX-License-Identifier: MIT
#include "app/cli.h"
#include "app/date.h"
#include "app/pdf_options.h"
#include "base/file.h"

// ---- options

static const struct brv_option *option_find(brv_str name)
{
    for (size_t i = 0; i < brv_option_count; i++)
        if (brv_str_is(name, brv_options[i].name))
            return &brv_options[i];
    return NULL;
}

static const struct brv_option *option_find_letter(char letter)
{
    for (size_t i = 0; i < brv_option_count; i++)
        if (brv_options[i].letter == letter)
            return &brv_options[i];
    return NULL;
}

static void option_unknown(struct brv_cli *cli, brv_str written, brv_str name)
{
    const char **names = BRV_NEW_ARRAY(cli->arena, const char *, brv_option_count);
    for (size_t i = 0; i < brv_option_count; i++)
        names[i] = brv_options[i].name;
    struct brv_diag *diag = brv_report(cli->sink,
                                       BRV_ERROR,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "unknown option \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(written));
    const char *nearest = brv_nearest(name, names, brv_option_count);
    if (nearest)
        brv_diag_hint(cli->sink, diag, "did you mean \"--%s\"?", nearest);
}

void brv_cli_list_add(struct brv_cli *cli, struct brv_cli_list *list, brv_str value)
{
    BRV_PUSH(cli->arena, list->items, list->count, list->capacity) = value;
}

static enum brv_status choice_check(struct brv_cli *cli, const char *option, brv_str value,
                                    const char *const *choices, size_t count, const char *expected)
{
    for (size_t i = 0; i < count; i++)
        if (brv_str_is(value, choices[i]))
            return BRV_OK;
    struct brv_diag *diag = brv_report(cli->sink,
                                       BRV_ERROR,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "--%s does not know \"%" BRV_STR_F "\", expected %s",
                                       option,
                                       BRV_STR_ARG(value),
                                       expected);
    brv_diag_hint_nearest(cli->sink, diag, value, choices, count);
    return BRV_FAILED;
}

enum brv_status brv_cli_parse_count(struct brv_cli *cli, const char *option, brv_str value,
                                    size_t least, size_t most, size_t *count)
{
    if (brv_str_to_size(value, count) && *count >= least && *count <= most)
        return BRV_OK;
    brv_cli_fault(cli,
                  "--%s does not know \"%" BRV_STR_F "\", expected a number from %zu to %zu",
                  option,
                  BRV_STR_ARG(value),
                  least,
                  most);
    return BRV_FAILED;
}

enum brv_status brv_cli_parse_date(struct brv_cli *cli, const char *option, brv_str value,
                                   brv_str *date)
{
    long long seconds = 0;
    *date = value;
    if (brv_date_parse(value, &seconds))
        return BRV_OK;
    brv_cli_fault(cli,
                  "--%s does not know \"%" BRV_STR_F "\", expected a date like 2025-12-19",
                  option,
                  BRV_STR_ARG(value));
    return BRV_FAILED;
}

static enum brv_status toc_parse(struct brv_cli *cli, brv_str value)
{
    int depth = BRV_CONTENTS_DEPTH;
    if (value.len == 0 || brv_contents_depth(value, &depth)) {
        cli->contents.toc_depth = depth > 0 ? depth : BRV_CONTENTS_NONE;
        return BRV_OK;
    }
    brv_cli_fault(cli,
                  "--toc does not know \"%" BRV_STR_F "\", expected a number of levels up to %d",
                  BRV_STR_ARG(value),
                  BRV_CONTENTS_DEPTH_MAX);
    return BRV_FAILED;
}

static enum brv_status flowed_parse(struct brv_cli *cli, brv_str value)
{
    cli->is_flowed = true;
    cli->is_delsp = brv_str_is(value, "delsp");
    if (value.len == 0 || cli->is_delsp)
        return BRV_OK;
    brv_cli_fault(cli,
                  "--flowed does not know \"%" BRV_STR_F "\", expected nothing or delsp",
                  BRV_STR_ARG(value));
    return BRV_FAILED;
}

static enum brv_status asset_root_parse(struct brv_cli *cli, brv_str value)
{
    cli->asset_root = value;
    if (brv_is_directory(value))
        return BRV_OK;
    brv_cli_fault(cli, "no folder \"%" BRV_STR_F "\" for --asset-root", BRV_STR_ARG(value));
    return BRV_FAILED;
}

static enum brv_status option_apply(struct brv_cli *cli, const struct brv_option *option,
                                    brv_str value)
{
    static const char *const forms[] = { "human", "json" };
    static const char *const stages[] = { "document", "elements", "styled", "pages" };
    brv_str name = brv_str_from_cstr(option->name);
    if (brv_option_bears(option))
        brv_cli_list_add(
            cli,
            &cli->given,
            brv_arena_printf(cli->arena, "%s=%" BRV_STR_F, option->name, BRV_STR_ARG(value)));
    if (brv_batch_option_is(name))
        return brv_batch_option_apply(cli, name, value);
    if (brv_str_is(name, "output"))
        cli->out = value;
    else if (brv_str_is(name, "to"))
        cli->format = value;
    else if (brv_str_is(name, "sheet"))
        brv_cli_list_add(cli, &cli->sheets, value);
    else if (brv_str_is(name, "plugin-path"))
        brv_cli_list_add(cli, &cli->plugin_path, value);
    else if (brv_str_is(name, "set"))
        brv_cli_list_add(cli, &cli->settings, value);
    else if (brv_str_is(name, "grant"))
        brv_cli_list_add(cli, &cli->grants, value);
    else if (brv_str_is(name, "date"))
        return brv_cli_parse_date(cli, option->name, value, &cli->date);
    else if (brv_str_is(name, "asset-root"))
        return asset_root_parse(cli, value);
    else if (brv_str_is(name, "word-template"))
        cli->word_template = value;
    else if (brv_str_is(name, "text-width"))
        return brv_cli_parse_count(
            cli, option->name, value, BRV_TEXT_LEAST_COLUMNS, BRV_TEXT_MOST, &cli->text_width);
    else if (brv_str_is(name, "page-length"))
        return brv_cli_parse_count(
            cli, option->name, value, BRV_TEXT_LEAST_LINES, BRV_TEXT_MOST, &cli->page_length);
    else if (brv_str_is(name, "ascii"))
        cli->is_ascii = true;
    else if (brv_str_is(name, "flowed"))
        return flowed_parse(cli, value);
    else if (brv_str_is(name, "pdf-standard") || brv_str_is(name, "attach") ||
             brv_str_is(name, "password"))
        return brv_pdf_option_apply(cli, name, value);
    else if (brv_str_is(name, "toc"))
        return toc_parse(cli, value);
    else if (brv_str_is(name, "lof"))
        cli->contents.has_figures = true;
    else if (brv_str_is(name, "lot"))
        cli->contents.has_tables = true;
    else if (brv_str_is(name, "strict"))
        cli->is_strict = true;
    else if (brv_str_is(name, "report-loss"))
        cli->reports_loss = true;
    else if (brv_str_is(name, "json"))
        cli->wants_json = true;
    else if (brv_str_is(name, "long"))
        cli->is_long = true;
    else if (brv_str_is(name, "update"))
        cli->is_update = true;
    else if (brv_str_is(name, "trace"))
        cli->is_traced = true;
    else if (brv_str_is(name, "help"))
        cli->wants_help = true;
    else if (brv_str_is(name, "version"))
        cli->wants_version = true;
    else if (brv_str_is(name, "stage")) {
        cli->stage = value;
        return choice_check(cli,
                            option->name,
                            value,
                            stages,
                            BRV_COUNT(stages),
                            "document, elements, styled or pages");
    } else if (brv_str_is(name, "diagnostics")) {
        cli->has_json_diagnostics = brv_str_is(value, "json");
        return choice_check(cli, option->name, value, forms, BRV_COUNT(forms), "human or json");
    }
    return BRV_OK;
}

// ---- arguments

struct arguments {
    char **items;
    int count;
    int at;
};

static void option_note(struct brv_cli *cli, const struct brv_option *option)
{
    BRV_PUSH(cli->arena, cli->options, cli->option_count, cli->option_capacity) = option;
}

static enum brv_status argument_long(struct brv_cli *cli, struct arguments *arguments,
                                     brv_str written)
{
    size_t equals = brv_str_find_byte(written, 0, '=');
    brv_str name = brv_str_slice(written, 2, equals);
    const struct brv_option *option = option_find(name);
    if (!option) {
        option_unknown(cli, brv_str_slice(written, 0, equals), name);
        return BRV_FAILED;
    }
    bool has_value = equals < written.len;
    brv_str value = has_value ? brv_str_slice(written, equals + 1, written.len) : (brv_str){ 0 };
    if (has_value && !option->argument) {
        brv_cli_fault(cli, "--%s takes no value", option->name);
        return BRV_FAILED;
    }
    if (option->argument && option->argument[0] != '[' && !has_value) {
        if (arguments->at == arguments->count) {
            brv_cli_fault(cli, "--%s needs a value: %s", option->name, option->argument);
            return BRV_FAILED;
        }
        value = brv_str_from_cstr(arguments->items[arguments->at++]);
    }
    option_note(cli, option);
    return option_apply(cli, option, value);
}

// "-o out", "-oout"; switches may stand together.
static enum brv_status argument_short(struct brv_cli *cli, struct arguments *arguments,
                                      brv_str written)
{
    for (size_t i = 1; i < written.len; i++) {
        const struct brv_option *option = option_find_letter(written.ptr[i]);
        if (!option) {
            option_unknown(cli, written, brv_str_slice(written, 1, written.len));
            return BRV_FAILED;
        }
        brv_str value = brv_str_slice(written, i + 1, written.len);
        if (option->argument && value.len == 0) {
            if (arguments->at == arguments->count) {
                brv_cli_fault(cli, "-%c needs a value: %s", option->letter, option->argument);
                return BRV_FAILED;
            }
            value = brv_str_from_cstr(arguments->items[arguments->at++]);
        }
        option_note(cli, option);
        if (option_apply(cli, option, option->argument ? value : (brv_str){ 0 }))
            return BRV_FAILED;
        if (option->argument)
            break;
    }
    return BRV_OK;
}

// The form of messages is wanted before the first fault can be told.
static bool wants_json_diagnostics(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        brv_str written = brv_str_from_cstr(argv[i]);
        if (brv_str_is(written, "--"))
            break;
        if (brv_str_is(written, "--diagnostics=json") ||
            (brv_str_is(written, "--diagnostics") && i + 1 < argc &&
             brv_str_is(brv_str_from_cstr(argv[i + 1]), "json")))
            return true;
    }
    return false;
}

static enum brv_status options_check(struct brv_cli *cli)
{
    for (size_t i = 0; i < cli->option_count; i++) {
        const struct brv_option *option = cli->options[i];
        if (cli->command && !(option->commands & cli->command->bit)) {
            brv_cli_fault(cli, "\"%s\" takes no --%s", cli->command->name, option->name);
            return BRV_FAILED;
        }
    }
    return BRV_OK;
}

enum brv_status brv_cli_parse(struct brv_cli *cli, int argc, char **argv)
{
    struct arguments arguments = { .items = argv, .count = argc, .at = 1 };
    cli->has_json_diagnostics = wants_json_diagnostics(argc, argv);
    bool takes_options = true;
    bool has_command = false;
    while (arguments.at < argc) {
        brv_str written = brv_str_from_cstr(argv[arguments.at++]);
        if (takes_options && brv_str_is(written, "--")) {
            takes_options = false;
        } else if (takes_options && brv_str_starts_with(written, BRV_S("--"))) {
            if (argument_long(cli, &arguments, written))
                return BRV_FAILED;
        } else if (takes_options && written.len > 1 && written.ptr[0] == '-') {
            if (argument_short(cli, &arguments, written))
                return BRV_FAILED;
        } else if (!has_command) {
            has_command = true;
            cli->command = brv_command_find(written);
            if (!cli->command) {
                brv_command_unknown(cli, written);
                return BRV_FAILED;
            }
        } else {
            brv_cli_list_add(cli, &cli->operands, written);
        }
    }
    return options_check(cli);
}
