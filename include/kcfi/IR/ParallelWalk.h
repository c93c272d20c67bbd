//===- ParallelWalk.h - Walks of whole modules ------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pass that changes a few operations of a large module spends its time on the
// search for them. These functions search with all threads of the context.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_PARALLELWALK_H
#define KCFI_IR_PARALLELWALK_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace mlir::kcfi {

/// Calls `callback` with consecutive parts of `operations`, each part once.
/// Parts are processed by all threads of the context; diagnostics keep the
/// order of the operations. Fails if a call fails.
LogicalResult
forEachPart(MLIRContext *context, ArrayRef<Operation *> operations,
            llvm::function_ref<LogicalResult(ArrayRef<Operation *>)> callback);

/// The operations in `root`, and `root` itself, that `predicate` accepts, in
/// the order of a post-order walk. Several threads call `predicate`, which must
/// not change anything.
SmallVector<Operation *>
collectOperations(Operation *root,
                  llvm::function_ref<bool(Operation *)> predicate);

/// True if `predicate` accepts `root` or an operation in it, under the same
/// conditions.
bool containsOperation(Operation *root,
                       llvm::function_ref<bool(Operation *)> predicate);

} // namespace mlir::kcfi

#endif // KCFI_IR_PARALLELWALK_H
