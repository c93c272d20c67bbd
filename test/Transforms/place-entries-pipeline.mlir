// A method that is a fn pointer and in no vtable: without its option the
// pipeline leaves the method the id of its trait, and finds the view at fault.

// RUN: kcfi-opt %s --kcfi-lower-pipeline=entries=none | FileCheck %s
// RUN: kcfi-opt %s --kcfi-lower-pipeline='entries=minimal preset=rustc-1.95' | FileCheck %s
// RUN: not kcfi-opt %s --kcfi-lower-pipeline 2>&1 | FileCheck %s --check-prefix=WITHOUT

// WITHOUT: error: violates level L2: the view needs an entry with type id

#T = #kcfi.rs.item<"app" "s1_" ["T"]>
#S = #kcfi.rs.item<"app" "s1_" ["S"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: llvm.func internal @f({{.*}}"_ZTSFvu3refIu12NtCs1_3app1SEE">
  llvm.func internal @f(%self: !llvm.ptr) attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #T]>, receiver rs.ref<rs.param<"Self">>>} {
    llvm.return
  }
  llvm.func @get() -> !llvm.ptr {
    %f = kcfi.address_of @f : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>>
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>> to !llvm.ptr
    llvm.return %p : !llvm.ptr
  }
}
