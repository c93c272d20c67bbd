//===- TypeIds.cpp - Ids in LLVM IR -----------------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/LLVMFacts/TypeIds.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Metadata.h"

using namespace mlir::kcfi;

std::optional<uint32_t> mlir::kcfi::getTypeId(const llvm::Function &function) {
  llvm::MDNode *node = function.getMetadata(llvm::LLVMContext::MD_kcfi_type);
  if (!node || node->getNumOperands() == 0)
    return std::nullopt;
  auto *id = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
      node->getOperand(0));
  if (!id)
    return std::nullopt;
  return static_cast<uint32_t>(id->getZExtValue());
}

std::optional<uint32_t> mlir::kcfi::getCheckedId(const llvm::CallBase &call) {
  std::optional<llvm::OperandBundleUse> bundle =
      call.getOperandBundle(llvm::LLVMContext::OB_kcfi);
  if (!bundle || bundle->Inputs.empty())
    return std::nullopt;
  auto *id = llvm::dyn_cast<llvm::ConstantInt>(bundle->Inputs[0]);
  if (!id || id->isZero())
    return std::nullopt;
  return static_cast<uint32_t>(id->getZExtValue());
}
