#!/bin/sh
# Brevier — runs every test and says which share of the lines of each room they reach.
# Left out is the test of what the library exports: gcov adds names of its own.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."

sh engine/setup.sh coverage
mkdir -p build/coverage
find build/coverage -name '*.gcda' -delete
sh tests/run.sh coverage
gcovr --root . --object-directory build/coverage --filter engine/ --csv -o build/coverage/lines.csv
awk -F, '
    function row(room) {
        printf "%-8s %5d of %5d lines  %5.1f %%\n", room, reached[room], lines[room],
            100 * reached[room] / lines[room]
    }
    NR > 1 {
        split($1, path, "/")
        if (!(path[2] in lines))
            rooms[++count] = path[2]
        lines[path[2]] += $2; reached[path[2]] += $3
        lines["all"] += $2; reached["all"] += $3
    }
    END {
        for (i = 1; i <= count; i++)
            row(rooms[i])
        row("all")
    }' build/coverage/lines.csv
