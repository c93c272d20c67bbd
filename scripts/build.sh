#!/usr/bin/env bash
# Configures and builds the project.
#
#   scripts/build.sh [TARGET...]     default: everything
#
# KCFI_BUILD_DIR   build directory (default: build/ in the project)
# KCFI_BUILD_TYPE  CMake build type (default: RelWithDebInfo)
# KCFI_JOBS        parallel jobs (default: as ninja decides)
# KCFI_PYTHON      0 leaves out the Python package, which a build of everything
#                  contains where pip can get what it needs
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
build=${KCFI_BUILD_DIR:-$root/build}

options=(-DCMAKE_BUILD_TYPE="${KCFI_BUILD_TYPE:-RelWithDebInfo}")
if command -v ccache >/dev/null; then
  options+=(-DCMAKE_C_COMPILER_LAUNCHER=ccache
            -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi

# The Python package needs nanobind, its tests more; both stay in the build tree.
# What is installed already needs no network.
install_requirements() {
  local requirements=$root/python/$1
  cmp -s -- "$requirements" "$build/venv/$1" && return
  "$build/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --requirement "$requirements" && cp -- "$requirements" "$build/venv/$1"
}
make_venv() {
  { [[ -x $build/venv/bin/python ]] || /usr/bin/python3 -m venv "$build/venv"; } &&
    install_requirements requirements-dev.txt &&
    { install_requirements requirements-notebooks.txt ||
      echo "build: nothing for notebooks from pip: they are not tested" >&2; }
}

if (($# == 0)); then
  # CMake wants the interpreter's absolute path.
  mkdir -p -- "$build"
  build=$(cd -- "$build" && pwd -P)
  if [[ ${KCFI_PYTHON:-1} == 0 ]]; then
    options+=(-DKCFI_ENABLE_PYTHON=OFF)
  elif make_venv; then
    options+=(-DKCFI_ENABLE_PYTHON=ON
              -DPython_EXECUTABLE="$build/venv/bin/python")
  else
    echo "build: no virtual environment for Python: the package mlir_kcfi is" \
      "neither built nor tested" >&2
    options+=(-DKCFI_ENABLE_PYTHON=OFF)
  fi
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
