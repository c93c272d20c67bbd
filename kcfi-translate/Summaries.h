//===- Summaries.h - Translations to summaries -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_KCFI_TRANSLATE_SUMMARIES_H
#define KCFI_KCFI_TRANSLATE_SUMMARIES_H

namespace mlir::kcfi {

/// Registers `--kcfi-to-summary` (MLIR on any level), `--llvmir-to-summary`
/// (text and bitcode), `--normalize-summary` and the option `--unit` for
/// mlir-translate-like tools.
void registerToSummaryTranslations();

} // namespace mlir::kcfi

#endif // KCFI_KCFI_TRANSLATE_SUMMARIES_H
