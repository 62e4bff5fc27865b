// Brevier — the coded data of a JPEG as bits and Huffman codes.
// SPDX-License-Identifier: MIT
#include "load/image_jpeg_bits.h"

#include "load/image_read.h"

enum { CODE_BITS_MAX = 16, FAST_BITS = 8 };
enum { PADDING_BYTES = 4 }; // that some programs leave at the end

size_t brv_jpeg_table_read(struct brv_jpeg_table *table, brv_str data)
{
    if (data.len < CODE_BITS_MAX) {
        return 0;
    }
    table->is_there = true;
    size_t total = 0;
    uint32_t code = 0; // the next one of so many bits
    for (unsigned bits = 1; bits <= CODE_BITS_MAX; bits++, code <<= 1) {
        table->count[bits] = (uint16_t)brv_byte_at(data, bits - 1);
        if (total + table->count[bits] > sizeof table->symbols ||
            code + table->count[bits] > 1u << bits ||
            CODE_BITS_MAX + total + table->count[bits] > data.len) {
            return 0;
        }
        for (unsigned i = 0; i < table->count[bits]; i++, code++, total++) {
            table->symbols[total] = (uint8_t)brv_byte_at(data, CODE_BITS_MAX + total);
            unsigned first = bits <= FAST_BITS ? code << (FAST_BITS - bits) : 0;
            unsigned last = bits <= FAST_BITS ? (code + 1) << (FAST_BITS - bits) : 0;
            for (unsigned k = first; k < last; k++) {
                table->fast_bits[k] = (uint8_t)bits;
                table->fast_symbol[k] = table->symbols[total];
            }
        }
    }
    return CODE_BITS_MAX + total;
}

void brv_jpeg_bits_fail(struct brv_jpeg_bits *bits, const char *fault)
{
    if (!bits->fault) {
        bits->fault = fault;
    }
}

// Takes in bytes as far as the next marker.
static void fill(struct brv_jpeg_bits *bits)
{
    while (bits->count <= 48 && bits->at < bits->bytes.len) {
        unsigned byte = brv_byte_at(bits->bytes, bits->at);
        if (byte == 0xFF) {
            if (bits->at + 1 >= bits->bytes.len || bits->bytes.ptr[bits->at + 1] != 0) {
                return;
            }
            bits->at++;
        }
        bits->at++;
        bits->held = bits->held << 8 | byte;
        bits->count += 8;
    }
}

unsigned brv_jpeg_bits_take(struct brv_jpeg_bits *bits, unsigned count)
{
    if (bits->count < count) {
        fill(bits);
    }
    if (bits->count < count) {
        brv_jpeg_bits_fail(bits, "its coded pixels end early");
        bits->count = 0;
        return 0;
    }
    bits->count -= count;
    return (unsigned)(bits->held >> bits->count & ((1ull << count) - 1));
}

unsigned brv_jpeg_bits_symbol(struct brv_jpeg_bits *bits, const struct brv_jpeg_table *table)
{
    if (bits->count < CODE_BITS_MAX) {
        fill(bits);
    }
    uint64_t held = bits->count >= CODE_BITS_MAX ? bits->held >> (bits->count - CODE_BITS_MAX)
                                                 : bits->held << (CODE_BITS_MAX - bits->count);
    const unsigned next = (unsigned)(held & 0xFFFF);
    const unsigned fast = next >> (CODE_BITS_MAX - FAST_BITS);
    if (table->fast_bits[fast] > 0) {
        brv_jpeg_bits_take(bits, table->fast_bits[fast]);
        return table->fast_symbol[fast];
    }
    unsigned first = 0; // code of so many bits
    unsigned index = 0; // of its symbol
    for (unsigned length = 1; length <= CODE_BITS_MAX; length++) {
        unsigned code = next >> (CODE_BITS_MAX - length);
        if (code - first < table->count[length]) {
            brv_jpeg_bits_take(bits, length);
            return table->symbols[index + code - first];
        }
        index += table->count[length];
        first = (first + table->count[length]) << 1;
    }
    brv_jpeg_bits_fail(bits,
                       bits->count < CODE_BITS_MAX ? "its coded pixels end early"
                                                   : "its coded pixels make no sense");
    return 0;
}

// Fewer than eight bits are left there.
void brv_jpeg_bits_end(struct brv_jpeg_bits *bits, bool is_last)
{
    fill(bits);
    size_t left = bits->count / 8;
    if (bits->at < bits->bytes.len && brv_byte_at(bits->bytes, bits->at) != 0xFF) {
        left += bits->bytes.len - bits->at;
    }
    if (left >= PADDING_BYTES) {
        brv_jpeg_bits_fail(bits, "there is more than its pixels need");
    }
    bits->count = 0;
    while (bits->at < bits->bytes.len && brv_byte_at(bits->bytes, bits->at) == 0xFF) {
        bits->at++; // any number may stand before a marker
    }
    if (!is_last) {
        unsigned marker = bits->at < bits->bytes.len ? brv_byte_at(bits->bytes, bits->at++) : 0;
        if (marker < 0xD0 || marker > 0xD7) {
            brv_jpeg_bits_fail(bits, "its coded pixels end early");
        }
    }
}
