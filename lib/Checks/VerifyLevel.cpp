//===- VerifyLevel.cpp - The pass kcfi-verify-level ------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Checks/Passes.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIVERIFYLEVEL
#include "kcfi/Checks/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct VerifyLevel : public mlir::kcfi::impl::KCFIVerifyLevelBase<VerifyLevel> {
  using KCFIVerifyLevelBase::KCFIVerifyLevelBase;
  void runOnOperation() final {
    if (mlir::failed(verifyLevel(getOperation(), level)))
      return signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
