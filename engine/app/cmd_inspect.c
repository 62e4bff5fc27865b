// Brevier — `brevier inspect`: what a stage of the pipeline makes of a document.
// SPDX-License-Identifier: MIT
#include "app/cli.h"
#include "app/modules.h"
#include "app/paths.h"
#include "base/file.h"
#include "load/load.h"

// ---- the document, for people

static void field_print(struct brv_buf *out, const char *name, brv_str value)
{
    if (value.len > 0)
        brv_buf_printf(out, "%s: %" BRV_STR_F "\n", name, BRV_STR_ARG(value));
}

static void section_print(const struct brv_section *section, struct brv_buf *out)
{
    brv_buf_printf(out,
                   "\nsection %" BRV_STR_F " level %d class %" BRV_STR_F,
                   BRV_STR_ARG(section->id),
                   section->level,
                   BRV_STR_ARG(section->slug));
    if (section->path.len > 0)
        brv_buf_printf(out, " path %" BRV_STR_F, BRV_STR_ARG(section->path));
    brv_buf_add_byte(out, '\n');
    for (const struct brv_fact *fact = section->facts; fact; fact = fact->next)
        brv_buf_printf(out,
                       "fact %" BRV_STR_F ": %" BRV_STR_F "\n",
                       BRV_STR_ARG(fact->slug),
                       BRV_STR_ARG(fact->value));
    if (section->heading)
        brv_tree_dump(section->heading, true, out);
    if (section->blocks)
        brv_tree_dump(section->blocks, true, out);
}

static void document_print(const struct brv_document *document, struct brv_buf *out)
{
    field_print(out, "title", document->title);
    field_print(out, "kind", document->kind);
    field_print(out, "id", document->id);
    field_print(out, "date", document->date);
    field_print(out, "lang", document->lang);
    field_print(out, "tlp", document->tlp);
    for (const struct brv_meta *meta = document->meta; meta; meta = meta->next) {
        brv_buf_printf(out, "meta %" BRV_STR_F ":", BRV_STR_ARG(meta->key));
        for (size_t i = 0; i < meta->value_count; i++) {
            brv_buf_add_byte(out, ' ');
            brv_buf_add_json_string(out, meta->values[i]);
        }
        brv_buf_add_byte(out, '\n');
    }
    for (const struct brv_section *s = document->first; s; s = brv_section_next(s))
        section_print(s, out);
}

// ---- the command

enum stage { STAGE_DOCUMENT, STAGE_ELEMENTS, STAGE_STYLED, STAGE_PAGES };

static enum stage stage_of(const struct brv_cli *cli)
{
    if (brv_str_is(cli->stage, "elements"))
        return STAGE_ELEMENTS;
    if (brv_str_is(cli->stage, "styled"))
        return STAGE_STYLED;
    if (brv_str_is(cli->stage, "pages"))
        return STAGE_PAGES;
    return STAGE_DOCUMENT;
}

static enum brv_status stage_print(struct brv_cli *cli, struct brv_job *job, enum stage stage,
                                   struct brv_buf *out)
{
    if (stage == STAGE_DOCUMENT && cli->wants_json) {
        brv_document_to_json(job->document, out);
        return BRV_OK;
    }
    if (stage == STAGE_DOCUMENT) {
        document_print(job->document, out);
        return BRV_OK;
    }
    if (brv_job_build(job, cli->sink))
        return BRV_FAILED;
    if (stage == STAGE_ELEMENTS) {
        brv_tree_dump(job->article, true, out);
        return BRV_OK;
    }
    if (brv_job_style(job, cli->sink))
        return BRV_FAILED;
    if (stage == STAGE_STYLED) {
        brv_styled_explain(job->styled, out);
        return BRV_OK;
    }
    if (brv_job_lay_out(job, cli->sink))
        return BRV_FAILED;
    brv_tools_layout(job->tools, cli->sink)->pages_dump(job->pages, out);
    return BRV_OK;
}

enum brv_exit brv_cmd_inspect(struct brv_cli *cli)
{
    enum stage stage = stage_of(cli);
    if (cli->operands.count != 1)
        return brv_cli_fault(cli, "inspect takes one file, or \"-\" for standard input");
    if (cli->wants_json && stage != STAGE_DOCUMENT)
        return brv_cli_fault(cli, "--json shows the document stage only");
    const struct brv_output *output =
        brv_cli_output(cli, cli->format.len > 0 ? cli->format : BRV_S("pdf"));
    if (!output)
        return BRV_EXIT_USAGE;
    if (stage == STAGE_PAGES && !output->wants_pages)
        return brv_cli_fault(cli, "%s has no pages, only pdf has", output->name);
    struct brv_tools *tools = brv_cli_tools(cli);
    if (!tools)
        return brv_cli_failed(cli->sink);

    brv_str path = cli->operands.items[0];
    struct brv_job job = brv_cli_job(cli, cli->arena, tools, output, path);
    job.is_traced = stage == STAGE_STYLED;
    struct brv_buf *text = brv_buf_new_in(cli->arena);
    brv_str bytes = { 0 };
    if (brv_cli_read(cli, cli->arena, path, &bytes, cli->sink) ||
        brv_job_load(&job, brv_cli_input_name(path), bytes, cli->sink) ||
        stage_print(cli, &job, stage, text))
        return BRV_EXIT_FAILED;
    enum brv_exit exit = job.is_degraded ? BRV_EXIT_DEGRADED : BRV_EXIT_DONE;
    return brv_exit_worse(exit, brv_cli_show(cli, text));
}

enum brv_exit brv_cmd_fonts(struct brv_cli *cli)
{
    brv_str what = cli->operands.count > 0 ? cli->operands.items[0] : (brv_str){ 0 };
    const bool is_index = brv_str_is(what, "index");
    if (cli->operands.count > 1 || (what.len > 0 && !is_index && !brv_str_is(what, "digests")))
        return brv_cli_fault(cli, "fonts takes no operand but \"index\" or \"digests\"");
    if (what.len > 0 && !is_index)
        return brv_cmd_batch(cli); // whose module knows how to make them
    const struct brv_module *module = brv_module_open(cli->arena, BRV_MODULE_LAYOUT, cli->sink);
    if (!module)
        return BRV_EXIT_FAILED;
    struct brv_buf *text = brv_buf_new_in(cli->arena);
    if (is_index)
        module->fonts_write_index(cli->arena, text);
    else
        module->fonts_list(module->fonts_new(cli->arena, brv_paths_font_index(cli->arena)), text);
    brv_str out = cli->out.len > 0 ? cli->out : BRV_S("-");
    return brv_file_write(out, brv_buf_str(text), cli->sink) ? BRV_EXIT_FAILED : BRV_EXIT_DONE;
}
