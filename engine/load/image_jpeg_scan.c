// Brevier — the coded data of a JPEG.
// SPDX-License-Identifier: MIT
//
// A scan is a row of units, each of some blocks of 64 coefficients. A block is a Huffman code for
// the size of its first coefficient and that many bits, then codes of how many zeros come before
// the next coefficient and its size, and again the bits. Nothing is computed from them: data in
// which a bit is wrong soon says a code that is none, runs out of a block, or is over too early or
// too late. Where that cannot be seen, no decoder sees it.
#include "load/image_jpeg_scan.h"

#include "load/image_read.h"

enum { CODE_BITS_MAX = 16, FAST_BITS = 8, BLOCK = 64, ZEROS = 15 };
enum { PADDING_BYTES = 4 }; // that some programs leave at the end

// ---- tables

bool brv_jpeg_take_tables(struct brv_jpeg_coding *coding, brv_str data)
{
    while (data.len > 0) {
        if (data.len < 1 + CODE_BITS_MAX) {
            return false;
        }
        unsigned place = brv_byte_at(data, 0);
        if (place >> 4 > 1 || (place & 15) >= BRV_JPEG_TABLES) {
            return false;
        }
        struct brv_jpeg_table *table = &coding->tables[place >> 4][place & 15];
        *table = (struct brv_jpeg_table){ .is_there = true };
        size_t total = 0;
        uint32_t code = 0; // the next one of so many bits
        size_t head = 1 + CODE_BITS_MAX;
        for (unsigned bits = 1; bits <= CODE_BITS_MAX; bits++, code <<= 1) {
            table->count[bits] = (uint16_t)brv_byte_at(data, bits);
            if (total + table->count[bits] > sizeof table->symbols ||
                code + table->count[bits] > 1u << bits ||
                head + total + table->count[bits] > data.len) {
                return false;
            }
            for (unsigned i = 0; i < table->count[bits]; i++, code++, total++) {
                table->symbols[total] = (uint8_t)brv_byte_at(data, head + total);
                unsigned first = bits <= FAST_BITS ? code << (FAST_BITS - bits) : 0;
                unsigned last = bits <= FAST_BITS ? (code + 1) << (FAST_BITS - bits) : 0;
                for (unsigned k = first; k < last; k++) {
                    table->fast_bits[k] = (uint8_t)bits;
                    table->fast_symbol[k] = table->symbols[total];
                }
            }
        }
        data = brv_str_slice(data, head + total, data.len);
    }
    return true;
}

// ---- bits

struct scan {
    brv_str bytes;
    size_t at;
    uint64_t bits; // the lowest `count` of them, the next one highest
    unsigned count;
    const char *fault;
};

static void fail(struct scan *scan, const char *fault)
{
    if (!scan->fault) {
        scan->fault = fault;
    }
}

// Takes in bytes as far as the next marker.
static void fill(struct scan *scan)
{
    while (scan->count <= 48 && scan->at < scan->bytes.len) {
        unsigned byte = brv_byte_at(scan->bytes, scan->at);
        if (byte == 0xFF) {
            if (scan->at + 1 >= scan->bytes.len || scan->bytes.ptr[scan->at + 1] != 0) {
                return;
            }
            scan->at++;
        }
        scan->at++;
        scan->bits = scan->bits << 8 | byte;
        scan->count += 8;
    }
}

static void skip_bits(struct scan *scan, unsigned count)
{
    if (scan->count < count) {
        fill(scan);
    }
    if (scan->count < count) {
        fail(scan, "its coded pixels end early");
        count = scan->count;
    }
    scan->count -= count;
}

static unsigned take_symbol(struct scan *scan, const struct brv_jpeg_table *table)
{
    if (scan->count < CODE_BITS_MAX) {
        fill(scan);
    }
    uint64_t bits = scan->count >= CODE_BITS_MAX ? scan->bits >> (scan->count - CODE_BITS_MAX)
                                                 : scan->bits << (CODE_BITS_MAX - scan->count);
    const unsigned next = (unsigned)(bits & 0xFFFF);
    const unsigned fast = next >> (CODE_BITS_MAX - FAST_BITS);
    if (table->fast_bits[fast] > 0) {
        skip_bits(scan, table->fast_bits[fast]);
        return table->fast_symbol[fast];
    }
    unsigned first = 0; // code of so many bits
    unsigned index = 0; // of its symbol
    for (unsigned length = 1; length <= CODE_BITS_MAX; length++) {
        unsigned code = next >> (CODE_BITS_MAX - length);
        if (code - first < table->count[length]) {
            skip_bits(scan, length);
            return table->symbols[index + code - first];
        }
        index += table->count[length];
        first = (first + table->count[length]) << 1;
    }
    fail(scan,
         scan->count < CODE_BITS_MAX ? "its coded pixels end early"
                                     : "its coded pixels make no sense");
    return 0;
}

// ---- blocks

static void read_block(struct scan *scan, const struct brv_jpeg_table *first,
                       const struct brv_jpeg_table *others)
{
    unsigned size = take_symbol(scan, first);
    if (size > 15) {
        fail(scan, "its coded pixels make no sense");
    }
    skip_bits(scan, size & 15);
    for (unsigned k = 1; k < BLOCK && !scan->fault; k++) {
        unsigned symbol = take_symbol(scan, others);
        unsigned zeros = symbol >> 4;
        size = symbol & 15;
        if (size == 0 && zeros < ZEROS) {
            return; // no more
        }
        k += zeros;
        if (size > 0 && k >= BLOCK) {
            fail(scan, "its coded pixels make no sense");
        }
        skip_bits(scan, size);
    }
}

// At the end of a stretch fewer than eight bits are left, which fill its last byte.
static void end_stretch(struct scan *scan, bool is_last)
{
    fill(scan);
    size_t left = scan->count / 8;
    if (scan->at < scan->bytes.len && brv_byte_at(scan->bytes, scan->at) != 0xFF) {
        left += scan->bytes.len - scan->at;
    }
    if (left >= PADDING_BYTES) {
        fail(scan, "there is more than its pixels need");
    }
    scan->count = 0;
    while (scan->at < scan->bytes.len && brv_byte_at(scan->bytes, scan->at) == 0xFF) {
        scan->at++; // any number may stand before a marker
    }
    if (!is_last) {
        unsigned marker = scan->at < scan->bytes.len ? brv_byte_at(scan->bytes, scan->at++) : 0;
        if (marker < 0xD0 || marker > 0xD7) {
            fail(scan, "its coded pixels end early");
        }
    }
}

// ---- scans

struct part { // of a unit: a component
    const struct brv_jpeg_table *first, *others;
    unsigned blocks;
};

static uint64_t blocks_of(uint32_t pixels, unsigned sampling, unsigned most)
{
    uint64_t samples = ((uint64_t)pixels * sampling + most - 1) / most;
    return (samples + 7) / 8;
}

const char *brv_jpeg_scan_fault(const struct brv_jpeg_coding *coding, brv_str header, brv_str coded,
                                size_t *at)
{
    *at = 0;
    const unsigned count = brv_byte_at(header, 0);
    const unsigned first_coefficient = brv_byte_at(header, 1 + 2 * (size_t)count);
    const unsigned refines = brv_byte_at(header, 3 + 2 * (size_t)count) >> 4;
    unsigned most_across = 1;
    unsigned most_down = 1;
    for (unsigned i = 0; i < coding->component_count; i++) {
        unsigned across = coding->components[i].across;
        unsigned down = coding->components[i].down;
        most_across = across > most_across ? across : most_across;
        most_down = down > most_down ? down : most_down;
    }
    struct part parts[BRV_JPEG_COMPONENTS_MAX];
    uint64_t units = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned id = brv_byte_at(header, 1 + 2 * (size_t)i);
        unsigned tables = brv_byte_at(header, 2 + 2 * (size_t)i);
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
        parts[i] = (struct part){
            &coding->tables[0][tables >> 4],
            &coding->tables[1][tables & 15],
            count == 1 ? 1u : (unsigned)coding->components[c].across * coding->components[c].down
        };
        bool wants_first = !coding->is_progressive || (first_coefficient == 0 && refines == 0);
        bool wants_others = !coding->is_progressive || first_coefficient > 0;
        if ((wants_first && !parts[i].first->is_there) ||
            (wants_others && !parts[i].others->is_there)) {
            return "a scan uses a Huffman table that is not there";
        }
        unsigned across = count == 1 ? coding->components[c].across : 1;
        unsigned down = count == 1 ? coding->components[c].down : 1;
        units = blocks_of(coding->width_px, across, most_across) *
                blocks_of(coding->height_px, down, most_down);
    }
    if (coding->is_progressive) {
        return NULL;
    }
    struct scan scan = { .bytes = coded };
    unsigned until_restart = coding->restart_interval;
    for (uint64_t unit = 0; unit < units && !scan.fault; unit++) {
        for (unsigned i = 0; i < count; i++) {
            for (unsigned k = 0; k < parts[i].blocks && !scan.fault; k++) {
                read_block(&scan, parts[i].first, parts[i].others);
            }
        }
        if (until_restart > 0 && --until_restart == 0 && unit + 1 < units && !scan.fault) {
            end_stretch(&scan, false);
            until_restart = coding->restart_interval;
        }
    }
    if (!scan.fault) {
        end_stretch(&scan, true);
    }
    *at = scan.at;
    return scan.fault;
}
