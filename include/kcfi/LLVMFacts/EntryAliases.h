//===- EntryAliases.h - Extra entries in LLVM IR ----------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LLVMFACTS_ENTRYALIASES_H
#define KCFI_LLVMFACTS_ENTRYALIASES_H

#include "llvm/ADT/StringRef.h"

namespace llvm {
class Module;
}

namespace mlir::kcfi {

/// Attribute of the functions that `replaceEntryAliases` makes: the name of the
/// function that they are an entry of.
inline constexpr llvm::StringLiteral kEntryOfAttrName{"kcfi-entry-of"};

/// Makes a function of each alias that is an extra entry in the prefix data of
/// a function, which has the id that stands in front of the entry and calls the
/// function: what the entry does, in a way that an analysis of LLVM IR
/// understands. Aliases of other kinds, and those of targets that are not
/// known, stay what they are.
void replaceEntryAliases(llvm::Module &module);

} // namespace mlir::kcfi

#endif // KCFI_LLVMFACTS_ENTRYALIASES_H
