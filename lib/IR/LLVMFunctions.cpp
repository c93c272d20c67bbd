//===- LLVMFunctions.cpp - Attributes of llvm.func -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/LLVMFunctions.h"

#include "kcfi/TargetInfo/LLVMNames.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::kcfi;

bool mlir::kcfi::hasPassthrough(LLVM::LLVMFuncOp function, StringRef name,
                                std::string *value) {
  ArrayAttr list = function.getPassthroughAttr();
  if (!list)
    return false;
  for (Attribute entry : list) {
    if (auto text = dyn_cast<StringAttr>(entry)) {
      if (text.getValue() == name)
        return true;
      continue;
    }
    auto pair = dyn_cast<ArrayAttr>(entry);
    if (!pair || pair.size() != 2)
      continue;
    auto key = dyn_cast<StringAttr>(pair[0]);
    auto text = dyn_cast<StringAttr>(pair[1]);
    if (!key || !text || key.getValue() != name)
      continue;
    if (value)
      *value = text.str();
    return true;
  }
  return false;
}

void mlir::kcfi::addPassthrough(LLVM::LLVMFuncOp function, StringRef name,
                                StringRef value) {
  SmallVector<Attribute> entries;
  if (ArrayAttr list = function.getPassthroughAttr())
    entries.assign(list.begin(), list.end());
  Builder builder(function.getContext());
  entries.push_back(builder.getStrArrayAttr({name, value}));
  function.setPassthroughAttr(builder.getArrayAttr(entries));
}

std::optional<bool> mlir::kcfi::hasTargetFeature(LLVM::LLVMFuncOp function,
                                                 ArrayRef<StringRef> names) {
  LLVM::TargetFeaturesAttr features = function.getTargetFeaturesAttr();
  std::string text;
  bool inPassthrough =
      hasPassthrough(function, llvmnames::kTargetFeatures, &text);
  if (!features && !inPassthrough)
    return std::nullopt;
  return hasFeature(text, names) ||
         (features && hasFeature(features.getFeaturesString(), names));
}
