#!/bin/sh
# Every output of every sample, and of the real input beside the checkout, holds all that its source
# says: words in order, headings, links, emphasis.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

files=$(samples)
seed=$shared/seeds/industry-news.txt
if [ -f "$seed" ]; then
    mkdir "$SCRATCH_DIR/seed"
    for format in pdf docx txt; do
        expect_status 0 "$BREVIER" render "$seed" -o "$SCRATCH_DIR/seed/industry-news.$format"
        [ ! -s "$SCRATCH_DIR/stderr" ] || { cat "$SCRATCH_DIR/stderr"; fail "the seed renders with messages"; }
    done
    "$python" tests/acceptance/outputs.py "$seed" "$SCRATCH_DIR/seed" || fail "the seed is not complete"
else
    echo "skipped: ../shared/seeds is absent"
fi
# shellcheck disable=SC2086 # no blanks in our names
render_all "$SCRATCH_DIR/samples" briefing $files
bad=0
for file in $files; do
    "$python" tests/acceptance/outputs.py "$file" "$SCRATCH_DIR/samples" || bad=1
done
[ "$bad" -eq 0 ] || fail "an output lacks something of its source"
