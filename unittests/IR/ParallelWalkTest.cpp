//===- ParallelWalkTest.cpp - Walks of whole modules ------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/ParallelWalk.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "gtest/gtest.h"

#include <atomic>

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// A module of `count` functions with one return each.
OwningOpRef<ModuleOp> makeModule(MLIRContext &context, unsigned count) {
  context.loadDialect<func::FuncDialect>();
  OpBuilder builder(&context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  for (unsigned i = 0; i < count; ++i) {
    builder.setInsertionPointToEnd(module->getBody());
    auto function = func::FuncOp::create(builder, loc, "f" + std::to_string(i),
                                         builder.getFunctionType({}, {}));
    builder.setInsertionPointToStart(function.addEntryBlock());
    func::ReturnOp::create(builder, loc);
  }
  return module;
}

class ParallelWalkTest : public testing::TestWithParam<bool> {
protected:
  ParallelWalkTest() { context.disableMultithreading(!GetParam()); }
  MLIRContext context;
};

TEST_P(ParallelWalkTest, CollectsInTheOrderOfAWalk) {
  for (unsigned count : {0u, 1u, 7u, 1000u}) {
    OwningOpRef<ModuleOp> module = makeModule(context, count);
    SmallVector<Operation *> expected;
    module->walk([&](Operation *op) { expected.push_back(op); });
    EXPECT_EQ(collectOperations(*module, [](Operation *) { return true; }),
              expected);
    EXPECT_EQ(collectOperations(*module, llvm::IsaPred<func::FuncOp>).size(),
              count);
  }
}

TEST_P(ParallelWalkTest, FindsWhatIsThere) {
  OwningOpRef<ModuleOp> module = makeModule(context, 100);
  auto isLast = [](Operation *op) {
    auto function = dyn_cast<func::FuncOp>(op);
    return function && function.getName() == "f99";
  };
  EXPECT_TRUE(containsOperation(*module, isLast));
  EXPECT_TRUE(containsOperation(*module, llvm::IsaPred<ModuleOp>));
  EXPECT_FALSE(containsOperation(*module, llvm::IsaPred<func::CallOp>));
}

TEST_P(ParallelWalkTest, PartsAreAllAndFailuresCount) {
  OwningOpRef<ModuleOp> module = makeModule(context, 100);
  SmallVector<Operation *> functions =
      collectOperations(*module, llvm::IsaPred<func::FuncOp>);
  std::atomic<size_t> seen = 0;
  EXPECT_TRUE(succeeded(
      forEachPart(&context, functions, [&](ArrayRef<Operation *> part) {
        seen += part.size();
        return success();
      })));
  EXPECT_EQ(seen, functions.size());
  EXPECT_TRUE(
      failed(forEachPart(&context, functions, [&](ArrayRef<Operation *> part) {
        return failure(llvm::is_contained(part, functions.back()));
      })));
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelWalkTest, testing::Bool());

} // namespace
