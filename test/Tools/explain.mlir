// RUN: kcfi-opt --kcfi-explain=0x00050794 %s | FileCheck %s --check-prefix=INT
// Decimal, negative as LLVM IR prints it, several at once, from the input stream.
// RUN: kcfi-opt --kcfi-explain=329620 %s | FileCheck %s --check-prefix=INT
// RUN: kcfi-opt --kcfi-explain=-1534530564 %s | FileCheck %s --check-prefix=NEGATIVE
// RUN: kcfi-opt --kcfi-explain=0xa488ebfc,329620 < %s | FileCheck %s --check-prefixes=NEGATIVE,INT-LAST
// RUN: kcfi-opt --kcfi-explain=0xa488ebfc --kcfi-explain=329620 %s -o %t.out
// RUN: FileCheck %s --check-prefixes=NEGATIVE,INT-LAST --input-file=%t.out
// After the lowering, the ids tell what was meant.
// RUN: kcfi-opt --kcfi-lower-pipeline %s | kcfi-opt --kcfi-explain=0x12345678 | FileCheck %s --check-prefix=NUMBER
// One unknown id makes the whole call fail, the others are explained all the same.
// RUN: not kcfi-opt --kcfi-explain=0x00000001,329620 %s | FileCheck %s --check-prefixes=UNKNOWN,INT-LAST

// INT:      0x00050794: int (int)
// INT-NEXT:   string: _ZTSFiiE
// INT-NEXT:   function: @declared (declared) at {{.*}}explain.mlir:[[#@LINE+36]]:3
// INT-NEXT:   function: @twice at {{.*}}explain.mlir:[[#@LINE+32]]:3
// INT-NEXT:   call site: in @call at {{.*}}explain.mlir:[[#@LINE+36]]:10
// INT-NOT:  {{.}}
// NEGATIVE: 0xa488ebfc: void (void *)
// UNKNOWN:  {{^}}0x00000001: unknown id: no function and no call has it
// INT-LAST: 0x00050794: int (int)
// NUMBER:   0x12345678: unknown type
// NUMBER-NEXT: string: not known
// NUMBER-NEXT: call site: in @call at

// A list of strings instead of a module.
// RUN: printf '_ZTSFiiE\r\n\n_ZTSFvPvE.salt\nno mangling\n' > %t.list
// RUN: kcfi-opt --kcfi-explain=329620 --kcfi-strings=%t.list | FileCheck %s --check-prefix=LIST
// RUN: kcfi-opt --kcfi-explain=0x00050794 --kcfi-strings=%t.list --kcfi-hash=xxhash64 | FileCheck %s --check-prefix=LIST
// RUN: not kcfi-opt --kcfi-explain=329620 --kcfi-strings=%t.list --kcfi-hash=fnv1a | FileCheck %s --check-prefix=LIST-UNKNOWN
// LIST:      0x00050794: int (int)
// LIST-NEXT:   string: _ZTSFiiE{{$}}
// LIST-UNKNOWN: 0x00050794: unknown id: no string of the list has it

// Errors.
// RUN: not kcfi-opt --kcfi-explain=id %s 2>&1 | FileCheck %s --check-prefix=NUMERIC
// RUN: not kcfi-opt --kcfi-explain=0x100000000 %s 2>&1 | FileCheck %s --check-prefix=NUMERIC
// RUN: not kcfi-opt --kcfi-explain=-2147483649 %s 2>&1 | FileCheck %s --check-prefix=NUMERIC
// RUN: not kcfi-opt --kcfi-explain=1 %t.no-such-file 2>&1 | FileCheck %s --check-prefix=NOFILE
// RUN: not kcfi-opt --kcfi-explain=1 --kcfi-strings=%t.no-such-file 2>&1 | FileCheck %s --check-prefix=NOFILE
// RUN: not kcfi-opt --kcfi-explain=1 %s -o %t.no-such-directory/out 2>&1 | FileCheck %s --check-prefix=NOFILE
// RUN: echo 'module {' | not kcfi-opt --kcfi-explain=1 2>&1 | FileCheck %s --check-prefix=SYNTAX
// NUMERIC: error: '{{.*}}' is not a 32-bit type id, expected e.g. 0x00050794 or 329620
// NOFILE:  error: cannot open {{.*}}no-such
// SYNTAX:  error: expected

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func @twice(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
  func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  func.func @call(%f: !kcfi.fnptr<(c.int) -> c.int>, %g: !kcfi.fnptr<raw<0x12345678>>, %x: i32) {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    kcfi.call %g() : !kcfi.fnptr<raw<0x12345678>>, () -> ()
    return
  }
  llvm.func @pointer(!llvm.ptr) attributes {kcfi.sig = !kcfi.fn<(ptr<c.void>) -> c.void>}
}
