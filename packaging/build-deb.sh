#!/usr/bin/env bash
# Builds the Debian package in a copy of the working tree and prints the package's path as the last line.
#   build-deb.sh FOLDER      FOLDER: for the copy, the Swift build and the package; kept, so that the next build is short
# PACKAGE_PROGRAMS, from the environment, is a folder of built programs to package instead of building them.
set -euo pipefail
folder=$(realpath -m "$1")
cd "$(dirname "$0")/.."
[ -z "${PACKAGE_PROGRAMS:-}" ] || PACKAGE_PROGRAMS=$(realpath "$PACKAGE_PROGRAMS")
tree=$folder/tree
kept=$folder/files
mkdir -p "$tree"

# The copy holds the files that git knows or would add. Unchanged ones keep their times, so that little is built anew.
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ -e "$file" ] && printf '%s\0' "$file"
done | sort -z >"$kept.new"
if [ -e "$kept" ]; then
    (cd "$tree" && comm -z -23 "$kept" "$kept.new" | xargs -0 -r rm -f)
fi
mv "$kept.new" "$kept"
xargs -0 cp --update --preserve=mode,timestamps --parents --target-directory="$tree" <"$kept"
rm -rf "$tree/debian" "$folder"/*.deb "$folder"/*.ddeb
cp -r packaging/debian "$tree/debian"

cd "$tree"
export SWIFT_BUILD_FLAGS="--scratch-path $folder/swift"
# Times in the package come from the changelog, and nothing of this machine's locale or zone.
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog --show-field Timestamp)
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
dpkg-buildpackage --build=binary --no-sign --no-pre-clean --no-check-builddeps >"$folder/log" 2>&1 || {
    tail -n 40 "$folder/log" >&2
    exit 1
}
ls "$folder"/inventory-collector_*.deb
