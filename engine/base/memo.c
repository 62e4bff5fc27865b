// Brevier — what was made of some bytes, kept for whoever comes with the same ones.
//
// Long keys have most of their lines in common: those of two documents' styles differ in some. So
// each line is kept once, under a number, and a key as the numbers of its lines. A hundred keys
// take hardly more room than one. And mostly the same line follows: it is compared before any is
// looked for.
// SPDX-License-Identifier: MIT
#include "base/memo.h"

#include "base/buf.h"
#include "base/hash.h"

struct line {
    brv_str text; // with its end, which the last line of a key may lack
    uint32_t number;
    struct line *next; // what came after it last; NULL: nothing yet
};

struct brv_memo {
    struct brv_arena *kept; // lines, keys, values and the maps' own memory
    struct brv_arena_mark empty;
    struct brv_map lines;   // text → struct line
    struct brv_map values;  // a key's numbers → brv_str
    struct brv_buf numbers; // of the key at hand
    size_t limit_bytes;
};

static void memo_drop(void *ptr)
{
    struct brv_memo *memo = ptr;
    brv_buf_deinit(&memo->numbers);
    brv_arena_free(memo->kept);
}

static void memo_forget(struct brv_memo *memo)
{
    brv_arena_rewind(memo->kept, memo->empty);
    memo->lines = (struct brv_map){ .arena = memo->kept };
    memo->values = (struct brv_map){ .arena = memo->kept };
}

struct brv_memo *brv_memo_new(struct brv_arena *arena, size_t limit_bytes)
{
    struct brv_memo *memo = BRV_NEW(arena, struct brv_memo);
    memo->limit_bytes = limit_bytes;
    memo->kept = brv_arena_new_roomy(limit_bytes);
    memo->empty = brv_arena_mark(memo->kept);
    memo_forget(memo);
    brv_arena_on_free(arena, memo_drop, memo);
    return memo;
}

// ---- keys

// The first line of a key; `guess` may be it. NULL: it is not known and not to be learned.
static struct line *line_first(struct brv_memo *memo, brv_str key, bool learns, struct line *guess)
{
    if (guess && brv_str_starts_with(key, guess->text) &&
        (guess->text.len == key.len || brv_str_ends_with(guess->text, BRV_S("\n"))))
        return guess;
    size_t end = brv_str_find_byte(key, 0, '\n');
    brv_str text = brv_str_slice(key, 0, end < key.len ? end + 1 : end);
    struct line *line = brv_map_find(&memo->lines, text);
    if (!line && learns) {
        line = BRV_NEW(memo->kept, struct line);
        *line = (struct line){ .text = brv_arena_str(memo->kept, text),
                               .number = (uint32_t)memo->lines.count };
        *brv_map_at(&memo->lines, line->text) = line;
    }
    return line;
}

// The numbers of a key's lines, valid until the next call. False when one has none and none are to
// be learned.
static bool key_numbers(struct brv_memo *memo, brv_str key, bool learns, brv_str *numbers)
{
    brv_buf_clear(&memo->numbers);
    for (struct line *line, *before = NULL; key.len > 0; before = line) {
        line = line_first(memo, key, learns, before ? before->next : NULL);
        if (!line)
            return false;
        if (before)
            before->next = line;
        brv_buf_add(&memo->numbers, &line->number, sizeof line->number);
        key = brv_str_from(key, line->text.len);
    }
    *numbers = brv_buf_str(&memo->numbers);
    return true;
}

// ---- use

bool brv_memo_find(struct brv_memo *memo, brv_str key, brv_str *value)
{
    brv_str numbers = { 0 };
    const brv_str *kept =
        key_numbers(memo, key, false, &numbers) ? brv_map_find(&memo->values, numbers) : NULL;
    if (kept)
        *value = *kept;
    return kept != NULL;
}

void brv_memo_keep(struct brv_memo *memo, brv_str key, brv_str value)
{
    size_t half = memo->limit_bytes / 2;
    if (key.len >= half || value.len >= half - key.len)
        return;
    if (brv_arena_used_bytes(memo->kept) + key.len + value.len > memo->limit_bytes)
        memo_forget(memo);
    brv_str numbers = { 0 };
    (void)key_numbers(memo, key, true, &numbers);
    void **slot = brv_map_at(&memo->values, brv_arena_str(memo->kept, numbers));
    brv_str *kept = BRV_NEW(memo->kept, brv_str);
    *kept = brv_arena_str(memo->kept, value);
    *slot = kept;
}
