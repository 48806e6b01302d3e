#!/usr/bin/env bash
# Unpacks into FOLDER the clients that only Debian's development suite has. They run on Debian 12 as they are, and a
# private apt configuration leaves the machine's own packages alone.
#   clients.sh FOLDER
set -euo pipefail

folder=$1
here=$(dirname "${BASH_SOURCE[0]}")
packages=(crane oras cosign notation amazon-ecr-credential-helper)
programs=(crane oras cosign notation docker-credential-ecr-login)

all_there() {
    local program
    for program in "${programs[@]}"; do
        [[ -x $folder/usr/bin/$program ]] || return 1
    done
}
all_there && exit 0

echo "install: ${packages[*]} into $folder" >&2
# Without index files apt cannot say which mirror it uses: a fresh machine has none.
mirror=$("$here/mirror.sh" 2>/dev/null) || { apt-get -qq update && mirror=$("$here/mirror.sh"); }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists,cache,debs}
touch "$work/status"
cat >"$work/sid.sources" <<SOURCES
Types: deb
URIs: $mirror
Suites: sid
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
apt=(apt-get -qq
    -o Dir::Etc::SourceList="$work/sid.sources" -o Dir::Etc::SourceParts=-
    -o Dir::State::Lists="$work/lists" -o Dir::State::Status="$work/status" -o Dir::Cache="$work/cache"
    -o APT::Sandbox::User=root -o Acquire::Retries=3 -o Acquire::Languages=none)
"${apt[@]}" update
(cd "$work/debs" && "${apt[@]}" download "${packages[@]}")
mkdir -p "$folder"
for package in "$work"/debs/*.deb; do
    dpkg -x "$package" "$folder"
done
all_there
