// Brevier — plugin: what choosing comes down to, as text.
// Who keeps what was rendered asks for it before and after plugins came or went: where the text is
// the same, the same code would run.
// SPDX-License-Identifier: MIT
#include "plugin/host_internal.h"

static void add_words(struct brv_buf *out, const char *before, const brv_str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        brv_buf_printf(out, " %s%" BRV_STR_F, before, BRV_STR_ARG(words[i]));
}

void brv_host_print_choice(const struct brv_host *host, brv_str kind, brv_str slug,
                           struct brv_buf *out)
{
    enum brv_match_rank best = BRV_MATCH_NONE;
    const struct brv_plugin_info *chosen = NULL;
    for (size_t i = 0; i < host->plugin_count; i++) {
        enum brv_match_rank rank = brv_plugin_rank(host->plugins[i].manifest, kind, slug);
        if (rank <= best || rank == BRV_MATCH_FUNCTION)
            continue;
        best = rank;
        chosen = &host->plugins[i].manifest->info;
    }
    brv_buf_printf(out, "%" BRV_STR_F ":", BRV_STR_ARG(slug));
    if (chosen)
        add_words(out, "", &chosen->name, 1);
    // Whose functions are asked before that one gets it.
    for (size_t i = 0; i < host->plugin_count && best < BRV_MATCH_FUNCTION; i++)
        if (brv_plugin_rank(host->plugins[i].manifest, kind, slug) == BRV_MATCH_FUNCTION)
            add_words(out, "?", &host->plugins[i].manifest->info.name, 1);
    brv_buf_add_byte(out, '\n');
}

void brv_host_print_whole(const struct brv_host *host, brv_str kind, struct brv_buf *out)
{
    for (size_t i = 0; i < host->plugin_count; i++) {
        const struct brv_plugin_info *info = &host->plugins[i].manifest->info;
        const bool is_for_kind =
            info->kind_count == 0 || brv_has_word(info->kinds, info->kind_count, kind);
        if (!is_for_kind || !(info->has_cover || info->has_appendix || info->has_transform))
            continue;
        brv_buf_printf(out,
                       "* %" BRV_STR_F "%s%s%s",
                       BRV_STR_ARG(info->name),
                       info->has_cover ? " cover" : "",
                       info->has_appendix ? " appendix" : "",
                       info->has_transform ? " transform" : "");
        add_words(out, "", info->elements, info->element_count);
        brv_buf_add_byte(out, '\n');
    }
}
