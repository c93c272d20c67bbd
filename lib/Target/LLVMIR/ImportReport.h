//===- ImportReport.h - What an import did -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_IMPORTREPORT_H
#define KCFI_LIB_TARGET_LLVMIR_IMPORTREPORT_H

#include "kcfi/Target/LLVMIR/Import.h"

#include <map>
#include <string>

namespace llvm {
class GlobalValue;
class Instruction;
} // namespace llvm

namespace mlir::kcfi {

class ImportRound;

/// `file:line:column` from debug info, else the owner's name in its file.
Location getImportLoc(MLIRContext *context, const llvm::Module &module,
                      const llvm::GlobalValue *owner = nullptr,
                      const llvm::Instruction *instruction = nullptr);

/// E.g. `function 'f'`.
std::string describeSymbol(const llvm::GlobalValue &symbol);

/// Counts what an import does, and tells it in one remark a kind.
class ImportReport {
public:
  /// Something that LLVM's rules allow to drop, and that is dropped.
  void addHint(StringRef hint) { ++hints[hint.str()]; }
  void clearHints() { hints.clear(); }
  /// A function with blocks that nothing reaches, which are not imported.
  void addUnreachable() { ++unreachable; }
  /// Debug info that comes back less or more, by kind.
  void setLostDebugInfo(SmallVector<std::string> lost) {
    lostDebugInfo = std::move(lost);
  }
  void emit(const llvm::Module &module, const ImportRound &round,
            MLIRContext *context, const ImportOptions &options);

private:
  std::map<std::string, unsigned> hints;
  unsigned unreachable = 0;
  SmallVector<std::string> lostDebugInfo;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_IMPORTREPORT_H
