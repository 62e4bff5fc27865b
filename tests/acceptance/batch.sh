#!/bin/sh
# Archives: every source, faults of every kind, resumption, shards. See batch.py.
# BREVIER_KILLS=200 makes the long form of the kill test.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"
"$python" "$SOURCE_DIR/tests/acceptance/batch.py" "$BREVIER" "$SOURCE_DIR" "$SCRATCH_DIR" "${BREVIER_KILLS:-8}"
