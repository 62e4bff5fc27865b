// Brevier — compression: one compressor for all streams of a PDF or parts of a Word package.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DEFLATE_H
#define BRV_OUTPUT_DEFLATE_H

#include "base/buf.h"

struct brv_deflater; // opaque

// PDF wants the zlib format (RFC 1950), a zip entry the bare one (RFC 1951).
enum brv_deflate_format { BRV_DEFLATE_ZLIB, BRV_DEFLATE_RAW };

struct brv_deflater *brv_deflater_new(enum brv_deflate_format format);
void brv_deflater_free(struct brv_deflater *deflater); // accepts NULL

// Appends `bytes` compressed to `out`.
void brv_deflate(struct brv_deflater *deflater, brv_str bytes, struct brv_buf *out);
// The checksum of a zip entry (CRC-32).
uint32_t brv_crc32(brv_str bytes);

#endif
