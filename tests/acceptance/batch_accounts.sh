#!/bin/sh
# Archives of which parts are asked for, and what is easily lost. See batch_accounts.py.
# SPDX-License-Identifier: MIT
exec sh "$(dirname "$0")/batch.sh" batch_accounts
