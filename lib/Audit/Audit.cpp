//===- Audit.cpp - What will trap, and why --------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Audit.h"
#include "FindingList.h"

using namespace mlir;
using namespace mlir::kcfi;

std::vector<Finding> mlir::kcfi::audit(const Program &program) {
  FindingList findings(program);
  addUnitFindings(findings);
  addTypeFindings(findings);
  addFlowFindings(findings);
  addMergedFindings(findings);
  return std::move(findings).take();
}
