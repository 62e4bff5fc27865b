// Brevier — the colour spaces of images in a PDF.
// SPDX-License-Identifier: MIT
//
// A picture's samples mean what its profile says; without one, what its figures say; else grey and
// colours are sRGB's, to which the output intent ties them.
#include "output/pdf_image.h"

#include "output/pdf_write.h"

// ---- inks

// What the four inks of a press look like, each with each, on a screen: paper, K, Y, YK, M, … CMYK.
// Between these corners a reader mixes.
static const uint8_t press[16][3] = {
    { 255, 255, 255 }, { 35, 31, 32 }, { 255, 242, 0 }, { 28, 26, 0 },
    { 236, 0, 140 },   { 35, 0, 21 },  { 237, 28, 36 }, { 33, 4, 5 },
    { 0, 174, 239 },   { 0, 21, 29 },  { 0, 166, 81 },  { 0, 20, 10 },
    { 46, 49, 146 },   { 6, 6, 18 },   { 54, 47, 45 },  { 0, 0, 0 },
};

static uint32_t ink_function_put(struct brv_pdf *pdf, const char *entries, brv_str samples)
{
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(pdf->file, id, brv_str_from_cstr(entries), samples, BRV_PDF_PLAIN);
    return id;
}

// CMYK without a profile: inks by name, and what they look like. Plain DeviceCMYK would depend on
// the reader, and no archive takes it.
static void space_add_inks(struct brv_pdf *pdf, struct brv_buf *out)
{
    static const char *const names[4] = { "Cyan", "Magenta", "Yellow", "Black" };
    if (pdf->ink_space.len > 0) {
        brv_buf_add_str(out, pdf->ink_space);
        return;
    }
    uint8_t corners[16][3];
    for (unsigned i = 0; i < 16; i++) { // the first ink varies fastest in a sampled function
        unsigned inks = (i & 1) << 3 | (i & 2) << 1 | (i & 4) >> 1 | i >> 3;
        memcpy(corners[i], press[inks], sizeof corners[i]);
    }
    struct brv_buf *space = brv_buf_new_in(pdf->arena);
    brv_buf_add_cstr(space, "[/DeviceN[/Cyan/Magenta/Yellow/Black]/DeviceRGB");
    brv_pdf_add_ref(space,
                    ink_function_put(pdf,
                                     "/FunctionType 0/Domain[0 1 0 1 0 1 0 1]/Range[0 1 0 1 0 1]"
                                     "/Size[2 2 2 2]/BitsPerSample 8",
                                     (brv_str){ (const char *)corners, sizeof corners }));
    brv_buf_add_cstr(space, "<</Colorants<<");
    for (unsigned i = 0; i < 4; i++) {
        uint8_t pair[2][3];
        memcpy(pair[0], press[0], sizeof pair[0]);
        memcpy(pair[1], press[8u >> i], sizeof pair[1]);
        brv_buf_printf(space, "/%s[/Separation/%s/DeviceRGB", names[i], names[i]);
        brv_pdf_add_ref(space,
                        ink_function_put(pdf,
                                         "/FunctionType 0/Domain[0 1]/Range[0 1 0 1 0 1]/Size[2]"
                                         "/BitsPerSample 8",
                                         (brv_str){ (const char *)pair, sizeof pair }));
        brv_buf_add_byte(space, ']');
    }
    brv_buf_add_cstr(space, ">>>>]");
    pdf->ink_space = brv_buf_str(space);
    brv_buf_add_str(out, pdf->ink_space);
}

// ---- profiles and figures

// One object for pictures that share a profile, as those of one camera do.
static void space_add_profile(struct brv_pdf *pdf, brv_str icc, unsigned channels,
                              struct brv_buf *out)
{
    void **known = brv_map_at(&pdf->profiles, icc);
    if (!*known) {
        uint32_t *id = BRV_NEW(pdf->arena, uint32_t);
        *id = brv_pdf_file_reserve(pdf->file);
        brv_str entries = brv_arena_printf(pdf->arena, "/N %u", channels);
        brv_pdf_file_put_stream(pdf->file, *id, entries, icc, BRV_PDF_DEFLATE);
        *known = id;
    }
    brv_buf_add_cstr(out, "[/ICCBased");
    brv_pdf_add_ref(out, *(const uint32_t *)*known);
    brv_buf_add_byte(out, ']');
}

// What figures say is said by a profile.
static void space_add_calibration(struct brv_pdf *pdf,
                                  const struct brv_image_calibration *calibration, bool is_gray,
                                  struct brv_buf *out)
{
    struct brv_buf *profile = brv_buf_new_in(pdf->arena);
    brv_pdf_profile_add(profile, calibration, is_gray);
    space_add_profile(pdf, brv_buf_str(profile), is_gray ? 1 : 3, out);
}

// ---- exported

void brv_pdf_add_color_space(struct brv_pdf *pdf, const struct brv_image *image,
                             struct brv_buf *out)
{
    bool is_gray = image->color == BRV_IMAGE_GRAY;
    bool is_ink = image->color == BRV_IMAGE_CMYK;
    if (image->icc.len > 0)
        space_add_profile(pdf, image->icc, is_gray ? 1 : is_ink ? 4 : 3, out);
    else if (is_ink)
        space_add_inks(pdf, out);
    else if (image->calibration.gamma > 0)
        space_add_calibration(pdf, &image->calibration, is_gray, out);
    else
        brv_buf_add_cstr(out, is_gray ? "/DeviceGray" : "/DeviceRGB");
}
