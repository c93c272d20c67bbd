//===- kcfi-translate.cpp - Translation driver -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summaries.h"
#include "Through.h"
#include "VerifyAgainst.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/Support/LogicalResult.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"

int main(int argc, char **argv) {
  mlir::kcfi::setUpTool();
  mlir::kcfi::registerToLLVMIRTranslations();
  mlir::kcfi::registerFromLLVMIRTranslation();
  mlir::kcfi::registerToSummaryTranslations();
  mlir::kcfi::registerVerifyAgainstOption();
  mlir::kcfi::registerThroughOption();
  if (mlir::kcfi::isThroughRequested(argc, argv))
    return mlir::kcfi::runThrough(argc, argv);
  if (mlir::kcfi::isVerifyAgainstRequested(argc, argv))
    return mlir::kcfi::verifyAgainst(argc, argv);
  return mlir::failed(
      mlir::mlirTranslateMain(argc, argv, "KCFI translation driver"));
}
