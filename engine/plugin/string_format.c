// Brevier — string.format. Widths and precisions have at most two digits, so that one item cannot
// be long; the C library is asked only for the digits of one number at a time.
// SPDX-License-Identifier: MIT
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <stdio.h>

enum {
    NUMBER_BYTES = 512, // %.99f of the largest double has 309 + 1 + 99 characters
    FLOAT_GAS = 150,    // a few digits take a fraction of a microsecond,
    DIGIT_GAS = 4,      // hundreds of them several
};

struct spec {
    bool is_left;
    bool has_plus;
    bool has_space;
    bool is_alternate;
    bool is_zero_padded;
    int width;
    int precision; // -1: none
    char kind;
};

// Reads the part after "%"; returns the place after it.
static size_t parse_spec(lua_State *L, brv_str format, size_t at, struct spec *spec)
{
    *spec = (struct spec){ .precision = -1 };
    for (;; at++) {
        char c = at < format.len ? format.ptr[at] : '\0';
        if (c == '-')
            spec->is_left = true;
        else if (c == '+')
            spec->has_plus = true;
        else if (c == ' ')
            spec->has_space = true;
        else if (c == '#')
            spec->is_alternate = true;
        else if (c == '0')
            spec->is_zero_padded = true;
        else
            break;
    }
    size_t digits = at;
    while (at < format.len && at - digits < 2 && brv_is_digit(format.ptr[at]))
        spec->width = spec->width * 10 + (format.ptr[at++] - '0');
    if (at < format.len && format.ptr[at] == '.') {
        spec->precision = 0;
        digits = ++at;
        while (at < format.len && at - digits < 2 && brv_is_digit(format.ptr[at]))
            spec->precision = spec->precision * 10 + (format.ptr[at++] - '0');
    }
    spec->kind = at < format.len ? format.ptr[at] : '\0';
    if (spec->kind == '\0' || !strchr("cdieEfFgGosuxX", spec->kind))
        luaL_error(L,
                   "invalid conversion to \"format\", expected one of c d i e f g o s u x X "
                   "and a width and precision below 100");
    return at + 1;
}

// Pads `body`, whose first `prefix_len` bytes (sign, 0x) stay before zeros, to the width.
static void add_padded(lua_State *L, size_t start, const struct spec *spec, brv_str body,
                       size_t prefix_len, bool may_zero_pad)
{
    size_t width = (size_t)spec->width;
    size_t padding = width > body.len ? width - body.len : 0;
    char filler[100];
    bool has_zeros = spec->is_zero_padded && may_zero_pad && !spec->is_left;
    memset(filler, has_zeros ? '0' : ' ', padding);
    if (has_zeros) {
        brv_text_add(L, start, body.ptr, prefix_len);
        body = brv_str_slice(body, prefix_len, body.len);
    }
    if (!spec->is_left)
        brv_text_add(L, start, filler, padding);
    brv_text_add(L, start, body.ptr, body.len);
    if (spec->is_left)
        brv_text_add(L, start, filler, padding);
}

static size_t add_sign(const struct spec *spec, bool is_negative, char *out)
{
    if (is_negative)
        *out = '-';
    else if (spec->has_plus)
        *out = '+';
    else if (spec->has_space)
        *out = ' ';
    else
        return 0;
    return 1;
}

static void add_integer(lua_State *L, size_t start, const struct spec *spec, lua_Integer value)
{
    bool is_signed = spec->kind == 'd' || spec->kind == 'i';
    unsigned base = spec->kind == 'o' ? 8 : spec->kind == 'x' || spec->kind == 'X' ? 16 : 10;
    const char *digits = spec->kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    bool is_negative = is_signed && value < 0;
    lua_Unsigned rest = is_negative ? 0u - (lua_Unsigned)value : (lua_Unsigned)value;
    char reversed[128];
    size_t count = 0;
    for (; rest > 0; rest /= base)
        reversed[count++] = digits[rest % base];
    size_t least = spec->precision >= 0 ? (size_t)spec->precision : 1;
    while (count < least)
        reversed[count++] = '0';
    if (base == 8 && spec->is_alternate && (count == 0 || reversed[count - 1] != '0'))
        reversed[count++] = '0';

    char body[160];
    size_t len = is_signed ? add_sign(spec, is_negative, body) : 0;
    if (base == 16 && spec->is_alternate && value != 0) {
        body[len++] = '0';
        body[len++] = spec->kind;
    }
    size_t prefix_len = len;
    while (count > 0)
        body[len++] = reversed[--count];
    add_padded(L, start, spec, (brv_str){ body, len }, prefix_len, spec->precision < 0);
}

static void add_float(lua_State *L, size_t start, const struct spec *spec, lua_Number value)
{
    char body[NUMBER_BYTES];
    int precision = spec->precision;
    bool is_negative = __builtin_signbit(value);
    size_t len = add_sign(spec, is_negative, body);
    size_t prefix_len = len;
    char *out = body + len;
    size_t room = sizeof body - len;
    lua_Number size = is_negative ? -value : value;
    size_t digits = size > 1e20 ? 300 : 20;
    brv_charge(L, FLOAT_GAS + DIGIT_GAS * (digits + (precision > 0 ? (size_t)precision : 0)));
    int written = 0;
    // A negative precision means none, as in C.
    switch (spec->kind) {
    case 'e':
        written = spec->is_alternate ? snprintf(out, room, "%#.*e", precision, size)
                                     : snprintf(out, room, "%.*e", precision, size);
        break;
    case 'E':
        written = spec->is_alternate ? snprintf(out, room, "%#.*E", precision, size)
                                     : snprintf(out, room, "%.*E", precision, size);
        break;
    case 'f':
        written = spec->is_alternate ? snprintf(out, room, "%#.*f", precision, size)
                                     : snprintf(out, room, "%.*f", precision, size);
        break;
    case 'F':
        written = spec->is_alternate ? snprintf(out, room, "%#.*F", precision, size)
                                     : snprintf(out, room, "%.*F", precision, size);
        break;
    case 'g':
        written = spec->is_alternate ? snprintf(out, room, "%#.*g", precision, size)
                                     : snprintf(out, room, "%.*g", precision, size);
        break;
    default:
        written = spec->is_alternate ? snprintf(out, room, "%#.*G", precision, size)
                                     : snprintf(out, room, "%.*G", precision, size);
        break;
    }
    bool is_finite = value - value == 0;
    add_padded(L, start, spec, (brv_str){ body, len + (size_t)written }, prefix_len, is_finite);
}

static void add_item(lua_State *L, size_t start, const struct spec *spec, int argument)
{
    brv_charge(L, 4);
    switch (spec->kind) {
    case 'c': {
        char byte = (char)(unsigned char)luaL_checkinteger(L, argument);
        add_padded(L, start, spec, (brv_str){ &byte, 1 }, 0, false);
        return;
    }
    case 's': {
        luaL_checkany(L, argument);
        brv_str text;
        text.ptr = brv_lua_text_of(L, argument, &text.len); // [… text]
        if (spec->precision >= 0 && text.len > (size_t)spec->precision)
            text.len = (size_t)spec->precision;
        add_padded(L, start, spec, text, 0, false);
        lua_pop(L, 1);
        return;
    }
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
        add_integer(L, start, spec, luaL_checkinteger(L, argument));
        return;
    default:
        add_float(L, start, spec, luaL_checknumber(L, argument));
        return;
    }
}

int brv_lua_format(lua_State *L)
{
    brv_str format;
    format.ptr = luaL_checklstring(L, 1, &format.len);
    int argument = 1;
    size_t start = brv_text_begin(L);
    for (size_t at = 0; at < format.len;) {
        size_t percent = brv_str_find_byte(format, at, '%');
        brv_text_add(L, start, format.ptr + at, percent - at);
        if (percent == format.len)
            break;
        at = percent + 1;
        if (at < format.len && format.ptr[at] == '%') {
            brv_text_add(L, start, "%", 1);
            at++;
            continue;
        }
        struct spec spec;
        at = parse_spec(L, format, at, &spec);
        add_item(L, start, &spec, ++argument);
    }
    brv_text_push(L, start);
    return 1;
}
