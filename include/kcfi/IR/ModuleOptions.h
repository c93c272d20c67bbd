//===- ModuleOptions.h - Options and target of a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_MODULEOPTIONS_H
#define KCFI_IR_MODULEOPTIONS_H

#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/IR/Operation.h"

#include <memory>

namespace mlir::kcfi {

/// The `#kcfi.encoding` in force at `op`: that of the nearest enclosing
/// operation which has one, else the default (xxHash64, no options).
EncodingAttr getEncoding(Operation *op);

/// The `#kcfi.codegen` in force at `op`, found as above; by default no prefix
/// and no arity.
CodegenAttr getCodegen(Operation *op);

/// Classes that have given up their id for that of another one: pairs of
/// signatures, the first of which is encoded as the second. From
/// `kcfi.merged_classes` of the module that encloses `op`.
using MergedClasses = SmallVector<std::pair<Type, Type>>;
MergedClasses getMergedClasses(Operation *op);

/// The target triple in force at `op` (`llvm.target_triple` of an enclosing
/// operation); empty where there is none.
StringRef getTargetTriple(Operation *op);

/// The target in force at `op`. Reports an error at `op` and returns null where
/// the triple is missing or cannot be used.
std::unique_ptr<TargetInfo> lookupTarget(Operation *op);

/// The same without an error report, for verifiers that check less when the
/// target is not known.
std::unique_ptr<TargetInfo> lookupTargetQuietly(Operation *op);

} // namespace mlir::kcfi

#endif // KCFI_IR_MODULEOPTIONS_H
