#!/bin/sh
# The JSON form of a sample renders to the same bytes as the sample itself.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

for file in $(samples); do
    name=$(basename "${file%.*}")
    expect_status 0 "$BREVIER" inspect "$file" --stage document --json >"$SCRATCH_DIR/$name.json"
    for format in pdf docx txt; do
        expect_status 0 "$BREVIER" render "$file" -o "$SCRATCH_DIR/$name-text.$format"
        expect_status 0 "$BREVIER" render "$SCRATCH_DIR/$name.json" --asset-root samples -o "$SCRATCH_DIR/$name-json.$format"
        cmp "$SCRATCH_DIR/$name-text.$format" "$SCRATCH_DIR/$name-json.$format" || fail "$name.$format differs"
    done
done
