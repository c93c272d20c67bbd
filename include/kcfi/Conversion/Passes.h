//===- Passes.h - Conversions from the kcfi dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CONVERSION_PASSES_H
#define KCFI_CONVERSION_PASSES_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::kcfi {

#define GEN_PASS_DECL
#include "kcfi/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "kcfi/Conversion/Passes.h.inc"

} // namespace mlir::kcfi

#endif // KCFI_CONVERSION_PASSES_H
