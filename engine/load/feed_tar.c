// Brevier — feeds: the entries of a tar archive, plain or compressed, through libarchive.
// SPDX-License-Identifier: MIT
#include "load/feed_tar.h"

#include "base/system.h"
#include "load/feed_gzip.h"
#include "load/feed_limits.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

static const uint64_t free_bytes = 1 << 30; // that any archive may swell to

struct tar {
    struct brv_arena *arena; // of one reading
    struct archive *archive;
    struct brv_feed_gzip *gzip; // NULL: it is not packed, or libarchive unpacks it
    uint64_t unpacked;          // bytes of it
    brv_str path;
    size_t limit_bytes;
    const struct brv_feed_options *options;
    uint64_t number; // of the entry at hand, from 1
    struct brv_tar_links links;
    bool is_second; // reading, for the links
    bool is_faulty; // which was told
    uint64_t file_bytes;
    uint64_t linked_bytes;         // of links that were given out
    struct brv_feed_entry content; // of the entry at hand, for its links …
    struct brv_arena *of_content;  // … in an arena of its own
};

static void tar_close(void *state)
{
    struct tar *tar = state;
    archive_read_free(tar->archive);
    brv_arena_free(tar->arena);
    brv_arena_free(tar->of_content);
}

// ---- libarchive

// libarchive's messages may name a path of this machine; the first line without it is enough.
static brv_str tar_error(struct tar *tar)
{
    const char *text = archive_error_string(tar->archive);
    return brv_str_from_cstr(text ? text : "it is damaged");
}

// Why it could not be opened. What the system has against that libarchive does not say.
static brv_str open_error(struct tar *tar)
{
    FILE *file = fopen(brv_arena_cstr(tar->arena, tar->path), "rbe");
    if (!file)
        return brv_str_from_cstr(brv_system_error(errno));
    fclose(file);
    return tar_error(tar);
}

// The next piece of what is packed as gzip. There may be much behind the last entry, which nobody
// else looks at.
static bool piece_read(struct tar *tar, brv_str *piece, const char **fault)
{
    if (!brv_feed_gzip_read(tar->gzip, piece, fault))
        return false;
    tar->unpacked += piece->len;
    if (!brv_feed_swells(brv_feed_gzip_packed(tar->gzip), tar->unpacked, free_bytes))
        return true;
    *fault = "it swells as no texts do, its rest is left unread";
    return false;
}

static la_ssize_t gzip_read(struct archive *archive, void *user, const void **piece)
{
    struct tar *tar = user;
    brv_str bytes = { 0 };
    const char *fault = NULL;
    if (!piece_read(tar, &bytes, &fault)) {
        archive_set_error(archive, EIO, "%s", fault);
        return ARCHIVE_FATAL;
    }
    *piece = bytes.ptr;
    return (la_ssize_t)bytes.len;
}

// Begins to read the file, again when it was read before.
static int tar_begin(struct tar *tar)
{
    enum { BLOCK_BYTES = 64 << 10 };
    archive_read_free(tar->archive);
    brv_arena_free(tar->arena);
    tar->arena = brv_arena_new();
    tar->number = tar->unpacked = 0;
    tar->archive = archive_read_new();
    if (!tar->archive)
        return ARCHIVE_FATAL;
    archive_read_support_format_tar(tar->archive);
    // Behind a mark of its end there may be more: archives are joined, and blocks of zeros get
    // lost.
    archive_read_set_option(tar->archive, "tar", "read_concatenated_archives", "1");
    tar->gzip = brv_feed_gzip_open(tar->arena, tar->path);
    if (tar->gzip)
        return archive_read_open(tar->archive, tar, NULL, gzip_read, NULL);
    archive_read_support_filter_xz(tar->archive);
    archive_read_support_filter_zstd(tar->archive);
    archive_read_support_filter_bzip2(tar->archive);
    return archive_read_open_filename(
        tar->archive, brv_arena_cstr(tar->arena, tar->path), BLOCK_BYTES);
}

// How much of the file was read.
static la_int64_t packed_bytes(const struct tar *tar)
{
    return tar->gzip ? (la_int64_t)brv_feed_gzip_packed(tar->gzip)
                     : archive_filter_bytes(tar->archive, -1);
}

// Behind the last entry there may be more, and a checksum. False where the file breaks off.
static bool rest_read(struct tar *tar)
{
    brv_str piece = { 0 };
    const char *fault = NULL;
    for (bool goes_on = tar->gzip != NULL; goes_on; goes_on = piece.len > 0)
        if (!piece_read(tar, &piece, &fault)) {
            archive_set_error(tar->archive, EIO, "%s", fault);
            return false;
        }
    return true;
}

// ---- entries

static void entry_read(struct tar *tar, struct brv_arena *arena, struct brv_feed_entry *entry)
{
    // The packed size of one entry is not known in a tar; what was read of the file so far is.
    struct brv_feed_meter meter = { .limit_bytes = tar->limit_bytes };
    la_int64_t before = packed_bytes(tar);
    struct brv_buf *bytes = brv_buf_new_in(arena);
    for (;;) {
        char chunk[BRV_FEED_CHUNK];
        la_ssize_t got = archive_read_data(tar->archive, chunk, sizeof chunk);
        if (got < 0)
            brv_feed_entry_lose(
                arena, entry, "it is damaged: %" BRV_STR_F, BRV_STR_ARG(tar_error(tar)));
        la_int64_t packed = packed_bytes(tar) - before;
        meter.packed_bytes = packed > BRV_FEED_CHUNK ? (uint64_t)packed : BRV_FEED_CHUNK;
        if (got <= 0 || !brv_feed_meter_add(&meter, arena, entry, bytes, chunk, (size_t)got))
            break;
    }
    entry->bytes = brv_buf_str(bytes);
}

// What is not wanted is unpacked all the same, to get past it. True, with an error reported, when
// that would take longer than any archive of texts: the rest of it cannot be had.
static bool is_bomb(struct tar *tar, struct archive_entry *found, struct brv_sink *sink)
{
    if (!tar->gzip && archive_filter_count(tar->archive) < 2)
        return false; // not packed: the file is as long as it says
    // An entry that is so long by itself swells, whatever of the file was read for it.
    const la_int64_t size = archive_entry_size(found);
    const bool is_huge = size > (la_int64_t)free_bytes;
    const la_int64_t unpacked = is_huge ? size : archive_filter_bytes(tar->archive, 0);
    const la_int64_t packed = is_huge ? 0 : packed_bytes(tar);
    return brv_feed_archive_swells(
        tar->path, (uint64_t)packed, (uint64_t)unpacked, free_bytes, sink);
}

// Reports what is wrong with the archive, the first of it.
static void fault_tell(struct tar *tar, const char *how, brv_str why, struct brv_sink *sink)
{
    if (!tar->is_faulty)
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "the archive \"%" BRV_STR_F "\" %s: %" BRV_STR_F,
                   BRV_STR_ARG(tar->path),
                   how,
                   BRV_STR_ARG(why));
    tar->is_faulty = true;
}

// Whether zeros stand behind the last entry. Where an archive is cut off between two entries,
// nothing else is missing.
static bool has_end(const struct tar *tar)
{
    return archive_filter_bytes(tar->archive, 0) > archive_read_header_position(tar->archive);
}

// The header of the next entry, behind what is none; false at the end or where the archive breaks
// off. What is wrong with it is reported.
static bool header_next(struct tar *tar, struct archive_entry **found, struct brv_sink *sink)
{
    int code;
    while ((code = archive_read_next_header(tar->archive, found)) == ARCHIVE_RETRY) {
        fault_tell(tar,
                   "is damaged",
                   brv_arena_printf(tar->arena,
                                    "the header of its entry %llu has a wrong checksum, what "
                                    "belongs to it is lost",
                                    (unsigned long long)tar->number + 1),
                   sink);
        if (is_bomb(tar, *found, sink))
            return false;
    }
    tar->number++;
    if (is_bomb(tar, *found, sink))
        return false;
    if (code >= ARCHIVE_WARN && code != ARCHIVE_EOF)
        return true;
    if (code < ARCHIVE_WARN || !rest_read(tar))
        fault_tell(tar, "breaks off", tar_error(tar), sink);
    else if (!has_end(tar))
        fault_tell(tar, "breaks off", BRV_S("the mark of its end is missing"), sink);
    return false;
}

// Goes on to the content of the next link; false, with an error reported, when it is not there any
// more.
static bool content_find(struct tar *tar, struct brv_sink *sink)
{
    const uint64_t wanted = tar->links.links[tar->links.at].content;
    struct archive_entry *found;
    while (tar->number != wanted)
        if (!header_next(tar, &found, sink)) {
            fault_tell(tar, "changed", BRV_S("the content of its links is gone"), sink);
            return false;
        }
    brv_arena_free(tar->of_content);
    tar->of_content = brv_arena_new();
    tar->content = (struct brv_feed_entry){ 0 };
    entry_read(tar, tar->of_content, &tar->content);
    return true;
}

// The second reading: links, first those that lead nowhere, with the content of the entries that
// they lead to.
static bool link_next(struct tar *tar, struct brv_arena *arena, struct brv_feed_entry *entry,
                      struct brv_sink *sink)
{
    const struct brv_tar_link *link;
    while (!(link = brv_tar_links_take(&tar->links, tar->number)))
        if (tar->links.at == tar->links.count || !content_find(tar, sink))
            return false;
    // A few bytes of the file may stand for any number of texts.
    const uint64_t free_links = 64 << 20;
    tar->linked_bytes += tar->content.bytes.len;
    if (brv_feed_archive_swells(tar->path, tar->file_bytes, tar->linked_bytes, free_links, sink))
        return false;
    *entry = (struct brv_feed_entry){
        .name = brv_arena_str(arena, link->name),
        .bytes = brv_arena_str(arena, tar->content.bytes),
        .state = tar->content.state,
        .reason = brv_arena_str(arena, tar->content.reason),
    };
    if (link->content == 0)
        brv_feed_entry_lose(
            arena, entry, "%" BRV_STR_F, BRV_STR_ARG(brv_tar_link_fault(&tar->links, arena, link)));
    return true;
}

static struct brv_tar_place place_of(const struct tar *tar, struct archive_entry *found)
{
    const mode_t type = archive_entry_filetype(found);
    return (struct brv_tar_place){
        .kind = type == AE_IFREG   ? BRV_TAR_FILE
                : type == AE_IFLNK ? BRV_TAR_SYMLINK
                                   : BRV_TAR_OTHER,
        .number = tar->number,
    };
}

// What an entry is that the first reading comes to. False: it is kept for the second, or none.
static bool entry_take(struct tar *tar, struct brv_feed_source *source, struct brv_arena *arena,
                       struct archive_entry *found, struct brv_feed_entry *entry)
{
    const char *name = archive_entry_pathname(found);
    const char *target = archive_entry_hardlink(found);
    *entry = (struct brv_feed_entry){
        .name = brv_arena_str(arena, brv_str_from_cstr(name ? name : "unnamed")),
    };
    if (archive_entry_filetype(found) == AE_IFDIR)
        return false;
    // A link may bring its content along; then it is a file like another.
    const bool is_link = target && archive_entry_size(found) == 0;
    const struct brv_tar_place before = brv_tar_links_find(&tar->links, entry->name);
    const struct brv_tar_place place =
        is_link ? brv_tar_links_find(&tar->links, brv_str_from_cstr(target)) : place_of(tar, found);
    if (place.kind != BRV_TAR_NOTHING)
        brv_tar_links_note(&tar->links, entry->name, place);
    if (brv_feed_is_hidden(entry->name))
        return false;
    if (!brv_feed_is_chosen(source, tar->options, arena, entry->name)) {
        source->passed_over++;
        return false;
    }
    if (place.kind == BRV_TAR_SYMLINK || place.kind == BRV_TAR_OTHER) {
        entry->state = BRV_FEED_SKIPPED;
        entry->reason =
            place.kind == BRV_TAR_SYMLINK ? BRV_S("it is a link") : BRV_S("it is no file");
        return true;
    }
    if (!is_link) {
        entry_read(tar, arena, entry);
        return true;
    }
    // A file that tar(1) was given twice is a link to itself the second time.
    if (place.kind == BRV_TAR_NOTHING || before.number != place.number)
        brv_tar_links_add(&tar->links, entry->name, place.number, brv_str_from_cstr(target));
    return false;
}

static bool tar_next(struct brv_feed_source *source, struct brv_arena *arena,
                     struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct tar *tar = source->state;
    struct archive_entry *found;
    while (!tar->is_second && header_next(tar, &found, sink)) {
        source->gone = (uint64_t)packed_bytes(tar);
        if (entry_take(tar, source, arena, found, entry))
            return true;
    }
    if (!tar->is_second) {
        tar->is_second = true;
        source->size = 0; // what there is to come of links is not known
        brv_tar_links_sort(&tar->links);
        if (tar->links.count > 0 && tar_begin(tar) != ARCHIVE_OK) {
            fault_tell(tar, "cannot be read again for its links", tar_error(tar), sink);
            return false;
        }
    }
    return link_next(tar, arena, entry, sink);
}

enum brv_status brv_feed_open_tar(struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, struct brv_sink *sink)
{
    struct tar *tar = BRV_NEW(source->arena, struct tar);
    *tar = (struct tar){
        .path = brv_arena_str(source->arena, path),
        .limit_bytes = options->limits->input_bytes,
        .options = options,
        .links = { .arena = source->arena, .places = { .arena = source->arena } },
    };
    brv_arena_on_free(source->arena, tar_close, tar);
    if (tar_begin(tar) != ARCHIVE_OK) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_none(),
                   "cannot open the archive \"%" BRV_STR_F "\": %" BRV_STR_F,
                   BRV_STR_ARG(path),
                   BRV_STR_ARG(open_error(tar)));
        return BRV_FAILED;
    }
    struct stat status;
    if (stat(brv_arena_cstr(source->arena, path), &status) == 0)
        source->size = tar->file_bytes = (uint64_t)status.st_size;
    source->state = tar;
    source->next = tar_next;
    return BRV_OK;
}
