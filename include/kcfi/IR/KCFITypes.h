//===- KCFITypes.h - Types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFITYPES_H
#define KCFI_IR_KCFITYPES_H

#include "kcfi/IR/KCFIAttributes.h"

#define GET_TYPEDEF_CLASSES
#include "kcfi/IR/KCFITypes.h.inc"

namespace mlir::kcfi {

/// The kinds of types, so that algorithms over types are switches which the
/// compiler checks for completeness.
enum class TypeKind : uint8_t {
#define KCFI_TYPE(NAME, FAMILY) NAME,
#include "kcfi/IR/TypeKinds.def"
};

/// The kind of a type of this dialect; nothing for any other type.
std::optional<TypeKind> getTypeKind(Type type);

/// The languages whose types do not mix in one signature.
enum class TypeFamily : uint8_t {
  /// Signatures that may come from any language, and values.
  None,
  /// C and C++.
  C,
  Rust,
};
TypeFamily getTypeFamily(TypeKind kind);

/// The kinds of one family. A switch over the types of a family names these and
/// no others.
enum class CTypeKind : uint8_t {
#define KCFI_C_TYPE(NAME) NAME = static_cast<uint8_t>(TypeKind::NAME),
#include "kcfi/IR/TypeKinds.def"
};
enum class RustTypeKind : uint8_t {
#define KCFI_RUST_TYPE(NAME) NAME = static_cast<uint8_t>(TypeKind::NAME),
#include "kcfi/IR/TypeKinds.def"
};
enum class SharedTypeKind : uint8_t {
#define KCFI_SHARED_TYPE(NAME) NAME = static_cast<uint8_t>(TypeKind::NAME),
#include "kcfi/IR/TypeKinds.def"
};

/// The kind of a type that has to be of the family `C`, `Rust` or `None`.
CTypeKind getCTypeKind(Type type);
RustTypeKind getRustTypeKind(Type type);
SharedTypeKind getSharedTypeKind(Type type);

/// True for the types that can be the type of a function as a whole: `fn`,
/// `rs.fn`, `encoded`, `raw`.
bool isSignature(Type type);
/// Those types as a diagnostic lists them.
inline constexpr llvm::StringLiteral kSignatureTypes =
    "'!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw'";

/// The qualifiers that are attributes of a parameter, and a part of the
/// function type only.
inline constexpr Qualifiers kParameterQualifiers =
    Qualifiers::NoEscape | Qualifiers::SwiftContext |
    Qualifiers::SwiftAsyncContext | Qualifiers::SwiftErrorResult |
    Qualifiers::SwiftIndirectResult;

/// The attributes of a parameter that is written as `type`.
Qualifiers getParameterQualifiers(Type type);

/// A parameter type without its attributes.
Type stripParameterQualifiers(Type type);

/// True if a parameter without size is passed: by Microsoft's ABI for x86-64,
/// for which Rust, like GCC, passes a pointer to nothing.
bool passesZsts(RustAbi abi);

/// True for the types that can be a part of a signature of `family`.
bool isComponent(Type type, TypeFamily family);

/// Deeper types do not occur in programs; to walk over them would exhaust the
/// stack. They are refused wherever they can come in: by the parser, the
/// bytecode reader and the encoder.
inline constexpr unsigned kMaxTypeDepth = 256;

/// True if types and attributes of this dialect are nested in each other more
/// than `kMaxTypeDepth` levels deep. Takes time in proportion to the number of
/// different types.
bool isNestedTooDeep(Type type);
bool isNestedTooDeep(Attribute attr);

/// `type` without typedefs around it.
Type stripTypedefs(Type type);

/// `type` without typedefs and qualifiers around it.
Type stripSugarAndQualifiers(Type type);

} // namespace mlir::kcfi

#endif // KCFI_IR_KCFITYPES_H
