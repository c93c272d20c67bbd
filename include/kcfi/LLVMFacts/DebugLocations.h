//===- DebugLocations.h - Source locations in LLVM IR -----------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LLVMFACTS_DEBUGLOCATIONS_H
#define KCFI_LLVMFACTS_DEBUGLOCATIONS_H

#include "llvm/ADT/Twine.h"

#include <string>

namespace llvm {
class DILocation;
}

namespace mlir::kcfi {

/// `file:line:column`, or empty without a location.
std::string getLocation(const llvm::DILocation *location);

/// `file:line:0` of the definition of a function or variable, or empty:
/// definitions have lines, no columns.
template <typename NodeT>
std::string getDefinitionLocation(const NodeT *node) {
  if (!node)
    return "";
  return (node->getFilename() + ":" + llvm::Twine(node->getLine()) + ":0")
      .str();
}

} // namespace mlir::kcfi

#endif // KCFI_LLVMFACTS_DEBUGLOCATIONS_H
