//===- Translate.cpp - Translation without traces -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Translate.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Instructions.h"

using namespace mlir;

/// Takes `block`, which holds nothing but phis and a branch, out of the edge
/// that it stands in.
static void fold(llvm::BasicBlock &block) {
  llvm::BasicBlock *source = block.getSinglePredecessor();
  llvm::BasicBlock *target = block.getSingleSuccessor();
  if (!source || !target ||
      block.getFirstNonPHIIt() != block.getTerminator()->getIterator())
    return;
  for (llvm::PHINode &phi : target->phis()) {
    int index = phi.getBasicBlockIndex(&block);
    phi.setIncomingBlock(index, source);
    // The phis of the block have one operand.
    auto *value = llvm::dyn_cast<llvm::PHINode>(phi.getIncomingValue(index));
    if (value && value->getParent() == &block)
      phi.setIncomingValue(index, value->getIncomingValue(0));
  }
  source->getTerminator()->replaceSuccessorWith(&block, target);
  block.eraseFromParent();
}

/// MLIR's translation gives each edge of a switch a block of its own, in the
/// module that it translates. Takes those behind the first `count` blocks out
/// again.
static void foldAddedBlocks(LLVM::LLVMFuncOp function, size_t count) {
  Region &body = function.getBody();
  for (Block &block :
       llvm::make_early_inc_range(llvm::drop_begin(body.getBlocks(), count))) {
    auto branch = dyn_cast<LLVM::BrOp>(block.front());
    if (!branch || !block.hasOneUse() ||
        !llvm::equal(branch.getDestOperands(), block.getArguments()))
      continue;
    BlockOperand &edge = *block.use_begin().getOperand();
    edge.set(branch.getDest());
    block.erase();
  }
}

std::unique_ptr<llvm::Module> mlir::kcfi::translate(ModuleOp module,
                                                    llvm::LLVMContext &context,
                                                    StringRef name) {
  llvm::StringMap<size_t> blocks;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    blocks[function.getSymName()] = function.getBody().getBlocks().size();
  std::unique_ptr<llvm::Module> translated = translateModuleToLLVMIR(
      module, context, name, /*disableVerification=*/true);
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    foldAddedBlocks(function, blocks.lookup(function.getSymName()));
  if (!translated)
    return nullptr;
  for (llvm::Function &function : *translated) {
    // The added ones are the last.
    auto expected = blocks.find(function.getName());
    if (expected == blocks.end() || function.size() <= expected->second)
      continue;
    for (llvm::BasicBlock &block : llvm::make_early_inc_range(llvm::drop_begin(
             static_cast<llvm::Function &>(function), expected->second)))
      fold(block);
  }
  return translated;
}
