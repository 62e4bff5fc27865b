// Brevier — freezing: the memory of a set, with its pointers told from all else (frozen.h).
// SPDX-License-Identifier: MIT
#include "style/frozen.h"
#include "style/sheet_read.h"

#include "base/utf8.h"

#include <sys/mman.h>
#include <unistd.h>

enum { COPY_BYTES = 4 << 20, WORD_BITS = 64 };

// A set that was read into an arena of its own, and nothing else: its memory is in one piece.
struct copy {
    struct brv_arena *arena;
    const uint64_t *words;
    size_t word_count;
    brv_str text;
    bool is_quiet; // there was nothing to report
};

static void copy_make(struct copy *copy, brv_str text)
{
    static const struct brv_stylesheets_options options = { 0 };
    struct brv_arena *scratch = brv_arena_new();
    struct brv_sink sink = brv_sink_init(scratch);
    copy->arena = brv_arena_new_roomy(COPY_BYTES);
    const struct brv_arena_mark empty = brv_arena_mark(copy->arena);
    (void)brv_arena_alloc(copy->arena, COPY_BYTES); // zero, between the objects as well
    brv_arena_rewind(copy->arena, empty);
    struct brv_sheet_loader loader = {
        .arena = copy->arena,
        .options = &options,
        .limits = brv_limits_default(),
        .sink = &sink,
        .scratch = scratch,
    };
    brv_sheet_begin(&loader, &(struct brv_sheet_scope){ 0 });
    copy->text = brv_arena_str(copy->arena, text);
    if (text.len > 0)
        brv_sheet_load_memory(&loader, BRV_ORIGIN_AUTHOR, (brv_str){ 0 }, copy->text);
    brv_sheet_complete(&loader);
    brv_sheet_attach(loader.sheets, NULL, &options);
    copy->words = (const uint64_t *)loader.sheets; // the first in the arena
    copy->word_count = brv_arena_used_bytes(copy->arena) / sizeof *copy->words;
    copy->is_quiet = sink.kept == 0;
    brv_arena_free(scratch);
}

// Whether a word may be an address: something of this process lies there.
static bool is_address(uint64_t word)
{
    const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    unsigned char ignored = 0;
    return word >= page && mincore((void *)(word / page * page), 1, &ignored) == 0;
}

// A word of both copies: a pointer into them, or the same and no address.
static bool freeze_word(const struct copy *a, const struct copy *b, size_t at, uint64_t *word,
                        bool *is_pointer)
{
    const uint64_t a_offset = a->words[at] - (uintptr_t)a->words;
    const uint64_t b_offset = b->words[at] - (uintptr_t)b->words;
    *is_pointer = a_offset == b_offset && a_offset <= (uint64_t)a->word_count * sizeof *a->words;
    *word = *is_pointer ? a_offset : a->words[at];
    return *is_pointer || (a->words[at] == b->words[at] && !is_address(a->words[at]));
}

// What another file says, or where it lies, is not known before a start.
static bool names_file(brv_str text)
{
    struct brv_arena *arena = brv_arena_new();
    const struct brv_css_range all = brv_css_tokenize(arena, text);
    bool is_found = false;
    for (const struct brv_css_token *token = all.at; token < all.end; token++)
        is_found |= brv_css_url_token(token) != NULL;
    brv_arena_free(arena);
    return is_found;
}

static bool freeze_words(struct brv_arena *arena, const struct copy *a, const struct copy *b,
                         struct brv_frozen_sheet *frozen, brv_str *fault)
{
    const size_t count = a->word_count;
    uint64_t *words = BRV_NEW_ARRAY(arena, uint64_t, count);
    uint64_t *pointers = BRV_NEW_ARRAY(arena, uint64_t, count / WORD_BITS + 1);
    for (size_t i = 0; i < count; i++) {
        bool is_pointer = false;
        if (!freeze_word(a, b, i, &words[i], &is_pointer)) {
            *fault = brv_arena_printf(
                arena, "it refers to something outside its memory in byte %zu", i * sizeof *words);
            return false;
        }
        pointers[i / WORD_BITS] |= (uint64_t)is_pointer << i % WORD_BITS;
    }
    *frozen = (struct brv_frozen_sheet){
        .words = words,
        .pointers = pointers,
        .word_count = count,
        .text_at = (size_t)(a->text.ptr - (const char *)a->words),
        .text_length = a->text.len,
    };
    return true;
}

bool brv_sheets_freeze(struct brv_arena *arena, brv_str text, struct brv_frozen_sheet *frozen,
                       brv_str *fault)
{
    struct brv_source *clean = brv_source_new(arena, (brv_str){ 0 }, (brv_str){ 0 });
    struct brv_sink ignored = brv_sink_init(arena);
    brv_source_set_text(clean, text, arena, BRV_WARNING, &ignored);
#ifdef BRV_ARENA_DEBUG
    *fault = BRV_S("each object of this build's arenas lies apart");
    return false;
#endif
    struct copy a;
    struct copy b;
    copy_make(&a, text);
    copy_make(&b, text);
    bool is_frozen = false;
    if (names_file(text))
        *fault = BRV_S("it names a file");
    else if (!a.is_quiet || !brv_str_equal(clean->text, text))
        *fault = BRV_S("there is something to report of it");
    else if (a.word_count != b.word_count || a.word_count > COPY_BYTES / sizeof *a.words)
        *fault = BRV_S("it is not read the same way twice");
    else
        is_frozen = freeze_words(arena, &a, &b, frozen, fault);
    brv_arena_free(a.arena);
    brv_arena_free(b.arena);
    return is_frozen;
}
