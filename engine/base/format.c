// Brevier — printf, for who calls it ten thousand times for a document.
//
// The C library sets up a stream for each call, which takes five times as long as the text. Nearly
// all that is asked for are strings and whole numbers as they are; from the first conversion on
// that is anything else, it is the library's after all.
// SPDX-License-Identifier: MIT
#include "base/format.h"

#include "base/number.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct line {
    char *out;
    size_t room; // with that for the NUL
    size_t len;  // of the whole text so far
};

static void put(struct line *line, const char *bytes, size_t len)
{
    if (line->len < line->room) {
        size_t left = line->room - line->len;
        memcpy(line->out + line->len, bytes, len < left ? len : left);
    }
    line->len += len;
}

static void put_digits(struct line *line, bool is_negative, uint64_t magnitude)
{
    char digits[BRV_INTEGER_BYTES];
    char *end = digits + sizeof digits;
    const char *begin = brv_number_digits(end, is_negative, magnitude);
    put(line, begin, (size_t)(end - begin));
}

static void put_signed(struct line *line, int64_t value)
{
    put_digits(line, value < 0, brv_number_magnitude(value));
}

static void put_unsigned(struct line *line, uint64_t value)
{
    put_digits(line, false, value);
}

size_t brv_format(char *out, size_t room, const char *format, va_list args)
{
    struct line line = { .out = out, .room = room };
    for (;;) {
        const char *sign = strchrnul(format, '%');
        put(&line, format, (size_t)(sign - format));
        const char *rest = sign + 1;
        if (!*sign) {
            break;
        } else if (*rest == 's') {
            const char *text = va_arg(args, const char *);
            put(&line, text, strlen(text));
        } else if (strncmp(rest, ".*s", 3) == 0) {
            int most = va_arg(args, int);
            const char *text = va_arg(args, const char *);
            assert(most >= 0);
            put(&line, most > 0 ? text : "", most > 0 ? strnlen(text, (size_t)most) : 0);
            rest += 2;
        } else if (*rest == 'd') {
            put_signed(&line, va_arg(args, int));
        } else if (*rest == 'u') {
            put_unsigned(&line, va_arg(args, unsigned));
        } else if (strncmp(rest, "zu", 2) == 0) {
            put_unsigned(&line, va_arg(args, size_t));
            rest++;
        } else if (strncmp(rest, "lld", 3) == 0) {
            put_signed(&line, va_arg(args, long long));
            rest += 2;
        } else if (strncmp(rest, "llu", 3) == 0) {
            put_unsigned(&line, va_arg(args, unsigned long long));
            rest += 2;
        } else if (*rest == '%') {
            put(&line, rest, 1);
        } else {
            size_t at = line.len < room ? line.len : room - (room > 0);
            format = sign;
            int more = vsnprintf(out + at, room - at, format, args);
            assert(more >= 0);
            return line.len + (more > 0 ? (size_t)more : 0);
        }
        format = rest + 1;
    }
    if (room > 0)
        out[line.len < room ? line.len : room - 1] = '\0';
    return line.len;
}
