//===- KCFIToLLVM.cpp - Conversion to the LLVM dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Conversion/KCFIToLLVM/KCFIToLLVM.h"
#include "kcfi/Conversion/Passes.h"
#include "kcfi/IR/KCFIOps.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMInterface.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/RegionUtils.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_CONVERTKCFITOLLVM
#include "kcfi/Conversion/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {

struct AddressOfLowering : public ConvertOpToLLVMPattern<AddressOfOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(AddressOfOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::AddressOfOp>(
        op, LLVM::LLVMPointerType::get(getContext()), op.getCallee());
    return success();
  }
};

struct CastLowering : public ConvertOpToLLVMPattern<CastOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(CastOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value source = adaptor.getSource();
    Type to = getTypeConverter()->convertType(op.getResult().getType());
    if (!to)
      return rewriter.notifyMatchFailure(op, "result type has no conversion");
    Type from = source.getType();
    if (from == to) {
      rewriter.replaceOp(op, source);
      return success();
    }
    bool fromPtr = isa<LLVM::LLVMPointerType>(from);
    bool toPtr = isa<LLVM::LLVMPointerType>(to);
    if (fromPtr && toPtr)
      rewriter.replaceOpWithNewOp<LLVM::AddrSpaceCastOp>(op, to, source);
    else if (fromPtr && isa<IntegerType>(to))
      rewriter.replaceOpWithNewOp<LLVM::PtrToIntOp>(op, to, source);
    else if (isa<IntegerType>(from) && toPtr)
      rewriter.replaceOpWithNewOp<LLVM::IntToPtrOp>(op, to, source);
    else
      return rewriter.notifyMatchFailure(
          op, "neither side is a pointer or an integer in LLVM");
    return success();
  }
};

/// The type of a variadic callee: the fixed arguments are those of the
/// signature.
template <typename OpT>
TypeAttr getVariadicCalleeType(OpT op, TypeRange args, Type result) {
  std::optional<unsigned> fixed = op.getFixedArgumentCount();
  if (!fixed)
    return {};
  return TypeAttr::get(LLVM::LLVMFunctionType::get(
      result ? result : LLVM::LLVMVoidType::get(op.getContext()),
      llvm::to_vector(args.take_front(*fixed)), /*isVarArg=*/true));
}

/// Moves what a call says besides its operands to its LLVM form.
template <typename FromT, typename ToT>
void copyCallAttributes(FromT from, ToT to, TypeAttr variadicType) {
  to.setCConv(from.getCConv());
  if (variadicType)
    to.setVarCalleeTypeAttr(variadicType);
  if (from.getArgAttrsAttr())
    to.setArgAttrsAttr(from.getArgAttrsAttr());
  if (from.getResAttrsAttr())
    to.setResAttrsAttr(from.getResAttrsAttr());
  to->setDiscardableAttrs(from->getDiscardableAttrDictionary());
  if (TypeIdAttr id = from.getTypeIdAttr())
    to->setAttr(KCFIDialect::kTypeIdAttrName, id);
}

/// What CallOp and InvokeOp have in common.
template <typename OpT>
struct CallLoweringBase : public ConvertOpToLLVMPattern<OpT> {
  using ConvertOpToLLVMPattern<OpT>::ConvertOpToLLVMPattern;
  using OpAdaptor = typename ConvertOpToLLVMPattern<OpT>::OpAdaptor;

protected:
  /// Result types and operands of the LLVM operation: callee, then arguments.
  struct Parts {
    SmallVector<Type> results;
    SmallVector<Value> operands;
  };

  FailureOr<Parts> prepare(OpT op, OpAdaptor adaptor,
                           ConversionPatternRewriter &rewriter) const {
    if (!op.getUnchecked() && !op.getTypeId())
      return op.emitOpError() << "has no type id: run 'kcfi-assign-type-ids' "
                                 "before the conversion to LLVM";
    Parts parts;
    if (failed(this->getTypeConverter()->convertTypes(op->getResultTypes(),
                                                      parts.results)))
      return rewriter.notifyMatchFailure(op, "result type has no conversion");
    parts.operands.push_back(adaptor.getCallee());
    llvm::append_range(parts.operands, adaptor.getArgs());
    return parts;
  }

  /// Completes the LLVM operation and replaces `op` by it.
  template <typename LLVMOpT>
  void finish(OpT op, LLVMOpT call, const Parts &parts,
              ConversionPatternRewriter &rewriter) const {
    copyCallAttributes(
        op, call,
        getVariadicCalleeType(
            op, TypeRange(ValueRange(parts.operands)).drop_front(),
            parts.results.empty() ? Type() : parts.results.front()));
    rewriter.replaceOp(op, call);
  }
};

struct CallLowering : public CallLoweringBase<CallOp> {
  using CallLoweringBase::CallLoweringBase;
  LogicalResult
  matchAndRewrite(CallOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    FailureOr<Parts> parts = prepare(op, adaptor, rewriter);
    if (failed(parts))
      return failure();
    auto call = LLVM::CallOp::create(rewriter, op.getLoc(), parts->results,
                                     FlatSymbolRefAttr(), parts->operands);
    call.setTailCallKind(op.getTailCallKind());
    finish(op, call, *parts, rewriter);
    return success();
  }
};

struct InvokeLowering : public CallLoweringBase<InvokeOp> {
  using CallLoweringBase::CallLoweringBase;
  LogicalResult
  matchAndRewrite(InvokeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    FailureOr<Parts> parts = prepare(op, adaptor, rewriter);
    if (failed(parts))
      return failure();
    auto invoke = LLVM::InvokeOp::create(
        rewriter, op.getLoc(), parts->results, FlatSymbolRefAttr(),
        parts->operands, op.getNormalDest(), adaptor.getNormalDestOperands(),
        op.getUnwindDest(), adaptor.getUnwindDestOperands());
    finish(op, invoke, *parts, rewriter);
    return success();
  }
};

/// Patterns for the stock pass.
struct KCFIToLLVMInterface : public ConvertToLLVMPatternInterface {
  using ConvertToLLVMPatternInterface::ConvertToLLVMPatternInterface;
  void loadDependentDialects(MLIRContext *context) const final {
    context->loadDialect<LLVM::LLVMDialect>();
  }
  void populateConvertToLLVMConversionPatterns(
      ConversionTarget &target, LLVMTypeConverter &typeConverter,
      RewritePatternSet &patterns) const final {
    target.addIllegalDialect<KCFIDialect>();
    target.addLegalOp<SignatureOp, CarriedBodiesOp>();
    populateKCFIToLLVMTypeConversions(typeConverter);
    populateKCFIToLLVMConversionPatterns(typeConverter, patterns);
  }
};

struct ConvertKCFIToLLVM
    : public mlir::kcfi::impl::ConvertKCFIToLLVMBase<ConvertKCFIToLLVM> {
  void runOnOperation() final {
    MLIRContext *context = &getContext();
    // A conversion does not visit blocks that cannot be reached; their
    // operations would be left.
    IRRewriter rewriter(context);
    (void)eraseUnreachableBlocks(rewriter, getOperation()->getRegions());
    LLVMTypeConverter converter(context);
    populateKCFIToLLVMTypeConversions(converter);
    RewritePatternSet patterns(context);
    populateKCFIToLLVMConversionPatterns(converter, patterns);
    // Without the tables every call searches the module for its callee.
    SymbolTableCollection symbolTables;
    populateFuncToLLVMConversionPatterns(converter, patterns, &symbolTables);
    cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
    LLVMConversionTarget target(*context);
    target.addIllegalDialect<KCFIDialect>();
    target.addLegalOp<SignatureOp, CarriedBodiesOp>();
    target.addLegalOp<ModuleOp>();
    if (failed(applyPartialConversion(getOperation(), target,
                                      std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void mlir::populateKCFIToLLVMTypeConversions(LLVMTypeConverter &converter) {
  converter.addConversion([](FnPtrType type) -> Type {
    return LLVM::LLVMPointerType::get(type.getContext());
  });
}

void mlir::populateKCFIToLLVMConversionPatterns(LLVMTypeConverter &converter,
                                                RewritePatternSet &patterns) {
  patterns.add<AddressOfLowering, CallLowering, CastLowering, InvokeLowering>(
      converter);
}

void mlir::registerConvertKCFIToLLVMInterface(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *, KCFIDialect *dialect) {
    dialect->addInterfaces<KCFIToLLVMInterface>();
  });
}
