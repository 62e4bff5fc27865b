// Brevier — the CSS tokenizer.
// SPDX-License-Identifier: MIT
#include "style/token.h"

#include "base/utf8.h"
#include "style/token_class.h"

#include <math.h>

// The tokens that take more than a look at their first byte; token_part.c reads the others. A
// token's text is a slice of the source unless it holds escapes or NUL.
// The preprocessing step of the specification happens in place: CR, CRLF and form feed count as
// line feeds, NUL as U+FFFD.

static int peek(const struct brv_css_tokenizer *t, size_t ahead)
{
    return t->at + ahead < t->text.len ? (unsigned char)t->text.ptr[t->at + ahead] : -1;
}

// -1, the end, is of no class.
static unsigned class_of(int c)
{
    return c < 0 ? 0 : brv_css_classes[c];
}

static bool is_newline(int c)
{
    return class_of(c) & BRV_BYTE_NEWLINE;
}

static bool is_space(int c)
{
    return class_of(c) & BRV_BYTE_SPACE;
}

static bool is_digit(int c)
{
    return class_of(c) & BRV_BYTE_DIGIT;
}

static bool is_hex(int c)
{
    return class_of(c) & BRV_BYTE_HEX;
}

static bool is_name_start(int c)
{
    return class_of(c) & BRV_BYTE_NAME_START;
}

static bool is_name_byte(int c)
{
    return class_of(c) & BRV_BYTE_NAME;
}

static unsigned hex_value(int c)
{
    return (unsigned)(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

static bool starts_escape(const struct brv_css_tokenizer *t, size_t ahead)
{
    return peek(t, ahead) == '\\' && !is_newline(peek(t, ahead + 1));
}

static bool starts_ident(const struct brv_css_tokenizer *t, size_t ahead)
{
    int c = peek(t, ahead);
    if (c == '-') {
        int second = peek(t, ahead + 1);
        return second == '-' || is_name_start(second) || starts_escape(t, ahead + 1);
    }
    return is_name_start(c) || starts_escape(t, ahead);
}

static bool starts_number(const struct brv_css_tokenizer *t)
{
    const int c = peek(t, 0);
    if (c != '+' && c != '-' && c != '.')
        return is_digit(c);
    const size_t i = c != '.';
    return is_digit(peek(t, i)) || (peek(t, i) == '.' && is_digit(peek(t, i + 1)));
}

static void skip_newline(struct brv_css_tokenizer *t)
{
    t->at += peek(t, 0) == '\r' && peek(t, 1) == '\n' ? 2 : 1;
}

// At the byte after a backslash that starts an escape.
static uint32_t read_escape(struct brv_css_tokenizer *t)
{
    if (t->at >= t->text.len)
        return BRV_REPLACEMENT;
    if (!is_hex(peek(t, 0)))
        return brv_utf8_next(t->text, &t->at);
    uint32_t value = 0;
    for (int digits = 0; digits < 6 && is_hex(peek(t, 0)); digits++, t->at++)
        value = value * 16 + hex_value(peek(t, 0));
    if (is_newline(peek(t, 0)))
        skip_newline(t);
    else if (is_space(peek(t, 0)))
        t->at++;
    return value ? value : BRV_REPLACEMENT; // what is no scalar value is replaced when encoded
}

// Collects text that differs from its source: once `ptr` is set, everything is copied.
struct collector {
    struct brv_css_tokenizer *t;
    size_t start;
    char *ptr;
    size_t len;
    size_t capacity;
};

static void collect_bytes(struct collector *c, const char *bytes, size_t len)
{
    c->ptr = brv_arena_grow(c->t->arena, c->ptr, &c->capacity, c->len + len, 1);
    memcpy(c->ptr + c->len, bytes, len);
    c->len += len;
}

static void collect_codepoint(struct collector *c, uint32_t codepoint)
{
    char bytes[4];
    collect_bytes(c, bytes, brv_utf8_encode(codepoint, bytes));
}

// Called before the first byte that is not taken as written, which is at t->at.
static void collect_begin(struct collector *c)
{
    if (!c->ptr)
        collect_bytes(c, c->t->text.ptr + c->start, c->t->at - c->start);
}

static brv_str collected(const struct collector *c, size_t end)
{
    return c->ptr ? (brv_str){ c->ptr, c->len } : brv_str_slice(c->t->text, c->start, end);
}

// Takes one byte as written, NUL as U+FFFD.
static void collect_plain(struct collector *c)
{
    int byte = peek(c->t, 0);
    if (byte == 0) {
        collect_begin(c);
        collect_codepoint(c, BRV_REPLACEMENT);
    } else if (c->ptr) {
        collect_bytes(c, &c->t->text.ptr[c->t->at], 1);
    }
    c->t->at++;
}

static void collect_escape(struct collector *c)
{
    collect_begin(c);
    c->t->at++;
    collect_codepoint(c, read_escape(c->t));
}

static brv_str read_name(struct brv_css_tokenizer *t)
{
    size_t start = t->at;
    t->at = brv_css_skip_class(t->text, start, BRV_BYTE_PLAIN);
    if (peek(t, 0) != '\\' && peek(t, 0) != 0)
        return brv_str_slice(t->text, start, t->at);
    struct collector c = { .t = t, .start = start };
    for (;;) {
        if (t->at < t->text.len && is_name_byte(peek(t, 0)))
            collect_plain(&c);
        else if (starts_escape(t, 0))
            collect_escape(&c);
        else
            return collected(&c, t->at);
    }
}

// Decimal text to double without strtod, which follows the locale. Exact for up to 15 digits.
static double number_from(brv_str text)
{
    size_t i = 0;
    double sign = 1;
    if (text.ptr[0] == '+' || text.ptr[0] == '-')
        sign = text.ptr[i++] == '-' ? -1 : 1;
    double mantissa = 0;
    int scale = 0;
    bool fraction = false;
    for (; i < text.len && (is_digit(text.ptr[i]) || text.ptr[i] == '.'); i++) {
        if (text.ptr[i] == '.') {
            fraction = true;
        } else if (mantissa < 1e15) {
            mantissa = mantissa * 10 + (text.ptr[i] - '0');
            scale -= fraction;
        } else {
            scale += !fraction; // digits beyond the precision only move the point
        }
    }
    if (i < text.len) {
        int exponent_sign = 1;
        int exponent = 0;
        i++;
        if (text.ptr[i] == '+' || text.ptr[i] == '-')
            exponent_sign = text.ptr[i++] == '-' ? -1 : 1;
        for (; i < text.len; i++)
            exponent = exponent < 10000 ? exponent * 10 + (text.ptr[i] - '0') : exponent;
        scale += exponent_sign * exponent;
    }
    // Powers of ten up to 22 are exact, so the usual case rounds once.
    static const double powers[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    };
    enum { LAST_POWER = BRV_COUNT(powers) - 1 };
    double value = mantissa;
    while (scale > 0 && value > 0 && value < HUGE_VAL) {
        int power = scale > LAST_POWER ? LAST_POWER : scale;
        value *= powers[power];
        scale -= power;
    }
    while (scale < 0 && value > 0) {
        int power = scale < -LAST_POWER ? LAST_POWER : -scale;
        value /= powers[power];
        scale += power;
    }
    return sign * (value < 1e300 ? value : 1e300);
}

static void read_number(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    size_t start = t->at;
    token->flags |= BRV_CSS_IS_INTEGER;
    if (peek(t, 0) == '+' || peek(t, 0) == '-') {
        token->flags |= BRV_CSS_IS_SIGNED;
        t->at++;
    }
    while (is_digit(peek(t, 0)))
        t->at++;
    if (peek(t, 0) == '.' && is_digit(peek(t, 1))) {
        token->flags &= (uint8_t)~BRV_CSS_IS_INTEGER;
        t->at++;
        while (is_digit(peek(t, 0)))
            t->at++;
    }
    if (peek(t, 0) == 'e' || peek(t, 0) == 'E') {
        size_t sign = peek(t, 1) == '+' || peek(t, 1) == '-' ? 1 : 0;
        if (is_digit(peek(t, 1 + sign))) {
            token->flags &= (uint8_t)~BRV_CSS_IS_INTEGER;
            t->at += 1 + sign;
            while (is_digit(peek(t, 0)))
                t->at++;
        }
    }
    token->number = number_from(brv_str_slice(t->text, start, t->at));
    if (starts_ident(t, 0)) {
        token->kind = BRV_CSS_DIMENSION;
        token->text = read_name(t);
    } else if (peek(t, 0) == '%') {
        token->kind = BRV_CSS_PERCENTAGE;
        t->at++;
    } else {
        token->kind = BRV_CSS_NUMBER;
    }
}

static void read_string(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    int quote = peek(t, 0);
    t->at++;
    token->kind = BRV_CSS_STRING;
    struct collector c = { .t = t, .start = t->at };
    for (;;) {
        int byte = peek(t, 0);
        if (byte < 0) {
            token->flags |= BRV_CSS_AT_END;
            token->text = collected(&c, t->at);
            return;
        }
        if (byte == quote) {
            token->text = collected(&c, t->at);
            t->at++;
            return;
        }
        if (is_newline(byte)) {
            token->kind = BRV_CSS_BAD_STRING;
            return;
        }
        if (byte != '\\') {
            collect_plain(&c);
        } else if (is_newline(peek(t, 1))) {
            collect_begin(&c);
            t->at++;
            skip_newline(t);
        } else if (peek(t, 1) < 0) {
            collect_begin(&c);
            t->at++;
        } else {
            collect_escape(&c);
        }
    }
}

static void skip_spaces(struct brv_css_tokenizer *t)
{
    t->at = brv_css_skip_class(t->text, t->at, BRV_BYTE_SPACE);
}

static void read_bad_url(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    token->kind = BRV_CSS_BAD_URL;
    while (t->at < t->text.len) {
        if (peek(t, 0) == ')') {
            t->at++;
            return;
        }
        if (starts_escape(t, 0)) {
            t->at++;
            (void)read_escape(t);
        } else {
            t->at++;
        }
    }
}

// After `url(` when no quote follows.
static void read_url(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    token->kind = BRV_CSS_URL;
    skip_spaces(t);
    struct collector c = { .t = t, .start = t->at };
    for (;;) {
        int byte = peek(t, 0);
        if (byte < 0 || byte == ')' || is_space(byte)) {
            token->text = collected(&c, t->at);
            skip_spaces(t);
            if (peek(t, 0) == ')')
                t->at++;
            else if (t->at >= t->text.len)
                token->flags |= BRV_CSS_AT_END;
            else
                read_bad_url(t, token);
            return;
        }
        bool is_control = (byte > 0 && byte < 0x20) || byte == 0x7F;
        if (byte == '"' || byte == '\'' || byte == '(' || is_control ||
            (byte == '\\' && !starts_escape(t, 0))) {
            read_bad_url(t, token);
            return;
        }
        if (byte == '\\')
            collect_escape(&c);
        else
            collect_plain(&c);
    }
}

static void read_ident_like(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    token->text = read_name(t);
    token->kind = BRV_CSS_IDENT;
    if (peek(t, 0) != '(')
        return;
    t->at++;
    token->kind = BRV_CSS_FUNCTION;
    if (!brv_str_is_nocase(token->text, "url"))
        return;
    size_t ahead = 0;
    while (is_space(peek(t, ahead)))
        ahead++;
    if (peek(t, ahead) != '"' && peek(t, ahead) != '\'')
        read_url(t, token);
}

// At `u+` before a hexadecimal digit or a question mark.
static void read_unicode_range(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    token->kind = BRV_CSS_UNICODE_RANGE;
    t->at += 2;
    uint32_t first = 0;
    uint32_t last = 0;
    int digits = 0;
    for (; digits < 6 && is_hex(peek(t, 0)); digits++, t->at++)
        first = last = first * 16 + hex_value(peek(t, 0));
    bool has_wildcard = false;
    for (; digits < 6 && peek(t, 0) == '?'; digits++, t->at++) {
        first *= 16;
        last = last * 16 + 15;
        has_wildcard = true;
    }
    if (!has_wildcard && peek(t, 0) == '-' && is_hex(peek(t, 1))) {
        t->at++;
        last = 0;
        for (digits = 0; digits < 6 && is_hex(peek(t, 0)); digits++, t->at++)
            last = last * 16 + hex_value(peek(t, 0));
    }
    token->range[0] = first;
    token->range[1] = last;
}

static void read_delim(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    size_t start = t->at;
    token->kind = BRV_CSS_DELIM;
    if (peek(t, 0) == 0) {
        t->at++;
        token->text = BRV_S("\xEF\xBF\xBD");
        return;
    }
    (void)brv_utf8_next(t->text, &t->at);
    token->text = brv_str_slice(t->text, start, t->at);
}

// Takes `text` when it stands here.
static bool read_exactly(struct brv_css_tokenizer *t, brv_str text, enum brv_css_kind kind,
                         struct brv_css_token *token)
{
    brv_str rest = brv_str_slice(t->text, t->at, t->text.len);
    if (!brv_str_starts_with(rest, text))
        return false;
    t->at += text.len;
    token->kind = (uint8_t)kind;
    return true;
}

// Tokens of several fixed characters.
static bool read_fixed(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    static const struct {
        brv_str text;
        enum brv_css_kind kind;
    } longer[] = {
        { BRV_S_INIT("~="), BRV_CSS_INCLUDE_MATCH },   { BRV_S_INIT("|="), BRV_CSS_DASH_MATCH },
        { BRV_S_INIT("^="), BRV_CSS_PREFIX_MATCH },    { BRV_S_INIT("$="), BRV_CSS_SUFFIX_MATCH },
        { BRV_S_INIT("*="), BRV_CSS_SUBSTRING_MATCH }, { BRV_S_INIT("||"), BRV_CSS_COLUMN },
        { BRV_S_INIT("<!--"), BRV_CSS_CDO },           { BRV_S_INIT("-->"), BRV_CSS_CDC },
    };
    int c = peek(t, 0);
    for (size_t i = 0; i < BRV_COUNT(longer); i++)
        if (longer[i].text.ptr[0] == c && read_exactly(t, longer[i].text, longer[i].kind, token))
            return true;
    return false;
}

static bool skip_comment(struct brv_css_tokenizer *t)
{
    if (peek(t, 0) != '/' || peek(t, 1) != '*')
        return false;
    size_t end = brv_str_find(t->text, t->at + 2, BRV_S("*/"));
    if (end >= t->text.len)
        t->open_comment = t->at;
    t->at = end < t->text.len ? end + 2 : t->text.len;
    return true;
}

bool brv_css_read_token(struct brv_css_tokenizer *t, struct brv_css_token *token)
{
    const int c = peek(t, 0);
    switch (c) {
    case '/':
        if (skip_comment(t))
            return false;
        break;
    case '"':
    case '\'':
        read_string(t, token);
        return true;
    case '#':
        if (is_name_byte(peek(t, 1)) || starts_escape(t, 1)) {
            t->at++;
            token->flags |= starts_ident(t, 0) ? BRV_CSS_IS_ID : 0;
            token->kind = BRV_CSS_HASH;
            token->text = read_name(t);
            return true;
        }
        break;
    case '@':
        if (starts_ident(t, 1)) {
            t->at++;
            token->kind = BRV_CSS_AT_KEYWORD;
            token->text = read_name(t);
            return true;
        }
        break;
    case 'u':
    case 'U':
        if (peek(t, 1) == '+' && (is_hex(peek(t, 2)) || peek(t, 2) == '?')) {
            read_unicode_range(t, token);
            return true;
        }
        break;
    default:
        break;
    }
    const bool is_cdc = c == '-' && peek(t, 1) == '-' && peek(t, 2) == '>';
    if (starts_number(t))
        read_number(t, token);
    else if (!is_cdc && starts_ident(t, 0))
        read_ident_like(t, token);
    else if (!read_fixed(t, token))
        read_delim(t, token);
    return true;
}
