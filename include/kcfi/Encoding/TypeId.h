//===- TypeId.h - The type id of one signature -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// All that a compiler needs which only wants strings and ids: this include and
// the library KCFIEncoding.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ENCODING_TYPEID_H
#define KCFI_ENCODING_TYPEID_H

#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/TypeBuilders.h"

namespace mlir::kcfi {

/// The id of a signature on a target, with the string that it is the hash of.
/// The default encoding is that of clang and rustc without further options. For
/// a Rust function, `callable` says what it is; an ordinary item needs none.
/// `definitions` are those of Rust items that the id depends on.
///
/// Errors are those of `encodeSignature`, targets without KCFI, and ids that
/// the target cannot use. For many signatures, keep a `TypeIdCache`.
llvm::Expected<TypeIdAttr> encodeTypeId(Type signature, StringRef triple,
                                        EncodingAttr encoding = {},
                                        RustCallableAttr callable = {},
                                        DefinitionTable definitions = {});

} // namespace mlir::kcfi

#endif // KCFI_ENCODING_TYPEID_H
