// Brevier — what the outcome of one item depends on.
// SPDX-License-Identifier: MIT
#include "app/batch/depends.h"

#include "app/batch/digest.h"

static brv_str plugins_used(const struct brv_batch *batch, struct brv_arena *arena,
                            const bool *used)
{
    struct brv_buf *list = brv_buf_new_in(arena);
    for (size_t i = 0; i < brv_host_plugin_count(batch->tools->host); i++)
        if (used[i])
            brv_buf_printf(list,
                           "%" BRV_STR_F " %" BRV_STR_F "\n",
                           BRV_STR_ARG(brv_host_plugin(batch->tools->host, i)->name),
                           BRV_STR_ARG(batch->plugin_digests[i]));
    return brv_buf_str(list);
}

// "SOURCE DIGEST" of the images, each once for all the formats of an item.
static void assets_add(struct brv_depends *depends, const struct brv_node *article)
{
    for (const struct brv_node *node = article; node; node = brv_node_walk_next(article, node)) {
        brv_str source =
            node->kind == BRV_KIND_IMG ? brv_node_attr(node, BRV_ATTR_SRC) : (brv_str){ 0 };
        if (source.len == 0 || brv_str_starts_with(source, BRV_S("data:")))
            continue;
        source = brv_arena_str(depends->arena, source);
        void **slot = brv_map_at(&depends->known_assets, source);
        if (*slot)
            continue;
        *slot = depends;
        brv_str digest =
            node->image ? brv_digest_of(depends->arena, node->image->bytes) : BRV_S("-");
        brv_buf_printf(depends->assets,
                       "%" BRV_STR_F " %" BRV_STR_F "\n",
                       BRV_STR_ARG(source),
                       BRV_STR_ARG(digest));
    }
}

// "PLUGIN PATH DIGEST" of what was read by grants, "PLUGIN -" for the clock, each once for all the
// formats of an item.
static void reads_add(struct brv_depends *depends, const struct brv_job_read *first)
{
    struct brv_arena *arena = depends->arena;
    for (const struct brv_job_read *read = first; read; read = read->next) {
        brv_str name = brv_arena_printf(arena,
                                        "%" BRV_STR_F "%s%" BRV_STR_F,
                                        BRV_STR_ARG(read->plugin),
                                        read->path.len > 0 ? " " : "",
                                        BRV_STR_ARG(read->path));
        void **slot = brv_map_at(&depends->known, name);
        if (*slot)
            continue;
        *slot = depends;
        bool has_digest = read->path.len > 0 && !read->is_missing;
        brv_str digest = has_digest ? brv_digest_of(arena, read->content) : BRV_S("-");
        brv_buf_printf(depends->reads,
                       "%" BRV_STR_F " %" BRV_STR_F "\n",
                       BRV_STR_ARG(name),
                       BRV_STR_ARG(digest));
    }
}

// ---- exported

struct brv_depends brv_depends_init(const struct brv_batch *batch, struct brv_arena *arena)
{
    return (struct brv_depends){
        .batch = batch,
        .arena = arena,
        .plugins = BRV_NEW_ARRAY(arena, bool, brv_host_plugin_count(batch->tools->host)),
        .assets = brv_buf_new_in(arena),
        .known_assets = { .arena = arena },
        .reads = brv_buf_new_in(arena),
        .known = { .arena = arena },
    };
}

void brv_depends_add(struct brv_depends *depends, const struct brv_job *job)
{
    for (size_t i = 0; job->run && i < brv_host_plugin_count(depends->batch->tools->host); i++)
        depends->plugins[i] |= brv_run_has_used(job->run, i);
    assets_add(depends, job->article);
    reads_add(depends, job->reads);
}

void brv_depends_tell(const struct brv_depends *depends, struct brv_item_row *row)
{
    row->plugins = plugins_used(depends->batch, depends->arena, depends->plugins);
    row->assets = brv_buf_str(depends->assets);
    row->reads = brv_buf_str(depends->reads);
}
