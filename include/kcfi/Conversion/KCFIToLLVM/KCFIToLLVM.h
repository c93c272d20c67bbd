//===- KCFIToLLVM.h - Conversion to the LLVM dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CONVERSION_KCFITOLLVM_KCFITOLLVM_H
#define KCFI_CONVERSION_KCFITOLLVM_KCFITOLLVM_H

namespace mlir {
class DialectRegistry;
class LLVMTypeConverter;
class RewritePatternSet;
class SymbolTableCollection;

/// Lets `converter` turn `!kcfi.fnptr` into `!llvm.ptr`.
void populateKCFIToLLVMTypeConversions(LLVMTypeConverter &converter);

/// Adds the patterns for all operations of the kcfi dialect that do not survive
/// to LLVM. Checked calls must have ids (kcfi-assign-type-ids). Traits, which
/// have no code, stay: calls through their objects refer to them. With
/// `symbolTables`, made before the conversion, these need not search the
/// module.
void populateKCFIToLLVMConversionPatterns(
    LLVMTypeConverter &converter, RewritePatternSet &patterns,
    SymbolTableCollection *symbolTables = nullptr);

/// Registers the patterns for the stock pass `convert-to-llvm`.
void registerConvertKCFIToLLVMInterface(DialectRegistry &registry);

} // namespace mlir

#endif // KCFI_CONVERSION_KCFITOLLVM_KCFITOLLVM_H
