// RUN: kcfi-translate --kcfi-to-llvmir --split-input-file --verify-diagnostics %s
// RUN: kcfi-translate --kcfi-to-bitcode --split-input-file --verify-diagnostics %s
// Nothing is written after an error.
// RUN: not kcfi-translate --kcfi-to-llvmir --split-input-file %s > %t.out 2> %t.errors
// RUN: not grep . %t.out
// RUN: FileCheck %s --check-prefix=ERRORS --input-file=%t.errors
// ERRORS: error:

// An operation that was not lowered.
module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {
  llvm.func @f(%p: !llvm.ptr) {
    // expected-error @+2 {{LLVM Translation failed for operation: kcfi.cast}}
    // expected-error @+1 {{'kcfi.cast' has no LLVM IR: run 'kcfi-lower-pipeline' before the translation}}
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
    llvm.return
  }
}

// -----

module {
  // expected-error @+2 {{LLVM Translation failed for operation: kcfi.signature}}
  // expected-error @+1 {{has no type id: run 'kcfi-assign-type-ids'}}
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {
  llvm.func @f(%f: !llvm.ptr) {
    // expected-error @+1 {{the call has a type id but no "kcfi" bundle: run 'kcfi-attach-bundles' before the translation}}
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

// Ids or bundles, but nothing that tells LLVM to heed them.
// expected-error @+1 {{the module has ids or checks, but no 'kcfi.encoding': LLVM would ignore them; run 'kcfi-assign-type-ids'}}
module {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<0x00050794>}
}

// -----

// expected-error @+1 {{the module has ids or checks, but no 'kcfi.encoding'}}
module {
  llvm.func @f(%f: !llvm.ptr) {
    %id = llvm.mlir.constant(5 : i32) : i32
    llvm.call %f() ["kcfi"(%id : i32)] : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {
  // expected-error @+1 {{the function has a signature but no type id: run 'kcfi-lower-pipeline' before the translation}}
  llvm.func @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
  llvm.func internal @local() attributes {kcfi.sig = !kcfi.fn<() -> c.void>} {
    llvm.return
  }
}

// -----

// expected-error @+1 {{module flag "kcfi-hash" is there with another value than 'kcfi.encoding' or 'kcfi.codegen' gives}}
module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {
  llvm.module_flags [#llvm.mlir.module_flag<override, "kcfi-hash", "FNV-1a">]
}

// -----

// expected-error @+1 {{module flag "kcfi-offset" is there with another value}}
module attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 11>} {
  llvm.module_flags [#llvm.mlir.module_flag<override, "kcfi-offset", 4 : i32>]
}

// -----

module {
  // expected-error @+1 {{a nested module has no LLVM IR: translate it on its own}}
  module @nested {
  }
}

// -----

// MLIR would write 2^64-1 for both cases.
llvm.func @wide_switch(%n: i96) {
  // expected-error @+1 {{case value -1 needs more than 64 bits: MLIR would write another value; compare it before the switch}}
  "llvm.switch"(%n)[^bb1, ^bb2, ^bb1] <{
    case_operand_segments = array<i32: 0, 0>,
    case_values = dense<[7, -1]> : vector<2xi96>,
    operandSegmentSizes = array<i32: 1, 0, 0>
  }> : (i96) -> ()
^bb1:
  llvm.return
^bb2:
  llvm.return
}
