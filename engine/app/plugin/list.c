// Brevier — `brevier plugin list`: which plugins there are, and what each is for.
// SPDX-License-Identifier: MIT
#include "app/plugin/plugin.h"

#include "base/file.h"

static void add_words(struct brv_buf *out, const char *label, const brv_str *words, size_t count)
{
    if (count == 0)
        return;
    brv_buf_printf(out, "  %s: ", label);
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, "%s%" BRV_STR_F, i ? ", " : "", BRV_STR_ARG(words[i]));
    brv_buf_add_byte(out, '\n');
}

static void add_options(struct brv_buf *out, const struct brv_host *host, size_t plugin)
{
    struct brv_plugin_option option;
    for (size_t i = 0; brv_host_option(host, plugin, i, &option); i++)
        brv_buf_printf(out,
                       "  option %" BRV_STR_F " (%s): %" BRV_STR_F "\n",
                       BRV_STR_ARG(option.name),
                       option.type,
                       BRV_STR_ARG(option.help));
}

static void add_capabilities(struct brv_buf *out, const struct brv_host *host, size_t plugin)
{
    const brv_str all[] = { BRV_S_INIT("clock"), BRV_S_INIT("read") };
    brv_str asked[BRV_COUNT(all)];
    size_t count = 0;
    for (size_t i = 0; i < BRV_COUNT(all); i++)
        if (brv_host_asks_for(host, plugin, all[i]))
            asked[count++] = all[i];
    add_words(out, "asks for", asked, count);
}

static void add_plugin(struct brv_buf *out, const struct brv_host *host, size_t index, size_t width,
                       bool is_long)
{
    const struct brv_plugin_info *info = brv_host_plugin(host, index);
    brv_buf_add_str(out, info->name);
    brv_buf_add_repeated(out, ' ', width - info->name.len + 2);
    brv_buf_printf(out,
                   "%" BRV_STR_F "  %" BRV_STR_F "\n",
                   BRV_STR_ARG(info->version),
                   BRV_STR_ARG(info->summary));
    if (!is_long)
        return;
    add_words(out, "sections", info->sections, info->section_count);
    add_words(out, "kinds", info->kinds, info->kind_count);
    add_words(out, "transforms", info->elements, info->element_count);
    if (info->has_match)
        brv_buf_add_cstr(out, "  sections: those that its match function accepts\n");
    if (info->has_cover)
        brv_buf_add_cstr(out, "  adds a cover\n");
    if (info->has_appendix)
        brv_buf_add_cstr(out, "  adds an appendix\n");
    add_capabilities(out, host, index);
    add_options(out, host, index);
    brv_buf_printf(out, "  file: %" BRV_STR_F "\n\n", BRV_STR_ARG(info->path));
}

enum brv_exit brv_plugin_index_write(struct brv_cli *cli)
{
    struct brv_host_options options = { .path = &cli->operands.items[1], .path_count = 1 };
    if (cli->out.len == 0)
        return brv_cli_fault(cli, "plugin index needs -o FILE");
    struct brv_buf *out = brv_buf_new_in(cli->arena);
    brv_host_print_index(brv_host_new(cli->arena, &options, cli->sink), out);
    if (brv_file_write(cli->out, brv_buf_str(out), cli->sink))
        return BRV_EXIT_FAILED;
    return BRV_EXIT_DONE;
}

enum brv_exit brv_plugin_list(struct brv_cli *cli)
{
    struct brv_tools *tools = brv_cli_tools(cli);
    if (!tools)
        return brv_cli_failed(cli->sink);
    size_t width = 0;
    size_t count = brv_host_plugin_count(tools->host);
    for (size_t i = 0; i < count; i++) {
        const struct brv_plugin_info *info = brv_host_plugin(tools->host, i);
        width = info->name.len > width ? info->name.len : width;
    }
    struct brv_buf *out = brv_buf_new_in(cli->arena);
    for (size_t i = 0; i < count; i++)
        add_plugin(out, tools->host, i, width, cli->is_long);
    return brv_cli_show(cli, out);
}
