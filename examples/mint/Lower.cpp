//===- Lower.cpp - The dialect of the language to kcfi -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Where each construct goes:
//
//   function                  func.func with kcfi.sig
//   method of an interface    the same with kcfi.callable, slot of a
//   kcfi.vtable interface, closure type   kcfi.trait value of such a type pair
//   of the data's and the vtable's address function value !kcfi.fnptr,
//   kcfi.address_of, kcfi.call closure                   kcfi.create_closure,
//   kcfi.as_fn_object call through an object    kcfi.call_virtual as!
//   kcfi.cast, or nothing for objects
//
//===----------------------------------------------------------------------===//

#include "Lower.h"
#include "Signatures.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Transforms/DialectConversion.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace mint;

namespace {

/// What all patterns need.
struct Lowering {
  Lowering(ModuleOp module, MLIRContext *context)
      : module(module), signatures(context) {
    converter.addConversion([](Type type) { return type; });
    auto toPointer = [](Type type) {
      return LLVM::LLVMPointerType::get(type.getContext());
    };
    auto toPair = [=](Type type) -> Type {
      Type pointer = toPointer(type);
      return LLVM::LLVMStructType::getLiteral(type.getContext(),
                                              {pointer, pointer});
    };
    converter.addConversion([=](StructType type) { return toPointer(type); });
    converter.addConversion([=](CellType type) { return toPointer(type); });
    converter.addConversion([=](EnvType type) { return toPointer(type); });
    converter.addConversion([=](InterfaceType type) { return toPair(type); });
    converter.addConversion([=](ClosureType type) { return toPair(type); });
    converter.addConversion([this](FnType type) -> Type {
      return kcfi::FnPtrType::get(type.getContext(),
                                  signatures.getFn(type.getType()));
    });
  }

  /// Enters what patterns look up.
  void collect();
  /// A trait for each interface and each type of closures.
  void declareTraits();
  /// A vtable for each implementation; removes what stands for nothing else.
  void defineVTables();

  /// The type of a value in memory, which knows no signatures.
  Type getMemoryType(Type type) const {
    Type converted = converter.convertType(type);
    return isa<kcfi::FnPtrType>(converted)
               ? LLVM::LLVMPointerType::get(type.getContext())
               : converted;
  }
  SmallVector<Type> getMemoryTypes(TypeRange types) const {
    return llvm::map_to_vector(types,
                               [&](Type type) { return getMemoryType(type); });
  }
  /// Enough bytes for values of these types.
  static int64_t getSize(TypeRange types) {
    int64_t size = 0;
    for (Type type : types)
      size += isa<InterfaceType, ClosureType>(type) ? 16 : 8;
    return size;
  }

  ModuleOp module;
  Signatures signatures;
  TypeConverter converter;
  /// Found by their names: a search of the module at each use would take time
  /// that grows with the square of its size.
  llvm::StringMap<kcfi::TraitOp> interfaces;
  llvm::StringMap<StructOp> structs;
  llvm::StringMap<kcfi::RustClosureType> bodies;
  llvm::StringSet<> externs;
  llvm::DenseMap<Type, kcfi::TraitOp> closures;
};

template <typename OpT>
struct Pattern : OpConversionPattern<OpT> {
  explicit Pattern(Lowering &lowering)
      : OpConversionPattern<OpT>(lowering.converter,
                                 lowering.module.getContext()),
        lowering(lowering) {}
  SmallVector<Type> getResultTypes(Operation *op) const {
    SmallVector<Type> types;
    (void)lowering.converter.convertTypes(op->getResultTypes(), types);
    return types;
  }
  Lowering &lowering;
};

} // namespace

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

void Lowering::collect() {
  for (auto op : module.getOps<StructOp>())
    structs[op.getSymName()] = op;
  for (auto op : module.getOps<FuncOp>()) {
    if (op.isExternal())
      externs.insert(op.getSymName());
    else if (op.getCaptures())
      bodies[op.getSymName()] = signatures.getClosure(op);
  }
}

void Lowering::declareTraits() {
  OpBuilder builder(module.getContext());
  auto makeTrait = [&](Location loc, const Twine &name,
                       kcfi::RustDynType object) {
    builder.setInsertionPointToStart(module.getBody());
    auto trait = kcfi::TraitOp::create(builder, loc, name.str(), object);
    builder.setInsertionPointToStart(&trait.getBody().front());
    return trait;
  };
  for (auto op : llvm::make_early_inc_range(module.getOps<InterfaceOp>())) {
    StringRef name = op.getSymName();
    interfaces[name] = makeTrait(op.getLoc(), name, signatures.getObject(name));
    for (auto [method, type] :
         llvm::zip_equal(op.getMethods().getAsRange<StringAttr>(),
                         op.getTypes().getAsValueRange<TypeAttr>()))
      kcfi::MethodOp::create(builder, op.getLoc(), method.getValue(),
                             signatures.getMethod(cast<FunctionType>(type)),
                             /*vtable_safe=*/true);
    op.erase();
  }
  auto declareClosure = [&](Operation *op, ClosureType type) {
    auto [it, isNew] = closures.try_emplace(type);
    if (!isNew)
      return;
    it->second = makeTrait(op->getLoc(), "Fn." + Twine(closures.size()),
                           signatures.getObject(type));
    kcfi::MethodOp::create(builder, op->getLoc(), "call",
                           signatures.getMethod(type.getType()),
                           /*vtable_safe=*/true);
  };
  module.walk([&](Operation *op) {
    if (auto call = dyn_cast<CallClosureOp>(op))
      declareClosure(op, call.getCallee().getType());
    else if (isa<ClosureOp, AsClosureOp>(op))
      declareClosure(op, cast<ClosureType>(op->getResult(0).getType()));
  });
}

void Lowering::defineVTables() {
  SymbolTable symbols(module);
  for (auto op : llvm::make_early_inc_range(module.getOps<ImplOp>())) {
    SmallVector<Operation *> slots;
    for (auto method : op.getMethods().getAsRange<FlatSymbolRefAttr>())
      slots.push_back(symbols.lookup(method.getValue()));
    StructOp type = structs.lookup(op.getType());
    SmallVector<Type> fields(type.getTypes().getAsValueRange<TypeAttr>());
    OpBuilder builder(op);
    kcfi::VTableOp::create(builder, op.getLoc(), op.getSymName(),
                           interfaces.lookup(op.getInterface()),
                           signatures.getStruct(op.getType()), getSize(fields),
                           /*align=*/8, slots);
    op.erase();
  }
  for (auto op : llvm::make_early_inc_range(module.getOps<StructOp>()))
    op.erase();
}

namespace {

struct FuncPattern : Pattern<FuncOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(FuncOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    FunctionType type = op.getFunctionType();
    TypeConverter::SignatureConversion inputs(type.getNumInputs());
    SmallVector<Type> results;
    if (failed(lowering.converter.convertSignatureArgs(type.getInputs(),
                                                       inputs)) ||
        failed(lowering.converter.convertTypes(type.getResults(), results)))
      return failure();
    auto function = func::FuncOp::create(
        rewriter, op.getLoc(), op.getSymName(),
        rewriter.getFunctionType(inputs.getConvertedTypes(), results));
    describe(op, function);
    if (op.isExternal()) {
      function.setPrivate();
    } else {
      rewriter.inlineRegionBefore(op.getBody(), function.getBody(),
                                  function.end());
      if (failed(rewriter.convertRegionTypes(&function.getBody(),
                                             lowering.converter, &inputs)))
        return failure();
      if (op.getSymName() != "main")
        kcfi::setInternal(function);
    }
    rewriter.eraseOp(op);
    return success();
  }

  /// Says what the function is called as.
  void describe(FuncOp op, func::FuncOp function) const {
    const Signatures &signatures = lowering.signatures;
    kcfi::RustFnType fn = signatures.getFn(op.getFunctionType());
    if (op.isExternal())
      return kcfi::setSignature(function, fn.withAbi(kcfi::RustAbi::C));
    if (op.getInterface())
      return kcfi::setSignature(
          function, fn,
          signatures.rs.implMethod(signatures.getObject(*op.getInterface()),
                                   signatures.rs.ref(signatures.rs.SelfTy)));
    if (!op.getCaptures())
      return kcfi::setSignature(function, fn);
    kcfi::RustClosureType closure = signatures.getClosure(op);
    FunctionType own = op.getFunctionType();
    auto called = ClosureType::get(
        op.getContext(),
        FunctionType::get(op.getContext(), own.getInputs().drop_front(),
                          own.getResults()));
    kcfi::setSignature(
        function, signatures.rs.closureBody(closure),
        signatures.rs.closureCallable(kcfi::RustClosureKind::Fn,
                                      signatures.getObject(called)));
  }
};

struct ReturnPattern : Pattern<ReturnOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(ReturnOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<func::ReturnOp>(op, adaptor.getValues());
    return success();
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

static Type getPointerType(OpBuilder &builder) {
  return LLVM::LLVMPointerType::get(builder.getContext());
}

/// Memory is untyped: a pointer that comes from there is worth what the check
/// at its call is worth.
static Value toMemory(OpBuilder &builder, Location loc, Value value) {
  if (!isa<kcfi::FnPtrType>(value.getType()))
    return value;
  return kcfi::CastOp::create(builder, loc, getPointerType(builder),
                              kcfi::CastReason::Unchecked, value);
}

static Value fromMemory(OpBuilder &builder, Location loc, Value value,
                        Type type) {
  if (!isa<kcfi::FnPtrType>(type))
    return value;
  return kcfi::CastOp::create(builder, loc, type, kcfi::CastReason::Launder,
                              value);
}

static Value makeConstant(OpBuilder &builder, Location loc, int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI64IntegerAttr(value));
}

/// A call of a function of the runtime, which is C.
static func::CallOp callRuntime(OpBuilder &builder, Operation *op,
                                StringRef name, TypeRange results,
                                ValueRange args) {
  return func::CallOp::create(builder, op->getLoc(), results, name, args);
}

static Value allocate(OpBuilder &builder, Operation *op, int64_t size) {
  Value bytes = makeConstant(builder, op->getLoc(), size);
  return callRuntime(builder, op, "mint_allocate", getPointerType(builder),
                     bytes)
      .getResult(0);
}

static void declareRuntime(ModuleOp module) {
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  auto declare = [&](StringRef name, Type input, TypeRange results) {
    func::FuncOp::create(builder, module.getLoc(), name,
                         builder.getFunctionType(input, results))
        .setPrivate();
  };
  declare("mint_allocate", builder.getI64Type(), getPointerType(builder));
  declare("mint_print", builder.getI64Type(), {});
}

namespace {

struct VarPattern : Pattern<VarOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(VarOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type type = lowering.getMemoryType(op.getCell().getType().getType());
    // Once a function, not once an iteration of a loop.
    Region *body = op->getParentRegion();
    rewriter.setInsertionPointToStart(&body->front());
    Value one = makeConstant(rewriter, op.getLoc(), 1);
    rewriter.replaceOpWithNewOp<LLVM::AllocaOp>(op, getPointerType(rewriter),
                                                type, one);
    return success();
  }
};

struct LoadPattern : Pattern<LoadOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(LoadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type type = op.getValue().getType();
    Value value = LLVM::LoadOp::create(
        rewriter, op.getLoc(), lowering.getMemoryType(type), adaptor.getCell());
    rewriter.replaceOp(op, fromMemory(rewriter, op.getLoc(), value,
                                      lowering.converter.convertType(type)));
    return success();
  }
};

struct StorePattern : Pattern<StoreOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(StoreOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value value = toMemory(rewriter, op.getLoc(), adaptor.getValue());
    rewriter.replaceOpWithNewOp<LLVM::StoreOp>(op, value, adaptor.getCell());
    return success();
  }
};

struct NewPattern : Pattern<NewOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(NewOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TypeRange fields = op.getFields().getTypes();
    Value object = allocate(rewriter, op, Lowering::getSize(fields));
    Type layout = LLVM::LLVMStructType::getLiteral(
        getContext(), lowering.getMemoryTypes(fields));
    for (auto [index, value] : llvm::enumerate(adaptor.getFields())) {
      Value place = LLVM::GEPOp::create(
          rewriter, op.getLoc(), object.getType(), layout, object,
          ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(index)});
      LLVM::StoreOp::create(rewriter, op.getLoc(),
                            toMemory(rewriter, op.getLoc(), value), place);
    }
    rewriter.replaceOp(op, object);
    return success();
  }
};

struct FieldPattern : Pattern<FieldOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(FieldOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    StructOp type =
        lowering.structs.lookup(op.getObject().getType().getName().getValue());
    SmallVector<Type> fields(type.getTypes().getAsValueRange<TypeAttr>());
    rewriter.replaceOpWithNewOp<LLVM::GEPOp>(
        op, getPointerType(rewriter),
        LLVM::LLVMStructType::getLiteral(getContext(),
                                         lowering.getMemoryTypes(fields)),
        adaptor.getObject(),
        ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(op.getIndex())});
    return success();
  }
};

struct PrintPattern : Pattern<PrintOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(PrintOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    callRuntime(rewriter, op, "mint_print", {}, adaptor.getValue());
    rewriter.eraseOp(op);
    return success();
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Functions, closures and interfaces as values
//===----------------------------------------------------------------------===//

/// The pair that stands for something with an interface.
static Value makePair(OpBuilder &builder, Location loc, Value data,
                      Value vtable) {
  Type type = LLVM::LLVMStructType::getLiteral(
      builder.getContext(), {data.getType(), vtable.getType()});
  Value pair = LLVM::PoisonOp::create(builder, loc, type);
  pair = LLVM::InsertValueOp::create(builder, loc, pair, data,
                                     ArrayRef<int64_t>{0});
  return LLVM::InsertValueOp::create(builder, loc, pair, vtable,
                                     ArrayRef<int64_t>{1});
}

/// A checked call of a method of the pair.
static Operation *callThrough(OpBuilder &builder, Location loc, Value pair,
                              kcfi::TraitOp trait, StringRef method,
                              TypeRange results, ValueRange args) {
  Value data = LLVM::ExtractValueOp::create(builder, loc, pair, 0);
  Value vtable = LLVM::ExtractValueOp::create(builder, loc, pair, 1);
  return kcfi::CallVirtualOp::create(builder, loc, results, data, vtable,
                                     trait.lookupSymbol<kcfi::MethodOp>(method),
                                     args);
}

namespace {

struct FunctionPattern : Pattern<FunctionOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(FunctionOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = cast<kcfi::FnPtrType>(getResultTypes(op).front());
    // A function of C has an ABI in its signature, pointers of the language do
    // not; both have one id.
    auto fn = cast<kcfi::RustFnType>(type.getSignature());
    if (lowering.externs.contains(op.getCallee()))
      fn = fn.withAbi(kcfi::RustAbi::C);
    Value pointer = kcfi::AddressOfOp::create(
        rewriter, op.getLoc(), kcfi::FnPtrType::get(getContext(), fn),
        op.getCallee());
    if (pointer.getType() != type)
      pointer = kcfi::CastOp::create(rewriter, op.getLoc(), type,
                                     kcfi::CastReason::Coalesced, pointer);
    rewriter.replaceOp(op, pointer);
    return success();
  }
};

struct ClosurePattern : Pattern<ClosureOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(ClosureOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    SmallVector<Value> captures;
    for (Value capture : adaptor.getCaptures())
      captures.push_back(toMemory(rewriter, loc, capture));
    int64_t size = Lowering::getSize(op.getCaptures().getTypes());
    Value storage = allocate(rewriter, op, size);
    Value data = kcfi::CreateClosureOp::create(
        rewriter, loc, storage.getType(), op.getBodyAttr(), captures, storage);
    Value vtable = kcfi::AsFnObjectOp::create(
        rewriter, loc, op.getBodyAttr(),
        lowering.closures.lookup(op.getResult().getType()),
        lowering.bodies.lookup(op.getBody()), size, /*align=*/8);
    rewriter.replaceOp(op, makePair(rewriter, loc, data, vtable));
    return success();
  }
};

struct CapturePattern : Pattern<CaptureOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(CaptureOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Type> types(op.getTypes().getAsValueRange<TypeAttr>());
    rewriter.replaceOpWithNewOp<kcfi::CaptureAddressOp>(
        op, adaptor.getEnv(), op.getIndex(), lowering.getMemoryTypes(types));
    return success();
  }
};

struct AsClosurePattern : Pattern<AsClosureOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(AsClosureOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    kcfi::TraitOp trait = lowering.closures.lookup(op.getResult().getType());
    Value data, vtable;
    auto function = op.getFunction().getDefiningOp<FunctionOp>();
    if (function) {
      // The function is known: there is nothing to remember.
      data = LLVM::ZeroOp::create(rewriter, loc, getPointerType(rewriter));
      vtable = kcfi::AsFnObjectOp::create(
          rewriter, loc, function.getCalleeAttr(), trait,
          lowering.signatures.getItem(function.getCallee()));
    } else {
      Value pointer = adaptor.getFunction();
      data = allocate(rewriter, op, 8);
      LLVM::StoreOp::create(rewriter, loc, toMemory(rewriter, loc, pointer),
                            data);
      FunctionType own = op.getFunction().getType().getType();
      SmallVector<Type> inputs, results;
      if (failed(lowering.converter.convertTypes(own.getInputs(), inputs)) ||
          failed(lowering.converter.convertTypes(own.getResults(), results)))
        return failure();
      vtable = kcfi::AsFnObjectOp::create(
          rewriter, loc, lowering.signatures.getFn(own), trait,
          rewriter.getFunctionType(inputs, results));
    }
    rewriter.replaceOp(op, makePair(rewriter, loc, data, vtable));
    return success();
  }
};

struct AsInterfacePattern : Pattern<AsInterfaceOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(AsInterfaceOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    std::string name = (op.getObject().getType().getName().getValue() + ".as." +
                        op.getResult().getType().getName().getValue())
                           .str();
    Value vtable = kcfi::VTableAddressOp::create(
        rewriter, op.getLoc(), getPointerType(rewriter), name);
    rewriter.replaceOp(
        op, makePair(rewriter, op.getLoc(), adaptor.getObject(), vtable));
    return success();
  }
};

struct ForgePattern : Pattern<ForgeOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(ForgeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Type type = getResultTypes(op).front();
    Value value = adaptor.getSource();
    bool toPointer = isa<kcfi::FnPtrType>(type);
    if (toPointer && isa<kcfi::FnPtrType>(value.getType())) {
      rewriter.replaceOpWithNewOp<kcfi::CastOp>(
          op, type, kcfi::CastReason::Reinterpret, value);
      return success();
    }
    value = toMemory(rewriter, loc, value);
    if (toPointer) {
      value = fromMemory(rewriter, loc, value, type);
    } else if (value.getType() != type) {
      // Between numbers and addresses.
      value =
          type.isInteger()
              ? LLVM::PtrToIntOp::create(rewriter, loc, type, value).getResult()
              : LLVM::IntToPtrOp::create(rewriter, loc, type, value)
                    .getResult();
    }
    rewriter.replaceOp(op, value);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

struct CallPattern : Pattern<mint::CallOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(mint::CallOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<func::CallOp>(
        op, op.getCallee(), getResultTypes(op), adaptor.getArgs());
    return success();
  }
};

struct CallFnPattern : Pattern<CallFnOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(CallFnOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<kcfi::CallOp>(
        op, getResultTypes(op), adaptor.getCallee(), adaptor.getArgs());
    return success();
  }
};

struct CallClosurePattern : Pattern<CallClosureOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(CallClosureOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(
        op, callThrough(rewriter, op.getLoc(), adaptor.getCallee(),
                        lowering.closures.lookup(op.getCallee().getType()),
                        "call", getResultTypes(op), adaptor.getArgs()));
    return success();
  }
};

struct CallMethodPattern : Pattern<CallMethodOp> {
  using Pattern::Pattern;
  LogicalResult
  matchAndRewrite(CallMethodOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    StringRef interface = op.getObject().getType().getName().getValue();
    rewriter.replaceOp(
        op, callThrough(rewriter, op.getLoc(), adaptor.getObject(),
                        lowering.interfaces.lookup(interface), op.getMethod(),
                        getResultTypes(op), adaptor.getArgs()));
    return success();
  }
};

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

struct LowerPass : PassWrapper<LowerPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(LowerPass)

  StringRef getArgument() const override { return "lower-mint"; }
  StringRef getDescription() const override {
    return "Lower the dialect of the language to kcfi";
  }
  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<arith::ArithDialect, func::FuncDialect, kcfi::KCFIDialect,
                    LLVM::LLVMDialect>();
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    Lowering lowering(module, &getContext());
    lowering.collect();
    lowering.declareTraits();
    declareRuntime(module);

    ConversionTarget target(getContext());
    target.addIllegalDialect<MintDialect>();
    target.addLegalOp<ImplOp, StructOp>();
    target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
    RewritePatternSet patterns(&getContext());
    patterns.add<AsClosurePattern, AsInterfacePattern, CallClosurePattern,
                 CallFnPattern, CallMethodPattern, CallPattern, CapturePattern,
                 ClosurePattern, FieldPattern, ForgePattern, FuncPattern,
                 FunctionPattern, LoadPattern, NewPattern, PrintPattern,
                 ReturnPattern, StorePattern, VarPattern>(lowering);
    if (failed(applyPartialConversion(module, target, std::move(patterns))))
      return signalPassFailure();
    lowering.defineVTables();
  }
};

} // namespace

std::unique_ptr<Pass> mint::createLowerPass() {
  return std::make_unique<LowerPass>();
}
