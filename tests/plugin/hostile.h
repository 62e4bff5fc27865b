// Brevier — the corpus of hostile plugins.
// A chapter says where its attacks stand in a plugin and what each of them may cost at most; an
// attack is the rest of the source. What the corpus has to cover is listed in hostile.c.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_PLUGIN_HOSTILE_H
#define BRV_TESTS_PLUGIN_HOSTILE_H

#include <stddef.h>

struct attack {
    const char *name;
    const char *body;    // "{{1000:text}}" stands for a thousand times the text
    const char *message; // part of the error
};

enum attack_cost {
    COSTS_ITS_SECTION, // which shows its own content behind a notice
    COSTS_ITS_PAGES,   // what the plugin would have added or changed is not there
    COSTS_THE_PLUGIN,  // it is refused before any document is rendered
};

struct attack_chapter {
    const struct attack *attacks;
    size_t count;
    enum attack_cost cost;
    const char *file;   // that the attack is in; NULL: probe.lua
    int copies;         // of that file, beside it
    const char *before; // in that file; NULL: the body of render
    const char *after;
};

extern const struct attack_chapter attacks_on_lua;
extern const struct attack_chapter attacks_on_brevier;
extern const struct attack_chapter attacks_on_prices;
extern const struct attack_chapter attacks_in_drawings;
extern const struct attack_chapter attacks_in_match;
extern const struct attack_chapter attacks_in_modules;
extern const struct attack_chapter attacks_on_transforms;
extern const struct attack_chapter attacks_on_elements;
extern const struct attack_chapter attacks_on_covers;
extern const struct attack_chapter attacks_on_appendices;
extern const struct attack_chapter attacks_on_loading;
extern const struct attack_chapter attacks_on_manifests;
extern const struct attack_chapter attacks_of_many_files;
// Work that gas prices low: only the clock stops it.
extern const struct attack_chapter attacks_on_the_clock;
extern const struct attack_chapter attacks_on_the_compiler;

// All of them.
extern const struct attack_chapter *const attack_chapters[];
extern const size_t attack_chapter_count;

struct brv_arena;

// Writes the attack's plugin "probe" into the folder "<scratch>/<folder>", made anew. It is for
// documents of kind "incident", and for their section "probe".
void attack_write(const char *folder, const struct attack_chapter *chapter, const char *body);

// Whether only the clock can stop it.
int attack_is_on_the_clock(const struct attack_chapter *chapter);

#endif
