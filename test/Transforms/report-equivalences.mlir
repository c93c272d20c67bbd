// The report of Rust functions: sizes of classes under each preset, what each
// equivalence costs, and which signatures met. It is the same before and after
// the types are coalesced, since functions remember their own signature.

// RUN: kcfi-opt %s --kcfi-coalesce-types=preset=unified --kcfi-report -o %t.mlir 2>&1 | FileCheck %s
// RUN: kcfi-opt %s --kcfi-coalesce-types=preset=unified --kcfi-report=format=json -o %t.mlir 2>&1 | %python -c 'import json,sys; r=json.load(sys.stdin)["equivalences"]; print(r["presets"]["none"]["classes"], r["presets"]["rustc-1.95"]["classes"], r["presets"]["unified"]["classes"], r["module"]["classes"], r["module"]["largest"], r["without"]["unified_callables"], len(r["merged"]), r["merged"][0]["members"][0])' | FileCheck %s --check-prefix=JSON
// RUN: kcfi-opt %s --kcfi-report -o %t.mlir 2>&1 | FileCheck %s --check-prefix=DEFAULT
// RUN: kcfi-opt %S/report.mlir --kcfi-report -o %t.mlir 2>&1 | FileCheck %s --check-prefix=NORUST --implicit-check-not=preset

// CHECK: classes of 5 functions by equivalences (targets: functions that a pointer can be replaced by)
// CHECK-NEXT:   preset                           classes  largest  targets
// CHECK-NEXT:   none                                   5        1      1.0
// CHECK-NEXT:   rustc-1.95                             4        2      1.4
// CHECK-NEXT:   rustc-1.97                             4        2      1.4
// CHECK-NEXT:   clang                                  5        1      1.0
// CHECK-NEXT:   rustc-fixed                            3        2      1.8
// CHECK-NEXT:   unified                                2        3      2.6
// CHECK-NEXT:   this module                            2        3      2.6
// CHECK-NEXT:     without erased_self                  3        3      2.2
// CHECK-NEXT:     without abstract_closures            4        2      1.4
// CHECK-NEXT:     without unified_callables            4        2      1.4
// CHECK-NEXT:   no class depends on transparent_wrappers, c_void, c_names, ignored_zsts, by_value_self, auto_traits, abstract_coroutines, drop_glue, moved_coroutines, declared_shims
// CHECK-NEXT: signatures that met in 0x9ca52654 _ZTSFu3i32S_E
// CHECK-NEXT:   1 x fn(&mut {closure#1 of main}, i32) -> i32  because of abstract_closures, unified_callables
// CHECK-NEXT:   1 x fn(&{closure#0 of main}, i32) -> i32  because of abstract_closures, unified_callables
// CHECK-NEXT:   1 x fn(i32) -> i32
// CHECK-NEXT: signatures that met in {{.*}}Shape
// CHECK-NEXT:   1 x fn(&Circle) -> f64  because of erased_self
// CHECK-NEXT:   1 x fn(&Square) -> f64  because of erased_self

// JSON: 5 4 2 2 3 {'classes': 4, 'functions': 5, 'functions_moved': 2, 'largest': 2, 'targets': 1.4{{[0-9]*}}} 2 {'because': ['abstract_closures', 'unified_callables'], 'functions': 1, 'signature': 'fn(&mut {closure#1 of main}, i32) -> i32'}

// DEFAULT: this module                            4        2      1.4
// DEFAULT: signatures that met in {{.*}}Shape
// DEFAULT-NOT: signatures that met

// NORUST: target:

#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"app" "s1_" ["Square"]>
#Circle = #kcfi.rs.item<"app" "s1_" ["Circle"]>
#Fn = #kcfi.rs.item<"core" "s1_" ["ops", "function", "Fn"] lang(fn)>
#FnMut = #kcfi.rs.item<"core" "s1_" ["ops", "function", "FnMut"] lang(fn_mut)>
#Output = #kcfi.rs.item<"core" "s1_" ["ops", "function", "FnOnce", "Output"]>
#one = #kcfi.rs.item<"app" "s1_" [value "main", closure]>
#two = #kcfi.rs.item<"app" "s1_" [value "main", closure(1)]>
#by_ref = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @square(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>, kcfi.callable = #by_ref}
  func.func private @circle(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Circle>>) -> rs.f64>, kcfi.callable = #by_ref}
  func.func private @closure(!llvm.ptr, i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #one, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @closure_mut(!llvm.ptr, i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.closure<fn_mut #two, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<closure, object rs.dyn<[trait #FnMut args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>, receiver rs.ref<mut rs.param<"Self">>>}
  func.func private @plain(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
}
