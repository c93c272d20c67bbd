//===- Hover.h - What an editor shows for a signature -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LSP_SERVER_HOVER_H
#define KCFI_LSP_SERVER_HOVER_H

#include "mlir/IR/Dialect.h"
#include "llvm/Support/LSP/Protocol.h"

#include <optional>
#include <string>

namespace mlir::kcfi {

/// What there is to say about the signature at `position` in a document: how a
/// person reads it, its string and its id under the options of the module
/// around it. Nothing if there is none; the server of MLIR knows about all
/// else.
std::optional<llvm::lsp::Hover>
getSignatureHover(const std::string &document, llvm::lsp::Position position,
                  const DialectRegistry &registry);

} // namespace mlir::kcfi

#endif // KCFI_LSP_SERVER_HOVER_H
