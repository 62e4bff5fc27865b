// Brevier — a growable byte buffer, for building outputs.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_BUF_H
#define BRV_BASE_BUF_H

#include "base/macros.h"
#include "base/str.h"

#include <stdint.h>
#include <string.h>

struct brv_arena;

// A zeroed buffer is a valid empty one. `ptr` changes when the buffer grows.
struct brv_buf {
    char *ptr;
    size_t len;
    size_t capacity;
    char *lent; // room for its first bytes that is not the heap's; NULL: none
};

void brv_buf_deinit(struct brv_buf *buf);
// Forgets the content, keeps the memory.
static inline void brv_buf_clear(struct brv_buf *buf)
{
    buf->len = 0;
}

// A buffer whose memory is given back when the arena ends. While it is short it takes none of the
// heap's.
struct brv_buf *brv_buf_new_in(struct brv_arena *arena);

void brv_buf_grow(struct brv_buf *buf, size_t more); // when there is no room for `more`

// These are asked all the time, mostly for room that is there and words that the compiler knows.
static inline void brv_buf_reserve(struct brv_buf *buf, size_t more)
{
    if (more > buf->capacity - buf->len)
        brv_buf_grow(buf, more);
}

static inline void brv_buf_add(struct brv_buf *buf, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    brv_buf_reserve(buf, len);
    memcpy(buf->ptr + buf->len, bytes, len);
    buf->len += len;
}

static inline void brv_buf_add_str(struct brv_buf *buf, brv_str text)
{
    brv_buf_add(buf, text.ptr, text.len);
}

static inline void brv_buf_add_cstr(struct brv_buf *buf, const char *text)
{
    brv_buf_add(buf, text, strlen(text));
}

static inline void brv_buf_add_byte(struct brv_buf *buf, char byte)
{
    brv_buf_reserve(buf, 1);
    buf->ptr[buf->len++] = byte;
}

void brv_buf_add_repeated(struct brv_buf *buf, char byte, size_t count);
// A text so many times; it is not the buffer's own.
void brv_buf_add_times(struct brv_buf *buf, brv_str text, size_t times);
// The UTF-8 form of a code point; U+FFFD for what is no scalar value.
void brv_buf_add_codepoint(struct brv_buf *buf, uint32_t codepoint);
void brv_buf_printf(struct brv_buf *buf, const char *format, ...) BRV_PRINTF(2, 3);
// Decimal number with at most `decimals` digits after the point (0 to 6), trailing zeros and "-0"
// dropped, always with a point and never an exponent, whatever the locale says.
void brv_buf_add_number(struct brv_buf *buf, double value, int decimals);
void brv_buf_add_int(struct brv_buf *buf, long long value);
// `text` with & < > " escaped for XML text and double-quoted attributes.
void brv_buf_add_xml(struct brv_buf *buf, brv_str text);
// `text` as a JSON string with its quotes.
void brv_buf_add_json_string(struct brv_buf *buf, brv_str text);
// A member of a JSON object after the first: ,"key":"text". `key` needs no escape.
void brv_buf_add_json_member(struct brv_buf *buf, const char *key, brv_str text);
// `text` for one line of a terminal or a log: line breaks, tabs, control and bidi characters come
// out as \n, \t, \u{1b}, malformed bytes as U+FFFD. The rest, quotes and backslashes too, is kept.
void brv_buf_add_visible(struct brv_buf *buf, brv_str text);

static inline brv_str brv_buf_str(const struct brv_buf *buf)
{
    return (brv_str){ buf->ptr, buf->len };
}

#endif
