// Brevier — modules: what a shared object of ours offers.
// PDF and Word need libraries that cost more to load than a small document costs to render, so each
// lives in a shared object that is opened when it is first asked for (app/modules.c); and so does
// layout, so that pages are begun before the libraries that write them are there. A module has its
// own copy of the rooms below; everything passes through arguments, and nothing is global.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_MODULE_H
#define BRV_OUTPUT_MODULE_H

#include "output/output.h"

// What must be the same in a module and in who opens it: structures cross between them.
#ifdef BRV_ARENA_DEBUG
#define BRV_MODULE_BUILD BRV_VERSION "+arena-debug"
#else
#define BRV_MODULE_BUILD BRV_VERSION
#endif

struct brv_module {
    const char *build;     // BRV_MODULE_BUILD
    brv_render_fn *render; // NULL in a module that is no output
    // In module layout alone. See layout/font.h and layout/pages.h.
    struct brv_fonts *(*fonts_new)(struct brv_arena *arena, brv_str index);
    void (*fonts_help)(struct brv_fonts *fonts, struct brv_worker *worker);
    void (*fonts_write_index)(struct brv_arena *arena, struct brv_buf *out);
    void (*fonts_list)(struct brv_fonts *fonts, struct brv_buf *out);
    void (*fonts_files)(struct brv_fonts *fonts, struct brv_buf *out);
    struct brv_pages *(*lay_out)(struct brv_arena *arena, struct brv_fonts *fonts,
                                 const struct brv_stylesheets *sheets, struct brv_styled *root,
                                 struct brv_sink *sink);
    struct brv_pages *(*count_pages)(struct brv_arena *arena, struct brv_fonts *fonts,
                                     const struct brv_stylesheets *sheets, struct brv_styled *root,
                                     struct brv_sink *sink);
    void (*pages_dump)(const struct brv_pages *pages, struct brv_buf *out);
    const struct brv_zip *zip; // in module zip alone
    // A command of the program whose libraries are as heavy: takes a struct brv_cli, returns the
    // exit status. NULL in a module of an output.
    int (*command)(void *cli);
};

// What is no output: layout, and archives.
#define BRV_MODULE_LAYOUT "layout"
#define BRV_MODULE_ZIP "zip"
// No module: what is opened before zip to stand in for libcrypto (engine/cmake/stand_in.cmake).
#define BRV_MODULE_CRYPTO "crypto"

// The one symbol that a module exports.
#define BRV_MODULE_SYMBOL "brv_module"
extern const struct brv_module brv_module __attribute__((visibility("default")));

#endif
