// Representatives stand in place of signatures; functions and calls remember
// what the front end wrote, and a second run changes nothing.

// RUN: kcfi-opt %s --kcfi-coalesce-types -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: kcfi-opt %t.mlir --kcfi-coalesce-types --kcfi-verify-level=level=L1 -o %t.twice.mlir
// RUN: diff %t.mlir %t.twice.mlir
// RUN: kcfi-opt %s --kcfi-coalesce-types=preset=none --kcfi-assign-type-ids | FileCheck %s --check-prefix=NONE
// RUN: not kcfi-opt %s --kcfi-coalesce-types=preset=none --kcfi-verify-level=level=L1 2>&1 | FileCheck %s --check-prefix=CAST
// RUN: kcfi-opt %s --kcfi-coalesce-types='preset=none equivalences=+normalized_integers,+generalized_pointers' --kcfi-assign-type-ids | FileCheck %s --check-prefix=ENCODING
// RUN: kcfi-opt %s --kcfi-coalesce-types='equivalences=-erased_self,-transparent_wrappers' | FileCheck %s --check-prefix=MINUS
// RUN: kcfi-opt %s --kcfi-coalesce-types --remarks-filter=kcfi 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK
// RUN: grep -v kcfi.entry %s > %t.lowered.mlir
// RUN: kcfi-opt %t.lowered.mlir --kcfi-lower-pipeline=preset=unified | FileCheck %s --check-prefix=LOWERED

// CAST: error: violates level L1: a 'coalesced' cast joins 'fn(Handle)' ({{.*}}) and 'fn(*mut u8)' ({{.*}}), which are different classes

#Handle = #kcfi.rs.item<"app" "s1_" ["Handle"]>
#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"app" "s1_" ["Square"]>

// CHECK: module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>, kcfi.equivalences = #kcfi.equivalences<[transparent_wrappers, c_void, c_names, ignored_zsts, erased_self, by_value_self, auto_traits, abstract_closures, abstract_coroutines, drop_glue]>
// NONE: kcfi.equivalences = #kcfi.equivalences<[]>
// ENCODING: kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers, generalize_pointers>, kcfi.equivalences = #kcfi.equivalences<[]>
// MINUS: kcfi.equivalences = #kcfi.equivalences<[c_void, c_names, ignored_zsts, by_value_self, auto_traits, abstract_closures, abstract_coroutines, drop_glue]>
// REMARK: remark: [Passed] Coalesced | Category:kcfi | Class=_ZTSFvPu2u8E, Signature=fn(Handle), Signature="fn(*mut u8)", Signature="extern "C" fn(Handle)", Signatures=3
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // The definition that the mentions of @open and @call do not have.
  // LOWERED-NOT: kcfi.adt
  kcfi.adt @Handle #kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.ptr<mut rs.u8>>

  // CHECK: @open(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>, kcfi.source_sig = !kcfi.rs.fn<(rs.adt<#Handle{{[0-9]*}}>) -> rs.unit>}
  // NONE: @open({{.*}}kcfi.type_id = #kcfi.type_id<{{.*}}, "_ZTSFvu17NtCs1_3app6HandleE">
  // ENCODING: @open({{.*}}"_ZTSFvu17NtCs1_3app6HandleE.normalized.generalized">
  // MINUS: @open(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Handle{{[0-9]*}}>) -> rs.unit>}
  // LOWERED: llvm.func @open({{.*}}kcfi.type_id = #kcfi.type_id<0x[[ID:[0-9a-f]+]], "_ZTSFvPu2u8E">
  func.func private @open(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>}

  // CHECK: @close(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>}
  // NONE: @close({{.*}}"_ZTSFvPu2u8E">
  // ENCODING: @close({{.*}}"_ZTSFvPvE.normalized.generalized">
  // LOWERED: llvm.func @close({{.*}}kcfi.type_id = #kcfi.type_id<0x[[ID]],
  func.func private @close(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>}

  // The id is made of the entry signature; a view has the signature.
  // CHECK: @area(!llvm.ptr) -> f64 attributes {{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.f64>, kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>}
  // NONE: @area({{.*}}"_ZTSFdu3refIu17NtCs1_3app6SquareEE">
  // MINUS: @area({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>
  func.func private @area(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}

  // A signature of the C family: its canonical type.
  // CHECK: @c(i32, !llvm.ptr) attributes {kcfi.sig = !kcfi.fn<(c.int, ptr<c.int>) -> c.void>, kcfi.source_sig = !kcfi.fn<(c.typedef<"int_t", c.int>, c.array<4, c.int>) -> c.void>}
  func.func private @c(i32, !llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(c.typedef<"int_t", c.int>, c.array<4, c.int>) -> c.void>}

  // What other languages say of it.
  // CHECK: @foreign(!llvm.ptr) attributes {kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>],
  func.func private @foreign(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<c.uchar>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit abi("C")>]}

  // CHECK: kcfi.signature @named : !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit> {kcfi.source_sig = !kcfi.rs.fn<(rs.adt<#Handle{{[0-9]*}}>) -> rs.unit>}
  kcfi.signature @named : !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>

  // CHECK: kcfi.entry @close.as.handle of @close : !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit> {kcfi.source_sig = !kcfi.rs.fn<(rs.adt<#Handle{{[0-9]*}}>) -> rs.unit>}
  kcfi.entry @close.as.handle of @close : !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>

  // Pointers, the cast between what has become one type, and calls. A fn pointer
  // in a signature keeps the parameters that are not passed.
  // CHECK: func.func @call(%[[F:.*]]: !kcfi.fnptr<rs.fn<(rs.i32) -> rs.unit>>, %[[X:.*]]: !llvm.ptr)
  // CHECK-SAME: kcfi.sig = !kcfi.rs.fn<(rs.fn<(rs.unit, rs.i32) -> rs.unit>, rs.ptr<mut rs.u8>) -> rs.unit>
  // CHECK: %[[VIEW:.*]] = kcfi.address_of @open : !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>>
  // CHECK-NOT: kcfi.cast
  // CHECK: kcfi.call %[[VIEW]](%[[X]]) {kcfi.source_sig = !kcfi.rs.fn<(rs.adt<#Handle{{[0-9]*}}>) -> rs.unit>} : !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>>, (!llvm.ptr) -> ()
  // MINUS: kcfi.cast coalesced
  // LOWERED: llvm.func @call
  // LOWERED: llvm.call %{{.*}} ["kcfi"(%{{.*}} : i32)]
  func.func @call(%f: !kcfi.fnptr<rs.fn<(zst rs.unit, rs.i32) -> rs.unit>>, %x: !llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.fn<(rs.unit, rs.i32) -> rs.unit>, rs.ptr<mut rs.u8>) -> rs.unit>} {
    %open = kcfi.address_of @open : !kcfi.fnptr<rs.fn<(rs.adt<#Handle>) -> rs.unit>>
    %close = kcfi.cast coalesced %open : !kcfi.fnptr<rs.fn<(rs.adt<#Handle>) -> rs.unit>> to !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>>
    %back = kcfi.cast coalesced %close : !kcfi.fnptr<rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>> to !kcfi.fnptr<rs.fn<(rs.adt<#Handle>) -> rs.unit>>
    kcfi.call %back(%x) : !kcfi.fnptr<rs.fn<(rs.adt<#Handle>) -> rs.unit>>, (!llvm.ptr) -> ()
    return
  }
}
