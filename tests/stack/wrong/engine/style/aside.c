// Breaks the stack on purpose: rooms beside each other, and a header without its room.
// SPDX-License-Identifier: MIT
#include "load/l.h"
#include "s.h"
