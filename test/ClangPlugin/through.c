// REQUIRES: clang-plugin
// A unit goes through MLIR passes inside of the compiler.

// There and back: the same object.
// RUN: rm -rf %t && mkdir %t
// RUN: for level in -O0 -O2; do \
// RUN:   %clang --target=x86_64-unknown-linux-gnu $level -fsanitize=kcfi -c %s -o %t/plain.o && \
// RUN:   %clang --target=x86_64-unknown-linux-gnu $level -fsanitize=kcfi %clang_plugin -mllvm -kcfi-through= -c %s -o %t/start.o && \
// RUN:   %clang --target=x86_64-unknown-linux-gnu $level -fsanitize=kcfi %clang_plugin -mllvm -kcfi-through= -mllvm -kcfi-through-at=end -c %s -o %t/end.o && \
// RUN:   cmp %t/plain.o %t/start.o && cmp %t/plain.o %t/end.o || exit 1; \
// RUN: done
// It is quiet, but on demand.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-through= -c %s -o %t/a.o 2>&1 | count 0
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-through= -mllvm -kcfi-remarks -c %s -o %t/a.o 2>&1 | FileCheck %s --check-prefix=REMARKS
// REMARKS: through.c: remark: {{[0-9]+}} instruction{{s?}} {{.*}} carried as LLVM bitcode

// With debug info, and names of structs as they were.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O0 -g -fsanitize=kcfi %clang_plugin -mllvm -kcfi-through= -S -emit-llvm %s -o - | FileCheck %s --check-prefix=NAMES
// NAMES: %struct.job = type { i64, ptr }
// NAMES: define dso_local void @run(
// NAMES: !DISubprogram(name: "run"

// A pass of MLIR that changes the unit, and one of this project.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm "-kcfi-through=kcfi-raise-from-llvm,symbol-dce" -S -emit-llvm %s -o - | FileCheck %s --check-prefix=PASSES
// PASSES: call {{.*}} [ "kcfi"(i32 

// Errors end the compilation.
// RUN: %expect_exit 1 -- %clang --target=x86_64-unknown-linux-gnu -fsanitize=kcfi %clang_plugin -mllvm -kcfi-through=no-such-pass -c %s -o %t/b.o 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: 'no-such-pass' does not refer to a registered pass or pass pipeline
// UNKNOWN: error: KCFI plugin: the unit could not be sent through MLIR
// RUN: not ls %t/b.o

struct job {
  long key;
  void (*run)(long);
};
void run(struct job *job) { job->run(job->key); }
long read_stack(void) {
  register unsigned long stack asm("rsp");
  return stack;
}
int jump(int x) {
  asm goto("" : : : : out);
  return x;
out:
  return 0;
}
