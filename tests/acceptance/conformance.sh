#!/bin/sh
# What others' rules say of the outputs of every sample under every shipped sheet: qpdf, and from
# beside the checkout the PDF rules and the ECMA-376 schemas.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

for sheet in stylesheets/*.css; do
    name=$(basename "$sheet" .css)
    # shellcheck disable=SC2046 # no blanks in our names
    render_all "$SCRATCH_DIR/$name" "$name" $(samples)
    for pdf in "$SCRATCH_DIR/$name"/*.pdf; do
        qpdf --check "$pdf" >"$SCRATCH_DIR/qpdf" 2>&1 || { cat "$SCRATCH_DIR/qpdf"; fail "qpdf --check $pdf"; }
    done
    if [ -x "$shared/check/pdf-check" ]; then
        "$python" "$shared/check/pdf-check" "$SCRATCH_DIR/$name"/*.pdf || fail "pdf-check ($name)"
    else
        echo "skipped: ../shared/check is absent"
    fi
    if [ -x "$shared/conformance/check-docx" ]; then
        "$shared/conformance/check-docx" "$SCRATCH_DIR/$name"/*.docx || fail "check-docx ($name)"
    else
        echo "skipped: ../shared/conformance is absent"
    fi
done

# With a table of contents and the source attached, which makes it PDF/A-3.
mkdir -p "$SCRATCH_DIR/attached"
for sample in $(samples); do
    pdf="$SCRATCH_DIR/attached/$(basename "$sample" | sed 's/\.[a-z]*$//').pdf"
    expect_status 0 "$BREVIER" render "$sample" --toc --lof --lot --attach "$sample:source" --date 2030-01-01 -o "$pdf"
    qpdf --check "$pdf" >"$SCRATCH_DIR/qpdf" 2>&1 || { cat "$SCRATCH_DIR/qpdf"; fail "qpdf --check $pdf"; }
    grep -a -q '<pdfaid:part>3<' "$pdf" || fail "$pdf does not claim PDF/A-3"
    pdfdetach -save 1 -o "$SCRATCH_DIR/back" "$pdf" >/dev/null
    cmp "$sample" "$SCRATCH_DIR/back" || fail "the file attached to $pdf is another"
done
if [ -x "$shared/check/pdf-check" ]; then
    "$python" "$shared/check/pdf-check" "$SCRATCH_DIR/attached"/*.pdf || fail "pdf-check (attached)"
fi
