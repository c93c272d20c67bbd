//===- Repairs.h - Rust declarations that are more like C -------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_INTEROP_REPAIRS_H
#define KCFI_LIB_INTEROP_REPAIRS_H

#include "SignatureParts.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"

namespace mlir::kcfi::interop {

/// What is tried, as bits. The order is that in which fixes are offered.
enum Repair : unsigned {
  /// Both compilers change the option.
  NormalizeIntegers = 1,
  GeneralizePointers = 2,
  /// `extern "C"` on the function and on fn pointers in it.
  CAbi = 4,
  /// The raw pointers of C in place of references and of other raw pointers.
  RawPointers = 8,
  /// `fn` in place of `Option<fn>`.
  FnPointers = 16,
  /// What a type with `cfi_encoding` contains in its place, `()` for `!`.
  PlainTypes = 32,
  /// A new type whose `cfi_encoding` is the text of the C type.
  CfiEncodings = 64,
  /// A raw pointer in place of a fn pointer, which no one wants to call. Only
  /// such a one is abbreviated like a fn pointer of C, of which the function
  /// itself is a component, or is generalised like one.
  RawCallbacks = 128,
};
constexpr unsigned kAllRepairs = 255;

/// Makes a Rust signature that is more like one of C.
class Rewriter {
public:
  Rewriter(unsigned repairs, EncodingAttr encoding, PartEncoder &parts,
           const llvm::DenseSet<Type> &enums)
      : repairs(repairs), encoding(encoding), parts(parts), enums(enums) {}

  RustFnType rewrite(FnType c, RustFnType rust);

  /// Definitions of the new types in the rewritten signature.
  ArrayRef<std::string> getDefinitions() const { return definitions; }

private:
  bool has(Repair repair) const { return repairs & repair; }
  Type rewrite(Type c, Type rust, Place place);
  Type rewritePointer(Type pointee, Type rust);
  bool isPassedAlike(Type c, Type rust, Place place) const;
  bool isPassedAlike(FnType c, RustFnType rust) const;
  Type makeNewtype(Type c, Type rust, StringRef text);

  unsigned repairs;
  EncodingAttr encoding;
  PartEncoder &parts;
  /// The tags that are those of enumerations; canonical types do not say it.
  const llvm::DenseSet<Type> &enums;
  /// Of the function around the current part.
  RustAbi abi = RustAbi::C;
  unsigned depth = 0;
  SmallVector<std::string> definitions;
  llvm::StringMap<RustAdtType> newtypes;
};

} // namespace mlir::kcfi::interop

#endif // KCFI_LIB_INTEROP_REPAIRS_H
