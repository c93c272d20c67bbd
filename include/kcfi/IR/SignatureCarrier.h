//===- SignatureCarrier.h - What carries a signature or an id ---*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions of any dialect, named signatures, extra entries, traits and calls
// carry signatures and ids, each in its own way. Passes that treat them alike
// ask this class; a new carrier is added here. A method of a trait is no carrier:
// calls expect what its trait makes of its signature.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_SIGNATURECARRIER_H
#define KCFI_IR_SIGNATURECARRIER_H

#include "kcfi/IR/KCFIAttributes.h"
#include "mlir/IR/Operation.h"

namespace mlir::kcfi {

/// An operation that carries a signature or an id.
class SignatureCarrier {
public:
  enum class Kind : uint8_t {
    /// A function operation of any dialect: `kcfi.sig` and `kcfi.type_id`.
    Function,
    /// `kcfi.signature`.
    Signature,
    /// `kcfi.entry`.
    Entry,
    /// `kcfi.trait`: the signature of the drop slot, no id.
    Trait,
    /// A checked call of this dialect. What it expects is in the type of the
    /// pointer or in a trait (`CheckedCallOpInterface`).
    Call,
    /// `llvm.call` or `llvm.invoke`: an id alone.
    LLVMCall,
  };

  /// Null for other operations.
  static SignatureCarrier get(Operation *op);

  /// True if the id of `op` is the attribute `kcfi.type_id`; that of a checked
  /// call is part of the operation, and a trait has none.
  static bool takesTypeIdAttribute(Operation *op);

  explicit operator bool() const { return op; }
  Operation *getOperation() const { return op; }
  Kind getKind() const { return kind; }

  /// The signature that is written at the operation; null if there is none, as
  /// at calls and at functions of untyped code.
  Type getSignature() const;
  /// Replaces it; the operation must have one.
  void setSignature(Type signature) const;

  /// `kcfi.source_sig`: what the front end wrote, before types were coalesced.
  /// Null if nothing changed.
  Type getSourceSignature() const;
  /// Remembers `signature` as that, unless an earlier one is known.
  void rememberSourceSignature(Type signature) const;

  /// The id in front of the function or entry, or that the call expects. Null
  /// if it has none.
  TypeIdAttr getTypeId() const;
  void setTypeId(TypeIdAttr id) const;

private:
  SignatureCarrier(Operation *op, Kind kind) : op(op), kind(kind) {}

  Operation *op;
  Kind kind;
};

} // namespace mlir::kcfi

#endif // KCFI_IR_SIGNATURECARRIER_H
