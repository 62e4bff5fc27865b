#!/bin/sh
# Two renders in different folders, locales, time zones, homes, days and masks give the same bytes.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

one=$SCRATCH_DIR/one two=$SCRATCH_DIR/two
# shellcheck disable=SC2046
render_all "$one" briefing $(samples)
mkdir -p "$two/home" "$two/elsewhere"
# shellcheck disable=SC2046
cp -R $(samples) samples/pictures "$two/elsewhere/"
clock=
# AddressSanitizer wants to be loaded before any other library.
if [ -z "${SANITIZE:-}" ] && command -v faketime >/dev/null; then clock="faketime 2031-02-03"; fi
for format in pdf docx text; do
    (
        cd "$two/elsewhere"
        umask 077
        # shellcheck disable=SC2035,SC2086
        env -i HOME="$two/home" PATH="$PATH" LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo UNRELATED=1 \
            $clock "$BREVIER" render *.txt *.md -t "$format" -o "$two/" 2>/dev/null
    ) || fail "render in the other environment ($format)"
done
for file in "$one"/*; do
    cmp "$file" "$two/$(basename "$file")" || fail "the bytes differ: $(basename "$file")"
done
