//===- Lower.h - The dialect of the language to kcfi -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MINT_LOWER_H
#define MINT_LOWER_H

#include "mlir/Pass/Pass.h"

namespace mint {

/// Lowers the dialect of the language to kcfi, func and llvm; `kcfi`'s own
/// pipeline does the rest.
std::unique_ptr<mlir::Pass> createLowerPass();

} // namespace mint

#endif // MINT_LOWER_H
