# Brevier — what the acceptance scripts share. Sourced; needs BREVIER, SOURCE_DIR and SCRATCH_DIR.
# SPDX-License-Identifier: MIT
set -eu
shared=$SOURCE_DIR/../shared
python=/usr/bin/python3 # Debian's, which has Debian's python3-* packages

rm -rf "$SCRATCH_DIR"
mkdir -p "$SCRATCH_DIR"
cd "$SOURCE_DIR"

fail() { echo "FAILED: $*" >&2; exit 1; }
skip() { echo "skipped: $*"; exit 77; }

# expect_status WANTED COMMAND…: runs it, keeps its messages in $SCRATCH_DIR/stderr.
expect_status() {
    wanted=$1
    shift
    status=0
    "$@" 2>"$SCRATCH_DIR/stderr" || status=$?
    [ "$status" -eq "$wanted" ] || { cat "$SCRATCH_DIR/stderr" >&2; fail "exit $status, not $wanted: $*"; }
}

samples() { ls samples/*.txt samples/*.md | grep -v README; }

# render_all FOLDER SHEET FILE…: every file to all three formats.
render_all() {
    folder=$1 sheet=$2
    shift 2
    mkdir -p "$folder"
    for format in pdf docx text; do
        expect_status 0 "$BREVIER" render "$@" -t "$format" -s "$sheet" -o "$folder/"
    done
}
