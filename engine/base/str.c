// Brevier — text slices.
// SPDX-License-Identifier: MIT
#include "base/str.h"

#include <stdint.h>

bool brv_str_equal_nocase(brv_str a, brv_str b)
{
    if (a.len != b.len)
        return false;
    if (brv_str_equal(a, b)) // as most names are written
        return true;
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i] && brv_to_lower(a.ptr[i]) != brv_to_lower(b.ptr[i]))
            return false;
    return true;
}

bool brv_str_starts_with(brv_str s, brv_str prefix)
{
    return s.len >= prefix.len && brv_str_equal(brv_str_slice(s, 0, prefix.len), prefix);
}

bool brv_str_ends_with(brv_str s, brv_str suffix)
{
    return s.len >= suffix.len &&
           brv_str_equal(brv_str_slice(s, s.len - suffix.len, s.len), suffix);
}

int brv_str_compare(brv_str a, brv_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    if (order == 0)
        order = (a.len > b.len) - (a.len < b.len);
    return order;
}

size_t brv_str_find_byte(brv_str s, size_t from, char byte)
{
    if (from >= s.len)
        return s.len;
    const char *found = memchr(s.ptr + from, byte, s.len - from);
    return found ? (size_t)(found - s.ptr) : s.len;
}

size_t brv_str_find(brv_str s, size_t from, brv_str needle)
{
    if (from > s.len)
        return s.len;
    if (needle.len == 0)
        return from;
    if (from == s.len)
        return s.len;
    // memmem searches in linear time, which a hand-written double loop would not.
    const char *found = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return found ? (size_t)(found - s.ptr) : s.len;
}

brv_str brv_str_trim(brv_str s)
{
    while (s.len && brv_is_space(s.ptr[s.len - 1]))
        s.len--;
    while (s.len && brv_is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    return s;
}

bool brv_str_next_word(brv_str *rest, brv_str *word)
{
    size_t start = 0;
    while (start < rest->len && brv_is_space(rest->ptr[start]))
        start++;
    size_t end = start;
    while (end < rest->len && !brv_is_space(rest->ptr[end]))
        end++;
    if (rest->len == 0)
        return false;
    *word = brv_str_slice(*rest, start, end);
    *rest = brv_str_slice(*rest, end, rest->len);
    return word->len > 0;
}

brv_str brv_str_next_item(brv_str *rest, char separator)
{
    size_t end = brv_str_find_byte(*rest, 0, separator);
    brv_str item = brv_str_trim(brv_str_slice(*rest, 0, end));
    *rest = brv_str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
    return item;
}

bool brv_str_to_size(brv_str s, size_t *value)
{
    size_t sum = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!brv_is_digit(s.ptr[i]))
            return false;
        if (__builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, (size_t)(s.ptr[i] - '0'), &sum))
            return false;
    }
    *value = sum;
    return s.len > 0;
}
