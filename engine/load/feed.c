// Brevier — feeds: pulling items out of sources, and giving them names.
// SPDX-License-Identifier: MIT
#include "load/feed.h"

#include "base/file.h"
#include "load/feed_extent.h"
#include "load/feed_fold.h"
#include "load/feed_limits.h"
#include "load/feed_seen.h"

struct brv_feed {
    struct brv_arena *arena;
    struct brv_limits limits;
    struct brv_feed_options settled; // the options with their defaults
    struct brv_feed_source *source;  // innermost; NULL between operands
    size_t operand;                  // the next to open
    struct brv_feed_extent extent;
    int awaits; // a descriptor; -1: nothing
    bool has_read_table;
    bool is_table_unread;      // when the query was looked at, which had waited for it
    struct brv_feed_seen seen; // so far
    uint64_t passed_over;      // by sources that have ended, or not by one itself
};

brv_feed_open_fn *brv_feed_container(brv_str path)
{
    static const struct {
        const char *suffix;
        brv_feed_open_fn *open;
    } containers[] = {
        { ".zip", brv_feed_open_zip },     { ".tar", brv_feed_open_tar },
        { ".tar.gz", brv_feed_open_tar },  { ".tgz", brv_feed_open_tar },
        { ".tar.xz", brv_feed_open_tar },  { ".txz", brv_feed_open_tar },
        { ".tar.zst", brv_feed_open_tar }, { ".tzst", brv_feed_open_tar },
        { ".tar.bz2", brv_feed_open_tar }, { ".tbz2", brv_feed_open_tar },
        { ".tbz", brv_feed_open_tar },     { ".tb2", brv_feed_open_tar },
        { ".jsonl", brv_feed_open_lines }, { ".ndjson", brv_feed_open_lines },
    };
    for (size_t i = 0; i < BRV_COUNT(containers); i++) {
        brv_str suffix = brv_str_from_cstr(containers[i].suffix);
        if (path.len > suffix.len &&
            brv_str_equal_nocase(brv_str_slice(path, path.len - suffix.len, path.len), suffix))
            return containers[i].open;
    }
    return NULL;
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
    feed->passed_over += source->passed_over;
    brv_feed_extent_leave(&feed->extent, source);
    brv_arena_free(source->arena);
}

static void feed_close(void *ptr)
{
    struct brv_feed *feed = ptr;
    while (feed->source)
        source_pop(feed);
    brv_feed_seen_deinit(&feed->seen);
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
        if (container && !brv_feed_path_note(&feed->seen.paths, source->arena, path))
            source->next = brv_feed_nothing_next;
        else if (brv_str_is(path, "-"))
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
                       feed->is_table_unread ? brv_feed_open_table_at_once : brv_feed_open_table,
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
static void container_enter(struct brv_feed *feed, const struct brv_feed_entry *entry,
                            struct brv_arena *arena)
{
    brv_feed_open_fn *open = brv_feed_container(entry->path);
    if (!brv_feed_path_note(&feed->seen.paths, arena, entry->path))
        return; // it was opened before
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
        .origin = brv_feed_visible(arena, source->path),
        .path = brv_arena_str(arena, source->path),
    };
    brv_str clean = brv_feed_name_clean(arena, source->name);
    brv_feed_seen_name(&feed->seen, arena, (brv_str){ 0 }, source->name, clean, item);
}

// A folder that cannot be read is an item as well, which is called as no file is; and none any more
// when it could.
static void folder_leave(const struct brv_feed *feed, struct brv_arena *arena,
                         const struct brv_feed_entry *entry, struct brv_feed_item *item)
{
    brv_str raw = brv_feed_joined(arena, feed->source->prefix, entry->name);
    brv_str name = brv_feed_joined(arena, brv_feed_name_clean(arena, raw), BRV_S("/"));
    *item = (struct brv_feed_item){
        .state = entry->state,
        .is_container = true,
        .reason = entry->reason,
        .name = name,
        .stem = name,
        .origin = brv_feed_visible(arena, entry->path),
        .path = entry->path,
    };
}

static void entry_fill(struct brv_feed *feed, struct brv_arena *arena, struct brv_feed_entry *entry,
                       struct brv_sink *sink)
{
    if (entry->is_file && entry->state == BRV_FEED_ANALYSIS) {
        struct brv_sink own = brv_sink_init(arena);
        (void)sink;
        if (brv_file_read(arena,
                          entry->path,
                          feed->limits.input_bytes,
                          BRV_CODE_INPUT,
                          &entry->bytes,
                          &own)) {
            const struct brv_diag *diag = own.first;
            entry->state = diag->code == BRV_CODE_LIMIT ? BRV_FEED_FAILED : BRV_FEED_LOST;
            entry->reason = diag->message;
        }
    }
    if (entry->state != BRV_FEED_ANALYSIS)
        return;
    const char *fault = brv_feed_content_fault(entry->bytes);
    const char *packed = brv_feed_packed_fault(entry->bytes, !fault);
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

// An entry as an item; false when it came out before.
static bool entry_give(struct brv_feed *feed, struct brv_arena *arena, struct brv_feed_entry *entry,
                       struct brv_feed_item *item, struct brv_sink *sink)
{
    const struct brv_feed_source *source = feed->source;
    brv_str raw = brv_feed_joined(arena, source->prefix, entry->name);
    brv_str clean = brv_feed_name_clean(arena, raw);
    if (brv_feed_seen_before(&feed->seen, arena, entry->path, clean)) {
        brv_feed_extent_skip(&feed->extent);
        return false;
    }
    entry_fill(feed, arena, entry, sink);
    brv_str origin =
        entry->path.len > 0 ? entry->path : brv_feed_joined(arena, source->label, entry->name);
    *item = (struct brv_feed_item){
        .state = entry->state,
        .reason = entry->reason,
        .origin = brv_feed_visible(arena, origin),
        .path = brv_arena_str(arena, entry->path),
        .bytes = entry->bytes,
        .container = brv_arena_str(arena, source->name),
    };
    brv_feed_seen_name(&feed->seen, arena, source->prefix, entry->name, clean, item);
    brv_feed_extent_give(&feed->extent, source, item);
    return true;
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
            feed->passed_over++;
            brv_arena_rewind(arena, mark);
        } else if (entry.is_file && brv_feed_container(entry.path)) {
            container_enter(feed, &entry, arena);
        } else if (entry_give(feed, arena, &entry, item, sink)) {
            return true;
        } else {
            brv_arena_rewind(arena, mark);
        }
    }
}

struct brv_feed *brv_feed_new(struct brv_arena *arena, const struct brv_feed_options *options,
                              struct brv_sink *sink)
{
    struct brv_feed *feed = BRV_NEW(arena, struct brv_feed);
    feed->arena = arena;
    feed->seen.stems.folds = true;
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
    brv_feed_operands_settle(arena, &feed->settled);
    if (!is_bad && options->database.len > 0)
        is_bad = !brv_feed_query_check(&feed->settled, &feed->is_table_unread, sink);
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

uint64_t brv_feed_passed_over(const struct brv_feed *feed)
{
    uint64_t count = feed->passed_over;
    for (const struct brv_feed_source *source = feed->source; source; source = source->outer)
        count += source->passed_over;
    return count;
}

int brv_feed_awaits(const struct brv_feed *feed)
{
    return feed->awaits;
}

bool brv_feed_has_name(const struct brv_feed *feed, brv_str name)
{
    uint64_t owner;
    return brv_feed_taken_find(&feed->seen.names, name, &owner);
}

bool brv_feed_takes_name(const struct brv_feed *feed, brv_str name)
{
    return brv_feed_globs_take(&feed->settled, name);
}
