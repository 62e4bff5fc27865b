#!/bin/sh
# The index of the shipped plugins is installed and holds for what is installed, wherever that is
# moved; without it, or with one that is wrong, every byte and every message is the same. So are the
# digests of the fonts.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"
export LC_ALL=C # an index is not all text

tree=$SCRATCH_DIR/tree
cmake --install "$BUILD_DIR" --prefix "$tree" >/dev/null
DESTDIR=$SCRATCH_DIR/staged cmake --install "$BUILD_DIR" --prefix /opt/brevier >/dev/null
cp -a "$tree" "$SCRATCH_DIR/copied"

# Made again from the plugins beside it, it is the same but for parts of seconds, which CMake drops,
# and what follows from them.
whole_seconds() { sed -E '1s/[0-9]+ bytes$//; s/^(file [0-9]+ [0-9]+) [0-9]+/\1 0/; /^end /d' "$1"; }
for prefix in "$tree" "$SCRATCH_DIR/staged/opt/brevier" "$SCRATCH_DIR/copied"; do
    index=$(find "$prefix" -name plugins.index)
    [ -n "$index" ] || fail "no index in $prefix"
    "$BREVIER" plugin index "$prefix/share/brevier/plugins" -o "$SCRATCH_DIR/again.index"
    whole_seconds "$index" >"$SCRATCH_DIR/one"
    whole_seconds "$SCRATCH_DIR/again.index" >"$SCRATCH_DIR/two"
    cmp "$SCRATCH_DIR/one" "$SCRATCH_DIR/two" || fail "the index is not of the plugins in $prefix"
done

index=$(find "$tree" -name plugins.index)
cp -p "$index" "$SCRATCH_DIR/kept.index"
cat >"$SCRATCH_DIR/faulty.md" <<'MD'
# Note: Faults

## Timeline

Nothing.

## Glossary

- Term: what it means
MD

# try NAME: everything that depends on the plugins, into a folder of that name.
try() {
    out=$SCRATCH_DIR/$1
    mkdir -p "$out"
    for format in pdf docx text; do
        # shellcheck disable=SC2046
        "$tree/bin/brevier" render $(samples) -t $format -o "$out/" 2>"$out/messages.$format" ||
            fail "the samples do not render: $1"
    done
    "$tree/bin/brevier" plugin list --long >"$out/list"
    "$tree/bin/brevier" check samples/research.md --set timelin.x=1 >"$out/set" 2>&1 || true
    "$tree/bin/brevier" check samples/research.md --set glossary.sortd=1 >>"$out/set" 2>&1 || true
    "$tree/bin/brevier" check "$SCRATCH_DIR/faulty.md" --set glossary.sorted=perhaps >>"$out/set" 2>&1 || true
    diff -r "$SCRATCH_DIR/with" "$out" || fail "it is not the same: $1"
}

try with
rm "$index"
try without
head -c 1000 "$SCRATCH_DIR/kept.index" >"$index"
try cut
sed 's/^section timeline$/section tomeline/' "$SCRATCH_DIR/kept.index" >"$index"
try damaged
size=$(sed -nE '1s/.* 0*([0-9]+) bytes$/\1/p' "$SCRATCH_DIR/kept.index")
{
    head -c "$size" "$SCRATCH_DIR/kept.index"
    tail -c +"$((size + 1))" "$SCRATCH_DIR/kept.index" | tr a b
} >"$index"
try "other code"
sed '1s/ of .*/ of 0.0.0/' "$SCRATCH_DIR/kept.index" >"$index"
try old
cp "$SCRATCH_DIR/kept.index" "$index"
try again
find "$tree/share/brevier/plugins" -exec touch {} +
try touched

# fonts_by NAME: what a batch's ledger tells of the fonts.
fonts_by() {
    "$tree/bin/brevier" batch samples/incident.md -o "$SCRATCH_DIR/batch $1" -t text >/dev/null
    /usr/bin/python3 -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute("SELECT fonts FROM closures"))' \
        "$SCRATCH_DIR/batch $1/ledger.sqlite"
}

digests=$(find "$tree" -name fonts.digests)
cp -p "$digests" "$SCRATCH_DIR/kept.digests"
grep -q '\.ttf$\|\.otf$' "$digests" || fail "no font has a digest"
rm "$digests"
fonts=$(fonts_by without)
cp "$SCRATCH_DIR/kept.digests" "$digests"
[ "$(fonts_by with)" = "$fonts" ] || fail "the digests are not those of the fonts"
head -c 1000 "$SCRATCH_DIR/kept.digests" >"$digests"
[ "$(fonts_by cut)" = "$fonts" ] || fail "half a line is believed"
zeros=0000000000000000000000000000000000000000000000000000000000000000
sed -E "s/^[0-9a-f]{64}/$zeros/" "$SCRATCH_DIR/kept.digests" >"$digests"
[ "$(fonts_by wrong)" != "$fonts" ] || fail "nobody looks at the digests"
for field in 1 2 3 4 5; do # one of them is not that of the file
    sed -E "s/^[0-9a-f]{64}(( [0-9]+){$((field - 1))}) /$zeros\\1 9/" "$SCRATCH_DIR/kept.digests" >"$digests"
    [ "$(fonts_by "other $field")" = "$fonts" ] || fail "a digest is believed of another file"
done
