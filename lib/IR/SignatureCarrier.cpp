//===- SignatureCarrier.cpp - What carries a signature or an id -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/SignatureCarrier.h"

#include "kcfi/IR/KCFIOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace mlir::kcfi;

SignatureCarrier SignatureCarrier::get(Operation *op) {
  if (isa<FunctionOpInterface>(op))
    return {op, Kind::Function};
  if (isa<SignatureOp>(op))
    return {op, Kind::Signature};
  if (isa<EntryOp>(op))
    return {op, Kind::Entry};
  if (isa<TraitOp>(op))
    return {op, Kind::Trait};
  if (isa<CheckedCallOpInterface>(op))
    return {op, Kind::Call};
  if (isa<LLVM::CallOp, LLVM::InvokeOp>(op))
    return {op, Kind::LLVMCall};
  return {nullptr, Kind::Function};
}

bool SignatureCarrier::takesTypeIdAttribute(Operation *op) {
  SignatureCarrier carrier = get(op);
  if (!carrier)
    return false;
  switch (carrier.getKind()) {
  case Kind::Function:
  case Kind::Signature:
  case Kind::Entry:
  case Kind::LLVMCall:
    return true;
  case Kind::Trait:
  case Kind::Call:
    return false;
  }
  llvm_unreachable("unknown carrier");
}

Type SignatureCarrier::getSignature() const {
  switch (kind) {
  case Kind::Function: {
    auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
    return sig ? sig.getValue() : Type();
  }
  case Kind::Signature:
    return cast<SignatureOp>(op).getType();
  case Kind::Entry:
    return cast<EntryOp>(op).getSignature();
  case Kind::Trait: {
    std::optional<RustFnType> drop = cast<TraitOp>(op).getDrop();
    return drop ? Type(*drop) : Type();
  }
  case Kind::Call:
  case Kind::LLVMCall:
    return {};
  }
  llvm_unreachable("unknown carrier");
}

void SignatureCarrier::setSignature(Type signature) const {
  switch (kind) {
  case Kind::Function:
    return op->setAttr(KCFIDialect::kSigAttrName, TypeAttr::get(signature));
  case Kind::Signature:
    return cast<SignatureOp>(op).setType(signature);
  case Kind::Entry:
    return cast<EntryOp>(op).setSignature(signature);
  case Kind::Trait:
    return cast<TraitOp>(op).setDrop(llvm::cast<RustFnType>(signature));
  case Kind::Call:
  case Kind::LLVMCall:
    llvm_unreachable("a call has the signature in the type of its callee");
  }
  llvm_unreachable("unknown carrier");
}

Type SignatureCarrier::getSourceSignature() const {
  auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSourceSigAttrName);
  return sig ? sig.getValue() : Type();
}

void SignatureCarrier::rememberSourceSignature(Type signature) const {
  if (!op->hasAttr(KCFIDialect::kSourceSigAttrName))
    op->setAttr(KCFIDialect::kSourceSigAttrName, TypeAttr::get(signature));
}

TypeIdAttr SignatureCarrier::getTypeId() const {
  switch (kind) {
  case Kind::Function:
  case Kind::Signature:
  case Kind::Entry:
  case Kind::LLVMCall:
    return op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
  case Kind::Call:
    return cast<CheckedCallOpInterface>(op).getTypeIdAttr();
  case Kind::Trait:
    return {};
  }
  llvm_unreachable("unknown carrier");
}

void SignatureCarrier::setTypeId(TypeIdAttr id) const {
  switch (kind) {
  case Kind::Function:
  case Kind::Signature:
  case Kind::Entry:
  case Kind::LLVMCall:
    return op->setAttr(KCFIDialect::kTypeIdAttrName, id);
  case Kind::Call:
    return cast<CheckedCallOpInterface>(op).setTypeIdAttr(id);
  case Kind::Trait:
    llvm_unreachable("a trait has no id");
  }
  llvm_unreachable("unknown carrier");
}
