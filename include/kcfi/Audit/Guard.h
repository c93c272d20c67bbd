//===- Guard.h - What passes did to ids and checks -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compares a program before LLVM's passes with what they made of it. Passes may
// delete, inline and copy code, and turn a checked call into a direct one of a
// function with the same id; they must not change ids or drop checks otherwise.
// docs/Guard.md describes the kinds.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_AUDIT_GUARD_H
#define KCFI_AUDIT_GUARD_H

#include "kcfi/Program/Program.h"

namespace mlir::kcfi {

enum class DamageKind : uint8_t {
  /// A unit is not protected any more, or with other options.
  OptionsChanged,
  IdLost,
  IdChanged,
  /// An alias stands for a function, with another id.
  AliasId,
  /// Another function stands in its place, with another id.
  ViewChanged,
  /// The address of a function without an id is taken.
  NoId,
  /// An indirect call lost its check.
  CheckLost,
  /// A check compares with another id.
  CheckChanged,
  /// A checked call became a direct one of a function that the check refuses.
  WrongPromotion,
  /// A direct call lost a check that would fail.
  MismatchDropped,
};

StringRef getDamageName(DamageKind kind);

struct Damage {
  DamageKind kind;
  std::string message;
  /// `file:line:column`, or the unit.
  std::string place;
};

/// What `after` lost of the protection of `before`.
std::vector<Damage> compare(const Program &before, const Program &after);

} // namespace mlir::kcfi

#endif // KCFI_AUDIT_GUARD_H
