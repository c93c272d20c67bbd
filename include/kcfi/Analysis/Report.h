//===- Report.h - Reports and explanations -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_REPORT_H
#define KCFI_ANALYSIS_REPORT_H

#include "kcfi/Analysis/ModuleInfo.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir::kcfi {

/// Prints the inventory for people.
void printTextReport(const ModuleInfo &info, llvm::raw_ostream &os);

/// Prints the inventory as one JSON object (docs/Report.md).
void printJSONReport(const ModuleInfo &info, llvm::raw_ostream &os);

/// Explains an id of a module: string, readable type, functions and call sites.
/// Returns false (and says so) if the module does not have the id.
bool explainId(const ModuleInfo &info, uint32_t id, llvm::raw_ostream &os);

/// Explains an id by a list of type-id strings, hashed with `hash`. Returns
/// false if none of them has the id.
bool explainId(ArrayRef<std::string> strings, HashKind hash, uint32_t id,
               llvm::raw_ostream &os);

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_REPORT_H
