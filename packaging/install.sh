#!/usr/bin/env bash
# Installs the built programs and everything that belongs to them below a root folder.
#   install.sh PROGRAMS DOCUMENTS ROOT     PROGRAMS: the built programs; DOCUMENTS: what documents.sh wrote
# UNIT_DIRECTORY and DOC_DIRECTORY, from the environment, are where units and documents go, below ROOT.
set -euo pipefail
programs=$1 documents=$2 root=$3
units=${UNIT_DIRECTORY:-/usr/lib/systemd/system}
doc=${DOC_DIRECTORY:-/usr/share/doc/inventory-collector}
here=$(dirname "$0")
source=$here/..

put() { install -D -m "$1" "$2" "$root$3"; }

put 755 "$programs/inventory-collectord" /usr/bin/inventory-collectord
put 755 "$programs/collectorctl" /usr/bin/collectorctl

put 644 "$documents/collectord.conf" /etc/inventory-collectord/collectord.conf
install -d -m 755 "$root/etc/inventory-collectord/collectord.conf.d" "$root/etc/inventory-collectord/catalogue.d"

put 644 "$source/systemd/inventory-collectord.service" "$units/inventory-collectord.service"
put 644 "$source/systemd/inventory-collectord.socket" "$units/inventory-collectord.socket"
put 644 "$source/systemd/inventory-collectord.catalog" /usr/lib/systemd/catalog/inventory-collectord.catalog
put 644 "$source/systemd/inventory-collectord.sysusers" /usr/lib/sysusers.d/inventory-collectord.conf

put 644 "$documents/completions/bash" /usr/share/bash-completion/completions/collectorctl
put 644 "$documents/completions/zsh" "${ZSH_DIRECTORY:-/usr/share/zsh/vendor-completions}/_collectorctl"
put 644 "$documents/completions/fish" /usr/share/fish/vendor_completions.d/collectorctl.fish
for page in "$documents"/man/*.[1-8]; do
    put 644 "$page" "/usr/share/man/man${page##*.}/$(basename "$page")"
done

put 644 "$documents/sbom.cdx.json" "$doc/sbom.cdx.json"
put 644 "$source/Sources/CCatalogue/NOTICE" "$doc/NOTICE"
for example in "$source"/systemd/examples/*; do
    put 644 "$example" "$doc/examples/systemd/$(basename "$example")"
done
for example in "$here"/examples/*; do
    case $example in *.py) mode=755 ;; *) mode=644 ;; esac
    put "$mode" "$example" "$doc/examples/$(basename "$example")"
done
