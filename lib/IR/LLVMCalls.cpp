//===- LLVMCalls.cpp - Checked calls of the LLVM dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/LLVMCalls.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::kcfi;

LLVMCall LLVMCall::get(Operation *op) {
  return LLVMCall(isa<LLVM::CallOp, LLVM::InvokeOp>(op) ? op : nullptr);
}

/// Calls `fn` with the operation as its own class.
template <typename Fn>
static auto dispatch(Operation *op, Fn &&fn) {
  if (auto call = dyn_cast<LLVM::CallOp>(op))
    return fn(call);
  return fn(cast<LLVM::InvokeOp>(op));
}

Value LLVMCall::getCallee() const {
  return dispatch(op, [](auto call) -> Value {
    return call.getCallee() ? Value() : call.getCalleeOperands().front();
  });
}

FlatSymbolRefAttr LLVMCall::getKnownCallee() const {
  if (auto symbol =
          dispatch(op, [](auto call) { return call.getCalleeAttr(); }))
    return symbol;
  if (auto address = getCallee().getDefiningOp<LLVM::AddressOfOp>())
    return address.getGlobalNameAttr();
  return {};
}

TypeIdAttr LLVMCall::getTypeId() const {
  return op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
}

std::optional<unsigned> LLVMCall::findBundle(StringRef tag) const {
  std::optional<ArrayAttr> tags =
      dispatch(op, [](auto call) { return call.getOpBundleTags(); });
  if (tags)
    for (auto [index, attr] : llvm::enumerate(*tags))
      if (cast<StringAttr>(attr).getValue() == tag)
        return index;
  return std::nullopt;
}

OperandRange LLVMCall::getBundleOperands(unsigned index) const {
  return dispatch(op,
                  [&](auto call) { return call.getOpBundleOperands()[index]; });
}

void LLVMCall::addBundle(StringRef tag, ValueRange operands) {
  // Bundle operands are the last segment of both operations.
  op->insertOperands(op->getNumOperands(), operands);
  dispatch(op, [&](auto call) {
    call.getProperties().operandSegmentSizes.back() += operands.size();
    SmallVector<int32_t> sizes(call.getOpBundleSizes());
    sizes.push_back(operands.size());
    call.setOpBundleSizes(sizes);
    SmallVector<Attribute> tags;
    if (call.getOpBundleTags())
      tags.assign(call.getOpBundleTags()->begin(),
                  call.getOpBundleTags()->end());
    tags.push_back(StringAttr::get(op->getContext(), tag));
    call.setOpBundleTagsAttr(ArrayAttr::get(op->getContext(), tags));
  });
}

CheckedCall LLVMCall::describe(uint32_t typeId) const {
  CheckedCall result;
  result.typeId = typeId;
  result.isInvoke = isInvoke();
  dispatch(op, [&](auto call) {
    result.hasOtherConvention =
        !hasRegistersOfC(static_cast<unsigned>(call.getCConv()));
    if (ArrayAttr args = call.getArgAttrsAttr())
      result.hasNestArgument = llvm::any_of(args, [](Attribute attrs) {
        return cast<DictionaryAttr>(attrs).contains(
            LLVM::LLVMDialect::getNestAttrName());
      });
  });
  if (auto caller = op->getParentOfType<LLVM::LLVMFuncOp>()) {
    result.callerIsMinSize = hasPassthrough(caller, "minsize");
    result.callerIsThumb =
        hasTargetFeature(caller, kThumbFeatures).value_or(false);
  }
  return result;
}
