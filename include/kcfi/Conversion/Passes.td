//===- Passes.td - Conversions from the kcfi dialect -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CONVERSION_PASSES_TD
#define KCFI_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertKCFIToLLVM : Pass<"convert-kcfi-to-llvm", "::mlir::ModuleOp"> {
  let summary = "convert operations and types of the kcfi dialect to LLVM";
  let description = [{
    Function pointers become `!llvm.ptr`, calls become `llvm.call` and
    `llvm.invoke` with the id as attribute `kcfi.type_id`. Functions, calls and
    branches of the `func` and `cf` dialects are converted with them, since
    function pointers occur in their types. Run `kcfi-assign-type-ids` first: a
    checked call without an id is an error.

    Blocks that cannot be reached are erased with the calls in them: the
    conversion does not visit them.

    The same patterns run in the stock pass `convert-to-llvm`.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
        // becomes: llvm.call %f(%x) {kcfi.type_id = ...} : !llvm.ptr, (i32) -> i32
        %r = kcfi.call %f(%x) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
        return %r : i32
      }
    }
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // KCFI_CONVERSION_PASSES_TD
