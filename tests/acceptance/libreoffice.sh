#!/bin/sh
# LibreOffice opens each Word document, and the PDF that it makes shows every heading.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"
command -v soffice >/dev/null || skip "LibreOffice is not installed"

# shellcheck disable=SC2046
render_all "$SCRATCH_DIR/docx" briefing $(samples)
rm "$SCRATCH_DIR"/docx/*.pdf
HOME=$SCRATCH_DIR soffice "-env:UserInstallation=file://$SCRATCH_DIR/profile" --headless --convert-to pdf \
    --outdir "$SCRATCH_DIR" "$SCRATCH_DIR"/docx/*.docx >/dev/null 2>&1 || fail "LibreOffice"
for file in $(samples); do
    name=$(basename "${file%.*}")
    pdftotext "$SCRATCH_DIR/$name.pdf" - | tr -s ' \n\f' ' ' >"$SCRATCH_DIR/$name.words"
    "$python" - "$file" "$SCRATCH_DIR/$name.words" <<'PY' || fail "$name: a heading is missing"
import sys
sys.path.insert(0, "tests/acceptance")
from source import Source
text = open(sys.argv[2], encoding="utf-8").read()
missing = [title for _, title in Source(open(sys.argv[1], encoding="utf-8").read()).headings() if title not in text]
print("\n".join(missing), end="")
sys.exit(bool(missing))
PY
done
