//===- ModuleOptions.cpp - Options and target of a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/ModuleOptions.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace mlir::kcfi;

template <typename AttrT>
static AttrT findEnclosing(Operation *op, StringRef name) {
  for (; op; op = op->getParentOp())
    if (auto attr = op->getAttrOfType<AttrT>(name))
      return attr;
  return {};
}

EncodingAttr mlir::kcfi::getEncoding(Operation *op) {
  if (auto attr =
          findEnclosing<EncodingAttr>(op, KCFIDialect::kEncodingAttrName))
    return attr;
  return EncodingAttr::get(op->getContext());
}

CodegenAttr mlir::kcfi::getCodegen(Operation *op) {
  if (auto attr = findEnclosing<CodegenAttr>(op, KCFIDialect::kCodegenAttrName))
    return attr;
  return CodegenAttr::get(op->getContext(), /*patchablePrefix=*/0,
                          /*patchableEntry=*/0, /*arity=*/false);
}

MergedClasses mlir::kcfi::getMergedClasses(Operation *op) {
  MergedClasses classes;
  if (auto pairs =
          findEnclosing<ArrayAttr>(op, KCFIDialect::kMergedClassesAttrName))
    for (Attribute element : pairs) {
      // An editor asks for modules, too, that the verifier does not accept.
      auto pair = dyn_cast<ArrayAttr>(element);
      if (pair && pair.size() == 2 &&
          llvm::all_of(pair, llvm::IsaPred<TypeAttr>))
        classes.emplace_back(cast<TypeAttr>(pair[0]).getValue(),
                             cast<TypeAttr>(pair[1]).getValue());
    }
  return classes;
}

StringRef mlir::kcfi::getTargetTriple(Operation *op) {
  auto attr = findEnclosing<StringAttr>(
      op, LLVM::LLVMDialect::getTargetTripleAttrName());
  return attr ? attr.getValue() : StringRef();
}

std::unique_ptr<TargetInfo> mlir::kcfi::lookupTarget(Operation *op) {
  StringRef triple = getTargetTriple(op);
  if (triple.empty()) {
    op->emitError() << "type ids depend on the target, but the module has no "
                       "attribute '"
                    << LLVM::LLVMDialect::getTargetTripleAttrName() << "'";
    return nullptr;
  }
  llvm::Expected<std::unique_ptr<TargetInfo>> target =
      TargetInfo::lookup(triple);
  if (!target) {
    op->emitError() << llvm::toString(target.takeError());
    return nullptr;
  }
  return std::move(*target);
}

std::unique_ptr<TargetInfo> mlir::kcfi::lookupTargetQuietly(Operation *op) {
  StringRef triple = getTargetTriple(op);
  if (triple.empty())
    return nullptr;
  llvm::Expected<std::unique_ptr<TargetInfo>> target =
      TargetInfo::lookup(triple);
  if (!target) {
    llvm::consumeError(target.takeError());
    return nullptr;
  }
  return std::move(*target);
}
