// Brevier — a growable byte buffer.
// SPDX-License-Identifier: MIT
#include "base/buf.h"

#include "base/arena.h"
#include "base/format.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>

#ifdef BRV_TINY
enum { LENT_BYTES = 8 };
#else
enum { LENT_BYTES = 240 }; // a line of text, with what is drawn in it
#endif

static void buf_cleanup(void *buf)
{
    brv_buf_deinit(buf);
}

void brv_buf_deinit(struct brv_buf *buf)
{
    if (buf->ptr != buf->lent)
        free(buf->ptr);
    *buf = (struct brv_buf){ 0 };
}

struct brv_buf *brv_buf_new_in(struct brv_arena *arena)
{
    struct brv_buf *buf = brv_arena_take(arena, sizeof *buf + LENT_BYTES);
    *buf = (struct brv_buf){ .lent = (char *)(buf + 1) };
    brv_arena_on_free(arena, buf_cleanup, buf);
    return buf;
}

void brv_buf_grow(struct brv_buf *buf, size_t more)
{
    size_t need = brv_size_add(buf->len, more);
    bool has_lent = buf->lent && buf->ptr == buf->lent;
    if (!buf->ptr && buf->lent && need <= LENT_BYTES) {
        buf->ptr = buf->lent;
        buf->capacity = LENT_BYTES;
        return;
    }
    size_t capacity = brv_size_grown(buf->capacity, need, 256);
    buf->ptr = brv_heap_resize(has_lent ? NULL : buf->ptr, capacity);
    if (has_lent)
        memcpy(buf->ptr, buf->lent, buf->len);
    buf->capacity = capacity;
}

void brv_buf_add_repeated(struct brv_buf *buf, char byte, size_t count)
{
    if (count == 0)
        return;
    brv_buf_reserve(buf, count);
    memset(buf->ptr + buf->len, byte, count);
    buf->len += count;
}

// Once, and then as much again of what is there.
void brv_buf_add_times(struct brv_buf *buf, brv_str text, size_t times)
{
    const size_t wanted = brv_size_multiply(text.len, times);
    if (wanted == 0)
        return;
    brv_buf_reserve(buf, wanted);
    char *start = buf->ptr + buf->len;
    memcpy(start, text.ptr, text.len);
    for (size_t done = text.len; done < wanted;) {
        size_t more = done < wanted - done ? done : wanted - done;
        memcpy(start + done, start, more);
        done += more;
    }
    buf->len += wanted;
}

void brv_buf_add_codepoint(struct brv_buf *buf, uint32_t codepoint)
{
    if (codepoint < 0x80) {
        brv_buf_add_byte(buf, (char)codepoint);
        return;
    }
    char bytes[4];
    brv_buf_add(buf, bytes, brv_utf8_encode(codepoint, bytes));
}

void brv_buf_printf(struct brv_buf *buf, const char *format, ...)
{
    enum { USUAL_BYTES = 128 }; // most is shorter, and is printed once
    brv_buf_reserve(buf, USUAL_BYTES);
    size_t room = buf->capacity - buf->len;
    va_list args;
    va_start(args, format);
    size_t len = brv_format(buf->ptr + buf->len, room, format, args);
    va_end(args);
    if (len >= room) { // which the NUL takes, too
        brv_buf_reserve(buf, len + 1);
        va_start(args, format);
        (void)brv_format(buf->ptr + buf->len, len + 1, format, args);
        va_end(args);
    }
    buf->len += len;
}

void brv_buf_add_number(struct brv_buf *buf, double value, int decimals)
{
    char text[BRV_NUMBER_BYTES];
    brv_buf_add(buf, text, brv_number_format(value, decimals, text));
}

void brv_buf_add_int(struct brv_buf *buf, long long value)
{
    char digits[BRV_INTEGER_BYTES];
    char *end = digits + sizeof digits;
    const char *begin = brv_number_digits(end, value < 0, brv_number_magnitude(value));
    brv_buf_add(buf, begin, (size_t)(end - begin));
}

void brv_buf_add_xml(struct brv_buf *buf, brv_str text)
{
    size_t clean = 0;
    for (size_t at = 0; at < text.len; at++) {
        const char *escape = NULL;
        switch (text.ptr[at]) {
        case '&':
            escape = "&amp;";
            break;
        case '<':
            escape = "&lt;";
            break;
        case '>':
            escape = "&gt;";
            break;
        case '"':
            escape = "&quot;";
            break;
        }
        if (escape) {
            brv_buf_add_str(buf, brv_str_slice(text, clean, at));
            brv_buf_add_cstr(buf, escape);
            clean = at + 1;
        }
    }
    if (clean < text.len)
        brv_buf_add_str(buf, brv_str_slice(text, clean, text.len));
}

void brv_buf_add_json_string(struct brv_buf *buf, brv_str text)
{
    static const char special[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    brv_buf_add_byte(buf, '"');
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte >= 0x80) {
            // Decoded and written again, so that the result is valid UTF-8 whatever came in.
            brv_buf_add_codepoint(buf, brv_utf8_next(text, &at));
            continue;
        }
        at++;
        const char *found = byte ? strchr(special, byte) : NULL;
        if (found) {
            brv_buf_add_byte(buf, '\\');
            brv_buf_add_byte(buf, letters[found - special]);
        } else if (byte < 0x20 || byte == 0x7F) {
            brv_buf_printf(buf, "\\u%04x", byte);
        } else {
            brv_buf_add_byte(buf, (char)byte);
        }
    }
    brv_buf_add_byte(buf, '"');
}

void brv_buf_add_json_member(struct brv_buf *buf, const char *key, brv_str text)
{
    brv_buf_add_cstr(buf, ",\"");
    brv_buf_add_cstr(buf, key);
    brv_buf_add_cstr(buf, "\":");
    brv_buf_add_json_string(buf, text);
}

void brv_buf_add_visible(struct brv_buf *buf, brv_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t codepoint = brv_utf8_next(text, &at);
        if (codepoint == '\n')
            brv_buf_add_cstr(buf, "\\n");
        else if (codepoint == '\t')
            brv_buf_add_cstr(buf, "\\t");
        else if (codepoint == '\r')
            brv_buf_add_cstr(buf, "\\r");
        else if (brv_is_invisible(codepoint))
            brv_buf_printf(buf, "\\u{%02x}", (unsigned)codepoint);
        else
            brv_buf_add_codepoint(buf, codepoint);
    }
}
