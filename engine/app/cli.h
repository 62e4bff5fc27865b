// Brevier — the command line: commands, options and what was asked.
// One table of commands and one of options serve parsing, the help pages and the hints.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_CLI_H
#define BRV_APP_CLI_H

#include "app/exit.h"
#include "app/job.h"

// The values of an option that may be given several times, in order.
struct brv_cli_list {
    brv_str *items;
    size_t count;
    size_t capacity;
};

// The options of `batch` alone.
struct brv_batch_options {
    struct brv_cli_list includes;
    struct brv_cli_list excludes;
    brv_str database;
    brv_str query;
    brv_str since;
    size_t jobs;               // 0: one for each processor
    size_t shard, shard_count; // 0: all
    size_t limit;              // 0: none
    size_t nice;
    bool only_failed;
    bool explains;
    bool verifies;
    bool prunes;
    bool is_sure; // --yes
};

struct brv_option;

struct brv_cli {
    struct brv_arena *arena;
    struct brv_sink *sink; // faults of the command line and of what all documents share
    const struct brv_command *command;
    const struct brv_option **options; // as they were given, in their order
    size_t option_count, option_capacity;
    struct brv_cli_list operands;
    struct brv_cli_list sheets;
    struct brv_cli_list plugin_path;
    struct brv_cli_list settings;
    struct brv_cli_list grants;
    struct brv_cli_list given; // "NAME=VALUE" of each option that bears on what is rendered
    struct brv_batch_options batch;
    brv_str out;
    brv_str format;
    brv_str stage;
    brv_str date;
    brv_str asset_root;
    brv_str word_template;
    size_t text_width;
    size_t page_length;
    struct brv_contents_wishes contents;
    struct brv_pdf_standard pdf_standard;
    struct brv_cli_list attach;         // "FILE:relationship" …
    struct brv_attachment *attachments; // … read
    bool is_strict;
    bool reports_loss;
    bool is_ascii;
    bool is_flowed;
    bool is_delsp;
    bool wants_json;
    bool is_long;   // of plugin list
    bool is_update; // of plugin test
    bool is_traced; // tells what each plugin took
    bool has_json_diagnostics;
    bool wants_help;
    bool wants_version;
};

struct brv_command {
    const char *name;
    const char *operands; // "IN… -o OUT"
    const char *summary;  // one line
    const char *details;  // paragraphs
    unsigned bit;         // which options it takes
    enum brv_exit (*run)(struct brv_cli *cli);
};

struct brv_option {
    const char *name;     // without the dashes
    char letter;          // or 0
    const char *argument; // NULL: a switch; "[=…]": may be left out
    const char *help;
    unsigned commands; // bits
};

extern const struct brv_command brv_commands[];
extern const size_t brv_command_count;
// Whether what it says becomes part of what is rendered.
bool brv_option_bears(const struct brv_option *option);
extern const struct brv_option brv_options[];
extern const size_t brv_option_count;
// Whether every command takes it.
bool brv_option_is_of_all(const struct brv_option *option);

const struct brv_command *brv_command_find(brv_str name);
// Reports an unknown command with the nearest name.
void brv_command_unknown(struct brv_cli *cli, brv_str name);

// Reads the arguments. A fault is reported as a usage error.
enum brv_status brv_cli_parse(struct brv_cli *cli, int argc, char **argv) BRV_WARN_UNUSED;

// The whole program.
int brv_cli_main(int argc, char **argv);

// Reports a usage error on one line; returns BRV_EXIT_USAGE.
enum brv_exit brv_cli_fault(struct brv_cli *cli, const char *format, ...) BRV_PRINTF(2, 3);

// Values of options, for the files that take them.
void brv_cli_list_add(struct brv_cli *cli, struct brv_cli_list *list, brv_str value);
// Each reports a usage error that names the option and what it expects.
enum brv_status brv_cli_parse_count(struct brv_cli *cli, const char *option, brv_str value,
                                    size_t least, size_t most, size_t *count) BRV_WARN_UNUSED;
enum brv_status brv_cli_parse_date(struct brv_cli *cli, const char *option, brv_str value,
                                   brv_str *date) BRV_WARN_UNUSED;

// What several commands do.
// The output of -t; NULL and a usage error when it is unknown.
const struct brv_output *brv_cli_output(struct brv_cli *cli, brv_str name);
// Stylesheets and plugins as the options say; NULL when an error was reported.
struct brv_tools *brv_cli_tools(struct brv_cli *cli);
// The exit status for a failure that was reported: usage when the command line was at fault.
enum brv_exit brv_cli_failed(const struct brv_sink *sink);
// A job with the options of the command line, for the document at `path`.
struct brv_job brv_cli_job(const struct brv_cli *cli, struct brv_arena *arena,
                           struct brv_tools *tools, const struct brv_output *output, brv_str path);
// Reads an input file; a missing one is reported with the nearest name.
enum brv_status brv_cli_read(const struct brv_cli *cli, struct brv_arena *arena, brv_str path,
                             brv_str *bytes, struct brv_sink *sink) BRV_WARN_UNUSED;
// The name of an input in messages.
brv_str brv_cli_input_name(brv_str path);
// Prints the sink's messages to standard error and empties it of them.
void brv_cli_print(const struct brv_cli *cli, struct brv_sink *sink);
// Writes to standard output; a failure is reported.
enum brv_exit brv_cli_show(struct brv_cli *cli, const struct brv_buf *text);

enum brv_exit brv_cmd_render(struct brv_cli *cli);
enum brv_exit brv_cmd_batch(struct brv_cli *cli);
// Whether the command is "batch merge".
bool brv_batch_merges(const struct brv_cli *cli);
// Whether an option is one of `batch` alone, and what it does.
bool brv_batch_option_is(brv_str name);
enum brv_status brv_batch_option_apply(struct brv_cli *cli, brv_str name, brv_str value)
    BRV_WARN_UNUSED;
enum brv_exit brv_cmd_check(struct brv_cli *cli);
enum brv_exit brv_cmd_inspect(struct brv_cli *cli);
enum brv_exit brv_cmd_fonts(struct brv_cli *cli);
enum brv_exit brv_cmd_plugin(struct brv_cli *cli);
enum brv_exit brv_cmd_help(struct brv_cli *cli);
// The pages of `help`: of one command, or of the program for NULL.
void brv_help_print(const struct brv_command *command, struct brv_buf *out);

#endif
