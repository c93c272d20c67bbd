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

/// The operands of the LLVM call: callee, then arguments.
SmallVector<Value> getCallOperands(Value callee, ValueRange args) {
  SmallVector<Value> operands{callee};
  llvm::append_range(operands, args);
  return operands;
}

template <typename OpT>
LogicalResult requireId(OpT op) {
  if (op.getUnchecked() || op.getTypeId())
    return success();
  return op.emitOpError() << "has no type id: run 'kcfi-assign-type-ids' "
                             "before the conversion to LLVM";
}

struct CallLowering : public ConvertOpToLLVMPattern<CallOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(CallOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (failed(requireId(op)))
      return failure();
    SmallVector<Type> results;
    if (failed(getTypeConverter()->convertTypes(op->getResultTypes(), results)))
      return rewriter.notifyMatchFailure(op, "result type has no conversion");
    auto call = LLVM::CallOp::create(
        rewriter, op.getLoc(), results, FlatSymbolRefAttr(),
        getCallOperands(adaptor.getCallee(), adaptor.getArgs()));
    copyCallAttributes(
        op, call,
        getVariadicCalleeType(op, adaptor.getArgs().getTypes(),
                              results.empty() ? Type() : results.front()));
    call.setTailCallKind(op.getTailCallKind());
    rewriter.replaceOp(op, call);
    return success();
  }
};

struct InvokeLowering : public ConvertOpToLLVMPattern<InvokeOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(InvokeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (failed(requireId(op)))
      return failure();
    SmallVector<Type> results;
    if (failed(getTypeConverter()->convertTypes(op->getResultTypes(), results)))
      return rewriter.notifyMatchFailure(op, "result type has no conversion");
    auto invoke = LLVM::InvokeOp::create(
        rewriter, op.getLoc(), results, FlatSymbolRefAttr(),
        getCallOperands(adaptor.getCallee(), adaptor.getArgs()),
        op.getNormalDest(), adaptor.getNormalDestOperands(), op.getUnwindDest(),
        adaptor.getUnwindDestOperands());
    copyCallAttributes(
        op, invoke,
        getVariadicCalleeType(op, adaptor.getArgs().getTypes(),
                              results.empty() ? Type() : results.front()));
    rewriter.replaceOp(op, invoke);
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
    target.addLegalOp<SignatureOp>();
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
    target.addLegalOp<SignatureOp>();
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
