// Brevier — the one thing PDF must know about a CFF font: which CID names a glyph.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_PDF_CFF_H
#define BRV_OUTPUT_PDF_CFF_H

#include "base/arena.h"

#include <stdint.h>

// The CIDs of the glyphs of a CFF table, by glyph id, in the arena; NULL when the font is not
// CID-keyed or damaged: then a glyph's CID is its glyph id.
const uint16_t *brv_pdf_cff_cids(struct brv_arena *arena, brv_str table, size_t glyph_count);

#endif
