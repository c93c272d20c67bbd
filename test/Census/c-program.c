// The census of C programs: every function that a check lets through is an
// entry; the constant of a check on x86-64 is the negated id and no look-alike;
// a constant in the code is one, found to the byte.

// REQUIRES: clang

// RUN: %clang --target=x86_64-unknown-linux-gnu -g -O2 -fsanitize=kcfi -S -emit-llvm %s -o %t.ll
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -c %s -o %t.o
// RUN: kcfi-report --all --census=%t.o %t.ll | FileCheck %s
// CHECK:      ids: 2 that checked calls expect, 4 other(s)
// CHECK-EMPTY:
// CHECK-NEXT: {{.*}}.o: x86-64, [[#]] bytes of code in 1 section(s)
// CHECK-NEXT:   entries with an expected id: 3 function(s) and 0 extra
// CHECK-NEXT:   entries with an id that no check expects: 5 function(s) and 0 extra
// CHECK-NEXT:   look-alikes: 0
// CHECK-NEXT:   not expected: function at 0x{{[0-9a-f]+}} in .text, @other: 0x{{[0-9a-f]+}}
// CHECK-NEXT:   not expected: function at 0x{{[0-9a-f]+}} in .text, @apply: 0x6144b4a7 int (int (*)(int), int)
// CHECK-NEXT:   not expected: function at 0x{{[0-9a-f]+}} in .text, @run:
// CHECK-NEXT:   not expected: function at 0x{{[0-9a-f]+}} in .text, @same: 0x6144b4a7 int (int (*)(int), int)
// CHECK-NEXT:   not expected: function at 0x{{[0-9a-f]+}} in .text, @main: 0x{{[0-9a-f]+}} int (void)
// CHECK-NEXT:   function at 0x{{[0-9a-f]+}} in .text, @also @inc: 0x00050794 int (int)
// CHECK-NEXT:   function at 0x{{[0-9a-f]+}} in .text, @dec: 0x00050794 int (int)
// CHECK-NEXT:   function at 0x{{[0-9a-f]+}} in .text, @nothing: 0xa540670c void (void)
// CHECK-NOT:  {{.}}

// Checks do hold the negated id.
// RUN: llvm-objdump -d %t.o | FileCheck %s --check-prefix=CONSTANT
// CONSTANT: 41 b{{[ab]}} 6c f8 fa ff

// A constant equal to the id makes the next instruction a target.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -DPLANT -c %s -o %t.plant.o
// RUN: kcfi-report --census=%t.plant.o %t.ll | FileCheck %s --check-prefix=PLANT
// PLANT:      look-alikes: 1, [[#]].{{[0-9]}} a MB of code
// PLANT-NEXT:   look-alike at 0x{{[0-9a-f]+}} in .text, @planted + 0x6: 0x00050794 int (int)
// PLANT-NOT:  look-alike

// In programs addresses are those of the file. Two objects at once, as JSON.
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi -DPLANT -ffunction-sections -fPIC -shared -Wl,--no-undefined %s -o %t.so
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi -DPLANT %s %start -o %t.exe
// RUN: kcfi-report --format=json --census=%t.so --census=%t.exe %t.ll -o %t.json
// RUN: %python %S/Inputs/check.py %t.json planted 6
// RUN: llvm-nm %t.exe | FileCheck %s --check-prefix=START
// START: T planted

// A patchable prefix moves the ids.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -fpatchable-function-entry=4,4 -g -S -emit-llvm %s -o %t.patch.ll
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -fpatchable-function-entry=4,4 -DPLANT -c %s -o %t.patch.o
// RUN: kcfi-report --census=%t.patch.o %t.patch.ll | FileCheck %s --check-prefix=PATCH
// PATCH: entries with an expected id: 3 function(s) and 0 extra
// PATCH: look-alike at 0x{{[0-9a-f]+}} in .text, @planted + 0xa: 0x00050794 int (int)
// RUN: kcfi-report --census=%t.patch.o %t.ll | FileCheck %s --check-prefix=OTHER
// OTHER: entries with an expected id: 0 function(s)

// The constants of checks elsewhere: halves (AArch64), 20 and 12 bits (RISC-V),
// bytes (ARM). Entries are the same.
// RUN: %clang --target=aarch64-unknown-linux-gnu -O2 -fsanitize=kcfi -g -S -emit-llvm %s -o %t.aarch64.ll
// RUN: %clang --target=aarch64-unknown-linux-gnu -O2 -fsanitize=kcfi -c %s -o %t.aarch64.o
// RUN: kcfi-report --census=%t.aarch64.o %t.aarch64.ll | FileCheck %s --check-prefixes=EACH,AARCH64
// RUN: %clang --target=riscv64-unknown-linux-gnu -march=rv64gc -O2 -fsanitize=kcfi -g -S -emit-llvm %s -o %t.riscv64.ll
// RUN: %clang --target=riscv64-unknown-linux-gnu -march=rv64gc -O2 -fsanitize=kcfi -c %s -o %t.riscv64.o
// RUN: kcfi-report --census=%t.riscv64.o %t.riscv64.ll | FileCheck %s --check-prefixes=EACH,RISCV
// RUN: %clang --target=armv7a-unknown-linux-gnueabi -mthumb -O2 -fsanitize=kcfi -g -S -emit-llvm %s -o %t.thumb.ll
// RUN: %clang --target=armv7a-unknown-linux-gnueabi -mthumb -O2 -fsanitize=kcfi -c %s -o %t.thumb.o
// RUN: kcfi-report --census=%t.thumb.o %t.thumb.ll | FileCheck %s --check-prefixes=EACH,THUMB
// AARCH64: : AArch64, [[#]] bytes
// RISCV: : RISC-V 64, [[#]] bytes
// THUMB: : Thumb2, [[#]] bytes
// EACH: entries with an expected id: 3 function(s) and 0 extra
// EACH: entries with an id that no check expects: 5 function(s) and 0 extra
// EACH: look-alikes: 0

// A word between two instructions: at any even address where instructions may
// have two bytes, at multiples of four only on AArch64.
// RUN: %clang --target=aarch64-unknown-linux-gnu -O2 -fsanitize=kcfi -DPLANT -DSKEW=0 -c %s -o %t.aarch64.o
// RUN: kcfi-report --census=%t.aarch64.o %t.aarch64.ll | FileCheck %s --check-prefix=WORD
// RUN: %clang --target=aarch64-unknown-linux-gnu -O2 -fsanitize=kcfi -DPLANT -DSKEW=2 -c %s -o %t.aarch64.o
// RUN: kcfi-report --census=%t.aarch64.o %t.aarch64.ll | FileCheck %s --check-prefix=EACH
// RUN: %clang --target=riscv64-unknown-linux-gnu -march=rv64gc -O2 -fsanitize=kcfi -DPLANT -DSKEW=2 -c %s -o %t.riscv64.o
// RUN: kcfi-report --census=%t.riscv64.o %t.riscv64.ll | FileCheck %s --check-prefix=WORD
// RUN: %clang --target=armv7a-unknown-linux-gnueabi -mthumb -O2 -fsanitize=kcfi -DPLANT -DSKEW=2 -c %s -o %t.thumb.o
// RUN: kcfi-report --census=%t.thumb.o %t.thumb.ll | FileCheck %s --check-prefix=WORD
// WORD: look-alikes: 1,
// WORD-NEXT: look-alike at 0x{{[0-9a-f]+}} in .text, @planted + 0x{{[0-9a-f]+}}: 0x00050794 int (int)

// Where LLVM expands checks, i386 compares with the id itself: each check is a
// look-alike of its own class. What the modules expect stands in LLVM IR only as
// long as checks are not expanded.
// RUN: %clang --target=i686-unknown-linux-gnu -O2 -fsanitize=kcfi -Xclang -disable-llvm-passes -S -emit-llvm %s -o %t.i386.ll
// RUN: %clang --target=i686-unknown-linux-gnu -O2 -fsanitize=kcfi -c %s -o %t.i386.o
// RUN: kcfi-report --census=%t.i386.o %t.i386.ll | FileCheck %s --check-prefix=EXPANDED
// EXPANDED: : i386, [[#]] bytes
// EXPANDED: entries with an expected id: 3 function(s) and 0 extra
// EXPANDED: look-alikes: 5,
// EXPANDED-NEXT: in .text, @apply + 0x{{[0-9a-f]+}}: 0x00050794
// EXPANDED-NEXT: in .text, @run + 0x{{[0-9a-f]+}}: 0xa540670c
// EXPANDED-NEXT: in .text, @run + 0x{{[0-9a-f]+}}: 0xa540670c
// EXPANDED-NEXT: in .text, @same + 0x{{[0-9a-f]+}}: 0x00050794
// EXPANDED-NEXT: in .text, @same + 0x{{[0-9a-f]+}}: 0x00050794

int inc(int x) { return x + 1; }
int dec(int x) { return x - 1; }
extern int also(int x) __attribute__((alias("inc")));
long other(long x) { return x; }
int apply(int (*op)(int), int x) { return op(x) + 1; }
void nothing(void) {}
void run(void (*f)(void)) {
  f();
  f();
}
int same(int (*op)(int), int x) { return op(x) * op(x + 1); }
int main(void) { return 0; }

#ifdef PLANT
#ifdef __x86_64__
__asm__(".text\n.globl planted\n.type planted, @function\nplanted:\n"
        "nop\nmovl $0x00050794, %edi\nretq\n.size planted, .-planted\n");
#else
#define STRING(x) #x
#define EXPAND(x) STRING(x)
__asm__(".text\n.globl planted\n.type planted, %function\n.p2align 2\nplanted:\n"
        ".skip 8+" EXPAND(SKEW) "\n.long 0x00050794\n.skip 8\n"
        ".size planted, .-planted\n");
#endif
#endif
