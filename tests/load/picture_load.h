// Brevier — pictures made for tests, loaded.
// SPDX-License-Identifier: MIT
#ifndef BRV_TESTS_LOAD_PICTURE_LOAD_H
#define BRV_TESTS_LOAD_PICTURE_LOAD_H

#include "base/buf.h"
#include "load/image.h"

struct fixture;

// NULL with just one error in the fixture's sink.
const struct brv_image *picture_load(struct fixture *fixture, const struct brv_buf *bytes);
// It is refused, with these words.
void picture_check_refused(struct fixture *fixture, const struct brv_buf *bytes, const char *want);

#endif
