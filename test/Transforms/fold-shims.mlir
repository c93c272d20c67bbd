// What becomes of the shims that rustc makes for fn pointers to methods. The names
// are those of `<m::S as m::T>::NAME` and its shim in rustc's v0 mangling.

// RUN: kcfi-opt %s --kcfi-fold-shims --remarks-filter=kcfi -o %t.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: FileCheck %s < %t.mlir
// RUN: kcfi-opt %s --kcfi-fold-shims=world=closed --remarks-filter=kcfi -o %t.closed.mlir 2>&1 | FileCheck %s --check-prefix=CLOSED
// RUN: kcfi-opt %s --kcfi-fold-shims=world=open --remarks-filter=kcfi -o %t.open.mlir 2>&1 | FileCheck %s --check-prefix=OPEN
// RUN: kcfi-opt %s --kcfi-fold-shims=form=jump | FileCheck %s --check-prefix=FORM
// What is left can be lowered, and a second run finds no more than what was kept.
// RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LL
// RUN: kcfi-opt %t.mlir --kcfi-fold-shims --remarks-filter=kcfi 2>&1 >/dev/null | FileCheck %s --check-prefix=AGAIN

// REMARK-DAG: Fate=removed, Function="<m::S as m::T>::same::{shim:reify_fnptr#0}", Reason="its target has the same type id"
// REMARK-DAG: Fate=removed, Function="<m::S as m::T>::local::{shim:reify_fnptr#0}", Reason="nothing needs the type id of its target"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::both::{shim:reify_fnptr#0}", Reason="its target is used with both type ids"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::shown::{shim:reify_fnptr#0}"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::compared::{shim:reify_fnptr#0}", Reason="its address is visible or compared"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::elsewhere::{shim:reify_fnptr#0}", Reason="its target is defined elsewhere or may be replaced"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::weak::{shim:reify_fnptr#0}", Reason="its target is defined elsewhere or may be replaced"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::more::{shim:reify_fnptr#0}", Reason="it does more than to call a function"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::two::{shim:reify_fnptr#0}"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::two::{shim:reify_fnptr#1}"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::aliased::{shim:reify_fnptr#0}", Reason="'llvm.mlir.alias' uses it"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::passed::{shim:reify_fnptr#0}", Reason="its target gets arguments in another way"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::bare::{shim:reify_fnptr#0}", Reason="it or its target has no type id"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::behind::{shim:reify_fnptr#0}"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::copied::{shim:reify_fnptr#0}"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::alone::{shim:reify_fnptr#0}", Reason="its method is nowhere else in the module"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::twice::{shim:reify_fnptr#0}"
// REMARK-DAG: Fate=entry, Function="<m::S as m::T>::twice::{shim:reify_fnptr#1}"
// REMARK-DAG: Fate=kept, Function="<m::S as m::T>::placed::{shim:reify_fnptr#0}", Reason="its target has an entry of another signature with its type id"
// REMARK-NOT: my_reify
// REMARK: Shims | Category:kcfi | Entries=8, Kept=9, Retyped=1, SameId=1, Shims=19
// CLOSED: Shims | Category:kcfi | Entries=4, Kept=9, Retyped=4, SameId=2, Shims=19
// OPEN: Shims | Category:kcfi | Entries=9, Kept=9, Retyped=0, SameId=1, Shims=19
// FORM-COUNT-7: kcfi.entry private {{.*}} form jump
// AGAIN: Shims | Category:kcfi | Entries=0, Kept=9, Retyped=0, SameId=0, Shims=9

// CHECK-NOT: T4same11reify
// CHECK-NOT: T5local11reify
// CHECK: llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T5local({{.*}}kcfi.type_id = #kcfi.type_id<0x00000021>
// CHECK: kcfi.entry private @_RNSNvXCs1_1mNtB4_1SNtB4_1T4both11reify_fnptrB4_ of @_RNvXCs1_1mNtB2_1SNtB2_1T4both : !kcfi.raw<0x00000031> {kcfi.type_id = #kcfi.type_id<0x00000031>}
// CHECK: llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T4both({{.*}}kcfi.type_id = #kcfi.type_id<0x00000032>
// CHECK: llvm.mlir.global internal constant @twice
// CHECK: kcfi.address_of @_RNSNvXCs1_1mNtB4_1SNtB4_1T5twice11reify_fnptrB4_
// CHECK: kcfi.address_of @_RNSNvXCs1_1mNtB4_1SNtB4_1T5twice11reify_fnptrB4_
// CHECK: llvm.mlir.global internal constant @table
// CHECK: kcfi.address_of @_RNSNvXCs1_1mNtB4_1SNtB4_1T4both11reify_fnptrB4_
// CHECK: llvm.func @use
// CHECK: llvm.mlir.addressof @_RNvXCs1_1mNtB2_1SNtB2_1T4same :
// CHECK: kcfi.address_of @_RNSNvXCs1_1mNtB4_1SNtB4_1T5shown11reify_fnptrB4_ : !kcfi.fnptr<raw<0x00000041>>
// A direct call needs no check.
// CHECK: llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T4both(

// LL: @_RNSNvXCs1_1mNtB4_1SNtB4_1T4both11reify_fnptrB4_ = internal alias i32 (ptr, i32), getelementptr (i8, ptr @_RNvXCs1_1mNtB2_1SNtB2_1T4both, i64 -16)

#domain = #llvm.alias_scope_domain<id = distinct[0]<>, description = "copied">
#scope = #llvm.alias_scope<id = distinct[1]<>, domain = #domain>
module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>, llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // One id.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T4same11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000011>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T4same(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T4same(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000011>} {
    llvm.return %x : i32
  }
  // Nothing else uses the method.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T5local11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000021>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T5local(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T5local(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000022>} {
    llvm.return %x : i32
  }
  // The method is in a vtable, too.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T4both11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000031>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T4both(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T4both(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000032>} {
    llvm.return %x : i32
  }
  // Other modules see the method.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T5shown11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000041>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T5shown(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T5shown(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000042>} {
    llvm.return %x : i32
  }
  // The address of the shim is its own.
  llvm.func internal @_RNSNvXCs1_1mNtB4_1SNtB4_1T8compared11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000051>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T8compared(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T8compared(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000052>} {
    llvm.return %x : i32
  }
  // The method is defined elsewhere.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T9elsewhere11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000061>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T9elsewhere(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func @_RNvXCs1_1mNtB2_1SNtB2_1T9elsewhere(!llvm.ptr, i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000062>}
  // The linker may take another copy.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T4weak11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000071>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T4weak(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func weak_odr unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T4weak(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000072>} {
    llvm.return %x : i32
  }
  // More than a call.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T4more11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000081>} {
    %y = llvm.add %x, %x : i32
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T4more(%s, %y) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T4more(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000082>} {
    llvm.return %x : i32
  }
  // Two shims of one method with different ids.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T3two11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000091>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T3two(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T3twos_11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000092>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T3two(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T3two(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000093>} {
    llvm.return %x : i32
  }
  // Something else than an address or a call.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T7aliased11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x000000a1>} {
    %r = llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T7aliased(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T7aliased(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x000000a2>} {
    llvm.return %x : i32
  }
  llvm.mlir.alias external @other : !llvm.func<i32 (ptr, i32)> {
    %a = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T7aliased11reify_fnptrB4_ : !llvm.ptr
    llvm.return %a : !llvm.ptr
  }
  // A name that is not rustc's.
  llvm.func internal unnamed_addr @my_reify_fnptr(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x000000b1>} {
    %r = llvm.call @my_method(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  llvm.func internal unnamed_addr @my_method(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x000000b2>} {
    llvm.return %x : i32
  }

  // Extended by its callers in one of the two.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T6passed11reify_fnptrB4_(%s: !llvm.ptr, %x: i8) attributes {kcfi.type_id = #kcfi.type_id<0x000000c1>} {
    llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T6passed(%s, %x) : (!llvm.ptr, i8) -> ()
    llvm.return
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T6passed(%s: !llvm.ptr, %x: i8 {llvm.zeroext}) attributes {kcfi.type_id = #kcfi.type_id<0x000000c2>} {
    llvm.return
  }
  // Without ids.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T4bare11reify_fnptrB4_(%s: !llvm.ptr) {
    llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T4bare(%s) : (!llvm.ptr) -> ()
    llvm.return
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T4bare(%s: !llvm.ptr) {
    llvm.return
  }
  // The method has an alias.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T6behind11reify_fnptrB4_(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x000000d1>} {
    llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T6behind(%s) : (!llvm.ptr) -> ()
    llvm.return
  }
  llvm.func internal unnamed_addr @_RNvXCs1_1mNtB2_1SNtB2_1T6behind(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x000000d2>} {
    llvm.return
  }
  llvm.mlir.alias external @behind : !llvm.func<void (ptr)> {
    %a = llvm.mlir.addressof @_RNvXCs1_1mNtB2_1SNtB2_1T6behind : !llvm.ptr
    llvm.return %a : !llvm.ptr
  }
  // The inliner has put the method into the shim, with what it knows of aliases.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T6copied11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x000000e1>} {
    llvm.intr.experimental.noalias.scope.decl #scope
    %y = llvm.load %s {alias_scopes = [#scope]} : !llvm.ptr -> i32
    %z = llvm.add %x, %y : i32
    llvm.return %z : i32
  }
  llvm.func @_RNvXCs1_1mNtB2_1SNtB2_1T6copied(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x000000e2>} {
    %y = llvm.load %s : !llvm.ptr -> i32
    %z = llvm.add %x, %y : i32
    llvm.return %z : i32
  }
  // The method is only there as the shim.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T5alone11reify_fnptrB4_(%s: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x000000f1>} {
    %z = llvm.add %x, %x : i32
    llvm.return %z : i32
  }
  // Two crates had a shim with one id: one entry is enough.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T5twice11reify_fnptrB4_(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x00000111>} {
    llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T5twice(%s) : (!llvm.ptr) -> ()
    llvm.return
  }
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T5twices_11reify_fnptrB4_(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x00000111>} {
    llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T5twice(%s) : (!llvm.ptr) -> ()
    llvm.return
  }
  llvm.func @_RNvXCs1_1mNtB2_1SNtB2_1T5twice(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x00000112>} {
    llvm.return
  }
  llvm.mlir.global internal constant @twice() : !llvm.struct<(ptr, ptr)> {
    %0 = llvm.mlir.undef : !llvm.struct<(ptr, ptr)>
    %1 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T5twice11reify_fnptrB4_ : !llvm.ptr
    %2 = llvm.insertvalue %1, %0[0] : !llvm.struct<(ptr, ptr)>
    %3 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T5twices_11reify_fnptrB4_ : !llvm.ptr
    %4 = llvm.insertvalue %3, %2[1] : !llvm.struct<(ptr, ptr)>
    llvm.return %4 : !llvm.struct<(ptr, ptr)>
  }
  // There is an entry with the id, but the shim's signature is not known.
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T6placed11reify_fnptrB4_(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0xa540670c>} {
    llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T6placed(%s) : (!llvm.ptr) -> ()
    llvm.return
  }
  llvm.func @_RNvXCs1_1mNtB2_1SNtB2_1T6placed(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x00000122>} {
    llvm.return
  }
  kcfi.entry private @placed of @_RNvXCs1_1mNtB2_1SNtB2_1T6placed : !kcfi.fn<() -> c.void> {kcfi.type_id = #kcfi.type_id<0xa540670c>}
  // In a constant, and called.
  llvm.mlir.global internal constant @table() : !llvm.ptr {
    %a = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T4both11reify_fnptrB4_ : !llvm.ptr
    llvm.return %a : !llvm.ptr
  }
  llvm.func @use(%f: !llvm.ptr) {
    %0 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T4same11reify_fnptrB4_ : !llvm.ptr
    llvm.store %0, %f : !llvm.ptr, !llvm.ptr
    %1 = llvm.mlir.addressof @_RNvXCs1_1mNtB2_1SNtB2_1T4same : !llvm.ptr
    llvm.store %1, %f : !llvm.ptr, !llvm.ptr
    %2 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T5local11reify_fnptrB4_ : !llvm.ptr
    llvm.store %2, %f : !llvm.ptr, !llvm.ptr
    %3 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T4both11reify_fnptrB4_ : !llvm.ptr
    llvm.store %3, %f : !llvm.ptr, !llvm.ptr
    %4 = llvm.mlir.addressof @_RNvXCs1_1mNtB2_1SNtB2_1T4both : !llvm.ptr
    llvm.store %4, %f : !llvm.ptr, !llvm.ptr
    %5 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T5shown11reify_fnptrB4_ : !llvm.ptr
    llvm.store %5, %f : !llvm.ptr, !llvm.ptr
    %6 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T8compared11reify_fnptrB4_ : !llvm.ptr
    llvm.store %6, %f : !llvm.ptr, !llvm.ptr
    %7 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T9elsewhere11reify_fnptrB4_ : !llvm.ptr
    llvm.store %7, %f : !llvm.ptr, !llvm.ptr
    %8 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T4weak11reify_fnptrB4_ : !llvm.ptr
    llvm.store %8, %f : !llvm.ptr, !llvm.ptr
    %9 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T4more11reify_fnptrB4_ : !llvm.ptr
    llvm.store %9, %f : !llvm.ptr, !llvm.ptr
    %10 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T3two11reify_fnptrB4_ : !llvm.ptr
    llvm.store %10, %f : !llvm.ptr, !llvm.ptr
    %11 = llvm.mlir.addressof @_RNSNvXCs1_1mNtB4_1SNtB4_1T3twos_11reify_fnptrB4_ : !llvm.ptr
    llvm.store %11, %f : !llvm.ptr, !llvm.ptr
    %12 = llvm.mlir.addressof @my_reify_fnptr : !llvm.ptr
    llvm.store %12, %f : !llvm.ptr, !llvm.ptr
    llvm.return
  }
  llvm.func @call(%s: !llvm.ptr, %x: i32) -> i32 {
    %r = llvm.call @_RNSNvXCs1_1mNtB4_1SNtB4_1T4both11reify_fnptrB4_(%s, %x) : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
}
