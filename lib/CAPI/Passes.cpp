//===- Passes.cpp - Passes in C -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi-c/Passes.h"
#include "kcfi/Checks/Passes.h"
#include "kcfi/Conversion/Passes.h"
#include "kcfi/Pipelines/Pipelines.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/CAPI/Pass.h"
#include "mlir/InitAllPasses.h"

#include <mutex>

using namespace mlir;
using namespace mlir::kcfi;

#include "kcfi-c/Passes.capi.cpp.inc"
#include "kcfi/Conversion/Passes.capi.cpp.inc"

void kcfiRegisterAllPasses() {
  static std::once_flag once;
  std::call_once(once, [] {
    registerAllPasses();
    registerKCFIChecksPasses();
    registerKCFITransformsPasses();
    registerKCFIConversionPasses();
  });
  kcfiRegisterPipelines();
}

void kcfiRegisterPipelines() {
  // A second pipeline of one name is a mistake to MLIR.
  static std::once_flag once;
  std::call_once(once, registerPipelines);
}
