// Brevier — text slices.
// A brv_str is a view: it owns nothing and is not NUL-terminated. What it points to must outlive
// it; usually that is a source text or an arena. Pass it by value.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_STR_H
#define BRV_BASE_STR_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct brv_str {
    const char *ptr; // UTF-8, may be NULL only when len is 0
    size_t len;      // bytes
} brv_str;

// For printf: printf("%" BRV_STR_F, BRV_STR_ARG(s)).
#define BRV_STR_F ".*s"
#define BRV_STR_ARG(s) (int)(s).len, (s).len ? (s).ptr : ""

// A slice of a string literal (usable as an expression), and the same as a constant initialiser.
#define BRV_S(literal) ((brv_str){ "" literal, sizeof(literal) - 1 })
#define BRV_S_INIT(literal)                                                                        \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }

static inline brv_str brv_str_from_cstr(const char *text)
{
    return (brv_str){ text, text ? strlen(text) : 0 };
}

static inline brv_str brv_str_slice(brv_str s, size_t from, size_t to)
{
    assert(from <= to && to <= s.len && (s.ptr || s.len == 0));
    return (brv_str){ s.ptr ? s.ptr + from : s.ptr, to - from }; // NULL + 0 is undefined in C
}

// From `at` to the end; empty when that is beyond it.
static inline brv_str brv_str_from(brv_str s, size_t at)
{
    return brv_str_slice(s, at < s.len ? at : s.len, s.len);
}

static inline bool brv_str_equal(brv_str a, brv_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool brv_str_is(brv_str s, const char *text)
{
    return brv_str_equal(s, brv_str_from_cstr(text));
}

// ASCII case-insensitive equality, as CSS keywords and URL schemes need it.
bool brv_str_equal_nocase(brv_str a, brv_str b);

// The first bytes tell most apart: letters of the two cases differ in one bit.
static inline bool brv_str_is_nocase(brv_str s, const char *text)
{
    if (s.len > 0 && (s.ptr[0] ^ text[0]) & ~('a' ^ 'A'))
        return false;
    return brv_str_equal_nocase(s, brv_str_from_cstr(text));
}

bool brv_str_starts_with(brv_str s, brv_str prefix);
bool brv_str_ends_with(brv_str s, brv_str suffix);

// Byte order (memcmp), shorter first on a tie: the one order every sorted list of the program uses.
int brv_str_compare(brv_str a, brv_str b);

// Index of the first `byte` at or after `from`, or s.len when there is none.
size_t brv_str_find_byte(brv_str s, size_t from, char byte);
// Index of the first `needle` at or after `from`, or s.len when there is none.
size_t brv_str_find(brv_str s, size_t from, brv_str needle);

// Without ASCII white space (space, tab, LF, CR, FF) at both ends.
brv_str brv_str_trim(brv_str s);

// Cuts the first white-space separated word off `*rest`; false when none is left.
bool brv_str_next_word(brv_str *rest, brv_str *word);
// Cuts what stands before the next separator off `*rest`, and that with it; without white space.
brv_str brv_str_next_item(brv_str *rest, char separator);

// Decimal digits only, no sign, no overflow: false otherwise.
bool brv_str_to_size(brv_str s, size_t *value);

static inline bool brv_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static inline bool brv_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool brv_is_hex_digit(char c)
{
    return brv_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// A digit or a letter of ASCII.
static inline bool brv_is_alnum(char c)
{
    return brv_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// One of the characters of `list`.
static inline bool brv_is_one_of(char c, const char *list)
{
    return c != '\0' && strchr(list, c) != NULL;
}

static inline char brv_to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

#endif
