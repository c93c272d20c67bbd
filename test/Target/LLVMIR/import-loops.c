// REQUIRES: clang
// Loops with places in the source: their nodes refer to the debug info of the
// function, and two loops with the same properties stay two.

// RUN: for level in -O0 -O1 -O2; do \
// RUN:   %clang --target=x86_64-unknown-linux-gnu $level -g -S -emit-llvm %s -o %t.ll && \
// RUN:   kcfi-translate --through= %t.ll -S -o %t.out.ll 2> %t.err && FileCheck %s < %t.out.ll && \
// RUN:   llc -O2 %t.ll -o - | grep -v '\.\(file\|loc\|ident\)' > %t.s && \
// RUN:   llc -O2 %t.out.ll -o - | grep -v '\.\(file\|loc\|ident\)' > %t.out.s || exit 1; \
// RUN: done

// CHECK: define dso_local void @two(
// CHECK: !llvm.loop ![[A:[0-9]+]]
// CHECK: !llvm.loop ![[B:[0-9]+]]
// CHECK: ![[A]] = distinct !{![[A]], !{{[0-9]+}}, !{{[0-9]+}}, !{{.*}}}
// CHECK: ![[B]] = distinct !{![[B]], !{{[0-9]+}}, !{{[0-9]+}}, !{{.*}}}

int g(int);
void two(int n) {
  while (g(n))
    n--;
  while (g(n))
    n--;
}
