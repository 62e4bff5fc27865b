// Brevier — colour profiles from figures, as ICC version 2: sRGB, and what pictures say of theirs.
// SPDX-License-Identifier: MIT
//
// PDF/A wants to know what red, green and blue mean; the answer is a profile of a matrix and one
// curve. For sRGB everything in it follows from the figures of IEC 61966-2-1: the chromaticities of
// the primaries and the white D65, and the transfer function. The profile's colours are relative to
// D50, so the matrix is carried over by Bradford's cone responses, as ICC.1 does. A PNG file may
// have figures of its own; PDF has colour spaces for such, but readers differ in what they make of
// the white, while all know profiles.
#include "output/pdf.h"

#include <math.h>

enum {
    PROFILE_CURVE_POINTS = 256,
    PROFILE_HEADER_BYTES = 128,
    PROFILE_TAG_BYTES = 12,
    PROFILE_TAG_COUNT = 9,
    PROFILE_GRAY_TAG_COUNT = 4,
};

// sRGB's; its gamma is a curve of its own.
static const struct brv_image_calibration profile_srgb = {
    .white = { 0.3127F, 0.3290F },
    .red = { 0.64F, 0.33F },
    .green = { 0.30F, 0.60F },
    .blue = { 0.15F, 0.06F },
};

struct profile_vector {
    double v[3];
};
struct profile_matrix {
    double m[3][3];
};

static const struct profile_vector profile_d50 = { { 0.9642, 1.0, 0.8249 } };
static const struct profile_matrix profile_bradford = { {
    { 0.8951, 0.2664, -0.1614 },
    { -0.7502, 1.7135, 0.0367 },
    { 0.0389, -0.0685, 1.0296 },
} };

static struct profile_vector profile_apply(const struct profile_matrix *a, struct profile_vector b)
{
    struct profile_vector result = { { 0 } };
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            result.v[i] += a->m[i][j] * b.v[j];
    return result;
}

static struct profile_matrix profile_invert(const struct profile_matrix *a)
{
    struct profile_matrix result;
    double determinant = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int r1 = (j + 1) % 3, r2 = (j + 2) % 3, c1 = (i + 1) % 3, c2 = (i + 2) % 3;
            result.m[i][j] = a->m[r1][c1] * a->m[r2][c2] - a->m[r1][c2] * a->m[r2][c1];
        }
    for (int i = 0; i < 3; i++)
        determinant += a->m[0][i] * result.m[i][0];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            result.m[i][j] /= determinant;
    return result;
}

// XYZ of a chromaticity, in some brightness: figures have five decimals at most.
static struct profile_vector profile_xyz(const float point[2])
{
    double x = round((double)point[0] * 1e5) / 1e5;
    double y = round((double)point[1] * 1e5) / 1e5;
    return (struct profile_vector){ { x, y, 1 - x - y } };
}

// The XYZ of red, green and blue relative to D50, in the columns.
static struct profile_matrix profile_primaries(const struct brv_image_calibration *calibration)
{
    struct profile_vector white = profile_xyz(calibration->white);
    white = (struct profile_vector){ { white.v[0] / white.v[1], 1, white.v[2] / white.v[1] } };
    const struct profile_vector corners[3] = { profile_xyz(calibration->red),
                                               profile_xyz(calibration->green),
                                               profile_xyz(calibration->blue) };
    struct profile_matrix result;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            result.m[i][j] = corners[j].v[i];
    struct profile_matrix inverse = profile_invert(&result);
    struct profile_vector shares = profile_apply(&inverse, white); // together they are white
    struct profile_vector from = profile_apply(&profile_bradford, white);
    struct profile_vector to = profile_apply(&profile_bradford, profile_d50);
    struct profile_matrix back = profile_invert(&profile_bradford);
    for (int j = 0; j < 3; j++) {
        struct profile_vector column = { {
            result.m[0][j] * shares.v[j],
            result.m[1][j] * shares.v[j],
            result.m[2][j] * shares.v[j],
        } };
        struct profile_vector cones = profile_apply(&profile_bradford, column);
        for (int i = 0; i < 3; i++)
            cones.v[i] *= to.v[i] / from.v[i];
        column = profile_apply(&back, cones);
        for (int i = 0; i < 3; i++)
            result.m[i][j] = column.v[i];
    }
    return result;
}

static void profile_add_number(struct brv_buf *out, uint32_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        brv_buf_add_byte(out, (char)(value >> (8 * i) & 255));
}

static void profile_add_fixed(struct brv_buf *out, double value) // s15Fixed16Number
{
    profile_add_number(out, (uint32_t)(int32_t)lround(value * 65536), 4);
}

static void profile_add_xyz(struct brv_buf *out, struct profile_vector xyz)
{
    brv_buf_add(out, "XYZ \0\0\0\0", 8);
    for (int i = 0; i < 3; i++)
        profile_add_fixed(out, xyz.v[i]);
}

static void profile_add_curve(struct brv_buf *out, double gamma) // 0: sRGB's
{
    brv_buf_add(out, "curv\0\0\0\0", 8);
    profile_add_number(out, PROFILE_CURVE_POINTS, 4);
    for (int i = 0; i < PROFILE_CURVE_POINTS; i++) {
        double coded = (double)i / (PROFILE_CURVE_POINTS - 1);
        double linear = gamma > 0          ? pow(coded, gamma)
                        : coded <= 0.04045 ? coded / 12.92
                                           : pow((coded + 0.055) / 1.055, 2.4);
        profile_add_number(out, (uint32_t)lround(linear * 65535), 2);
    }
}

// The description has an ASCII text, then an empty Unicode and an empty Macintosh one.
static void profile_add_description(struct brv_buf *out, brv_str text)
{
    brv_buf_add(out, "desc\0\0\0\0", 8);
    profile_add_number(out, (uint32_t)text.len + 1, 4);
    brv_buf_add_str(out, text);
    brv_buf_add_repeated(out, 0, 1 + 4 + 4 + 2 + 1 + 67);
}

static void profile_add_text(struct brv_buf *out, brv_str text)
{
    brv_buf_add(out, "text\0\0\0\0", 8);
    brv_buf_add_str(out, text);
    brv_buf_add_byte(out, 0);
}

static void profile_add_header(struct brv_buf *out, bool is_gray, size_t size)
{
    size_t start = out->len;
    profile_add_number(out, (uint32_t)size, 4);
    brv_buf_add_repeated(out, 0, 4);
    profile_add_number(out, 0x02100000, 4); // version 2.1
    brv_buf_add_cstr(out, is_gray ? "mntrGRAYXYZ " : "mntrRGB XYZ ");
    static const uint8_t year_to_second[6][2] = { { 1999 >> 8, 1999 & 255 }, { 0, 10 }, { 0, 18 } };
    brv_buf_add(out, year_to_second, sizeof year_to_second); // the standard's own date
    brv_buf_add_cstr(out, "acsp");
    brv_buf_add_repeated(out, 0, 28); // no platform, flags, device; perceptual intent
    for (int i = 0; i < 3; i++)
        profile_add_fixed(out, profile_d50.v[i]);
    brv_buf_add_repeated(out, 0, PROFILE_HEADER_BYTES - (out->len - start));
}

static void profile_add_tag(struct brv_buf *table, const char *name, size_t offset, size_t size)
{
    brv_buf_add_cstr(table, name);
    profile_add_number(table, (uint32_t)offset, 4);
    profile_add_number(table, (uint32_t)size, 4);
}

void brv_pdf_profile_add(struct brv_buf *out, const struct brv_image_calibration *calibration,
                         bool is_gray)
{
    static const char *const corners[3] = { "rXYZ", "gXYZ", "bXYZ" };
    static const char *const curves[3] = { "rTRC", "gTRC", "bTRC" };
    const uint32_t tag_count = is_gray ? PROFILE_GRAY_TAG_COUNT : PROFILE_TAG_COUNT;
    const size_t base = PROFILE_HEADER_BYTES + 4 + (size_t)PROFILE_TAG_BYTES * tag_count;
    const brv_str name = calibration ? BRV_S("As the picture says") : BRV_S("sRGB IEC61966-2.1");
    if (!calibration)
        calibration = &profile_srgb;
    struct brv_buf table = { 0 };
    struct brv_buf data = { 0 };

#define PROFILE_TAG(name, add)                                                                     \
    do {                                                                                           \
        size_t start = data.len;                                                                   \
        add;                                                                                       \
        profile_add_tag(&table, name, base + start, data.len - start);                             \
        brv_buf_add_repeated(&data, 0, (4 - data.len % 4) % 4);                                    \
    } while (0)
    profile_add_number(&table, tag_count, 4);
    PROFILE_TAG("desc", profile_add_description(&data, name));
    PROFILE_TAG("cprt", profile_add_text(&data, BRV_S("No copyright, use freely")));
    PROFILE_TAG("wtpt", profile_add_xyz(&data, profile_d50));
    const double gamma = (double)calibration->gamma;
    if (is_gray) {
        PROFILE_TAG("kTRC", profile_add_curve(&data, gamma));
    } else {
        const struct profile_matrix primaries = profile_primaries(calibration);
        for (int i = 0; i < 3; i++) {
            struct profile_vector corner = {
                { primaries.m[0][i], primaries.m[1][i], primaries.m[2][i] }
            };
            PROFILE_TAG(corners[i], profile_add_xyz(&data, corner));
        }
        size_t curve = data.len; // one for all three
        profile_add_curve(&data, gamma);
        for (int i = 0; i < 3; i++)
            profile_add_tag(&table, curves[i], base + curve, data.len - curve);
    }
#undef PROFILE_TAG

    profile_add_header(out, is_gray, base + data.len);
    brv_buf_add_str(out, brv_buf_str(&table));
    brv_buf_add_str(out, brv_buf_str(&data));
    brv_buf_deinit(&table);
    brv_buf_deinit(&data);
}
