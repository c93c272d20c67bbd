// RUN: kcfi-opt --kcfi-report --mlir-print-debuginfo %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: kcfi-opt --kcfi-report=format=json %s -o /dev/null 2> %t.json
// RUN: %python -c 'import json, sys; r = json.load(open(sys.argv[1])); print(json.dumps({"t": r["totals"], "c": [(c["id"], c["strings"], c["functions"], c["address_taken"], c["calls"]) for c in r["classes"]], "o": r["format"], "s": [c["state"] for c in r["calls"]], "f": [f["name"] for f in r["functions"]], "k": sorted(r)}, sort_keys=True))' %t.json | FileCheck %s --check-prefix=JSON
// The report goes to a file, the module to the output.
// RUN: kcfi-opt --kcfi-report="format=json output=%t.file.json" %s 2>&1 | FileCheck %s --check-prefix=MODULE
// RUN: diff %t.json %t.file.json
// MODULE-NOT: kcfi-report
// MODULE: module attributes
// RUN: not kcfi-opt --kcfi-report="output=%t.no-such-directory/report" %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=NOFILE
// NOFILE: error: cannot open output file '{{.*}}no-such-directory/report'
// RUN: not kcfi-opt --kcfi-report="output=/dev/full" %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=FULL
// FULL: error: cannot write '/dev/full': No space left on device

// After the lowering: how each call is checked.
// RUN: kcfi-opt --kcfi-lower-pipeline --kcfi-report %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=LOWERED
// RUN: kcfi-opt --kcfi-lower-pipeline=expand-all --kcfi-report %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=EXPANDED
// LOWERED:  indirect calls: 3 checked (3 by bundle, 0 expanded, 0 not lowered yet), 2 unchecked{{$}}
// LOWERED:  call in @calls (bundle) at
// EXPANDED: indirect calls: 3 checked (0 by bundle, 3 expanded, 0 not lowered yet), 2 unchecked{{$}}
// EXPANDED: call in @calls (expanded) at

// Without a target: raw ids only, and warnings.
// RUN: sed 's/{llvm.target_triple = .*}/{}/' %s | kcfi-opt --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefix=NOTARGET
// NOTARGET:      warning: not encoded: the module has no usable target
// NOTARGET:      target: none
// NOTARGET-NOT:  bytes on
// NOTARGET:      class 0x12345678: 0 function(s), 1 call(s): unknown type

// TEXT:      target: x86_64-unknown-linux-gnu
// TEXT-NEXT: encoding: xxhash64
// TEXT-NEXT: functions: 3 defined, 2 declared, 3 with a type id, 2 address-taken, 1 of these without a type id
// TEXT-NEXT: indirect calls: 3 checked (0 by bundle, 0 expanded, 3 not lowered yet), 2 unchecked
// TEXT-NEXT: classes: 3
// TEXT-NEXT: functions a class: mean 1.5, median 1, p90 2, most 2
// TEXT-NEXT: address-taken functions a class: mean 1.0, median 1, p90 1, most 1
// TEXT-NEXT: address-taken functions a checked call: mean 0.7, median 1, p90 1, most 1
// TEXT-NEXT: calls without a function of their class: 1 of 1 class(es)
// TEXT-NEXT: address-taken functions without a call of their class: 0 of 0 class(es)
// TEXT-NEXT: bytes on x86-64: 10 in prefixes, 42 in checks
// TEXT-NEXT: class 0x00050794: 2 function(s), 2 call(s): int (int) [_ZTSFiiE]
// TEXT-NEXT:   function @declared declared address-taken
// TEXT-NEXT:   function @twice
// TEXT-NEXT:   call in @calls (checked) at {{.*}}report.mlir:[[#@LINE+23]]:10
// TEXT-NEXT:   call in @calls (checked) at {{.*}}report.mlir:[[#@LINE+23]]:10
// TEXT-NEXT: class 0x10b94df7: 1 function(s), 0 call(s): void (int (*)(int), void *, void *) [_ZTSFvPFiiEPvS1_E]
// TEXT-NEXT:   function @calls
// TEXT-NEXT: class 0x12345678: 0 function(s), 1 call(s): unknown type
// TEXT:      unchecked call in @calls at
// TEXT:      unchecked call in @exempt at
// TEXT:      no type id: @untyped declared (address-taken; a checked call of it traps)

// JSON: {"c": {{\[\[}}329620, ["_ZTSFiiE"], ["declared", "twice"], 1, 2], [280579575, ["_ZTSFvPFiiEPvS1_E"], ["calls"], 0, 0], [305419896, [], [], 0, 1]],
// JSON-SAME: "f": ["calls", "declared", "exempt", "twice", "untyped"], "k": ["calls", "classes", "encoding", "format", "functions", "targets", "totals", "units"], "o": "kcfi-report 2", "s": ["checked", "checked", "checked", "unchecked", "unchecked"],
// JSON-SAME: "t": {"address_taken": 2, "address_taken_without_id": 1, "call_targets": {"max": 1, "mean": 0.6{{[0-9]*}}, "median": 1, "p90": 1}, "calls_checked": 3, "calls_unchecked": 2, "calls_without_target": 1, "check_bytes": 42, "class_address_taken": {"max": 1, "mean": 1, "median": 1, "p90": 1}, "class_size": {"max": 2, "mean": 1.5, "median": 1, "p90": 2}, "classes": 3, "functions_declared": 2, "functions_defined": 3, "functions_with_id": 3, "functions_without_call": 0, "prefix_bytes": 10}

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func @twice(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
  func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  llvm.func @untyped() attributes {kcfi.address_taken}
  func.func @calls(%f: !kcfi.fnptr<(c.int) -> c.int>, %h: !kcfi.fnptr<raw<0x12345678>>, %p: !llvm.ptr)
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, ptr<c.void>, ptr<c.void>) -> c.void>} {
    %g = kcfi.address_of @declared : !kcfi.fnptr<(c.int) -> c.int>
    %x = arith.constant 1 : i32
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %s = kcfi.call %g(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    kcfi.call %h(%x) : !kcfi.fnptr<raw<0x12345678>>, (i32) -> ()
    llvm.call %p() : !llvm.ptr, () -> ()
    return
  }
  func.func @exempt(%f: !kcfi.fnptr<() -> c.void>) attributes {kcfi.no_check} {
    kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    return
  }
}
