#!/bin/sh
# Every command, plugin and stylesheet that a guide shows works as shown.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

export SOURCE_DIR
PATH=$(dirname "$BREVIER"):$PATH
for guide in README.md engine/README.md engine/app/batch/README.md plugins/README.md stylesheets/README.md samples/README.md tests/README.md; do
    [ -f "$guide" ] || fail "$guide is missing"
    folder=$SCRATCH_DIR/$(dirname "$guide" | tr / -)
    mkdir -p "$folder"
    cp -r samples "$folder/"
    (cd "$folder" && "$python" "$SOURCE_DIR/tests/acceptance/guides.py" "$SOURCE_DIR/$guide") || fail "$guide"
done
for build in "sh samples/run.sh" "sh tests/run.sh"; do
    grep -q "^$build" .ci/run || fail ".ci/run does not run \"$build\""
done
