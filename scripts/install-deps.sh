#!/usr/bin/env bash
# Installs what the project needs, by apt, on Debian 12 and relatives that carry
# LLVM 22. Packages that are there already are left alone; if none is missing,
# nothing is downloaded and no root rights are needed.
set -euo pipefail

packages=(
  libmlir-22-dev mlir-22-tools llvm-22-dev llvm-22-tools # dialect, tools, lit
  clang-22 lld-22 qemu-user                              # run-time tests
  cmake ninja-build g++ ccache libgtest-dev git          # build
  python3 python3-dev python3-venv                       # Python package
)

if ! command -v dpkg >/dev/null || ! command -v apt-get >/dev/null; then
  echo "install-deps: this system has no apt; install the equivalents of:" >&2
  printf '  %s\n' "${packages[@]}" >&2
  exit 1
fi

missing=()
for package in "${packages[@]}"; do
  # A removed package may still have a record, so the exit code is not enough.
  if ! dpkg -s "$package" 2>/dev/null |
    grep -q '^Status: .* ok installed$'; then
    missing+=("$package")
  fi
done
if ((${#missing[@]} == 0)); then
  echo "install-deps: all ${#packages[@]} packages are installed"
  exit 0
fi
echo "install-deps: missing: ${missing[*]}"

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "install-deps: not root and no sudo; run as root:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

"${as_root[@]}" apt-get update

unavailable=()
for package in "${missing[@]}"; do
  if ! apt-cache show --no-all-versions "$package" >/dev/null 2>&1; then
    unavailable+=("$package")
  fi
done
if ((${#unavailable[@]} > 0)); then
  {
    echo "install-deps: apt does not offer: ${unavailable[*]}"
    if [[ " ${unavailable[*]} " == *-22* ]]; then
      echo "The project needs LLVM 22. Debian 12 has it in bookworm-security:"
      echo "  deb http://deb.debian.org/debian-security bookworm-security main"
      echo "Add this line to /etc/apt/sources.list and run the script again."
    fi
  } >&2
  exit 1
fi

"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y --no-install-recommends "${missing[@]}"
