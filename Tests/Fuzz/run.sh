#!/usr/bin/env bash
# Builds the readers with libFuzzer and runs each on what it has found so far, beginning with the generated replies.
#   run.sh SECONDS [READER]...     readers: json xml document ini varlink
# What a reader has learned stays in .build/fuzz/corpus; an input that breaks one is written to .build/fuzz/found, and
# belongs into Tests/Fuzz/corpus/READER.b64 (a line each in base64), which the tests replay.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=$1
shift
readers=("$@")
[ "${#readers[@]}" -gt 0 ] || readers=(json xml document ini varlink)
folder=$PWD/.build/fuzz
mkdir -p "$folder/found"

FUZZ=1 swift build --configuration release --build-path "$folder/build" --sanitize fuzzer --product fuzz-readers
python3 Tests/Fuzz/make_seeds.py "$folder/seeds"
program=$(FUZZ=1 swift build --configuration release --build-path "$folder/build" --sanitize fuzzer --show-bin-path)/fuzz-readers
# Swift's own report of a trap would keep libFuzzer from writing down the input.
export SWIFT_BACKTRACE=enable=no
for reader in "${readers[@]}"; do
    mkdir -p "$folder/corpus/$reader"
    echo "== $reader, $seconds s"
    # 1 MiB holds any construct; a reply that takes 10 s, or more memory than a daemon has, is a finding.
    FUZZ_READER=$reader FUZZ_CASES="$PWD/Tests/Fuzz/corpus/cases-$reader.jsonl" \
        FUZZ_SERVICES="$PWD/Sources/CCatalogue/data/services" "$program" \
        -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$folder/found/$reader-" "$folder/corpus/$reader" "$folder/seeds/$reader" 2>&1 |
        grep -vE '^#[0-9]+.*(NEW|REDUCE|pulse|RELOAD)' | tail -n 25
done
