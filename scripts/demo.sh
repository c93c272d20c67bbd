#!/usr/bin/env bash
# The project's main job on a real example: installs what is missing, builds the
# tools, lowers examples/quickstart/dispatch.mlir to machine code, links it with
# a C program whose checks are clang's own, and runs right and wrong calls.
#
# KCFI_BUILD_DIR, KCFI_BUILD_TYPE and KCFI_JOBS are those of build.sh.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
build=${KCFI_BUILD_DIR:-$root/build}
mkdir -p -- "$build"
build=$(cd -- "$build" && pwd -P)
export KCFI_BUILD_DIR=$build

if [[ $(uname -s) != Linux || $(uname -m) != x86_64 ]]; then
  echo "demo: the example is a program for x86-64 Linux, this is" \
    "$(uname -m) $(uname -s)" >&2
  exit 1
fi

step() { printf '\n== %s\n' "$*"; }

# Prints a command as it could be typed.
show() {
  local word
  printf '$'
  for word; do
    if [[ $word =~ ^[A-Za-z0-9_./=:,+-]+$ ]]; then
      printf ' %s' "$word"
    else
      printf ' %s' "${word@Q}"
    fi
  done
  printf '\n'
}

run() {
  show "$@"
  "$@"
}

# Runs a program that must end with the given exit code.
run_expecting() {
  local expected=$1 status=0
  shift
  show "$@"
  (ulimit -c 0 && exec "$@") || status=$?
  echo "exit code $status"
  if ((status != expected)); then
    echo "demo: FAILED: expected exit code $expected" >&2
    exit 1
  fi
}

step "Packages"
"$root/scripts/install-deps.sh"
step "Tools"
"$root/scripts/build.sh" kcfi-opt kcfi-translate

clang=$(command -v clang-22 || echo /usr/lib/llvm-22/bin/clang)
PATH=$build/bin:$PATH
work=$build/quickstart
mkdir -p -- "$work"
cp -- "$root/examples/quickstart/dispatch.mlir" \
  "$root/examples/quickstart/main.c" "$work"
cd -- "$work"
printf '\nIn %s, with %s in PATH:\n' "$work" "$build/bin"

step "Which function type has id 0x00050794?"
run kcfi-opt --kcfi-explain=0x00050794 dispatch.mlir

step "From typed functions to machine code"
run kcfi-opt --kcfi-lower-pipeline dispatch.mlir -o lowered.mlir
run kcfi-translate --kcfi-to-llvmir lowered.mlir -o dispatch.ll
run "$clang" -O2 -c dispatch.ll -o dispatch.o
run "$clang" -O2 -fsanitize=kcfi -c main.c -o main.o
run "$clang" main.o dispatch.o -o quickstart

step "The checked call in LLVM IR, and the id that both compilers gave"
run grep -F '"kcfi"(' dispatch.ll
run "$clang" -O2 -fsanitize=kcfi -S -emit-llvm main.c -o main.ll
for file in dispatch.ll main.ll; do
  run grep -E '^![0-9]+ = !\{i32 329620\}$' "$file"
done

step "Right calls, in both directions"
run_expecting 0 ./quickstart

step "Wrong calls: each must end with an illegal instruction (128 + SIGILL)"
run_expecting 132 ./quickstart dialect
run_expecting 132 ./quickstart c

printf '\ndemo: ok: 3 right calls returned, 2 wrong calls trapped\n'
