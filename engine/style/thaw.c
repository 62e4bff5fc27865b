// Brevier — thawing: the memory of a set that the build has read, at home in this process.
// SPDX-License-Identifier: MIT
#include "style/frozen.h"
#include "style/sheet_read.h"

enum { WORD_BITS = 64 };

static const struct brv_frozen_sheet *find(const struct brv_frozen_sheets *all, brv_str text,
                                           size_t rule_limit)
{
    for (size_t i = 0; all && i < all->count; i++) {
        const struct brv_frozen_sheet *frozen = &all->items[i];
        const struct brv_stylesheets *set = (const struct brv_stylesheets *)frozen->words;
        const char *bytes = (const char *)frozen->words + frozen->text_at;
        if (brv_str_equal(text, (brv_str){ bytes, frozen->text_length }))
            return set->rule_count <= rule_limit ? frozen : NULL;
    }
    return NULL;
}

// As many words at a time as have a word of bits: they are still at hand when their pointers are
// set.
static struct brv_stylesheets *copy(const struct brv_frozen_sheet *frozen, struct brv_arena *arena)
{
    uint64_t *words = brv_arena_take(arena, frozen->word_count * sizeof *words);
    for (size_t from = 0; from < frozen->word_count; from += WORD_BITS) {
        const size_t left = frozen->word_count - from;
        memcpy(words + from,
               frozen->words + from,
               (left < WORD_BITS ? left : WORD_BITS) * sizeof *words);
        for (uint64_t bits = frozen->pointers[from / WORD_BITS]; bits; bits &= bits - 1) {
            uint64_t *word = &words[from + (size_t)__builtin_ctzll(bits)];
            char *target = (char *)words + *word;
            memcpy(word, &target, sizeof target);
        }
    }
    return (struct brv_stylesheets *)words;
}

bool brv_sheet_thaw(struct brv_sheet_loader *loader, brv_str name, brv_str text)
{
    const struct brv_frozen_sheet *frozen =
        loader->sheets ? NULL
                       : find(loader->options->frozen, text, loader->limits.stylesheet_rules);
    if (!frozen)
        return false;
    struct brv_stylesheets *sheets = copy(frozen, loader->arena);
    loader->sheets = sheets;
    brv_sheet_attach(sheets, loader->arena, loader->options);
    if (text.len > 0) // the last that was read; the memory is ours by now
        ((struct brv_source *)sheets->files[sheets->file_count - 1])->name = name;
    return true;
}
