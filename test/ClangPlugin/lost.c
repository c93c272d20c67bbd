// REQUIRES: clang-plugin
// What the optimiser takes away is in the records, and an error of the audit.

// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -o %t.o
// RUN: kcfi-report %t.o | FileCheck %s --check-prefix=REPORT
// REPORT: after optimization: 0 of 1 checks left, 0 added by copies of code, 0 target(s) called directly, 1 check(s) or id(s) damaged
// RUN: kcfi-report --format=json %t.o | FileCheck %s --check-prefix=JSON
// JSON:      "after_optimization": {
// JSON-NEXT:   "checks_left": 0,
// JSON-NEXT:   "checks_copied": 0,
// JSON-NEXT:   "promoted": 0,
// JSON-NEXT:   "damaged": 1
// RUN: %expect_exit 1 -- kcfi-report --audit %t.o | FileCheck %s
// CHECK:      lost.c: error: @call calls @wrong directly, whose id {{.*}} no check that can have come there accepts [lost-in-optimizer]
// CHECK-NEXT:   guard: wrong-promotion
// RUN: kcfi-report --audit --fail-on=mixed-options %t.o > /dev/null

// Nothing is lost without optimisation.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O0 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -o %t.0.o
// RUN: kcfi-report %t.0.o | FileCheck %s --check-prefix=KEPT
// KEPT: after optimization: 1 of 1 checks left, 0 added by copies of code, 0 target(s) called directly, 0 check(s) or id(s) damaged

__attribute__((noinline)) long wrong(long x) { return x; }
int call(int x) {
  int (*f)(int) = (int (*)(int))wrong;
  return f(x);
}
