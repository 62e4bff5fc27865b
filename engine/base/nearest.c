// Brevier — the nearest name, for "did you mean".
// SPDX-License-Identifier: MIT
#include "base/diag.h"

// Names are short; a longer word is no misspelling of one.
enum { NAME_MAX_BYTES = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Optimal string alignment: insert, delete, replace, or swap two neighbours, each costs one.
static size_t distance(brv_str a, brv_str b)
{
    size_t rows[3][NAME_MAX_BYTES + 1];
    size_t *before = rows[0]; // two rows up
    size_t *above = rows[1];
    size_t *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = brv_to_lower(a.ptr[i - 1]);
            char y = brv_to_lower(b.ptr[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == brv_to_lower(b.ptr[j - 2]) &&
                y == brv_to_lower(a.ptr[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.len];
}

const char *brv_nearest(brv_str word, const char *const *names, size_t count)
{
    if (word.len == 0 || word.len > NAME_MAX_BYTES)
        return NULL;
    size_t limit = word.len / 3;
    limit = limit < 1 ? 1 : limit > 3 ? 3 : limit;
    const char *best = NULL;
    for (size_t i = 0; i < count; i++) {
        brv_str name = brv_str_from_cstr(names[i]);
        size_t gap = name.len > word.len ? name.len - word.len : word.len - name.len;
        if (name.len > NAME_MAX_BYTES || gap > limit)
            continue;
        size_t steps = distance(word, name);
        if (best ? steps < limit : steps <= limit) {
            best = names[i];
            limit = steps;
        }
    }
    return best;
}
