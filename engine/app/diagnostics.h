// Brevier — how a run's messages are printed.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_DIAGNOSTICS_H
#define BRV_APP_DIAGNOSTICS_H

#include "base/buf.h"
#include "base/diag.h"

// All messages of a sink in the order of their reports. A message without a place takes one line,
// its hint included.
void brv_diagnostics_text(const struct brv_sink *sink, struct brv_buf *out);
// One JSON object a line.
void brv_diagnostics_json(const struct brv_sink *sink, struct brv_buf *out);

#endif
