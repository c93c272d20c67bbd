//===- DebugLocations.cpp - Source locations in LLVM IR ---------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/LLVMFacts/DebugLocations.h"

#include "llvm/IR/DebugInfoMetadata.h"

std::string mlir::kcfi::getLocation(const llvm::DILocation *location) {
  if (!location)
    return "";
  return (location->getFilename() + ":" + llvm::Twine(location->getLine()) +
          ":" + llvm::Twine(location->getColumn()))
      .str();
}
