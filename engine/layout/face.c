// Brevier — opening one font face: HarfBuzz objects, metrics, embedding facts.
// SPDX-License-Identifier: MIT
#include "layout/face.h"

#include <hb-ot.h>

// ---- the few table bytes that HarfBuzz does not tell

static unsigned read_u16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static const uint8_t *table_bytes(hb_face_t *face, hb_tag_t tag, hb_blob_t **blob, size_t *len)
{
    unsigned length = 0;
    *blob = hb_face_reference_table(face, tag);
    const char *bytes = hb_blob_get_data(*blob, &length);
    *len = length;
    return (const uint8_t *)bytes;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool found = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return found;
}

// OS/2 fsType: 2 alone forbids embedding, 0x100 forbids subsetting, 0x200 allows bitmaps only.
static bool may_embed(hb_face_t *face)
{
    hb_blob_t *blob;
    size_t len;
    const uint8_t *os2 = table_bytes(face, HB_TAG('O', 'S', '/', '2'), &blob, &len);
    unsigned type = len >= 10 ? read_u16(os2 + 8) : 0;
    hb_blob_destroy(blob);
    return (type & 0xF) != 2 && (type & 0x300) == 0;
}

// A CFF INDEX: count, offset size, offsets, data. Gives the bytes of its first object and where the
// next structure begins; false when it does not fit.
static bool cff_index(const uint8_t *cff, size_t len, size_t *at, size_t *first, size_t *first_end)
{
    if (*at + 2 > len) {
        return false;
    }
    size_t count = read_u16(cff + *at);
    if (count == 0) {
        *at += 2;
        return true;
    }
    if (*at + 3 > len) {
        return false;
    }
    size_t width = cff[*at + 2];
    size_t offsets = *at + 3;
    size_t data = offsets + (count + 1) * width - 1;
    if (width < 1 || width > 4 || data > len) {
        return false;
    }
    size_t ends[3] = { 0, 1, count };
    for (size_t i = 0; i < 3; i++) {
        size_t value = 0;
        for (size_t byte = 0; byte < width; byte++) {
            value = value << 8 | cff[offsets + ends[i] * width + byte];
        }
        ends[i] = data + value;
    }
    *first = ends[0];
    *first_end = ends[1];
    *at = ends[2];
    return ends[0] <= ends[1] && ends[1] <= len && ends[2] <= len;
}

// True when the top DICT holds the operator ROS (12 30), which must come first in a CID font.
static bool is_cid_keyed(hb_face_t *face)
{
    hb_blob_t *blob;
    size_t len;
    const uint8_t *cff = table_bytes(face, HB_TAG('C', 'F', 'F', ' '), &blob, &len);
    bool found = false;
    size_t first = 0;
    size_t end = 0;
    size_t at = len > 4 ? cff[2] : len;
    if (len > 4 && cff_index(cff, len, &at, &first, &end) &&
        cff_index(cff, len, &at, &first, &end)) {
        for (size_t i = first; i + 1 < end && !found;) {
            uint8_t byte = cff[i];
            if (byte == 12) {
                found = cff[i + 1] == 30;
                i += 2;
            } else if (byte == 28) {
                i += 3;
            } else if (byte == 29) {
                i += 5;
            } else if (byte == 30) {
                for (i++; i < end && (cff[i] & 0xF) != 0xF && cff[i] >> 4 != 0xF; i++) {
                }
                i++;
            } else if (byte >= 247 && byte <= 254) {
                i += 2;
            } else {
                i++;
            }
        }
    }
    hb_blob_destroy(blob);
    return found;
}

static brv_str name_of(struct brv_arena *arena, hb_face_t *face, hb_ot_name_id_t id)
{
    char text[256];
    unsigned size = sizeof text;
    hb_ot_name_get_utf8(face, id, HB_LANGUAGE_INVALID, &size, text);
    return brv_arena_str(arena, (brv_str){ text, size < sizeof text ? size : sizeof text - 1 });
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int fallback)
{
    hb_position_t value;
    return hb_ot_metrics_get_position(font, tag, &value) && value != 0 ? value : fallback;
}

static void read_metrics(struct brv_face *face)
{
    hb_font_t *font = face->font;
    int em = (int)face->units_per_em;
    hb_font_extents_t extents = { 0 };
    hb_font_get_h_extents(font, &extents);
    face->ascent = extents.ascender > 0 ? extents.ascender : em * 4 / 5;
    face->descent = extents.descender < 0 ? extents.descender : -em / 5;
    face->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, em * 7 / 10);
    face->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT, em / 2);
    face->underline_position = metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -em / 10);
    face->underline_thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, em / 20);
    face->strike_position = metric(font, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, face->x_height / 2);
    face->strike_thickness = metric(font, HB_OT_METRICS_TAG_STRIKEOUT_SIZE, em / 20);
    face->weight = (int)hb_style_get_value(font, HB_STYLE_TAG_WEIGHT);
    face->italic_angle = hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE);
}

static void destroy_face(void *face)
{
    hb_face_destroy(face);
}

static void destroy_font(void *font)
{
    hb_font_destroy(font);
}

// Takes the blob.
static bool open_blob(struct brv_arena *arena, hb_blob_t *blob, brv_str file, unsigned index,
                      struct brv_face *face)
{
    hb_face_t *hb = hb_face_create(blob, index);
    hb_blob_destroy(blob);
    unsigned units = hb_face_get_upem(hb);
    bool is_cff = has_table(hb, HB_TAG('C', 'F', 'F', ' '));
    bool has_outlines = is_cff || (has_table(hb, HB_TAG('g', 'l', 'y', 'f')) &&
                                   has_table(hb, HB_TAG('l', 'o', 'c', 'a')));
    if (hb_face_get_glyph_count(hb) == 0 || units < 16 || units > 16384 || !has_outlines ||
        !has_table(hb, HB_TAG('c', 'm', 'a', 'p'))) {
        hb_face_destroy(hb);
        return false;
    }
    hb_face_make_immutable(hb);
    hb_font_t *font = hb_font_create(hb);
    hb_font_make_immutable(font);
    brv_arena_on_free(arena, destroy_face, hb);
    brv_arena_on_free(arena, destroy_font, font);
    *face = (struct brv_face){
        .face = hb,
        .font = font,
        .file = file,
        .index = index,
        .family = name_of(arena, hb, HB_OT_NAME_ID_FONT_FAMILY),
        .postscript_name = name_of(arena, hb, HB_OT_NAME_ID_POSTSCRIPT_NAME),
        .units_per_em = units,
        .is_cff = is_cff,
        .is_cid_keyed = is_cff && is_cid_keyed(hb),
        .may_embed = may_embed(hb),
    };
    read_metrics(face);
    return true;
}

bool brv_face_open(struct brv_arena *arena, brv_str file, unsigned index, struct brv_face *face)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(brv_arena_cstr(arena, file));
    return blob && open_blob(arena, blob, file, index, face);
}

bool brv_face_open_bytes(struct brv_arena *arena, brv_str name, brv_str bytes,
                         struct brv_face *face)
{
    hb_blob_t *blob =
        hb_blob_create_or_fail(bytes.ptr, (unsigned)bytes.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    return blob && open_blob(arena, blob, name, 0, face);
}
