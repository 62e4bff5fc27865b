#!/bin/sh
# Brevier — installs the Debian packages of engine/packages.txt that are not there yet.
# usage: sh engine/setup.sh PURPOSE…      (build, fonts, test, office, lint, coverage)
# SPDX-License-Identifier: MIT
set -eu
list=$(dirname "$0")/packages.txt

missing=
for purpose; do
    for package in $(awk -v purpose="$purpose" '!/^#/ && $2 == purpose { print $1 }' "$list"); do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "please install these packages (their Debian names):$missing" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "as root: apt-get install$missing" >&2; exit 1; }
    as_root=sudo
fi
echo "installing:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one word a package
$as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
