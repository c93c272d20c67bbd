//===- SignatureParts.h - Parts of signatures of C and Rust -----*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_INTEROP_SIGNATUREPARTS_H
#define KCFI_LIB_INTEROP_SIGNATUREPARTS_H

#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/IR/KCFITypes.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>
#include <string>

namespace mlir::kcfi::interop {

/// The only argument of an `Option`, or null.
Type getOptionArgument(Type rust);

/// What a wrapper without type parameters contains, or null.
Type getWrappedType(Type rust);

/// The fn pointer that a Rust type is passed as, or null.
RustFnType getFnPointer(Type rust);

/// True if values of a type are known to be passed like a pointer.
bool isPointerLike(Type rust);

/// The type that a C pointer points to, with its qualifiers; null for others.
Type getPointee(Type c);

bool isVoid(Type c);
bool isNever(Type rust);
bool isInteger(Type rust);

/// `core::ffi::c_void`. In which build of core does not count.
Type getCVoid(MLIRContext *context);

EncodingAttr withOptions(EncodingAttr encoding, bool normalizeIntegers,
                         bool generalizePointers);

/// Where a part of a signature stands, which decides how it is encoded alone.
enum class Place : uint8_t { Param, Result, Pointee };

/// Encodes parts as if they were the only ones. What is tried has most parts in
/// common, so results are kept.
class PartEncoder {
public:
  PartEncoder(const TargetInfo &target, const DefinitionTable &definitions)
      : target(target), definitions(definitions) {}

  /// The text of a part, or nothing if it has none.
  std::optional<std::string> encode(Type part, Place place, RustAbi abi,
                                    EncodingAttr encoding);

private:
private:
  const TargetInfo &target;
  const DefinitionTable &definitions;
  using Key = std::tuple<Type, Attribute, unsigned, unsigned>;
  llvm::DenseMap<Key, std::optional<std::string>> known;
};

} // namespace mlir::kcfi::interop

#endif // KCFI_LIB_INTEROP_SIGNATUREPARTS_H
