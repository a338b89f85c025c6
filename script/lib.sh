# shellcheck shell=bash
# What the commands in this folder share. Sourced, never run; the caller has set -euo pipefail.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
STAMP="$VENV/.normtool-setup" # what is installed: "<level> <hash>"

# What rendering and testing need from Debian.
# "a|b" means: one of these is enough.
RENDER_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig)
TEST_PACKAGES=(chromium "libreoffice-calc-nogui|libreoffice-calc" fonts-crosextra-carlito poppler-utils qpdf "default-jre-headless|openjdk-17-jre-headless|openjdk-21-jre-headless")

say() { printf '%s\n' "$*" >&2; }

# Prints a message and ends with 3: something outside this repository is missing.
missing() {
    say "$@"
    exit 3
}

is_debian() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

is_installed() {
    local name
    for name in ${1//|/ }; do
        [[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" == installed ]] && return 0
    done
    return 1
}

# Prints the first alternative of every package that is not installed.
absent_packages() {
    local package
    for package in "$@"; do
        is_installed "$package" || printf '%s\n' "${package%%|*}"
    done
}

# debian_packages PURPOSE PACKAGE...: installs what is absent when that is allowed.
# Gives 0 when all are there (or this is not Debian), 1 after saying what is missing and how to get it.
debian_packages() {
    local purpose="$1" absent log
    shift
    if ! is_debian; then
        say "Not a Debian system: for $purpose, install what Debian calls: ${*%%|*}"
        return 0
    fi
    mapfile -t absent < <(absent_packages "$@")
    ((${#absent[@]})) || return 0
    if [[ "$(id -u)" == 0 ]]; then
        say "Installing Debian packages for $purpose: ${absent[*]}"
        log="$(mktemp)"
        if { refresh_package_lists || true; install_packages "${absent[@]}"; } >"$log" 2>&1; then
            rm -f "$log"
            return 0
        fi
        tail -n 15 "$log" >&2
        rm -f "$log"
    fi
    say "Missing Debian packages for $purpose: ${absent[*]}"
    say "An administrator installs them with:"
    say "    apt-get update && apt-get install --no-install-recommends ${absent[*]}"
    return 1
}

LISTS_ARE_FRESH=
refresh_package_lists() {
    if [[ -n "$LISTS_ARE_FRESH" ]]; then return 0; fi
    apt-get -q -o DPkg::Lock::Timeout=120 update && LISTS_ARE_FRESH=1
}

install_packages() {
    DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@" </dev/null
}

# Prints a Python of at least 3.11; $PYTHON is tried first.
find_python() {
    local name
    for name in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            "$name" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

has_ensurepip() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# find_uv PYTHON: sets UV to the installer. A machine without one gets it in .venv-uv, from a lock with hashes.
find_uv() {
    local python="$1"
    UV="$(command -v uv || true)"
    if [[ -n "$UV" ]] && "$UV" --version >/dev/null 2>&1; then return 0; fi
    UV="$ROOT/.venv-uv/bin/uv"
    if [[ -x "$UV" ]]; then return 0; fi
    if ! has_ensurepip "$python"; then
        debian_packages "making a Python environment" python3-venv || return 1
        has_ensurepip "$python" || {
            say "$python cannot make an environment with pip (it lacks ensurepip)."
            say "Install uv, or a Python that has ensurepip."
            return 1
        }
    fi
    say "Installing uv in .venv-uv"
    rm -rf "$ROOT/.venv-uv"
    "$python" -m venv "$ROOT/.venv-uv" &&
        "$ROOT/.venv-uv/bin/python" -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r "$ROOT/requirements/uv.lock" >&2
}
