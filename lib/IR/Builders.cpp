//===- Builders.cpp - What a front end says of functions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/Builders.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

void mlir::kcfi::setTarget(ModuleOp module, StringRef triple,
                           EncodingAttr encoding) {
  module->setAttr(LLVM::LLVMDialect::getTargetTripleAttrName(),
                  StringAttr::get(module.getContext(), triple));
  if (encoding)
    module->setAttr(KCFIDialect::kEncodingAttrName, encoding);
}

void mlir::kcfi::setSignature(FunctionOpInterface function, Type signature,
                              RustCallableAttr callable) {
  assert(isSignature(signature) && "not the type of a function");
  function->setAttr(KCFIDialect::kSigAttrName, TypeAttr::get(signature));
  if (callable)
    function->setAttr(KCFIDialect::kCallableAttrName, callable);
}

Type mlir::kcfi::getSignature(FunctionOpInterface function) {
  auto sig = function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  return sig ? sig.getValue() : Type();
}

void mlir::kcfi::setInternal(FunctionOpInterface function) {
  if (auto llvmFunction = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation()))
    return llvmFunction.setLinkage(LLVM::Linkage::Internal);
  function->setAttr(
      "llvm.linkage",
      LLVM::LinkageAttr::get(function->getContext(), LLVM::Linkage::Internal));
}

//===----------------------------------------------------------------------===//
// Builders of operations
//===----------------------------------------------------------------------===//

static FlatSymbolRefAttr getSymbol(Operation *op) {
  return FlatSymbolRefAttr::get(op);
}

static Type getPointerType(OpBuilder &builder) {
  return LLVM::LLVMPointerType::get(builder.getContext());
}

void AddressOfOp::build(OpBuilder &builder, OperationState &state,
                        FunctionOpInterface callee) {
  Type signature = mlir::kcfi::getSignature(callee);
  assert(signature && "the function needs a signature first");
  build(builder, state, FnPtrType::get(builder.getContext(), signature),
        getSymbol(callee));
}

void CallOp::build(OpBuilder &builder, OperationState &state, TypeRange results,
                   Value callee, ValueRange args) {
  state.addTypes(results);
  state.addOperands(callee);
  state.addOperands(args);
}

void InvokeOp::build(OpBuilder &builder, OperationState &state,
                     TypeRange results, Value callee, ValueRange args,
                     Block *normalDest, Block *unwindDest) {
  build(builder, state, results, /*unchecked=*/UnitAttr(), callee, args,
        /*normalDestOperands=*/ValueRange(),
        /*unwindDestOperands=*/ValueRange(), /*fixed=*/IntegerAttr(),
        /*type_id=*/TypeIdAttr(), /*implicit_object=*/UnitAttr(),
        LLVM::CConvAttr::get(builder.getContext(), LLVM::CConv::C),
        /*arg_attrs=*/ArrayAttr(), /*res_attrs=*/ArrayAttr(), normalDest,
        unwindDest);
}

void TraitOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    RustDynType object, ArrayRef<TraitOp> supertraits,
                    RustFnType drop) {
  state.addRegion()->emplaceBlock();
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.sym_name = builder.getStringAttr(name);
  properties.object = TypeAttr::get(object);
  properties.dyn_compatible = builder.getUnitAttr();
  if (!supertraits.empty()) {
    SmallVector<Attribute> symbols;
    for (TraitOp supertrait : supertraits)
      symbols.push_back(getSymbol(supertrait));
    properties.supertraits = builder.getArrayAttr(symbols);
  }
  if (drop)
    properties.drop = TypeAttr::get(drop);
}

void VTableOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                     TraitOp trait, Type type, int64_t size, int64_t align,
                     ArrayRef<Operation *> slots, FunctionOpInterface drop) {
  SmallVector<Attribute> symbols;
  for (Operation *slot : slots)
    symbols.push_back(slot ? Attribute(getSymbol(slot))
                           : builder.getUnitAttr());
  build(builder, state, builder.getStringAttr("private"), name,
        getSymbol(trait).getValue(), type, size, align,
        drop ? getSymbol(drop) : FlatSymbolRefAttr(),
        builder.getArrayAttr(symbols));
}

void VTableAddressOp::build(OpBuilder &builder, OperationState &state,
                            VTableOp vtable) {
  build(builder, state, getPointerType(builder), getSymbol(vtable));
}

void UpcastOp::build(OpBuilder &builder, OperationState &state, Value vtable,
                     TraitOp from, TraitOp to) {
  build(builder, state, getPointerType(builder), vtable, getSymbol(from),
        getSymbol(to));
}

void CallVirtualOp::build(OpBuilder &builder, OperationState &state,
                          TypeRange results, Value data, Value vtable,
                          MethodOp method, ValueRange args) {
  build(builder, state, results, data, vtable, method, args,
        cast<TraitOp>(method->getParentOp()));
}

void CallVirtualOp::build(OpBuilder &builder, OperationState &state,
                          TypeRange results, Value data, Value vtable,
                          MethodOp method, ValueRange args, TraitOp of) {
  auto trait = cast<TraitOp>(method->getParentOp());
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.method =
      SymbolRefAttr::get(trait.getSymNameAttr(), {getSymbol(method)});
  if (of != trait)
    properties.of = getSymbol(of);
  state.addTypes(results);
  state.addOperands({data, vtable});
  state.addOperands(args);
}

void DropVirtualOp::build(OpBuilder &builder, OperationState &state, Value data,
                          Value vtable, TraitOp trait) {
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.trait = getSymbol(trait);
  state.addOperands({data, vtable});
}

void CreateClosureOp::build(OpBuilder &builder, OperationState &state,
                            FunctionOpInterface body, ValueRange captures,
                            Value storage) {
  build(builder, state, getPointerType(builder), getSymbol(body), captures,
        storage);
}

void CaptureAddressOp::build(OpBuilder &builder, OperationState &state,
                             Value closure, int64_t index, TypeRange captures) {
  build(builder, state, getPointerType(builder), closure,
        builder.getI64IntegerAttr(index), builder.getTypeArrayAttr(captures));
}

void ClosureAsFnOp::build(OpBuilder &builder, OperationState &state,
                          FunctionOpInterface body, RustFnType signature) {
  build(builder, state, FnPtrType::get(builder.getContext(), signature),
        getSymbol(body));
}

void AsFnObjectOp::build(OpBuilder &builder, OperationState &state,
                         FunctionOpInterface callee, TraitOp trait, Type type,
                         std::optional<int64_t> size,
                         std::optional<int64_t> align) {
  build(builder, state, getSymbol(callee), trait, type, size, align);
}

void AsFnObjectOp::build(OpBuilder &builder, OperationState &state,
                         FlatSymbolRefAttr callee, TraitOp trait, Type type,
                         std::optional<int64_t> size,
                         std::optional<int64_t> align) {
  auto optional = [&](std::optional<int64_t> value) {
    return value ? builder.getI64IntegerAttr(*value) : IntegerAttr();
  };
  build(builder, state, getPointerType(builder), callee, getSymbol(trait),
        TypeAttr::get(type), optional(size), optional(align),
        /*drop=*/FlatSymbolRefAttr(), /*machine_type=*/TypeAttr());
}

void AsFnObjectOp::build(OpBuilder &builder, OperationState &state,
                         RustFnType pointer, TraitOp trait,
                         FunctionType machineType) {
  build(builder, state, getPointerType(builder),
        /*callee=*/FlatSymbolRefAttr(), getSymbol(trait),
        TypeAttr::get(pointer), /*size=*/IntegerAttr(),
        /*align=*/IntegerAttr(), /*drop=*/FlatSymbolRefAttr(),
        TypeAttr::get(machineType));
}
