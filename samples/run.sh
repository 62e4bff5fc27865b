#!/bin/sh
# Brevier — builds the program and renders every sample to PDF, Word and text.
# usage: sh samples/run.sh [FOLDER [PRESET]]     (out/samples and release unless told)
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."
out=${1:-out/samples}
preset=${2:-release}

sh engine/setup.sh build fonts
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" --target brevier

mkdir -p "$out"
samples=$(ls samples/*.txt samples/*.md | grep -v README)
for format in pdf docx text; do
    # shellcheck disable=SC2086 # no blanks in our names
    "build/$preset/bin/brevier" render $samples -t "$format" -o "$out/"
done
echo "The samples are in $(cd "$out" && pwd):"
ls -l "$out" | awk 'NR > 1 { printf "%9d  %s\n", $5, $9 }'
