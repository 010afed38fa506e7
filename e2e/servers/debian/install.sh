#!/usr/bin/env bash
# Installs the Debian packages of the servers. Without apt-get, root or a mirror, the tests of these servers are skipped.
set -uo pipefail
cd "$(dirname "$0")"

skip() {
  echo "Servers from Debian: $1. Their tests are skipped."
  exit 0
}

[ "$(id -u)" -eq 0 ] || skip 'not root'
command -v apt-get >/dev/null || skip 'no apt-get'
read -ra packages <<<"$(cut -d: -f2 packages.txt | tr ' ' '\n' | sort -u | xargs)"
if dpkg-query -W -f '${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | sort -u | grep -qx installed &&
  dpkg-query -W "${packages[@]}" >/dev/null 2>&1; then
  echo 'Servers from Debian: installed.'
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
install=(apt-get install -y -qq --no-install-recommends "${packages[@]}")
timeout 60 apt-get update -qq </dev/null || skip 'no package lists'
timeout 90 "${install[@]}" --download-only </dev/null || skip 'the packages do not download'
# Nothing interrupts this step: half an installation would break the next one.
"${install[@]}" --no-download </dev/null >/dev/null || skip 'the packages do not install'
echo 'Servers from Debian: installed.'
