// Brevier — printf, for who calls it ten thousand times for a document.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_FORMAT_H
#define BRV_BASE_FORMAT_H

#include "base/macros.h"

#include <stdarg.h>
#include <stddef.h>

// What vsnprintf() does, and gives: how long the whole text is, of which at most `room` bytes with
// their NUL were written. `args` is used up.
size_t brv_format(char *out, size_t room, const char *format, va_list args) BRV_PRINTF(3, 0);

#endif
