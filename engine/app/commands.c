// Brevier — the tables of commands and options.
// SPDX-License-Identifier: MIT
#include "app/cli.h"

enum {
    RENDER = 1,
    CHECK = 2,
    INSPECT = 4,
    FONTS = 8,
    HELP = 16,
    BATCH = 32,
    PLUGIN = 128,
    BEARS = 64, // no command: the option bears on what is rendered
    DOCUMENTS = RENDER | CHECK | INSPECT | BATCH,
    WRITERS = RENDER | BATCH,
    ALL = 63 | PLUGIN,
};

bool brv_option_bears(const struct brv_option *option)
{
    return option->commands & BEARS;
}

bool brv_option_is_of_all(const struct brv_option *option)
{
    return (option->commands & ALL) == ALL;
}

const struct brv_command brv_commands[] = {
    { "render",
      "IN… -o OUT",
      "turn analyses into PDF briefings, Word documents or plain text",
      "The format follows the suffix of OUT (.pdf, .docx, .txt) unless -t says otherwise. With\n"
      "several INs, or when OUT is a folder or ends in \"/\", each IN becomes a file of its own\n"
      "there; so does each line of a .jsonl file. \"-\" is standard input as IN and standard\n"
      "output as OUT. A file appears under its name when it is complete, or not at all.\n",
      RENDER,
      brv_cmd_render },
    { "batch",
      "SOURCE… -o FOLDER -t FORMATS",
      "turn an archive of analyses into outputs and a ledger of them",
      "A SOURCE is a folder, a .zip, a .tar (.gz, .bz2, .xz, .zst), a .jsonl, a file, or \"-\"\n"
      "for a list of files on standard input; --from and --query read a table of an SQLite\n"
      "file. Outputs get the names of their sources. FOLDER/ledger.sqlite tells what became of\n"
      "each item; a second run renders only what changed, and one that was killed goes on where\n"
      "it stopped. \"batch merge FOLDER\" joins the ledgers that --shard runs have left there.\n\n"
      "Exit status: 0 all is well; 1 it could not go on or was stopped, --verify found a\n"
      "difference or nothing to compare, or --prune refused or could not remove something; 3 an\n"
      "item failed, was degraded or quarantined, or shards do not make a whole.\n",
      BATCH,
      brv_cmd_batch },
    { "check",
      "FILE…",
      "report what is wrong with analyses, stylesheets (.css) and plugins (.lua)",
      "Writes nothing but messages. An analysis goes through its plugins and the stylesheet as\n"
      "render would take it. A stylesheet is tried on the shipped samples, and on the analyses\n"
      "and with the plugins named beside it: notes tell which of its rules match none of their\n"
      "elements.\n",
      CHECK,
      brv_cmd_check },
    { "inspect",
      "FILE",
      "show what a stage of the pipeline makes of an analysis",
      "Stages: document (what was loaded), elements (what the plugins made), styled (every\n"
      "property that a rule set, with file and line of the rule), pages (lines and boxes, for\n"
      "PDF). With --json the document is shown in its JSON form, which renders to the same bytes\n"
      "as the original.\n",
      INSPECT,
      brv_cmd_inspect },
    { "plugin",
      "list | new NAME | check FILE… | test FILE… | stubs",
      "list, make, check and test plugins",
      "list shows all plugins of the search path, with --long what each is for. new makes a "
      "folder\n"
      "NAME with a plugin, a sample and what must come of it. check tries a plugin (NAME.lua, or "
      "a\n"
      "folder with init.lua) on awkward sections in all outputs. test renders its samples,\n"
      "NAME/tests/*.md or NAME.tests/*.md, and compares what lies beside them; --update shows the\n"
      "difference and writes it there. stubs prints types for lua-language-server.\n",
      PLUGIN,
      brv_cmd_plugin },
    { "fonts",
      "[index | digests]",
      "list the fonts that stylesheets can name",
      "With \"index\": writes what of them the system brings in a form that is read faster, for\n"
      "lib/brevier/fonts.index beside the program. It is believed while no folder of fonts has\n"
      "changed; without it fontconfig is asked. With \"digests\": writes those of the fonts' "
      "files, for\n"
      "lib/brevier/fonts.digests. A batch believes each while its file has not changed, and has "
      "less to\n"
      "read before its first item.\n",
      FONTS,
      brv_cmd_fonts },
    { "help",
      "[COMMAND | properties [NAME]]",
      "show this, or what a command does",
      "With \"properties\": what stylesheets can say, and which output honours it.\n",
      HELP,
      brv_cmd_help },
};
const size_t brv_command_count = BRV_COUNT(brv_commands);

const struct brv_option brv_options[] = {
    { "output",
      'o',
      "OUT",
      "file or folder to write, \"-\" for standard output",
      WRITERS | FONTS | PLUGIN },
    { "to", 't', "FORMAT", "pdf, docx or text; for batch several with commas", DOCUMENTS },
    { "sheet",
      's',
      "SHEET",
      "stylesheet by name or path, may be repeated; default: briefing",
      DOCUMENTS | PLUGIN },
    { "plugin-path",
      0,
      "DIR",
      "folder of plugins searched first, may be repeated",
      DOCUMENTS | PLUGIN },
    { "asset-root",
      0,
      "DIR",
      "folder that pictures are taken from; default: the document's",
      DOCUMENTS | BEARS },
    { "set", 0, "KEY=VALUE", "set --NAME of the stylesheet, or PLUGIN.OPTION", DOCUMENTS | BEARS },
    { "grant",
      0,
      "GRANT",
      "let a plugin do what it asks for: PLUGIN:clock or PLUGIN:read=FOLDER; may be repeated",
      DOCUMENTS | PLUGIN | BEARS },
    { "date",
      0,
      "DATE",
      "creation date (ISO 8601) instead of the document's own",
      WRITERS | BEARS },
    { "text-width", 0, "N", "columns of text; default: 80", WRITERS | INSPECT | BEARS },
    { "page-length",
      0,
      "N",
      "lines of a page of text, with headers, footers and form feeds; default: no pages",
      WRITERS | BEARS },
    { "ascii", 0, NULL, "text with no character beyond ASCII", WRITERS | BEARS },
    { "flowed",
      0,
      "[=delsp]",
      "text for mail whose paragraphs fill again (format=flowed), 72 columns wide; with delsp, for "
      "mail that says delsp=yes, those of a script without spaces as well",
      WRITERS | BEARS },
    { "toc",
      0,
      "[=DEPTH]",
      "table of contents behind the title, DEPTH levels of headings; default: 2",
      DOCUMENTS | BEARS },
    { "lof", 0, NULL, "list of figures", DOCUMENTS | BEARS },
    { "lot", 0, NULL, "list of tables that have a caption", DOCUMENTS | BEARS },
    { "pdf-standard",
      0,
      "NAMES",
      "refuse a PDF that falls short of a-2a, a-2u, a-2b, a-3a, a-3u, a-3b or ua-1 (one, or one "
      "and ua-1 with a comma), or claim none; default: claim a-2a,ua-1 where they hold",
      WRITERS | BEARS },
    { "attach",
      0,
      "FILE[:REL]",
      "put a file into the PDF (PDF/A-3), as source, data, alternative or supplement of it; may be "
      "repeated",
      WRITERS | BEARS },
    { "word-template",
      0,
      "FILE",
      "take styles, theme, page, headers and footers of a Word document over from another",
      WRITERS | BEARS },
    { "password",
      0,
      "WORD",
      "refused: AES-256 is not available here, and nothing weaker is offered",
      RENDER },
    { "strict",
      0,
      NULL,
      "fail when a plugin fails or the stylesheet has unknown parts",
      DOCUMENTS | PLUGIN | BEARS },
    { "report-loss",
      0,
      NULL,
      "note what the format drops or approximates of the stylesheet",
      RENDER | CHECK },
    { "stage", 0, "STAGE", "document, elements, styled or pages; default: document", INSPECT },
    { "json",
      0,
      NULL,
      "inspect: the document as JSON; batch: events, one object a line",
      INSPECT | BATCH },
    { "jobs", 'j', "N", "worker processes; default: one for each processor", BATCH },
    { "include", 0, "GLOB", "only items whose name matches, may be repeated", BATCH },
    { "exclude", 0, "GLOB", "no items whose name matches, may be repeated", BATCH },
    { "from", 0, "FILE", "an SQLite file to read items from", BATCH },
    { "query", 0, "SELECT", "with two columns, the item's name and its text", BATCH },
    { "shard", 0, "K/N", "only the K-th of N parts, which are the same on every machine", BATCH },
    { "since", 0, "DATE", "only analyses dated then or later, and undated ones", BATCH },
    { "limit", 0, "N", "render at most N items", BATCH },
    { "only-failed", 0, NULL, "only items that failed or were quarantined before", BATCH },
    { "explain", 0, NULL, "say of each item why it is rendered, or left as it is", BATCH },
    { "verify",
      0,
      NULL,
      "render again, compare with what was written, write nothing; exit status 1: it differs",
      BATCH },
    { "prune", 0, NULL, "list outputs whose source is gone, render nothing", BATCH },
    { "yes", 0, NULL, "with --prune: remove them", BATCH },
    { "nice", 0, "N", "give way to other programs, 1 to 19", BATCH },
    { "long", 0, NULL, "with plugin list: sections, options and files too", PLUGIN },
    { "update", 0, NULL, "with plugin test: write what comes of the samples now", PLUGIN },
    { "trace",
      0,
      NULL,
      "print what each plugin took: calls, processor time, steps, memory, elements",
      RENDER | PLUGIN },
    { "diagnostics", 0, "FORM", "human, or json: one object a line", ALL },
    { "help", 'h', NULL, "show what a command does", ALL },
    { "version", 'V', NULL, "show the version", ALL },
};
const size_t brv_option_count = BRV_COUNT(brv_options);

const struct brv_command *brv_command_find(brv_str name)
{
    for (size_t i = 0; i < brv_command_count; i++)
        if (brv_str_is(name, brv_commands[i].name))
            return &brv_commands[i];
    return NULL;
}

void brv_command_unknown(struct brv_cli *cli, brv_str name)
{
    const char *names[BRV_COUNT(brv_commands)];
    for (size_t i = 0; i < brv_command_count; i++)
        names[i] = brv_commands[i].name;
    struct brv_diag *diag = brv_report(cli->sink,
                                       BRV_ERROR,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "unknown command \"%" BRV_STR_F "\"",
                                       BRV_STR_ARG(name));
    brv_diag_hint_nearest(cli->sink, diag, name, names, brv_command_count);
    if (diag->hint.len == 0)
        brv_diag_hint(cli->sink, diag, "see \"brevier help\"");
}
