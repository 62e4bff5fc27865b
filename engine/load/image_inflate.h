// Brevier — inflating a zlib stream to see that it can be. Private to the room.
// Loading needs no more than this: the outputs inflate with zlib, whose shared library would cost
// every run of the program what only documents with pictures need.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_IMAGE_INFLATE_H
#define BRV_LOAD_IMAGE_INFLATE_H

#include "base/str.h"

#include <stdint.h>

// Takes the next bytes, at least one; false stops the work.
typedef bool brv_inflate_take_fn(void *user, const uint8_t *bytes, size_t len);

// Inflates the stream that lies in `count` parts, in 32 KiB of memory. NULL when it was whole,
// checksum included; else what is wrong in words. What follows the stream is passed over.
const char *brv_inflate(const brv_str *parts, size_t count, brv_inflate_take_fn *take, void *user);

#endif
