//===- AttributeForms.h - LLVM attributes as attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A set of LLVM's attributes as a dictionary. The value says of which form an
// attribute is: unit of an enum, an integer, a type, a range, a list of ranges,
// a string.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_ATTRIBUTEFORMS_H
#define KCFI_LIB_TARGET_LLVMIR_ATTRIBUTEFORMS_H

#include "mlir/IR/BuiltinAttributes.h"

namespace llvm {
class AttrBuilder;
class Attribute;
class AttributeSet;
} // namespace llvm

namespace mlir {
class Operation;
namespace LLVM {
class ModuleImport;
class ModuleTranslation;
} // namespace LLVM

namespace kcfi {

/// Returns the attributes for which `isKnown` is false, or null if there are
/// none.
DictionaryAttr
writeAttributes(llvm::AttributeSet attributes, LLVM::ModuleImport &import,
                MLIRContext *context,
                llvm::function_ref<bool(llvm::Attribute)> isKnown);

/// Adds the attributes of a dictionary to `builder`. Fails with an error at
/// `op` if one of them is none of LLVM's.
LogicalResult readAttributes(Operation *op, DictionaryAttr forms,
                             LLVM::ModuleTranslation &translation,
                             llvm::AttrBuilder &builder);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_ATTRIBUTEFORMS_H
