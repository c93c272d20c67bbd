//===- main.cpp - A compiler that uses the kcfi libraries -----------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What a front end does for
//
//     int apply(int (*operation)(int), int x) { return operation(x); }
//
// without any text in between: builds the signature and the function, lowers
// them and prints LLVM IR.
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/TypeId.h"
#include "kcfi/IR/Builders.h"
#include "kcfi/InitAll.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::kcfi;

static constexpr StringLiteral kTriple = "x86_64-unknown-linux-gnu";

/// The type-id string and the id, without any operation.
static bool printTypeId(FnType signature) {
  llvm::Expected<TypeIdAttr> id = encodeTypeId(signature, kTriple);
  if (!id) {
    llvm::errs() << llvm::toString(id.takeError()) << "\n";
    return false;
  }
  llvm::outs() << "; " << id->getString().getValue() << " is "
               << formatTypeId(id->getValue()) << "\n";
  return true;
}

static OwningOpRef<ModuleOp> buildModule(MLIRContext *context,
                                         FnType operation) {
  OpBuilder builder(context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc, "consumer");
  setTarget(*module, kTriple);
  builder.setInsertionPointToStart(module->getBody());

  // As C sees the function, and as the machine does.
  CTypes c(context);
  FnType apply = c.fn({c.ptr(operation), c.IntTy}, c.IntTy);
  std::unique_ptr<kcfi::TargetInfo> target = lookupTarget(*module);
  FunctionType type = *getMachineType(apply, *target);

  auto function = func::FuncOp::create(builder, loc, "apply", type);
  setSignature(function, apply);
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  auto call =
      kcfi::CallOp::create(builder, loc, type.getResults(),
                           entry->getArgument(0), entry->getArgument(1));
  func::ReturnOp::create(builder, loc, call->getResults());
  return module;
}

int main() {
  DialectRegistry registry;
  registry.insert<DLTIDialect, func::FuncDialect, LLVM::LLVMDialect>();
  kcfi::registerAll(registry);
  registerConvertFuncToLLVMInterface(registry);
  registerAllToLLVMIRTranslations(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();

  // int(int)
  CTypes c(&context);
  FnType operation = c.fn({c.IntTy}, c.IntTy);
  if (!printTypeId(operation))
    return 1;
  OwningOpRef<ModuleOp> module = buildModule(&context, operation);

  PassManager pm(&context);
  buildLowerPipeline(pm, LowerPipelineOptions());
  if (failed(pm.run(*module)))
    return 1;

  llvm::LLVMContext llvmContext;
  std::unique_ptr<llvm::Module> llvmModule = exportModule(*module, llvmContext);
  if (!llvmModule)
    return 1;
  llvmModule->print(llvm::outs(), nullptr);
  return 0;
}
