#!/bin/sh
# What an operator is told: which options go together, the summary, the exit status. See batch_words.py.
# SPDX-License-Identifier: MIT
exec sh "$(dirname "$0")/batch.sh" batch_words
