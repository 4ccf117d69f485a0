#!/usr/bin/env bash
# Has the built programs write what a package ships beside them.
#   documents.sh PROGRAMS FOLDER VERSION     PROGRAMS: the folder of the built programs
# SOURCE_DATE_EPOCH, from the environment, dates what has a date.
set -euo pipefail
programs=$1 folder=$2 version=$3
here=$(dirname "$0")
rm -rf "$folder"
mkdir -p "$folder/completions" "$folder/man"
for shell in bash zsh fish; do
    "$programs/collectorctl" completion "$shell" >"$folder/completions/$shell"
done
"$programs/inventory-collectord" --dump-defaults >"$folder/collectord.conf"
# Manual pages, whoever makes them: NAME.SECTION.
for page in "$here"/man/*.[1-8]; do
    [ -e "$page" ] && cp "$page" "$folder/man/"
done
python3 "$here/sbom.py" "$programs" "$version" >"$folder/sbom.cdx.json"
