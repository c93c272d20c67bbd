// Where there is a profile, the class whose calls ran more often gets the
// function's own entry.

// RUN: kcfi-opt %s --kcfi-place-entries=world=closed | FileCheck %s
// RUN: sed 's/, function_entry_count = [0-9]* : i64//; s/function_entry_count = [0-9]* : i64//' %s | kcfi-opt --kcfi-place-entries=world=closed | FileCheck %s --check-prefix=BARE
// RUN: sed 's/ weights(\[1, 9999\])//' %s | kcfi-opt --kcfi-place-entries=world=closed | FileCheck %s --check-prefix=BARE
// RUN: sed 's/address_of @area :/address_of @area {kcfi.weight = 1000000 : i64} :/' %s | kcfi-opt --kcfi-place-entries=world=closed | FileCheck %s --check-prefix=BARE

#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  // CHECK: kcfi.entry private @area.as.fn of @area
  // BARE: kcfi.entry private @area.as.Shape.area of @area
  llvm.func @area(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>} {
    %side = llvm.load %s : !llvm.ptr -> f64
    llvm.return %side : f64
  }
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@area]
  // Runs 100 times, its call as often.
  llvm.func @by_pointer(%s: !llvm.ptr) -> f64 attributes {function_entry_count = 100 : i64} {
    %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    %r = kcfi.call %f(%s) : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>, (!llvm.ptr) -> f64
    llvm.return %r : f64
  }
  // Runs 3 times, but its loop has thousands of turns.
  llvm.func @by_object(%s: !llvm.ptr, %vt: !llvm.ptr, %c: i1) -> f64 attributes {function_entry_count = 3 : i64} {
    llvm.br ^loop
  ^loop:
    %r = kcfi.call_virtual %s, %vt[@Shape::@area] () : (!llvm.ptr, !llvm.ptr) -> f64
    llvm.cond_br %c weights([1, 9999]), ^end, ^loop
  ^end:
    llvm.return %r : f64
  }
}
