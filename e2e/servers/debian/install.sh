#!/usr/bin/env bash
# Installs the Debian packages of the servers under test. The tests of a server that cannot be installed are skipped.
set -uo pipefail
cd "$(dirname "$0")" || exit

DOWNLOAD_SECONDS=120

skip() {
  echo "Servers from Debian: $1. Their tests are skipped."
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
while IFS=': ' read -r server list; do
  read -ra packages <<<"$list"
  installed "${packages[@]}" && continue
  [ "$(id -u)" -eq 0 ] || skip 'not root'
  [ -n "${updated:-}" ] || timeout 60 apt-get update -qq </dev/null || skip 'no package lists'
  updated=yes
  [ "$SECONDS" -lt "$DOWNLOAD_SECONDS" ] || skip 'the mirror is slow'
  # A release of Debian may lack the packages of one server.
  install "${packages[@]}" >/dev/null 2>&1 || echo "Servers from Debian: no $server."
done <packages.txt
echo 'Servers from Debian: done.'
