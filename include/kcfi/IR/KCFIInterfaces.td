//===- KCFIInterfaces.td - Operation interfaces -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIINTERFACES_TD
#define KCFI_IR_KCFIINTERFACES_TD

include "mlir/IR/OpBase.td"

def KCFI_CheckedCallOpInterface : OpInterface<"CheckedCallOpInterface"> {
  let cppNamespace = "::mlir::kcfi";
  let description = [{
    An indirect call that compares the type id in front of its callee. What it
    calls, a function pointer or a slot of a vtable, is the operation's affair;
    passes over checks need no more than this.

    ```mlir
    func.func @apply(%op: !kcfi.fnptr<() -> c.void>) {
      kcfi.call %op() : !kcfi.fnptr<() -> c.void>, () -> ()
      return
    }
    ```
  }];
  let methods = [
    InterfaceMethod<"What the callee is expected to be.",
      "::mlir::kcfi::CheckedCallee", "getCheckedCallee",
      (ins "::mlir::SymbolTableCollection &":$symbolTables)>,
    InterfaceMethod<"Whether the call makes no check.", "bool", "getUnchecked">,
    InterfaceMethod<"Says whether the call makes no check.", "void",
      "setUnchecked", (ins "bool":$unchecked)>,
    InterfaceMethod<"The type id that is compared, or null.",
      "::mlir::kcfi::TypeIdAttr", "getTypeIdAttr">,
    InterfaceMethod<"Sets the type id; null removes it.", "void",
      "setTypeIdAttr", (ins "::mlir::kcfi::TypeIdAttr":$id)>
  ];
}

#endif // KCFI_IR_KCFIINTERFACES_TD
