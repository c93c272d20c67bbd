//===- Encoding.h - Signatures to strings to ids -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The encoding library: pure functions from a signature, the encoding options
// and the target to the type-id string and the id. No operations, no passes; a
// compiler that only wants ids needs a context with the kcfi dialect and this.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ENCODING_ENCODING_H
#define KCFI_ENCODING_ENCODING_H

#include "kcfi/Encoding/IdMap.h"
#include "kcfi/Encoding/Rust/Equivalence.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"

#include <string>

namespace mlir::kcfi {

/// The 32-bit id of a type-id string: the low half of XXH64, or FNV-1a.
uint32_t hashTypeIdString(StringRef string, HashKind hash);

/// The canonical form of a component or function type on a target, the one that
/// C and C++ compilers mangle: no typedefs, `va_list` replaced by its
/// definition, parameters adjusted (arrays and functions are pointers, no
/// qualifiers on top), qualifiers of arrays on their elements, reference
/// collapsing done. Two types are the same type if and only if their canonical
/// forms are equal, except for arrays of variable length, which equal nothing.
/// Fails on types that nest too deeply.
llvm::Expected<Type> getCanonicalType(Type type, const TargetInfo &target);

/// The type-id string of a signature:
///
///     "_ZTS" + Itanium mangling + ["." + salt] + [".normalized"] +
///     [".generalized"]
///
/// as clang computes it for `-fsanitize=kcfi`
/// (CodeGenModule::CreateKCFITypeId), and rustc for a signature of the Rust
/// family. For an `encoded` type that is its string.
///
/// Errors: `raw` types, which have no string; tags without a name, whose
/// encoding is known to the front end only; targets with Microsoft mangling;
/// `encoded` strings whose suffixes contradict `encoding`; types that nest too
/// deeply; those of `getClassRepresentative`; Rust constants of type `char`
/// unless integers are normalised.
llvm::Expected<std::string>
encodeSignature(Type signature, EncodingAttr encoding, const TargetInfo &target,
                const DefinitionTable &definitions = {});

/// Memoised ids of one module. Not thread-safe.
class TypeIdCache {
public:
  /// Of each pair of `merged` the first signature has the id of the second, and
  /// so have all of its class.
  TypeIdCache(EncodingAttr encoding, const TargetInfo &target,
              DefinitionTable definitions = {},
              ArrayRef<std::pair<Type, Type>> merged = {})
      : encoding(encoding), target(target), definitions(std::move(definitions)),
        merged(merged) {}

  /// The id of a signature, with its string unless the type is `raw`. Errors
  /// are those of `encodeSignature`, also for merged classes, and ids that the
  /// target cannot use.
  llvm::Expected<TypeIdAttr> getTypeId(Type signature);

  /// The id in front of a function with this signature, which for a Rust
  /// function depends on what it is; `callable` may be null.
  llvm::Expected<TypeIdAttr> getEntryTypeId(Type signature,
                                            RustCallableAttr callable);

private:
  /// The id without regard to merged classes.
  llvm::Expected<TypeIdAttr> encode(Type signature);
  llvm::Error resolveMerged();
  /// The id that the class of `id` has after merges.
  TypeIdAttr replace(TypeIdAttr id) const;

  EncodingAttr encoding;
  const TargetInfo &target;
  DefinitionTable definitions;
  SmallVector<std::pair<Type, Type>> merged;
  /// What the ids of merged classes have become; filled from `merged`.
  IdMapVector<TypeIdAttr> replacements;
  llvm::DenseMap<Type, TypeIdAttr> ids;
};

} // namespace mlir::kcfi

#endif // KCFI_ENCODING_ENCODING_H
