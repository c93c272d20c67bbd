//===- KCFIVersion.h - Version of the bytecode encoding -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIVERSION_H
#define KCFI_IR_KCFIVERSION_H

#include "mlir/Bytecode/BytecodeImplementation.h"

#include <tuple>

namespace mlir::kcfi {

/// Version of the dialect's bytecode. A reader accepts its own and all older
/// versions. Raise `kCurrentMinor` when an entry of KCFIDialectBytecode.td is
/// appended or an operation gets a property, `kCurrentMajor` when an entry
/// changes; the table of versions is in
/// docs/Bytecode.md.
struct KCFIDialectVersion : public DialectVersion {
  static constexpr uint64_t kCurrentMajor = 1;
  static constexpr uint64_t kCurrentMinor = 3;

  KCFIDialectVersion() = default;
  KCFIDialectVersion(uint64_t majorVersion, uint64_t minorVersion)
      : majorVersion(majorVersion), minorVersion(minorVersion) {}

  bool isAtLeast(uint64_t otherMajor, uint64_t otherMinor) const {
    return std::tie(majorVersion, minorVersion) >=
           std::tie(otherMajor, otherMinor);
  }

  uint64_t majorVersion = kCurrentMajor;
  uint64_t minorVersion = kCurrentMinor;
};

} // namespace mlir::kcfi

#endif // KCFI_IR_KCFIVERSION_H
