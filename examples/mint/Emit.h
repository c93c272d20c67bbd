//===- Emit.h - Syntax trees to the dialect of the language -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MINT_EMIT_H
#define MINT_EMIT_H

#include "Syntax.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/SourceMgr.h"

namespace mint {

/// Where `loc` is in the main file of `sourceMgr`.
mlir::Location getLocation(const llvm::SourceMgr &sourceMgr, llvm::SMLoc loc,
                           mlir::MLIRContext *context);

/// Checks names and types, and makes a module. Null after an error.
mlir::OwningOpRef<mlir::ModuleOp> emitModule(const Program &program,
                                             const llvm::SourceMgr &sourceMgr,
                                             mlir::MLIRContext *context);

} // namespace mint

#endif // MINT_EMIT_H
