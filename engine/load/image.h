// Brevier — pictures: from the bytes of a file to a checked image.
// The format is told by the first bytes, never by the name. What a picture says of itself is
// verified before anybody relies on it: the order, sizes and checksums of its parts, and that its
// compressed pixels are as many as declared. Nothing is kept decoded.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_IMAGE_H
#define BRV_LOAD_IMAGE_H

#include "model/image.h"
#include "model/limits.h"

#include "base/diag.h"

// The image in `bytes`, which it borrows; `source` names it in messages. NULL, with one error at
// `where`, when it is broken, too large or of a format that no output can hold. The id is 0.
struct brv_image *brv_image_load(struct brv_arena *arena, brv_str source, brv_str bytes,
                                 const struct brv_limits *limits, struct brv_span where,
                                 struct brv_sink *sink);

#endif
