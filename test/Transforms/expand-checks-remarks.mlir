// RUN: kcfi-opt --kcfi-expand-checks --remarks-filter='kcfi.*' %s -o /dev/null 2>&1 | FileCheck %s --implicit-check-not=remark:
// RUN: kcfi-opt --kcfi-expand-checks=all --remarks-filter='kcfi.*' %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=ALL --implicit-check-not=remark:

// Each expanded check, with the reason.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // ALL: remark: [Passed] CheckExpanded | Category:kcfi | Function=plain | Remark="all checks are to be expanded"
  llvm.func @plain(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  // CHECK: remark: [Passed] CheckExpanded | Category:kcfi | Function=nest | Remark="LLVM's x86-64 check overwrites %r10, which passes the nest argument"
  // ALL: remark: [Passed] CheckExpanded | Category:kcfi | Function=nest | Remark="LLVM's x86-64 check overwrites %r10, which passes the nest argument"
  llvm.func @nest(%f: !llvm.ptr) {
    llvm.call %f(%f) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (!llvm.ptr {llvm.nest}) -> ()
    llvm.return
  }
}
