//===- kcfi-c/Report.h - Programs: reports, audits, explanations -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program is what one module or several files say together about functions,
// ids and indirect calls (docs/Report.md, docs/Audit.md). It is data of its
// own: it needs neither the module nor the context that it was made of, and
// does not change any more. Several threads may read one.
//
// Text is handed to callbacks in pieces that are valid during the call only. A
// null callback throws its text away.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_C_REPORT_H
#define KCFI_C_REPORT_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A program; null after an error.
typedef struct KCFIProgram {
  void *ptr;
} KCFIProgram;

/// The program of one module (`builtin.module`) on any level, under the name
/// `unit`. Ids that the module does not have yet are computed from signatures
/// where it has a target. Null, after errors through the context's diagnostics,
/// if `module` is no module or its references to functions cannot be listed.
/// The caller owns the result. The module must not change meanwhile.
MLIR_CAPI_EXPORTED KCFIProgram kcfiProgramCreateFromModule(MlirOperation module,
                                                           MlirStringRef unit);

/// The program of the given files: LLVM IR and MLIR (text or binary) and
/// summaries, told by their content. `registry` has the dialects of the MLIR
/// files; see kcfiRegisterAllDialects. `numThreads` threads read the files; 0
/// stands for one a processor. Null if a file cannot be read, each with a
/// message to `error`, which ends in a line feed. The caller owns the result.
///
/// MLIR bytecode is read on trial first, since MLIR's reader crashes on some
/// damaged files: this takes the process's signal handlers meanwhile, so that
/// no two threads may read bytecode at a time.
MLIR_CAPI_EXPORTED KCFIProgram kcfiProgramRead(
    MlirDialectRegistry registry, intptr_t numFiles, MlirStringRef const *files,
    unsigned numThreads, MlirStringCallback error, void *errorUserData);

/// Ends the life of a program; null is allowed.
MLIR_CAPI_EXPORTED void kcfiProgramDestroy(KCFIProgram program);

/// True if this is no program.
static inline bool kcfiProgramIsNull(KCFIProgram program) {
  return !program.ptr;
}

/// Hands the report to `callback` as one JSON object (docs/Report.md). Fails,
/// with a message to `error` and without a report, if options of the units
/// contradict each other: numbers of what is not one program mean nothing.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiProgramPrintReportJSON(
    KCFIProgram program, MlirStringCallback callback, void *userData,
    MlirStringCallback error, void *errorUserData);

/// The same as text. Lists end after `limit` lines with the number of those
/// left out; -1 stands for no limit.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiProgramPrintReport(
    KCFIProgram program, intptr_t limit, MlirStringCallback callback,
    void *userData, MlirStringCallback error, void *errorUserData);

/// Hands the findings of the audit, ranked, to `callback` as one JSON object
/// (docs/Audit.md).
MLIR_CAPI_EXPORTED void kcfiProgramPrintAuditJSON(KCFIProgram program,
                                                  MlirStringCallback callback,
                                                  void *userData);

/// The same as text; notes are only counted unless `all`.
MLIR_CAPI_EXPORTED void kcfiProgramPrintAudit(KCFIProgram program, bool all,
                                              MlirStringCallback callback,
                                              void *userData);

/// Hands the records of the program to `callback`, as docs/Summary.md describes
/// them: kcfiProgramRead reads them again.
MLIR_CAPI_EXPORTED void kcfiProgramPrintSummary(KCFIProgram program,
                                                MlirStringCallback callback,
                                                void *userData);

/// What an explanation consists of.
typedef enum KCFIExplanationKind {
  /// The type as a person reads it; once.
  KCFIExplanationType,
  /// A type-id string that has the id; none where only the id is known.
  KCFIExplanationString,
  /// The name of a function that has the id and is defined.
  KCFIExplanationFunction,
  /// The same for one that is declared only.
  KCFIExplanationDeclaration,
  /// The function that contains an indirect call with the id; empty outside of
  /// functions.
  KCFIExplanationCallSite
} KCFIExplanationKind;

/// Called for each part of an explanation, in the order above. `location` is
/// `file:line:column`, the unit where that is not known, and empty for types
/// and strings. Both strings are valid during the call only.
typedef void (*KCFIExplanationCallback)(KCFIExplanationKind kind,
                                        MlirStringRef text,
                                        MlirStringRef location, void *userData);

/// Explains an id: what `kcfi-opt --kcfi-explain` prints, as data. Returns
/// false, without a call of `callback`, if nothing in the program has the id.
MLIR_CAPI_EXPORTED bool kcfiProgramExplain(KCFIProgram program, uint32_t id,
                                           KCFIExplanationCallback callback,
                                           void *userData);

/// The same as text; says so if the id is not known, and returns false.
MLIR_CAPI_EXPORTED bool kcfiProgramPrintExplanation(KCFIProgram program,
                                                    uint32_t id,
                                                    MlirStringCallback callback,
                                                    void *userData);

/// What the pass `kcfi-report=format=json` prints for a module: the report as
/// JSON with what is known of equivalences and extra entries, under the unit
/// "module". Fails with errors through the context's diagnostics; then there is
/// no report.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiModulePrintReportJSON(
    MlirOperation module, MlirStringCallback callback, void *userData);

/// The same as text: what the pass `kcfi-report` prints.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiModulePrintReport(
    MlirOperation module, MlirStringCallback callback, void *userData);

#ifdef __cplusplus
}
#endif

#endif // KCFI_C_REPORT_H
