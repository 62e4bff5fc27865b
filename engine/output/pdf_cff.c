// Brevier — the one thing PDF must know about a CFF font: which CID names a glyph.
// SPDX-License-Identifier: MIT
//
// A CFF table (Adobe Technical Note 5176) begins with a header, the Name INDEX and the Top DICT
// INDEX. A Top DICT with the operator ROS is CID-keyed; its charset gives the CID of each glyph
// but the first, which is CID 0. Everything is read through a cursor that stays inside the table.
#include "output/pdf_cff.h"

enum {
    CFF_OP_CHARSET = 15,
    CFF_OP_ESCAPE = 12,
    CFF_OP_ROS = 30, // after the escape
    CFF_CHARSETS_PREDEFINED = 3,
};

struct cff_cursor {
    brv_str table;
    size_t at;
    bool is_bad;
};

static unsigned cff_read(struct cff_cursor *cursor, size_t bytes)
{
    unsigned value = 0;
    for (size_t i = 0; i < bytes; i++) {
        if (cursor->at >= cursor->table.len) {
            cursor->is_bad = true;
            return 0;
        }
        value = value << 8 | (unsigned char)cursor->table.ptr[cursor->at++];
    }
    return value;
}

// Moves past an INDEX; the bytes of its first object are returned.
static brv_str cff_skip_index(struct cff_cursor *cursor)
{
    brv_str first = { 0 };
    size_t count = cff_read(cursor, 2);
    if (count == 0)
        return first;
    size_t offset_size = cff_read(cursor, 1);
    if (offset_size < 1 || offset_size > 4) {
        cursor->is_bad = true;
        return first;
    }
    size_t offsets = cursor->at;
    size_t base = offsets + (count + 1) * offset_size - 1;
    size_t start = cff_read(cursor, offset_size);
    size_t end = cff_read(cursor, offset_size);
    cursor->at = offsets + count * offset_size;
    size_t last = cff_read(cursor, offset_size);
    size_t len = cursor->table.len;
    if (base > len || start < 1 || start > end || end > last || last > len - base) {
        cursor->is_bad = true;
        return first;
    }
    cursor->at = base + last;
    return brv_str_slice(cursor->table, base + start, base + end);
}

// Reads a Top DICT: true when it has ROS; *charset becomes the offset of its charset.
static bool cff_read_top(brv_str dict, size_t *charset)
{
    struct cff_cursor cursor = { dict, 0, false };
    bool has_ros = false;
    long operand = 0;
    *charset = 0;
    while (cursor.at < dict.len && !cursor.is_bad) {
        unsigned b = cff_read(&cursor, 1);
        if (b == CFF_OP_ESCAPE) {
            has_ros |= cff_read(&cursor, 1) == CFF_OP_ROS;
        } else if (b <= 21) {
            if (b == CFF_OP_CHARSET && operand > 0)
                *charset = (size_t)operand;
        } else if (b == 28) {
            operand = (int16_t)cff_read(&cursor, 2);
        } else if (b == 29) {
            operand = (int32_t)cff_read(&cursor, 4);
        } else if (b == 30) { // a real ends with the nibble 15
            unsigned pair;
            do
                pair = cff_read(&cursor, 1);
            while (!cursor.is_bad && (pair >> 4) != 15 && (pair & 15) != 15);
        } else if (b >= 32 && b <= 246) {
            operand = (long)b - 139;
        } else if (b >= 247 && b <= 250) {
            operand = (long)(b - 247) * 256 + (long)cff_read(&cursor, 1) + 108;
        } else if (b >= 251 && b <= 254) {
            operand = -(long)(b - 251) * 256 - (long)cff_read(&cursor, 1) - 108;
        }
    }
    return has_ros && !cursor.is_bad;
}

static bool cff_read_charset(struct cff_cursor *cursor, uint16_t *cids, size_t count)
{
    unsigned format = cff_read(cursor, 1);
    if (format > 2)
        return false;
    for (size_t glyph = 1; glyph < count;) {
        unsigned cid = cff_read(cursor, 2);
        unsigned more = format ? cff_read(cursor, format) : 0;
        if (cursor->is_bad || cid + more > UINT16_MAX)
            return false;
        for (unsigned i = 0; i <= more && glyph < count; i++)
            cids[glyph++] = (uint16_t)(cid + i);
    }
    return true;
}

const uint16_t *brv_pdf_cff_cids(struct brv_arena *arena, brv_str table, size_t glyph_count)
{
    struct cff_cursor cursor = { table, 2, false };
    cursor.at = cff_read(&cursor, 1); // the header tells its own size
    (void)cff_skip_index(&cursor);
    brv_str top = cff_skip_index(&cursor);
    size_t charset;
    if (cursor.is_bad || !cff_read_top(top, &charset) || charset < CFF_CHARSETS_PREDEFINED)
        return NULL;
    uint16_t *cids = BRV_NEW_ARRAY(arena, uint16_t, glyph_count);
    cursor.at = charset;
    return cff_read_charset(&cursor, cids, glyph_count) ? cids : NULL;
}
