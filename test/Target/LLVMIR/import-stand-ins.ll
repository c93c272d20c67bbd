; An instruction that cannot be an operation is a call of a stand-in, whose bitcode
; is the instruction. The rest of the function is MLIR. The export puts the
; instruction back: with its place, its successors and its result.

; RUN: split-file %s %t
; RUN: kcfi-translate --import-llvm-ir %t/in.ll -o %t/in.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
; RUN: FileCheck %s --check-prefix=MLIR --input-file=%t/in.mlir
; RUN: kcfi-translate --import-llvm-ir --remarks=all %t/in.ll -o /dev/null 2>&1 | FileCheck %s --check-prefix=ALL
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/in.mlir -o %t/lowered.mlir
; RUN: kcfi-translate --kcfi-to-llvmir %t/lowered.mlir -o %t/out.ll
; RUN: FileCheck %s --check-prefix=OUT --input-file=%t/out.ll
; Plain MLIR refuses this module.
; RUN: not mlir-translate --import-llvm %t/in.ll 2>&1 | FileCheck %s --check-prefix=PLAIN

; The same machine code, in text and bytecode.
; RUN: llc -filetype=obj %t/in.ll -o %t/in.o
; RUN: llc -filetype=obj %t/out.ll -o %t/out.o
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/in.mlir --emit-bytecode | kcfi-translate --kcfi-to-bitcode -o %t/out.bc
; RUN: llc -filetype=obj %t/out.bc -o %t/out2.o
; RUN: llvm-objdump -dr %t/in.o | tail -n +4 > %t/in.dis
; RUN: llvm-objdump -dr %t/out.o | tail -n +4 | diff %t/in.dis -
; RUN: llvm-objdump -dr %t/out2.o | tail -n +4 | diff %t/in.dis -

; Passes act inside of the functions: symbols stay in sight, checks are raised.
; RUN: kcfi-opt --symbol-dce --canonicalize %t/in.mlir | FileCheck %s --check-prefix=MLIR
; RUN: kcfi-opt --kcfi-raise-from-llvm %t/in.mlir | FileCheck %s --check-prefix=RAISED
; RUN: kcfi-opt --kcfi-report %t/in.mlir -o /dev/null 2>&1 | FileCheck %s --check-prefix=REPORT

; A module whose bitcode is lost or damaged is an error.
; RUN: sed 's/4243C0DE35/4243C0DE36/' %t/in.mlir > %t/damaged.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/damaged.mlir -o %t/damaged-lowered.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t/damaged-lowered.mlir 2>&1 | FileCheck %s --check-prefix=DAMAGED
; So is a terminator's stand-in without its switch, and one that is not called.
; RUN: sed 's/kcfi.stand_in = "callbr.0"/kcfi.stand_in = "callbr.9"/' %t/lowered.mlir > %t/unknown.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t/unknown.mlir 2>&1 | FileCheck %s --check-prefix=UNKNOWN
; RUN: sed 's/llvm.switch %[0-9]* : i32/llvm.switch %arg1 : i32/' %t/lowered.mlir > %t/switch.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t/switch.mlir 2>&1 | FileCheck %s --check-prefix=SWITCH
; RUN: sed 's/llvm.mlir.addressof @helper/llvm.mlir.addressof @kcfi.stand_in.callbr.0/' %t/lowered.mlir > %t/taken.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t/taken.mlir 2>&1 | FileCheck %s --check-prefix=TAKEN
; RUN: sed 's/^\( *\)1: ^bb2/\17: ^bb2/' %t/lowered.mlir > %t/successor.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t/successor.mlir 2>&1 | FileCheck %s --check-prefix=SUCCESSOR
; SUCCESSOR: error: has no successor 7 for a case of its switch
; RUN: sed -e '/weak_odr @reg/,/llvm.return/s/llvm.call @kcfi.stand_in.call.1() : () -> i64/llvm.call @third(%%k) : (i64) -> i64/' -e '/weak_odr @reg/s/$/ %%k = llvm.mlir.constant(0 : i64) : i64/' -e '/llvm.func @kcfi.stand_in.callbr.0/s/^/llvm.func @third(i64) -> i64 attributes {kcfi.stand_in = "call.1"}/' %t/lowered.mlir > %t/arguments.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t/arguments.mlir 2>&1 | FileCheck %s --check-prefix=ARGUMENTS
; ARGUMENTS: error: a call has 1 arguments, the stand-in 0

; REMARK: in.ll:0:0: remark: 4 instructions and constants are carried as LLVM bitcode, with a call in the place of each: instruction 'callbr' (1, first in 'jump'); metadata as an operand of 'llvm.read_register.i64' (3, first in 'reg')
; REMARK-NOT: {{.}}

; ALL-DAG: remark: an instruction of function 'jump' is carried as LLVM bitcode: instruction 'callbr'
; ALL-DAG: remark: an instruction of function 'reg' is carried as LLVM bitcode: metadata as an operand of 'llvm.read_register.i64' (and 2 like it)

; MLIR: llvm.mlir.global internal constant @labels
; MLIR: llvm.func internal @helper(
; MLIR: llvm.func internal @jump(
; MLIR: %[[TO:.*]] = llvm.call @kcfi.stand_in.callbr.0() : () -> i32
; MLIR-NEXT: llvm.switch %[[TO]] : i32, ^bb1 [
; MLIR-NEXT: 1: ^bb2
; MLIR: llvm.call %{{.*}} {kcfi.type_id = #kcfi.type_id<0x00050794>}
; MLIR: llvm.func weak_odr @reg()
; MLIR-NEXT: %[[R:.*]] = llvm.call @kcfi.stand_in.call.1() : () -> i64
; MLIR-NEXT: llvm.return %[[R]] : i64
; MLIR: llvm.func @kcfi.stand_in.callbr.0() -> i32 attributes {kcfi.stand_in = "callbr.0"}
; MLIR: kcfi.carried_bodies dense_resource<kcfi_carried> : tensor<{{[0-9]+}}xi8> symbols {} taken []

; RAISED: kcfi.call %{{.*}} : !kcfi.fnptr<raw<0x00050794>>

; PLAIN: error: unhandled

; OUT: @labels = internal constant [1 x ptr] [ptr blockaddress(@blocks, %{{.*}})]
; OUT: @other = alias i64 (), ptr @reg
; OUT: define internal i32 @helper(i32 %{{.*}}) !kcfi_type
; OUT: define internal i32 @jump(ptr %{{.*}}, i32 %{{.*}}) !kcfi_type
; OUT: callbr void asm sideeffect "", "!i"()
; OUT: call i32 %{{.*}}(i32 %{{.*}}) [ "kcfi"(i32 329620) ]
; OUT: define i32 @main(
; OUT: define weak_odr i64 @reg() comdat !kcfi_type
; OUT: call i64 @llvm.read_register.i64(metadata ![[RSP:[0-9]+]])
; OUT: define void @blocks(
; OUT: define internal void @handler(
; OUT-NOT: kcfi.instruction
; OUT-NOT: stand_in

; REPORT: class 0x00050794: 1 function(s)
; REPORT: function @helper address-taken

; DAMAGED: error: 'kcfi.carried_bodies' op has damaged bitcode:
; UNKNOWN: error: is a stand-in, but the carried bitcode has no instruction 'callbr.9'
; SWITCH: error: a call of this stand-in must be followed by the switch over its successors
; TAKEN: error: is a stand-in, which can only be called directly

;--- in.ll
target triple = "x86_64-unknown-linux-gnu"
$reg = comdat any
@text = private unnamed_addr constant [3 x i8] c"hi\00"
@table = internal global ptr @helper
@labels = internal constant [1 x ptr] [ptr blockaddress(@blocks, %there)]
@other = alias i64 (), ptr @reg
define internal i32 @helper(i32 %x) !kcfi_type !1 {
  ret i32 %x
}
define internal i32 @jump(ptr %p, i32 %x) !kcfi_type !2 {
  callbr void asm sideeffect "", "!i"() to label %a [label %b]
a:
  %r = call i32 %p(i32 %x) [ "kcfi"(i32 329620) ]
  store ptr @helper, ptr @table
  %v = call i32 @puts(ptr @text)
  ret i32 %r
b:
  %z = call i32 @helper(i32 %x)
  ret i32 %z
}
define i32 @main() !kcfi_type !3 {
  %r = call i32 @jump(ptr @helper, i32 4)
  ret i32 %r
}
declare i32 @puts(ptr)
define weak_odr i64 @reg() comdat !kcfi_type !3 {
  %x = call i64 @llvm.read_register.i64(metadata !4)
  ret i64 %x
}
declare i64 @llvm.read_register.i64(metadata)
define void @blocks(i64 %i) !kcfi_type !3 {
  %x = call i64 @llvm.read_register.i64(metadata !4)
  %slot = getelementptr [1 x ptr], ptr @labels, i64 0, i64 %i
  %to = load ptr, ptr %slot
  indirectbr ptr %to, [label %there]
there:
  call void @handler(ptr null)
  ret void
}
define internal void @handler(ptr %f) personality ptr @__gxx_personality_v0 !kcfi_type !3 {
  %x = call i64 @llvm.read_register.i64(metadata !4)
  invoke void %f() to label %ok unwind label %pad
ok:
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %l
}
declare i32 @__gxx_personality_v0(...)
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 329620}
!2 = !{i32 7777}
!3 = !{i32 8888}
!4 = !{!"rsp"}
