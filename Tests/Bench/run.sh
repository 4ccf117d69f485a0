#!/usr/bin/env bash
# `make bench`: our daemon beside other collectors, against a canned AWS endpoint on loopback.
#   BENCH_CASE    cpu (default), sqlite, lat50, n20fast, … as the yardstick's README lists
#   BENCH_ROUNDS  rounds of each peer (default 3)
#   BENCH_PEERS   which peers (default go,cpipe,ours); seed, threads and aio take minutes
set -euo pipefail
cd "$(dirname "$0")/../.."
source=${BENCH_SOURCE:-../shared/bench}
copy=.build/bench
if [ ! -d "$copy" ]; then
    if [ ! -d "$source" ]; then
        echo "The yardstick is not there: $source. Nothing is measured."
        exit 0
    fi
    echo "Copying the yardstick from $source to $copy"
    mkdir -p .build
    cp -r "$source" "$copy"
    chmod -R u+w "$copy"
fi
if [ ! -e "$copy/ready" ]; then
    echo "Building the yardstick and its peers (a few minutes)"
    make -C "$copy" setup >"$copy.log" 2>&1 || { tail -n 20 "$copy.log" >&2; exit 1; }
    touch "$copy/ready"
fi

echo "Building as for a package"
read -r -d '' -a flags < <(grep -v '^#' packaging/swift-flags) || true
flags+=(--scratch-path .build/bench-swift)
swift build "${flags[@]}" --product inventory-collectord
COLLECTOR=$(swift build "${flags[@]}" --show-bin-path)/inventory-collectord
OURS=$PWD/Tests/Bench/ours.sh
export COLLECTOR OURS

stop() { "$copy/stop.sh" >/dev/null 2>&1 || true; }
trap stop EXIT
"$copy/start.sh"
python3 "$copy/bench.py" "${BENCH_CASE:-cpu}" "${BENCH_ROUNDS:-3}" "${BENCH_PEERS:-go,cpipe,ours}" |
    python3 Tests/Bench/ratios.py

echo
echo "Next instants of a mixed set of schedules and time zones, one core"
swift run --configuration release schedule-bench
