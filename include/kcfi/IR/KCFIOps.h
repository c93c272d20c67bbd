//===- KCFIOps.h - Operations -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIOPS_H
#define KCFI_IR_KCFIOPS_H

#include "kcfi/IR/KCFIInterfaces.h"
#include "kcfi/IR/KCFITypes.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/CastInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::kcfi {

/// True if entries can be aligned to so many bytes. What stands between two of
/// them is executed or branched over, and a branch of Thumb reaches 2 KiB.
inline bool isEntryAlignment(int64_t bytes) {
  return bytes > 0 && bytes <= 1024 && llvm::isPowerOf2_64(bytes);
}

} // namespace mlir::kcfi

#define GET_OP_CLASSES
#include "kcfi/IR/KCFIOps.h.inc"

namespace mlir::kcfi {

/// True for the properties of `llvm.call` and `llvm.invoke` that a checked call
/// says itself or has no place for; `kcfi.llvm_properties` has the others.
bool isPropertyOfCheckedCall(StringRef name);

/// The type of the closure of which `body` is the body; null for other
/// functions.
RustClosureType getClosureType(FunctionOpInterface body);

/// True if `type` contains the type parameter `Self`.
bool mentionsSelf(Type type);

} // namespace mlir::kcfi

#endif // KCFI_IR_KCFIOPS_H
