// Brevier — sources: which line and column a byte is in.
//
// Offsets are what the program keeps; people want lines and columns. A hostile text is one line of
// 16 MiB with a fault in every byte, so neither may cost a walk over the text: lines are found by
// bisection, and the code points before every 4096th byte are counted once.
// SPDX-License-Identifier: MIT
#include "base/source.h"

#include "base/utf8.h"

#include <assert.h>

enum { CHECKPOINT_BYTES = 4096 };

// So many bytes at a time that their number fits a byte: a compiler counts sixteen at once then.
static size_t newlines_counted(brv_str text)
{
    enum { STRIDE = 128 };
    size_t count = 0;
    size_t at = 0;
    for (; text.len - at >= STRIDE; at += STRIDE) {
        uint8_t found = 0;
        for (size_t i = 0; i < STRIDE; i++)
            found = (uint8_t)(found + (text.ptr[at + i] == '\n'));
        count += found;
    }
    for (; at < text.len; at++)
        count += text.ptr[at] == '\n';
    return count;
}

// In valid UTF-8 a code point is a byte that continues no other.
static size_t codepoints_counted(brv_str text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t count = text.len;
    size_t at = 0;
    for (uint64_t eight; text.len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.ptr + at, sizeof eight);
        uint64_t continuing = eight >> 7 & ~(eight >> 6) & ones;
        count -= (size_t)(continuing * ones >> 56); // the sum of its bytes
    }
    for (; at < text.len; at++)
        count -= (text.ptr[at] & 0xC0) == 0x80;
    return count;
}

static size_t codepoints_before(const struct brv_source *source, size_t offset)
{
    size_t checkpoint = offset / CHECKPOINT_BYTES;
    brv_str rest = brv_str_slice(source->text, checkpoint * CHECKPOINT_BYTES, offset);
    return source->checkpoints[checkpoint] + codepoints_counted(rest);
}

struct brv_source *brv_source_new(struct brv_arena *arena, brv_str name, brv_str text)
{
    struct brv_source *source = BRV_NEW(arena, struct brv_source);
    source->name = name;
    brv_source_index(source, text, arena);
    return source;
}

void brv_source_index(struct brv_source *source, brv_str text, struct brv_arena *arena)
{
    assert(text.len <= UINT32_MAX);
    source->text = text;

    const size_t line_count = newlines_counted(text) + 1;
    uint32_t *line_starts = BRV_NEW_ARRAY(arena, uint32_t, line_count);
    for (size_t line = 1; line < line_count; line++) {
        const char *start = text.ptr + line_starts[line - 1];
        const char *newline = memchr(start, '\n', (size_t)(text.ptr + text.len - start));
        line_starts[line] = (uint32_t)(newline - text.ptr) + 1;
    }
    source->line_starts = line_starts;
    source->line_count = line_count;

    size_t checkpoint_count = text.len / CHECKPOINT_BYTES + 1;
    uint32_t *checkpoints = BRV_NEW_ARRAY(arena, uint32_t, checkpoint_count);
    for (size_t i = 1; i < checkpoint_count; i++) {
        size_t end = i * CHECKPOINT_BYTES;
        brv_str part = brv_str_slice(text, end - CHECKPOINT_BYTES, end);
        checkpoints[i] = checkpoints[i - 1] + (uint32_t)codepoints_counted(part);
    }
    source->checkpoints = checkpoints;
}

struct brv_line brv_source_line(const struct brv_source *source, size_t offset)
{
    size_t low = 0; // the line sought is in [low, high)
    size_t high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    bool is_last = low + 1 == source->line_count;
    return (struct brv_line){
        .number = low,
        .start = source->line_starts[low],
        .end = is_last ? source->text.len : source->line_starts[low + 1] - 1,
    };
}

size_t brv_source_codepoints(const struct brv_source *source, size_t from, size_t to)
{
    return codepoints_before(source, to) - codepoints_before(source, from);
}

struct brv_span brv_span_of(const struct brv_source *source, brv_str slice)
{
    if (slice.len == 0 && !slice.ptr)
        return (struct brv_span){ source, 0, 0 };
    assert(slice.ptr >= source->text.ptr);
    assert(slice.ptr + slice.len <= source->text.ptr + source->text.len);
    return (
        struct brv_span){ source, (uint32_t)(slice.ptr - source->text.ptr), (uint32_t)slice.len };
}

struct brv_span brv_span_join(struct brv_span a, struct brv_span b)
{
    if (!a.source)
        return b;
    if (!b.source)
        return a;
    assert(a.source == b.source);
    uint32_t start = a.offset < b.offset ? a.offset : b.offset;
    uint32_t a_end = a.offset + a.length;
    uint32_t b_end = b.offset + b.length;
    return (struct brv_span){ a.source, start, (a_end > b_end ? a_end : b_end) - start };
}

brv_str brv_span_text(struct brv_span span)
{
    if (!span.source)
        return (brv_str){ 0 };
    size_t len = span.source->text.len;
    size_t from = span.offset < len ? span.offset : len;
    size_t to = span.length < len - from ? from + span.length : len;
    return brv_str_slice(span.source->text, from, to);
}

struct brv_location brv_span_locate(struct brv_span span)
{
    if (!span.source)
        return (struct brv_location){ 1, 1 };
    size_t len = span.source->text.len;
    size_t offset = span.offset < len ? span.offset : len;
    struct brv_line line = brv_source_line(span.source, offset);
    return (struct brv_location){
        .line = line.number + 1,
        .column = brv_source_codepoints(span.source, line.start, offset) + 1,
    };
}
