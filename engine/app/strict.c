// Brevier — strict mode.
// SPDX-License-Identifier: MIT
#include "app/strict.h"

void brv_strict_promote(struct brv_sink *sink)
{
    for (struct brv_diag *diag = sink->first; diag; diag = diag->next) {
        if (diag->severity != BRV_WARNING || diag->code != BRV_CODE_STYLE)
            continue;
        diag->severity = BRV_ERROR;
        sink->counts[BRV_WARNING]--;
        sink->counts[BRV_ERROR]++;
    }
}
