//===- KCFIToLLVM.cpp - Conversion to the LLVM dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Conversion/KCFIToLLVM/KCFIToLLVM.h"
#include "EntriesToLLVM.h"
#include "ObjectsToLLVM.h"
#include "kcfi/Conversion/Passes.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ParallelWalk.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMInterface.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

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

/// Moves what a call says besides its operands to its LLVM form. A call that
/// was raised gets what it had; nothing is derived then.
template <typename FromT, typename ToT>
void copyCallAttributes(FromT from, ToT to, TypeAttr variadicType) {
  to->setDiscardableAttrs(from->getDiscardableAttrDictionary());
  if (auto raised = cast_or_null<DictionaryAttr>(
          to->removeDiscardableAttr(KCFIDialect::kLLVMPropertiesAttrName))) {
    NamedAttrList properties(
        cast<DictionaryAttr>(to->getPropertiesAsAttribute()));
    for (NamedAttribute property : raised)
      properties.set(property.getName(), property.getValue());
    LogicalResult result = to->setPropertiesFromAttribute(
        properties.getDictionary(to->getContext()),
        [&] { return from->emitError(); });
    (void)result;
    assert(succeeded(result) && "the verifier accepted the properties");
  } else if (variadicType) {
    to.setVarCalleeTypeAttr(variadicType);
  }
  to.setCConv(from.getCConv());
  if (from.getArgAttrsAttr())
    to.setArgAttrsAttr(from.getArgAttrsAttr());
  if (from.getResAttrsAttr())
    to.setResAttrsAttr(from.getResAttrsAttr());
  if (TypeIdAttr id = from.getTypeIdAttr())
    to->setAttr(KCFIDialect::kTypeIdAttrName, id);
}

/// Removes what only ids were made from.
struct AdtLowering : public ConvertOpToLLVMPattern<AdtOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;
  LogicalResult
  matchAndRewrite(AdtOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.eraseOp(op);
    return success();
  }
};

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
    target
        .addLegalOp<SignatureOp, CarriedBodiesOp, EntryOp, TraitOp, MethodOp>();
    populateKCFIToLLVMTypeConversions(typeConverter);
    populateKCFIToLLVMConversionPatterns(typeConverter, patterns);
  }
};

/// Lowers what kcfi-raise-from-llvm makes, where it stands: operations whose
/// types are LLVM's but for a function pointer in between. Whole programs
/// consist of nothing else; a conversion would take as long as their import.
class InPlaceLowering {
public:
  explicit InPlaceLowering(MLIRContext *context)
      : rewriter(context), ptr(LLVM::LLVMPointerType::get(context)) {}

  void run(ModuleOp module) {
    for (Operation *op :
         collectOperations(module, llvm::IsaPred<CastOp, CallOp, InvokeOp>)) {
      if (auto cast = dyn_cast<CastOp>(op))
        lower(cast);
      else if (auto call = dyn_cast<CallOp>(op))
        lower(call);
      else
        lower(llvm::cast<InvokeOp>(op));
    }
    for (Operation *op : unused)
      if (op->use_empty())
        rewriter.eraseOp(op);
  }

private:
  void lower(CastOp cast) {
    auto view = cast.getSource().getDefiningOp<AddressOfOp>();
    if (!view || cast.getResult().getType() != ptr)
      return;
    rewriter.setInsertionPoint(cast);
    auto address = rewriter.replaceOpWithNewOp<LLVM::AddressOfOp>(
        cast, ptr, view.getCallee());
    address->setDiscardableAttrs(view->getDiscardableAttrDictionary());
    unused.insert(view);
  }

  /// The untyped pointer that is called, or null where a type has to be
  /// converted or an id is missing.
  template <typename OpT>
  Value getPointer(OpT op) {
    auto cast = op.getCallee().template getDefiningOp<CastOp>();
    auto isLowered = [](Type type) { return LLVM::isCompatibleType(type); };
    if (!cast || cast.getSource().getType() != ptr ||
        (!op.getUnchecked() && !op.getTypeId()) ||
        !llvm::all_of(op->getResultTypes(), isLowered) ||
        !llvm::all_of(TypeRange(op->getOperands().drop_front()), isLowered))
      return {};
    return cast.getSource();
  }

  template <typename OpT, typename LLVMOpT>
  void finish(OpT op, LLVMOpT call) {
    copyCallAttributes(op, call,
                       getVariadicCalleeType(op, op.getArgs().getTypes(),
                                             op->getNumResults()
                                                 ? op->getResult(0).getType()
                                                 : Type()));
    unused.insert(op.getCallee().getDefiningOp());
    rewriter.replaceOp(op, call);
  }

  static SmallVector<Value> getOperands(Value pointer, ValueRange args) {
    SmallVector<Value> operands = {pointer};
    llvm::append_range(operands, args);
    return operands;
  }

  void lower(CallOp op) {
    Value pointer = getPointer(op);
    if (!pointer)
      return;
    rewriter.setInsertionPoint(op);
    auto call = LLVM::CallOp::create(rewriter, op.getLoc(),
                                     op->getResultTypes(), FlatSymbolRefAttr(),
                                     getOperands(pointer, op.getArgs()));
    call.setTailCallKind(op.getTailCallKind());
    finish(op, call);
  }

  void lower(InvokeOp op) {
    Value pointer = getPointer(op);
    if (!pointer)
      return;
    rewriter.setInsertionPoint(op);
    finish(op, LLVM::InvokeOp::create(
                   rewriter, op.getLoc(), op->getResultTypes(),
                   FlatSymbolRefAttr(), getOperands(pointer, op.getArgs()),
                   op.getNormalDest(), op.getNormalDestOperands(),
                   op.getUnwindDest(), op.getUnwindDestOperands()));
  }

  IRRewriter rewriter;
  LLVM::LLVMPointerType ptr;
  llvm::SetVector<Operation *> unused;
};

/// True if `op` is something that the conversion has to see.
bool isConverted(Operation *op) {
  return !isa<SignatureOp, CarriedBodiesOp, EntryOp>(op) &&
         isa_and_present<KCFIDialect, func::FuncDialect,
                         cf::ControlFlowDialect>(op->getDialect());
}

struct ConvertKCFIToLLVM
    : public mlir::kcfi::impl::ConvertKCFIToLLVMBase<ConvertKCFIToLLVM> {
  using ConvertKCFIToLLVMBase::ConvertKCFIToLLVMBase;

  void runOnOperation() final {
    InPlaceLowering(&getContext()).run(getOperation());
    if ((containsOperation(getOperation(), isConverted) && failed(convert())) ||
        failed(convertEntriesToLLVM(getOperation())))
      return signalPassFailure();
  }

private:
  LogicalResult convert();
  LogicalResult convertModuleLevel(LLVMTypeConverter &converter);
  LogicalResult convertBodies(LLVMTypeConverter &converter);
  void populatePatterns(LLVMTypeConverter &converter,
                        RewritePatternSet &patterns, ConversionTarget &target,
                        SymbolTableCollection &symbolTables);
};

/// The symbol tables of `module`, all of them made: they are read by several
/// threads. Without the tables every call searches the module for its callee.
void fillSymbolTables(ModuleOp module, SymbolTableCollection &symbolTables) {
  auto isTable = [](Operation *op) {
    return op->hasTrait<OpTrait::SymbolTable>();
  };
  for (Operation *table : collectOperations(module, isTable))
    symbolTables.getSymbolTable(table);
}

/// The casts between types in `module` that a conversion left.
SmallVector<UnrealizedConversionCastOp> collectCasts(ModuleOp module) {
  return llvm::map_to_vector(
      collectOperations(module, llvm::IsaPred<UnrealizedConversionCastOp>),
      llvm::CastTo<UnrealizedConversionCastOp>);
}

} // namespace

void ConvertKCFIToLLVM::populatePatterns(LLVMTypeConverter &converter,
                                         RewritePatternSet &patterns,
                                         ConversionTarget &target,
                                         SymbolTableCollection &symbolTables) {
  populateKCFIToLLVMConversionPatterns(converter, patterns, &symbolTables);
  populateFuncToLLVMConversionPatterns(converter, patterns, &symbolTables);
  cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
  if (arithmetic)
    for (StringRef name : {"arith", "index", "ub"})
      if (Dialect *dialect = getContext().getLoadedDialect(name))
        if (auto *interface =
                dialect
                    ->getRegisteredInterface<ConvertToLLVMPatternInterface>())
          interface->populateConvertToLLVMConversionPatterns(target, converter,
                                                             patterns);
  target.addIllegalDialect<KCFIDialect>();
  target.addLegalOp<SignatureOp, CarriedBodiesOp, EntryOp, TraitOp, MethodOp>();
  target.addLegalOp<ModuleOp>();
}

/// Converts functions, but not their bodies, and what stands beside them.
LogicalResult
ConvertKCFIToLLVM::convertModuleLevel(LLVMTypeConverter &converter) {
  SymbolTableCollection symbolTables;
  fillSymbolTables(getOperation(), symbolTables);
  SmallVector<Operation *> functions, others;
  for (Operation &op : getOperation().getOps())
    (isa<FunctionOpInterface>(op) ? functions : others).push_back(&op);
  {
    RewritePatternSet patterns(&getContext());
    LLVMConversionTarget target(getContext());
    populatePatterns(converter, patterns, target, symbolTables);
    if (failed(applyPartialConversion(others, target, std::move(patterns))))
      return failure();
  }
  RewritePatternSet patterns(&getContext());
  populateFuncToLLVMFuncOpConversionPattern(converter, patterns, &symbolTables);
  LLVMConversionTarget target(getContext());
  return applyPartialConversion(functions, target, std::move(patterns));
}

/// Converts what is in functions, several functions at once.
LogicalResult ConvertKCFIToLLVM::convertBodies(LLVMTypeConverter &converter) {
  ModuleOp module = getOperation();
  SymbolTableCollection symbolTables;
  fillSymbolTables(module, symbolTables);
  RewritePatternSet patterns(&getContext());
  LLVMConversionTarget target(getContext());
  populatePatterns(converter, patterns, target, symbolTables);
  FrozenRewritePatternSet frozen(std::move(patterns));
  SmallVector<Operation *> functions;
  for (auto function : module.getOps<FunctionOpInterface>())
    if (!function.isExternal())
      functions.push_back(function);
  // No pattern changes anything outside of its function.
  return forEachPart(&getContext(), functions, [&](ArrayRef<Operation *> part) {
    return applyPartialConversion(part, target, frozen);
  });
}

LogicalResult ConvertKCFIToLLVM::convert() {
  ModuleOp module = getOperation();
  MLIRContext *context = &getContext();
  // A conversion does not visit blocks that cannot be reached; their
  // operations would be left.
  SmallVector<Operation *> parents =
      llvm::map_to_vector(module.getOps(), [](Operation &op) { return &op; });
  (void)forEachPart(context, parents, [&](ArrayRef<Operation *> part) {
    IRRewriter rewriter(context);
    for (Operation *op : part)
      if (op->walk([](Operation *inner) {
              return isConverted(inner) ? WalkResult::interrupt()
                                        : WalkResult::advance();
            }).wasInterrupted())
        (void)eraseUnreachableBlocks(rewriter, op->getRegions());
    return success();
  });
  auto oldCasts = collectCasts(module);
  LLVMTypeConverter converter(context);
  populateKCFIToLLVMTypeConversions(converter);
  if (failed(convertModuleLevel(converter)) || failed(convertBodies(converter)))
    return failure();
  // Those between the argument of a function and its uses.
  llvm::DenseSet<UnrealizedConversionCastOp> casts;
  casts.insert_range(collectCasts(module));
  for (UnrealizedConversionCastOp cast : oldCasts)
    casts.erase(cast);
  reconcileUnrealizedCasts(casts);
  for (auto trait : llvm::make_early_inc_range(module.getOps<TraitOp>()))
    trait.erase();
  return success();
}

void mlir::populateKCFIToLLVMTypeConversions(LLVMTypeConverter &converter) {
  converter.addConversion([](FnPtrType type) -> Type {
    return LLVM::LLVMPointerType::get(type.getContext());
  });
}

void mlir::populateKCFIToLLVMConversionPatterns(
    LLVMTypeConverter &converter, RewritePatternSet &patterns,
    SymbolTableCollection *symbolTables) {
  patterns.add<AddressOfLowering, AdtLowering, CallLowering, CastLowering,
               InvokeLowering>(converter);
  populateObjectConversionPatterns(converter, patterns, symbolTables);
}

void mlir::registerConvertKCFIToLLVMInterface(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *, KCFIDialect *dialect) {
    dialect->addInterfaces<KCFIToLLVMInterface>();
  });
}
