// REQUIRES: clang-plugin, lld
// Records go where objects go: archives, thin ones, what is linked.

// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %clang --target=x86_64-unknown-linux-gnu -O1 -fPIC -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -DA -o a.o
// RUN: %clang --target=x86_64-unknown-linux-gnu -O1 -fPIC -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -DB -o b.o
// RUN: %lld -shared a.o b.o -o lib.so
// RUN: %lld -r a.o b.o -o joined.o
// RUN: %llvm_bin/llvm-ar rcs lib.a a.o b.o
// RUN: %llvm_bin/llvm-ar --thin rcs thin.a a.o b.o
// RUN: %llvm_bin/llvm-strip --strip-debug lib.so -o stripped.so
// RUN: mkdir -p tree/sub && cp a.o tree && cp b.o tree/sub && echo text > tree/readme.bc

// Two units of one name are two units.
// RUN: kcfi-report --format=summary a.o b.o > expected
// RUN: FileCheck %s < expected
// CHECK-DAG: {"kind":"unit","version":2,"unit":"{{.*}}link.c#[[A:[0-9a-f]*]]"
// CHECK-DAG: {"kind":"function","unit":"{{.*}}link.c#{{.*}}","name":"first"
// CHECK-DAG: {"kind":"function","unit":"{{.*}}link.c#{{.*}}","name":"second"
// RUN: kcfi-report --format=summary lib.so | cmp - expected
// RUN: kcfi-report --format=summary stripped.so | cmp - expected
// RUN: kcfi-report --format=summary joined.o | cmp - expected
// RUN: kcfi-report --format=summary lib.a | cmp - expected
// RUN: kcfi-report --format=summary thin.a | cmp - expected
// RUN: kcfi-report --format=summary tree | cmp - expected
// What is read twice counts once.
// RUN: kcfi-report --format=summary tree lib.a b.o | cmp - expected

// In objects only.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O1 -fPIC -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -mllvm -kcfi-record-lifetime=objects -c %s -DA -o c.o
// RUN: %lld -shared c.o -o c.so
// RUN: %lld -r c.o -o c2.o
// RUN: kcfi-report c2.o > /dev/null
// RUN: %expect_exit 1 -- kcfi-report c.so 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: c.so: error: an ELF file without records: compile with the compiler plugin, or give the LLVM IR (docs/Builds.md)

// With link-time optimisation the records are in the bitcode, and then in what
// is linked.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -flto=thin -fPIC -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -DA -o a.thin.o
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -flto=thin -fPIC -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -DB -o b.thin.o
// RUN: kcfi-report --format=summary a.thin.o b.thin.o > thin.expected
// RUN: grep -c '"kind":"unit"' thin.expected | grep -x 2
// RUN: %lld -shared a.thin.o b.thin.o -o thin.so
// RUN: kcfi-report --format=summary thin.so | cmp - thin.expected
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -flto -fPIC -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -DA -o a.full.o
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -flto -fPIC -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -DB -o b.full.o
// RUN: %lld -shared a.full.o b.full.o -o full.so
// RUN: kcfi-report --format=summary a.full.o b.full.o > full.expected
// RUN: kcfi-report --format=summary full.so | cmp - full.expected

// Other assemblers than that of x86 read the section as well.
// RUN: for target in aarch64-linux-gnu armv7a-linux-gnueabi riscv64-linux-gnu loongarch64-linux-gnu s390x-linux-gnu powerpc64-linux-gnu; do \
// RUN:   %clang --target=$target -O1 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-record -c %s -DA -o $target.o && \
// RUN:   kcfi-report $target.o > /dev/null || exit 1; \
// RUN: done

#ifdef A
void second(void);
void (*first(void))(void) { return second; }
#else
void second(void) {}
#endif
