//===- CarriedModule.cpp - Bodies that stayed LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/LLVMFacts/CarriedModule.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBufferRef.h"

using namespace mlir;
using namespace mlir::kcfi;

CarriedBodiesOp mlir::kcfi::findCarriedBodies(ModuleOp module) {
  auto operations = module.getOps<CarriedBodiesOp>();
  return operations.empty() ? CarriedBodiesOp() : *operations.begin();
}

FailureOr<std::unique_ptr<llvm::Module>>
mlir::kcfi::readCarriedModule(CarriedBodiesOp op, llvm::LLVMContext &context) {
  llvm::Expected<std::unique_ptr<llvm::Module>> carried =
      llvm::parseBitcodeFile(llvm::MemoryBufferRef(op.getBytes(), "bitcode"),
                             context);
  if (!carried)
    return op.emitOpError()
           << "has damaged bitcode: " << llvm::toString(carried.takeError());
  // In two steps, so that symbols may have exchanged their names.
  SmallVector<std::pair<llvm::GlobalValue *, StringRef>> renamed;
  for (NamedAttribute symbol : op.getSymbols()) {
    StringRef name = cast<FlatSymbolRefAttr>(symbol.getValue()).getValue();
    llvm::GlobalValue *value = (*carried)->getNamedValue(symbol.getName());
    if (!value)
      return op.emitOpError()
             << "has no symbol " << symbol.getName() << " in its bitcode";
    if (value->getName() == name)
      continue;
    value->setName("");
    renamed.emplace_back(value, name);
  }
  for (auto [value, name] : renamed)
    value->setName(name);
  return std::move(*carried);
}
