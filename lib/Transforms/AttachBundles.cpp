//===- AttachBundles.cpp - Operand bundles -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/LLVMCalls.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ParallelWalk.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIATTACHBUNDLES
#include "kcfi/Transforms/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct AttachBundles
    : public mlir::kcfi::impl::KCFIAttachBundlesBase<AttachBundles> {
  void runOnOperation() final;

private:
  LogicalResult attach(LLVMCall call, const TargetInfo &target);
  LogicalResult setPrefix(LLVM::LLVMFuncOp function, CodegenAttr codegen);
};
} // namespace

LogicalResult AttachBundles::attach(LLVMCall call, const TargetInfo &target) {
  Operation *op = call.getOperation();
  uint32_t id = call.getTypeId().getValue();
  if (std::optional<std::string> reason = target.getReservedIdReason(id))
    return op->emitError() << "type id " << formatTypeId(id)
                           << " cannot be used: " << *reason;
  if (call.getCallee()) {
    CheckDecision decision = target.decide(call.describe(id));
    if (decision.lowering == CheckLowering::Expand)
      return op->emitError()
             << "this check cannot be an operand bundle: " << decision.reason
             << "; run 'kcfi-expand-checks' first";
  }
  // The check would read through the signed pointer.
  if (call.findBundle("ptrauth"))
    return op->emitError() << "a call with a \"ptrauth\" bundle cannot be "
                              "checked: LLVM makes the check before it "
                              "authenticates the pointer";
  IntegerType i32 = IntegerType::get(op->getContext(), 32);
  if (std::optional<unsigned> index = call.findBundle(llvmnames::kBundle)) {
    OperandRange operands = call.getBundleOperands(*index);
    auto constant = operands.size() == 1
                        ? operands[0].getDefiningOp<LLVM::ConstantOp>()
                        : LLVM::ConstantOp();
    auto value =
        constant ? dyn_cast<IntegerAttr>(constant.getValue()) : IntegerAttr();
    if (!value || value.getType() != i32 ||
        value.getValue().getZExtValue() != id)
      return op->emitError()
             << "has a \"kcfi\" bundle that is not the constant "
             << formatTypeId(id) << " of its type id";
  } else {
    OpBuilder builder(op);
    Value operand = LLVM::ConstantOp::create(
        builder, op->getLoc(), i32, builder.getIntegerAttr(i32, APInt(32, id)));
    call.addBundle(llvmnames::kBundle, operand);
  }
  op->removeAttr(KCFIDialect::kTypeIdAttrName);
  return success();
}

LogicalResult AttachBundles::setPrefix(LLVM::LLVMFuncOp function,
                                       CodegenAttr codegen) {
  std::pair<StringRef, unsigned> attributes[] = {
      {llvmnames::kPatchablePrefix, codegen.getPatchablePrefix()},
      {llvmnames::kPatchableEntry, codegen.getPatchableEntry()}};
  for (auto [name, number] : attributes) {
    std::string present;
    if (hasPassthrough(function, name, &present)) {
      // The NOPs behind the entry point do not concern checks.
      if (name == llvmnames::kPatchableEntry ||
          present == std::to_string(number))
        continue;
      return function.emitError()
             << "has \"" << name << "\"=\"" << present << "\", but '"
             << KCFIDialect::kCodegenAttrName << "' of the module says "
             << number
             << ": checks look for the id in front of the caller's prefix, so "
                "all functions need the same one";
    }
    if (number)
      addPassthrough(function, name, std::to_string(number));
  }
  return success();
}

void AttachBundles::runOnOperation() {
  ModuleOp module = getOperation();
  SmallVector<LLVMCall> calls;
  SmallVector<LLVM::LLVMFuncOp> definitions;
  bool hasIds = false;
  for (Operation *op : collectOperations(module, [](Operation *op) {
         LLVMCall call = LLVMCall::get(op);
         return isa<LLVM::LLVMFuncOp>(op) || (call && call.getTypeId());
       })) {
    if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op)) {
      hasIds |= op->hasAttr(KCFIDialect::kTypeIdAttrName);
      if (!function.isExternal())
        definitions.push_back(function);
    } else {
      calls.push_back(LLVMCall::get(op));
    }
  }
  CodegenAttr codegen = getCodegen(module);
  bool hasCodegen = codegen.getPatchablePrefix() ||
                    codegen.getPatchableEntry() || codegen.getArity();
  if (calls.empty() && !hasIds && !hasCodegen)
    return markAllAnalysesPreserved();
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  if (!target)
    return signalPassFailure();

  bool failed = false;
  if (codegen.getPatchablePrefix() && !target->supportsPatchablePrefix()) {
    module.emitError()
        << "patchable prefixes do not work together with KCFI on "
        << target->getName();
    failed = true;
  }
  if (codegen.getArity() && !target->supportsArity()) {
    module.emitError() << "KCFI arity has no meaning on "
                       << target->getTriple().str();
    failed = true;
  }
  for (LLVM::LLVMFuncOp function : definitions)
    failed |= mlir::failed(setPrefix(function, codegen));
  for (LLVMCall call : calls)
    failed |= mlir::failed(attach(call, *target));
  if (failed)
    return signalPassFailure();
  // MLIR verifies the whole module after each pass that changes something.
  if (calls.empty() && !codegen.getPatchablePrefix() &&
      !codegen.getPatchableEntry())
    markAllAnalysesPreserved();
}
