// Brevier — hyphenation patterns. Private to the room.
// They come from the pattern files of Debian's hyphen-* packages, one a language, read once per
// process and only when a paragraph asks. What is found lives as long as the table.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_PATTERNS_H
#define BRV_LAYOUT_PATTERNS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/worker.h"

#include <stdbool.h>
#include <stdint.h>

enum { BRV_WORD_LETTERS = 63 }; // longer ones are not hyphenated

struct brv_pattern_table; // all languages met
struct brv_patterns;      // of one

struct brv_pattern_table *brv_pattern_table_new(struct brv_arena *arena);

// The patterns for a language tag ("en-GB"), those of another region when its own has none; NULL
// when the language has none installed.
const struct brv_patterns *brv_patterns_find(struct brv_pattern_table *table, brv_str lang);

// Has the worker read the patterns for a language, for brv_patterns_find() to find.
void brv_patterns_read_ahead(struct brv_pattern_table *table, struct brv_worker *worker,
                             brv_str lang);

// The files of all languages, one a line.
void brv_patterns_files(struct brv_arena *arena, struct brv_buf *out);

// Reads the bytes of a pattern file; NULL when it names no character set that is known. `file`
// must live as long as the result.
const struct brv_patterns *brv_patterns_read(struct brv_arena *arena, brv_str file);

// Where a word may part: parts[k] is set when a line may end before its k-th letter (0 < k < n).
// `letters` are in lower case. True when there is such a place.
bool brv_patterns_apply(const struct brv_patterns *patterns, const uint32_t *letters, size_t n,
                        bool parts[BRV_WORD_LETTERS + 1]);

#endif
