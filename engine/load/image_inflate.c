// Brevier — inflating a zlib stream (RFC 1950, RFC 1951).
// SPDX-License-Identifier: MIT
//
// A stream is a row of blocks: stored, or coded by two Huffman codes, one for bytes and lengths and
// one for distances. Codes of up to FAST_BITS are found by one look into a table; longer ones,
// which are rare, are counted out bit by bit, from the canonical order of codes. Every fault ends
// in one place: `fault` is set and the bits run dry.
#include "load/image_inflate.h"

#include <stddef.h>

enum {
    WINDOW_BYTES = 32768,
    FAST_BITS = 9,
    CODE_BITS_MAX = 15,
    SYMBOLS_MAX = 288,
    END_OF_BLOCK = 256,
};

struct code {
    uint16_t fast[1 << FAST_BITS];     // symbol << 4 | bits; 0: longer, or no code
    uint16_t count[CODE_BITS_MAX + 1]; // codes by their bits
    uint16_t symbols[SYMBOLS_MAX];     // in canonical order
};

struct inflater {
    const brv_str *parts;
    size_t part_count;
    size_t part, at; // the next byte
    uint64_t bits;   // lowest first
    unsigned bit_count;
    const char *fault;

    uint8_t window[WINDOW_BYTES];
    size_t fill;        // of the window, since it was last handed on
    size_t reach;       // how far back a distance may go
    uint32_t sum, sums; // of Adler-32
    brv_inflate_take_fn *take;
    void *user;

    struct code lengths, distances;
};

static void fail(struct inflater *z, const char *fault)
{
    if (!z->fault) {
        z->fault = fault;
    }
}

// ---- bits

static bool next_byte(struct inflater *z, unsigned *byte)
{
    while (z->part < z->part_count && z->at == z->parts[z->part].len) {
        z->part++;
        z->at = 0;
    }
    if (z->part == z->part_count) {
        return false;
    }
    *byte = (unsigned char)z->parts[z->part].ptr[z->at++];
    return true;
}

// Fetches bits while there are any: at least `wanted` of them unless the input ends.
static void fetch(struct inflater *z, unsigned wanted)
{
    if (z->bit_count >= wanted) {
        return;
    }
    unsigned byte;
    while (z->bit_count <= 56 && next_byte(z, &byte)) {
        z->bits |= (uint64_t)byte << z->bit_count;
        z->bit_count += 8;
    }
}

static void drop(struct inflater *z, unsigned count)
{
    if (count > z->bit_count) {
        fail(z, "they end early");
        z->bits = 0;
        z->bit_count = 0;
        return;
    }
    z->bits >>= count;
    z->bit_count -= count;
}

static unsigned read_bits(struct inflater *z, unsigned count)
{
    fetch(z, count);
    unsigned value = (unsigned)(z->bits & ((1u << count) - 1));
    drop(z, count);
    return value;
}

// ---- codes

static unsigned reversed(unsigned code, unsigned bits)
{
    unsigned result = 0;
    for (unsigned i = 0; i < bits; i++) {
        result |= (code >> i & 1) << (bits - 1 - i);
    }
    return result;
}

// Makes a code from the bits of its symbols; false when there are more codes than bits can tell
// apart, or fewer than they could (one code alone is allowed).
static bool build(struct code *code, const uint8_t *bits, unsigned symbol_count)
{
    *code = (struct code){ 0 };
    for (unsigned i = 0; i < symbol_count; i++) {
        code->count[bits[i]]++;
    }
    unsigned used = symbol_count - code->count[0];
    code->count[0] = 0;
    uint16_t place[CODE_BITS_MAX + 2] = { 0 }; // of the first symbol with so many bits
    unsigned next[CODE_BITS_MAX + 2] = { 0 };  // the first code with so many bits
    int left = 1;
    for (unsigned n = 1; n <= CODE_BITS_MAX; n++) {
        left = left * 2 - code->count[n];
        if (left < 0) {
            return false;
        }
        place[n + 1] = (uint16_t)(place[n] + code->count[n]);
        next[n + 1] = (next[n] + code->count[n]) << 1;
    }
    if (left > 0 && !(used == 0 || (used == 1 && code->count[1] == 1))) {
        return false;
    }
    for (unsigned symbol = 0; symbol < symbol_count; symbol++) {
        unsigned n = bits[symbol];
        if (n == 0) {
            continue;
        }
        code->symbols[place[n]++] = (uint16_t)symbol;
        unsigned own = next[n]++;
        if (n <= FAST_BITS) {
            for (unsigned at = reversed(own, n); at < 1u << FAST_BITS; at += 1u << n) {
                code->fast[at] = (uint16_t)(symbol << 4 | n);
            }
        }
    }
    return true;
}

static unsigned read_symbol(struct inflater *z, const struct code *code)
{
    fetch(z, CODE_BITS_MAX);
    unsigned entry = code->fast[z->bits & ((1u << FAST_BITS) - 1)];
    if (entry > 0) {
        drop(z, entry & 15);
        return entry >> 4;
    }
    unsigned own = 0, first = 0, place = 0;
    for (unsigned n = 1; n <= CODE_BITS_MAX; n++) {
        own = own << 1 | (unsigned)(z->bits >> (n - 1) & 1);
        if (own - first < code->count[n]) {
            drop(z, n);
            return code->symbols[place + own - first];
        }
        place += code->count[n];
        first = (first + code->count[n]) << 1;
    }
    fail(z, z->bit_count < CODE_BITS_MAX ? "they end early" : "a code is unknown");
    return END_OF_BLOCK;
}

// ---- output

static void hand_on(struct inflater *z)
{
    enum { SUM_BASE = 65521, SUM_RUN = 5552 };
    for (size_t at = 0; at < z->fill;) {
        size_t end = z->fill - at < SUM_RUN ? z->fill : at + SUM_RUN; // no overflow within
        for (; at < end; at++) {
            z->sum += z->window[at];
            z->sums += z->sum;
        }
        z->sum %= SUM_BASE;
        z->sums %= SUM_BASE;
    }
    if (z->fill > 0 && !z->take(z->user, z->window, z->fill)) {
        fail(z, "they go on for too long");
    }
    z->fill = 0;
}

static void put(struct inflater *z, unsigned byte)
{
    z->window[z->fill++] = (uint8_t)byte;
    z->reach += z->reach < WINDOW_BYTES;
    if (z->fill == WINDOW_BYTES) {
        hand_on(z);
    }
}

static void put_again(struct inflater *z, unsigned length, unsigned distance)
{
    if (distance > z->reach) {
        fail(z, "they refer to what is not there");
        return;
    }
    for (; length > 0; length--) {
        put(z, z->window[(z->fill - distance) & (WINDOW_BYTES - 1)]);
    }
}

// ---- blocks

static void read_stored(struct inflater *z)
{
    drop(z, z->bit_count & 7);
    unsigned length = read_bits(z, 16);
    if ((read_bits(z, 16) ^ length) != 0xFFFF) {
        fail(z, "a block has no possible length");
    }
    for (; length > 0 && !z->fault; length--) {
        put(z, read_bits(z, 8));
    }
}

static void read_coded(struct inflater *z)
{
    static const uint16_t length_base[] = { 3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                            15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                            67, 83, 99, 115, 131, 163, 195, 227, 258 };
    static const uint16_t distance_base[] = { 1,    2,    3,    4,     5,     7,    9,    13,
                                              17,   25,   33,   49,    65,    97,   129,  193,
                                              257,  385,  513,  769,   1025,  1537, 2049, 3073,
                                              4097, 6145, 8193, 12289, 16385, 24577 };
    enum { LENGTHS = 29, DISTANCES = 30 };
    while (!z->fault) {
        unsigned symbol = read_symbol(z, &z->lengths);
        if (symbol < END_OF_BLOCK) {
            put(z, symbol);
            continue;
        }
        if (symbol == END_OF_BLOCK) {
            return;
        }
        unsigned i = symbol - END_OF_BLOCK - 1;
        if (i >= LENGTHS) {
            fail(z, "a code is unknown");
            return;
        }
        unsigned more = i < 8 || i == LENGTHS - 1 ? 0 : (i - 4) / 4;
        unsigned length = length_base[i] + read_bits(z, more);
        unsigned k = read_symbol(z, &z->distances);
        if (k >= DISTANCES) {
            fail(z, "a code is unknown");
            return;
        }
        unsigned distance = distance_base[k] + read_bits(z, k < 4 ? 0 : (k - 2) / 2);
        put_again(z, length, distance);
    }
}

static void set_fixed_codes(struct inflater *z)
{
    uint8_t bits[SYMBOLS_MAX];
    for (unsigned i = 0; i < SYMBOLS_MAX; i++) {
        bits[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    }
    build(&z->lengths, bits, SYMBOLS_MAX);
    for (unsigned i = 0; i < 32; i++) {
        bits[i] = 5;
    }
    build(&z->distances, bits, 32);
}

// The bits of both codes are themselves coded, with repeats.
static void read_codes(struct inflater *z)
{
    static const uint8_t order[19] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                       11, 4,  12, 3, 13, 2, 14, 1, 15 };
    uint8_t bits[SYMBOLS_MAX + 32] = { 0 };
    unsigned length_count = read_bits(z, 5) + 257;
    unsigned distance_count = read_bits(z, 5) + 1;
    unsigned order_count = read_bits(z, 4) + 4;
    for (unsigned i = 0; i < order_count; i++) {
        bits[order[i]] = (uint8_t)read_bits(z, 3);
    }
    if (!build(&z->lengths, bits, 19)) {
        fail(z, "a block has no possible codes");
        return;
    }
    memset(bits, 0, 19);
    unsigned total = length_count + distance_count;
    for (unsigned i = 0; i < total && !z->fault;) {
        unsigned symbol = read_symbol(z, &z->lengths);
        unsigned value = 0;
        unsigned repeat = 1;
        if (symbol < 16) {
            value = symbol;
        } else if (symbol == 16) {
            value = i > 0 ? bits[i - 1] : 0;
            repeat = i > 0 ? 3 + read_bits(z, 2) : total + 1;
        } else {
            repeat = symbol == 17 ? 3 + read_bits(z, 3) : 11 + read_bits(z, 7);
        }
        if (repeat > total - i) {
            fail(z, "a block has no possible codes");
            return;
        }
        for (; repeat > 0; repeat--) {
            bits[i++] = (uint8_t)value;
        }
    }
    if (length_count > SYMBOLS_MAX - 2 || distance_count > 30 || bits[END_OF_BLOCK] == 0 ||
        !build(&z->lengths, bits, length_count) ||
        !build(&z->distances, bits + length_count, distance_count)) {
        fail(z, "a block has no possible codes");
    }
}

static void read_blocks(struct inflater *z)
{
    bool is_last = false;
    while (!is_last && !z->fault) {
        is_last = read_bits(z, 1);
        switch (read_bits(z, 2)) {
        case 0:
            read_stored(z);
            break;
        case 1:
            set_fixed_codes(z);
            read_coded(z);
            break;
        case 2:
            read_codes(z);
            read_coded(z);
            break;
        default:
            fail(z, "a block is of no known kind");
        }
    }
    hand_on(z);
}

// ---- exported

const char *brv_inflate(const brv_str *parts, size_t count, brv_inflate_take_fn *take, void *user)
{
    struct inflater z = {
        .parts = parts, .part_count = count, .sum = 1, .take = take, .user = user
    };
    unsigned method = read_bits(&z, 8);
    unsigned flags = read_bits(&z, 8);
    if ((method & 15) != 8 || method >> 4 > 7 || (method << 8 | flags) % 31 != 0 || flags & 32) {
        fail(&z, "they do not begin as they must");
    }
    read_blocks(&z);
    drop(&z, z.bit_count & 7);
    uint32_t check = 0;
    for (int i = 0; i < 4; i++) {
        check = check << 8 | read_bits(&z, 8);
    }
    if (check != (z.sums << 16 | z.sum)) {
        fail(&z, "their checksum is wrong");
    }
    return z.fault;
}
