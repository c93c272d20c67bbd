// What relies on a function's own id, and on which functions entries can have
// another form than a jump. Each function here is a method that is used as a fn
// pointer only: it needs no entry unless something else wants its own id.

// RUN: kcfi-opt %s --kcfi-place-entries=form=clone -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: kcfi-opt %t.mlir --kcfi-verify-level=level=L2 --kcfi-assign-type-ids --kcfi-verify-level=level=L3 -o /dev/null
// RUN: kcfi-opt %s --kcfi-place-entries='form=clone world=closed' | FileCheck %s --check-prefix=CLOSED
// RUN: kcfi-opt %s --kcfi-place-entries='form=clone world=open' | FileCheck %s --check-prefix=OPEN

#T = #kcfi.rs.item<"app" "s1_" ["T"]>
#S = #kcfi.rs.item<"app" "s1_" ["S"]>
#method = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #T]>, receiver rs.ref<rs.param<"Self">>>
!sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>
!ptr = !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#S>>) -> rs.unit>>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK-NOT: @local.as
  // CLOSED-NOT: @local.as
  // OPEN: kcfi.entry private @local.as.fn of @local : {{.*}} form clone because ["fn pointer 'fn(&S)' in '@pointers'", "symbol '@local': its id must follow from it alone"]
  llvm.func internal @local(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method} {
    llvm.return
  }
  // CHECK: kcfi.entry private @exported.as.fn of @exported : {{.*}} form clone because ["fn pointer 'fn(&S)' in '@pointers'", "symbol '@exported': other modules may use it"]
  // CLOSED-NOT: @exported.as
  llvm.func @exported(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method} {
    llvm.return
  }
  // CHECK: kcfi.entry private @declared.as.fn of @declared : {{.*}} form jump because [{{.*}}, "symbol '@declared': it is defined elsewhere"]
  // CLOSED: kcfi.entry private @declared.as.fn of {{.*}} form jump
  llvm.func @declared(!llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method}
  // CHECK: kcfi.entry private @copy.as.fn of @copy : {{.*}} form jump because [{{.*}}, "symbol '@copy': it is defined elsewhere"]
  llvm.func available_externally @copy(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method} {
    llvm.return
  }
  // CHECK: kcfi.entry private @weak.as.fn of @weak : {{.*}} form jump because [{{.*}}, "symbol '@weak': the linker may take another copy"]
  // CLOSED: kcfi.entry private @weak.as.fn of {{.*}} form jump
  llvm.func linkonce_odr @weak(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method} {
    llvm.return
  }
  // CHECK: kcfi.entry private @group.as.fn of @group : {{.*}} form jump because [{{.*}}, "symbol '@group': the linker may take another copy"]
  llvm.comdat @comdats {
    llvm.comdat_selector @any any
  }
  llvm.func @group(%self: !llvm.ptr) comdat(@comdats::@any) attributes {kcfi.sig = !sig, kcfi.callable = #method} {
    llvm.return
  }
  // CHECK: kcfi.entry private @escapes.as.fn of @escapes : {{.*}} form clone because [{{.*}}, "symbol '@escapes': its address escapes"]
  // CLOSED: kcfi.entry private @escapes.as.fn of
  llvm.func internal @escapes(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method, kcfi.address_taken} {
    llvm.return
  }
  // CHECK: kcfi.entry private @identified.as.fn of @identified : {{.*}} form clone because [{{.*}}, "symbol '@identified': it has a type id already"]
  // CLOSED: kcfi.entry private @identified.as.fn of
  llvm.func internal @identified(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method,
      kcfi.type_id = #kcfi.type_id<0xe7d79da3>} {
    llvm.return
  }
  // CHECK: kcfi.entry private @untyped.as.fn of @untyped : {{.*}} form clone because ["fn pointer 'fn(&S)' in '@pointers'", "'llvm.mlir.addressof' in '@pointers'"]
  // CLOSED: kcfi.entry private @untyped.as.fn of
  llvm.func internal @untyped(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method} {
    llvm.return
  }
  // A name that is taken.
  // CHECK: kcfi.entry private @named.as.fn_0 of @named
  llvm.func internal @named(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method, kcfi.address_taken} {
    llvm.return
  }
  llvm.func @named.as.fn()
  // An entry that the front end made is used.
  // CHECK: kcfi.entry @mine of @made : !kcfi.rs.fn<{{.*}}> form jump
  // CHECK-NOT: @made.as
  llvm.func @made(%self: !llvm.ptr) attributes {kcfi.sig = !sig, kcfi.callable = #method} {
    llvm.return
  }
  kcfi.entry @mine of @made : !sig form jump

  llvm.func internal @pointers() {
    // OPEN: kcfi.address_of @local.as.fn
    // CHECK: kcfi.address_of @local :
    %local = kcfi.address_of @local : !ptr
    %exported = kcfi.address_of @exported : !ptr
    %declared = kcfi.address_of @declared : !ptr
    %copy = kcfi.address_of @copy : !ptr
    %weak = kcfi.address_of @weak : !ptr
    %group = kcfi.address_of @group : !ptr
    %escapes = kcfi.address_of @escapes : !ptr
    %identified = kcfi.address_of @identified : !ptr
    %untyped = kcfi.address_of @untyped : !ptr
    %address = llvm.mlir.addressof @untyped : !llvm.ptr
    // CHECK: kcfi.address_of @named.as.fn_0
    %named = kcfi.address_of @named : !ptr
    // CHECK: kcfi.address_of @mine
    %made = kcfi.address_of @made : !ptr
    llvm.return
  }
}
