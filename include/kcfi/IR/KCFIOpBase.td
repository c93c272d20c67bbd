//===- KCFIOpBase.td - What operations have in common -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIOPBASE_TD
#define KCFI_IR_KCFIOPBASE_TD

include "kcfi/IR/KCFIInterfaces.td"
include "kcfi/IR/Rust/KCFIRustTypes.td"
include "mlir/Dialect/LLVMIR/LLVMEnums.td"
include "mlir/Interfaces/CallInterfaces.td"
include "mlir/Interfaces/CastInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"

/// A type that can be that of a function as a whole. The part in parentheses is
/// for errors only; utils/update-docs leaves it out.
def KCFI_SignatureType : TypeAttrBase<"::mlir::Type",
    "a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type "
    "(found {{::llvm::cast<::mlir::TypeAttr>($_self).getValue()}})",
    CPred<"::mlir::kcfi::isSignature($_self)">> {
  let constBuilderCall = "::mlir::TypeAttr::get($0)";
}

class KCFI_Op<string mnemonic, list<Trait> traits = []>
    : Op<KCFI_Dialect, mnemonic, traits>;

#endif // KCFI_IR_KCFIOPBASE_TD
