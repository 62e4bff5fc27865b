#!/bin/sh
# Brevier — counts the instructions of a report-like plugin with and without the sandbox.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD_DIR:-build/release}
cmake --build "$build" --target brv_plugin >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2046
cc -std=c11 -O2 -D_GNU_SOURCE -Iengine $(pkg-config --cflags lua5.4) tests/bench/sandbox.c \
    -Wl,--start-group $(find "$build/engine/plugin" "$build/engine/model" "$build/engine/base" -name '*.a') \
    -Wl,--end-group $(pkg-config --libs lua5.4) -lm -o "$work/bench"
count() { # MODE ROUNDS
    valgrind --tool=callgrind --callgrind-out-file="$work/out" "$work/bench" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
stock=$((($(count stock 60) - $(count stock 20)) / 40))
sandbox=$((($(count sandbox 60) - $(count sandbox 20)) / 40))
echo "a report of 100 rows, stock Lua: $stock instructions"
echo "in the sandbox: $sandbox ($(((sandbox - stock) * 1000 / stock)) per mille more)"
echo "the birth of a sandbox: $((($(count birth 60) - $(count birth 20)) / 40)) instructions"
