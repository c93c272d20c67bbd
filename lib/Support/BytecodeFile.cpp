//===- BytecodeFile.cpp - Files of MLIR bytecode ---------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Support/BytecodeFile.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

llvm::LogicalResult
mlir::kcfi::checkBytecodeFile(StringRef file, const DialectRegistry &registry,
                              llvm::raw_ostream &errors) {
  // The standard input can be read only once.
  if (file == "-")
    return success();
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(file);
  if (!buffer || !isBytecode(**buffer))
    return success();

  llvm::CrashRecoveryContext::Enable();
  llvm::CrashRecoveryContext recovery;
  // What LLVM gives up on is a crash like any other, without words of its own.
  auto giveUp = [](void *, const char *, bool) {
    llvm::CrashRecoveryContext::GetCurrent()->HandleExit(EXIT_FAILURE);
  };
  llvm::ScopedFatalErrorHandler quiet(giveUp);
  llvm::install_bad_alloc_error_handler(giveUp);
  bool returned = recovery.RunSafely([&] {
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    context.allowUnregisteredDialects();
    context.getDiagEngine().registerHandler([](Diagnostic &) {});
    llvm::SourceMgr sourceMgr;
    sourceMgr.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(**buffer),
                                 llvm::SMLoc());
    ParserConfig config(&context, /*verifyAfterParse=*/false);
    (void)parseSourceFile<ModuleOp>(sourceMgr, config);
  });
  llvm::remove_bad_alloc_error_handler();
  llvm::CrashRecoveryContext::Disable();
  if (returned)
    return success();
  errors << file
         << ":0:0: error: the bytecode is damaged: MLIR's reader crashes "
            "on it\n";
  return failure();
}
