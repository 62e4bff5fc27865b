// Brevier — the coded data of a JPEG: its scans.
// SPDX-License-Identifier: MIT
//
// A scan is a row of units, each of some blocks of 64 coefficients. A block is a Huffman code for
// the size of its first coefficient and that many bits, then codes of how many zeros come before
// the next coefficient and its size, and again the bits. Nothing is computed from them: data in
// which a bit is wrong soon says a code that is none, runs out of a block, or is over too early or
// too late. Where that cannot be seen, no decoder sees it.
//
// A progressive picture comes in several passes over its blocks. A scan has the first coefficient
// or a band of the others, and of each either all but its lowest bits or one bit more:
//
//                 first pass                                 later passes
//     first       as above                                   one bit a block
//     others      as above; "no more" may be said for a      codes as above, for coefficients that
//                 row of blocks at once, the run             were zero; each that was not is passed
//                                                            over on the way and has one bit
//
// So how many bits a later pass has in a block hangs on which coefficients were found before. One
// word a block remembers that, and nothing else is needed.
#include "load/image_jpeg_scan.h"

#include "load/image_read.h"

enum { ZEROS = 15, BITS_MAX = 13 };
enum { SCANS_MAX = 256 }; // many times what programs write; each costs a walk over the picture

static const char senseless[] = "its coded pixels make no sense";

struct part { // of a unit: a component
    const struct brv_jpeg_table *first, *others;
    struct brv_jpeg_component *component;
    unsigned blocks;
};

struct scan {
    struct brv_jpeg_bits bits;
    struct part parts[BRV_JPEG_COMPONENTS_MAX];
    unsigned part_count;
    uint64_t units;
    bool is_progressive;
    unsigned from, to; // the coefficients it has
    bool is_later;     // of a progressive picture: one bit more
    unsigned run;      // blocks to come in which nothing new is found
};

bool brv_jpeg_take_tables(struct brv_jpeg_coding *coding, brv_str data)
{
    while (data.len > 0) {
        unsigned place = brv_byte_at(data, 0);
        if (place >> 4 > 1 || (place & 15) >= BRV_JPEG_TABLES) {
            return false;
        }
        struct brv_jpeg_table *table = &coding->tables[place >> 4][place & 15];
        *table = (struct brv_jpeg_table){ 0 };
        size_t bytes = brv_jpeg_table_read(table, brv_str_slice(data, 1, data.len));
        if (bytes == 0) {
            return false;
        }
        data = brv_str_slice(data, 1 + bytes, data.len);
    }
    return true;
}

// ---- blocks

static void read_first(struct scan *scan, const struct part *part)
{
    unsigned size = brv_jpeg_bits_symbol(&scan->bits, part->first);
    if (size > 15) {
        brv_jpeg_bits_fail(&scan->bits, senseless);
    }
    brv_jpeg_bits_take(&scan->bits, size & 15);
}

// After "no more": a progressive picture says for how many blocks, this one among them.
static void read_run(struct scan *scan, unsigned size)
{
    scan->run = scan->is_progressive ? (1u << size) + brv_jpeg_bits_take(&scan->bits, size) : 1;
}

// What a code says of a band: after so many zeros comes a coefficient of so many bits. False after
// "no more", which ends it.
static bool read_code(struct scan *scan, const struct brv_jpeg_table *table, unsigned *zeros,
                      unsigned *size)
{
    unsigned symbol = brv_jpeg_bits_symbol(&scan->bits, table);
    *zeros = symbol >> 4;
    *size = symbol & 15;
    if (*size > 0 || *zeros == ZEROS) {
        return true;
    }
    read_run(scan, *zeros);
    return false;
}

static void read_band(struct scan *scan, const struct brv_jpeg_table *table, unsigned from,
                      uint64_t *found)
{
    for (unsigned k = from; k <= scan->to && scan->run == 0 && !scan->bits.fault; k++) {
        unsigned zeros;
        unsigned size;
        if (!read_code(scan, table, &zeros, &size)) {
            break;
        }
        k += zeros;
        if (size > 0 && k > scan->to) {
            brv_jpeg_bits_fail(&scan->bits, senseless);
            return;
        }
        if (size > 0) {
            *found |= 1ull << k;
        }
        brv_jpeg_bits_take(&scan->bits, size);
    }
    scan->run -= scan->run > 0;
}

static void refine_band(struct scan *scan, const struct brv_jpeg_table *table, uint64_t *found)
{
    const uint64_t before = *found;
    unsigned k = scan->from;
    while (k <= scan->to && scan->run == 0 && !scan->bits.fault) {
        unsigned zeros;
        unsigned size;
        if (!read_code(scan, table, &zeros, &size)) {
            break;
        }
        brv_jpeg_bits_take(&scan->bits, size & 1); // its sign
        for (; k <= scan->to; k++) {
            if (before >> k & 1) {
                brv_jpeg_bits_take(&scan->bits, 1);
            } else if (zeros-- == 0) {
                break;
            }
        }
        if (size > 1 || (size == 1 && k > scan->to)) {
            brv_jpeg_bits_fail(&scan->bits, senseless);
            return;
        }
        if (size == 1) {
            *found |= 1ull << k;
        }
        k++;
    }
    if (scan->run > 0) {
        uint64_t rest = before >> k << k & (~0ull >> (BRV_JPEG_BLOCK - 1 - scan->to));
        for (; rest > 0; rest &= rest - 1) {
            brv_jpeg_bits_take(&scan->bits, 1);
        }
        scan->run--;
    }
}

static void read_block(struct scan *scan, const struct part *part, uint64_t unit)
{
    if (!scan->is_progressive) {
        uint64_t found = 0;
        read_first(scan, part);
        read_band(scan, part->others, 1, &found);
    } else if (scan->from == 0 && scan->is_later) {
        brv_jpeg_bits_take(&scan->bits, 1);
    } else if (scan->from == 0) {
        read_first(scan, part);
    } else if (scan->is_later) {
        refine_band(scan, part->others, &part->component->found[unit]);
    } else {
        read_band(scan, part->others, scan->from, &part->component->found[unit]);
    }
}

static void read_units(struct scan *scan, unsigned restart_interval)
{
    unsigned until_restart = restart_interval;
    for (uint64_t unit = 0; unit < scan->units && !scan->bits.fault; unit++) {
        for (unsigned i = 0; i < scan->part_count; i++) {
            for (unsigned k = 0; k < scan->parts[i].blocks && !scan->bits.fault; k++) {
                read_block(scan, &scan->parts[i], unit);
            }
        }
        bool is_last = unit + 1 == scan->units;
        bool ends = is_last || (until_restart > 0 && --until_restart == 0);
        if (ends && scan->run > 0) {
            brv_jpeg_bits_fail(&scan->bits, senseless);
        }
        if (ends && !scan->bits.fault) {
            brv_jpeg_bits_end(&scan->bits, is_last);
            until_restart = restart_interval;
        }
    }
}

// ---- headers

static uint64_t blocks_of(uint32_t pixels, unsigned sampling, unsigned most)
{
    uint64_t samples = ((uint64_t)pixels * sampling + most - 1) / most;
    return (samples + 7) / 8;
}

static const char *add_part(struct scan *scan, struct brv_jpeg_coding *coding, unsigned id,
                            unsigned tables)
{
    unsigned c = 0;
    while (c < coding->component_count && coding->components[c].id != id) {
        c++;
    }
    if (c == coding->component_count) {
        return "a scan is of a component that is not there";
    }
    if (tables >> 4 >= BRV_JPEG_TABLES || (tables & 15) >= BRV_JPEG_TABLES) {
        return "a scan uses a Huffman table that is not there";
    }
    const struct part part = {
        .first = &coding->tables[0][tables >> 4],
        .others = &coding->tables[1][tables & 15],
        .component = &coding->components[c],
        .blocks = (unsigned)coding->components[c].across * coding->components[c].down,
    };
    bool wants_first = scan->from == 0 && !scan->is_later;
    bool wants_others = scan->to > 0;
    if ((wants_first && !part.first->is_there) || (wants_others && !part.others->is_there)) {
        return "a scan uses a Huffman table that is not there";
    }
    scan->parts[scan->part_count++] = part;
    return NULL;
}

// A scan of one component has its blocks row by row, without those that fill the last units of a
// picture of several.
static void count_units(struct scan *scan, const struct brv_jpeg_coding *coding)
{
    unsigned most_across = 1;
    unsigned most_down = 1;
    for (unsigned i = 0; i < coding->component_count; i++) {
        unsigned across = coding->components[i].across;
        unsigned down = coding->components[i].down;
        most_across = across > most_across ? across : most_across;
        most_down = down > most_down ? down : most_down;
    }
    bool is_alone = scan->part_count == 1;
    const struct brv_jpeg_component *component = scan->parts[0].component;
    scan->units = blocks_of(coding->width_px, is_alone ? component->across : 1, most_across) *
                  blocks_of(coding->height_px, is_alone ? component->down : 1, most_down);
    if (is_alone) {
        scan->parts[0].blocks = 1;
    }
}

// Each coefficient comes in its passes, the highest bits first.
static bool is_in_turn(const struct scan *scan, unsigned bits_before, unsigned bits_to_come)
{
    bool is_band = scan->from == 0 ? scan->to == 0
                                   : scan->from <= scan->to && scan->to < BRV_JPEG_BLOCK &&
                                         scan->part_count == 1;
    if (!is_band || bits_to_come > BITS_MAX ||
        (scan->is_later && bits_before != bits_to_come + 1)) {
        return false;
    }
    for (unsigned i = 0; i < scan->part_count; i++) {
        for (unsigned k = scan->from; k <= scan->to; k++) {
            uint8_t *known = &scan->parts[i].component->known[k];
            if (*known != (scan->is_later ? bits_before + 1 : 0)) {
                return false;
            }
            *known = (uint8_t)(bits_to_come + 1);
        }
    }
    return true;
}

static const char *read_header(struct scan *scan, struct brv_jpeg_coding *coding, brv_str header)
{
    const unsigned count = brv_byte_at(header, 0);
    const size_t end = 1 + 2 * (size_t)count;
    const unsigned bits_before = brv_byte_at(header, end + 2) >> 4;
    const unsigned bits_to_come = brv_byte_at(header, end + 2) & 15;
    scan->is_progressive = coding->is_progressive;
    scan->from = scan->is_progressive ? brv_byte_at(header, end) : 0;
    scan->to = scan->is_progressive ? brv_byte_at(header, end + 1) : BRV_JPEG_BLOCK - 1;
    scan->is_later = scan->is_progressive && bits_before > 0;
    if (++coding->scan_count > SCANS_MAX) {
        return "it has too many scans";
    }
    for (unsigned i = 0; i < count; i++) {
        unsigned id = brv_byte_at(header, 1 + 2 * (size_t)i);
        unsigned tables = brv_byte_at(header, 2 + 2 * (size_t)i);
        const char *fault = add_part(scan, coding, id, tables);
        if (fault) {
            return fault;
        }
        scan->parts[i].component->known[0] |= !scan->is_progressive;
    }
    count_units(scan, coding);
    if (scan->is_progressive && !is_in_turn(scan, bits_before, bits_to_come)) {
        return "a scan does not follow from those before it";
    }
    for (unsigned i = 0; scan->from > 0 && i < scan->part_count; i++) {
        struct brv_jpeg_component *component = scan->parts[i].component;
        if (!component->found) {
            component->found = BRV_NEW_ARRAY(coding->arena, uint64_t, scan->units);
        }
    }
    return NULL;
}

const char *brv_jpeg_scan_fault(struct brv_jpeg_coding *coding, brv_str header, brv_str coded,
                                size_t *at)
{
    *at = 0;
    struct scan scan = { .bits.bytes = coded };
    const char *fault = read_header(&scan, coding, header);
    if (fault) {
        return fault;
    }
    read_units(&scan, coding->restart_interval);
    *at = scan.bits.at;
    return scan.bits.fault;
}

bool brv_jpeg_has_all(const struct brv_jpeg_coding *coding)
{
    for (unsigned i = 0; i < coding->component_count; i++) {
        if (coding->components[i].known[0] == 0) {
            return false;
        }
    }
    return true;
}
