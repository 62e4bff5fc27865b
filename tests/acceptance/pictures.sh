#!/bin/sh
# Pictures of every kind come out in a PDF as they look, and the PDF stays one that all checkers
# accept; of hostile ones nothing worse comes than a message and a frame.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

cd "$SCRATCH_DIR"
"$python" "$SOURCE_DIR/tests/acceptance/pictures.py" make || fail "making the pictures"
expect_status 0 "$BREVIER" render good.md -s good.css --plugin-path plugins -o good.pdf
"$BREVIER" inspect good.md -s good.css --plugin-path plugins --stage pages >good.pages
pdftoppm -r 72 good.pdf page
"$python" "$SOURCE_DIR/tests/acceptance/pictures.py" look good.pages page-*.ppm || fail "colours"
expect_status 3 "$BREVIER" render hostile.md -o hostile.pdf
[ "$(grep -c ': error: ' stderr)" -eq "$(grep -c '!\[' hostile.md)" ] || { cat stderr; fail "not one error for each hostile picture"; }
expect_status 3 "$BREVIER" render hostile.md -o hostile.docx
expect_status 3 "$BREVIER" render hostile.md -o hostile.txt
pdftotext hostile.pdf hostile.out
for name in $(sed -n 's/^!\[\(.*\)\].*/\1/p' hostile.md); do
    grep -q "$name" hostile.out || fail "no frame for $name"
done
for pdf in good.pdf hostile.pdf; do
    qpdf --check $pdf >qpdf 2>&1 || { cat qpdf; fail "qpdf --check $pdf"; }
    [ ! -x "$shared/check/pdf-check" ] || "$python" "$shared/check/pdf-check" $pdf || fail "pdf-check $pdf"
done
