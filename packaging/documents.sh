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
# Each program makes the manual pages of its own tables.
for page in collectorctl.1 inventory-collector.varlink.7; do
    "$programs/collectorctl" manual "$page" >"$folder/man/$page"
done
for page in inventory-collectord.8 collectord.conf.5; do
    "$programs/inventory-collectord" --manual "$page" >"$folder/man/$page"
done
python3 "$here/sbom.py" "$programs" "$version" >"$folder/sbom.cdx.json"
