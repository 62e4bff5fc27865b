#!/bin/sh
# Archives: every source, faults of every kind, resumption, shards. See batch.py and batch_hostile.py.
# BREVIER_KILLS=200 makes the long form of the kill test.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
for tests in batch batch_hostile; do
    "$python" "$SOURCE_DIR/tests/acceptance/$tests.py" "$BREVIER" "$SOURCE_DIR" "$SCRATCH_DIR" "${BREVIER_KILLS:-8}"
done
