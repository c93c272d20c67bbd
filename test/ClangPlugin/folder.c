// REQUIRES: clang-plugin
// Records in a folder of their own; a unit that is compiled again replaces its
// file.

// RUN: rm -rf %t && mkdir %t
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record-dir=%t/new/records -c %s -DMORE -o %t/a.o
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record-dir=%t/new/records -c %s -o %t/b.o
// RUN: ls %t/new/records | FileCheck %s --check-prefix=FILES
// FILES: folder.c-{{[0-9a-f]+}}.ndjson
// FILES-NOT: {{.}}
// RUN: kcfi-report %t/new/records | FileCheck %s
// CHECK: functions: 1 defined
// The object has none.
// RUN: %expect_exit 1 -- kcfi-report %t/b.o > /dev/null 2>&1

// Options in the environment, where a build system swallows flags.
// RUN: env KCFI_PLUGIN_OPTIONS="-kcfi-record-dir=%t/env" %clang --target=x86_64-unknown-linux-gnu -fsanitize=kcfi %clang_plugin -c %s -o %t/c.o
// RUN: kcfi-report %t/env | FileCheck %s
// RUN: %expect_exit 1 -- env KCFI_PLUGIN_OPTIONS="-kcfi-recrd" %clang --target=x86_64-unknown-linux-gnu -fsanitize=kcfi %clang_plugin -c %s -o %t/d.o 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: error: KCFI plugin: environment variable KCFI_PLUGIN_OPTIONS: 'kcfi-recrd' is no option of the KCFI plugin
// RUN: %expect_exit 1 -- env KCFI_PLUGIN_OPTIONS="-kcfi-check=perhaps" %clang --target=x86_64-unknown-linux-gnu -fsanitize=kcfi %clang_plugin -c %s -o %t/d.o 2>&1 | FileCheck %s --check-prefix=VALUE
// VALUE: error: KCFI plugin: environment variable KCFI_PLUGIN_OPTIONS: 'kcfi-check' has a wrong value
// RUN: not ls %t/d.o

// A folder that cannot be made.
// RUN: touch %t/file
// RUN: %expect_exit 1 -- %clang --target=x86_64-unknown-linux-gnu -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record-dir=%t/file/sub -c %s -o %t/e.o 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: error: KCFI plugin: cannot make folder '{{.*}}/file/sub': Not a directory

// Formats without such sections.
// RUN: %expect_exit 1 -- %clang --target=x86_64-apple-macos -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -o %t/f.o 2>&1 | FileCheck %s --check-prefix=MACHO
// MACHO: error: KCFI plugin: records can be in ELF files only: use -kcfi-record-dir

void f(void) {}
#ifdef MORE
void g(void) {}
#endif
