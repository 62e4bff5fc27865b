#!/bin/sh
# Brevier — compares the text of documents with what lies beside them. NAME.72.txt is NAME.md at 72 columns; between
# the width and the suffix stand further options: NAME.72.ascii.txt, NAME.72.flowed.txt, NAME.72.page40.txt.
# In samples/ lie those of ../../../samples under the sheet that is shipped. `BRV_GOLDEN=write` writes them anew.
# usage: run.sh PROGRAM SCRATCH
# SPDX-License-Identifier: MIT
set -eu
program=$1 scratch=$2
cd "$(dirname "$0")"
mkdir -p "$scratch/samples"
seen=0 bad=0

# compare GOLDEN INPUT OPTION… — the golden's name gives the width and what else is asked for.
compare() {
    golden=$1 input=$2
    shift 2
    asked=$(basename "$golden" .txt | cut -d . -f 2- | tr . ' ')
    set -- "$@" --text-width "${asked%% *}"
    for option in $asked; do
        case $option in
        ascii | flowed) set -- "$@" "--$option" ;;
        page*) set -- "$@" --page-length "${option#page}" --toc ;;
        esac
    done
    status=0
    "$program" render "$input" -t text "$@" -o "$scratch/$golden" 2>"$scratch/$golden.messages" || status=$?
    [ "$status" -eq 0 ] || { cat "$scratch/$golden.messages"; echo "$golden: exit $status"; exit 1; }
    [ "${BRV_GOLDEN:-}" != write ] || cp "$scratch/$golden" "$golden"
    diff -u "$golden" "$scratch/$golden" || bad=1
    /usr/bin/python3 -B widths.py "$scratch/$golden" "${asked%% *}" "$scratch/$golden.messages" "$input" || bad=1
    seen=$((seen + 1))
}

for golden in *.txt; do
    name=${golden%%.*} sheet=./text.css
    [ ! -e "$name.css" ] || sheet=./$name.css
    compare "$golden" "$name.md" -s "$sheet" --plugin-path ./plugins
done
for input in ../../../samples/*.txt ../../../samples/*.md; do
    name=$(basename "${input%.*}")
    [ "$name" != README ] || continue
    for asked in 40 60 72 80 100 72.ascii 72.flowed 72.page60; do
        compare "samples/$name.$asked.txt" "$input"
    done
done
[ "$seen" -gt 0 ] || { echo "no golden here"; exit 1; }
exit "$bad"
