#!/bin/sh
# Brevier — builds everything and runs every test.
# usage: sh tests/run.sh [PRESET]         (dev unless told; see CMakePresets.json)
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."
preset=${1:-dev}

sh engine/setup.sh build fonts test
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
ctest --preset "$preset" -j "$(nproc)"
