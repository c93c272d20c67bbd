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

#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
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

/// int(int)
static FnType getOperationType(MLIRContext *context) {
  Type intType = CBuiltinType::get(context, BuiltinKind::Int);
  return FnType::get(context, {intType}, intType);
}

/// The type-id string and the id, without any operation.
static bool printTypeId(Type signature, ModuleOp module) {
  std::unique_ptr<::kcfi::TargetInfo> target = lookupTarget(module);
  if (!target)
    return false;
  llvm::Expected<std::string> string =
      encodeSignature(signature, getEncoding(module), *target);
  if (!string) {
    llvm::errs() << llvm::toString(string.takeError()) << "\n";
    return false;
  }
  llvm::outs() << "; " << *string << " is "
               << formatTypeId(hashTypeIdString(*string, HashKind::XXHash64))
               << "\n";
  return true;
}

static OwningOpRef<ModuleOp> buildModule(MLIRContext *context) {
  OpBuilder builder(context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc, "consumer");
  (*module)->setAttr(LLVM::LLVMDialect::getTargetTripleAttrName(),
                     builder.getStringAttr("x86_64-unknown-linux-gnu"));

  // As C sees the functions.
  FnType operation = getOperationType(context);
  Type intType = operation.getResult();
  FnType apply = FnType::get(
      context, {PtrType::get(context, operation), intType}, intType);

  // As the machine does.
  Type i32 = builder.getI32Type();
  Type pointer = FnPtrType::get(context, operation);
  builder.setInsertionPointToStart(module->getBody());
  auto function = func::FuncOp::create(
      builder, loc, "apply", builder.getFunctionType({pointer, i32}, {i32}));
  function->setAttr(KCFIDialect::kSigAttrName, TypeAttr::get(apply));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);
  auto call =
      kcfi::CallOp::create(builder, loc, TypeRange{i32}, entry->getArgument(0),
                           ValueRange{entry->getArgument(1)});
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

  OwningOpRef<ModuleOp> module = buildModule(&context);
  if (!printTypeId(getOperationType(&context), *module))
    return 1;

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
