#!/bin/sh
# Brevier — compares the text of each document here with what lies beside it: NAME.72.txt is NAME.md
# at 72 columns, NAME.72.ascii.txt the same with --ascii. `BRV_GOLDEN=write` writes them anew.
# usage: run.sh PROGRAM SCRATCH
# SPDX-License-Identifier: MIT
set -eu
program=$1 scratch=$2
cd "$(dirname "$0")"
mkdir -p "$scratch"
seen=0 bad=0
for want in *.txt; do
    stem=${want%.txt} ascii=
    case $stem in *.ascii) stem=${stem%.ascii} ascii=--ascii ;; esac
    width=${stem##*.} name=${stem%.*}
    status=0
    "$program" render "$name.md" -s ./text.css --plugin-path ./plugins -t text --text-width "$width" $ascii \
        -o "$scratch/$want" 2>"$scratch/stderr" || status=$?
    [ "$status" -eq 0 ] || { cat "$scratch/stderr"; echo "$want: exit $status"; exit 1; }
    if [ "${BRV_GOLDEN:-}" = write ]; then
        cp "$scratch/$want" "$want"
    fi
    diff -u "$want" "$scratch/$want" || bad=1
    seen=$((seen + 1))
done
[ "$seen" -gt 0 ] || { echo "no golden here"; exit 1; }
exit "$bad"
