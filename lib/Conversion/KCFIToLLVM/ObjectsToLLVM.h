//===- ObjectsToLLVM.h - Conversion of trait objects -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_CONVERSION_KCFITOLLVM_OBJECTSTOLLVM_H
#define KCFI_LIB_CONVERSION_KCFITOLLVM_OBJECTSTOLLVM_H

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"

namespace mlir::kcfi {

/// Patterns for vtables, calls through them, and closures. `symbolTables` may
/// be null.
void populateObjectConversionPatterns(LLVMTypeConverter &converter,
                                      RewritePatternSet &patterns,
                                      SymbolTableCollection *symbolTables);

} // namespace mlir::kcfi

#endif // KCFI_LIB_CONVERSION_KCFITOLLVM_OBJECTSTOLLVM_H
