; A definition with funclets, which MLIR cannot import, stays LLVM bitcode in the module, and comes
; back with its linkage, its place, its id and its checks.

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

; Passes see what the bodies refer to, and do not remove it.
; RUN: kcfi-opt --symbol-dce --canonicalize %t/in.mlir | FileCheck %s --check-prefix=MLIR
; RUN: kcfi-opt --kcfi-report %t/in.mlir -o /dev/null 2>&1 | FileCheck %s --check-prefix=REPORT

; A reader without the resource has no body: not silent.
; RUN: kcfi-opt %t/in.mlir --mlir-elide-resource-strings-if-larger=10 -o %t/elided.mlir
; RUN: not kcfi-opt %t/elided.mlir 2>&1 | FileCheck %s --check-prefix=ELIDED
; RUN: sed 's/4243C0DE/4243C0DF/' %t/in.mlir > %t/no-bitcode.mlir
; RUN: not kcfi-opt --kcfi-roundtrip-pipeline %t/no-bitcode.mlir 2>&1 | FileCheck %s --check-prefix=NO-BITCODE
; RUN: sed 's/4243C0DE35/4243C0DE36/' %t/in.mlir > %t/damaged.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/damaged.mlir -o %t/damaged-lowered.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t/damaged-lowered.mlir 2>&1 | FileCheck %s --check-prefix=DAMAGED

; REMARK: remark: 5 of 9 definitions are carried whole as LLVM bitcode: funclets of exception handling (4, first in 'jump'); addresses of basic blocks tie it to 'blocks', which is carried (1, first in 'labels')
; REMARK: warning: a check in function 'handler' stays as LLVM makes it, since its call is carried:

; ALL-DAG: remark: function 'jump' is carried as LLVM bitcode: funclets of exception handling
; ALL-DAG: remark: function 'reg' is carried as LLVM bitcode: funclets of exception handling
; ALL-DAG: remark: function 'blocks' is carried as LLVM bitcode:
; ALL-DAG: remark: global 'labels' is carried as LLVM bitcode: addresses of basic blocks tie it to 'blocks', which is carried
; ALL-DAG: remark: function 'handler' is carried as LLVM bitcode:

; MLIR-DAG: llvm.mlir.global external {{.*}}@labels() {{.*}}kcfi.carried = "addresses of basic blocks
; MLIR-DAG: llvm.func internal @helper(
; MLIR-DAG: llvm.func @jump(!llvm.ptr, i32) -> i32 attributes {{.*}}kcfi.carried = "funclets of exception handling"{{.*}}kcfi.type_id = #kcfi.type_id<0x00001e61>{{.*}}sym_visibility = "private"
; MLIR-DAG: llvm.func @reg() -> i64 attributes {kcfi.carried = {{.*}}kcfi.type_id = #kcfi.type_id<0x000022b8>
; MLIR-DAG: kcfi.carried_bodies dense_resource<kcfi_carried> : tensor<{{[0-9]+}}xi8> symbols {{.*}}helper = @helper{{.*}} taken [

; PLAIN: error: unhandled

; OUT: @labels = internal constant [1 x ptr] [ptr blockaddress(@blocks, %{{.*}})]
; OUT: @other = alias i64 (), ptr @reg
; OUT: define internal i32 @helper(i32 %{{.*}}) !kcfi_type
; OUT: define internal i32 @jump(ptr %{{.*}}, i32 %{{.*}}) {{.*}}!kcfi_type
; OUT: cleanuppad within none []
; OUT: call i32 %{{.*}}(i32 %{{.*}}) [ "kcfi"(i32 329620) ]
; OUT: define i32 @main(
; OUT: define weak_odr i64 @reg() comdat {{.*}}!kcfi_type
; OUT: define void @blocks(
; OUT: define internal void @handler(

; REPORT: class 0x00050794: 1 function(s)
; REPORT: function @helper address-taken

; ELIDED: error: 'kcfi.carried_bodies' op has no bitcode: the resource is not in the file
; NO-BITCODE: error: 'kcfi.carried_bodies' op has a resource that is no bitcode
; DAMAGED: error: 'kcfi.carried_bodies' op has damaged bitcode:

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
define internal i32 @jump(ptr %p, i32 %x) personality ptr @__CxxFrameHandler3 !kcfi_type !2 {
  invoke void @may() to label %go unwind label %pad
pad:
  %p0 = cleanuppad within none []
  cleanupret from %p0 unwind to caller
go:
  %r = call i32 %p(i32 %x) [ "kcfi"(i32 329620) ]
  store ptr @helper, ptr @table
  %v = call i32 @puts(ptr @text)
  ret i32 %r
}
define i32 @main() !kcfi_type !3 {
  %r = call i32 @jump(ptr @helper, i32 4)
  ret i32 %r
}
declare i32 @puts(ptr)
define weak_odr i64 @reg() comdat personality ptr @__CxxFrameHandler3 !kcfi_type !3 {
  invoke void @may() to label %go unwind label %pad
pad:
  %p0 = cleanuppad within none []
  cleanupret from %p0 unwind to caller
go:
  %x = call i64 @llvm.read_register.i64(metadata !4)
  ret i64 %x
}
declare i64 @llvm.read_register.i64(metadata)
define void @blocks(i64 %i) personality ptr @__CxxFrameHandler3 !kcfi_type !3 {
  invoke void @may() to label %go unwind label %pad
pad:
  %p0 = cleanuppad within none []
  cleanupret from %p0 unwind to caller
go:
  %x = call i64 @llvm.read_register.i64(metadata !4)
  %slot = getelementptr [1 x ptr], ptr @labels, i64 0, i64 %i
  %to = load ptr, ptr %slot
  indirectbr ptr %to, [label %there]
there:
  call void @handler(ptr null)
  ret void
}
define internal void @handler(ptr %f) personality ptr @__CxxFrameHandler3 !kcfi_type !3 {
  invoke void %f() [ "kcfi"(i32 5000) ] to label %ok unwind label %pad
ok:
  ret void
pad:
  %p0 = cleanuppad within none []
  cleanupret from %p0 unwind to caller
}
declare void @may()
declare i32 @__CxxFrameHandler3(...)
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 329620}
!2 = !{i32 7777}
!3 = !{i32 8888}
!4 = !{!"rsp"}
