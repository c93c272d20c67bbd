//===- Plugin.cpp - KCFI inside of a compiler -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A plugin for `clang -fpass-plugin=`, `opt -load-pass-plugin=` and
// `rustc -Zllvm-plugins=`. docs/Builds.md says how to use it.
//
//===----------------------------------------------------------------------===//

#include "Jobs.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"

#include <map>

using namespace mlir::kcfi;
using namespace mlir::kcfi::plugin;

namespace {

/// Runs at the start and at the end of the optimiser.
class Driver {
public:
  /// Both return true if code may have changed.
  bool start(llvm::Module &module, llvm::ModuleAnalysisManager &analyses);
  bool finish(llvm::Module &module, llvm::ModuleAnalysisManager &analyses);

private:
  void fail(llvm::Module &module, const llvm::Twine &message) {
    module.getContext().emitError("KCFI plugin: " + message);
  }
  bool runThrough(llvm::Module &module, llvm::ModuleAnalysisManager &analyses,
                  const Options &options, ThroughPlace place);

  /// The records of modules that are on their way through the optimiser.
  std::map<const llvm::Module *, Summary> records;
};

class StartPass : public llvm::PassInfoMixin<StartPass> {
public:
  explicit StartPass(std::shared_ptr<Driver> driver)
      : driver(std::move(driver)) {}
  llvm::PreservedAnalyses run(llvm::Module &module,
                              llvm::ModuleAnalysisManager &analyses) {
    return driver->start(module, analyses) ? llvm::PreservedAnalyses::none()
                                           : llvm::PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }

private:
  std::shared_ptr<Driver> driver;
};

class EndPass : public llvm::PassInfoMixin<EndPass> {
public:
  explicit EndPass(std::shared_ptr<Driver> driver)
      : driver(std::move(driver)) {}
  llvm::PreservedAnalyses run(llvm::Module &module,
                              llvm::ModuleAnalysisManager &analyses) {
    return driver->finish(module, analyses) ? llvm::PreservedAnalyses::none()
                                            : llvm::PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }

private:
  std::shared_ptr<Driver> driver;
};

} // namespace

bool Driver::runThrough(llvm::Module &module,
                        llvm::ModuleAnalysisManager &analyses,
                        const Options &options, ThroughPlace place) {
  if (!options.hasThrough || options.throughPlace != place)
    return false;
  // What is known of functions is known by their addresses.
  analyses.getResult<llvm::FunctionAnalysisManagerModuleProxy>(module)
      .getManager()
      .clear();
  if (!plugin::runThrough(module, options))
    fail(module, "the unit could not be sent through MLIR");
  return true;
}

bool Driver::start(llvm::Module &module,
                   llvm::ModuleAnalysisManager &analyses) {
  std::string error;
  const Options &options = getOptions(error);
  if (!error.empty()) {
    fail(module, error);
    return false;
  }
  bool changed = runThrough(module, analyses, options, ThroughPlace::Start);
  // Link-time optimisation meets units again, with their records.
  bool isRecorded = options.records() && getEmbeddedFrames(module).empty();
  if (!isRecorded && options.check == CheckMode::Off)
    return changed;
  llvm::Expected<Summary> summary = summarizeUnit(module);
  if (!summary) {
    fail(module, llvm::toString(summary.takeError()));
    return changed;
  }
  if (options.check != CheckMode::Off && checkUnit(*summary, options.check))
    fail(module, "findings are errors here (-kcfi-check=error)");
  if (isRecorded)
    records[&module] = std::move(*summary);
  return changed;
}

bool Driver::finish(llvm::Module &module,
                    llvm::ModuleAnalysisManager &analyses) {
  std::string error;
  const Options &options = getOptions(error);
  if (!error.empty())
    return false;
  bool changed = runThrough(module, analyses, options, ThroughPlace::End);
  auto known = records.find(&module);
  if (known == records.end())
    return changed;
  Summary before = std::move(known->second);
  records.erase(known);
  if (llvm::Error error = writeRecords(module, std::move(before), options))
    fail(module, llvm::toString(std::move(error)));
  return changed;
}

static void registerCallbacks(llvm::PassBuilder &builder) {
  auto driver = std::make_shared<Driver>();
  builder.registerPipelineStartEPCallback(
      [driver](llvm::ModulePassManager &passes, llvm::OptimizationLevel) {
        passes.addPass(StartPass(driver));
      });
  builder.registerOptimizerLastEPCallback(
      [driver](llvm::ModulePassManager &passes, llvm::OptimizationLevel,
               llvm::ThinOrFullLTOPhase) { passes.addPass(EndPass(driver)); });
}

extern "C" LLVM_ATTRIBUTE_WEAK ::llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "KCFI", KCFI_VERSION_STRING,
          registerCallbacks};
}
