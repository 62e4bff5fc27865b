#!/bin/sh
# Brevier — builds the release and prints what a document costs.
# usage: sh tests/bench/run.sh [DOCUMENT [RUNS]]
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/../.."
sh engine/setup.sh build fonts test
cmake --preset release >/dev/null
cmake --build --preset release --target brevier
/usr/bin/python3 tests/bench/processes.py build/release/bin/brevier "$@"
