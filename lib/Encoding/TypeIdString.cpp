//===- TypeIdString.cpp - Type-id strings read back ------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/TypeIdString.h"

#include "llvm/Demangle/Demangle.h"

using namespace llvm;

std::string mlir::kcfi::demangleTypeIdString(StringRef string) {
  // The mangled type ends before the first dot: no character of a mangling is
  // one, salts and suffixes follow after one.
  std::string mangled = string.split('.').first.str();
  if (!StringRef(mangled).starts_with("_ZTS"))
    return "";
  std::string text = llvm::demangle(mangled);
  StringRef readable = text;
  if (!readable.consume_front("typeinfo name for "))
    return "";
  return readable.str();
}
