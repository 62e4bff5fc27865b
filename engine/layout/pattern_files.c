// Brevier — hyphenation patterns: which file serves a language.
// SPDX-License-Identifier: MIT
#include "layout/patterns.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/macros.h"

static const char pattern_folder[] = "/usr/share/hyphen/";

enum { FILE_BYTES = 16 << 20 };

// The language that a worker reads.
struct ahead {
    struct brv_worker *worker;
    struct brv_task task;
    struct brv_arena *arena; // the worker's as long as the task runs; NULL: none is read
    brv_str lang;
    const struct brv_patterns *found;
};

struct brv_pattern_table {
    struct brv_arena *arena;
    struct ahead ahead;
    struct brv_map by_lang; // → brv_patterns, or the table itself where there are none
};

static brv_str upper(struct brv_arena *arena, brv_str text)
{
    char *bytes = BRV_NEW_ARRAY(arena, char, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bytes[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return (brv_str){ bytes, text.len };
}

static brv_str lower(struct brv_arena *arena, brv_str text)
{
    char *bytes = BRV_NEW_ARRAY(arena, char, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bytes[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (brv_str){ bytes, text.len };
}

// The region that a language is written in most, where that is not its own code in capitals.
static brv_str usual_region(struct brv_arena *arena, brv_str language)
{
    static const char regions[][2][3] = {
        { "en", "US" }, { "da", "DK" }, { "cs", "CZ" }, { "el", "GR" }, { "uk", "UA" },
        { "sv", "SE" }, { "sl", "SI" }, { "sr", "RS" }, { "be", "BY" }, { "nb", "NO" },
        { "nn", "NO" }, { "et", "EE" }, { "af", "ZA" }, { "zu", "ZA" }, { "hi", "IN" },
    };
    for (size_t i = 0; i < BRV_COUNT(regions); i++) {
        if (brv_str_is(language, regions[i][0])) {
            return brv_str_from_cstr(regions[i][1]);
        }
    }
    return upper(arena, language);
}

static const struct brv_patterns *open_patterns(struct brv_arena *arena, brv_str name)
{
    brv_str path =
        brv_arena_printf(arena, "%shyph_%" BRV_STR_F ".dic", pattern_folder, BRV_STR_ARG(name));
    brv_str file;
    struct brv_sink unheard = brv_sink_init(arena); // whoever asked says that there are none
    if (!brv_file_exists(path) ||
        brv_file_read(arena, path, FILE_BYTES, BRV_CODE_OUTPUT, &file, &unheard) != BRV_OK) {
        return NULL;
    }
    return brv_patterns_read(arena, file);
}

static bool is_plain_tag(brv_str lang)
{
    for (size_t i = 0; i < lang.len; i++) {
        char c = (char)(lang.ptr[i] | 32);
        if (!(c >= 'a' && c <= 'z') && !(lang.ptr[i] >= '0' && lang.ptr[i] <= '9') &&
            lang.ptr[i] != '-') {
            return false;
        }
    }
    return lang.len >= 2 && lang.len <= 35;
}

static const struct brv_patterns *find_file(struct brv_arena *arena, brv_str lang)
{
    if (!is_plain_tag(lang)) {
        return NULL;
    }
    size_t dash = brv_str_find_byte(lang, 0, '-');
    brv_str language = lower(arena, brv_str_slice(lang, 0, dash));
    brv_str region = { 0 };
    if (dash < lang.len) {
        brv_str rest = brv_str_slice(lang, dash + 1, lang.len);
        size_t end = brv_str_find_byte(rest, 0, '-');
        region = end == 2 ? upper(arena, brv_str_slice(rest, 0, 2)) : region;
    }
    const brv_str regions[] = { region, usual_region(arena, language) };
    for (size_t i = 0; i < BRV_COUNT(regions); i++) {
        if (regions[i].len > 0) {
            brv_str name = brv_arena_printf(arena,
                                            "%" BRV_STR_F "_%" BRV_STR_F,
                                            BRV_STR_ARG(language),
                                            BRV_STR_ARG(regions[i]));
            const struct brv_patterns *found = open_patterns(arena, name);
            if (found) {
                return found;
            }
        }
    }
    const struct brv_patterns *found = open_patterns(arena, language);
    return found || !brv_str_is(language, "pt") ? found : open_patterns(arena, BRV_S("pt_BR"));
}

static void read_ahead(void *user)
{
    struct ahead *ahead = user;
    ahead->found = find_file(ahead->arena, ahead->lang);
}

static void drop_ahead(void *ptr)
{
    struct ahead *ahead = ptr;
    if (ahead->arena) {
        brv_worker_finish(ahead->worker, &ahead->task);
        brv_arena_free(ahead->arena);
    }
}

// What the worker has read, or is about to.
static const struct brv_patterns *find_now(struct brv_pattern_table *table, brv_str lang)
{
    struct ahead *ahead = &table->ahead;
    if (!ahead->arena || !brv_str_equal(ahead->lang, lang)) {
        return find_file(table->arena, lang);
    }
    brv_worker_finish(ahead->worker, &ahead->task);
    return ahead->found;
}

// ---- exported

struct brv_pattern_table *brv_pattern_table_new(struct brv_arena *arena)
{
    struct brv_pattern_table *table = BRV_NEW(arena, struct brv_pattern_table);
    table->arena = arena;
    table->by_lang.arena = arena;
    brv_arena_on_free(arena, drop_ahead, &table->ahead);
    return table;
}

void brv_patterns_read_ahead(struct brv_pattern_table *table, struct brv_worker *worker,
                             brv_str lang)
{
    struct ahead *ahead = &table->ahead;
    if (ahead->arena || brv_map_find(&table->by_lang, lang)) {
        return; // the first language is that of most text
    }
    ahead->worker = worker;
    ahead->arena = brv_arena_new();
    ahead->lang = brv_arena_str(table->arena, lang);
    brv_worker_start(worker, &ahead->task, read_ahead, ahead);
}

const struct brv_patterns *brv_patterns_find(struct brv_pattern_table *table, brv_str lang)
{
    void *known = brv_map_find(&table->by_lang, lang);
    if (!known) {
        const struct brv_patterns *found = find_now(table, lang);
        void **place = brv_map_at(&table->by_lang, brv_arena_str(table->arena, lang));
        *place = found ? (void *)found : table;
        return found;
    }
    return known == table ? NULL : known;
}

void brv_patterns_files(struct brv_arena *arena, struct brv_buf *out)
{
    size_t count = 0;
    const brv_str *names = brv_directory_list(arena, brv_str_from_cstr(pattern_folder), &count);
    for (size_t i = 0; i < count; i++)
        if (brv_str_starts_with(names[i], BRV_S("hyph_")) &&
            brv_str_ends_with(names[i], BRV_S(".dic")))
            brv_buf_printf(out, "%s%" BRV_STR_F "\n", pattern_folder, BRV_STR_ARG(names[i]));
}
