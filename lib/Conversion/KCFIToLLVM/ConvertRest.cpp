//===- ConvertRest.cpp - What other dialects are left ----------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Conversion/Passes.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ParallelWalk.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMPass.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Pass/PassManager.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFICONVERTREST
#include "kcfi/Conversion/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

/// True if `op` is nothing that the LLVM dialect can hold.
static bool isLeft(Operation *op) {
  return !isa_and_present<LLVM::LLVMDialect>(op->getDialect()) &&
         !isa<ModuleOp, UnrealizedConversionCastOp, SignatureOp,
              CarriedBodiesOp>(op);
}

namespace {
struct ConvertRest : public mlir::kcfi::impl::KCFIConvertRestBase<ConvertRest> {
  void getDependentDialects(DialectRegistry &registry) const final {
    KCFIConvertRestBase::getDependentDialects(registry);
    registerConvertToLLVMDependentDialectLoading(registry);
  }

  void runOnOperation() final {
    ModuleOp module = getOperation();
    OpPassManager passes(ModuleOp::getOperationName());
    if (containsOperation(module, isLeft)) {
      passes.addPass(createConvertToLLVMPass());
      passes.addPass(createReconcileUnrealizedCastsPass());
    } else if (containsOperation(module,
                                 llvm::IsaPred<UnrealizedConversionCastOp>)) {
      passes.addPass(createReconcileUnrealizedCastsPass());
    } else {
      return markAllAnalysesPreserved();
    }
    if (failed(runPipeline(passes, module)))
      signalPassFailure();
  }
};
} // namespace
