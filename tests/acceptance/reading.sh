#!/bin/sh
# Every sample under every shipped sheet reads as it was written: by the tags of the PDF, and in the
# order of its content, which is what is copied.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

for sheet in stylesheets/*.css; do
    name=$(basename "$sheet" .css)
    # shellcheck disable=SC2046 # no blanks in our names
    expect_status 0 "$BREVIER" render $(samples) -t pdf -s "$name" -o "$SCRATCH_DIR/$name/"
done
bad=0
for sample in $(samples); do
    stem=$(basename "$sample" | sed 's/\.[a-z]*$//')
    "$python" tests/acceptance/reading.py "$sample" "$SCRATCH_DIR"/*/"$stem.pdf" || bad=1
done
[ "$bad" -eq 0 ] || fail "a PDF does not read as its source"

# Leaders are seen and not copied.
expect_status 0 "$BREVIER" render samples/research.md --toc -o "$SCRATCH_DIR/contents.pdf"
pdftotext "$SCRATCH_DIR/contents.pdf" "$SCRATCH_DIR/contents"
pdftotext -raw "$SCRATCH_DIR/contents.pdf" "$SCRATCH_DIR/contents-raw"
grep -q -F "...." "$SCRATCH_DIR/contents" "$SCRATCH_DIR/contents-raw" && fail "leaders are copied"
grep -q -x "Method 1" "$SCRATCH_DIR/contents-raw" || fail "an entry of the contents and its page are apart"
