// Brevier — digests: SHA-256 as hexadecimal text.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_DIGEST_H
#define BRV_APP_BATCH_DIGEST_H

#include "base/arena.h"

#include <nettle/sha2.h>

enum { BRV_DIGEST_BYTES = SHA256_DIGEST_SIZE, BRV_DIGEST_LENGTH = 2 * BRV_DIGEST_BYTES };

// Several texts as one: each goes in with its length, so that no two lists are the same bytes.
struct brv_digest {
    struct sha256_ctx state;
};
void brv_digest_start(struct brv_digest *digest);
void brv_digest_add(struct brv_digest *digest, brv_str text);
// A piece of one text; the result is that of brv_digest_of().
void brv_digest_piece(struct brv_digest *digest, brv_str bytes);
brv_str brv_digest_end(struct brv_digest *digest, struct brv_arena *arena);
// The same as it is, to be a part of another.
struct brv_raw_digest {
    uint8_t bytes[BRV_DIGEST_BYTES];
};
struct brv_raw_digest brv_digest_end_raw(struct brv_digest *digest);

// Of one text, as sha256sum would print it.
brv_str brv_digest_of(struct brv_arena *arena, brv_str bytes);
// Its first 64 bits as a number.
uint64_t brv_digest_number(brv_str digest);

#endif
