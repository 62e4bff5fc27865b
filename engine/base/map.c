// Brevier — the string-keyed map.
//
// Keys come from documents, and a hash table without a secret seed (which would break "same input,
// same bytes") can be driven into quadratic time by chosen keys. So this is no hash table but a
// crit-bit tree: each fork names the first bit in which the keys of its two sides differ.
//
//     root ─► fork 2: bit 5 of byte 0          a look-up tests one bit per fork and compares the
//             ├─ 0: fork 1: bit 7 of byte 3    key once, at the leaf; a path is never longer than
//             │     ├─ 0: leaf 0 "date"        the bits of its key, whatever the keys are
//             │     └─ 1: leaf 1 "datf"
//             └─ 1: leaf 2 "tags"
//
// Slot i holds leaf i and fork i: every key but the first adds one of each. A link is a slot's
// index, odd for a leaf. Slot 0 needs no fork; its `side[0]` is the root.
// A byte is read as nine bits, the first of which says that it exists: so "a" and "a\0" differ.
// SPDX-License-Identifier: MIT
#include "base/hash.h"

#include "base/arena.h"

struct brv_map_slot {
    brv_str key;
    void *value;
    size_t byte;    // the fork's bit: which byte …
    unsigned mask;  // … and which of its nine bits
    size_t side[2]; // links for a 0 and a 1 there
};

static size_t link_to_leaf(size_t slot)
{
    return slot * 2 + 1;
}

static bool link_is_leaf(size_t link)
{
    return link % 2 == 1;
}

static unsigned key_byte(brv_str key, size_t at)
{
    return at < key.len ? 0x100u | (unsigned char)key.ptr[at] : 0;
}

static size_t fork_side(const struct brv_map_slot *fork, brv_str key)
{
    return (key_byte(key, fork->byte) & fork->mask) != 0;
}

// The one leaf that can hold the key.
static struct brv_map_slot *leaf_near(const struct brv_map *map, brv_str key)
{
    size_t link = map->slots[0].side[0];
    while (!link_is_leaf(link)) {
        const struct brv_map_slot *fork = &map->slots[link / 2];
        link = fork->side[fork_side(fork, key)];
    }
    return &map->slots[link / 2];
}

// The first byte in which two keys that are not equal differ: eight at a time where they are alike.
static size_t common_bytes(brv_str a, brv_str b)
{
    const size_t least = a.len < b.len ? a.len : b.len;
    size_t at = 0;
    while (at + 8 <= least && memcmp(a.ptr + at, b.ptr + at, 8) == 0)
        at += 8;
    while (key_byte(a, at) == key_byte(b, at))
        at++;
    return at;
}

static unsigned highest_bit(unsigned bits)
{
    unsigned mask = 0x100;
    while (!(bits & mask))
        mask >>= 1;
    return mask;
}

void **brv_map_at(struct brv_map *map, brv_str key)
{
    struct brv_map_slot *near = map->count ? leaf_near(map, key) : NULL;
    if (near && brv_str_equal(near->key, key))
        return &near->value;

    size_t byte = 0;
    unsigned mask = 0;
    if (near) {
        byte = common_bytes(key, near->key);
        mask = highest_bit(key_byte(key, byte) ^ key_byte(near->key, byte));
    }
    map->slots =
        brv_arena_grow(map->arena, map->slots, &map->capacity, map->count + 1, sizeof *map->slots);
    size_t index = map->count++;
    struct brv_map_slot *slot = &map->slots[index];
    *slot = (struct brv_map_slot){ .key = key, .byte = byte, .mask = mask };
    if (index == 0) {
        slot->side[0] = link_to_leaf(0);
        return &slot->value;
    }

    // Forks are ordered along a path by their bit: the new one goes before the first later one.
    size_t *link = &map->slots[0].side[0];
    while (!link_is_leaf(*link)) {
        struct brv_map_slot *fork = &map->slots[*link / 2];
        if (fork->byte > byte || (fork->byte == byte && fork->mask < mask))
            break;
        link = &fork->side[fork_side(fork, key)];
    }
    size_t side = fork_side(slot, key);
    slot->side[side] = link_to_leaf(index);
    slot->side[!side] = *link;
    *link = index * 2;
    return &slot->value;
}

void *brv_map_find(const struct brv_map *map, brv_str key)
{
    const struct brv_map_slot *near = map->count ? leaf_near(map, key) : NULL;
    return near && brv_str_equal(near->key, key) ? near->value : NULL;
}
