//===- SymbolFacts.h - Facts of symbols -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts that functions, variables, aliases and ifuncs have alike, and those of
// one of them. Enumerations are written as LLVM numbers them.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_SYMBOLFACTS_H
#define KCFI_LIB_TARGET_LLVMIR_SYMBOLFACTS_H

#include "mlir/IR/BuiltinAttributes.h"

namespace llvm {
class GlobalValue;
} // namespace llvm

namespace mlir {
class Operation;

namespace kcfi {

class FactReader;

/// Adds the facts of a symbol that `op` does not say.
void readSymbolFacts(const llvm::GlobalValue &symbol, Operation *op,
                     FactReader &reader,
                     SmallVectorImpl<NamedAttribute> &facts);

/// Gives a symbol the facts among `facts` that are of these kinds.
LogicalResult applySymbolFacts(Operation *op, DictionaryAttr facts,
                               llvm::GlobalValue &symbol);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_SYMBOLFACTS_H
