//===- World.h - What relies on the ids of a module ------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_WORLD_H
#define KCFI_ANALYSIS_WORLD_H

#include <cstdint>

namespace mlir::kcfi {

/// What code outside of a module may do with its functions.
enum class World : uint8_t {
  /// Call those whose symbol it can see.
  Symbols,
  /// Anything: no function's own id may change.
  Open,
  /// Nothing: the module is the whole program, apart from what it declares.
  Closed,
};

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_WORLD_H
