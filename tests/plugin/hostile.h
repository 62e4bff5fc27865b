// Brevier — the corpus of hostile plugins.
// Each attack is the body of a render function. What the corpus has to cover is listed in
// hostile.c.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_PLUGIN_HOSTILE_H
#define BRV_TESTS_PLUGIN_HOSTILE_H

#include <stddef.h>

struct attack {
    const char *name;
    const char *body;
    const char *message; // part of the error
};

struct attack_chapter {
    const struct attack *attacks;
    size_t count;
};

extern const struct attack_chapter attacks_on_lua;
extern const struct attack_chapter attacks_on_brevier;
// Work that gas prices low: only the clock stops it.
extern const struct attack_chapter attacks_on_the_clock;

#endif
