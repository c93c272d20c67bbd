//===- ObjectsToLLVM.cpp - Conversion of trait objects -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ObjectsToLLVM.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/Rust/VTableLayout.h"
#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// A pattern that looks traits up. They stay during the conversion.
template <typename OpT>
struct ObjectLowering : public ConvertOpToLLVMPattern<OpT> {
  ObjectLowering(const LLVMTypeConverter &converter,
                 SymbolTableCollection *symbolTables)
      : ConvertOpToLLVMPattern<OpT>(converter), shared(symbolTables) {}

protected:
  template <typename SymbolT>
  SymbolT lookup(Operation *op, SymbolRefAttr symbol) const {
    SymbolTableCollection own;
    return (shared ? *shared : own)
        .template lookupNearestSymbolFrom<SymbolT>(op, symbol);
  }
  VTableLayout getLayout(Operation *op, SymbolRefAttr trait) const {
    SymbolTableCollection own;
    return VTableLayout(lookup<TraitOp>(op, trait), shared ? *shared : own);
  }

private:
  SymbolTableCollection *shared;
};

/// The word at `index` of a vtable, a pointer.
Value loadWord(OpBuilder &builder, Location loc, Value vtable, unsigned index) {
  Type ptr = vtable.getType();
  Value address =
      index == 0 ? vtable
                 : LLVM::GEPOp::create(builder, loc, ptr, ptr, vtable,
                                       LLVM::GEPArg(static_cast<int>(index)));
  return LLVM::LoadOp::create(builder, loc, ptr, address);
}

LogicalResult requireId(CheckedCallOpInterface op) {
  if (op.getUnchecked() || op.getTypeIdAttr())
    return success();
  return op->emitOpError() << "has no type id: run 'kcfi-assign-type-ids' "
                              "before the conversion to LLVM";
}

void setId(LLVM::CallOp call, TypeIdAttr id) {
  if (id)
    call->setAttr(KCFIDialect::kTypeIdAttrName, id);
}

struct VTableLowering : public ConvertOpToLLVMPattern<VTableOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(VTableOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    std::unique_ptr<TargetInfo> target = lookupTarget(op);
    if (!target)
      return failure();
    unsigned width = target->getCTypeFacts().pointerWidth;
    for (int64_t number : {op.getSize(), op.getAlign()})
      if (!llvm::isUIntN(width, number))
        return op.emitOpError()
               << "is for a type that does not fit into the memory of the "
                  "target: its size and alignment are "
               << width << "-bit numbers";

    MLIRContext *context = getContext();
    Type ptr = LLVM::LLVMPointerType::get(context);
    Type word = IntegerType::get(context, width);
    SmallVector<Type> fields = {ptr, word, word};
    fields.append(op.getSlots().size(), ptr);
    Type type = LLVM::LLVMStructType::getLiteral(context, fields);
    Location loc = op.getLoc();
    auto global = LLVM::GlobalOp::create(
        rewriter, loc, type, /*isConstant=*/true,
        op.isPrivate() ? LLVM::Linkage::Private : LLVM::Linkage::External,
        op.getSymName(), Attribute());
    // As in rustc, the address of a vtable means nothing.
    if (op.isPrivate())
      global.setUnnamedAddr(LLVM::UnnamedAddr::Global);
    global->setDiscardableAttrs(op->getDiscardableAttrDictionary());

    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.createBlock(&global.getInitializerRegion());
    Value init = LLVM::PoisonOp::create(rewriter, loc, type);
    int64_t position = 0;
    auto append = [&](Value value) {
      init =
          LLVM::InsertValueOp::create(rewriter, loc, init, value, position++);
    };
    auto appendSymbol = [&](Attribute slot) {
      auto symbol = dyn_cast_or_null<FlatSymbolRefAttr>(slot);
      append(symbol ? LLVM::AddressOfOp::create(rewriter, loc, ptr,
                                                symbol.getValue())
                          .getResult()
                    : LLVM::ZeroOp::create(rewriter, loc, ptr).getResult());
    };
    appendSymbol(op.getDropAttr());
    for (int64_t number : {op.getSize(), op.getAlign()})
      append(LLVM::ConstantOp::create(rewriter, loc, word,
                                      rewriter.getIntegerAttr(word, number)));
    for (Attribute slot : op.getSlots())
      appendSymbol(slot);
    LLVM::ReturnOp::create(rewriter, loc, init);
    rewriter.eraseOp(op);
    return success();
  }
};

struct VTableAddressLowering : public ConvertOpToLLVMPattern<VTableAddressOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(VTableAddressOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::AddressOfOp>(op, op.getType(),
                                                   op.getVtable());
    return success();
  }
};

struct UpcastLowering : public ObjectLowering<UpcastOp> {
  using ObjectLowering::ObjectLowering;
  LogicalResult
  matchAndRewrite(UpcastOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    std::optional<unsigned> slot =
        getLayout(op, op.getFromAttr())
            .getVTableSlot(lookup<TraitOp>(op, op.getToAttr()));
    rewriter.replaceOp(op, slot ? loadWord(rewriter, op.getLoc(),
                                           adaptor.getVtable(),
                                           VTableLayout::kHeaderWords + *slot)
                                : adaptor.getVtable());
    return success();
  }
};

struct CallVirtualLowering : public ObjectLowering<CallVirtualOp> {
  using ObjectLowering::ObjectLowering;
  LogicalResult
  matchAndRewrite(CallVirtualOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (failed(requireId(op)))
      return failure();
    SmallVector<Type> results;
    if (failed(getTypeConverter()->convertTypes(op->getResultTypes(), results)))
      return rewriter.notifyMatchFailure(op, "result type has no conversion");
    unsigned slot = *getLayout(op, op.getStaticTrait())
                         .getMethodSlot(lookup<MethodOp>(op, op.getMethod()));
    // The address for the result comes first, then the object.
    SmallVector<Value> operands(adaptor.getArgs());
    operands.insert(operands.begin() + (op.getIndirectResult() ? 1 : 0),
                    adaptor.getData());
    operands.insert(operands.begin(),
                    loadWord(rewriter, op.getLoc(), adaptor.getVtable(),
                             VTableLayout::kHeaderWords + slot));
    auto call = LLVM::CallOp::create(rewriter, op.getLoc(), results,
                                     FlatSymbolRefAttr(), operands);
    call->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    call.setCConv(op.getCConv());
    if (op.getArgAttrsAttr())
      call.setArgAttrsAttr(op.getArgAttrsAttr());
    if (op.getResAttrsAttr())
      call.setResAttrsAttr(op.getResAttrsAttr());
    setId(call, op.getTypeIdAttr());
    rewriter.replaceOp(op, call);
    return success();
  }
};

struct DropVirtualLowering : public ConvertOpToLLVMPattern<DropVirtualOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(DropVirtualOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (failed(requireId(op)))
      return failure();
    if (!isa<FunctionOpInterface>(op->getParentOp()))
      return op.emitOpError()
             << "needs blocks of its own, but is in a region of '"
             << op->getParentOp()->getName()
             << "': lower that to branches before";
    Location loc = op.getLoc();
    Block *before = op->getBlock();
    Block *after = rewriter.splitBlock(before, op->getIterator());
    rewriter.setInsertionPointToEnd(before);
    Value glue = loadWord(rewriter, loc, adaptor.getVtable(), 0);
    Value null = LLVM::ZeroOp::create(rewriter, loc, glue.getType());
    Value isNull = LLVM::ICmpOp::create(rewriter, loc, LLVM::ICmpPredicate::eq,
                                        glue, null);
    Block *drop = rewriter.createBlock(after);
    auto call =
        LLVM::CallOp::create(rewriter, loc, TypeRange(), FlatSymbolRefAttr(),
                             ValueRange{glue, adaptor.getData()});
    LLVM::BrOp::create(rewriter, loc, after);
    rewriter.setInsertionPointToEnd(before);
    LLVM::CondBrOp::create(rewriter, loc, isNull, after, drop);

    call->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    call.setCConv(op.getCConv());
    setId(call, op.getTypeIdAttr());
    rewriter.eraseOp(op);
    return success();
  }
};

/// The type of the captures in memory; null if one has no conversion.
Type getCapturesType(const TypeConverter &converter, MLIRContext *context,
                     TypeRange types) {
  SmallVector<Type> fields;
  if (failed(converter.convertTypes(types, fields)))
    return {};
  return LLVM::LLVMStructType::getLiteral(context, fields);
}

Value getCaptureAddress(OpBuilder &builder, Location loc, Type captures,
                        Value closure, int index) {
  return LLVM::GEPOp::create(builder, loc, closure.getType(), captures, closure,
                             ArrayRef<LLVM::GEPArg>{0, index});
}

struct CreateClosureLowering : public ConvertOpToLLVMPattern<CreateClosureOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(CreateClosureOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type type = getCapturesType(*getTypeConverter(), getContext(),
                                op.getCaptures().getTypes());
    if (!type)
      return rewriter.notifyMatchFailure(op, "a capture has no conversion");
    for (auto [index, capture] : llvm::enumerate(adaptor.getCaptures()))
      LLVM::StoreOp::create(rewriter, op.getLoc(), capture,
                            getCaptureAddress(rewriter, op.getLoc(), type,
                                              adaptor.getStorage(), index));
    rewriter.replaceOp(op, adaptor.getStorage());
    return success();
  }
};

struct CaptureAddressLowering
    : public ConvertOpToLLVMPattern<CaptureAddressOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(CaptureAddressOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type type = getCapturesType(
        *getTypeConverter(), getContext(),
        llvm::to_vector(op.getTypes().getAsValueRange<TypeAttr>()));
    if (!type)
      return rewriter.notifyMatchFailure(op, "a capture has no conversion");
    rewriter.replaceOp(op,
                       getCaptureAddress(rewriter, op.getLoc(), type,
                                         adaptor.getClosure(), op.getIndex()));
    return success();
  }
};

/// Coercions need functions that a conversion of single operations cannot make.
template <typename OpT>
struct CoercionLowering : public ConvertOpToLLVMPattern<OpT> {
  using ConvertOpToLLVMPattern<OpT>::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    return op.emitOpError() << "is left: run 'kcfi-expand-coercions' before "
                               "the conversion to LLVM";
  }
};

} // namespace

void mlir::kcfi::populateObjectConversionPatterns(
    LLVMTypeConverter &converter, RewritePatternSet &patterns,
    SymbolTableCollection *symbolTables) {
  patterns.add<CaptureAddressLowering, CoercionLowering<AsFnObjectOp>,
               CoercionLowering<ClosureAsFnOp>, CreateClosureLowering,
               DropVirtualLowering, VTableAddressLowering, VTableLowering>(
      converter);
  patterns.add<CallVirtualLowering, UpcastLowering>(converter, symbolTables);
}
