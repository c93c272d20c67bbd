//===- ReadableRustType.h - Rust types as a person reads them -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_IR_RUST_READABLERUSTTYPE_H
#define KCFI_LIB_IR_RUST_READABLERUSTTYPE_H

#include "kcfi/IR/KCFITypes.h"

namespace mlir::kcfi::helpers {

/// A type of the Rust family as Rust spells it: `fn(&dyn Shape) -> f64`. Paths
/// are reduced to their last name, regions are left out.
std::string getReadableRustType(Type type);

} // namespace mlir::kcfi::helpers

#endif // KCFI_LIB_IR_RUST_READABLERUSTTYPE_H
