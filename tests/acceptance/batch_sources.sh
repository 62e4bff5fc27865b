#!/bin/sh
# Archives: what is an analysis, and what it is called, source by source. See batch_sources.py.
# SPDX-License-Identifier: MIT
exec sh "$(dirname "$0")/batch.sh" batch_sources
