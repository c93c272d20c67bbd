//===- IdMap.h - Maps and sets of type ids ----------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any 32-bit number may be an id. LLVM's containers reserve two values of their
// keys and take them for empty places, so the keys are wider here.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ENCODING_IDMAP_H
#define KCFI_ENCODING_IDMAP_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

#include <cstdint>

namespace mlir::kcfi {

template <typename T>
using IdMap = llvm::DenseMap<uint64_t, T>;
template <typename T>
using IdMapVector = llvm::MapVector<uint64_t, T>;
using IdSet = llvm::DenseSet<uint64_t>;

} // namespace mlir::kcfi

#endif // KCFI_ENCODING_IDMAP_H
