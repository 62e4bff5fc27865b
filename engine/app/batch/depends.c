// Brevier — what the outcome of one item depends on.
// SPDX-License-Identifier: MIT
#include "app/batch/depends.h"

#include "app/assets.h"
#include "app/batch/digest.h"
#include "app/batch/lines.h"
#include "base/file.h"

// ---- lines

// The lines of two lists, sorted, each once.
static brv_str lists_join(struct brv_arena *arena, brv_str first, brv_str second)
{
    brv_str rests[] = { first, second };
    brv_str line;
    brv_str *lines = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < BRV_COUNT(rests); i++)
        while (brv_lines_next(&rests[i], &line))
            BRV_PUSH(arena, lines, count, capacity) = line;
    return brv_lines_join(arena, lines, count);
}

// Notes a name; false when it is known.
static bool is_new(struct brv_map *known, brv_str name)
{
    void **slot = brv_map_at(known, name);
    bool is_known = *slot != NULL;
    *slot = known;
    return !is_known;
}

static void line_add(struct brv_buf *list, brv_str name, brv_str digest)
{
    brv_buf_add_str(list, name);
    brv_buf_add_byte(list, ' ');
    brv_buf_add_str(list, digest);
    brv_buf_add_byte(list, '\n');
}

// ---- lists

static brv_str plugins_used(const struct brv_depends *depends)
{
    const struct brv_batch *batch = depends->batch;
    struct brv_buf *list = brv_buf_new_in(depends->arena);
    for (size_t i = 0; i < brv_host_plugin_count(batch->tools->host); i++)
        if (depends->plugins[i])
            line_add(list, brv_host_plugin(batch->tools->host, i)->name, batch->plugin_digests[i]);
    return brv_buf_str(list);
}

// "SOURCE DIGEST" of the pictures.
static void assets_add(struct brv_depends *depends, const struct brv_node *article)
{
    struct brv_arena *arena = depends->arena;
    for (const struct brv_node *node = article; node; node = brv_node_walk_next(article, node)) {
        if (node->kind != BRV_KIND_IMG)
            continue;
        brv_str source = brv_str_trim(brv_node_attr(node, BRV_ATTR_SRC));
        bool is_file = brv_assets_path(arena, source).len > 0 &&
                       brv_str_find_byte(source, 0, '\n') == source.len;
        if (is_file && is_new(&depends->known_assets, brv_arena_str(arena, source)))
            line_add(depends->assets,
                     source,
                     node->image ? brv_digest_of(arena, node->image->bytes)
                                 : brv_depends_asset(depends->batch, arena, depends->path, source));
    }
}

// "PLUGIN PATH DIGEST" of what was read by grants, "PLUGIN -" for the clock.
static void reads_add(struct brv_depends *depends, const struct brv_job_read *first)
{
    struct brv_arena *arena = depends->arena;
    for (const struct brv_job_read *read = first; read; read = read->next) {
        brv_str name = brv_arena_printf(arena,
                                        "%" BRV_STR_F "%s%" BRV_STR_F,
                                        BRV_STR_ARG(read->plugin),
                                        read->path.len > 0 ? " " : "",
                                        BRV_STR_ARG(read->path));
        bool has_digest = read->path.len > 0 && !read->is_missing;
        if (is_new(&depends->known_reads, name))
            line_add(depends->reads,
                     name,
                     has_digest ? brv_digest_of(arena, read->content) : BRV_S("-"));
    }
}

// ---- exported

struct brv_depends brv_depends_init(const struct brv_batch *batch, struct brv_arena *arena,
                                    brv_str path)
{
    return (struct brv_depends){
        .batch = batch,
        .arena = arena,
        .path = path,
        .plugins = BRV_NEW_ARRAY(arena, bool, brv_host_plugin_count(batch->tools->host)),
        .assets = brv_buf_new_in(arena),
        .known_assets = { .arena = arena },
        .reads = brv_buf_new_in(arena),
        .known_reads = { .arena = arena },
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
    row->plugins = lists_join(depends->arena, plugins_used(depends), (brv_str){ 0 });
    row->assets = lists_join(depends->arena, brv_buf_str(depends->assets), (brv_str){ 0 });
    row->reads = lists_join(depends->arena, brv_buf_str(depends->reads), (brv_str){ 0 });
}

void brv_depends_join(struct brv_arena *arena, struct brv_item_row *row,
                      const struct brv_item_row *other)
{
    row->plugins = lists_join(arena, row->plugins, other->plugins);
    row->assets = lists_join(arena, row->assets, other->assets);
    row->reads = lists_join(arena, row->reads, other->reads);
}

brv_str brv_depends_asset(const struct brv_batch *batch, struct brv_arena *arena, brv_str path,
                          brv_str source)
{
    brv_str name = brv_assets_path(arena, source);
    brv_str root = batch->cli->asset_root;
    if (root.len == 0 && path.len > 0)
        root = brv_assets_root(path);
    struct brv_sink quiet = brv_sink_init(arena);
    brv_str bytes;
    bool is_there =
        root.len > 0 && brv_path_is_safe(name) &&
        brv_file_read_beneath(
            arena, root, name, batch->tools->limits.image_bytes, brv_span_none(), &bytes, &quiet) ==
            BRV_OK;
    return is_there ? brv_digest_of(arena, bytes) : BRV_S("-");
}
