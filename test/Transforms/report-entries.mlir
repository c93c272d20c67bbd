// What extra entries do to classes: sizes with and without them, what each class
// can reach, and the entries that no view needs.

// RUN: kcfi-opt %s --kcfi-place-entries=policy=all-virtual --kcfi-verify-level=level=L2 --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefixes=VIRTUAL,WIDE
// RUN: kcfi-opt %s --kcfi-place-entries=policy=reify --kcfi-verify-level=level=L2 --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefixes=REIFY,WIDE
// RUN: kcfi-opt %s --kcfi-place-entries='policy=minimal form=jump' --kcfi-verify-level=level=L2 --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefixes=MINIMAL,WIDE
// RUN: kcfi-opt %s --kcfi-place-entries='policy=minimal form=jump' --kcfi-report=format=json -o /dev/null 2>&1 | %python -c 'import json,sys; r=json.load(sys.stdin); e=r["entries"]; print(r["format"], e["before"], e["after"], sorted((c["before"], c["after"], c["entries"]) for c in e["classes"])); print(*(x for x in e["entries"] if x["widens"]), sep="\n"); print([x["name"] for x in e["entries"] if x["widens"] is False])' | FileCheck %s --check-prefix=JSON
// RUN: kcfi-opt %s --kcfi-place-entries=policy=minimal --kcfi-report -o /dev/null --remarks-filter=kcfi 2>&1 | FileCheck %s --check-prefix=REMARK

// Ids may be there already. Nothing is said of modules without entries, nor
// behind the conversion, where entries are functions and aliases like others.
// RUN: kcfi-opt %s --kcfi-place-entries=policy=reify --kcfi-assign-type-ids --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefixes=REIFY,WIDE
// RUN: kcfi-opt %s --kcfi-lower-pipeline=entries=minimal --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefix=LOWERED
// RUN: kcfi-opt %S/report.mlir --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefix=LOWERED
// LOWERED: target:
// LOWERED-NOT: extra entries

// Both slots need an entry, and the class of the own ids shrinks by none.
// VIRTUAL:      extra entries: 5 (5 auto), 3 address-taken, 2 widening a class
// VIRTUAL-NEXT:   functions a class  classes  largest     mean
// VIRTUAL-NEXT:   without entries          1        3      3.0
// VIRTUAL-NEXT:   with entries             5        3      1.6
// VIRTUAL-NEXT: reachable in 0x2150b185: 2 function(s), 0 by their own entry, 2 more by extra entries (2): fn(&dyn Shape) -> f64
// VIRTUAL-NEXT: reachable in 0x61c0ba1e: 1 function(s), 0 by their own entry, 1 more by extra entries (1): fn(u16) -> u16
// VIRTUAL-NEXT: reachable in 0xa406b3fc: 1 function(s), 0 by their own entry, 1 more by extra entries (1): fn(u32) -> u32
// VIRTUAL-NEXT: reachable in 0xfaf2b67f: 1 function(s), 0 by their own entry, 1 more by extra entries (1): fn(u8) -> u8

// Both fn pointers.
// REIFY:        extra entries: 5 (5 auto), 3 address-taken, 2 widening a class
// REIFY:          without entries          1        3      3.0
// REIFY-NEXT:     with entries             5        3      1.6
// REIFY-NEXT:   reachable in 0xea78be16: 2 function(s), 0 by their own entry, 2 more by extra entries (2): fn(&Square) -> f64

// The method that is used both ways.
// MINIMAL:      extra entries: 4 (3 auto, 1 jump), 2 address-taken, 2 widening a class
// MINIMAL:        without entries          2        2      1.5
// MINIMAL-NEXT:   with entries             5        2      1.4
// MINIMAL-NEXT: reachable in 0xea78be16: 2 function(s), 1 by their own entry, 1 more by extra entries (1): fn(&Square) -> f64

// WIDE: widening: @area.unused lets @area be called as fn(u8) -> u8 [0x{{[0-9a-f]+}}], which no view in the module needs, at {{.*}}report-entries.mlir:[[#@LINE+52]]:3
// WIDE-NEXT: widening: @area.visible lets @area be called as fn(u16) -> u16 [0x{{[0-9a-f]+}}], which no view in the module needs; the entry is visible to other modules, at {{.*}}report-entries.mlir:
// WIDE-NOT: widening

// JSON:      kcfi-report 2 {'classes': 2, 'largest': 2, 'mean': 1.5} {'classes': 5, 'largest': 2, 'mean': 1.4} [(0, 1, 1), (0, 1, 1), (0, 1, 1), (1, 2, 1)]
// JSON-NEXT: {'address_taken': False, 'form': 'auto', 'function': 'area', 'id': 4210210431, 'location': '{{.*}}report-entries.mlir:[[#@LINE+47]]:3', 'name': 'area.unused', 'type': 'fn(u8) -> u8', 'visible': False, 'widens': True}
// JSON-NEXT: {'address_taken': False, 'form': 'auto', 'function': 'area', 'id': 1640020510, 'location': '{{.*}}', 'name': 'area.visible', 'type': 'fn(u16) -> u16', 'visible': True, 'widens': True}
// JSON-NEXT: ['area.as.fn', 'name.untyped']

// REMARK: report-entries.mlir:[[#@LINE+43]]:3: remark: [Analysis] WideningEntry | Category:kcfi | Function=area | Entry=area.unused, Id=0xfaf2b67f, Type="fn(u8) -> u8", Visible=false
// REMARK: remark: [Analysis] WideningEntry | Category:kcfi | Function=area | Entry=area.visible, Id=0x61c0ba1e, Type="fn(u16) -> u16", Visible=true
// REMARK-NOT: WideningEntry

// Without a target there are neither ids nor views.
// RUN: sed 's/attributes {llvm.target_triple.*}//' %s | kcfi-opt --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: extra entries: 3 (3 auto), 1 address-taken{{$}}
// UNKNOWN: which entries widen their class is not known: type ids depend on the target, but the module has no attribute 'llvm.target_triple'

#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"app" "s1_" ["Square"]>
#internal = #llvm.linkage<internal>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
    kcfi.method @name : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  func.func private @area(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }
  func.func private @name(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }
  // A method that is used as a pointer only.
  func.func private @lone(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@area, @name]
  func.func @pointer() {
    %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    %g = kcfi.address_of @lone : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    return
  }

  kcfi.entry private @area.unused of @area : !kcfi.rs.fn<(rs.u8) -> rs.u8>
  kcfi.entry @area.visible of @area : !kcfi.rs.fn<(rs.u16) -> rs.u16>
  // Its address is used without a type: as what it is.
  kcfi.entry private @name.untyped of @name : !kcfi.rs.fn<(rs.u32) -> rs.u32>
  llvm.mlir.global external @table() {front_end.functions = [@name.untyped]} : !llvm.ptr
}
