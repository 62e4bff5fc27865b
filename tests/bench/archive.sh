#!/bin/sh
# Brevier — builds the release and prints what an archive costs.
# usage: sh tests/bench/archive.sh [COUNT [FOLDER]]
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/../.."
sh engine/setup.sh build fonts test
cmake --preset release >/dev/null
cmake --build --preset release --target brevier
/usr/bin/python3 tests/bench/archive.py build/release/bin/brevier "${2:-build/release/scratch/archive}" "${1:-10000}"
