//===- MachineTypes.h - Signatures against machine types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_MACHINETYPES_H
#define KCFI_IR_MACHINETYPES_H

#include "kcfi/IR/KCFITypes.h"
#include "mlir/IR/Operation.h"

namespace mlir::kcfi::helpers {

/// What a signature of either family says about machine types.
struct SourceSignature {
  /// Nothing for signatures that say nothing, such as `raw`.
  static std::optional<SourceSignature> get(Type signature);

  Type type;
  /// Without those that are not passed.
  SmallVector<Type> params;
  Type result;
  bool isVariadic = false;
  bool isUnprototyped = false;

  /// True if the number of machine parameters is that of `params`, i.e. no
  /// parameter or result is one that the ABI may split or move.
  bool hasDirectParameters() const;
};

/// The machine-level type of a function or call.
struct MachineSignature {
  TypeRange inputs;
  TypeRange results;
  /// The first input is the object of a member function.
  bool hasImplicitObject = false;
  /// For functions: ends in `...`. Unknown for calls and function ops that
  /// cannot say it.
  std::optional<bool> isVariadic;
  /// A call may pass more arguments than a variadic signature has.
  bool isCall = false;
};

/// Compares `machine` with what `source` becomes on the target of `op`. Says
/// nothing where the ABI may pass a value in more than one way (structs by
/// value, complex, 128-bit integers, ...): then the number of machine
/// parameters is the front end's business.
LogicalResult verifyMachineTypes(function_ref<InFlightDiagnostic()> emitError,
                                 const SourceSignature &source,
                                 const MachineSignature &machine,
                                 Operation *op);

} // namespace mlir::kcfi::helpers

#endif // KCFI_IR_MACHINETYPES_H
