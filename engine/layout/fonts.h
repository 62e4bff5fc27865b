// Brevier — the fonts of a process: what the parts of choosing share. Private to them.
// fonts.c opens faces and keeps what is shared, fonts_match.c makes a set of a request,
// fonts_fallback.c finds a face for what no face of the set has.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_FONTS_H
#define BRV_LAYOUT_FONTS_H

#include "layout/font_face.h"
#include "layout/fontset.h"

#include "base/hash.h"

enum brv_genre { BRV_GENRE_SERIF, BRV_GENRE_SANS, BRV_GENRE_MONO };

struct brv_font_set {
    struct brv_candidate **faces;
    size_t count;
    enum brv_genre genre;
    int weight;
    int stretch;
    bool is_italic;
    uint64_t ascii[2]; // characters that the first face has
    const char *han;   // suffix of the CJK family that the language wants
    uint64_t serial;
};

struct brv_fallback; // fonts_fallback.c

struct brv_fonts {
    struct brv_arena *arena;
    struct brv_catalog catalog;
    struct brv_shaper *shaper;
    struct brv_pattern_table *patterns;
    struct brv_worker *worker; // NULL: none
    struct brv_map sets;       // request bytes → set
    struct brv_map declared;   // what sheets declare → brv_declared_fonts
    uint32_t face_count;
    bool told_empty;
    size_t broken_count;
    size_t broken_told;
    struct brv_fallback *fallbacks; // by set and character
    size_t fallback_count;
    size_t fallback_capacity;
};

// Opens the file on first use; NULL when it is broken.
struct brv_face *brv_candidate_open(struct brv_fonts *fonts, struct brv_candidate *candidate);
// Warns of files that turned out to be broken, each once.
void brv_fonts_tell_broken(struct brv_fonts *fonts, struct brv_sink *sink);

// How far a face's style is from the one that the set wants; 0 is the very style.
int brv_font_set_distance(const struct brv_font_set *set, const struct brv_candidate *candidate);

// The installed face that suits best for a character that no face of the set has; NULL: none.
struct brv_candidate *brv_fonts_find_fallback(struct brv_fonts *fonts,
                                              const struct brv_font_set *set, uint32_t codepoint);
// The one that suits best for a key of the character; NULL: none sets it.
struct brv_candidate *brv_fonts_find_key(struct brv_fonts *fonts, const struct brv_font_set *set,
                                         uint32_t base);

#endif
