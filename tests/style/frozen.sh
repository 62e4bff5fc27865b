#!/bin/sh
# Brevier — frozen sheets: they are the same bytes in each build, and documents look as without them.
# SPDX-License-Identifier: MIT
# usage: frozen.sh PROGRAM FREEZE FROZEN.c SOURCE SCRATCH
set -eu
program=$1 freeze=$2 frozen=$3 source=$4 scratch=$5
rm -rf "$scratch"
mkdir -p "$scratch"

# Another process has its memory elsewhere.
"$freeze" "$scratch/frozen.c" "$source/stylesheets/briefing.css" "$source/stylesheets/plain.css" \
    2>"$scratch/faults" || { cat "$scratch/faults"; exit 1; }
cmp "$frozen" "$scratch/frozen.c"

# With a line more a sheet is none that the build has seen.
for sheet in briefing plain house; do
    { cat "$source/stylesheets/$sheet.css"; echo; } >"$scratch/$sheet.css"
done
sed 's/"briefing"/"briefing.css"/' "$scratch/house.css" >"$scratch/other.css"
mv "$scratch/other.css" "$scratch/house.css"
cp "$source/stylesheets/logo.png" "$scratch"

for document in "$source"/samples/*.md; do
    [ "${document##*/}" != README.md ] || continue
    for sheet in briefing plain house; do
        for format in txt docx pdf; do
            "$program" render "$document" -s "$sheet" -o "$scratch/fast.$format"
            "$program" render "$document" -s "$scratch/$sheet.css" -o "$scratch/slow.$format"
            cmp "$scratch/fast.$format" "$scratch/slow.$format"
        done
    done
done
