// Where debug info says too little, functions keep the id only, and the reason
// is told.

// REQUIRES: clang
// RUN: %clang -w -g -fblocks -fsanitize=kcfi -S -emit-llvm %s -o %t.ll
// RUN: kcfi-translate --import-llvm-ir %t.ll -o %t.mlir
// RUN: kcfi-opt --kcfi-raise-from-llvm --remarks-filter='kcfi.*' %t.mlir -o %t.raised.mlir 2> %t.txt
// RUN: FileCheck %s < %t.txt
// RUN: kcfi-opt --kcfi-verify-level=level=L3 %t.raised.mlir -o /dev/null

// With line tables only there are no types at all.
// RUN: %clang -w -gline-tables-only -fblocks -fsanitize=kcfi -S -emit-llvm %s -o %t.lines.ll
// RUN: kcfi-translate --import-llvm-ir %t.lines.ll | kcfi-opt --kcfi-raise-from-llvm --remarks-filter='kcfi.*' -o /dev/null 2>&1 | FileCheck %s --check-prefix=LINES

// LINES: Function=unnamed {{.*}}debug info has no types of functions (line tables only)

// CHECK-DAG: Function=unnamed {{.*}}a type has no name: its encoding depends on the order in which the compiler met such types
void unnamed(struct { int a; } *p) {}

typedef const struct { int k; } named_const;
// CHECK-DAG: Function=const_typedef {{.*}}a type has no name: its encoding depends on the order
void const_typedef(named_const *p) {}

// CHECK-DAG: Function=space {{.*}}debug info gives another type than the id
void space(int __attribute__((address_space(3))) *a) {}

// CHECK-DAG: Function=parameter_tag {{.*}}debug info gives another type than the id
void parameter_tag(struct in_parameter *p) {}

// CHECK-DAG: Function=block {{.*}}a type has no name: its encoding depends on the order
void block(int (^b)(int)) {}

typedef _Bool bool8 __attribute__((ext_vector_type(8)));
// CHECK-DAG: Function=bool_vector {{.*}}debug info gives another type than the id
void bool_vector(bool8 a) {}
