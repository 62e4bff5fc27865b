// Brevier — walking a JPEG file.
// SPDX-License-Identifier: MIT
//
//     SOI · [APPn, COM] · DQT, DHT, … · SOF · DHT, … · SOS, coded data · [more scans] · EOI
//
// Each segment is a marker and, for most, a length and data. The walker keeps what the model asks
// for and sees that the file is one that every reader of our outputs decodes: Huffman-coded, 8
// bits, sequential or progressive, and whole to its end marker. The coded data itself stays as it
// is; that a decoder gets through it is seen in image_jpeg_scan.c.
#include "load/image_jpeg_scan.h"
#include "load/image_read.h"

enum {
    MARKER_SOF_BASELINE = 0xC0,
    MARKER_SOF_EXTENDED = 0xC1,
    MARKER_SOF_PROGRESSIVE = 0xC2,
    MARKER_DHT = 0xC4,
    MARKER_JPG = 0xC8,
    MARKER_SOF_LAST = 0xCF,
    MARKER_DAC = 0xCC,
    MARKER_RST = 0xD0, // 8 of them
    MARKER_SOI = 0xD8,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_DQT = 0xDB,
    MARKER_DRI = 0xDD,
    MARKER_DHP = 0xDE, // and EXP
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP2 = 0xE2,
    MARKER_APP14 = 0xEE,
    MARKER_JPG0 = 0xF0,
    MARKER_COM = 0xFE,
    MARKER_TEM = 0x01,
};
enum { PROFILE_PARTS_MAX = 255 };

struct jpeg {
    struct brv_image_reader *reader;
    size_t at;
    unsigned components; // 0 until the frame is known
    bool has_scan;
    bool is_jfif;
    bool has_density; // of JFIF
    bool is_adobe;
    bool is_named_rgb; // its components are called R, G and B
    brv_str exif;
    brv_str profile[PROFILE_PARTS_MAX];
    unsigned profile_parts; // as the first part says
    bool has_bad_profile;
    struct brv_jpeg_coding coding;
};

static enum brv_status broken(struct jpeg *jpeg, const char *what)
{
    return brv_image_fault(jpeg->reader, "its JPEG data is broken at byte %zu: %s", jpeg->at, what);
}

// ---- what is kept

// The frame: precision, height, width, components.
static enum brv_status read_frame(struct jpeg *jpeg, unsigned marker, brv_str data)
{
    struct brv_image *image = jpeg->reader->image;
    if (jpeg->components > 0) {
        return broken(jpeg, "it has a second frame");
    }
    if (marker > MARKER_SOF_PROGRESSIVE) {
        bool is_arithmetic = marker > MARKER_JPG;
        return brv_image_fault(jpeg->reader,
                               "it is a%s JPEG, which few programs read",
                               is_arithmetic ? "n arithmetic-coded" : " lossless or hierarchical");
    }
    if (data.len < 6) {
        return broken(jpeg, "its frame is too short");
    }
    unsigned precision = brv_byte_at(data, 0);
    unsigned count = brv_byte_at(data, 5);
    if (precision != 8) {
        return brv_image_fault(
            jpeg->reader, "it is a JPEG of %u bits, which few programs read", precision);
    }
    if (count != 1 && count != 3 && count != 4) {
        return brv_image_fault(jpeg->reader, "it is a JPEG of %u colour components", count);
    }
    if (data.len != 6 + 3 * (size_t)count) {
        return broken(jpeg, "its frame has a wrong length");
    }
    for (unsigned i = 0; i < count; i++) {
        unsigned sampling = brv_byte_at(data, 7 + 3 * (size_t)i);
        unsigned across = sampling >> 4, down = sampling & 15;
        if (across < 1 || across > 4 || down < 1 || down > 4 ||
            brv_byte_at(data, 8 + 3 * (size_t)i) > 3) {
            return broken(jpeg, "a colour component makes no sense");
        }
        jpeg->coding.components[i].id = (uint8_t)brv_byte_at(data, 6 + 3 * (size_t)i);
        jpeg->coding.components[i].across = (uint8_t)across;
        jpeg->coding.components[i].down = (uint8_t)down;
    }
    jpeg->components = jpeg->coding.component_count = count;
    jpeg->coding.is_progressive = marker == MARKER_SOF_PROGRESSIVE;
    jpeg->coding.width_px = brv_big16_at(data, 3);
    jpeg->coding.height_px = brv_big16_at(data, 1);
    jpeg->is_named_rgb = count == 3 && brv_byte_at(data, 6) == 'R' && brv_byte_at(data, 9) == 'G' &&
                         brv_byte_at(data, 12) == 'B';
    image->bits = 8;
    image->is_interlaced = marker == MARKER_SOF_PROGRESSIVE;
    image->color = count == 1 ? BRV_IMAGE_GRAY : count == 3 ? BRV_IMAGE_RGB : BRV_IMAGE_CMYK;
    return brv_image_set_size(jpeg->reader, brv_big16_at(data, 3), brv_big16_at(data, 1));
}

static void read_jfif(struct jpeg *jpeg, brv_str data)
{
    enum { UNIT_INCH = 1, UNIT_CENTIMETRE = 2, LEAST = 12 };
    if (data.len < LEAST || !brv_str_starts_with(data, BRV_S("JFIF\0"))) {
        return;
    }
    jpeg->is_jfif = true; // and so of luminance and differences
    unsigned unit = brv_byte_at(data, 7);
    if (unit == UNIT_INCH || unit == UNIT_CENTIMETRE) {
        double inch = unit == UNIT_INCH ? 1 : 2.54;
        brv_image_set_dpi(
            jpeg->reader->image, brv_big16_at(data, 8) * inch, brv_big16_at(data, 10) * inch);
        jpeg->has_density = true;
    }
}

// A profile comes in numbered parts.
static void read_profile_part(struct jpeg *jpeg, brv_str data)
{
    static const brv_str name = BRV_S_INIT("ICC_PROFILE\0");
    if (!brv_str_starts_with(data, name) || data.len < name.len + 2) {
        return;
    }
    unsigned number = brv_byte_at(data, name.len);
    unsigned count = brv_byte_at(data, name.len + 1);
    bool is_first = jpeg->profile_parts == 0;
    if (number == 0 || number > count || (!is_first && count != jpeg->profile_parts) ||
        jpeg->profile[number - 1].len > 0) {
        jpeg->has_bad_profile = true;
        return;
    }
    jpeg->profile_parts = count;
    jpeg->profile[number - 1] = brv_str_slice(data, name.len + 2, data.len);
}

static void read_application(struct jpeg *jpeg, unsigned marker, brv_str data)
{
    static const brv_str exif = BRV_S_INIT("Exif\0\0");
    if (marker == MARKER_APP0) {
        read_jfif(jpeg, data);
    } else if (marker == MARKER_APP1 && brv_str_starts_with(data, exif) && jpeg->exif.len == 0) {
        jpeg->exif = brv_str_slice(data, exif.len, data.len);
    } else if (marker == MARKER_APP2) {
        read_profile_part(jpeg, data);
    } else if (marker == MARKER_APP14 && brv_str_starts_with(data, BRV_S("Adobe"))) {
        jpeg->is_adobe = true;
    }
}

// Joins the parts.
static void join_profile(struct jpeg *jpeg)
{
    if (jpeg->profile_parts == 0 && !jpeg->has_bad_profile) {
        return;
    }
    size_t total = 0;
    bool is_whole = !jpeg->has_bad_profile;
    for (unsigned i = 0; i < jpeg->profile_parts; i++) {
        total += jpeg->profile[i].len;
        is_whole = is_whole && jpeg->profile[i].len > 0;
    }
    char *bytes = brv_arena_alloc(jpeg->reader->arena, total);
    size_t at = 0;
    for (unsigned i = 0; i < jpeg->profile_parts; i++) {
        if (jpeg->profile[i].len > 0) {
            memcpy(bytes + at, jpeg->profile[i].ptr, jpeg->profile[i].len);
            at += jpeg->profile[i].len;
        }
    }
    brv_str joined = { bytes, is_whole ? total : 0 };
    brv_image_set_profile(jpeg->reader, joined, jpeg->components);
}

// ---- what must be right for a decoder

// Decoders give up at the others.
static bool is_known(unsigned marker)
{
    return marker >= MARKER_SOF_BASELINE && marker != MARKER_DHP && marker != MARKER_DHP + 1 &&
           (marker < MARKER_JPG0 || marker == MARKER_COM);
}

static bool is_quantization_right(brv_str data)
{
    while (data.len > 0) {
        unsigned place = brv_byte_at(data, 0);
        size_t bytes = place >> 4 ? 129 : 65;
        if (place >> 4 > 1 || (place & 15) > 3 || data.len < bytes) {
            return false;
        }
        data = brv_str_slice(data, bytes, data.len);
    }
    return true;
}

static bool is_scan_right(const struct jpeg *jpeg, brv_str data)
{
    unsigned count = data.len > 0 ? brv_byte_at(data, 0) : 0;
    return count >= 1 && count <= jpeg->components && data.len == 4 + 2 * (size_t)count;
}

// Goes to the marker after coded data, where a 0xFF is followed by 0 or a restart marker.
static void skip_coded(struct jpeg *jpeg)
{
    brv_str bytes = jpeg->reader->image->bytes;
    for (;;) {
        jpeg->at = brv_str_find_byte(bytes, jpeg->at, '\xFF');
        if (bytes.len - jpeg->at < 2) {
            jpeg->at = bytes.len;
            return;
        }
        unsigned next = brv_byte_at(bytes, jpeg->at + 1);
        if (next != 0 && (next < MARKER_RST || next >= MARKER_SOI) && next != 0xFF) {
            return;
        }
        jpeg->at += next == 0xFF ? 1 : 2;
    }
}

static enum brv_status read_scan(struct jpeg *jpeg, brv_str header)
{
    size_t start = jpeg->at;
    skip_coded(jpeg);
    brv_str bytes = jpeg->reader->image->bytes;
    if (jpeg->at == bytes.len) {
        return BRV_OK; // it ends early, which is told next
    }
    size_t at;
    brv_str coded = brv_str_slice(bytes, start, jpeg->at);
    const char *fault = brv_jpeg_scan_fault(&jpeg->coding, header, coded, &at);
    if (!fault) {
        return BRV_OK;
    }
    jpeg->at = start + at;
    return broken(jpeg, fault);
}

// ---- segments

// The next marker; 0 with an error reported when there is none.
static unsigned next_marker(struct jpeg *jpeg)
{
    brv_str bytes = jpeg->reader->image->bytes;
    if (jpeg->at < bytes.len && brv_byte_at(bytes, jpeg->at) != 0xFF) {
        broken(jpeg, "no segment begins there");
        return 0;
    }
    while (jpeg->at < bytes.len && brv_byte_at(bytes, jpeg->at) == 0xFF) {
        jpeg->at++; // any number of them may fill the space before a marker
    }
    if (jpeg->at == bytes.len) {
        brv_image_fault(jpeg->reader, "its JPEG data ends early, at byte %zu", bytes.len);
        return 0;
    }
    unsigned marker = brv_byte_at(bytes, jpeg->at++);
    if (marker == 0) {
        broken(jpeg, "no segment begins there");
    }
    return marker;
}

static enum brv_status read_data(struct jpeg *jpeg, brv_str *data)
{
    brv_str bytes = jpeg->reader->image->bytes;
    size_t left = bytes.len - jpeg->at;
    size_t length = left < 2 ? 0 : brv_big16_at(bytes, jpeg->at);
    if (left < 2 || length > left) {
        return brv_image_fault(jpeg->reader, "its JPEG data ends early, at byte %zu", bytes.len);
    }
    if (length < 2) {
        return broken(jpeg, "a segment is shorter than its own length");
    }
    *data = brv_str_slice(bytes, jpeg->at + 2, jpeg->at + length);
    jpeg->at += length;
    return BRV_OK;
}

static enum brv_status read_segment(struct jpeg *jpeg, unsigned marker)
{
    brv_str data = { 0 };
    if (read_data(jpeg, &data)) {
        return BRV_FAILED;
    }
    if (marker == MARKER_DHT) {
        return brv_jpeg_take_tables(&jpeg->coding, data)
                   ? BRV_OK
                   : broken(jpeg, "a Huffman table makes no sense");
    }
    if (marker == MARKER_DQT) {
        return is_quantization_right(data) ? BRV_OK
                                           : broken(jpeg, "a quantization table makes no sense");
    }
    if (marker == MARKER_DRI && data.len >= 2) {
        jpeg->coding.restart_interval = brv_big16_at(data, 0);
    }
    if (marker == MARKER_DAC) {
        return brv_image_fault(jpeg->reader,
                               "it is an arithmetic-coded JPEG, which few programs read");
    }
    if (marker >= MARKER_SOF_BASELINE && marker <= MARKER_SOF_LAST && marker != MARKER_JPG) {
        return read_frame(jpeg, marker, data);
    }
    if (marker == MARKER_SOS) {
        if (!is_scan_right(jpeg, data)) {
            return broken(jpeg, "a scan does not fit the frame");
        }
        jpeg->has_scan = true;
        return read_scan(jpeg, data);
    }
    if (marker >= MARKER_APP0) {
        read_application(jpeg, marker, data);
    }
    return BRV_OK;
}

// What the scans of a progressive picture find lies in an arena of its own.
static enum brv_status read_segments(struct brv_image_reader *reader, struct brv_arena *arena)
{
    struct jpeg *jpeg = BRV_NEW(reader->arena, struct jpeg);
    *jpeg = (struct jpeg){ .reader = reader, .at = 2, .coding.arena = arena };
    for (;;) {
        unsigned marker = next_marker(jpeg);
        if (marker == 0) {
            return BRV_FAILED;
        }
        if (marker == MARKER_EOI) {
            break;
        }
        bool stands_alone = marker == MARKER_TEM || (marker >= MARKER_RST && marker <= MARKER_SOI);
        if (stands_alone) {
            return broken(jpeg, "a marker stands where none may");
        }
        if (!is_known(marker)) {
            return broken(jpeg, "it has a segment of no known kind");
        }
        if (read_segment(jpeg, marker)) {
            return BRV_FAILED;
        }
    }
    if (!jpeg->has_scan) {
        return brv_image_fault(reader, "its JPEG data has no pixels");
    }
    if (!brv_jpeg_has_all(&jpeg->coding)) {
        return brv_image_fault(reader, "its JPEG data lacks the pixels of a colour component");
    }
    reader->image->is_untransformed = jpeg->is_named_rgb && !jpeg->is_adobe && !jpeg->is_jfif;
    reader->image->is_inverted = jpeg->is_adobe && jpeg->components == 4;
    brv_image_read_exif(reader->image, jpeg->exif, !jpeg->has_density);
    join_profile(jpeg);
    return BRV_OK;
}

enum brv_status brv_image_read_jpeg(struct brv_image_reader *reader)
{
    struct brv_arena *found = brv_arena_new();
    enum brv_status status = read_segments(reader, found);
    brv_arena_free(found);
    return status;
}
