// Brevier — the date that outputs carry: never the clock's.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_DATE_H
#define BRV_APP_DATE_H

#include "base/str.h"

#include <stdbool.h>

// Seconds since 1970 UTC of "2025-12-19", "2025-12-19T08:30", "2025-12-19T08:30:00Z" or with an
// offset "+01:00"; false for anything else.
bool brv_date_parse(brv_str text, long long *seconds);

// The first of: `given` (from --date), the document's own when it is ISO 8601, SOURCE_DATE_EPOCH.
// Negative when there is none.
long long brv_date_choose(brv_str given, brv_str document);

#endif
