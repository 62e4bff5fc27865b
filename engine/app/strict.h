// Brevier — strict mode: what is a warning otherwise and an error here.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_STRICT_H
#define BRV_APP_STRICT_H

#include "base/diag.h"

// Turns the warnings about stylesheets in the sink into errors.
void brv_strict_promote(struct brv_sink *sink);

#endif
