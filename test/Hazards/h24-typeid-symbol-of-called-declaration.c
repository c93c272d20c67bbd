// H24: clang defines __kcfi_typeid_<name> only for a declaration whose address
// is taken. Assembly code that asks for the id of a function that C code merely
// calls does not link.
//
// What we do: `kcfi.signature @name` asks for the symbol, whatever is done with
// the function.
// If this test fails because both symbols are defined: the operation is only
// needed for names that no C code mentions.

// REQUIRES: clang, lld
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -S -emit-llvm -o - %s | FileCheck %s
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -c -o %t.c.o %s
// RUN: echo '.globl called; called: ret; .globl taken; taken: ret; .long __kcfi_typeid_taken' > %t.s
// RUN: llvm-mc -triple=x86_64-unknown-linux-gnu -filetype=obj -o %t.taken.o %t.s
// RUN: %lld -e user %t.c.o %t.taken.o -o %t
// RUN: echo '.long __kcfi_typeid_called' >> %t.s
// RUN: llvm-mc -triple=x86_64-unknown-linux-gnu -filetype=obj -o %t.called.o %t.s
// RUN: not %lld -e user %t.c.o %t.called.o -o %t 2>&1 | FileCheck %s --check-prefix=LINK

// CHECK-NOT: __kcfi_typeid_called
// CHECK:     module asm ".weak __kcfi_typeid_taken"
// CHECK:     module asm ".set __kcfi_typeid_taken, 329620
// CHECK-NOT: __kcfi_typeid_called

// LINK: undefined symbol: __kcfi_typeid_called

int called(int);
int taken(int);

int user(int x) { return called(x) + 1; }

int (*give(void))(int) { return taken; }
