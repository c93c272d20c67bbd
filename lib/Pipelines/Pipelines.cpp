//===- Pipelines.cpp - Pass pipelines -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Pipelines/Pipelines.h"
#include "kcfi/Checks/Passes.h"
#include "kcfi/Conversion/Passes.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace mlir::kcfi;

void mlir::kcfi::buildLowerPipeline(OpPassManager &pm,
                                    const LowerPipelineOptions &options) {
  auto verify = [&](Level level) {
    if (options.verify)
      pm.addPass(createKCFIVerifyLevel({level}));
  };
  pm.addPass(createKCFIExpandCoercions());
  // Without it the ids are those of the default preset, too, but all types
  // would be rewritten.
  if (options.preset.hasValue()) {
    pm.addPass(createKCFICoalesceTypes({options.preset, {}}));
    verify(Level::L1);
  }
  if (options.entries.hasValue()) {
    KCFIPlaceEntriesOptions placement;
    placement.policy = options.entries;
    pm.addPass(createKCFIPlaceEntries(placement));
    verify(Level::L2);
  }
  pm.addPass(createKCFIAssignTypeIds());
  verify(Level::L3);
  // The stock pass finds the callee of every 'func.call' by a search of the
  // module, which takes minutes from 100000 functions on. This one has symbol
  // tables and leaves it no such call.
  pm.addPass(createConvertKCFIToLLVM({/*arithmetic=*/true}));
  pm.addPass(createKCFIConvertRest());
  pm.addPass(createKCFIExpandChecks({options.expandAll}));
  // Nothing may come behind the bundles: their operand is an SSA value.
  pm.addPass(createKCFIAttachBundles());
  verify(Level::L4);
}

void mlir::kcfi::buildRoundtripPipeline(OpPassManager &pm) {
  pm.addPass(createKCFIVerifyLevel({Level::L3}));
  // For what was raised.
  pm.addPass(createConvertKCFIToLLVM());
  pm.addPass(createKCFIExpandChecks());
  pm.addPass(createKCFIAttachBundles());
  pm.addPass(createKCFIVerifyLevel({Level::L4}));
}

void mlir::kcfi::registerPipelines() {
  PassPipelineRegistration<LowerPipelineOptions>(
      "kcfi-lower-pipeline",
      "Lower from any level to the LLVM dialect, ready for kcfi-translate",
      buildLowerPipeline);
  PassPipelineRegistration<>(
      "kcfi-roundtrip-pipeline",
      "Make an imported LLVM module ready for export again",
      buildRoundtripPipeline);
}
