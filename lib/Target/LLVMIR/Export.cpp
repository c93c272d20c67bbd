//===- Export.cpp - Export to LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Target/LLVMIR/Export.h"
#include "CarriedModules.h"
#include "Facts.h"
#include "Inventory.h"
#include "MetadataForms.h"
#include "StandIns.h"
#include "Structors.h"
#include "Translate.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"

using namespace mlir;
using namespace mlir::kcfi;

/// A function with a signature that can be called indirectly needs its id, or
/// every checked call of it would trap.
static LogicalResult requireIds(ModuleOp module) {
  FailureOr<llvm::StringSet<>> taken = findAddressTaken(module);
  if (failed(taken))
    return failure();
  LogicalResult result = success();
  module.walk([&](FunctionOpInterface function) {
    if (!function->hasAttr(KCFIDialect::kSigAttrName) ||
        function->hasAttr(KCFIDialect::kTypeIdAttrName) ||
        !canBeCalledIndirectly(function, *taken))
      return;
    function->emitError() << "the function has a signature but no type id: run "
                             "'kcfi-lower-pipeline' before the translation";
    result = failure();
  });
  return result;
}

/// MLIR's translation writes a case value of more than 64 bits as 2^64-1: the
/// switch would take another branch.
static LogicalResult requireCaseValues(ModuleOp module) {
  WalkResult result = module.walk([](LLVM::SwitchOp op) {
    std::optional<DenseIntElementsAttr> values = op.getCaseValues();
    if (!values)
      return WalkResult::advance();
    for (const APInt &value : values->getValues<APInt>())
      if (value.getActiveBits() > 64) {
        op.emitError() << "case value " << llvm::toString(value, 10, true)
                       << " needs more than 64 bits: MLIR would write another "
                          "value; compare it before the switch";
        return WalkResult::interrupt();
      }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

namespace {
/// Gives a module without a data layout that of its target as long as this
/// object lives. LLVM's default layout has pointers of 64 bits: with it, loads
/// and stores of a 32-bit target would claim alignments that no one keeps.
class TemporaryLayout {
public:
  explicit TemporaryLayout(ModuleOp module) : module(module) {
    if (module->hasAttr(kName) ||
        module->hasAttr(DLTIDialect::kDataLayoutAttrName))
      return;
    std::unique_ptr<TargetInfo> target = lookupTargetQuietly(module);
    if (!target)
      return;
    std::string layout = target->getTriple().computeDataLayout();
    if (layout.empty())
      return;
    module->setAttr(kName, StringAttr::get(module.getContext(), layout));
    isSet = true;
  }
  ~TemporaryLayout() {
    if (isSet)
      module->removeAttr(kName);
  }
  TemporaryLayout(const TemporaryLayout &) = delete;
  TemporaryLayout &operator=(const TemporaryLayout &) = delete;

private:
  const StringRef kName = LLVM::LLVMDialect::getDataLayoutAttrName();
  ModuleOp module;
  bool isSet = false;
};
} // namespace

std::unique_ptr<llvm::Module>
mlir::kcfi::exportModule(ModuleOp module, llvm::LLVMContext &context) {
  // LLVM has no nested modules; the translation would leave them out.
  for (auto nested : module.getOps<ModuleOp>()) {
    nested.emitError("a nested module has no LLVM IR: translate it on its own");
    return nullptr;
  }
  if (failed(requireIds(module)) || failed(requireCaseValues(module)))
    return nullptr;
  Inventory before = countProtection(module);
  if ((before.ids || before.checks) &&
      !module->hasAttr(KCFIDialect::kEncodingAttrName)) {
    module.emitError() << "the module has ids or checks, but no '"
                       << KCFIDialect::kEncodingAttrName
                       << "': LLVM would ignore them; run "
                          "'kcfi-assign-type-ids'";
    return nullptr;
  }
  TemporaryLayout layout(module);
  std::unique_ptr<llvm::Module> result =
      translate(module, context, module.getName().value_or("kcfi"));
  if (!result)
    return nullptr;
  Inventory after = countProtection(*result);
  if (!(before == after)) {
    module.emitError() << "the translation lost protection: " << before.ids
                       << " ids became " << after.ids << ", " << before.checks
                       << " checks became " << after.checks;
    return nullptr;
  }
  restoreStructors(module, *result);
  if (failed(restoreStandIns(module, *result)) ||
      failed(applyModuleFacts(module, *result)))
    return nullptr;
  eraseNodeLists(*result);
  if (failed(linkCarriedBodies(module, *result)))
    return nullptr;
  std::string message;
  llvm::raw_string_ostream os(message);
  if (llvm::verifyModule(*result, &os)) {
    module.emitError() << "the translation is not valid LLVM IR: "
                       << StringRef(message).trim().split('\n').first;
    return nullptr;
  }
  return result;
}

/// Translates and hands the LLVM module to `write`; nothing is written after an
/// error.
template <typename WriteFn>
static LogicalResult exportOperation(Operation *op, WriteFn write) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    return op->emitError("expected a module");
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> llvmModule = exportModule(module, context);
  if (!llvmModule)
    return failure();
  write(*llvmModule);
  return success();
}

LogicalResult mlir::kcfi::exportText(Operation *op, raw_ostream &os) {
  return exportOperation(
      op, [&](llvm::Module &module) { module.print(os, nullptr); });
}

LogicalResult mlir::kcfi::exportBitcode(Operation *op, raw_ostream &os) {
  return exportOperation(
      op, [&](llvm::Module &module) { llvm::WriteBitcodeToFile(module, os); });
}

void mlir::kcfi::registerToLLVMIRTranslations() {
  auto registerDialects = [](DialectRegistry &registry) {
    registerShortDiagnostics(registry);
    // All dialects, so that a module that is not lowered yet gets a better
    // error than one about an unknown dialect.
    registerAllDialects(registry);
    registerAllToLLVMIRTranslations(registry);
    registerKCFIDialectTranslation(registry);
  };
  static TranslateFromMLIRRegistration toText(
      "kcfi-to-llvmir", "Translate a lowered module to LLVM IR", exportText,
      registerDialects);
  static TranslateFromMLIRRegistration toBitcode(
      "kcfi-to-bitcode", "Translate a lowered module to LLVM bitcode",
      exportBitcode, registerDialects);
}
