//===- TypeIdString.h - Type-id strings read back --------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ENCODING_TYPEIDSTRING_H
#define KCFI_ENCODING_TYPEIDSTRING_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace mlir::kcfi {

/// What the demangler makes of a type-id string, without salt and suffixes;
/// empty if it is not a mangled type.
std::string demangleTypeIdString(llvm::StringRef string);

} // namespace mlir::kcfi

#endif // KCFI_ENCODING_TYPEIDSTRING_H
