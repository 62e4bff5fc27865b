// Brevier — feeds: pulling items out of sources, and giving them names.
// SPDX-License-Identifier: MIT
#include "load/feed.h"

#include "base/buf.h"
#include "base/file.h"
#include "load/feed_extent.h"
#include "load/feed_fold.h"
#include "load/feed_limits.h"
#include "load/feed_taken.h"

struct brv_feed {
    struct brv_arena *arena;
    struct brv_limits limits;
    struct brv_feed_options settled; // the options with their defaults
    struct brv_feed_source *source;  // innermost; NULL between operands
    size_t operand;                  // the next to open
    struct brv_feed_extent extent;
    int awaits; // a descriptor; -1: nothing
    bool has_read_table;
    struct brv_feed_taken names; // so far
    struct brv_feed_taken stems;
    struct brv_buf origins; // of those that took them, each behind its length
};

brv_feed_open_fn *brv_feed_container(brv_str path)
{
    static const struct {
        const char *suffix;
        brv_feed_open_fn *open;
    } containers[] = {
        { ".zip", brv_feed_open_zip },      { ".tar", brv_feed_open_tar },
        { ".tar.gz", brv_feed_open_tar },   { ".tgz", brv_feed_open_tar },
        { ".tar.xz", brv_feed_open_tar },   { ".txz", brv_feed_open_tar },
        { ".tar.zst", brv_feed_open_tar },  { ".tzst", brv_feed_open_tar },
        { ".tar.bz2", brv_feed_open_tar },  { ".jsonl", brv_feed_open_lines },
        { ".ndjson", brv_feed_open_lines },
    };
    for (size_t i = 0; i < BRV_COUNT(containers); i++) {
        brv_str suffix = brv_str_from_cstr(containers[i].suffix);
        if (path.len > suffix.len &&
            brv_str_equal_nocase(brv_str_slice(path, path.len - suffix.len, path.len), suffix))
            return containers[i].open;
    }
    return NULL;
}

// ---- names

static brv_str visible(struct brv_arena *arena, brv_str text)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_buf_add_visible(out, text);
    return brv_buf_str(out);
}

// The number of an origin, by which the one that took a name is found again.
static uint64_t origin_keep(struct brv_feed *feed, brv_str origin)
{
    uint64_t number = feed->origins.len;
    uint32_t len = (uint32_t)origin.len;
    brv_buf_add(&feed->origins, &len, sizeof len);
    brv_buf_add_str(&feed->origins, origin);
    return number;
}

static brv_str origin_kept(const struct brv_feed *feed, uint64_t number)
{
    uint32_t len;
    memcpy(&len, feed->origins.ptr + number, sizeof len);
    return (brv_str){ feed->origins.ptr + number + sizeof len, len };
}

// A name without what it may lose unsaid: "./" before it, as "tar c ." has it; of a file, which may
// have been listed by its path, also "/" before it and any "." and "..".
static brv_str name_of_path(struct brv_arena *arena, brv_str raw, bool is_file)
{
    struct brv_buf *name = brv_buf_new_in(arena);
    for (bool is_before = true; raw.len > 0;) {
        size_t slash = brv_str_find_byte(raw, 0, '/');
        brv_str part = brv_str_slice(raw, 0, slash);
        raw = brv_str_from(raw, slash + 1);
        bool is_dot = brv_str_is(part, ".");
        is_before &= is_dot;
        if (is_before || (is_file && (is_dot || part.len == 0 || brv_str_is(part, ".."))))
            continue;
        if (name->len > 0)
            brv_buf_add_byte(name, '/');
        brv_buf_add_str(name, part);
    }
    return brv_buf_str(name);
}

brv_str brv_feed_clash(struct brv_arena *arena, brv_str other, brv_str stem)
{
    return brv_arena_printf(arena,
                            "its name meets the one of \"%" BRV_STR_F
                            "\", its outputs are called \"%" BRV_STR_F "\"",
                            BRV_STR_ARG(other),
                            BRV_STR_ARG(stem));
}

static void item_name(struct brv_feed *feed, struct brv_arena *arena, brv_str raw,
                      struct brv_feed_item *item)
{
    const uint64_t nobody = UINT64_MAX;
    uint64_t other = nobody;
    uint64_t own = origin_keep(feed, item->origin);
    brv_str clean = brv_feed_name_clean(arena, raw);
    item->name = brv_feed_taken_add(&feed->names, arena, clean, own, &other);
    item->stem = brv_feed_stem(clean);
    if (!brv_str_equal(clean, name_of_path(arena, raw, item->path.len > 0)))
        item->warning = brv_arena_printf(arena,
                                         "its name \"%" BRV_STR_F
                                         "\" is not safe to write, it is called \"%" BRV_STR_F "\"",
                                         BRV_STR_ARG(visible(arena, raw)),
                                         BRV_STR_ARG(item->name));
    if (item->state == BRV_FEED_SKIPPED || item->is_container)
        return; // it has no outputs that could meet others
    // "a.md" and "a.txt" both want "a": the second is called after its whole name.
    if (brv_feed_taken_find(&feed->stems, item->stem, &other))
        item->stem = clean;
    item->stem = brv_feed_taken_add(&feed->stems, arena, item->stem, own, &other);
    if (other != nobody)
        item->clash = brv_feed_clash(arena, origin_kept(feed, other), item->stem);
}

// ---- sources

static struct brv_feed_source *source_new(struct brv_feed *feed, brv_str prefix, brv_str label)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_feed_source *source = BRV_NEW(arena, struct brv_feed_source);
    source->arena = arena;
    source->outer = feed->source;
    source->prefix = brv_arena_str(arena, prefix);
    source->label = brv_arena_str(arena, label);
    return source;
}

static void source_push(struct brv_feed *feed, struct brv_feed_source *source)
{
    feed->source = source;
}

static void source_pop(struct brv_feed *feed)
{
    struct brv_feed_source *source = feed->source;
    feed->source = source->outer;
    brv_feed_extent_leave(&feed->extent, source);
    brv_arena_free(source->arena);
}

static void feed_close(void *ptr)
{
    struct brv_feed *feed = ptr;
    while (feed->source)
        source_pop(feed);
    brv_feed_taken_deinit(&feed->names);
    brv_feed_taken_deinit(&feed->stems);
    brv_buf_deinit(&feed->origins);
}

// One file as a source of itself.
struct single {
    brv_str path;
    bool is_done;
};

static bool single_next(struct brv_feed_source *source, struct brv_arena *arena,
                        struct brv_feed_entry *entry, struct brv_sink *sink)
{
    (void)arena;
    (void)sink;
    struct single *single = source->state;
    if (single->is_done)
        return false;
    single->is_done = true;
    *entry = (struct brv_feed_entry){ .name = brv_path_file_name(single->path),
                                      .path = single->path,
                                      .is_file = true };
    return true;
}

static void open_single(struct brv_feed_source *source, brv_str path)
{
    struct single *single = BRV_NEW(source->arena, struct single);
    single->path = brv_arena_str(source->arena, path);
    source->state = single;
    source->next = single_next;
}

// What a container calls an entry, with what stands before it. Either may hold anything, NULs too.
static brv_str joined(struct brv_arena *arena, brv_str before, brv_str name)
{
    struct brv_buf *out = brv_buf_new_in(arena);
    brv_buf_add_str(out, before);
    brv_buf_add_str(out, name);
    return brv_buf_str(out);
}

static void fault_keep(struct brv_feed_source *source, const struct brv_sink *sink)
{
    for (const struct brv_diag *diag = sink->first; diag && source->fault.len == 0;
         diag = diag->next)
        source->fault = brv_arena_str(source->arena, diag->message);
}

// Opens a container or a table, here or wherever the feed's owner will have it opened. One that
// cannot be has nothing in it but its fault.
static void container_open(struct brv_feed *feed, brv_feed_open_fn *open,
                           struct brv_feed_source *source, brv_str name, brv_str path)
{
    const struct brv_feed_options *options = &feed->settled;
    struct brv_sink own = brv_sink_init(source->arena);
    source->name = brv_arena_str(source->arena, name);
    source->path = brv_arena_str(source->arena, path);
    source->weight = brv_feed_weight(source->arena, path);
    enum brv_status status =
        options->open_through
            ? options->open_through(options->user, open, source, source->path, options, &own)
            : open(source, source->path, options, &own);
    if (status == BRV_OK)
        return;
    source->next = brv_feed_nothing_next;
    source->is_ready = NULL;
    fault_keep(source, &own);
}

// Opens the next operand; false when there is none left.
static bool operand_open(struct brv_feed *feed, struct brv_sink *sink)
{
    const struct brv_feed_options *options = &feed->settled;
    struct brv_feed_source *source;
    enum brv_status status = BRV_OK;
    if (feed->operand < options->operand_count) {
        brv_str path = options->operands[feed->operand++];
        brv_feed_open_fn *container = brv_feed_container(path);
        brv_str label = container
                            ? brv_arena_printf(feed->arena, "%" BRV_STR_F ":", BRV_STR_ARG(path))
                            : (brv_str){ 0 };
        source = source_new(feed, (brv_str){ 0 }, label);
        if (brv_str_is(path, "-"))
            status = brv_feed_open_list(source, options, sink);
        else if (brv_is_directory(path))
            status = brv_feed_open_folder(source, path, options, sink);
        else if (container)
            container_open(feed, container, source, brv_path_file_name(path), path);
        else
            open_single(source, path);
    } else if (options->database.len > 0 && !feed->has_read_table) {
        feed->has_read_table = true;
        brv_str label =
            brv_arena_printf(feed->arena, "%" BRV_STR_F ":", BRV_STR_ARG(options->database));
        source = source_new(feed, (brv_str){ 0 }, label);
        container_open(feed,
                       brv_feed_open_table,
                       source,
                       brv_path_file_name(options->database),
                       options->database);
    } else {
        return false;
    }
    if (status)
        brv_arena_free(source->arena); // reported; the feed goes on with the next
    else
        source_push(feed, source);
    return true;
}

// A container among the files of a folder: its entries get its path, without suffixes, before them.
static bool container_enter(struct brv_feed *feed, const struct brv_feed_entry *entry,
                            struct brv_arena *arena)
{
    brv_feed_open_fn *open = brv_feed_container(entry->path);
    if (!open)
        return false;
    brv_str file = brv_path_file_name(entry->name);
    size_t dot = brv_str_find_byte(file, 1, '.');
    brv_str folder = brv_str_slice(entry->name, 0, entry->name.len - file.len + dot);
    brv_str prefix = brv_arena_printf(arena,
                                      "%" BRV_STR_F "%" BRV_STR_F "/",
                                      BRV_STR_ARG(feed->source->prefix),
                                      BRV_STR_ARG(folder));
    brv_str label = brv_arena_printf(arena, "%" BRV_STR_F ":", BRV_STR_ARG(entry->path));
    struct brv_feed_source *source = source_new(feed, prefix, label);
    brv_str name = brv_arena_printf(arena,
                                    "%" BRV_STR_F "%" BRV_STR_F,
                                    BRV_STR_ARG(feed->source->prefix),
                                    BRV_STR_ARG(entry->name));
    container_open(feed, open, source, name, entry->path);
    source_push(feed, source);
    return true;
}

// The next entry of the innermost source. Why a container breaks off is kept with it.
static bool entry_next(struct brv_feed *feed, struct brv_arena *arena, struct brv_feed_entry *entry,
                       struct brv_sink *sink)
{
    struct brv_feed_source *source = feed->source;
    if (source->name.len == 0)
        return source->next(source, arena, entry, sink);
    struct brv_sink own = brv_sink_init(arena);
    bool has_entry = source->next(source, arena, entry, &own);
    fault_keep(source, &own);
    return has_entry;
}

// The end of a container, as an item.
static void container_leave(struct brv_feed *feed, struct brv_arena *arena,
                            struct brv_feed_item *item)
{
    const struct brv_feed_source *source = feed->source;
    *item = (struct brv_feed_item){
        .state = source->fault.len > 0 ? BRV_FEED_FAILED : BRV_FEED_WHOLE,
        .is_container = true,
        .reason = brv_arena_str(arena, source->fault),
        .origin = visible(arena, source->path),
        .path = brv_arena_str(arena, source->path),
    };
    item_name(feed, arena, source->name, item);
}

// A folder that cannot be read is an item as well, which is called as no file is; and none any more
// when it could.
static void folder_leave(const struct brv_feed *feed, struct brv_arena *arena,
                         const struct brv_feed_entry *entry, struct brv_feed_item *item)
{
    brv_str raw = joined(arena, feed->source->prefix, entry->name);
    brv_str name = joined(arena, brv_feed_name_clean(arena, raw), BRV_S("/"));
    *item = (struct brv_feed_item){
        .state = entry->state,
        .is_container = true,
        .reason = entry->reason,
        .name = name,
        .stem = name,
        .origin = visible(arena, entry->path),
        .path = entry->path,
    };
}

static void entry_fill(struct brv_feed *feed, struct brv_arena *arena, struct brv_feed_entry *entry,
                       struct brv_sink *sink)
{
    if (entry->is_file && entry->state == BRV_FEED_ANALYSIS) {
        struct brv_sink own = brv_sink_init(arena);
        (void)sink;
        if (brv_file_read(
                arena, entry->path, feed->limits.input_bytes, BRV_CODE_INPUT, &entry->bytes, &own))
            brv_feed_entry_fail(arena, entry, "%" BRV_STR_F, BRV_STR_ARG(own.first->message));
    }
    if (entry->state != BRV_FEED_ANALYSIS)
        return;
    const char *fault = brv_feed_content_fault(entry->bytes);
    const char *packed = fault ? brv_feed_packed_fault(entry->bytes) : NULL;
    fault = packed ? packed : fault;
    if (!entry->is_file && (packed || brv_feed_container(entry->name)))
        fault = packed = "it is an archive within an archive";
    if (!fault)
        return;
    // Archives lie about in folders. One that was named, or is within another, holds analyses.
    bool is_lost = packed && (!entry->is_file || feed->source->next == single_next);
    entry->state = is_lost ? BRV_FEED_FAILED : BRV_FEED_SKIPPED;
    entry->reason = brv_str_from_cstr(fault);
    entry->bytes = (brv_str){ 0 };
}

// ---- exported

bool brv_feed_next(struct brv_feed *feed, struct brv_arena *arena, struct brv_feed_item *item,
                   struct brv_sink *sink)
{
    for (;;) {
        struct brv_feed_entry entry = { 0 };
        struct brv_arena_mark mark = brv_arena_mark(arena);
        feed->awaits = -1;
        if (!feed->source) {
            if (!operand_open(feed, sink))
                return false;
        } else if (feed->settled.never_waits && feed->source->is_ready &&
                   !feed->source->is_ready(feed->source, &feed->awaits)) {
            return false;
        } else if (!entry_next(feed, arena, &entry, sink)) {
            bool is_container = feed->source->name.len > 0;
            if (is_container)
                container_leave(feed, arena, item);
            source_pop(feed);
            if (is_container)
                return true;
        } else if (entry.is_folder) {
            folder_leave(feed, arena, &entry, item);
            return true;
        } else if (!brv_feed_entry_is_chosen(feed->source, &feed->settled, arena, &entry)) {
            brv_arena_rewind(arena, mark);
        } else if (!entry.is_file || !container_enter(feed, &entry, arena)) {
            const struct brv_feed_source *source = feed->source;
            entry_fill(feed, arena, &entry, sink);
            brv_str raw = joined(arena, source->prefix, entry.name);
            *item = (struct brv_feed_item){
                .state = entry.state,
                .reason = entry.reason,
                .origin = visible(arena,
                                  entry.path.len > 0 ? entry.path
                                                     : joined(arena, source->label, entry.name)),
                .path = brv_arena_str(arena, entry.path),
                .bytes = entry.bytes,
                .container = brv_arena_str(arena, source->name),
            };
            item_name(feed, arena, raw, item);
            brv_feed_extent_give(&feed->extent, source, item);
            return true;
        }
    }
}

struct brv_feed *brv_feed_new(struct brv_arena *arena, const struct brv_feed_options *options,
                              struct brv_sink *sink)
{
    struct brv_feed *feed = BRV_NEW(arena, struct brv_feed);
    feed->arena = arena;
    feed->stems.folds = true;
    feed->limits = options->limits ? *options->limits : brv_limits_default();
    feed->settled = *options;
    feed->settled.limits = &feed->limits;
    bool is_bad = false;
    for (size_t i = 0; i < options->operand_count; i++)
        if (!brv_str_is(options->operands[i], "-"))
            is_bad |= !brv_feed_operand_check(arena, options->operands[i], true, sink);
    if (options->database.len > 0)
        is_bad |= !brv_feed_operand_check(arena, options->database, false, sink);
    brv_arena_on_free(arena, feed_close, feed);
    if (!is_bad && options->database.len > 0)
        is_bad = !brv_feed_query_check(&feed->settled, sink);
    if (!is_bad && options->wants_total)
        feed->extent = brv_feed_measure(&feed->settled);
    return is_bad ? NULL : feed;
}

brv_str brv_feed_stem(brv_str name)
{
    static const char *const suffixes[] = { "md", "markdown", "txt", "text", "json" };
    brv_str suffix = brv_path_extension(name);
    for (size_t i = 0; i < BRV_COUNT(suffixes); i++)
        if (brv_feed_folds_to(suffix, suffixes[i]))
            return brv_str_slice(name, 0, name.len - suffix.len - 1);
    return name;
}

uint64_t brv_feed_total(const struct brv_feed *feed)
{
    return brv_feed_extent_total(&feed->extent, feed->source);
}

int brv_feed_awaits(const struct brv_feed *feed)
{
    return feed->awaits;
}

bool brv_feed_has_name(const struct brv_feed *feed, brv_str name)
{
    uint64_t owner;
    return brv_feed_taken_find(&feed->names, name, &owner);
}

bool brv_feed_takes_name(const struct brv_feed *feed, brv_str name)
{
    return brv_feed_globs_take(&feed->settled, name);
}
