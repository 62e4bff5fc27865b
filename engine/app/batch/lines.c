// Brevier — lists as texts, a line for each of what they hold.
// SPDX-License-Identifier: MIT
#include "app/batch/lines.h"

#include "base/buf.h"

#include <stdlib.h>

bool brv_lines_next(brv_str *rest, brv_str *line)
{
    if (rest->len == 0)
        return false;
    size_t end = brv_str_find_byte(*rest, 0, '\n');
    *line = brv_str_slice(*rest, 0, end);
    *rest = brv_str_from(*rest, end + 1);
    return true;
}

static int line_compare(const void *a, const void *b)
{
    return brv_str_compare(*(const brv_str *)a, *(const brv_str *)b);
}

brv_str brv_lines_join(struct brv_arena *arena, brv_str *lines, size_t count)
{
    if (count > 1)
        qsort(lines, count, sizeof *lines, line_compare);
    struct brv_buf *text = brv_buf_new_in(arena);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && brv_str_equal(lines[i], lines[i - 1]))
            continue;
        brv_buf_add_str(text, lines[i]);
        brv_buf_add_byte(text, '\n');
    }
    return brv_buf_str(text);
}
