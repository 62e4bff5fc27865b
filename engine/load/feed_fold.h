// Brevier — feeds: when two names are one to a file system.
// SPDX-License-Identifier: MIT
#ifndef BRV_LOAD_FEED_FOLD_H
#define BRV_LOAD_FEED_FOLD_H

#include "base/buf.h"

// Appends a name, valid UTF-8, as file systems compare it that keep what was written but do not
// tell all of it apart: "É" is "é" is an "e" with an accent of its own, "ß" is "ss", and what is
// never seen does not count. Two names whose forms are equal may be one file there.
void brv_feed_fold(struct brv_buf *out, brv_str name);

// Whether a name's form is `form`, which is of small ASCII letters.
bool brv_feed_folds_to(brv_str name, const char *form);

#endif
