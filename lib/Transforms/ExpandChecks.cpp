//===- ExpandChecks.cpp - Explicit checks -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/LLVMCalls.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ParallelWalk.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Remarks.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIEXPANDCHECKS
#include "kcfi/Transforms/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct ExpandChecks
    : public mlir::kcfi::impl::KCFIExpandChecksBase<ExpandChecks> {
  using KCFIExpandChecksBase::KCFIExpandChecksBase;
  void runOnOperation() final;

private:
  LogicalResult expand(LLVMCall call, const TargetInfo &target);
  /// The id of the function that `call` is known to call, if it cannot be
  /// replaced at link time.
  TypeIdAttr getKnownCalleeId(LLVMCall call, SymbolTableCollection &symbols);
  void replaceByTrap(LLVMCall call, TypeIdAttr calleeId);
  FailureOr<unsigned> getPrefixBytes(LLVMCall call, const TargetInfo &target);
};
} // namespace

TypeIdAttr ExpandChecks::getKnownCalleeId(LLVMCall call,
                                          SymbolTableCollection &symbols) {
  FlatSymbolRefAttr name = call.getKnownCallee();
  if (!name)
    return {};
  auto function = symbols.lookupNearestSymbolFrom<LLVM::LLVMFuncOp>(
      call.getOperation(), name);
  if (!function)
    return {};
  switch (function.getLinkage()) {
  case LLVM::Linkage::External:
  case LLVM::Linkage::Internal:
  case LLVM::Linkage::Private:
  // Equal by the one-definition rule.
  case LLVM::Linkage::LinkonceODR:
  case LLVM::Linkage::WeakODR:
  case LLVM::Linkage::AvailableExternally:
    return function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
  default:
    return {};
  }
}

void ExpandChecks::replaceByTrap(LLVMCall call, TypeIdAttr calleeId) {
  Operation *op = call.getOperation();
  InFlightDiagnostic diag = op->emitWarning()
                            << "call always traps: it expects type id "
                            << formatTypeId(call.getTypeId().getValue());
  if (StringAttr string = call.getTypeId().getString())
    diag << " (" << string << ")";
  diag << ", its callee " << call.getKnownCallee() << " has "
       << formatTypeId(calleeId.getValue());
  if (StringAttr string = calleeId.getString())
    diag << " (" << string << ")";

  // What stands behind the call stays, in a block without predecessors.
  Location loc = op->getLoc();
  OpBuilder builder(op);
  LLVM::Trap::create(builder, loc);
  if (op->getNumResults()) {
    Value poison =
        LLVM::PoisonOp::create(builder, loc, op->getResult(0).getType());
    op->getResult(0).replaceAllUsesWith(poison);
  }
  Block *block = op->getBlock();
  if (call.isInvoke()) {
    op->erase();
  } else {
    block->splitBlock(op);
    op->erase();
  }
  builder.setInsertionPointToEnd(block);
  LLVM::UnreachableOp::create(builder, loc);
}

FailureOr<unsigned> ExpandChecks::getPrefixBytes(LLVMCall call,
                                                 const TargetInfo &target) {
  unsigned nops = getCodegen(call.getOperation()).getPatchablePrefix();
  if (nops == 0)
    return 0;
  // The size of a NOP of RISC-V depends on the C extension.
  bool hasCompressed = false;
  if (target.getTriple().isRISCV()) {
    auto caller = call->getParentOfType<LLVM::LLVMFuncOp>();
    std::optional<bool> feature;
    if (caller)
      feature = hasTargetFeature(caller, kCompressedFeatures);
    if (!feature)
      return call->emitError()
             << "cannot expand this check: the size of the patchable prefix "
                "depends on the target features of the function, which has "
                "none; add 'target_features'";
    hasCompressed = *feature;
  }
  return nops * target.getPrefixNopBytes(hasCompressed);
}

LogicalResult ExpandChecks::expand(LLVMCall call, const TargetInfo &target) {
  Operation *op = call.getOperation();
  if (!isa<LLVM::LLVMFuncOp>(op->getParentOp()))
    return op->emitError()
           << "cannot expand this check: the call is nested in '"
           << op->getParentOp()->getName()
           << "', convert the whole function to the LLVM dialect first";
  FailureOr<unsigned> prefixBytes = getPrefixBytes(call, target);
  if (failed(prefixBytes))
    return failure();

  TypeIdAttr id = call.getTypeId();
  Location loc = op->getLoc();
  OpBuilder builder(op);
  Value callee = call.getCallee();
  auto ptrType = cast<LLVM::LLVMPointerType>(callee.getType());
  Type i8 = builder.getI8Type(), i32 = builder.getI32Type();

  Value entry = callee;
  if (target.needsPointerMask()) {
    Type intPtr = builder.getIntegerType(target.getCTypeFacts().pointerWidth);
    Value address = LLVM::PtrToIntOp::create(builder, loc, intPtr, callee);
    Value mask = LLVM::ConstantOp::create(builder, loc, intPtr,
                                          builder.getIntegerAttr(intPtr, -2));
    Value masked = LLVM::AndOp::create(builder, loc, address, mask);
    entry = LLVM::IntToPtrOp::create(builder, loc, ptrType, masked);
  }
  // The id stands in front of the patchable prefix, which stands in front of
  // the entry.
  int32_t offset = -4 - static_cast<int32_t>(*prefixBytes);
  Value idAddress = LLVM::GEPOp::create(builder, loc, ptrType, i8, entry,
                                        ArrayRef<LLVM::GEPArg>{offset});
  Value actual = LLVM::LoadOp::create(builder, loc, i32, idAddress,
                                      target.getIdAlignment());
  // An id in the code is a place where other checked calls of its class could
  // land. So the code has the negated id, as LLVM's own checks on x86, and the
  // assembly, which is empty, keeps LLVM from turning the sum into a
  // comparison.
  Value negated = LLVM::ConstantOp::create(
      builder, loc, i32,
      builder.getIntegerAttr(i32,
                             -APInt(32, target.getStoredId(id.getValue()))));
  Value hidden =
      LLVM::InlineAsmOp::create(
          builder, loc, i32, negated, /*asm_string=*/"", /*constraints=*/"=r,0",
          /*has_side_effects=*/false, /*is_align_stack=*/false,
          LLVM::TailCallKind::None, LLVM::AsmDialectAttr(),
          /*operand_attrs=*/ArrayAttr())
          .getRes();
  Value sum = LLVM::AddOp::create(builder, loc, actual, hidden);
  Value zero =
      LLVM::ConstantOp::create(builder, loc, i32, builder.getI32IntegerAttr(0));
  Value differs =
      LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::ne, sum, zero);

  Block *block = op->getBlock();
  Block *callBlock = block->splitBlock(op);
  Block *trapBlock = builder.createBlock(callBlock);
  LLVM::Trap::create(builder, loc);
  LLVM::UnreachableOp::create(builder, loc);
  builder.setInsertionPointToEnd(block);
  // The trap is cold; the weights are those of a call that never returns.
  LLVM::CondBrOp::create(builder, loc, differs, trapBlock, ValueRange(),
                         callBlock, ValueRange(),
                         std::make_pair<int32_t, int32_t>(1, (1 << 20) - 1));

  op->removeAttr(KCFIDialect::kTypeIdAttrName);
  op->setAttr(KCFIDialect::kCheckedAttrName, id);
  return success();
}

void ExpandChecks::runOnOperation() {
  ModuleOp module = getOperation();
  SmallVector<Operation *> calls = collectOperations(module, [](Operation *op) {
    LLVMCall call = LLVMCall::get(op);
    return call && call.getTypeId();
  });
  if (calls.empty())
    return markAllAnalysesPreserved();
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  if (!target)
    return signalPassFailure();
  SymbolTableCollection symbols;

  bool failed = false, changed = false;
  for (Operation *op : calls) {
    LLVMCall call = LLVMCall::get(op);
    TypeIdAttr id = call.getTypeId();
    if (TypeIdAttr known = getKnownCalleeId(call, symbols);
        known && known.getValue() != id.getValue()) {
      replaceByTrap(call, known);
      changed = true;
      continue;
    }
    if (!call.getCallee())
      continue; // direct and not known to mismatch: nothing to check
    CheckDecision decision = target->decide(call.describe(id.getValue()));
    if (decision.lowering == CheckLowering::Bundle && !all)
      continue;
    StringRef reason = decision.lowering == CheckLowering::Expand
                           ? StringRef(decision.reason)
                           : "all checks are to be expanded";
    auto caller = call->getParentOfType<LLVM::LLVMFuncOp>();
    remark::passed(call->getLoc(),
                   remark::RemarkOpts::name("CheckExpanded")
                       .category("kcfi")
                       .function(caller ? caller.getName() : StringRef()))
        << remark::add("{0}", reason);
    failed |= mlir::failed(expand(call, *target));
    changed = true;
  }
  if (failed)
    return signalPassFailure();
  // MLIR verifies the whole module after each pass that changes something.
  if (!changed)
    markAllAnalysesPreserved();
}
