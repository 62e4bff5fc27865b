// Brevier — EXIF: which way up a photograph is.
// SPDX-License-Identifier: MIT
//
// A block is a small TIFF file: byte order, then a directory of entries, each a tag, a type, a
// count and a value or its offset. Only the first directory is read, once, so offsets that lead in
// circles lead nowhere.
#include "load/image_read.h"

enum {
    TAG_ORIENTATION = 0x0112,
    TAG_RESOLUTION_X = 0x011A,
    TAG_RESOLUTION_Y = 0x011B,
    TAG_RESOLUTION_UNIT = 0x0128,
    TYPE_SHORT = 3,
    TYPE_RATIONAL = 5,
    ENTRY_BYTES = 12,
};

struct exif {
    brv_str block;
    bool is_little;
};

static uint32_t number16(const struct exif *exif, size_t at)
{
    uint32_t first = brv_byte_at(exif->block, at);
    uint32_t second = brv_byte_at(exif->block, at + 1);
    return exif->is_little ? second << 8 | first : first << 8 | second;
}

static uint32_t number32(const struct exif *exif, size_t at)
{
    uint32_t first = number16(exif, at);
    uint32_t second = number16(exif, at + 2);
    return exif->is_little ? second << 16 | first : first << 16 | second;
}

// 0 when the offset leads out of the block or the number is none.
static double rational(const struct exif *exif, size_t at)
{
    size_t len = exif->block.len;
    if (len < 8 || at > len - 8 || number32(exif, at + 4) == 0) {
        return 0;
    }
    return (double)number32(exif, at) / number32(exif, at + 4);
}

void brv_image_read_exif(struct brv_image *image, brv_str block, bool wants_dpi)
{
    struct exif exif = { block, brv_str_starts_with(block, BRV_S("II*\0")) };
    if (!exif.is_little && !brv_str_starts_with(block, BRV_S("MM\0*"))) {
        return;
    }
    if (block.len < 8) {
        return;
    }
    size_t at = number32(&exif, 4);
    if (at > block.len - 2) {
        return;
    }
    double x = 0, y = 0;
    double unit = 1; // inches in it
    size_t count = number16(&exif, at);
    at += 2;
    for (; count > 0 && block.len - at >= ENTRY_BYTES; count--, at += ENTRY_BYTES) {
        uint32_t tag = number16(&exif, at);
        uint32_t type = number16(&exif, at + 2);
        if (tag == TAG_ORIENTATION && type == TYPE_SHORT) {
            uint32_t value = number16(&exif, at + 8);
            image->orientation = value >= 1 && value <= 8 ? value : 1;
        } else if (tag == TAG_RESOLUTION_X && type == TYPE_RATIONAL) {
            x = rational(&exif, number32(&exif, at + 8));
        } else if (tag == TAG_RESOLUTION_Y && type == TYPE_RATIONAL) {
            y = rational(&exif, number32(&exif, at + 8));
        } else if (tag == TAG_RESOLUTION_UNIT && type == TYPE_SHORT) {
            unit = number16(&exif, at + 8) == 3 ? 2.54 : 1;
        }
    }
    if (wants_dpi) {
        brv_image_set_dpi(image, x * unit, y * unit);
    }
}
