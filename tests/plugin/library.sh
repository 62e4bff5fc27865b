#!/bin/sh
# Brevier — the shipped plugins on their samples: the elements, the text, and that every output is written without a word.
# SPDX-License-Identifier: MIT
# usage: library.sh PROGRAM FOLDER SCRATCH; with BRV_UPDATE=1 it writes what comes of the samples now.
set -u
program=$1 folder=$2 scratch=$3
mkdir -p "$scratch"
cd "$folder" || exit 1
status=0
compare() {
    if [ -n "${BRV_UPDATE:-}" ]; then
        cp "$1" "$2"
    elif ! diff -u "$2" "$1"; then
        echo "$folder/$2 is not what comes of it now"
        status=1
    fi
}
for sample in *.md; do
    name=${sample%.md}
    "$program" inspect "$sample" --stage elements > "$scratch/$name.elements" 2> "$scratch/$name.words"
    for format in txt pdf docx; do
        "$program" render "$sample" -o "$scratch/$name.$format" --text-width 72 2>> "$scratch/$name.words" || status=1
    done
    if [ -s "$scratch/$name.words" ]; then
        cat "$scratch/$name.words"
        status=1
    fi
    sed 's/ @[0-9]*:[0-9]*$//' "$scratch/$name.elements" > "$scratch/$name.tree"
    compare "$scratch/$name.tree" "$name.elements"
    compare "$scratch/$name.txt" "$name.txt"
done
exit $status
