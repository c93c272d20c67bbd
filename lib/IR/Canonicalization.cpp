//===- Canonicalization.cpp - Folders and patterns --------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What can be simplified without taking a check away that may trap.
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// CastOp
//===----------------------------------------------------------------------===//

// Which types go together depends on the reason; the verifier says it better.
bool CastOp::areCastCompatible(TypeRange inputs, TypeRange outputs) {
  return inputs.size() == 1 && outputs.size() == 1;
}

OpFoldResult CastOp::fold(FoldAdaptor) {
  // To the same type.
  if (getSource().getType() == getType())
    return getSource();
  // There and back: whatever the value was in between, it has its type again. A
  // call of it checks the same id.
  if (auto inner = getSource().getDefiningOp<CastOp>())
    if (inner.getSource().getType() == getType())
      return inner.getSource();
  return {};
}

namespace {
/// Two casts between function pointers are one. It claims that both signatures
/// have one id only if each of the two does.
struct MergeCasts : public OpRewritePattern<CastOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(CastOp op,
                                PatternRewriter &rewriter) const override {
    auto isBetweenFunctions = [](CastOp cast) {
      switch (cast.getReason()) {
      case CastReason::Coalesced:
      case CastReason::Reinterpret:
        return true;
      case CastReason::Launder:
      case CastReason::Unchecked:
        return false;
      }
      llvm_unreachable("unknown reason");
    };
    auto inner = op.getSource().getDefiningOp<CastOp>();
    if (!inner || !isBetweenFunctions(op) || !isBetweenFunctions(inner))
      return failure();
    CastReason reason = op.getReason() == inner.getReason()
                            ? op.getReason()
                            : CastReason::Reinterpret;
    rewriter.modifyOpInPlace(op, [&] {
      op.setReason(reason);
      op.getSourceMutable().assign(inner.getSource());
    });
    return success();
  }
};
} // namespace

void CastOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                         MLIRContext *context) {
  patterns.add<MergeCasts>(context);
}

//===----------------------------------------------------------------------===//
// CallOp
//===----------------------------------------------------------------------===//

/// True if the linker cannot take another definition of the function, which
/// could have another type.
static bool isFinalDefinition(FunctionOpInterface function) {
  if (function.isExternal())
    return false;
  auto attr = function->getAttrOfType<LLVM::LinkageAttr>("llvm.linkage");
  if (auto llvmFunction = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation()))
    attr = llvmFunction.getLinkageAttr();
  if (!attr)
    return true;
  switch (attr.getLinkage()) {
  case LLVM::Linkage::Private:
  case LLVM::Linkage::Internal:
  case LLVM::Linkage::External:
  case LLVM::Linkage::LinkonceODR:
  case LLVM::Linkage::WeakODR:
    return true;
  case LLVM::Linkage::AvailableExternally:
  case LLVM::Linkage::Linkonce:
  case LLVM::Linkage::Weak:
  case LLVM::Linkage::Common:
  case LLVM::Linkage::Appending:
  case LLVM::Linkage::ExternWeak:
    return false;
  }
  llvm_unreachable("unknown linkage");
}

/// True if a call of `function` as `signature` passes its check: the id in
/// front of the function is that of the same signature, whatever the options
/// are. A callable of Rust may have another signature in front of it.
static bool isCalledAsDefined(FunctionOpInterface function, CallOp call) {
  auto sig = function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  if (!sig || sig.getValue() != call.getSignature() ||
      function->hasAttr(KCFIDialect::kCallableAttrName) ||
      function->hasAttr(KCFIDialect::kEntrySigAttrName))
    return false;
  auto id = function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
  return !id || !call.getTypeIdAttr() ||
         id.getValue() == call.getTypeIdAttr().getValue();
}

namespace {
/// A checked call of a known function that has the expected signature calls the
/// function directly. A call of a function with another signature stays: it
/// traps, and `kcfi-expand-checks` warns of it.
struct CallKnownFunction : public OpRewritePattern<CallOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(CallOp op,
                                PatternRewriter &rewriter) const override {
    auto view = op.getCallee().getDefiningOp<AddressOfOp>();
    if (!view)
      return failure();
    auto function = SymbolTable::lookupNearestSymbolFrom<FunctionOpInterface>(
        op, view.getCalleeAttr());
    if (!function || !isFinalDefinition(function) ||
        !isCalledAsDefined(function, op))
      return rewriter.notifyMatchFailure(op, "the check may trap");
    // What a direct call of the function's dialect cannot say stays as it is.
    if (op.getCConv() != LLVM::CConv::C ||
        op.getTailCallKind() != LLVM::TailCallKind::None ||
        op.getArgAttrsAttr() || op.getResAttrsAttr() ||
        !op->getDiscardableAttrs().empty() ||
        TypeRange(op.getArgs()) != function.getArgumentTypes() ||
        op->getResultTypes() != function.getResultTypes())
      return failure();
    if (auto callee = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation())) {
      if (callee.getCConv() != LLVM::CConv::C || callee.isVarArg())
        return failure();
      rewriter.replaceOpWithNewOp<LLVM::CallOp>(op, callee, op.getArgs());
      return success();
    }
    // The dialect of func is known by name only: this library does not need it.
    if (function->getName().getStringRef() != "func.func")
      return failure();
    OperationState state(op.getLoc(), "func.call", op.getArgs(),
                         op->getResultTypes(),
                         rewriter.getNamedAttr("callee", view.getCalleeAttr()));
    rewriter.replaceOp(op, rewriter.create(state));
    return success();
  }
};
} // namespace

void CallOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                         MLIRContext *context) {
  patterns.add<CallKnownFunction>(context);
}
