#!/usr/bin/env bash
# Installs the Debian packages that a list names, such as e2e/servers/debian/packages.txt. The tests of what cannot be
# installed are skipped.
set -uo pipefail

LIST=$1
DOWNLOAD_SECONDS=120

skip() {
  echo "From Debian: $1. Their tests are skipped."
  exit 0
}

installed() {
  local packages=("$@")
  [ "$(dpkg-query -W -f '${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | grep -cx installed)" -eq "${#packages[@]}" ]
}

install() {
  local install=(apt-get install -y -qq --no-install-recommends "$@")
  timeout $((DOWNLOAD_SECONDS - SECONDS)) "${install[@]}" --download-only </dev/null &&
    # No time limit: half an installation would break the next one.
    DEBIAN_FRONTEND=noninteractive "${install[@]}" --no-download </dev/null
}

command -v apt-get >/dev/null || skip 'no apt-get'
while IFS=': ' read -r name list; do
  read -ra packages <<<"$list"
  installed "${packages[@]}" && continue
  [ "$(id -u)" -eq 0 ] || skip 'not root'
  [ -n "${updated:-}" ] || timeout 60 apt-get update -qq </dev/null || skip 'no package lists'
  updated=yes
  [ "$SECONDS" -lt "$DOWNLOAD_SECONDS" ] || skip 'the mirror is slow'
  # A release of Debian may lack the packages of one name.
  install "${packages[@]}" >/dev/null 2>&1 || echo "From Debian: no $name."
done <"$LIST"
echo 'From Debian: done.'
