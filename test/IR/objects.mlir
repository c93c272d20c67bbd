// Operations on trait objects and closures, in the custom and the generic form
// and as bytecode.

// RUN: kcfi-opt %s | FileCheck %s
// RUN: kcfi-opt %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt --mlir-print-op-generic %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt --emit-bytecode %s | kcfi-opt | FileCheck %s

#Named = #kcfi.rs.item<"shapes" "s1_" ["Named"]>
#Id = #kcfi.rs.item<"shapes" "s1_" ["Named", "Id"]>
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Other = #kcfi.rs.item<"shapes" "s1_" ["Other"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
#Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
#clo = #kcfi.rs.item<"shapes" "s1_" [value "main", closure]>
#clo1 = #kcfi.rs.item<"shapes" "s1_" [value "main", closure(1)]>
#f = #kcfi.rs.item<"shapes" "s1_" [value "f"]>

!dyn_fn = !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]>
!closure = !kcfi.rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32, rs.u8]>
!plain = !kcfi.rs.closure<fn #clo1, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures []>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: kcfi.trait @Named : !kcfi.rs.dyn<[trait #Named, projection #Id = rs.u8]> dyn_compatible {
  // CHECK-NEXT: kcfi.method @name : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
  // CHECK-NEXT: kcfi.method @new : !kcfi.rs.fn<() -> rs.param<"Self">>{{$}}
  // CHECK-NEXT: }
  kcfi.trait @Named : !kcfi.rs.dyn<[trait #Named, projection #Id = rs.u8]> dyn_compatible {
    kcfi.method @name : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
    kcfi.method @new : !kcfi.rs.fn<() -> rs.param<"Self">>
  }
  // CHECK: kcfi.trait @Other : !kcfi.rs.dyn<[trait #Other]> dyn_compatible {
  kcfi.trait @Other : !kcfi.rs.dyn<[trait #Other]> dyn_compatible {
    kcfi.method @other : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  // CHECK: kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape, projection #Id = rs.u8]> dyn_compatible supertraits [@Named, @Other] drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape, projection #Id = rs.u8]> dyn_compatible
      supertraits [@Named, @Other] drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.f64> vtable_safe
  }
  // CHECK: kcfi.trait @NotDyn : !kcfi.rs.dyn<[trait #Square]> attributes {visible = 1 : i32} {
  // CHECK-NEXT: }
  kcfi.trait @NotDyn : !kcfi.rs.dyn<[trait #Square]> attributes {visible = 1 : i32} {}

  func.func private @name(!llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Named, projection #Id = rs.u8]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @area(!llvm.ptr, i32) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>, rs.i32) -> rs.f64>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape, projection #Id = rs.u8]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @drop(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Square>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>}

  // CHECK: kcfi.vtable private @Square.as.Other : @Other for !kcfi.rs.adt<#Square> size 8 align 8 slots [vacant]
  kcfi.vtable private @Square.as.Other : @Other for !kcfi.rs.adt<#Square> size 8 align 8 slots [vacant]
  // CHECK: kcfi.vtable @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 drop @drop slots [@name, vacant, @Square.as.Other, @area] {note}
  kcfi.vtable @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 drop @drop slots [@name, vacant, @Square.as.Other, @area] {note}

  // CHECK-LABEL: func.func @uses
  func.func @uses(%data: !llvm.ptr, %x: i32) -> f64 {
    // CHECK: %[[VT:.*]] = kcfi.vtable_address @Square.as.Shape : !llvm.ptr
    %vt = kcfi.vtable_address @Square.as.Shape : !llvm.ptr
    // CHECK: kcfi.upcast %[[VT]] : @Shape to @Other
    %other = kcfi.upcast %vt : @Shape to @Other
    // CHECK: kcfi.call_virtual unchecked %{{.*}}, %{{.*}}[@Other::@other] () : (!llvm.ptr, !llvm.ptr) -> ()
    kcfi.call_virtual unchecked %data, %other[@Other::@other] () : (!llvm.ptr, !llvm.ptr) -> ()
    // CHECK: kcfi.call_virtual %{{.*}}, %[[VT]] of @Shape[@Named::@name] () id <0x12345678> : (!llvm.ptr, !llvm.ptr) -> i32
    %n = kcfi.call_virtual %data, %vt of @Shape[@Named::@name] () id <0x12345678> : (!llvm.ptr, !llvm.ptr) -> i32
    // CHECK: kcfi.call_virtual %{{.*}}, %[[VT]][@Shape::@area] (%{{.*}}) {CConv = #llvm.cconv<fastcc>, arg_attrs = [{llvm.noundef}, {}], note} : (!llvm.ptr, !llvm.ptr, i32) -> f64
    %r = kcfi.call_virtual %data, %vt[@Shape::@area] (%x) {CConv = #llvm.cconv<fastcc>, arg_attrs = [{llvm.noundef}, {}], note} : (!llvm.ptr, !llvm.ptr, i32) -> f64
    // CHECK: kcfi.drop_virtual %{{.*}}, %[[VT]] of @Shape id <0x00000007>
    kcfi.drop_virtual %data, %vt of @Shape id <7>
    // CHECK: kcfi.drop_virtual unchecked %{{.*}}, %[[VT]] of @Shape
    kcfi.drop_virtual unchecked %data, %vt of @Shape
    return %r : f64
  }

  func.func private @body(!llvm.ptr, i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32, rs.u8]>>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @plain(!llvm.ptr, i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo1, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures []>>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @f(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
  kcfi.trait @Fn : !dyn_fn dyn_compatible drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
    kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }

  // CHECK-LABEL: func.func @closures
  func.func @closures(%storage: !llvm.ptr, %k: i32, %l: i8) -> !llvm.ptr {
    // CHECK: kcfi.create_closure @body(%{{.*}}, %{{.*}}) in %{{.*}} : i32, i8
    %c = kcfi.create_closure @body(%k, %l) in %storage : i32, i8
    // CHECK: kcfi.create_closure @plain() in %{{[^ ]*$}}
    %d = kcfi.create_closure @plain() in %storage
    // CHECK: kcfi.capture_address %{{.*}}[1] of (i32, i8)
    %p = kcfi.capture_address %c[1] of (i32, i8)
    // CHECK: kcfi.closure_as_fn @plain : !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
    %q = kcfi.closure_as_fn @plain : !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
    // CHECK: kcfi.as_fn_object @body as @Fn for !kcfi.rs.closure<{{.*}}> size 8 align 4 drop @drop
    %v0 = kcfi.as_fn_object @body as @Fn for !closure size 8 align 4 drop @drop
    // CHECK: kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>{{$}}
    %v1 = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
    // CHECK: kcfi.as_fn_object as @Fn for !kcfi.rs.fn<(rs.i32) -> rs.i32> : (i32) -> i32
    %v2 = kcfi.as_fn_object as @Fn for !kcfi.rs.fn<(rs.i32) -> rs.i32> : (i32) -> i32
    // CHECK: kcfi.as_fn_object @plain as @Fn for !kcfi.rs.closure<fn #main1
    %v3 = kcfi.as_fn_object @plain as @Fn for !plain
    
    return %v0 : !llvm.ptr
  }
}
