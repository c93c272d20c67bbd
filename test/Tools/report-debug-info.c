// Reports on LLVM IR with debug info have types, also for calls of a type that no
// function here has, with options that change the strings.
// REQUIRES: clang
// RUN: %clang_x86_64 -g -O2 -fsanitize=kcfi -S -emit-llvm %s -o %t.ll
// RUN: kcfi-report %t.ll | FileCheck %s
// RUN: kcfi-report --explain=0x00050794 %t.ll | FileCheck %s --check-prefix=EXPLAIN
// RUN: kcfi-report --format=summary %t.ll | FileCheck %s --check-prefix=SUMMARY
// RUN: %clang_x86_64 -g -O2 -fsanitize=kcfi -fsanitize-cfi-icall-experimental-normalize-integers -S -emit-llvm %s -o %t.n.ll
// RUN: kcfi-report %t.n.ll | FileCheck %s --check-prefix=NORMALIZED
// RUN: not kcfi-report --audit %t.ll | FileCheck %s --check-prefix=AUDIT

// CHECK-DAG: int (int) [_ZTSFiiE]
// CHECK-DAG: void (struct box *) [_ZTSFvP3boxE]
// EXPLAIN: 0x00050794: int (int)
// EXPLAIN: string: _ZTSFiiE
// SUMMARY: {"kind":"class",{{.*}}"_ZTSFvP3boxE"
// NORMALIZED: int (int) [_ZTSFu3i32S_E.normalized]

// Both types of a wrong call.
// AUDIT: drop_long
// AUDIT: {{long|box}}

struct box {
  int value;
  void (*drop)(struct box *);
};
int inc(int x) { return x + 1; }
int apply(int (*f)(int), int x) { return f(x); }
void release(struct box *b) { b->drop(b); }
static void drop_long(long *p) { *p = 0; }
void fill(struct box *b) { b->drop = (void (*)(struct box *))drop_long; }
