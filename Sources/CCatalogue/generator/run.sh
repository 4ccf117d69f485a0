#!/bin/sh
# Regenerates the catalogue: the pinned packages go into a virtual environment (first argument, default: the package's
# build folder), then the generator writes data/ and catalogue.S and prints what changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
environment=${1:-$here/../../../.build/catalogue-venv}
if ! [ -x "$environment/bin/python" ]; then
    echo "creating $environment with the packages of requirements.txt"
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi
cd "$here/.."
exec "$environment/bin/python" -m generator
