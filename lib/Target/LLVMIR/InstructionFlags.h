//===- InstructionFlags.h - Flags without a form -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_INSTRUCTIONFLAGS_H
#define KCFI_LIB_TARGET_LLVMIR_INSTRUCTIONFLAGS_H

#include "mlir/IR/BuiltinAttributes.h"

namespace llvm {
class Instruction;
} // namespace llvm

namespace mlir {
class Operation;

namespace kcfi {

/// The names of the flags of an instruction that `op` has no form for, or null
/// if there are none. `op` is null for phis, which are arguments of blocks.
Attribute readFlags(const llvm::Instruction &instruction, Operation *op,
                    MLIRContext *context);

/// Sets flags by their names. An unknown name is an error at `op`.
LogicalResult applyFlags(Operation *op, Attribute value,
                         llvm::Instruction &instruction);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_INSTRUCTIONFLAGS_H
