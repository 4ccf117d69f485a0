#!/usr/bin/env bash
# Checks the units: systemd finds no mistake in them, and they are as closed as promised, by themselves and with the
# drop-ins that the package has as examples. Exposure is in tenths, as systemd-analyze takes it.
set -euo pipefail
cd "$(dirname "$0")/.."
exposure=12
exposure_with_drop_ins=11

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
# The programs need not be installed for this.
sed -E 's|^(ExecStart\|ExecReload)=.*|\1=/bin/true|' systemd/inventory-collectord.service >"$copy/inventory-collectord.service"
cp systemd/inventory-collectord.socket "$copy"

verify() {
    local problems
    problems=$(systemd-analyze verify --man=no "$copy"/inventory-collectord.service "$copy"/inventory-collectord.socket 2>&1)
    if [ -n "$problems" ]; then
        printf 'systemd-analyze verify (%s):\n%s\n' "$1" "$problems" >&2
        exit 1
    fi
}

analyze() {
    local threshold=$1 what=$2 report
    if ! report=$(systemd-analyze security --offline=true --threshold="$threshold" --no-pager \
        "$copy/inventory-collectord.service" 2>&1); then
        printf '%s: more exposed than %s tenths\n%s\n' "$what" "$threshold" "$report" >&2
        exit 1
    fi
    printf '%s: %s\n' "$what" "$(tail -n 1 <<<"$report" | sed 's/[^ -~]//g')"
}

verify "the units"
analyze "$exposure" "the unit"
# An offline analysis reads no drop-ins: they are appended.
for example in systemd/examples/*.conf; do
    printf '\n' >>"$copy/inventory-collectord.service"
    cat "$example" >>"$copy/inventory-collectord.service"
done
verify "the units with all drop-ins"
analyze "$exposure_with_drop_ins" "the unit with all drop-ins"
