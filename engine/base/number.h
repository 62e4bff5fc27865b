// Brevier — numbers as text, the same in every locale.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_NUMBER_H
#define BRV_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BRV_NUMBER_BYTES = 32 };  // enough for any result of brv_number_format
enum { BRV_INTEGER_BYTES = 20 }; // the same for 64 bits and a sign

// Writes a whole number as it ends before `end`; gives where it begins.
static inline char *brv_number_digits(char *end, bool is_negative, uint64_t magnitude)
{
    do
        *--end = (char)('0' + magnitude % 10);
    while (magnitude /= 10);
    if (is_negative)
        *--end = '-';
    return end;
}

// The magnitude of a number as unsigned: the least one has no positive twin.
static inline uint64_t brv_number_magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

// Writes `value` with at most `decimals` (0 to 6) digits after the point, rounded half away from
// zero by its exact binary value; trailing zeros and "-0" are dropped, there is never an exponent.
// NaN is "0"; what exceeds 64 bits is clamped to them. Returns the length; not NUL-terminated.
size_t brv_number_format(double value, int decimals, char out[BRV_NUMBER_BYTES]);

#endif
