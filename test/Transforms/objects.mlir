// Ids of calls through trait objects: those of the trait that declares the
// method, whatever the trait of the vtable.

// RUN: kcfi-opt --kcfi-assign-type-ids %s | FileCheck %s
// RUN: kcfi-opt --kcfi-assign-type-ids --kcfi-assign-type-ids --kcfi-verify-level=level=L3 %s | FileCheck %s
// RUN: kcfi-opt --kcfi-verify-level=level=L2 %s -o /dev/null
// RUN: not kcfi-opt --kcfi-verify-level=level=L3 %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=L3
// RUN: kcfi-opt --inline %s | FileCheck %s --check-prefix=INLINE
// RUN: sed -e 's/of @Child\[@Parent::@name\] ()/of @Child[@Parent::@name] () id <1>/' %s | not kcfi-opt --kcfi-assign-type-ids -o /dev/null 2>&1 | FileCheck %s --check-prefix=WRONG
// RUN: kcfi-opt --kcfi-report %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=REPORT

#Parent = #kcfi.rs.item<"app" "s1_" ["Parent"]>
#Out = #kcfi.rs.item<"app" "s1_" ["Parent", "Out"]>
#Child = #kcfi.rs.item<"app" "s1_" ["Child"]>
#S = #kcfi.rs.item<"app" "s1_" ["S"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Parent : !kcfi.rs.dyn<[trait #Parent, projection #Out = rs.u8]> dyn_compatible {
    kcfi.method @name : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.u8> vtable_safe
  }
  kcfi.trait @Child : !kcfi.rs.dyn<[trait #Child, projection #Out = rs.u8]> dyn_compatible supertraits [@Parent]
      drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
    kcfi.method @take : !kcfi.rs.fn<(rs.param<"Self">, rs.i32) -> rs.unit> vtable_safe
  }
  // In a vtable, so that it needs an id.
  // CHECK: llvm.func internal @name({{.*}}kcfi.type_id = #kcfi.type_id<0x[[$NAME:[0-9a-f]+]], "_ZTSFu2u8u3refIu3dynIu17NtCs1_3app6Parentu23NtNtCs1_3app6Parent3OutS_u6regionEEE">
  llvm.func internal @name(%self: !llvm.ptr) -> i8 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.u8>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Parent, projection #Out = rs.u8]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1 : i8) : i8
    llvm.return %r : i8
  }
  kcfi.vtable private @S.Parent : @Parent for !kcfi.rs.adt<#S> size 1 align 1 slots [@name]

  // L3: error: violates level L3: the checked call has no type id
  // WRONG: error: has type id 0x00000001, but that of its signature 'fn(&Self) -> u8' is 0x
  // CHECK-LABEL: func.func @calls
  // INLINE-LABEL: func.func @calls
  func.func @calls(%data: !llvm.ptr, %vt: !llvm.ptr, %x: i32) -> i8 {
    // CHECK: kcfi.call_virtual {{.*}}[@Parent::@name] () id <0x[[$NAME]],
    %a = kcfi.call_virtual %data, %vt of @Child[@Parent::@name] () : (!llvm.ptr, !llvm.ptr) -> i8
    // By value: the address of the value.
    // CHECK: kcfi.call_virtual {{.*}}[@Child::@take] (%{{.*}}) id <0x{{[0-9a-f]+}}, "_ZTSFvPu3dynIu16NtCs1_3app5Child
    kcfi.call_virtual %data, %vt[@Child::@take] (%x) : (!llvm.ptr, !llvm.ptr, i32) -> ()
    // CHECK: kcfi.drop_virtual {{.*}} of @Child id <0xa0b3de1e,
    kcfi.drop_virtual %data, %vt of @Child
    // A checked call does not come into a function without checks, nor the
    // other way round.
    // INLINE: call @trusted
    func.call @trusted(%data, %vt) : (!llvm.ptr, !llvm.ptr) -> ()
    return %a : i8
  }
  // INLINE-LABEL: func.func private @trusted
  func.func private @trusted(%data: !llvm.ptr, %vt: !llvm.ptr) attributes {kcfi.no_check} {
    // CHECK: kcfi.drop_virtual unchecked %{{[^ ]*}}, %{{[^ ]*}} of @Child{{$}}
    // INLINE: call @checked
    kcfi.drop_virtual %data, %vt of @Child
    func.call @checked(%data, %vt) : (!llvm.ptr, !llvm.ptr) -> ()
    return
  }
  func.func private @checked(%data: !llvm.ptr, %vt: !llvm.ptr) {
    // CHECK: kcfi.call_virtual {{.*}} id
    %r = kcfi.call_virtual %data, %vt[@Parent::@name] () : (!llvm.ptr, !llvm.ptr) -> i8
    return
  }

  // REPORT: indirect calls: 4 checked (0 by bundle, 0 expanded, 4 not lowered yet), 1 unchecked
}
