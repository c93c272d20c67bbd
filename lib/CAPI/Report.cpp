//===- Report.cpp - Reports in C -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi-c/Report.h"
#include "Callback.h"
#include "kcfi/Audit/Audit.h"
#include "kcfi/Audit/Report.h"
#include "kcfi/Program/ReadSummary.h"
#include "kcfi/Program/Summarize.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/CAPI/IR.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;
using namespace mlir::kcfi;

static const Program &get(KCFIProgram program) {
  return *static_cast<const Program *>(program.ptr);
}

static KCFIProgram makeProgram(Summary summary) {
  return {new Program(std::move(summary))};
}

/// The module; null, after an error, for other operations.
static ModuleOp getModule(MlirOperation op) {
  if (auto module = dyn_cast<ModuleOp>(unwrap(op)))
    return module;
  unwrap(op)->emitError("expected a module");
  return nullptr;
}

KCFIProgram kcfiProgramCreateFromModule(MlirOperation module,
                                        MlirStringRef unit) {
  ModuleOp op = getModule(module);
  if (!op)
    return {nullptr};
  FailureOr<Summary> summary = summarize(op, unwrap(unit));
  if (failed(summary))
    return {nullptr};
  return makeProgram(std::move(*summary));
}

KCFIProgram kcfiProgramRead(MlirDialectRegistry registry, intptr_t numFiles,
                            MlirStringRef const *files, unsigned numThreads,
                            MlirStringCallback error, void *errorUserData) {
  std::vector<std::string> paths;
  for (intptr_t i = 0; i < numFiles; ++i)
    paths.push_back(unwrap(files[i]).str());
  CallbackStream errors(error, errorUserData);
  FailureOr<Summary> summary =
      readSummaries(paths, *unwrap(registry), numThreads, errors);
  if (failed(summary))
    return {nullptr};
  return makeProgram(std::move(*summary));
}

void kcfiProgramDestroy(KCFIProgram program) {
  delete static_cast<Program *>(program.ptr);
}

/// Prints a report if the program is one.
static MlirLogicalResult printReport(
    const Program &program, MlirStringCallback callback, void *userData,
    MlirStringCallback error, void *errorUserData,
    llvm::function_ref<void(const Program &, llvm::raw_ostream &)> print) {
  if (program.conflicts.empty()) {
    CallbackStream os(callback, userData);
    print(program, os);
    return wrap(success());
  }
  CallbackStream errors(error, errorUserData);
  for (const Conflict &conflict : program.conflicts)
    errors << conflict.str() << "\n";
  return wrap(failure());
}

MlirLogicalResult kcfiProgramPrintReportJSON(KCFIProgram program,
                                             MlirStringCallback callback,
                                             void *userData,
                                             MlirStringCallback error,
                                             void *errorUserData) {
  return printReport(get(program), callback, userData, error, errorUserData,
                     printJSONReport);
}

MlirLogicalResult kcfiProgramPrintReport(KCFIProgram program, intptr_t limit,
                                         MlirStringCallback callback,
                                         void *userData,
                                         MlirStringCallback error,
                                         void *errorUserData) {
  return printReport(get(program), callback, userData, error, errorUserData,
                     [&](const Program &program, llvm::raw_ostream &os) {
                       // -1 is the largest number.
                       printTextReport(program, os, static_cast<size_t>(limit));
                     });
}

void kcfiProgramPrintAuditJSON(KCFIProgram program, MlirStringCallback callback,
                               void *userData) {
  CallbackStream os(callback, userData);
  printJSONFindings(audit(get(program)), os);
}

void kcfiProgramPrintAudit(KCFIProgram program, bool all,
                           MlirStringCallback callback, void *userData) {
  CallbackStream os(callback, userData);
  printTextFindings(audit(get(program)), all, os);
}

void kcfiProgramPrintSummary(KCFIProgram program, MlirStringCallback callback,
                             void *userData) {
  CallbackStream os(callback, userData);
  get(program).summary.write(os);
}

bool kcfiProgramExplain(KCFIProgram program, uint32_t id,
                        KCFIExplanationCallback callback, void *userData) {
  std::optional<Explanation> explanation = explainId(get(program), id);
  if (!explanation)
    return false;
  auto hand = [&](KCFIExplanationKind kind, StringRef text,
                  StringRef location = "") {
    callback(kind, wrap(text), wrap(location), userData);
  };
  auto getPlace = [](StringRef location, StringRef unit) {
    return location.empty() ? unit : location;
  };
  hand(KCFIExplanationType, explanation->type);
  for (StringRef string : explanation->strings)
    hand(KCFIExplanationString, string);
  for (const Explanation::Function &function : explanation->functions)
    hand(function.isDefined ? KCFIExplanationFunction
                            : KCFIExplanationDeclaration,
         function.name, getPlace(function.location, function.unit));
  for (const Site *site : explanation->sites)
    hand(KCFIExplanationCallSite, site->record->caller,
         getPlace(site->record->location, site->record->unit));
  return true;
}

bool kcfiProgramPrintExplanation(KCFIProgram program, uint32_t id,
                                 MlirStringCallback callback, void *userData) {
  CallbackStream os(callback, userData);
  return explainId(get(program), id, os);
}

/// Prints the report of a module, after errors none.
static MlirLogicalResult
printModuleReport(MlirOperation module, MlirStringCallback callback,
                  void *userData,
                  void (ModuleReport::*print)(llvm::raw_ostream &) const) {
  ModuleOp op = getModule(module);
  if (!op)
    return wrap(failure());
  FailureOr<ModuleReport> report = ModuleReport::compute(op);
  if (failed(report))
    return wrap(failure());
  CallbackStream os(callback, userData);
  ((*report).*print)(os);
  return wrap(success());
}

MlirLogicalResult kcfiModulePrintReportJSON(MlirOperation module,
                                            MlirStringCallback callback,
                                            void *userData) {
  return printModuleReport(module, callback, userData,
                           &ModuleReport::printJSON);
}

MlirLogicalResult kcfiModulePrintReport(MlirOperation module,
                                        MlirStringCallback callback,
                                        void *userData) {
  return printModuleReport(module, callback, userData,
                           &ModuleReport::printText);
}
