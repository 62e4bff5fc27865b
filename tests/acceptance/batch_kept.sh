#!/bin/sh
# Archives: which outputs of an earlier run stay, and which go. See batch_kept.py.
# SPDX-License-Identifier: MIT
exec sh "$(dirname "$0")/batch.sh" batch_kept
