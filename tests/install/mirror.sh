#!/usr/bin/env bash
# Prints the Debian mirror of this machine's own apt sources.
set -euo pipefail

# apt, not the shell, fills in REPO_URI.
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' 'Codename: bookworm')
[[ -n $mirror ]] || {
    echo "install: apt knows no Debian bookworm mirror here; is this Debian 12, and was 'apt-get update' run?" >&2
    exit 1
}
echo "${mirror%%$'\n'*}"
