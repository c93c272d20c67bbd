//===- Pipelines.h - Pass pipelines -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PIPELINES_PIPELINES_H
#define KCFI_PIPELINES_PIPELINES_H

#include "kcfi/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace mlir::kcfi {

struct LowerPipelineOptions : public PassPipelineOptions<LowerPipelineOptions> {
  PassOptions::Option<bool> expandAll{
      *this, "expand-all",
      llvm::cl::desc("Expand every check instead of using operand bundles"),
      llvm::cl::init(false)};
  PassOptions::Option<EquivalencePreset> preset{
      *this, "preset",
      llvm::cl::desc("Coalesce types by this preset of equivalences first"),
      llvm::cl::init(kDefaultPreset), getEquivalencePresetValues()};
  PassOptions::Option<EntryPolicy> entries{
      *this, "entries", llvm::cl::desc("Place extra entries by this policy"),
      llvm::cl::init(EntryPolicy::Minimal), getEntryPolicyValues()};
  PassOptions::Option<bool> verify{
      *this, "verify",
      llvm::cl::desc("Check the invariants of each level on the way"),
      llvm::cl::init(true)};
};

/// From any level to the LLVM dialect, ready for `kcfi-translate`: assigns ids,
/// converts all dialects that have a conversion to LLVM, expands the checks
/// that LLVM cannot lower, attaches bundles for the others.
void buildLowerPipeline(OpPassManager &pm, const LowerPipelineOptions &options);

/// From an imported LLVM module (`kcfi-translate --import-llvm-ir`), raised
/// (`kcfi-raise-from-llvm`) or not, to one that can be exported: checks become
/// bundles again, those that LLVM gets wrong on the target become explicit.
void buildRoundtripPipeline(OpPassManager &pm);

/// Registers `kcfi-lower-pipeline` and `kcfi-roundtrip-pipeline`.
void registerPipelines();

} // namespace mlir::kcfi

#endif // KCFI_PIPELINES_PIPELINES_H
