//===- KCFIInterfaces.h - Operation interfaces -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIINTERFACES_H
#define KCFI_IR_KCFIINTERFACES_H

#include "kcfi/IR/KCFITypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/SymbolTable.h"

namespace mlir::kcfi {

/// What the callee of a checked call is expected to be; its type id is that of
/// a function with this signature and `kcfi.callable`.
struct CheckedCallee {
  Type signature;
  RustCallableAttr callable; // null unless a trait object is called
};

} // namespace mlir::kcfi

#include "kcfi/IR/KCFIInterfaces.h.inc"

#endif // KCFI_IR_KCFIINTERFACES_H
