// Brevier — `brevier plugin new`: a plugin, a sample and a test that pass at once.
// SPDX-License-Identifier: MIT
#include "app/plugin/plugin.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char plugin_text[] =
    "-- %s — facts as a list, everything else as it was written.\n"
    "local e = require \"brevier.element\"\n"
    "\n"
    "local function render(section, context)\n"
    "  local items = {}\n"
    "  for _, fact in ipairs(section.facts) do\n"
    "    items[#items + 1] = e.li { e.strong(fact.key, \":\"), \" \", fact.content, fact.rest }\n"
    "  end\n"
    "  if #items == 0 then\n"
    "    context.log.info(\"no facts here; the section is left to the default\")\n"
    "    return nil\n"
    "  end\n"
    "  return e.section { class = \"%s\", section.heading, e.ul(items) }\n"
    "end\n"
    "\n"
    "return {\n"
    "  api = 1,\n"
    "  name = \"%s\",\n"
    "  version = \"0.1.0\",\n"
    "  summary = \"Facts as a list\",\n"
    "  sections = { \"%s\" },\n"
    "  render = render,\n"
    "}\n";

static const char sample_text[] =
    "# Analysis: A Sample for %s\n"
    "\n"
    "## %s\n"
    "\n"
    "- First fact: what stands behind the colon\n"
    "- **Second fact:** with *emphasis* and a [link](https://example.org/)\n";

static bool is_slug(brv_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_inner_dash = c == '-' && i > 0 && i + 1 < name.len;
        if (!(c >= 'a' && c <= 'z') && !brv_is_digit(c) && !is_inner_dash)
            return false;
    }
    return name.len > 0 && name.len <= 60;
}

// "affected-products" as a heading: "Affected Products".
static brv_str heading_of(struct brv_arena *arena, brv_str name)
{
    brv_str heading = brv_arena_str(arena, name);
    char *text = brv_arena_cstr(arena, heading);
    for (size_t i = 0; i < name.len; i++) {
        if (text[i] == '-')
            text[i] = ' ';
        else if (i == 0 || text[i - 1] == ' ')
            text[i] = (char)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 'A' : text[i]);
    }
    return brv_str_from_cstr(text);
}

static enum brv_status make_folder(struct brv_cli *cli, brv_str path)
{
    if (mkdir(brv_arena_cstr(cli->arena, path), 0777) == 0)
        return BRV_OK;
    brv_report(cli->sink,
               BRV_ERROR,
               BRV_CODE_OUTPUT,
               brv_span_none(),
               "cannot make folder \"%" BRV_STR_F "\": %s",
               BRV_STR_ARG(path),
               strerror(errno));
    return BRV_FAILED;
}

static enum brv_status write_files(struct brv_cli *cli, brv_str folder, brv_str name)
{
    const char *word = brv_arena_cstr(cli->arena, name);
    const char *heading = brv_arena_cstr(cli->arena, heading_of(cli->arena, name));
    brv_str tests = brv_path_join(cli->arena, folder, BRV_S("tests"));
    if (make_folder(cli, folder) || make_folder(cli, tests))
        return BRV_FAILED;
    brv_str plugin = brv_arena_printf(cli->arena, plugin_text, heading, word, word, word);
    brv_str sample = brv_arena_printf(cli->arena, sample_text, heading, heading);
    brv_str main_file = brv_path_join(cli->arena, folder, BRV_S("init.lua"));
    brv_str sample_file = brv_path_join(cli->arena, tests, BRV_S("sample.md"));
    if (brv_file_write(main_file, plugin, cli->sink) ||
        brv_file_write(sample_file, sample, cli->sink))
        return BRV_FAILED;
    return BRV_OK;
}

enum brv_exit brv_plugin_new(struct brv_cli *cli)
{
    brv_str name = cli->operands.items[1];
    if (cli->operands.count > 2)
        return brv_cli_fault(cli, "plugin new makes one plugin at a time");
    if (!is_slug(name))
        return brv_cli_fault(cli,
                             "\"%" BRV_STR_F
                             "\" is no name for a plugin, expected a slug like affected-products",
                             BRV_STR_ARG(name));
    brv_str folder = brv_path_join(cli->arena, cli->out, name);
    struct brv_plugin_subject subject;
    struct brv_buf *out = brv_buf_new_in(cli->arena);
    bool is_parent_there = cli->out.len == 0 || brv_is_directory(cli->out);
    if ((!is_parent_there && make_folder(cli, cli->out)) || write_files(cli, folder, name) ||
        brv_plugin_open(cli, folder, &subject) ||
        brv_plugin_run_tests(&subject, true, NULL) != BRV_EXIT_DONE)
        return BRV_EXIT_FAILED;
    const char *shown = brv_arena_cstr(cli->arena, folder);
    brv_buf_printf(out,
                   "%s/init.lua           the plugin\n"
                   "%s/tests/sample.md    a section for it; the files beside it are what must come "
                   "of it\n\n"
                   "brevier plugin test %s\n"
                   "brevier plugin check %s\n",
                   shown,
                   shown,
                   shown,
                   shown);
    return brv_cli_show(cli, out);
}
