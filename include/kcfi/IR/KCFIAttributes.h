//===- KCFIAttributes.h - Attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIATTRIBUTES_H
#define KCFI_IR_KCFIATTRIBUTES_H

#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/KCFIEnums.h"

#define GET_ATTRDEF_CLASSES
#include "kcfi/IR/KCFIAttributes.h.inc"

namespace mlir::kcfi {

/// An id as it is written everywhere: `0x00050794`.
std::string formatTypeId(uint32_t id);

} // namespace mlir::kcfi

#endif // KCFI_IR_KCFIATTRIBUTES_H
