// Brevier — `brevier help`: pages made from the tables of commands and options.
// SPDX-License-Identifier: MIT
#include "app/cli.h"
#include "base/width.h"

enum { TERMINAL_COLUMNS = 80 };

// Fills text into lines that begin at `column`, where the first one already stands.
static void fill(struct brv_buf *out, size_t column, brv_str text)
{
    size_t used = column;
    brv_str word;
    while (brv_str_next_word(&text, &word)) {
        size_t width = brv_str_width(word);
        if (used > column && used + 1 + width > TERMINAL_COLUMNS) {
            brv_buf_add_byte(out, '\n');
            brv_buf_add_repeated(out, ' ', column);
            used = column;
        } else if (used > column) {
            brv_buf_add_byte(out, ' ');
            used++;
        }
        brv_buf_add_str(out, word);
        used += width;
    }
    brv_buf_add_byte(out, '\n');
}

static void paragraphs_print(struct brv_buf *out, const char *text)
{
    brv_str rest = brv_str_from_cstr(text);
    while (rest.len > 0) {
        size_t end = brv_str_find(rest, 0, BRV_S("\n\n"));
        fill(out, 0, brv_str_slice(rest, 0, end));
        rest = brv_str_slice(rest, end < rest.len ? end + 2 : end, rest.len);
        if (rest.len > 0)
            brv_buf_add_byte(out, '\n');
    }
}

static void options_print(unsigned commands, struct brv_buf *out)
{
    enum { COLUMN = 28 };
    for (size_t i = 0; i < brv_option_count; i++) {
        const struct brv_option *option = &brv_options[i];
        if (!(option->commands & commands))
            continue;
        size_t start = out->len;
        if (option->letter)
            brv_buf_printf(out, "  -%c, ", option->letter);
        else
            brv_buf_add_cstr(out, "      ");
        brv_buf_printf(out, "--%s", option->name);
        if (option->argument)
            brv_buf_printf(out, "%s%s", option->argument[0] == '[' ? "" : " ", option->argument);
        size_t used = brv_str_width((brv_str){ out->ptr + start, out->len - start });
        brv_buf_add_repeated(out, ' ', used < COLUMN ? COLUMN - used : 2);
        fill(out, COLUMN, brv_str_from_cstr(option->help));
    }
}

static void program_print(struct brv_buf *out)
{
    enum { COLUMN = 12 };
    brv_buf_add_cstr(out,
                     "usage: brevier COMMAND [OPTION]…\n\n"
                     "Turns a structured analysis into a PDF briefing, a Word document and plain "
                     "text.\n\n");
    for (size_t i = 0; i < brv_command_count; i++) {
        const struct brv_command *command = &brv_commands[i];
        brv_buf_printf(out, "  %s", command->name);
        brv_buf_add_repeated(out, ' ', COLUMN - strlen("  ") - strlen(command->name));
        fill(out, COLUMN, brv_str_from_cstr(command->summary));
    }
    brv_buf_add_byte(out, '\n');
    paragraphs_print(out,
                     "\"brevier help COMMAND\" tells more, \"brevier help properties\" what a "
                     "stylesheet can say.\n\n"
                     "Exit status: 0 done; 1 failed, and nothing half-written is left; 2 the "
                     "command line makes no sense; 3 degraded: output is written, but a section "
                     "fell back to the default renderer.");
}

void brv_help_print(const struct brv_command *command, struct brv_buf *out)
{
    if (!command) {
        program_print(out);
        return;
    }
    brv_buf_printf(out,
                   "usage: brevier %s%s%s [OPTION]…\n\n",
                   command->name,
                   command->operands[0] ? " " : "",
                   command->operands);
    char first = command->summary[0];
    brv_buf_add_byte(out, first >= 'a' && first <= 'z' ? (char)(first - ('a' - 'A')) : first);
    brv_buf_printf(out, "%s.\n\n", command->summary + 1);
    if (command->details[0]) {
        paragraphs_print(out, command->details);
        brv_buf_add_byte(out, '\n');
    }
    options_print(command->bit, out);
}

// `help properties`, or one of them.
static enum brv_exit properties_help(struct brv_cli *cli)
{
    struct brv_buf *text = brv_buf_new_in(cli->arena);
    if (cli->operands.count > 2)
        return brv_cli_fault(cli, "\"help properties\" takes one property");
    if (cli->operands.count == 1)
        brv_style_properties_help(text);
    else if (!brv_style_property_help(cli->operands.items[1], text)) {
        brv_str name = cli->operands.items[1];
        struct brv_diag *diag = brv_report(cli->sink,
                                           BRV_ERROR,
                                           BRV_CODE_USAGE,
                                           brv_span_none(),
                                           "unknown property \"%" BRV_STR_F "\"",
                                           BRV_STR_ARG(name));
        size_t count = 0;
        const char *const *names = brv_style_property_names(&count);
        brv_diag_hint_nearest(cli->sink, diag, name, names, count);
        if (diag->hint.len == 0)
            brv_diag_hint(cli->sink, diag, "see \"brevier help properties\"");
        return BRV_EXIT_USAGE;
    }
    return brv_cli_show(cli, text);
}

enum brv_exit brv_cmd_help(struct brv_cli *cli)
{
    const struct brv_command *command = NULL;
    if (cli->operands.count > 0 && brv_str_is(cli->operands.items[0], "properties"))
        return properties_help(cli);
    if (cli->operands.count > 1)
        return brv_cli_fault(cli, "help takes one command");
    if (cli->operands.count == 1) {
        command = brv_command_find(cli->operands.items[0]);
        if (!command) {
            brv_command_unknown(cli, cli->operands.items[0]);
            return BRV_EXIT_USAGE;
        }
    }
    struct brv_buf *text = brv_buf_new_in(cli->arena);
    brv_help_print(command, text);
    return brv_cli_show(cli, text);
}
