#!/usr/bin/env bash
# Installs missing packages, builds everything and runs all tests, unit tests
# included, through lit. The last line is `N passed, N failed[, N skipped]`.
#
#   scripts/test.sh [LIT OPTION...]     e.g. --filter=IR
#
# KCFI_BUILD_DIR, KCFI_BUILD_TYPE and KCFI_JOBS are those of build.sh.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
build=${KCFI_BUILD_DIR:-$root/build}

# The test commands name files without quotes, as lit's do.
if [[ $root$build == *[[:space:]]* ]]; then
  echo "test: the tests need a path without spaces, found '$root'" >&2
  exit 1
fi

"$root/scripts/install-deps.sh"
"$root/scripts/build.sh"

lit=/usr/lib/llvm-22/bin/lit
if [[ ! -x $lit ]]; then
  lit=$(command -v lit) || { echo "test: lit was not found" >&2; exit 1; }
fi
workers=$(nproc)
if ((workers < 2)); then
  workers=2
fi

results=$build/test/results.json
rm -f -- "$results"
lit_status=0
"$lit" -sv --workers "$workers" --output "$results" "$@" "$build/test" ||
  lit_status=$?

exec python3 "$root/utils/summarize-lit" --lit-status "$lit_status" "$results"
