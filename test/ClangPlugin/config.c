// REQUIRES: clang-plugin, native-x86_64
// kcfi-config gives flags that work wherever clang is called.

// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %kcfi_tools_dir/kcfi-config --version | FileCheck %s --check-prefix=VERSION
// VERSION: {{^[0-9]+\.[0-9]+\.[0-9]+$}}
// RUN: test -f "$(%kcfi_tools_dir/kcfi-config --plugin)"
// RUN: test -f "$(%kcfi_tools_dir/kcfi-config --cmakedir)"/KCFIConfig.cmake
// RUN: %kcfi_tools_dir/kcfi-config --clang-flags -kcfi-record > flags

// Compiling, assembling, preprocessing and linking, with nothing unused.
// RUN: echo '.globl x' > a.S
// RUN: %clang -Werror @flags -fsanitize=kcfi -c %s -o b.o
// RUN: kcfi-report b.o > /dev/null
// RUN: %clang -Werror @flags -c a.S -o a.o
// RUN: %clang -Werror @flags -E %s -o /dev/null
// RUN: %clang -Werror @flags -nostdlib -shared a.o b.o -o c.so
// RUN: kcfi-report c.so > /dev/null

// RUN: %expect_exit 1 -- %kcfi_tools_dir/kcfi-config --clang-flags -O2 2>&1 | FileCheck %s --check-prefix=OPTION
// OPTION: kcfi-config: error: expected an option of the plugin, e.g. -kcfi-record, found '-O2'
// RUN: %expect_exit 1 -- %kcfi_tools_dir/kcfi-config --clang 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: kcfi-config: error: unknown option '--clang'
// RUN: %expect_exit 1 -- %kcfi_tools_dir/kcfi-config 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: usage: kcfi-config OPTION
// RUN: %kcfi_tools_dir/kcfi-config --help | FileCheck %s --check-prefix=NONE

void f(void) {}
