// Brevier — digests: SHA-256 as hexadecimal text.
// SPDX-License-Identifier: MIT
#include "app/batch/digest.h"

void brv_digest_start(struct brv_digest *digest)
{
    sha256_init(&digest->state);
}

void brv_digest_piece(struct brv_digest *digest, brv_str bytes)
{
    sha256_update(&digest->state, bytes.len, (const uint8_t *)(bytes.len > 0 ? bytes.ptr : ""));
}

void brv_digest_add(struct brv_digest *digest, brv_str text)
{
    uint64_t len = text.len;
    brv_digest_piece(digest, (brv_str){ (const char *)&len, sizeof len });
    brv_digest_piece(digest, text);
}

struct brv_raw_digest brv_digest_end_raw(struct brv_digest *digest)
{
    struct brv_raw_digest raw;
    sha256_digest(&digest->state, sizeof raw.bytes, raw.bytes);
    return raw;
}

brv_str brv_digest_end(struct brv_digest *digest, struct brv_arena *arena)
{
    static const char digits[] = "0123456789abcdef";
    struct brv_raw_digest raw = brv_digest_end_raw(digest);
    char *hex = brv_arena_alloc(arena, BRV_DIGEST_LENGTH);
    for (size_t i = 0; i < sizeof raw.bytes; i++) {
        hex[2 * i] = digits[raw.bytes[i] >> 4];
        hex[2 * i + 1] = digits[raw.bytes[i] & 15];
    }
    return (brv_str){ hex, BRV_DIGEST_LENGTH };
}

brv_str brv_digest_of(struct brv_arena *arena, brv_str bytes)
{
    struct brv_digest digest;
    brv_digest_start(&digest);
    brv_digest_piece(&digest, bytes);
    return brv_digest_end(&digest, arena);
}

uint64_t brv_digest_number(brv_str digest)
{
    uint64_t number = 0;
    for (size_t i = 0; i < 16; i++) {
        char c = digest.ptr[i];
        number = number << 4 | (uint64_t)(brv_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return number;
}
