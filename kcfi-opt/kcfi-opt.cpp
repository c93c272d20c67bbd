//===- kcfi-opt.cpp - Optimizer driver -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"
#include "kcfi/InitAll.h"
#include "kcfi/Support/BytecodeFile.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/InitLLVM.h"

using namespace mlir;

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  kcfi::setUpTool();
  registerAllPasses();
  kcfi::registerAllPasses();
  kcfi::registerExplainOptions();

  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  kcfi::registerAll(registry);
  kcfi::registerShortDiagnostics(registry);

  auto [inputFile, outputFile] = registerAndParseCLIOptions(
      argc, argv, "KCFI optimizer driver\n", registry);
  if (failed(kcfi::checkBytecodeFile(inputFile, registry)))
    return EXIT_FAILURE;
  if (kcfi::isExplainRequested())
    return asMainReturnCode(kcfi::explain(inputFile, outputFile, registry));
  return asMainReturnCode(
      MlirOptMain(argc, argv, inputFile, outputFile, registry));
}
