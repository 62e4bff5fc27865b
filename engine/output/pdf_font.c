// Brevier — the fonts of one PDF: which code shows a glyph, how wide it is, what it reads as.
// SPDX-License-Identifier: MIT
//
// Three kinds of face, three ways from a code (which Identity-H makes a CID) to an outline:
//
//     TrueType         CID: 1, 2, … by first use     CIDToGIDMap: CID → glyph of the subset
//     CFF, by name     CID = glyph id                the subset keeps glyph ids
//     CFF, CID-keyed   CID = the charset's           the subset keeps the charset
//
// In each the code is known before the face is subset, so pages are written first.
#include "output/pdf_font.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "output/pdf.h"
#include "output/pdf_cff.h"
#include "output/pdf_write.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <math.h>
#include <stdlib.h>

enum {
    PDF_CODE_MAX = 65535,
    PDF_TEXTS_A_GLYPH_MAX = 64, // codes of one glyph; beyond, ActualText
    PDF_TAG_LETTERS = 6,
    PDF_NAME_BYTES_MAX = 60, // a name may have 127, of which the tag takes 7
};

// ---- codes

static bool font_has_one_code_a_glyph(const struct brv_pdf_font *font)
{
    return font->face->is_cff;
}

// What a text must not hold to stand in ToUnicode alone: private use has no meaning by itself.
static bool font_text_is_plain(brv_str text)
{
    if (text.len == 1) // mostly
        return text.ptr[0] != 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 || c == 0xFEFF || c == 0)
            return false;
    }
    return text.len > 0;
}

static uint32_t *font_first_code(struct brv_pdf_font *font, uint32_t glyph)
{
    uint32_t **row = &font->first_code[glyph >> 8];
    if (!*row)
        *row = BRV_NEW_ARRAY(font->arena, uint32_t, 256);
    return &(*row)[glyph & 255];
}

static float font_glyph_width(const struct brv_face *face, uint32_t glyph)
{
    double advance = hb_font_get_glyph_h_advance(face->font, glyph);
    return (float)(floor(advance * 100000.0 / face->units_per_em + 0.5) / 100.0);
}

static size_t font_add_code(struct brv_pdf_font *font, uint32_t glyph, brv_str text)
{
    uint32_t index = (uint32_t)font->code_count;
    struct brv_pdf_code *code =
        &BRV_PUSH(font->arena, font->codes, font->code_count, font->code_capacity);
    code->glyph = glyph;
    code->code = (uint16_t)(font->cff_cids       ? font->cff_cids[glyph]
                            : font->face->is_cff ? glyph
                                                 : index);
    code->width = font_glyph_width(font->face, glyph);
    code->text = text;
    return index;
}

static size_t font_first_code_made(struct brv_pdf_font *font, uint32_t glyph, brv_str text)
{
    uint32_t *first = font_first_code(font, glyph);
    if (*first == 0) {
        *first = (uint32_t)font_add_code(font, glyph, text);
        font->shown_count++;
    }
    return *first;
}

size_t brv_pdf_font_code(struct brv_pdf_font *font, uint32_t glyph, brv_str text, bool *is_exact)
{
    size_t index = font_first_code_made(font, glyph, text);
    *is_exact = font_text_is_plain(text);
    if (!*is_exact)
        return index;
    size_t last = index;
    int chain = 0;
    for (size_t i = index; i; i = font->codes[i].next) {
        struct brv_pdf_code *code = &font->codes[i];
        if (!code->has_text) {
            code->text = text;
            code->has_text = true;
            return i;
        }
        if (brv_str_equal(code->text, text))
            return i;
        last = i;
        chain++;
    }
    // Every glyph of the face must still find a code of its own.
    size_t reserved = font->glyph_count - font->shown_count;
    if (font_has_one_code_a_glyph(font) || chain >= PDF_TEXTS_A_GLYPH_MAX ||
        font->code_count + reserved > PDF_CODE_MAX) {
        *is_exact = false;
        return index;
    }
    size_t added = font_add_code(font, glyph, text);
    font->codes[added].has_text = true;
    font->codes[last].next = (uint32_t)added;
    return added;
}

size_t brv_pdf_font_any_code(struct brv_pdf_font *font, uint32_t glyph, brv_str text)
{
    return font_first_code_made(font, glyph, text);
}

static brv_str font_table(struct brv_arena *arena, hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    brv_str copy = len ? brv_arena_str(arena, (brv_str){ bytes, len }) : (brv_str){ 0 };
    hb_blob_destroy(blob);
    return copy;
}

static const uint16_t *font_cff_cids(struct brv_pdf_font *font)
{
    hb_blob_t *blob = hb_face_reference_table(font->face->face, HB_TAG('C', 'F', 'F', ' '));
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    const uint16_t *cids =
        brv_pdf_cff_cids(font->arena, (brv_str){ bytes, len }, font->glyph_count);
    hb_blob_destroy(blob);
    return cids;
}

struct brv_pdf_font *brv_pdf_font_for(struct brv_pdf *pdf, const struct brv_face *face)
{
    struct brv_pdf_fonts *fonts = &pdf->fonts;
    fonts->by_face = brv_arena_grow(pdf->arena,
                                    fonts->by_face,
                                    &fonts->by_face_capacity,
                                    (size_t)face->id + 1,
                                    sizeof *fonts->by_face);
    struct brv_pdf_font_slot *slot = &fonts->by_face[face->id];
    if (slot->font)
        return slot->font;
    struct brv_pdf_font *font = BRV_NEW(pdf->arena, struct brv_pdf_font);
    font->face = face;
    font->arena = pdf->arena;
    font->id = brv_pdf_file_reserve(pdf->file);
    font->number = fonts->last ? fonts->last->number + 1 : 0;
    font->glyph_count = hb_face_get_glyph_count(face->face);
    font->first_code = BRV_NEW_ARRAY(pdf->arena, uint32_t *, (PDF_CODE_MAX + 1) / 256);
    BRV_PUSH(pdf->arena, font->codes, font->code_count, font->code_capacity).glyph = 0;
    if (face->is_cff)
        font->cff_cids = font_cff_cids(font);
    if (!face->may_embed)
        brv_report(pdf->sink,
                   BRV_ERROR,
                   BRV_CODE_INTERNAL,
                   brv_span_none(),
                   "the licence of font \"%" BRV_STR_F "\" forbids embedding, expected another",
                   BRV_STR_ARG(face->family));
    if (fonts->last)
        fonts->last->next = font;
    else
        fonts->first = font;
    fonts->last = font;
    slot->font = font;
    return font;
}

// ---- subsetting

// Tables that a PDF reader does not need: glyphs are final here.
static const hb_tag_t font_dropped_tables[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('M', 'A', 'T', 'H'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('J', 'S', 'T', 'F'),
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('g', 'a', 's', 'p'), HB_TAG('h', 'd', 'm', 'x'),
    HB_TAG('V', 'D', 'M', 'X'), HB_TAG('L', 'T', 'S', 'H'), HB_TAG('D', 'S', 'I', 'G'),
    HB_TAG('n', 'a', 'm', 'e'), HB_TAG('m', 'e', 't', 'a'), HB_TAG('O', 'S', '/', '2'),
    HB_TAG('c', 'm', 'a', 'p'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
    HB_TAG('V', 'O', 'R', 'G'), HB_TAG('S', 'V', 'G', ' '), HB_TAG('C', 'O', 'L', 'R'),
    HB_TAG('C', 'P', 'A', 'L'), HB_TAG('C', 'B', 'D', 'T'), HB_TAG('C', 'B', 'L', 'C'),
    HB_TAG('s', 'b', 'i', 'x'), HB_TAG('S', 'T', 'A', 'T'), HB_TAG('p', 'o', 's', 't'),
};

static bool font_is_dropped(hb_tag_t tag)
{
    for (size_t i = 0; i < BRV_COUNT(font_dropped_tables); i++)
        if (font_dropped_tables[i] == tag)
            return true;
    return false;
}

// The face with no more than the tables that are kept. The subsetter would read the whole of cmap,
// GSUB and GPOS, even of a face whose subset goes without; that takes longer than its own work.
static hb_face_t *font_bare_face(hb_face_t *face)
{
    hb_face_t *bare = hb_face_builder_create();
    hb_tag_t tags[64];
    unsigned count = BRV_COUNT(tags);
    for (unsigned start = 0; count == BRV_COUNT(tags); start += count) {
        hb_face_get_table_tags(face, start, &count, tags);
        for (unsigned i = 0; i < count; i++) {
            if (font_is_dropped(tags[i]))
                continue;
            hb_blob_t *table = hb_face_reference_table(face, tags[i]);
            hb_face_builder_add_table(bare, tags[i], table);
            hb_blob_destroy(table);
        }
    }
    return bare;
}

struct font_subset {
    hb_face_t *face;        // owned
    hb_subset_plan_t *plan; // owned
};

// The subset of a face to the glyphs of the codes; face NULL when HarfBuzz cannot make it.
// It depends on nothing but its arguments: a cache over many documents would stand here.
static struct font_subset font_subset_new(const struct brv_pdf_font *font)
{
    struct font_subset subset = { 0 };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        brv_out_of_memory(0); // the only reason
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    hb_set_add(glyphs, 0);
    for (size_t i = 1; i < font->code_count; i++)
        hb_set_add(glyphs, font->codes[i].glyph);
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING;
    if (font->face->is_cff && !font->cff_cids)
        flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_subset_input_set_flags(input, flags);
    hb_face_t *bare = font_bare_face(font->face->face);
    subset.plan = hb_subset_plan_create_or_fail(bare, input);
    if (subset.plan)
        subset.face = hb_subset_plan_execute_or_fail(subset.plan);
    hb_face_destroy(bare);
    hb_subset_input_destroy(input);
    return subset;
}

static void font_subset_free(struct font_subset *subset)
{
    hb_face_destroy(subset->face);
    hb_subset_plan_destroy(subset->plan);
}

static void font_put_program(struct brv_pdf *pdf, const struct brv_pdf_font *font, uint32_t id,
                             const struct font_subset *subset)
{
    bool is_cff = font->face->is_cff;
    hb_blob_t *blob = is_cff ? hb_face_reference_table(subset->face, HB_TAG('C', 'F', 'F', ' '))
                             : hb_face_reference_blob(subset->face);
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    brv_str entries =
        is_cff ? BRV_S("/Subtype/CIDFontType0C") : brv_arena_printf(pdf->arena, "/Length1 %u", len);
    brv_pdf_file_put_stream(pdf->file, id, entries, (brv_str){ bytes, len }, BRV_PDF_DEFLATE);
    hb_blob_destroy(blob);
}

static uint32_t font_put_glyph_map(struct brv_pdf *pdf, const struct brv_pdf_font *font,
                                   const struct font_subset *subset)
{
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(subset->plan);
    struct brv_buf *bytes = &pdf->scratch;
    brv_buf_add_repeated(bytes, 0, 2); // CID 0
    for (size_t i = 1; i < font->code_count; i++) {
        hb_codepoint_t glyph = hb_map_get(map, font->codes[i].glyph);
        if (glyph == HB_MAP_VALUE_INVALID)
            glyph = 0;
        brv_buf_add_byte(bytes, (char)(glyph >> 8 & 255));
        brv_buf_add_byte(bytes, (char)(glyph & 255));
    }
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(pdf->file, id, BRV_S(""), brv_buf_str(bytes), BRV_PDF_DEFLATE);
    brv_buf_clear(bytes);
    return id;
}

// ---- dictionaries

static int font_compare_codes(const void *a, const void *b)
{
    const struct brv_pdf_code *left = a;
    const struct brv_pdf_code *right = b;
    return (left->code > right->code) - (left->code < right->code);
}

// "/ABCDEF+Name": six capitals told by the glyphs shown, then the face's own name.
static brv_str font_name(struct brv_pdf *pdf, const struct brv_pdf_font *font)
{
    uint64_t hash = brv_hash_str(font->face->postscript_name);
    for (size_t i = 1; i < font->code_count; i++)
        hash = brv_hash(&font->codes[i].glyph, sizeof font->codes[i].glyph, hash);
    struct brv_buf *name = brv_buf_new_in(pdf->arena);
    for (int i = 0; i < PDF_TAG_LETTERS; i++, hash /= 26)
        brv_buf_add_byte(name, (char)('A' + hash % 26));
    brv_buf_add_byte(name, '+');
    size_t start = name->len;
    brv_str from = font->face->postscript_name;
    for (size_t i = 0; i < from.len && name->len < PDF_NAME_BYTES_MAX; i++) {
        char c = from.ptr[i];
        char lower = brv_to_lower(c);
        if ((lower >= 'a' && lower <= 'z') || brv_is_digit(c) || c == '-' || c == '_')
            brv_buf_add_byte(name, c);
    }
    if (name->len == start)
        brv_buf_add_cstr(name, "Unnamed");
    return brv_buf_str(name);
}

static int font_int16(brv_str table, size_t at)
{
    if (at + 2 > table.len)
        return 0;
    return (int16_t)((unsigned char)table.ptr[at] << 8 | (unsigned char)table.ptr[at + 1]);
}

static void font_add_em(struct brv_buf *out, const struct brv_face *face, int units)
{
    brv_buf_add_byte(out, ' ');
    brv_buf_add_int(out, lround(units * 1000.0 / face->units_per_em));
}

static uint32_t font_put_descriptor(struct brv_pdf *pdf, const struct brv_pdf_font *font,
                                    brv_str name, uint32_t program_id)
{
    const struct brv_face *face = font->face;
    struct brv_buf *out = &pdf->scratch;
    // Symbolic: codes say nothing about characters.
    int flags = 4 | (face->is_fixed_pitch ? 1 : 0) | (face->italic_angle < 0 ? 64 : 0);
    brv_buf_printf(out,
                   "/Type/FontDescriptor/FontName/%" BRV_STR_F "/Flags %d/FontBBox[",
                   BRV_STR_ARG(name),
                   flags);
    brv_str head = font_table(pdf->arena, face->face, HB_TAG('h', 'e', 'a', 'd'));
    for (size_t i = 0; i < 4; i++)
        font_add_em(out, face, font_int16(head, 36 + 2 * i));
    brv_buf_add_cstr(out, "]/ItalicAngle ");
    brv_buf_add_number(out, (double)face->italic_angle, 2);
    brv_buf_add_cstr(out, "/Ascent");
    font_add_em(out, face, face->ascent);
    brv_buf_add_cstr(out, "/Descent");
    font_add_em(out, face, face->descent);
    brv_buf_add_cstr(out, "/CapHeight");
    font_add_em(out, face, face->cap_height);
    brv_buf_add_cstr(out, "/XHeight");
    font_add_em(out, face, face->x_height);
    // Faces do not tell the width of their stems; readers only use it to imitate the face.
    int stem = 50 + (face->weight / 65) * (face->weight / 65);
    brv_buf_printf(out, "/StemV %d/FontFile%d", stem, face->is_cff ? 3 : 2);
    brv_pdf_add_ref(out, program_id);
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put(pdf->file, id, brv_buf_str(out));
    brv_buf_clear(out);
    return id;
}

static uint32_t font_put_descendant(struct brv_pdf *pdf, const struct brv_pdf_font *font,
                                    brv_str name, uint32_t descriptor_id,
                                    const struct brv_pdf_code *sorted, uint32_t map_id)
{
    struct brv_buf *out = &pdf->scratch;
    brv_buf_printf(out,
                   "/Type/Font/Subtype/CIDFontType%d/BaseFont/%" BRV_STR_F
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                   "/FontDescriptor",
                   font->face->is_cff ? 0 : 2,
                   BRV_STR_ARG(name));
    brv_pdf_add_ref(out, descriptor_id);
    if (map_id) {
        brv_buf_add_cstr(out, "/CIDToGIDMap");
        brv_pdf_add_ref(out, map_id);
    }
    brv_pdf_add_widths(out, sorted, font->code_count - 1);
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put(pdf->file, id, brv_buf_str(out));
    brv_buf_clear(out);
    return id;
}

static void font_write(struct brv_pdf *pdf, struct brv_pdf_font *font)
{
    struct font_subset subset = font_subset_new(font);
    if (!subset.face) {
        brv_report(pdf->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the font \"%" BRV_STR_F "\" cannot be subset, its file may be damaged",
                   BRV_STR_ARG(font->face->file));
        font_subset_free(&subset);
        return;
    }
    uint32_t program_id = brv_pdf_file_reserve(pdf->file);
    font_put_program(pdf, font, program_id, &subset);
    uint32_t map_id = font->face->is_cff ? 0 : font_put_glyph_map(pdf, font, &subset);
    font_subset_free(&subset);
    brv_str name = font_name(pdf, font);
    uint32_t descriptor_id = font_put_descriptor(pdf, font, name, program_id);

    size_t count = font->code_count - 1;
    struct brv_pdf_code *sorted = font->codes + 1; // indices end here: all pages are written
    if (font->face->is_cff)
        qsort(sorted, count, sizeof *sorted, font_compare_codes);
    uint32_t descendant_id = font_put_descendant(pdf, font, name, descriptor_id, sorted, map_id);

    for (size_t i = 0; i < count; i++) // only glyphs under an ActualText have no text of their own
        if (!font_text_is_plain(sorted[i].text))
            sorted[i].text = BRV_S("\xEF\xBF\xBD");
    struct brv_buf *out = &pdf->scratch;
    brv_pdf_add_tounicode(out, sorted, count);
    uint32_t tounicode_id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(pdf->file, tounicode_id, BRV_S(""), brv_buf_str(out), BRV_PDF_DEFLATE);
    brv_buf_clear(out);

    brv_buf_printf(out,
                   "/Type/Font/Subtype/Type0/BaseFont/%" BRV_STR_F "%s/Encoding/Identity-H"
                   "/DescendantFonts[%u 0 R]/ToUnicode %u 0 R",
                   BRV_STR_ARG(name),
                   font->face->is_cff ? "-Identity-H" : "",
                   descendant_id,
                   tounicode_id);
    brv_pdf_file_put(pdf->file, font->id, brv_buf_str(out));
    brv_buf_clear(out);
}

void brv_pdf_fonts_write(struct brv_pdf *pdf)
{
    for (struct brv_pdf_font *font = pdf->fonts.first; font; font = font->next)
        font_write(pdf, font);
}

void brv_pdf_fonts_add_resources(const struct brv_pdf_fonts *fonts, struct brv_buf *out)
{
    for (const struct brv_pdf_font *font = fonts->first; font; font = font->next) {
        brv_buf_printf(out, "/F%zu", font->number);
        brv_pdf_add_ref(out, font->id);
    }
}
