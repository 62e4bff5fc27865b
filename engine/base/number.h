// Brevier — numbers as text, the same in every locale.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_NUMBER_H
#define BRV_BASE_NUMBER_H

#include <stddef.h>

enum { BRV_NUMBER_BYTES = 32 }; // enough for any result of brv_number_format

// Writes `value` with at most `decimals` (0 to 6) digits after the point, rounded half away from
// zero by its exact binary value; trailing zeros and "-0" are dropped, there is never an exponent.
// NaN is "0"; what exceeds 64 bits is clamped to them. Returns the length; not NUL-terminated.
size_t brv_number_format(double value, int decimals, char out[BRV_NUMBER_BYTES]);

#endif
