#!/usr/bin/env bash
# Runs every test and prints the runners' closing lines together at the end.
#   test.sh PYTHON     PYTHON: an interpreter with the packages of requirements.txt
# SWIFT_FLAGS, from the environment, are passed on to swift build and swift test.
set -euo pipefail
python=$1
here=$(dirname "$0")
read -ra flags <<<"${SWIFT_FLAGS:-}"
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

# Read by the Swift tests that talk to the emulator or to a foreign Varlink client.
MOTO_SERVER=$(dirname "$python")/moto_server
export MOTO_SERVER VARLINK_PYTHON=$python

echo "Building"
swift build --build-tests "${flags[@]}"
status=0
echo "Running the Swift tests"
swift test --skip-build --parallel "${flags[@]}" 2>&1 | tee "$log/swift" || status=1

echo "Running the acceptance tests"
COLLECTOR_PROGRAMS=$(swift build --show-bin-path "${flags[@]}")
export COLLECTOR_PROGRAMS
"$python" "$here/../Acceptance/run.py" 2>&1 | tee "$log/acceptance" || status=1

echo
echo "Swift:      $(grep -E 'Test run with [0-9]+ tests?' "$log/swift" | tail -n 1 || echo 'no result')"
echo "Acceptance: $(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log/acceptance" | tail -n 1 || echo 'no result')"
exit "$status"
