// Brevier — feeds: when two names are one to a file system.
// Folders of macOS compare letters with their accents taken apart and their case folded, folders of
// ext4 and f2fs that fold case leave out invisible characters as well, Windows folds case alone.
// What any of them takes for one name is one here: a number too many behind a name harms nobody.
// SPDX-License-Identifier: MIT
#include "load/feed_fold.h"

#include "base/memory.h"

#include <stdlib.h>
#include <utf8proc.h>

static const utf8proc_option_t folding =
    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STABLE;

static bool is_ascii(brv_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

void brv_feed_fold(struct brv_buf *out, brv_str name)
{
    if (is_ascii(name)) {
        for (size_t i = 0; i < name.len; i++)
            brv_buf_add_byte(out, brv_to_lower(name.ptr[i]));
        return;
    }
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)name.ptr;
    utf8proc_ssize_t len = (utf8proc_ssize_t)name.len;
    utf8proc_ssize_t count = utf8proc_decompose(bytes, len, NULL, 0, folding);
    if (count < 0) { // no UTF-8: it is itself
        brv_buf_add_str(out, name);
        return;
    }
    // Room for the code points, and for a byte more that the library ends them with.
    utf8proc_int32_t *points = brv_heap_alloc(brv_size_multiply((size_t)count + 1, sizeof *points));
    utf8proc_decompose(bytes, len, points, count, folding);
    utf8proc_ssize_t folded = utf8proc_reencode(points, count, folding);
    brv_buf_add(out, points, folded > 0 ? (size_t)folded : 0);
    free(points);
}

bool brv_feed_folds_to(brv_str name, const char *form)
{
    if (is_ascii(name))
        return brv_str_is_nocase(name, form);
    struct brv_buf folded = { 0 };
    brv_feed_fold(&folded, name);
    bool is_it = brv_str_is(brv_buf_str(&folded), form);
    brv_buf_deinit(&folded);
    return is_it;
}
