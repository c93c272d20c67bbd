//===- AttributeNames.h - Names of attributes of LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LLVMFACTS_ATTRIBUTENAMES_H
#define KCFI_LLVMFACTS_ATTRIBUTENAMES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Attributes.h"

namespace mlir::kcfi {

/// LLVM's name of an attribute: the key of a string attribute, the keyword of
/// others.
inline llvm::StringRef getAttributeName(llvm::Attribute attribute) {
  return attribute.isStringAttribute()
             ? attribute.getKindAsString()
             : llvm::Attribute::getNameFromAttrKind(attribute.getKindAsEnum());
}

} // namespace mlir::kcfi

#endif // KCFI_LLVMFACTS_ATTRIBUTENAMES_H
