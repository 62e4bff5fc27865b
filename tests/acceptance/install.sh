#!/bin/sh
# The installed program finds its data, and a C program builds against the installed library.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

prefix=$SCRATCH_DIR/prefix
cmake --install "$BUILD_DIR" --prefix "$prefix" >/dev/null
for file in bin/brevier include/brevier.h share/man/man1/brevier.1 share/brevier/plugins/default.lua \
    share/brevier/stylesheets/briefing.css share/brevier/samples/incident.md share/brevier/analysis-1.schema.json; do
    [ -f "$prefix/$file" ] || fail "$file is not installed"
done
cd "$SCRATCH_DIR"
"$BREVIER" render "$SOURCE_DIR/samples/research.md" -o built.pdf
"$prefix/bin/brevier" render "$SOURCE_DIR/samples/research.md" -o installed.pdf
cmp built.pdf installed.pdf || fail "the installed program renders other bytes"

cp "$SOURCE_DIR/tests/acceptance/embed.c" .
module=$(find "$prefix" -name brevier.pc)
flags=$(PKG_CONFIG_PATH=$(dirname "$module") pkg-config --cflags --libs brevier)
libraries=$(dirname "$(dirname "$module")")
# shellcheck disable=SC2086
"${CC:-cc}" embed.c $flags ${SANITIZE:+-fsanitize=address,undefined} -Wl,-rpath,"$libraries" -o embed
./embed "$SOURCE_DIR/samples/research.md" >embedded.txt
"$BREVIER" render "$SOURCE_DIR/samples/research.md" -o built.txt
cmp embedded.txt built.txt || fail "the library renders other bytes"
# What the README shows of the library: its program, built by the command that stands below it.
# shellcheck disable=SC2016
sed -n '/^```c report.c/,/^```$/p' "$SOURCE_DIR/README.md" | sed '/^```/d' >report.c
grep '^cc report.c\|^./report' "$SOURCE_DIR/README.md" >report.sh
[ "$(wc -l <report.sh)" -eq 2 ] || fail "the README does not say how its program is built and run"
(
    PKG_CONFIG_PATH=$(dirname "$module") LD_LIBRARY_PATH=$libraries
    export PKG_CONFIG_PATH LD_LIBRARY_PATH
    cc() { "${CC:-/usr/bin/cc}" "$@" ${SANITIZE:+-fsanitize=address,undefined}; }
    . ./report.sh
) || fail "the program of the README does not work"
grep -q '^%PDF-' report.pdf || fail "the program of the README makes no PDF"
exported=$(nm -D --defined-only "$libraries/libbrevier.so" | awk '$2 == "T" { print $3 }' | grep -v '^brv_' || true)
[ -z "$exported" ] || fail "the library exports $exported"

# A module that is missing is told, and nothing is left.
rm "$libraries/brevier/pdf.so"
expect_status 1 "$prefix/bin/brevier" render "$SOURCE_DIR/samples/research.md" -o lost.pdf
grep -q 'cannot open the module for pdf' stderr || fail "the missing module is not named"
[ ! -e lost.pdf ] || fail "a file is left"
"$prefix/bin/brevier" render "$SOURCE_DIR/samples/research.md" -o kept.txt
