// Breaks the stack on purpose: a library of another room.
// SPDX-License-Identifier: MIT
#include <zip.h>
#include <stdio.h>
