#!/usr/bin/env bash
# Runs the long tests: every IAM action taken away in turn, and the scripts in Tests/Soak in order of names, each to its
# end; fails when one fails.
#   soak.sh PYTHON     PYTHON: an interpreter with the packages of requirements.txt
set -euo pipefail
python=$1
here=$(dirname "$0")

echo "Building"
swift build --build-tests
COLLECTOR_PROGRAMS=$(swift build --show-bin-path)
export COLLECTOR_SOAK=1 COLLECTOR_PROGRAMS MOTO_SERVER=${python%/*}/moto_server VARLINK_PYTHON=$python
status=0
echo "== every IAM action"
"$python" "$here/../Acceptance/run.py" test_each_is_needed || { status=1 && echo "every IAM action failed"; }
for each in "$here"/../Soak/*.py; do
    echo "== $(basename "$each" .py)"
    "$python" "$each" || { status=1 && echo "$(basename "$each") failed"; }
done
for each in "$here"/../Soak/*.sh; do
    echo "== $(basename "$each" .sh)"
    "$each" || { status=1 && echo "$(basename "$each") failed"; }
done
exit "$status"
