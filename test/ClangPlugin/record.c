// REQUIRES: clang-plugin
// The plugin puts the records of a unit into its object. They are those of the
// code before the optimiser, and say what the optimiser did to the checks.

// RUN: rm -rf %t && mkdir %t
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -o %t/with.o
// RUN: kcfi-report %t/with.o | FileCheck %s
// RUN: kcfi-report --format=summary %t/with.o -o %t/with.ndjson

// CHECK: target: x86_64-unknown-linux-gnu
// CHECK: indirect calls: 3 checked (3 by bundle
// CHECK: after optimization: 2 of 3 checks left, 0 added by copies of code, 1 target(s) called directly, 0 check(s) or id(s) damaged

// The same as of the code that the front end made, and the outcome.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -Xclang -disable-llvm-passes -emit-llvm -c %s -o %t/start.bc
// RUN: kcfi-translate --llvmir-to-summary --unit=%s %t/start.bc -o %t/start.ndjson
// RUN: grep -v '"kind":"\(checks\|promotion\)"' %t/with.ndjson | diff - %t/start.ndjson
// RUN: FileCheck %s --check-prefix=OUTCOME < %t/with.ndjson
// OUTCOME-DAG: {"kind":"checks","unit":"{{.*}}record.c","id":"[[ID:0x[0-9a-f]*]]","before":3,"after":2}
// OUTCOME-DAG: {"kind":"promotion","unit":"{{.*}}record.c","caller":"known","callee":"square","id":"[[ID]]"}
// OUTCOME-DAG: {"kind":"flow","unit":"{{.*}}record.c","from":"field:table+8","to":"site:call#0"}

// Nothing else of the object is other than without.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -c %s -o %t/without.o
// RUN: llvm-objcopy --remove-section=.kcfi.records %t/with.o %t/removed.o
// RUN: llvm-objcopy %t/without.o %t/copied.o
// RUN: cmp %t/removed.o %t/copied.o
// RUN: llvm-readelf -S %t/with.o | FileCheck %s --check-prefix=SECTION
// No flag: not loaded, not dropped.
// SECTION: .kcfi.records PROGBITS 0000000000000000 {{[0-9a-f]+}} {{[0-9a-f]+}} 00 0 0 1

// Without debug info and types of accesses.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fno-strict-aliasing -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -o %t/kernel.o
// RUN: kcfi-report --format=summary %t/kernel.o | FileCheck %s --check-prefix=ALIASING
// ALIASING: "from":"field:table+8","to":"site:call#0"

struct table {
  long size;
  int (*run)(int);
};

__attribute__((noinline)) static int square(int x) { return x * x; }

int call(struct table *table, int x) { return table->run(x); }
int any(int (*f)(int), int x) { return f(x) + 1; }
__attribute__((noinline)) int keep(int (*f)(int), int x) { return f != 0; }
int known(int x) {
  int (*f)(int) = square;
  return f(x) + keep(square, x);
}
