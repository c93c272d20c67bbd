//===- ExpandCoercions.cpp - Functions behind closures -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/Rust/VTableLayout.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/AttrTypeSubElements.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIEXPANDCOERCIONS
#include "kcfi/Transforms/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// What is behind a pointer to `self`, and how it is called.
struct Callee {
  /// Null for a fn pointer, which is in memory.
  FunctionOpInterface function;
  RustFnType signature;
  /// Of `signature`, without the closure.
  ArrayRef<Type> params;
  /// Machine types, without the address of the closure.
  SmallVector<Type> inputs;
  Type result; // null for none
  /// A dictionary for each of `inputs`.
  ArrayAttr argAttrs;
  /// The function is the body of a closure and is passed its address.
  bool takesSelf = false;
  /// The body uses the closure up.
  bool consumesSelf = false;
  /// Number of `inputs` in front of the address: that of the result.
  unsigned selfIndex = 0;
};

/// What one run of the pass needs.
class Expander {
public:
  explicit Expander(MLIRContext *context) : context(context) {}

  LogicalResult expand(ClosureAsFnOp op);
  LogicalResult expand(AsFnObjectOp op);

  unsigned numFunctions = 0, numVTables = 0;

private:
  /// The function for one slot of the object's vtable.
  FailureOr<FlatSymbolRefAttr> getSlot(AsFnObjectOp op, const Callee &callee,
                                       const VTableEntry &entry);
  LogicalResult checkSlot(AsFnObjectOp op, const Callee &callee,
                          const VTableEntry &entry);

  FailureOr<Callee> getCallee(Operation *op, FunctionOpInterface function,
                              bool isClosure);
  FailureOr<Callee> getPointerCallee(AsFnObjectOp op);

  /// A private function that is to call `callee`, of the same operation as
  /// `model`; `hasSelf` if it gets the address of the object. It has a block
  /// with its arguments.
  FunctionOpInterface createFunction(Operation *op, FunctionOpInterface model,
                                     const Twine &name, const Callee &callee,
                                     bool hasSelf, RustFnType signature,
                                     RustCallableAttr callable);
  /// A call with the result of the callee; null if it has none.
  Value createCall(OpBuilder &builder, Location loc,
                   FunctionOpInterface function, ValueRange args);
  void createReturn(OpBuilder &builder, Location loc,
                    FunctionOpInterface function, Value result);

  /// Enters what was made for `key` in the symbol table around `op`.
  FlatSymbolRefAttr &getMade(Operation *op, ArrayRef<Attribute> key) {
    return made[{SymbolTable::getNearestSymbolTable(op),
                 ArrayAttr::get(context, key)}];
  }

  MLIRContext *context;
  SymbolTableCollection symbolTables;
  llvm::DenseMap<std::pair<Operation *, Attribute>, FlatSymbolRefAttr> made;
};

} // namespace

static Type replaceSelf(Type type, Type self) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](RustParamType param) -> std::optional<Type> {
    if (param.getName() == "Self")
      return self;
    return std::nullopt;
  });
  return replacer.replace(type);
}

/// `self` is passed by value.
static bool isByValue(Type receiver) { return isa<RustParamType>(receiver); }

static bool isUnit(Type type) {
  auto tuple = dyn_cast<RustTupleType>(type);
  return tuple && tuple.isUnit();
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// Fails for functions of a kind that this pass cannot make others like.
static LogicalResult checkKind(Operation *op, FunctionOpInterface function) {
  if (function && isa<func::FuncOp, LLVM::LLVMFuncOp>(function.getOperation()))
    return success();
  InFlightDiagnostic diag = op->emitOpError()
                            << "needs a 'func.func' or 'llvm.func' to make one "
                               "like it";
  if (function)
    diag << ", found '" << function->getName() << "'";
  return diag;
}

FailureOr<Callee> Expander::getCallee(Operation *op,
                                      FunctionOpInterface function,
                                      bool isClosure) {
  if (failed(checkKind(op, function)))
    return failure();
  Callee callee;
  callee.function = function;
  callee.signature = dyn_cast<RustFnType>(
      function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName).getValue());
  if (!callee.signature)
    return op->emitOpError() << "needs a function with an 'rs.fn' as signature";
  callee.params = callee.signature.getParams();
  llvm::append_range(callee.inputs, function.getArgumentTypes());
  if (!function.getResultTypes().empty() &&
      !isa<LLVM::LLVMVoidType>(function.getResultTypes().front()))
    callee.result = function.getResultTypes().front();
  SmallVector<Attribute> attrs;
  for (unsigned index = 0; index < callee.inputs.size(); ++index) {
    auto dictionary = DictionaryAttr::get(
        context, llvm::to_vector(function.getArgAttrs(index)));
    attrs.push_back(dictionary);
    if (index == 0 && dictionary.contains("llvm.sret"))
      callee.selfIndex = 1;
  }
  if (isClosure) {
    Type self = callee.params.front();
    callee.params = callee.params.drop_front();
    callee.consumesSelf = !isa<RustRefType>(self);
    callee.takesSelf = !llvm::is_contained(callee.signature.getZstParams(), 0u);
    if (callee.takesSelf) {
      if (callee.inputs.size() <= callee.selfIndex ||
          !isa<LLVM::LLVMPointerType>(callee.inputs[callee.selfIndex]))
        return op->emitOpError()
               << "needs a body that takes the address of its captures";
      callee.inputs.erase(callee.inputs.begin() + callee.selfIndex);
      attrs.erase(attrs.begin() + callee.selfIndex);
    }
  }
  callee.argAttrs = ArrayAttr::get(context, attrs);
  return callee;
}

FailureOr<Callee> Expander::getPointerCallee(AsFnObjectOp op) {
  Callee callee;
  callee.signature = cast<RustFnType>(op.getType());
  callee.params = callee.signature.getParams();
  llvm::append_range(callee.inputs, op.getMachineType()->getInputs());
  if (!op.getMachineType()->getResults().empty())
    callee.result = op.getMachineType()->getResult(0);
  if (!callee.result && !isUnit(callee.signature.getResult()) &&
      callee.signature.getResult() !=
          RustPrimitiveType::get(context, RustPrimitive::Never))
    return op.emitOpError()
           << "is for a fn pointer whose result is passed by address, '"
           << getReadableType(op.getType())
           << "': make a function that calls it";
  callee.argAttrs = ArrayAttr::get(
      context, SmallVector<Attribute>(callee.inputs.size(),
                                      DictionaryAttr::get(context)));
  return callee;
}

static LLVM::CConv getConvention(FunctionOpInterface function) {
  auto llvmFunction = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation());
  return llvmFunction ? llvmFunction.getCConv() : LLVM::CConv::C;
}

FunctionOpInterface
Expander::createFunction(Operation *op, FunctionOpInterface model,
                         const Twine &name, const Callee &callee, bool hasSelf,
                         RustFnType signature, RustCallableAttr callable) {
  SmallVector<Type> inputs(callee.inputs);
  SmallVector<Attribute> argAttrs(callee.argAttrs.getValue());
  if (hasSelf) {
    inputs.insert(inputs.begin() + callee.selfIndex,
                  LLVM::LLVMPointerType::get(context));
    argAttrs.insert(argAttrs.begin() + callee.selfIndex,
                    DictionaryAttr::get(context));
  }
  // Not entered into the module yet: its symbol table will do so.
  OpBuilder builder(context);
  FunctionOpInterface function;
  std::string symbol = name.str();
  if (isa<LLVM::LLVMFuncOp>(model.getOperation())) {
    auto type = LLVM::LLVMFunctionType::get(
        callee.result ? callee.result : LLVM::LLVMVoidType::get(context),
        inputs);
    auto made = LLVM::LLVMFuncOp::create(builder, op->getLoc(), symbol, type,
                                         LLVM::Linkage::Internal);
    if (callee.function)
      made.setCConv(getConvention(callee.function));
    made.addEntryBlock(builder);
    function = made;
  } else {
    auto type = FunctionType::get(context, inputs,
                                  callee.result ? TypeRange(callee.result)
                                                : TypeRange());
    auto made = func::FuncOp::create(builder, op->getLoc(), symbol, type);
    made.addEntryBlock();
    made->setAttr("llvm.linkage",
                  LLVM::LinkageAttr::get(context, LLVM::Linkage::Internal));
    function = made;
  }
  SymbolTable::setSymbolVisibility(function, SymbolTable::Visibility::Private);
  if (llvm::any_of(argAttrs, [](Attribute attrs) {
        return !cast<DictionaryAttr>(attrs).empty();
      }))
    function.setArgAttrsAttr(ArrayAttr::get(context, argAttrs));
  function->setAttr(KCFIDialect::kSigAttrName, TypeAttr::get(signature));
  function->setAttr(KCFIDialect::kCallableAttrName, callable);
  symbolTables.getSymbolTable(SymbolTable::getNearestSymbolTable(op))
      .insert(function);
  ++numFunctions;
  return function;
}

Value Expander::createCall(OpBuilder &builder, Location loc,
                           FunctionOpInterface function, ValueRange args) {
  Operation *call;
  if (auto llvmFunction = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation())) {
    auto made = LLVM::CallOp::create(builder, loc, llvmFunction, args);
    made.setCConv(llvmFunction.getCConv());
    if (llvmFunction.getArgAttrsAttr())
      made.setArgAttrsAttr(llvmFunction.getArgAttrsAttr());
    call = made;
  } else {
    auto callee = cast<func::FuncOp>(function.getOperation());
    auto made = func::CallOp::create(builder, loc, callee, args);
    if (callee.getArgAttrsAttr())
      made.setArgAttrsAttr(callee.getArgAttrsAttr());
    call = made;
  }
  return call->getNumResults() ? call->getResult(0) : Value();
}

void Expander::createReturn(OpBuilder &builder, Location loc,
                            FunctionOpInterface function, Value result) {
  ValueRange results = result ? ValueRange(result) : ValueRange();
  if (isa<LLVM::LLVMFuncOp>(function.getOperation()))
    LLVM::ReturnOp::create(builder, loc, results);
  else
    func::ReturnOp::create(builder, loc, results);
}

//===----------------------------------------------------------------------===//
// Closures as fn pointers
//===----------------------------------------------------------------------===//

LogicalResult Expander::expand(ClosureAsFnOp op) {
  OpBuilder builder(op);
  auto body = symbolTables.lookupNearestSymbolFrom<FunctionOpInterface>(
      op, op.getBodyAttr());
  auto signature = cast<RustFnType>(op.getResult().getType().getSignature());
  FlatSymbolRefAttr &symbol =
      getMade(op, {op.getBodyAttr(), TypeAttr::get(signature)});
  if (!symbol) {
    FailureOr<Callee> callee = getCallee(op, body, /*isClosure=*/true);
    if (failed(callee))
      return failure();
    FunctionOpInterface shim = createFunction(
        op, body, op.getBody() + ".closure_once_shim", *callee,
        /*hasSelf=*/false, signature,
        RustCallableAttr::get(context, RustCallableKind::ClosureOnceShim,
                              Type(), Type()));
    Location loc = op.getLoc();
    OpBuilder inside = OpBuilder::atBlockEnd(&shim.getFunctionBody().front());
    SmallVector<Value> args(shim.getArguments());
    if (callee->takesSelf) {
      // Nothing is there, but an address that is valid.
      Type ptr = LLVM::LLVMPointerType::get(context);
      Value one = LLVM::ConstantOp::create(inside, loc, inside.getI32Type(),
                                           inside.getI32IntegerAttr(1));
      args.insert(args.begin() + callee->selfIndex,
                  LLVM::AllocaOp::create(
                      inside, loc, ptr,
                      LLVM::LLVMStructType::getLiteral(context, {}), one));
    }
    createReturn(inside, loc, shim, createCall(inside, loc, body, args));
    symbol =
        FlatSymbolRefAttr::get(SymbolTable::getSymbolName(shim.getOperation()));
  }
  op.replaceAllUsesWith(AddressOfOp::create(builder, op.getLoc(),
                                            op.getResult().getType(), symbol)
                            .getResult());
  op.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// Trait objects
//===----------------------------------------------------------------------===//

LogicalResult Expander::checkSlot(AsFnObjectOp op, const Callee &callee,
                                  const VTableEntry &entry) {
  MethodOp method = entry.method;
  TraitOp trait = entry.trait;
  auto emitAtMethod = [&](const Twine &text) -> LogicalResult {
    InFlightDiagnostic diag = op.emitOpError() << text.str();
    diag.attachNote(method ? method.getLoc() : trait.getLoc())
        << "symbol is here";
    return diag;
  };
  if (!method)
    return emitAtMethod("trait '@" + op.getTrait() +
                        "' is not like 'Fn': its vtables contain the address "
                        "of one for '@" +
                        trait.getSymName() + "'");
  std::string name =
      ("'@" + trait.getSymName() + "::@" + method.getSymName() + "'").str();
  RustFnType signature = method.getSignature();
  Type receiver = signature.getParams().front();
  auto ref = dyn_cast<RustRefType>(receiver);
  if (!isByValue(receiver) && !(ref && isByValue(ref.getReferent())))
    return emitAtMethod("the receiver of " + name + ", '" +
                        getReadableType(receiver) +
                        "', is neither 'self' nor a reference to it");
  if (signature.getParams().drop_front() != callee.params ||
      signature.getResult() != callee.signature.getResult())
    return emitAtMethod(name + " is '" + getReadableType(signature) +
                        "', which does not fit what is called, '" +
                        getReadableType(callee.signature) + "'");
  auto closure = dyn_cast<RustClosureType>(op.getType());
  if (!closure || isByValue(receiver))
    return success();
  bool fits = false;
  switch (closure.getKind()) {
  case RustClosureKind::Fn:
    fits = true;
    break;
  case RustClosureKind::FnMut:
    fits = ref.getIsMut();
    break;
  case RustClosureKind::FnOnce:
    break;
  }
  if (fits)
    return success();
  return emitAtMethod("a closure of kind '" +
                      stringifyRustClosureKind(closure.getKind()) +
                      "' cannot be called by " + name + " with '" +
                      getReadableType(receiver) + "'");
}

/// The drop glue, behind an extra entry or not: to call the one is to call the
/// other.
static FunctionOpInterface lookupDrop(AsFnObjectOp op,
                                      SymbolTableCollection &symbolTables) {
  Operation *symbol =
      symbolTables.lookupNearestSymbolFrom(op, op.getDropAttr());
  if (auto entry = dyn_cast<EntryOp>(symbol))
    symbol = symbolTables.lookupNearestSymbolFrom(entry, entry.getCalleeAttr());
  return cast<FunctionOpInterface>(symbol);
}

FailureOr<FlatSymbolRefAttr> Expander::getSlot(AsFnObjectOp op,
                                               const Callee &callee,
                                               const VTableEntry &entry) {
  if (failed(checkSlot(op, callee, entry)))
    return failure();
  MethodOp method = entry.method;
  TraitOp trait = entry.trait;
  Type object = trait.getObject();
  Type receiver = method.getSignature().getParams().front();
  bool isClosure = isa<RustClosureType>(op.getType());
  // The body itself, where it has the right type id.
  if (isClosure && !isByValue(receiver)) {
    auto callable = callee.function->getAttrOfType<RustCallableAttr>(
        KCFIDialect::kCallableAttrName);
    if (callable.getObject() == object && callable.getReceiver() == receiver &&
        callee.takesSelf)
      return op.getCalleeAttr();
  }

  auto unit = UnitAttr::get(context);
  FlatSymbolRefAttr &symbol = getMade(
      op,
      {op.getCalleeAttr() ? Attribute(op.getCalleeAttr()) : unit,
       trait.getSymNameAttr(), method.getSymNameAttr(), op.getTypeAttr(),
       op.getDropAttr() ? Attribute(op.getDropAttr()) : unit,
       op.getMachineTypeAttr() ? Attribute(op.getMachineTypeAttr()) : unit});
  if (symbol)
    return symbol;

  RustCallableKind kind = RustCallableKind::FnPtrShim;
  if (isByValue(receiver))
    kind = RustCallableKind::VTableShim;
  else if (isClosure)
    kind = RustCallableKind::ReifyVTableShim;
  FunctionOpInterface model = callee.function;
  if (!model) {
    model = op->getParentOfType<FunctionOpInterface>();
    if (failed(checkKind(op, model)))
      return failure();
  }
  Location loc = op.getLoc();
  Type ptr = LLVM::LLVMPointerType::get(context);
  FunctionOpInterface shim = createFunction(
      op, model,
      (op.getCallee() ? *op.getCallee() : "fn_ptr") + "." + trait.getSymName() +
          "." + method.getSymName(),
      callee, /*hasSelf=*/true,
      cast<RustFnType>(replaceSelf(method.getSignature(), op.getType())),
      RustCallableAttr::get(context, kind, object, receiver));
  symbol =
      FlatSymbolRefAttr::get(SymbolTable::getSymbolName(shim.getOperation()));

  OpBuilder inside = OpBuilder::atBlockEnd(&shim.getFunctionBody().front());
  SmallVector<Value> args(shim.getArguments());
  Value self = args[callee.selfIndex];
  if (!callee.takesSelf)
    args.erase(args.begin() + callee.selfIndex);
  Value result;
  if (callee.function) {
    result = createCall(inside, loc, callee.function, args);
    if (isByValue(receiver) && op.getDropAttr() && !callee.consumesSelf)
      createCall(inside, loc, lookupDrop(op, symbolTables), self);
  } else {
    Value pointer = LLVM::LoadOp::create(inside, loc, ptr, self);
    auto typed = CastOp::create(
        inside, loc, FnPtrType::get(context, callee.signature),
        CastReasonAttr::get(context, CastReason::Launder), pointer);
    auto call = CallOp::create(
        inside, loc, callee.result ? TypeRange(callee.result) : TypeRange(),
        typed, args);
    if (callee.result)
      result = call->getResult(0);
  }
  createReturn(inside, loc, shim, result);
  return symbol;
}

LogicalResult Expander::expand(AsFnObjectOp op) {
  FlatSymbolRefAttr &symbol = getMade(op, op->getPropertiesAsAttribute());
  OpBuilder builder(op);
  if (!symbol) {
    bool isClosure = isa<RustClosureType>(op.getType());
    FailureOr<Callee> callee =
        op.getCalleeAttr()
            ? getCallee(
                  op,
                  symbolTables.lookupNearestSymbolFrom<FunctionOpInterface>(
                      op, op.getCalleeAttr()),
                  isClosure)
            : getPointerCallee(op);
    if (failed(callee))
      return failure();
    if (op.getDropAttr()) {
      auto drop = lookupDrop(op, symbolTables);
      if (failed(checkKind(op, drop)))
        return failure();
      if (drop.getNumArguments() != 1 ||
          !isa<LLVM::LLVMPointerType>(drop.getArgumentTypes().front()))
        return op.emitOpError() << "needs drop glue with one parameter, an "
                                   "'!llvm.ptr'";
    }
    int64_t size = op.getSize().value_or(0);
    int64_t align = op.getAlign().value_or(1);
    if (!op.getCalleeAttr()) {
      std::unique_ptr<TargetInfo> target = lookupTarget(op);
      if (!target)
        return failure();
      size = align = target->getCTypeFacts().pointerWidth / 8;
    }
    auto trait =
        symbolTables.lookupNearestSymbolFrom<TraitOp>(op, op.getTraitAttr());
    VTableLayout layout(trait, symbolTables);
    SmallVector<Attribute> slots;
    for (const VTableEntry &entry : layout.getEntries()) {
      FailureOr<FlatSymbolRefAttr> slot = getSlot(op, *callee, entry);
      if (failed(slot))
        return failure();
      slots.push_back(*slot);
    }
    std::string name =
        ((op.getCallee() ? *op.getCallee() : "fn_ptr") + ".as." + op.getTrait())
            .str();
    OpBuilder outside(context);
    auto vtable = VTableOp::create(
        outside, op.getLoc(), builder.getStringAttr("private"),
        builder.getStringAttr(name), op.getTraitAttr(), op.getTypeAttr(),
        builder.getI64IntegerAttr(size), builder.getI64IntegerAttr(align),
        op.getDropAttr(), builder.getArrayAttr(slots));
    symbolTables.getSymbolTable(SymbolTable::getNearestSymbolTable(op))
        .insert(vtable);
    ++numVTables;
    // The functions have entered the table, too: the reference may be gone.
    getMade(op, op->getPropertiesAsAttribute()) =
        FlatSymbolRefAttr::get(vtable.getSymNameAttr());
  }
  op.replaceAllUsesWith(
      VTableAddressOp::create(builder, op.getLoc(),
                              LLVM::LLVMPointerType::get(context),
                              getMade(op, op->getPropertiesAsAttribute()))
          .getResult());
  op.erase();
  return success();
}

namespace {
struct ExpandCoercions
    : public mlir::kcfi::impl::KCFIExpandCoercionsBase<ExpandCoercions> {
  void runOnOperation() final {
    SmallVector<Operation *> coercions;
    getOperation().walk([&](Operation *op) {
      if (isa<ClosureAsFnOp, AsFnObjectOp>(op))
        coercions.push_back(op);
    });
    if (coercions.empty())
      return markAllAnalysesPreserved();
    Expander expander(&getContext());
    bool hasFailed = false;
    for (Operation *op : coercions)
      if (auto closure = dyn_cast<ClosureAsFnOp>(op))
        hasFailed |= failed(expander.expand(closure));
      else
        hasFailed |= failed(expander.expand(cast<AsFnObjectOp>(op)));
    numFunctions += expander.numFunctions;
    numVTables += expander.numVTables;
    if (hasFailed)
      signalPassFailure();
  }
};
} // namespace
