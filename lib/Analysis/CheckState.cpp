//===- CheckState.cpp - How a call is protected ----------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/CheckState.h"

#include "llvm/Support/ErrorHandling.h"

using namespace mlir::kcfi;

llvm::StringRef mlir::kcfi::getStateName(CheckState state) {
  switch (state) {
  case CheckState::Unchecked:
    return "unchecked";
  case CheckState::Pending:
    return "checked";
  case CheckState::Bundle:
    return "bundle";
  case CheckState::Expanded:
    return "expanded";
  }
  llvm_unreachable("unknown state");
}
