//===- LLVMCalls.h - Checked calls of the LLVM dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_LLVMCALLS_H
#define KCFI_IR_LLVMCALLS_H

#include "kcfi/IR/KCFITypes.h"
#include "kcfi/IR/LLVMFunctions.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace mlir::kcfi {

/// `llvm.call` and `llvm.invoke` with what checks need to know, under one
/// interface.
class LLVMCall {
public:
  /// Null for other operations.
  static LLVMCall get(Operation *op);

  explicit operator bool() const { return op; }
  Operation *getOperation() const { return op; }
  Operation *operator->() const { return op; }

  bool isInvoke() const { return isa<LLVM::InvokeOp>(op); }

  /// The called pointer; null for direct calls.
  Value getCallee() const;

  /// The name of the called function if it is known: of a direct call, or of
  /// the function whose address is called.
  FlatSymbolRefAttr getKnownCallee() const;

  /// `kcfi.type_id`, or null.
  TypeIdAttr getTypeId() const;

  /// Index of the bundle with a tag.
  std::optional<unsigned> findBundle(StringRef tag) const;
  OperandRange getBundleOperands(unsigned index) const;

  /// Adds a bundle.
  void addBundle(StringRef tag, ValueRange operands);

  /// What the target has to know to choose a lowering.
  CheckedCall describe(uint32_t typeId) const;

private:
  explicit LLVMCall(Operation *op) : op(op) {}
  Operation *op;
};

} // namespace mlir::kcfi

#endif // KCFI_IR_LLVMCALLS_H
