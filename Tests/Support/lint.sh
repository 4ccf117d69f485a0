#!/usr/bin/env bash
# Rules that the formatter does not know. Prints each breach as file:line:text and fails if there is one.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0

# complain RULE PATTERN PATHS...: lines of tracked and new files that match the pattern.
complain() {
    local rule=$1 pattern=$2 found
    shift 2
    if found=$(git grep --untracked -nP "$pattern" -- "$@"); then
        printf '%s:\n%s\n' "$rule" "$found" >&2
        failed=1
    fi
}

complain 'No try!, as! or fatalError: throw, or prove it with precondition' \
    '(?<![\w"`])(try!|as!|fatalError\()' 'Sources/*.swift' 'Tests/*.swift'
complain 'No unfinished work in the sources' '\b(TO[D]O|FIX[M]E|XX[X])\b' \
    'Sources/*.swift' 'Tests/*.swift' 'Sources/*.h' 'Tests/*.py' '*.sh' Makefile
# Two files of JSON say why they are.
complain 'Nothing is public: use package' '^\s*(@\w+(\(\w+\))?\s+)*(public|open)\s+(?!=)' 'Sources/*.swift' \
    ':!Sources/JSON/ByteBuffer.swift' ':!Sources/JSON/ByteScan.swift'
complain 'A heading without its test attribute never runs' '^\s*func test[A-Z_]\w*\(' 'Tests/*Tests/*.swift'

while IFS= read -r script; do
    bash -n "$script" || failed=1
done < <(git ls-files --cached --others --exclude-standard -- '*.sh' .ci/run)
while IFS= read -r module; do
    python3 - "$module" <<'PYTHON' || failed=1
import ast, sys
ast.parse(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])
PYTHON
done < <(git ls-files --cached --others --exclude-standard -- '*.py')

[ "$failed" -eq 0 ] && echo "lint: nothing found"
exit "$failed"
