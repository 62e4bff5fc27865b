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

# Where there are two processors, a module is opened by a thread while the document is read: the bytes
# are those of one processor. What ends before it was needed, or finds no module, ends as ever.
for format in pdf docx; do
    "$BREVIER" render samples/research.md -o "$SCRATCH_DIR/two.$format"
    taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')" \
        "$BREVIER" render samples/research.md -o "$SCRATCH_DIR/one.$format"
    cmp "$SCRATCH_DIR/one.$format" "$SCRATCH_DIR/two.$format" || fail "a thread changes the $format"
    expect_status 1 "$BREVIER" render "$SCRATCH_DIR/none.md" -o "$SCRATCH_DIR/none.$format"
    expect_status 2 "$BREVIER" render samples/research.md -s none -o "$SCRATCH_DIR/none.$format"
done

# libcrypto is never looked for where its stand-in is, and nothing asks that for anything: neither a package
# that is written nor one that is read.
if [ -e "$(dirname "$BREVIER")/../lib/brevier/crypto.so" ] && [ "$(nproc)" -gt 1 ]; then
    expect_status 0 env LD_DEBUG=libs "$BREVIER" render samples/research.md --word-template "$SCRATCH_DIR/out.docx" \
        -o "$SCRATCH_DIR/again.docx"
    grep -q "find library=libzip" "$SCRATCH_DIR/stderr" || fail "who looks for libraries is not told"
    ! grep -q "find library=libcrypto" "$SCRATCH_DIR/stderr" || fail "libcrypto is looked for"
fi

mkdir -p "$SCRATCH_DIR/alone/bin" "$SCRATCH_DIR/alone/lib/brevier" "$SCRATCH_DIR/alone/share/brevier"
cp "$BREVIER" "$SCRATCH_DIR/alone/bin/"
cp -r stylesheets plugins "$SCRATCH_DIR/alone/share/brevier/"
for format in pdf docx; do
    first=$format
    [ $format = docx ] || first=layout
    expect_status 1 "$SCRATCH_DIR/alone/bin/brevier" render samples/research.md \
        -o "$SCRATCH_DIR/alone/out.$format"
    grep -q "cannot open the module for $first: there is no such file" "$SCRATCH_DIR/stderr" ||
        fail "a missing module is not told: $(cat "$SCRATCH_DIR/stderr")"
done

# A Word document asks for archives when its parts are there.
cp "$(dirname "$BREVIER")/../lib/brevier/docx.so" "$SCRATCH_DIR/alone/lib/brevier/"
expect_status 1 "$SCRATCH_DIR/alone/bin/brevier" render samples/research.md \
    -o "$SCRATCH_DIR/alone/out.docx"
grep -q "cannot open the module for zip: there is no such file" "$SCRATCH_DIR/stderr" ||
    fail "missing archives are not told: $(cat "$SCRATCH_DIR/stderr")"
[ ! -e "$SCRATCH_DIR/alone/out.docx" ] || fail "a document without an archive is written"
