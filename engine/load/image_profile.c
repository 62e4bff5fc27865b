// Brevier — what the colours of a picture are: profiles, and what PNG says without one.
// SPDX-License-Identifier: MIT
#include "load/image_inflate.h"
#include "load/image_read.h"

#include "base/buf.h"

#include <math.h>

enum { PROFILE_BYTES_MAX = 4 << 20 };

// ---- profiles

// What an archive takes: ICC version 2 or 4, of a camera, a screen, a press or a colour space.
static bool is_usual_profile(const char *bytes)
{
    enum { VERSION_AT = 8, CLASS_AT = 12, CONNECTION_AT = 20, VERSION_MAX = 4 };
    static const char *const classes[] = { "scnr", "mntr", "prtr", "spac" };
    bool is_known = false;
    for (size_t i = 0; i < BRV_COUNT(classes); i++) {
        is_known = is_known || memcmp(bytes + CLASS_AT, classes[i], 4) == 0;
    }
    return is_known && bytes[VERSION_AT] >= 0 && bytes[VERSION_AT] <= VERSION_MAX &&
           (memcmp(bytes + CONNECTION_AT, "XYZ ", 4) == 0 ||
            memcmp(bytes + CONNECTION_AT, "Lab ", 4) == 0);
}

void brv_image_set_profile(struct brv_image_reader *reader, brv_str profile, unsigned components)
{
    static const char *const spaces[] = { "", "GRAY", "", "RGB ", "CMYK" };
    enum { HEADER_BYTES = 128, SPACE_AT = 16, MAGIC_AT = 36 };
    if (profile.len < HEADER_BYTES || brv_big32_at(profile, 0) != profile.len ||
        memcmp(profile.ptr + MAGIC_AT, "acsp", 4) != 0) {
        brv_image_warn(reader, "its colour profile is not whole and left out");
    } else if (!is_usual_profile(profile.ptr)) {
        brv_image_warn(reader,
                       "its colour profile is of a kind that few programs know, and left out");
    } else if (memcmp(profile.ptr + SPACE_AT, spaces[components], 4) != 0) {
        brv_image_warn(reader, "its colour profile is for other colours and left out");
    } else {
        reader->image->icc = profile;
    }
}

// ---- PNG

static bool take_profile(void *user, const uint8_t *bytes, size_t len)
{
    struct brv_buf *profile = user;
    if (len > PROFILE_BYTES_MAX - profile->len) {
        return false;
    }
    brv_buf_add(profile, (const char *)bytes, len);
    return true;
}

// A name, a zero, the number of the method, the profile compressed.
static void read_profile(struct brv_image_reader *reader, brv_str data)
{
    enum { METHOD_BYTES = 2 };
    struct brv_buf *profile = brv_buf_new_in(reader->arena);
    size_t name_end = brv_str_find_byte(data, 0, '\0');
    if (data.len - name_end >= METHOD_BYTES && brv_byte_at(data, name_end + 1) == 0) {
        brv_str packed = brv_str_slice(data, name_end + METHOD_BYTES, data.len);
        if (brv_inflate(&packed, 1, take_profile, profile)) {
            brv_buf_clear(profile); // a part of one is none
        }
    }
    unsigned components = reader->image->color == BRV_IMAGE_GRAY ? 1 : 3;
    brv_image_set_profile(reader, brv_buf_str(profile), components);
}

void brv_png_color_read(struct brv_image_reader *reader, struct brv_png_color *color,
                        const char *type, brv_str data)
{
    if (strcmp(type, "iCCP") == 0 && !color->has_profile) {
        color->has_profile = true;
        read_profile(reader, data);
    } else if (strcmp(type, "sRGB") == 0) {
        color->is_srgb = true;
    } else if (strcmp(type, "gAMA") == 0 && data.len == 4) {
        color->gamma = brv_big32_at(data, 0);
    } else if (strcmp(type, "cHRM") == 0 && data.len == sizeof color->gamut) {
        color->has_gamut = true;
        for (size_t i = 0; i < BRV_COUNT(color->gamut); i++) {
            color->gamut[i] = brv_big32_at(data, 4 * i);
        }
    }
}

// White, red, green and blue of sRGB, in 1/100000.
static const uint32_t usual_gamut[8] = { 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000 };

// Within what files of sRGB say of themselves, rounded as they may be.
static bool is_usual_gamut(const uint32_t gamut[8])
{
    enum { ROUNDED = 1000 };
    for (size_t i = 0; i < BRV_COUNT(usual_gamut); i++) {
        uint32_t low = gamut[i] < usual_gamut[i] ? gamut[i] : usual_gamut[i];
        if (gamut[i] + usual_gamut[i] - 2 * low > ROUNDED) {
            return false;
        }
    }
    return true;
}

// Twice the area of the triangle of three points, with its sign.
static double area_of(const uint32_t *a, const uint32_t *b, const uint32_t *c)
{
    return ((double)b[0] - a[0]) * ((double)c[1] - a[1]) -
           ((double)c[0] - a[0]) * ((double)b[1] - a[1]);
}

// Points that colours can have, and white within the triangle of the others.
static bool is_sound_gamut(const uint32_t gamut[8])
{
    enum { WHOLE = 100000, LEAST = 1000 };
    for (size_t i = 0; i < 8; i += 2) {
        if (gamut[i] > WHOLE || gamut[i + 1] > WHOLE || gamut[i] + gamut[i + 1] > WHOLE) {
            return false;
        }
    }
    const uint32_t *white = gamut;
    const uint32_t *red = gamut + 2;
    const uint32_t *green = gamut + 4;
    const uint32_t *blue = gamut + 6;
    double whole = area_of(red, green, blue);
    double least = whole * 1e-3;
    return fabs(whole) > 1e6 && white[0] > LEAST && white[1] > LEAST &&
           white[0] + white[1] < WHOLE - LEAST && area_of(white, green, blue) / least > 1 &&
           area_of(red, white, blue) / least > 1 && area_of(red, green, white) / least > 1;
}

void brv_png_color_settle(struct brv_image *image, const struct brv_png_color *color)
{
    enum { USUAL_GAMMA = 45455, GAMMA_MIN = 10000, GAMMA_MAX = 1000000 };
    const uint32_t *gamut =
        color->has_gamut && is_sound_gamut(color->gamut) ? color->gamut : usual_gamut;
    bool is_usual_gamma = color->gamma > USUAL_GAMMA * 0.95 && color->gamma < USUAL_GAMMA * 1.05;
    if (image->icc.len > 0 || color->is_srgb || color->gamma < GAMMA_MIN ||
        color->gamma > GAMMA_MAX || (is_usual_gamma && is_usual_gamut(gamut))) {
        return;
    }
    struct brv_image_calibration *calibration = &image->calibration;
    calibration->gamma = 100000 / (float)color->gamma;
    float *const points[] = {
        calibration->white,
        calibration->red,
        calibration->green,
        calibration->blue,
    };
    for (size_t i = 0; i < BRV_COUNT(points); i++) {
        points[i][0] = (float)gamut[2 * i] / 100000;
        points[i][1] = (float)gamut[2 * i + 1] / 100000;
    }
}
