//===- RustMangler.h - rustc's encoding of Rust types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_ENCODING_RUST_RUSTMANGLER_H
#define KCFI_LIB_ENCODING_RUST_RUSTMANGLER_H

#include "kcfi/IR/KCFITypes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/Support/Error.h"

namespace mlir::kcfi {

/// Mangles a signature that is the representative of its class, as rustc does
/// for its CFI sanitizers. Errors: constants of type `char`, which have no
/// encoding.
llvm::Expected<std::string> mangleRustSignature(RustFnType signature,
                                                const TargetInfo &target);

} // namespace mlir::kcfi

#endif // KCFI_LIB_ENCODING_RUST_RUSTMANGLER_H
