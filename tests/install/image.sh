#!/usr/bin/env bash
# Makes a small real Debian file system, once per checkout, as the tar that `docker import` reads.
#   image.sh FILE
set -euo pipefail

file=$1
here=$(dirname "${BASH_SOURCE[0]}")
[[ ! -f $file ]] || exit 0

echo "install: a Debian file system as $file" >&2
mkdir -p "$(dirname "$file")"
log=$(mktemp)
trap 'rm -f "$log" "$file.part"' EXIT
mmdebstrap --variant=minbase --format=tar bookworm "$file.part" "$("$here/mirror.sh")" 2>"$log" || {
    tail -n 20 "$log" >&2
    exit 1
}
mv "$file.part" "$file"
