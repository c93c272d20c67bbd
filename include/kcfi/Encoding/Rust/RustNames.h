//===- RustNames.h - What mangled names of Rust say -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ENCODING_RUST_RUSTNAMES_H
#define KCFI_ENCODING_RUST_RUSTNAMES_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <utility>

namespace mlir::kcfi {

/// The path behind a symbol that rustc named, in v0 or legacy mangling, as in
/// `<m::S as m::Shape>::area`; empty for other names.
std::string demangleRustName(llvm::StringRef symbol);

/// Trait (with its arguments) and method of `<TYPE as TRAIT>::METHOD`. Rust
/// hashes the types of such methods with TYPE as a trait object of the trait.
using TraitMethod = std::pair<std::string, std::string>;
std::optional<TraitMethod> parseTraitMethod(llvm::StringRef path);

/// True for the body of a closure, and for the shim that stands for it in
/// tables of `FnOnce`.
bool isClosureInTable(llvm::StringRef path);

/// TYPE of `<TYPE as TRAIT>::METHOD`, also of shims of the method, and of the
/// function that destroys values of TYPE; empty for others.
std::string parseImplementingType(llvm::StringRef path);

} // namespace mlir::kcfi

#endif // KCFI_ENCODING_RUST_RUSTNAMES_H
