//===- kcfi-c/Passes.h - Passes, pipelines and remarks -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For each pass X of docs/Passes.md there are mlirCreateKCFITransformsX and
// mlirRegisterKCFITransformsX (KCFIConversion for conversions); the creators
// give the pass with its default options. Options are set by the pipeline's
// text (mlirParsePassPipeline, mlirOpPassManagerAddPipeline).
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_C_PASSES_H
#define KCFI_C_PASSES_H

#include "mlir-c/IR.h"
#include "mlir-c/Pass.h"
#include "mlir-c/Support.h"

#include "kcfi-c/Passes.capi.h.inc"
#include "kcfi/Conversion/Passes.capi.h.inc"

#ifdef __cplusplus
extern "C" {
#endif

/// Registers the passes and pipelines of this project and all passes of MLIR,
/// so that the text of a pipeline can name them. The registry belongs to the
/// process. More than one call does no harm, from several threads neither;
/// parsing a pipeline meanwhile does.
MLIR_CAPI_EXPORTED void kcfiRegisterAllPasses(void);

/// Registers `kcfi-lower-pipeline` and `kcfi-roundtrip-pipeline` alone, under
/// the same conditions.
MLIR_CAPI_EXPORTED void kcfiRegisterPipelines(void);

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

/// What a remark is about.
typedef enum KCFIRemarkKind {
  /// An optimisation was applied.
  KCFIRemarkPassed,
  /// One could have been, and was not.
  KCFIRemarkMissed,
  /// One was tried and failed.
  KCFIRemarkFailed,
  /// A fact, such as a number.
  KCFIRemarkAnalysis
} KCFIRemarkKind;

/// One key and value of a remark, in the order in which they were added.
typedef struct KCFIRemarkArgument {
  MlirStringRef key;
  MlirStringRef value;
  /// The attribute behind the value, or null if there is none.
  MlirAttribute attribute;
} KCFIRemarkArgument;

/// A remark. All that it points to is valid during the callback only, except
/// for locations and attributes, which are the context's.
typedef struct KCFIRemark {
  KCFIRemarkKind kind;
  /// The category, e.g. "kcfi", with ":" and its part if it has one.
  MlirStringRef category;
  /// What the remark is called, and the function that it is about; empty where
  /// it does not say.
  MlirStringRef name;
  MlirStringRef function;
  MlirLocation location;
  /// The remark's text for people.
  MlirStringRef message;
  intptr_t numArguments;
  const KCFIRemarkArgument *arguments;
} KCFIRemark;

/// Called with each remark; never by two threads at a time, but maybe by
/// another thread than the one that runs passes. Must not change the context's
/// handler.
typedef void (*KCFIRemarkCallback)(const KCFIRemark *remark, void *userData);

/// Lets `context` hand each remark whose category matches the regular
/// expression `categories` (POSIX extended; all if it is empty) to `callback`,
/// in place of what was set up for remarks before. `deleteUserData` (may be
/// null) is called with `userData` once: when another handler takes its place,
/// when the handler is removed, or when the context is destroyed. Passes must
/// not run meanwhile.
///
/// Fails with an error through the context's diagnostics if the expression is
/// not valid; the context stays as it is then, and `userData` is not deleted.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiContextSetRemarkHandler(
    MlirContext context, MlirStringRef categories, KCFIRemarkCallback callback,
    void *userData, void (*deleteUserData)(void *userData));

/// Takes the handler away; remarks cost nothing from then on. No handler is no
/// error.
MLIR_CAPI_EXPORTED void kcfiContextRemoveRemarkHandler(MlirContext context);

#ifdef __cplusplus
}
#endif

#endif // KCFI_C_PASSES_H
