//===- Inventory.cpp - Ids and checks of a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inventory.h"
#include "StandIns.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

template <typename OpT>
static bool isChecked(OpT call) {
  if (call->hasAttr(KCFIDialect::kTypeIdAttrName))
    return true;
  std::optional<ArrayAttr> tags = call.getOpBundleTags();
  return tags && llvm::any_of(*tags, [](Attribute tag) {
           return cast<StringAttr>(tag).getValue() == llvmnames::kBundle;
         });
}

Inventory mlir::kcfi::countProtection(ModuleOp module) {
  Inventory result;
  module.walk([&](Operation *op) {
    if (isa<LLVM::LLVMFuncOp>(op))
      result.ids += op->hasAttr(KCFIDialect::kTypeIdAttrName);
    else if (auto call = dyn_cast<LLVM::CallOp>(op))
      result.checks += isChecked(call);
    else if (auto invoke = dyn_cast<LLVM::InvokeOp>(op))
      result.checks += isChecked(invoke);
  });
  return result;
}

SmallVector<uint32_t>
mlir::kcfi::getCheckedIds(const llvm::Function &function) {
  SmallVector<uint32_t> ids;
  for (const llvm::Instruction &instruction : llvm::instructions(function))
    if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction))
      if (auto bundle = call->getOperandBundle(llvm::LLVMContext::OB_kcfi))
        ids.push_back(
            llvm::cast<llvm::ConstantInt>(bundle->Inputs[0])->getZExtValue());
  return ids;
}

Inventory mlir::kcfi::countProtection(const llvm::Module &module) {
  Inventory result;
  for (const llvm::Function &function : module) {
    result.ids += function.hasMetadata(llvm::LLVMContext::MD_kcfi_type);
    // Instructions of stand-ins are on their way into other functions.
    if (!function.getName().starts_with(kInstructionPrefix))
      result.checks += getCheckedIds(function).size();
  }
  return result;
}
