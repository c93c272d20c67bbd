//===- InitAll.h - Registration of everything -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_INITALL_H
#define KCFI_INITALL_H

#include "kcfi/Checks/Passes.h"
#include "kcfi/Conversion/KCFIToLLVM/KCFIToLLVM.h"
#include "kcfi/Conversion/Passes.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/Pipelines/Pipelines.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/Transforms/Passes.h"

namespace mlir::kcfi {

/// The dialect and its conversion, for tools that do not translate.
inline void registerDialect(DialectRegistry &registry) {
  registry.insert<KCFIDialect>();
  registerConvertKCFIToLLVMInterface(registry);
}

/// The dialect and its extensions of other dialects' facilities.
inline void registerAll(DialectRegistry &registry) {
  registerDialect(registry);
  registerKCFIDialectTranslation(registry);
}

/// The passes and pipelines.
inline void registerAllPasses() {
  registerKCFIChecksPasses();
  registerKCFITransformsPasses();
  registerKCFIConversionPasses();
  registerPipelines();
}

} // namespace mlir::kcfi

#endif // KCFI_INITALL_H
