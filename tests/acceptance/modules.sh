#!/bin/sh
# Modules have a copy of the style room of their own: what the cascade does there (margin boxes, with
# shorthands and variables) comes out as it would in the program.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

sheet=$SCRATCH_DIR/sheet.css
cat >"$sheet" <<'CSS'
@import "briefing";
:root { --head: bold 7pt/1.3 "Noto Sans", sans-serif }
@page { @top-left { content: "a mark"; font: var(--head); color: #123456; border-bottom: 1pt solid var(--accent) } }
@page :first { @top-left { content: "a mark" } }
CSS
expect_status 0 "$BREVIER" inspect samples/research.md --stage pages -s "$sheet" >"$SCRATCH_DIR/pages"
grep -q 'NotoSans-Bold 7 #123456 (header) "a mark"' "$SCRATCH_DIR/pages" || {
    grep '(header)' "$SCRATCH_DIR/pages" >&2
    fail "the margin box of the PDF lost its font"
}
expect_status 0 "$BREVIER" render samples/research.md -s "$sheet" -o "$SCRATCH_DIR/out.docx"
unzip -p "$SCRATCH_DIR/out.docx" word/styles.xml >"$SCRATCH_DIR/styles.xml"
grep -q '123456' "$SCRATCH_DIR/styles.xml" || fail "the header of the Word document lost its colour"
