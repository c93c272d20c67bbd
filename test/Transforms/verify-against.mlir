// The pass compares the module with a file: MLIR, LLVM IR or a summary.

// Nothing was lost by our own lowering.
// RUN: kcfi-opt %s --kcfi-lower-pipeline --kcfi-verify-against="before=%s" -o %t.mlir
// RUN: kcfi-translate --kcfi-to-summary %s > %t.ndjson
// RUN: kcfi-opt %s --kcfi-lower-pipeline --kcfi-verify-against="before=%t.ndjson" -o %t.mlir
// RUN: kcfi-translate --kcfi-to-llvmir %t.mlir -o %t.ll
// RUN: kcfi-opt %t.mlir --kcfi-verify-against="before=%t.ll" -o /dev/null
// RUN: kcfi-translate --verify-against=%s %t.ll | count 0

// Another id and a check that is gone.
// RUN: sed 's/\["kcfi"(%[0-9]* : i32)\]//; s/0x00050794/0x00050795/' %t.mlir > %t.bad.mlir
// RUN: not kcfi-opt %t.bad.mlir --kcfi-verify-against="before=%t.ll" -o /dev/null 2>&1 | FileCheck %s --check-prefix=BAD
// BAD: error: the id of @inc was {{.*}}[0x00050794], now it is {{.*}}[0x00050795] [id-changed] at {{.*}}:{{[0-9]+}}
// BAD: error: an indirect call in @apply has no check, and all that can have come there had one [check-lost] at

// RUN: not kcfi-opt %s --kcfi-verify-against -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: option 'before' names no file to compare with
// RUN: not kcfi-opt %s --kcfi-verify-against="before=%t.no-such-file" -o /dev/null 2>&1 | FileCheck %s --check-prefix=NOFILE
// NOFILE: error: cannot compare with '{{.*}}no-such-file': error: cannot open input file '{{.*}}no-such-file'
// RUN: not kcfi-opt --allow-unregistered-dialect --kcfi-verify-against="before=%s" %S/Inputs/unregistered.mlir -o /dev/null 2>&1 | FileCheck %s --check-prefix=UNREGISTERED
// UNREGISTERED: error: references to functions cannot be enumerated

// The command-line form: errors of its own.
// RUN: %expect_exit 1 -- kcfi-translate --verify-against=%t.no-such-file %s | FileCheck %s --check-prefix=TOOL
// TOOL: error: cannot open input file '{{.*}}no-such-file'
// RUN: kcfi-translate --help | FileCheck %s --check-prefix=HELP
// HELP: --verify-against=<before>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func @inc(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
  func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
}
