#!/bin/sh
# What others' rules say of further PDFs under every shipped sheet: a book, a long table, each
# shipped plugin's document with its charts, pictures of every kind.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

[ -x "$shared/check/pdf-check" ] || skip "../shared/check is absent"
more=$SCRATCH_DIR/more
mkdir "$more"
"$python" tests/bench/book.py 10 >"$more/book.md"
awk 'BEGIN {
    print "# Table: Many Rows\n\n## Rows\n\n| Number | Name | Note |\n|--:|:--|:--|"
    for (i = 1; i <= 300; i++) print "| " i " | name " i * 7919 % 1009 " | some words on row " i " |"
}' >"$more/rows.md"
(cd "$more" && "$python" "$SOURCE_DIR/tests/acceptance/pictures.py" make)

for sheet in stylesheets/*.css; do
    name=$(basename "$sheet" .css)
    expect_status 0 "$BREVIER" render "$more/book.md" "$more/rows.md" tests/plugin/library/*.md -t pdf -s "$name" \
        -o "$SCRATCH_DIR/$name/"
    expect_status 0 "$BREVIER" render "$more/good.md" --plugin-path "$more/plugins" -s "$name" \
        -o "$SCRATCH_DIR/$name/pictures.pdf"
    "$python" "$shared/check/pdf-check" "$SCRATCH_DIR/$name"/*.pdf >"$SCRATCH_DIR/findings" ||
        { cat "$SCRATCH_DIR/findings"; fail "pdf-check ($name)"; }
done
