//===- VerifyAgainst.cpp - kcfi-translate --verify-against -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyAgainst.h"
#include "kcfi/Audit/Guard.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/Program/ReadSummary.h"
#include "kcfi/Support/BytecodeFile.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"

using namespace mlir;
using namespace mlir::kcfi;

static constexpr char kOptionName[] = "verify-against";

namespace {
struct Options {
  llvm::cl::opt<std::string> before{
      kOptionName, llvm::cl::value_desc("before"),
      llvm::cl::desc("Instead of a translation: check that no id and no check "
                     "was lost between the module or summary 'before' and the "
                     "input, after passes have run")};
};
} // namespace

static llvm::ManagedStatic<Options> options;

void mlir::kcfi::registerVerifyAgainstOption() { *options; }

bool mlir::kcfi::isVerifyAgainstRequested(int argc, char **argv) {
  return hasOption(argc, argv, kOptionName);
}

int mlir::kcfi::verifyAgainst(int argc, char **argv) {
  llvm::cl::opt<std::string> input(llvm::cl::Positional, llvm::cl::init("-"),
                                   llvm::cl::desc("<module or summary after>"));
  llvm::cl::ParseCommandLineOptions(argc, argv, "KCFI translation driver\n");
  DialectRegistry registry;
  registry
      .insert<KCFIDialect, LLVM::LLVMDialect, DLTIDialect, func::FuncDialect,
              arith::ArithDialect, cf::ControlFlowDialect>();
  std::vector<Program> programs;
  for (const std::string &path :
       {options->before.getValue(), input.getValue()}) {
    if (failed(checkBytecodeFile(path, registry)))
      return 1;
    llvm::Expected<Summary> summary = readSummary(path, registry);
    if (!summary) {
      llvm::errs() << StringRef(llvm::toString(summary.takeError())).rtrim('\n')
                   << "\n";
      return 1;
    }
    programs.emplace_back(std::move(*summary));
  }
  std::vector<Damage> damages = compare(programs[0], programs[1]);
  for (const Damage &damage : damages)
    llvm::outs() << damage.place << ": error: " << damage.message << " ["
                 << getDamageName(damage.kind) << "]\n";
  return !damages.empty();
}
