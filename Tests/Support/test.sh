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

# What the emulator answers to all of the catalogue's calls, as botocore reads it: about 30 s.
echo "Recording the emulator's replies"
if "$python" "$here/../AWSTests/Fixtures/record.py" "$log/recorded"; then
    export WIRE_RECORDED=$log/recorded
else
    status=1
fi

# A random reply of every operation, others each day: 10 s. WIRE_SEED=YYYYMMDD makes those of another day.
seed=${WIRE_SEED:-$(date +%Y%m%d)}
echo "Making random replies (seed $seed)"
if "$python" "$here/../AWSTests/Fixtures/make_replies.py" "$log/random.jsonl" 1 "$seed" 2>/dev/null; then
    export WIRE_CASES=$log/random.jsonl
else
    status=1
fi

# One process a target: tests that time real sockets and processes do not share the cores with all the others.
echo "Running the Swift tests"
for folder in "$here"/../*Tests; do
    target=$(basename "$folder")
    echo "== $target"
    timeout 600 swift test --skip-build --filter "^$target\\." "${flags[@]}" 2>&1 | tee "$log/$target" || status=1
done

echo "Running the acceptance tests"
COLLECTOR_PROGRAMS=$(swift build --show-bin-path "${flags[@]}")
export COLLECTOR_PROGRAMS
"$python" "$here/../Acceptance/run.py" 2>&1 | tee "$log/Acceptance" || status=1

echo "Building the Debian package and running the tests on a booted system"
"$here/install.sh" deb && "$here/install.sh" machine
{
    COLLECTOR_PACKAGE=$("$here/../../packaging/build-deb.sh" "$here/../../.build/deb") &&
        COLLECTOR_PACKAGE=$COLLECTOR_PACKAGE "$python" "$here/../System/run.py"
} 2>&1 | tee "$log/System" || status=1

echo
for folder in "$here"/../*Tests; do
    target=$(basename "$folder")
    printf '%-20s %s\n' "$target" "$(grep -aE 'Test run with [0-9]+ tests?' "$log/$target" | tail -n 1 || echo 'no result')"
done
for suite in Acceptance System; do
    printf '%-20s %s\n' "$suite" "$(grep -aE '^[0-9]+ passed, [0-9]+ failed' "$log/$suite" | tail -n 1 || echo 'no result')"
done

failed=$(grep -ahE '^✘ Test .* failed after' "$log"/*Tests | grep -vc '^✘ Test run' || true)
ran=$(sed -nE 's/.*Test run with ([0-9]+) tests?.*/\1/p' "$log"/*Tests | awk '{ sum += $1 } END { print sum + 0 }')
passed=$((ran - failed))
for suite in Acceptance System; do
    told=$(grep -aE '^[0-9]+ passed, [0-9]+ failed' "$log/$suite" | tail -n 1 || echo '0 passed, 1 failed')
    read -r good _ bad _ <<<"$told"
    passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
exit "$status"
