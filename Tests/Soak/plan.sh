#!/usr/bin/env bash
# A plan of 3,000,000 listings (10,000 accounts, 300 types each) against an AWS that answers at once: every listing ends
# in the ledger, and the process stays under 256 MB. PLAN_LISTINGS, from the environment, takes another size.
set -euo pipefail
export PLAN_LISTINGS=${PLAN_LISTINGS:-3000000}
swift build --configuration release --build-tests -Xswiftc -enable-testing
swift test --configuration release --skip-build -Xswiftc -enable-testing --filter '^RefreshTests\.PlanMemoryTests'
