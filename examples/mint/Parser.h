//===- Parser.h - Source text to syntax trees -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MINT_PARSER_H
#define MINT_PARSER_H

#include "Syntax.h"
#include "llvm/Support/SourceMgr.h"

namespace mint {

/// Parses the main file of `sourceMgr`. After an error, which goes to
/// `reportError`, there is no program.
std::optional<Program> parseProgram(
    const llvm::SourceMgr &sourceMgr,
    llvm::function_ref<void(llvm::SMLoc, const llvm::Twine &)> reportError);

} // namespace mint

#endif // MINT_PARSER_H
