#!/bin/sh
# Archives in surroundings that mean it ill. See batch_hostile.py.
# SPDX-License-Identifier: MIT
exec sh "$(dirname "$0")/batch.sh" batch_hostile
