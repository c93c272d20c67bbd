#!/usr/bin/env bash
# Configures and builds the project.
#
#   scripts/build.sh [TARGET...]     default: everything
#
# KCFI_BUILD_DIR   build directory (default: build/ in the project)
# KCFI_BUILD_TYPE  CMake build type (default: RelWithDebInfo)
# KCFI_JOBS        parallel jobs (default: as ninja decides)
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
build=${KCFI_BUILD_DIR:-$root/build}

options=(-DCMAKE_BUILD_TYPE="${KCFI_BUILD_TYPE:-RelWithDebInfo}")
if command -v ccache >/dev/null; then
  options+=(-DCMAKE_C_COMPILER_LAUNCHER=ccache
            -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi

cmake -G Ninja -S "$root" -B "$build" "${options[@]}"

build_options=()
if [[ -n ${KCFI_JOBS:-} ]]; then
  build_options+=(--parallel "$KCFI_JOBS")
fi
if (($# > 0)); then
  build_options+=(--target "$@")
fi
cmake --build "$build" "${build_options[@]}"
