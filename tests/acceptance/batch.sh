#!/bin/sh
# Archives: every source, resumption, shards, the kill test. See batch.py; batch_hostile.sh has the surroundings.
# BREVIER_KILLS=200 makes the long form of the kill test.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"
tests=${1:-batch}
PYTHONDONTWRITEBYTECODE=1 "$python" "$SOURCE_DIR/tests/acceptance/$tests.py" "$BREVIER" "$SOURCE_DIR" "$SCRATCH_DIR" \
    "${BREVIER_KILLS:-8}"
