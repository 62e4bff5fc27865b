// Brevier — what the outputs of a run depend on besides the analyses.
// SPDX-License-Identifier: MIT
#include "app/batch/closure.h"

#include "app/batch/digest.h"
#include "app/batch/lines.h"
#include "app/modules.h"
#include "app/paths.h"
#include "base/file.h"
#include "output/module.h"
#include "style/token.h"

#include <stdlib.h>
#include <time.h>

static void add_number(struct brv_digest *digest, uint64_t number)
{
    brv_digest_add(digest, (brv_str){ (const char *)&number, sizeof number });
}

static void add_module(struct brv_digest *digest, struct brv_arena *arena, const char *name,
                       struct brv_stamps *stamps)
{
    brv_str file = brv_arena_printf(arena, "%s.so", name);
    brv_str path = brv_path_join(arena, brv_paths_modules(arena), file);
    brv_digest_add(digest, brv_stamps_digest(stamps, path));
}

static brv_str engine_digest(struct brv_arena *arena, struct brv_stamps *stamps)
{
    struct brv_digest digest;
    brv_digest_start(&digest);
    brv_digest_add(&digest, brv_str_from_cstr(BRV_VERSION));
    brv_digest_add(&digest, brv_stamps_digest(stamps, BRV_S("/proc/self/exe")));
    add_module(&digest, arena, BRV_MODULE_LAYOUT, stamps);
    add_module(&digest, arena, BRV_MODULE_ZIP, stamps);
    for (size_t i = 0; brv_outputs[i]; i++)
        if (brv_outputs[i]->module)
            add_module(&digest, arena, brv_outputs[i]->module, stamps);
    return brv_digest_end(&digest, arena);
}

struct sheets {
    struct brv_digest digest;
    struct brv_stamps *stamps;
};

static void add_url(void *user, brv_str url, brv_str path)
{
    struct sheets *sheets = user;
    brv_digest_add(&sheets->digest, url);
    brv_digest_add(&sheets->digest, brv_stamps_digest(sheets->stamps, path));
}

static brv_str sheets_digest(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                             struct brv_stamps *stamps)
{
    struct sheets all = { .stamps = stamps };
    size_t count = 0;
    const struct brv_source *const *files = brv_stylesheets_files(sheets, &count);
    brv_digest_start(&all.digest);
    for (size_t i = 0; i < count; i++)
        brv_digest_add(&all.digest, files[i]->text);
    brv_closure_each_url(sheets, add_url, &all);
    return brv_digest_end(&all.digest, arena);
}

static void add_words(struct brv_digest *digest, const brv_str *words, size_t count)
{
    add_number(digest, count);
    for (size_t i = 0; i < count; i++)
        brv_digest_add(digest, words[i]);
}

// Which plugins stand to choose from, in which order, and what their manifests match. What a match
// function says depends on its plugin's files, which each item knows.
static brv_str selection_digest(struct brv_arena *arena, const struct brv_host *host)
{
    struct brv_digest digest;
    brv_digest_start(&digest);
    for (size_t i = 0; i < brv_host_plugin_count(host); i++) {
        const struct brv_plugin_info *info = brv_host_plugin(host, i);
        brv_digest_add(&digest, info->name);
        add_words(&digest, info->sections, info->section_count);
        add_words(&digest, info->kinds, info->kind_count);
        add_words(&digest, info->elements, info->element_count);
        add_number(&digest,
                   info->has_match + 2u * info->has_render + 4u * info->has_transform +
                       8u * info->has_cover + 16u * info->has_appendix);
    }
    return brv_digest_end(&digest, arena);
}

// All that layout may read of the machine.
static void add_font_files(struct brv_digest *digest, const struct brv_module *layout,
                           struct brv_fonts *fonts, struct brv_stamps *stamps)
{
    struct brv_buf list = { 0 };
    layout->fonts_files(fonts, &list);
    brv_str rest = brv_buf_str(&list);
    brv_str path;
    while (brv_lines_next(&rest, &path)) {
        brv_digest_add(digest, path);
        brv_digest_add(digest, brv_stamps_digest(stamps, path));
    }
    brv_buf_deinit(&list);
}

// Each installed face, and the files. Where there is no layout there is none.
static brv_str fonts_digest(struct brv_cli *cli, struct brv_tools *tools, struct brv_stamps *stamps)
{
    struct brv_digest digest;
    struct brv_sink quiet = brv_sink_init(cli->arena); // who wants pages says so
    brv_digest_start(&digest);
    const struct brv_module *layout = brv_tools_fonts(tools, &quiet);
    if (layout) {
        struct brv_buf list = { 0 };
        layout->fonts_list(tools->fonts, &list);
        brv_digest_add(&digest, brv_buf_str(&list));
        brv_buf_deinit(&list);
        add_font_files(&digest, layout, tools->fonts, stamps);
    }
    return brv_digest_end(&digest, cli->arena);
}

// "set=accent=#123" is one of the stylesheet's, "set=plugin.option=1" is not.
static bool is_variable(brv_str given)
{
    if (!brv_str_starts_with(given, BRV_S("set=")))
        return false;
    brv_str setting = brv_str_from(given, strlen("set="));
    size_t equals = brv_str_find_byte(setting, 0, '=');
    return brv_str_find_byte(setting, 0, '.') >= equals;
}

static brv_str real_path(struct brv_arena *arena, brv_str path)
{
    char *real = realpath(brv_arena_cstr(arena, path), NULL);
    brv_str found = real ? brv_arena_str(arena, brv_str_from_cstr(real)) : path;
    free(real);
    return found;
}

// What "OPTION=VALUE" says, however a file or folder is called from where the command is given.
static brv_str option_meaning(struct brv_arena *arena, brv_str given)
{
    size_t equals = brv_str_find_byte(given, 0, '=');
    brv_str name = brv_str_slice(given, 0, equals);
    brv_str value = brv_str_from(given, equals + 1);
    struct brv_plugin_grant grant;
    if (brv_str_is(name, "asset-root") || brv_str_is(name, "word-template"))
        return name; // of the folder each item knows its pictures, of the file its content counts
    if (brv_str_is(name, "attach"))
        return brv_arena_printf(
            arena, "attach=%" BRV_STR_F, BRV_STR_ARG(brv_path_file_name(value)));
    if (!brv_str_is(name, "grant") || brv_plugin_grant_parse(value, &grant) ||
        grant.folder.len == 0)
        return given;
    return brv_arena_printf(arena,
                            "grant=%" BRV_STR_F ":read=%" BRV_STR_F,
                            BRV_STR_ARG(grant.plugin),
                            BRV_STR_ARG(real_path(arena, grant.folder)));
}

static brv_str options_digest(struct brv_cli *cli, struct brv_stamps *stamps)
{
    struct brv_digest digest;
    brv_digest_start(&digest);
    for (size_t i = 0; i < cli->given.count; i++) {
        brv_str given = cli->given.items[i];
        if (is_variable(given))
            continue; // it is among the sheets
        brv_digest_add(&digest, option_meaning(cli->arena, given));
        // An option that names a file means what is in it.
        size_t equals = brv_str_find_byte(given, 0, '=');
        if (equals < given.len)
            brv_digest_add(&digest, brv_stamps_digest(stamps, brv_str_from(given, equals + 1)));
    }
    // Those of --attach were read already, from names that say more than a file.
    for (size_t i = 0; cli->attachments && i < cli->attach.count; i++)
        brv_digest_add(&digest, cli->attachments[i].bytes);
    // The date of documents that have none.
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    brv_digest_add(&digest, brv_str_from_cstr(epoch ? epoch : ""));
    return brv_digest_end(&digest, cli->arena);
}

struct brv_closure brv_closure_of(struct brv_cli *cli, struct brv_tools *tools,
                                  struct brv_stamps *stamps)
{
    struct brv_closure closure = {
        .engine = engine_digest(cli->arena, stamps),
        .sheets = sheets_digest(cli->arena, tools->sheets, stamps),
        .selection = selection_digest(cli->arena, tools->host),
        .fonts = fonts_digest(cli, tools, stamps),
        .options = options_digest(cli, stamps),
    };
    struct brv_digest digest;
    brv_digest_start(&digest);
    brv_digest_add(&digest, closure.engine);
    brv_digest_add(&digest, closure.sheets);
    brv_digest_add(&digest, closure.selection);
    brv_digest_add(&digest, closure.fonts);
    brv_digest_add(&digest, closure.options);
    closure.id = brv_digest_end(&digest, cli->arena);
    return closure;
}

void brv_closure_each_url(const struct brv_stylesheets *sheets, brv_closure_url_fn *each,
                          void *user)
{
    size_t count = 0;
    const struct brv_source *const *files = brv_stylesheets_files(sheets, &count);
    for (size_t i = 0; i < count; i++) {
        struct brv_arena *arena = brv_arena_new();
        struct brv_css_range all = brv_css_tokenize(arena, files[i]->text);
        for (const struct brv_css_token *token = all.at; token < all.end; token++) {
            const struct brv_css_token *url = brv_css_url_token(token);
            if (!url || brv_str_starts_with(url->text, BRV_S("data:")))
                continue;
            brv_str folder = brv_path_directory(files[i]->name);
            each(user, url->text, brv_path_join(arena, folder, url->text));
        }
        brv_arena_free(arena);
    }
}

enum brv_exit brv_closure_fonts(struct brv_cli *cli)
{
    const struct brv_module *layout = brv_module_open(cli->arena, BRV_MODULE_LAYOUT, cli->sink);
    if (!layout)
        return BRV_EXIT_FAILED;
    struct brv_stamps *stamps = brv_stamps_new(cli->arena, NULL, (int64_t)time(NULL));
    struct brv_fonts *fonts = layout->fonts_new(cli->arena, brv_paths_font_index(cli->arena));
    struct brv_digest digest;
    brv_digest_start(&digest);
    add_font_files(&digest, layout, fonts, stamps);
    struct brv_buf *lines = brv_buf_new_in(cli->arena);
    brv_stamps_write(stamps, lines);
    brv_str out = cli->out.len > 0 ? cli->out : BRV_S("-");
    return brv_file_write(out, brv_buf_str(lines), cli->sink) ? BRV_EXIT_FAILED : BRV_EXIT_DONE;
}

const brv_str *brv_closure_plugins(struct brv_arena *arena, const struct brv_host *host)
{
    size_t count = brv_host_plugin_count(host);
    brv_str *digests = BRV_NEW_ARRAY(arena, brv_str, count);
    for (size_t i = 0; i < count; i++) {
        struct brv_digest digest;
        brv_digest_start(&digest);
        for (size_t f = 0; f < brv_host_file_count(host, i); f++) {
            const struct brv_source *file = brv_host_file(host, i, f);
            brv_digest_add(&digest, brv_path_file_name(file->name));
            brv_digest_add(&digest, file->text);
        }
        digests[i] = brv_digest_end(&digest, arena);
    }
    return digests;
}

brv_str brv_closure_difference(struct brv_arena *arena, const struct brv_closure *before,
                               const struct brv_closure *now, unsigned parts)
{
    const struct {
        unsigned part;
        brv_str before, now;
        const char *what;
    } all[] = {
        { BRV_CLOSURE_SHEETS, before->sheets, now->sheets, "the stylesheet changed" },
        { BRV_CLOSURE_SELECTION,
          before->selection,
          now->selection,
          "plugins came, went or match otherwise" },
        { BRV_CLOSURE_OPTIONS, before->options, now->options, "the options changed" },
        { BRV_CLOSURE_FONTS,
          before->fonts,
          now->fonts,
          "the installed fonts or hyphenations changed" },
        { BRV_CLOSURE_ENGINE, before->engine, now->engine, "the program changed" },
    };
    struct brv_buf *text = brv_buf_new_in(arena);
    for (size_t i = 0; i < BRV_COUNT(all); i++)
        if ((parts & all[i].part) && !brv_str_equal(all[i].before, all[i].now))
            brv_buf_printf(text, "%s%s", text->len > 0 ? ", " : "", all[i].what);
    return brv_buf_str(text);
}
