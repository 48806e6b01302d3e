#!/usr/bin/env bash
# Installs the Debian packages of the named programs where the programs are missing; no service is started.
#   packages.sh PROGRAM=PACKAGE...      PROGRAM is a command's name or a path
set -euo pipefail

missing=()
for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

command -v apt-get >/dev/null || {
    echo "install: these Debian packages are needed and this machine has no apt-get: ${missing[*]}" >&2
    exit 1
}
echo "install: ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# RUNLEVEL=1 keeps the packages' services from starting on a machine without a policy of its own.
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
apt=(apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
{ "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    echo "install: could not install ${missing[*]}" >&2
    exit 1
}
