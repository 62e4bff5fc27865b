// Brevier — a resolved font request. Private to the room.
// A request is resolved once and then asked for each character, so the hot path compares no names.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_FONTSET_H
#define BRV_LAYOUT_FONTSET_H

#include "layout/font.h"

struct brv_font_set; // lives as long as the fonts
struct brv_shaper;
struct brv_patterns;

const struct brv_font_set *brv_fonts_resolve(struct brv_fonts *fonts,
                                             const struct brv_font_request *request,
                                             struct brv_sink *sink);
// NULL when no font is installed.
const struct brv_face *brv_font_set_primary(const struct brv_font_set *set);
// The face for a character, NULL when no installed face has it.
const struct brv_face *brv_font_set_face(struct brv_fonts *fonts, const struct brv_font_set *set,
                                         uint32_t codepoint);
// The face for the character within the frame of a key (U+20E3), NULL when none sets it.
const struct brv_face *brv_font_set_key_face(struct brv_fonts *fonts,
                                             const struct brv_font_set *set, uint32_t base);

// The process's cache of shaped words (shape.h).
struct brv_shaper *brv_fonts_shaper(struct brv_fonts *fonts);

// The process's hyphenation patterns for a language (patterns.h), NULL when none are installed.
const struct brv_patterns *brv_fonts_patterns(struct brv_fonts *fonts, brv_str lang);
// Has the worker read them now.
void brv_fonts_read_patterns(struct brv_fonts *fonts, brv_str lang);

// Who makes ready what layout will soon ask for; NULL: nobody.
struct brv_worker *brv_fonts_worker(struct brv_fonts *fonts);

#endif
