#!/usr/bin/env bash
# Installs what a target of the Makefile lacks, and says what it does. What is present is left alone,
# so that all of this works without a network once it has run.
#
#   install.sh build                     Debian's packages that the build needs
#   install.sh test                      those that the tests need beside them
#   install.sh deb                       what it takes to build and check the Debian package
#   install.sh units                     what it takes to check the units
#   install.sh machine                   what it takes to boot a system in a container, when this may be done here
#   install.sh python FOLDER FILE        a Python environment in FOLDER with the packages of FILE
set -euo pipefail

build_packages=(
    libcurl4-openssl-dev libssl-dev libsqlite3-dev libsystemd-dev pkg-config make
    tzdata        # time zones are read from /usr/share/zoneinfo
    ca-certificates
)
python_packages=(python3 python3-venv)
test_packages=(
    zsh fish      # completion is tested in the shells themselves
    mandoc        # reads the manual pages
)
deb_packages=(debhelper dpkg-dev lintian pkg-config python3 libcurl4-openssl-dev libssl-dev libsqlite3-dev libsystemd-dev)
unit_packages=(systemd)
machine_packages=(systemd systemd-sysv systemd-container util-linux)

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "These packages are missing, and there is neither root nor sudo to install them: ${missing[*]}" >&2
        exit 1
    fi
}

install_debian() {
    local package
    missing=()
    for package in "$@"; do
        if ! dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
            missing+=("$package")
        fi
    done
    [ "${#missing[@]}" -eq 0 ] && return
    echo "Installing Debian packages: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_python() {
    local folder=$1 file=$2
    if cmp -s "$file" "$folder/installed.txt"; then
        return
    fi
    install_debian "${python_packages[@]}"
    echo "Installing the Python packages of $file into $folder"
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$file"
    cp "$file" "$folder/installed.txt"
}

require_swift() {
    if ! command -v swift >/dev/null; then
        echo "Swift 6 is missing: install it as https://www.swift.org/install/linux/ says." >&2
        exit 1
    fi
}

case "${1:-}" in
    build) require_swift; install_debian "${build_packages[@]}" ;;
    test) install_debian "${test_packages[@]}" ;;
    deb) install_debian "${deb_packages[@]}" ;;
    units) install_debian "${unit_packages[@]}" ;;
    machine) [ "$(id -u)" -ne 0 ] || install_debian "${deb_packages[@]}" "${machine_packages[@]}" ;;
    python) install_python "$2" "$3" ;;
    *) echo "usage: install.sh build | test | deb | units | machine | python FOLDER FILE" >&2; exit 2 ;;
esac
