//===- ParallelWalk.cpp - Walks of whole modules ----------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/ParallelWalk.h"

#include "mlir/IR/Region.h"
#include "mlir/IR/Threading.h"
#include "mlir/IR/Visitors.h"

#include <atomic>

using namespace mlir;
using namespace mlir::kcfi;

/// The parts of `operations` that one thread works on at a time: some for each
/// thread, so that no thread waits long for the last one.
static SmallVector<ArrayRef<Operation *>>
splitIntoParts(MLIRContext *context, ArrayRef<Operation *> operations) {
  constexpr size_t partsOfThread = 8;
  size_t parts = 1;
  if (context->isMultithreadingEnabled())
    parts = partsOfThread * context->getNumThreads();
  size_t size = std::max<size_t>(1, (operations.size() + parts - 1) / parts);
  SmallVector<ArrayRef<Operation *>> result;
  for (; !operations.empty();
       operations = operations.drop_front(std::min(size, operations.size())))
    result.push_back(operations.take_front(size));
  return result;
}

/// The operations directly in the regions of `root`.
static SmallVector<Operation *> getChildren(Operation *root) {
  SmallVector<Operation *> children;
  for (Region &region : root->getRegions())
    for (Operation &child : region.getOps())
      children.push_back(&child);
  return children;
}

LogicalResult mlir::kcfi::forEachPart(
    MLIRContext *context, ArrayRef<Operation *> operations,
    llvm::function_ref<LogicalResult(ArrayRef<Operation *>)> callback) {
  return failableParallelForEach(context, splitIntoParts(context, operations),
                                 callback);
}

SmallVector<Operation *>
mlir::kcfi::collectOperations(Operation *root,
                              llvm::function_ref<bool(Operation *)> predicate) {
  MLIRContext *context = root->getContext();
  SmallVector<Operation *> children = getChildren(root);
  SmallVector<ArrayRef<Operation *>> parts = splitIntoParts(context, children);
  SmallVector<SmallVector<Operation *>> found(parts.size());
  parallelFor(context, 0, parts.size(), [&](size_t index) {
    for (Operation *child : parts[index])
      child->walk([&](Operation *op) {
        if (predicate(op))
          found[index].push_back(op);
      });
  });
  SmallVector<Operation *> result;
  for (ArrayRef<Operation *> part : found)
    llvm::append_range(result, part);
  if (predicate(root))
    result.push_back(root);
  return result;
}

bool mlir::kcfi::containsOperation(
    Operation *root, llvm::function_ref<bool(Operation *)> predicate) {
  if (predicate(root))
    return true;
  std::atomic<bool> found = false;
  (void)forEachPart(root->getContext(), getChildren(root),
                    [&](ArrayRef<Operation *> part) {
                      for (Operation *child : part) {
                        if (found)
                          break;
                        if (child
                                ->walk([&](Operation *op) {
                                  return predicate(op) ? WalkResult::interrupt()
                                                       : WalkResult::advance();
                                })
                                .wasInterrupted())
                          found = true;
                      }
                      return success();
                    });
  return found;
}
