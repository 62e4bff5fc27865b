#!/bin/sh
# Brevier — the tables of Unicode are what unicode_tables.py prints of the database.
# usage: unicode_tables.sh SOURCE_DIR DATABASE
# SPDX-License-Identifier: MIT
set -eu
cd "$1/engine"
database=$2
grep -q 'DerivedGeneralCategory-15\.0' "$database/extracted/DerivedGeneralCategory.txt" 2>/dev/null || {
    echo "$database is not there, or not Unicode 15.0: skipped"
    exit 77
}
bad=0
for table in base/width base/direction output/text_ascii output/text_emoji; do
    name=${table##*/}
    /usr/bin/python3 -B base/unicode_tables.py "${name#text_}" "$database" | diff -u "${table}_tables.h" - || bad=1
done
exit "$bad"
