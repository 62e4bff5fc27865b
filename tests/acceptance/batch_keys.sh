#!/bin/sh
# Archives: what an output depends on, each of them alone. See batch_keys.py.
# SPDX-License-Identifier: MIT
exec sh "$(dirname "$0")/batch.sh" batch_keys
