// Every operation, with and without each of its optional parts. Where a type can
// only be a function pointer, it is printed without its name.

// RUN: kcfi-opt --allow-unregistered-dialect --verify-roundtrip %s | FileCheck %s
// RUN: kcfi-opt --allow-unregistered-dialect %s | kcfi-opt --allow-unregistered-dialect | FileCheck %s
// RUN: kcfi-opt --allow-unregistered-dialect --mlir-print-op-generic %s | kcfi-opt --allow-unregistered-dialect | FileCheck %s
// RUN: kcfi-opt --allow-unregistered-dialect --emit-bytecode %s -o %t.mlirbc
// RUN: kcfi-opt --allow-unregistered-dialect %t.mlirbc | FileCheck %s
// RUN: kcfi-opt --allow-unregistered-dialect --mlir-print-op-generic %s | FileCheck %s --check-prefix=GENERIC

// CHECK: kcfi.signature @plain : !kcfi.fn<() -> c.void>{{$}}
// GENERIC: "kcfi.signature"() <{sym_name = "plain", type = !kcfi.fn<() -> c.void>}>
kcfi.signature @plain : !kcfi.fn<() -> c.void>
// CHECK: kcfi.signature @with_id : !kcfi.fn<(c.int) -> c.int> {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
kcfi.signature @with_id : !kcfi.fn<(c.int) -> c.int> {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
// CHECK: kcfi.signature @"not an identifier" : !kcfi.raw<0x00000001>
kcfi.signature @"not an identifier" : !kcfi.raw<0x1>

func.func private @inc(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
func.func private @opaque(i32) -> i32 attributes {kcfi.sig = !kcfi.encoded<"_ZTSFiiE">}
llvm.func @llvm_inc(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}

// CHECK-LABEL: func.func @addresses
func.func @addresses() -> !kcfi.fnptr<(c.int) -> c.int> {
  // CHECK: %[[INC:.*]] = kcfi.address_of @inc : !kcfi.fnptr<(c.int) -> c.int>
  // GENERIC: "kcfi.address_of"() <{callee = @inc}> : () -> !kcfi.fnptr<(c.int) -> c.int>
  %f = kcfi.address_of @inc : !kcfi.fnptr<(c.int) -> c.int>
  // CHECK: kcfi.address_of @llvm_inc : !kcfi.fnptr<(c.int) -> c.int>
  %g = kcfi.address_of @llvm_inc : !kcfi.fnptr<(c.int) -> c.int>
  // CHECK: kcfi.address_of @opaque : !kcfi.fnptr<encoded<"_ZTSFiiE">>
  %h = kcfi.address_of @opaque : !kcfi.fnptr<encoded<"_ZTSFiiE">>
  return %f : !kcfi.fnptr<(c.int) -> c.int>
}

// CHECK-LABEL: func.func @casts
func.func @casts(%p: !llvm.ptr, %i: i64, %f: !kcfi.fnptr<() -> c.void>) {
  // CHECK: %[[A:.*]] = kcfi.cast launder %{{.*}} : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // GENERIC: "kcfi.cast"(%{{.*}}) <{reason = #kcfi.cast_reason<launder>}> : (!llvm.ptr) -> !kcfi.fnptr<() -> c.void>
  %a = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // CHECK: kcfi.cast launder %{{.*}} : i64 to !kcfi.fnptr<raw<0x00000001>>
  %b = kcfi.cast launder %i : i64 to !kcfi.fnptr<raw<0x1>>
  // CHECK: kcfi.cast coalesced %[[A]] : !kcfi.fnptr<() -> c.void> to !kcfi.fnptr<() -> c.void noexcept>
  %c = kcfi.cast coalesced %a : !kcfi.fnptr<() -> c.void> to !kcfi.fnptr<() -> c.void noexcept>
  // CHECK: kcfi.cast reinterpret %{{.*}} : !kcfi.fnptr<() -> c.void> to !kcfi.fnptr<() -> c.int>
  %d = kcfi.cast reinterpret %f : !kcfi.fnptr<() -> c.void> to !kcfi.fnptr<() -> c.int>
  // CHECK: kcfi.cast unchecked %{{.*}} : !kcfi.fnptr<() -> c.void> to !llvm.ptr
  %e = kcfi.cast unchecked %f : !kcfi.fnptr<() -> c.void> to !llvm.ptr
  // CHECK: kcfi.cast unchecked %{{.*}} {test.note} : !kcfi.fnptr<() -> c.void> to i64
  %g = kcfi.cast unchecked %f {test.note} : !kcfi.fnptr<() -> c.void> to i64
  return
}

// CHECK-LABEL: func.func @calls
func.func @calls(%f: !kcfi.fnptr<(c.int) -> c.int>, %v: !kcfi.fnptr<(ptr<c.char>, ...) -> c.int>,
                 %n: !kcfi.fnptr<() -> c.void>, %u: !kcfi.fnptr<() -> c.int unprototyped>,
                 %r: !kcfi.fnptr<raw<0x00050794>>, %s: !kcfi.fnptr<(tag<struct "S">, ...) -> c.int>,
                 %e: !kcfi.fnptr<encoded<"_ZTSFiiE">>, %x: i32, %p: !llvm.ptr) {
  // CHECK: %{{.*}} = kcfi.call %{{.*}}(%{{.*}}) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  // GENERIC: "kcfi.call"(%{{.*}}, %{{.*}}) <{CConv = #llvm.cconv<ccc>, TailCallKind = #llvm.tailcallkind<none>}> : (!kcfi.fnptr<(c.int) -> c.int>, i32) -> i32
  %0 = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  // CHECK: kcfi.call %{{.*}}() : !kcfi.fnptr<() -> c.void>, () -> ()
  kcfi.call %n() : !kcfi.fnptr<() -> c.void>, () -> ()
  // CHECK: kcfi.call %{{.*}}() : !kcfi.fnptr<() -> c.void>, () -> ()
  kcfi.call %n() : !kcfi.fnptr<() -> c.void>, () -> ()
  // CHECK: kcfi.call unchecked %{{.*}}() : !kcfi.fnptr<() -> c.void>, () -> ()
  kcfi.call unchecked %n() : !kcfi.fnptr<() -> c.void>, () -> ()
  // CHECK: kcfi.call unchecked %{{.*}}(%{{.*}}, %{{.*}}) : !kcfi.fnptr<() -> c.int unprototyped>, (i32, !llvm.ptr) -> i32
  %1 = kcfi.call unchecked %u(%x, %p) : !kcfi.fnptr<() -> c.int unprototyped>, (i32, !llvm.ptr) -> i32
  // CHECK: kcfi.call %{{.*}}(%{{.*}}) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  // GENERIC: "kcfi.call"{{.*}}type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  %2 = kcfi.call %f(%x) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  // CHECK: kcfi.call %{{.*}}(%{{.*}}) id <0x00050794> : !kcfi.fnptr<raw<0x00050794>>, (i32) -> i32
  %3 = kcfi.call %r(%x) id <0x00050794> : !kcfi.fnptr<raw<0x00050794>>, (i32) -> i32
  // A variadic callee: the fixed arguments follow from the signature or are given.
  // CHECK: kcfi.call %{{.*}}(%{{.*}}, %{{.*}}, %{{.*}}) : !kcfi.fnptr<(ptr<c.char>, ...) -> c.int>, (!llvm.ptr, i32, i32) -> i32
  %4 = kcfi.call %v(%p, %x, %x) : !kcfi.fnptr<(ptr<c.char>, ...) -> c.int>, (!llvm.ptr, i32, i32) -> i32
  // CHECK: kcfi.call %{{.*}}(%{{.*}}, %{{.*}}) fixed(1) : !kcfi.fnptr<(ptr<c.char>, ...) -> c.int>, (!llvm.ptr, i32) -> i32
  %5 = kcfi.call %v(%p, %x) fixed(1) : !kcfi.fnptr<(ptr<c.char>, ...) -> c.int>, (!llvm.ptr, i32) -> i32
  // CHECK: kcfi.call %{{.*}}(%{{.*}}, %{{.*}}) fixed(0) : !kcfi.fnptr<(tag<struct "S">, ...) -> c.int>, (i32, i32) -> i32
  %6 = kcfi.call %s(%x, %x) fixed(0) : !kcfi.fnptr<(tag<struct "S">, ...) -> c.int>, (i32, i32) -> i32
  // CHECK: kcfi.call unchecked %{{.*}}(%{{.*}}) fixed(1) : !kcfi.fnptr<encoded<"_ZTSFiiE">>, (i32) -> ()
  kcfi.call unchecked %e(%x) fixed(1) : !kcfi.fnptr<encoded<"_ZTSFiiE">>, (i32) -> ()
  // CHECK: kcfi.call %{{.*}}(%{{.*}}) fixed(1) id <0x00050794> {CConv = #llvm.cconv<fastcc>, TailCallKind = #llvm.tailcallkind<tail>, test.note} : !kcfi.fnptr<encoded<"_ZTSFiiE">>, (i32) -> i32
  %7 = kcfi.call %e(%x) fixed(1) id <0x50794> {TailCallKind = #llvm.tailcallkind<tail>, CConv = #llvm.cconv<fastcc>, test.note} : !kcfi.fnptr<encoded<"_ZTSFiiE">>, (i32) -> i32
  // CHECK: kcfi.call %{{.*}}(%{{.*}}, %{{.*}}) {implicit_object} : !kcfi.fnptr<(c.int) -> c.int>, (!llvm.ptr, i32) -> i32
  %8 = kcfi.call %f(%p, %x) {implicit_object} : !kcfi.fnptr<(c.int) -> c.int>, (!llvm.ptr, i32) -> i32
  // CHECK: kcfi.call %{{.*}}(%{{.*}}) {arg_attrs = [{llvm.signext}], res_attrs = [{llvm.noundef}]} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  %9 = kcfi.call %f(%x) {arg_attrs = [{llvm.signext}], res_attrs = [{llvm.noundef}]} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return
}

llvm.func @__gxx_personality_v0(...) -> i32
// CHECK-LABEL: llvm.func @invokes
llvm.func @invokes(%f: !llvm.ptr, %x: i32, %y: i64) attributes {personality = @__gxx_personality_v0} {
  %n = kcfi.cast launder %f : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  %i = kcfi.cast launder %f : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
  %v = kcfi.cast launder %f : !llvm.ptr to !kcfi.fnptr<(c.int, ...) -> c.int>
  // CHECK: kcfi.invoke %{{.*}}() to ^[[A:.*]] unwind ^[[BAD:.*]] : !kcfi.fnptr<() -> c.void>, () -> ()
  kcfi.invoke %n() to ^a unwind ^bad : !kcfi.fnptr<() -> c.void>, () -> ()
^a:
  // CHECK: ^[[A]]:
  // CHECK: %[[R:.*]] = kcfi.invoke unchecked %{{.*}}(%{{.*}}) to ^[[B:.*]] unwind ^[[BAD]] : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  %r = kcfi.invoke unchecked %i(%x) to ^b unwind ^bad : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
^b:
  // CHECK: ^[[B]]:
  // CHECK: kcfi.invoke %{{.*}}(%[[R]]) to ^[[C:.*]](%[[R]], %{{.*}} : i32, i64) unwind ^[[WORSE:.*]](%{{.*}} : i64) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  // GENERIC: "kcfi.invoke"(%{{.*}})[^{{.*}}, ^{{.*}}] <{CConv = #llvm.cconv<ccc>, operandSegmentSizes = array<i32: 1, 1, 2, 1>, type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}>
  %s = kcfi.invoke %i(%r) to ^c(%r, %y : i32, i64) unwind ^worse(%y : i64) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
^c(%c0: i32, %c1: i64):
  // CHECK: ^[[C]](%{{.*}}: i32, %{{.*}}: i64):
  // CHECK: kcfi.invoke %{{.*}}(%{{.*}}, %{{.*}}, %{{.*}}) to ^[[D:.*]] unwind ^[[BAD]] fixed(2) {CConv = #llvm.cconv<fastcc>, arg_attrs = [{}, {llvm.noundef}, {}], implicit_object, res_attrs = [{llvm.noundef}]} : !kcfi.fnptr<(c.int, ...) -> c.int>, (!llvm.ptr, i32, i32) -> i32
  %t = kcfi.invoke %v(%f, %c0, %c0) to ^d unwind ^bad fixed(2) {CConv = #llvm.cconv<fastcc>, implicit_object, arg_attrs = [{}, {llvm.noundef}, {}], res_attrs = [{llvm.noundef}]} : !kcfi.fnptr<(c.int, ...) -> c.int>, (!llvm.ptr, i32, i32) -> i32
^d:
  llvm.return
^bad:
  %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %lp : !llvm.struct<(ptr, i32)>
^worse(%w: i64):
  %lp2 = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %lp2 : !llvm.struct<(ptr, i32)>
}
