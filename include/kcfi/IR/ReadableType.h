//===- ReadableType.h - Signatures as a person reads them -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_READABLETYPE_H
#define KCFI_IR_READABLETYPE_H

#include "mlir/IR/Types.h"

#include <string>

namespace mlir::kcfi {

/// The C or C++ spelling of a type of this dialect, as a declaration without a
/// name: `int (int (*)(int), const char *)`. `raw` and `encoded` types, which
/// have no spelling, are described. Meant for people; not an encoding.
std::string getReadableType(Type type);

} // namespace mlir::kcfi

#endif // KCFI_IR_READABLETYPE_H
