// Breaks the stack on purpose: model lies below style.
// SPDX-License-Identifier: MIT
#include "style/s.h"
#include "base/b.h"
