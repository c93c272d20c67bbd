//===- ImportOptions.cpp - Names of the import's options --------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Target/LLVMIR/Import.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::kcfi;

StringRef mlir::kcfi::getLossName(LossKind kind) {
  switch (kind) {
  case LossKind::Bundle:
    return "bundle";
  case LossKind::PrefixData:
    return "prefix-data";
  case LossKind::PrologueData:
    return "prologue-data";
  case LossKind::FunctionMetadata:
    return "function-metadata";
  case LossKind::GlobalMetadata:
    return "global-metadata";
  case LossKind::NamedMetadata:
    return "named-metadata";
  }
  llvm_unreachable("unknown kind of loss");
}

std::optional<LossKind> mlir::kcfi::parseLossKind(StringRef name) {
  for (LossKind kind : {LossKind::Bundle, LossKind::PrefixData,
                        LossKind::PrologueData, LossKind::FunctionMetadata,
                        LossKind::GlobalMetadata, LossKind::NamedMetadata})
    if (getLossName(kind) == name)
      return kind;
  return std::nullopt;
}

std::optional<CarryMode> mlir::kcfi::parseCarryMode(StringRef name) {
  return llvm::StringSwitch<std::optional<CarryMode>>(name)
      .Case("none", CarryMode::None)
      .Case("needed", CarryMode::Needed)
      .Case("exact", CarryMode::Exact)
      .Default(std::nullopt);
}
