#!/bin/sh
# Archives of which some items bring their workers down. See batch_quarantine.py.
# SPDX-License-Identifier: MIT
exec sh "$(dirname "$0")/batch.sh" batch_quarantine
