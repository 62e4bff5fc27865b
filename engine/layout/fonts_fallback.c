// Brevier — choosing fonts: a face for a character that none of those asked for has.
// Any installed face may do, by a rank that prefers (1) for Han, the language's own forms, (2)
// families made to go together with the set's genre, (3) the same style, (4) the catalogue's order.
// SPDX-License-Identifier: MIT
#include "layout/fonts.h"
#include "layout/shape.h"

struct brv_fallback {
    uint64_t key; // 0: free slot
    struct brv_candidate *candidate;
};

static bool contains(brv_str text, const char *part)
{
    return brv_str_find(text, 0, brv_str_from_cstr(part)) < text.len;
}

static bool is_han_codepoint(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Smaller is better: how well a family suits as a stand-in for the set.
static int family_rank(const struct brv_font_set *set, const struct brv_candidate *candidate,
                       uint32_t codepoint)
{
    brv_str family = candidate->families[0];
    bool is_noto = brv_str_starts_with(family, BRV_S("Noto "));
    bool is_cjk = contains(family, "CJK");
    int rank = is_noto ? 0 : brv_str_starts_with(family, BRV_S("DejaVu")) ? 40 : 60;
    bool is_serif = contains(family, "Serif") || contains(family, "Naskh");
    rank += candidate->is_fixed_pitch == (set->genre == BRV_GENRE_MONO) || is_cjk ? 0 : 16;
    rank += is_serif == (set->genre == BRV_GENRE_SERIF) ? 0 : 8;
    static const char *const odd[] = { "Display", "UI",       "Kufi",    "Rashi",
                                       "Looped",  "Nastaliq", "Unjoined" };
    for (size_t i = 0; i < BRV_COUNT(odd); i++) {
        rank += contains(family, odd[i]) ? 20 : 0;
    }
    if (is_cjk) {
        bool is_mono = contains(family, "Mono");
        rank += brv_str_ends_with(family, brv_str_from_cstr(set->han)) ? 0 : 2;
        rank += is_mono == (set->genre == BRV_GENRE_MONO) ? 0 : 4;
        rank += is_han_codepoint(codepoint) ? 0 : 100; // its Latin and symbols are full width
    }
    return rank + (brv_str_is(family, "Symbola") ? 10 : 0);
}

static struct brv_candidate *search_fallback(struct brv_fonts *fonts,
                                             const struct brv_font_set *set, uint32_t codepoint)
{
    for (;;) {
        struct brv_candidate *best = NULL;
        int best_rank = 0;
        int best_distance = 0;
        for (size_t i = 0; i < fonts->catalog.count; i++) {
            struct brv_candidate *candidate = &fonts->catalog.items[i];
            if (candidate->is_broken || !brv_candidate_has(candidate, codepoint)) {
                continue;
            }
            int rank = family_rank(set, candidate, codepoint);
            int distance = brv_font_set_distance(set, candidate);
            if (!best || rank < best_rank || (rank == best_rank && distance < best_distance)) {
                best = candidate;
                best_rank = rank;
                best_distance = distance;
            }
        }
        if (!best || brv_candidate_open(fonts, best)) {
            return best;
        }
    }
}

// A face in which a key is more than the character and a frame beside it. Few have the frame at
// all.
static struct brv_candidate *search_key(struct brv_fonts *fonts, const struct brv_font_set *set,
                                        uint32_t base)
{
    struct brv_candidate *best = NULL;
    int best_rank = 0;
    int best_distance = 0;
    for (size_t i = 0; i < fonts->catalog.count; i++) {
        struct brv_candidate *candidate = &fonts->catalog.items[i];
        if (candidate->is_broken || !brv_candidate_has(candidate, BRV_KEYCAP) ||
            !brv_candidate_has(candidate, base)) {
            continue;
        }
        int rank = family_rank(set, candidate, BRV_KEYCAP);
        int distance = brv_font_set_distance(set, candidate);
        bool is_better =
            !best || rank < best_rank || (rank == best_rank && distance < best_distance);
        if (is_better && brv_candidate_open(fonts, candidate) &&
            brv_face_frames_key(candidate->face, base)) {
            best = candidate;
            best_rank = rank;
            best_distance = distance;
        }
    }
    return best;
}

static struct brv_fallback *fallback_slot(struct brv_fallback *slots, size_t capacity, uint64_t key)
{
    size_t at = (size_t)brv_hash(&key, sizeof key, 0) & (capacity - 1);
    while (slots[at].key != 0 && slots[at].key != key) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

// What was found before under a key, or a free slot.
static struct brv_fallback *remembered(struct brv_fonts *fonts, const struct brv_font_set *set,
                                       uint32_t name)
{
    if ((fonts->fallback_count + 1) * 2 > fonts->fallback_capacity) {
        size_t capacity = fonts->fallback_capacity ? fonts->fallback_capacity * 2 : 256;
        struct brv_fallback *slots = BRV_NEW_ARRAY(fonts->arena, struct brv_fallback, capacity);
        for (size_t i = 0; i < fonts->fallback_capacity; i++) {
            if (fonts->fallbacks[i].key != 0) {
                *fallback_slot(slots, capacity, fonts->fallbacks[i].key) = fonts->fallbacks[i];
            }
        }
        fonts->fallbacks = slots;
        fonts->fallback_capacity = capacity;
    }
    return fallback_slot(fonts->fallbacks, fonts->fallback_capacity, set->serial << 32 | name);
}

static struct brv_candidate *remember(struct brv_fonts *fonts, struct brv_fallback *slot,
                                      const struct brv_font_set *set, uint32_t name,
                                      struct brv_candidate *found)
{
    *slot = (struct brv_fallback){ set->serial << 32 | name, found };
    fonts->fallback_count++;
    return found;
}

struct brv_candidate *brv_fonts_find_fallback(struct brv_fonts *fonts,
                                              const struct brv_font_set *set, uint32_t codepoint)
{
    struct brv_fallback *slot = remembered(fonts, set, codepoint);
    return slot->key != 0
               ? slot->candidate
               : remember(fonts, slot, set, codepoint, search_fallback(fonts, set, codepoint));
}

struct brv_candidate *brv_fonts_find_key(struct brv_fonts *fonts, const struct brv_font_set *set,
                                         uint32_t base)
{
    const uint32_t name = base | UINT32_C(1) << 31; // which no character has
    struct brv_fallback *slot = remembered(fonts, set, name);
    return slot->key != 0 ? slot->candidate
                          : remember(fonts, slot, set, name, search_key(fonts, set, base));
}
