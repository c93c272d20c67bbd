//===- LLVMFunctions.h - Attributes of llvm.func ----------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_LLVMFUNCTIONS_H
#define KCFI_IR_LLVMFUNCTIONS_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include <optional>
#include <string>

namespace mlir::kcfi {

/// True if `function` has the string attribute `name` in its passthrough list;
/// `value` receives its value.
bool hasPassthrough(LLVM::LLVMFuncOp function, StringRef name,
                    std::string *value = nullptr);

/// Adds a string attribute to the passthrough list.
void addPassthrough(LLVM::LLVMFuncOp function, StringRef name, StringRef value);

/// True if `function` is compiled with one of the target features `names`, as
/// `hasFeature` says; empty if the function says nothing about features.
std::optional<bool> hasTargetFeature(LLVM::LLVMFuncOp function,
                                     ArrayRef<StringRef> names);

} // namespace mlir::kcfi

#endif // KCFI_IR_LLVMFUNCTIONS_H
