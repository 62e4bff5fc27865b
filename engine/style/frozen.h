// Brevier — frozen sheets: what reading a shipped stylesheet comes to, worked out by the build.
//
// Most runs read the built-in sheet and one more, which never change: four hundred lines of CSS, a
// quarter of what a small document costs. So the build reads them, and the memory of the finished
// set becomes part of the program. A start copies it, and turns offsets into pointers:
//
//     the program:  [ the set, rules, selectors, declarations, tokens, texts … ]  + a bit for
//                       └──── 24816 ──────────────────────►                         each pointer
//
// Nobody wrote down where the pointers are. The build reads each sheet twice, into memory at two
// places: what differs by the distance of the places is a pointer, what is the same is none, and
// should there be anything else, the sheet is not frozen, and says so. A new field in whatever
// structure of the set takes part without a line of its own.
//
// The memory is copied only for the same text in the same place: a first sheet of a set, or what
// that imports before all else, byte for byte as the build saw it. Rules may be read on top of it
// as if it had been read itself. All else is read. The program and what is frozen in it are built
// together, so neither can be older than the other.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_FROZEN_H
#define BRV_STYLE_FROZEN_H

#include "style/sheet.h"

struct brv_frozen_sheet {
    const uint64_t *words;    // the memory, the set first; pointers are offsets in it
    const uint64_t *pointers; // a bit for each word, the first the lowest
    size_t word_count;
    size_t text_at; // where in it the text of the file is: none is behind the built-in sheet
    size_t text_length;
};

struct brv_frozen_sheets {
    const struct brv_frozen_sheet *items;
    size_t count;
};

// What the build has frozen, the built-in sheet alone among it; nothing where it could not run what
// it builds, or its compiler leaves padding as it was.
extern const struct brv_frozen_sheets brv_frozen_shipped;

// Freezes the built-in sheet with a text after it, or, without a text, alone. Lives in `arena`.
// False when it cannot be: *fault tells why.
bool brv_sheets_freeze(struct brv_arena *arena, brv_str text, struct brv_frozen_sheet *frozen,
                       brv_str *fault) BRV_WARN_UNUSED;

#endif
