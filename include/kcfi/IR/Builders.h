//===- Builders.h - What a front end says of functions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The one include of a front end that makes IR: types, operations, and the
// attributes of functions and modules. Operations are made by their `create`,
// which takes functions, traits and vtables themselves in place of their names.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_BUILDERS_H
#define KCFI_IR_BUILDERS_H

#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/TypeBuilders.h"

namespace mlir::kcfi {

/// Says for which target a module is, and how its ids are made if not in the
/// default way.
void setTarget(ModuleOp module, StringRef triple, EncodingAttr encoding = {});

/// Gives a function its source-level type. For Rust, `callable` says what the
/// function is; an ordinary item needs none.
void setSignature(FunctionOpInterface function, Type signature,
                  RustCallableAttr callable = {});

/// The source-level type of a function; null if it has none.
Type getSignature(FunctionOpInterface function);

/// Makes the linkage of a function internal, also where its operation has no
/// linkage of its own: such a function has an id only if its address is taken.
void setInternal(FunctionOpInterface function);

/// The machine type of a function with this signature if each value is passed
/// as one integer, floating-point number or pointer: function pointers are
/// `!kcfi.fnptr`, other pointers `!llvm.ptr`. Nothing for signatures with a
/// type that the ABI of the target may pass otherwise, and for those that say
/// nothing about parameters.
std::optional<FunctionType> getMachineType(Type signature,
                                           const TargetInfo &target);

} // namespace mlir::kcfi

#endif // KCFI_IR_BUILDERS_H
