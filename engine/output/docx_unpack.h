// Brevier — reading the parts of somebody's Word package.
// Limits hold before anything is inflated: the number of entries, the size of each and of all, and
// how much an entry may grow.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_UNPACK_H
#define BRV_OUTPUT_DOCX_UNPACK_H

#include "base/arena.h"

struct docx_archive; // opaque; lives in an arena

// NULL, with *why set, for what is no archive or holds too much. `bytes` must outlive it.
struct docx_archive *brv_docx_archive_open(struct brv_arena *arena, brv_str bytes,
                                           const char **why);
// The content of an entry; empty when there is none, or with *why set when it cannot be read.
brv_str brv_docx_archive_part(struct docx_archive *archive, brv_str name, const char **why);

#endif
