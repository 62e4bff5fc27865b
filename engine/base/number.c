// Brevier — numbers as text.
// SPDX-License-Identifier: MIT
#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const uint32_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

// fraction × scale, rounded half up. The product is not exact, so a tie is decided by its error.
static uint64_t fraction_scaled(double fraction, uint32_t scale)
{
    double product = fraction * scale;
    double error = fma(fraction, scale, -product);
    uint64_t whole = (uint64_t)product;
    double rest = product - (double)whole;
    return whole + (rest > 0.5 || (rest == 0.5 && error >= 0));
}

size_t brv_number_format(double value, int decimals, char out[BRV_NUMBER_BYTES])
{
    assert(decimals >= 0 && decimals < (int)(sizeof powers / sizeof powers[0]));
    bool negative = value < 0;
    double size = negative ? -value : value;
    if (!(size < 9223372036854775808.0)) // 2^63; also true of NaN
        size = size > 0 ? 9223372036854774784.0 : 0;
    uint64_t whole = (uint64_t)size;
    uint64_t fraction = fraction_scaled(size - (double)whole, powers[decimals]);
    if (fraction == powers[decimals]) {
        whole++;
        fraction = 0;
    }

    // Digits come out last first.
    char reversed[BRV_NUMBER_BYTES];
    size_t len = 0;
    if (fraction) {
        for (; fraction % 10 == 0; decimals--)
            fraction /= 10;
        for (; decimals > 0; decimals--, fraction /= 10)
            reversed[len++] = (char)('0' + fraction % 10);
        reversed[len++] = '.';
    }
    bool zero = whole == 0 && len == 0;
    do
        reversed[len++] = (char)('0' + whole % 10);
    while (whole /= 10);
    if (negative && !zero)
        reversed[len++] = '-';
    for (size_t i = 0; i < len; i++)
        out[i] = reversed[len - 1 - i];
    return len;
}
