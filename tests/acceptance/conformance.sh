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
